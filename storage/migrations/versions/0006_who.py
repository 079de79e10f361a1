"""Who knows somebody, asked in the channel: the questions and their answers."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def _partner_key(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["team_id", "partner_id"],
        ["partner.team_id", "partner.id"],
        name=op.f(f"fk_{table}_partner"),
        ondelete="CASCADE",
    )


def _who_question() -> None:
    op.create_table(
        "who_question",
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("topic", sa.Boolean(), nullable=False),
        sa.Column("asked_by", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("partner_id", sa.Integer()),
        sa.Column("ts", sa.Text(), nullable=False),
        sa.Column("posting_until", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("team_id", "id", name=op.f("pk_who_question")),
        _partner_key("who_question"),
    )
    op.create_index(op.f("ix_who_question_asked_at"), "who_question", ["team_id", "asked_at"])


def _who_answer() -> None:
    op.create_table(
        "who_answer",
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("answered_by", sa.Text(), nullable=False),
        sa.Column("partner_id", sa.Integer(), nullable=False),
        sa.Column("tied", sa.Boolean(), nullable=False),
        sa.Column("keyword", sa.Boolean(), nullable=False),
        sa.Column("added", sa.Boolean(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint(
            "team_id", "question_id", "answered_by", "partner_id", name=op.f("pk_who_answer")
        ),
        sa.ForeignKeyConstraint(
            ["team_id", "question_id"],
            ["who_question.team_id", "who_question.id"],
            name=op.f("fk_who_answer_who_question"),
            ondelete="CASCADE",
        ),
        _partner_key("who_answer"),
    )


def upgrade() -> None:
    _who_question()
    _who_answer()
