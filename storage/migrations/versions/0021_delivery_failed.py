"""What did not get through is found without looking through all that ever did."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    dead = sa.text("state = 'dead'")
    op.create_index(
        "ix_delivery_dead", "delivery", ["team_id", "due"], sqlite_where=dead, postgresql_where=dead
    )
