"""What was never written: a round's questions are kept with the check, its nudge as a delivery."""

from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    # Not in a batch: SQLite would make the table anew, and the answers hang on its rows.
    for column in ("nudged_at", "wording"):
        op.drop_column("round", column)
