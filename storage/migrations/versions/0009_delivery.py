"""What is to be said later or to somebody else, and whether it was."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.create_table(
        "delivery",
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("to", sa.Text(), nullable=False),
        sa.Column("due", sa.DateTime(timezone=True), nullable=False),
        sa.Column("thread_ts", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("not_before", sa.DateTime(timezone=True)),
        sa.Column("claimed_until", sa.DateTime(timezone=True)),
        sa.Column("unasked_at", sa.DateTime(timezone=True)),
        sa.Column("channel", sa.Text()),
        sa.Column("ts", sa.Text()),
        sa.PrimaryKeyConstraint("team_id", "key", name=op.f("pk_delivery")),
    )
    _partial("ix_delivery_due", "waiting", "due")
    _partial("ix_delivery_sending", "sending", "claimed_until")
    op.create_index(op.f("ix_delivery_unasked"), "delivery", ["team_id", "to", "unasked_at"])


def _partial(name: str, state: str, by: str) -> None:
    where = sa.text(f"state = '{state}'")
    op.create_index(
        op.f(name), "delivery", ["team_id", by], sqlite_where=where, postgresql_where=where
    )
