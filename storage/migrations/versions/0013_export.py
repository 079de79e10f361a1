"""What was taken out of the register, by whom and when."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    op.create_table(
        "export_log",
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("by", sa.Text()),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("format", sa.Text(), nullable=False),
        sa.Column("what", sa.Text()),
        sa.Column("filters", sa.Text(), nullable=False),
        sa.Column("counts", sa.JSON()),
        sa.Column("file", sa.Text()),
        sa.PrimaryKeyConstraint("team_id", "id", name=op.f("pk_export_log")),
    )
    op.create_index(op.f("ix_export_log_at"), "export_log", ["team_id", "at"])
