"""What each digest has told, the line on top of it, and which rounds it may tell of."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    op.create_table(
        "digest",
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("told", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("team_id", "key", name=op.f("pk_digest")),
    )
    op.create_index("ix_digest_until", "digest", ["team_id", "until"])
    with op.batch_alter_table("round") as table:
        table.add_column(
            sa.Column("open_to_all", sa.Boolean(), nullable=False, server_default=sa.false())
        )
    op.create_table(
        "digest_greeting",
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("week", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("team_id", "week", name=op.f("pk_digest_greeting")),
    )
