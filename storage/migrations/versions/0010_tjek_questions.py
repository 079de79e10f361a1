"""How a library has changed the questions of the check, change by change."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

_TEXTS = ("question_id", "page", "text_da", "why_da", "short_da", "text_en", "why_en", "short_en")


def upgrade() -> None:
    op.create_table(
        "tjek_question",
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in _TEXTS),
        *(sa.Column(name, sa.Boolean(), nullable=False) for name in ("on", "stop", "short_check")),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("team_id", "id", name=op.f("pk_tjek_question")),
    )
