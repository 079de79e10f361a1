"""What Slack may have said or not is found without reading every delivery there ever was."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    where = sa.text("state = 'perhaps'")
    op.create_index(
        "ix_delivery_perhaps",
        "delivery",
        ["team_id", "claimed_until"],
        sqlite_where=where,
        postgresql_where=where,
    )
