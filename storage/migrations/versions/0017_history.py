"""The log of a card read by its moments."""

from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    op.create_index("ix_partner_change_at", "partner_change", ["team_id", "partner_id", "at"])
