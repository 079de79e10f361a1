"""Evaluations: what they ask, what they agree on, and when the next one is."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"


def _partner(name: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["team_id", "partner_id"],
        ["partner.team_id", "partner.id"],
        name=name,
        ondelete="CASCADE",
    )


def _evaluation(name: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["team_id", "evaluation_id"],
        ["evaluation.team_id", "evaluation.id"],
        name=name,
        ondelete="CASCADE",
    )


def upgrade() -> None:
    op.create_table(
        "evaluation",
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("partner_id", sa.Integer(), nullable=False),
        sa.Column("occasion", sa.Text(), nullable=False),
        sa.Column("instrument", sa.JSON(), nullable=False),
        sa.Column("level", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=True),
        sa.Column("asks_partner", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("team_id", "id", name=op.f("pk_evaluation")),
        _partner(op.f("fk_evaluation_team_id_partner")),
    )
    op.create_index("ix_evaluation_partner", "evaluation", ["team_id", "partner_id", "opened_at"])
    op.create_table(
        "evaluation_step",
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("evaluation_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("team_id", "id", name=op.f("pk_evaluation_step")),
        _evaluation(op.f("fk_evaluation_step_team_id_evaluation")),
    )
    op.create_index("ix_evaluation_step_user", "evaluation_step", ["team_id", "user_id", "done_at"])
    op.create_index(
        "ix_evaluation_step_evaluation", "evaluation_step", ["team_id", "evaluation_id"]
    )
    op.create_table(
        "evaluation_sense",
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("evaluation_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("team_id", "evaluation_id", name=op.f("pk_evaluation_sense")),
        _evaluation(op.f("fk_evaluation_sense_team_id_evaluation")),
    )
    op.create_table(
        "evaluation_remark",
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("evaluation_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("team_id", "id", name=op.f("pk_evaluation_remark")),
        _evaluation(op.f("fk_evaluation_remark_team_id_evaluation")),
    )
    op.create_index(
        "ix_evaluation_remark_evaluation", "evaluation_remark", ["team_id", "evaluation_id"]
    )
    op.create_table(
        "evaluation_link",
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("voice", sa.Text(), nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("team_id", "token_hash", name=op.f("pk_evaluation_link")),
        sa.ForeignKeyConstraint(
            ["team_id", "round_id"],
            ["round.team_id", "round.id"],
            name=op.f("fk_evaluation_link_team_id_round"),
            ondelete="CASCADE",
        ),
    )
    op.create_index("ix_evaluation_link_round", "evaluation_link", ["team_id", "round_id"])
    op.create_index("ix_evaluation_link_token", "evaluation_link", ["token_hash"], unique=True)
    op.create_table(
        "evaluation_moved",
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("partner_id", sa.Integer(), nullable=False),
        sa.Column("occasion", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.Column("instrument", sa.Text(), nullable=False, server_default=""),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("team_id", "id", name=op.f("pk_evaluation_moved")),
        _partner(op.f("fk_evaluation_moved_team_id_partner")),
    )
    op.create_index("ix_evaluation_moved_partner", "evaluation_moved", ["team_id", "partner_id"])
    op.add_column(
        "partner", sa.Column("channel", sa.Text(), nullable=False, server_default=sa.text("''"))
    )
    op.add_column("reminder_partner", sa.Column("not_evaluated", sa.Boolean(), nullable=True))
    op.create_table(
        "evaluation_question",
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("instrument_id", sa.Text(), nullable=False),
        sa.Column("question_id", sa.Text(), nullable=False),
        sa.Column("theme", sa.Text(), nullable=False),
        sa.Column("text_da", sa.Text(), nullable=False),
        sa.Column("why_da", sa.Text(), nullable=False),
        sa.Column("text_en", sa.Text(), nullable=False),
        sa.Column("why_en", sa.Text(), nullable=False),
        sa.Column("on", sa.Boolean(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("team_id", "id", name=op.f("pk_evaluation_question")),
    )
