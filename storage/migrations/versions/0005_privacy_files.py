"""The files about a person that were sent, so that they can be deleted."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "sent_file",
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("team_id", "file", name=op.f("pk_sent_file")),
    )
    op.create_index(op.f("ix_sent_file_person"), "sent_file", ["team_id", "person_id"])
