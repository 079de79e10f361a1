"""The tables of checks. Each person's answers and notes hang on the check."""

import sqlalchemy as sa

from bot.tjek import Answer, Decision, Form
from storage.schema import METADATA, team_column
from storage.types import Json, OneOf, PlainText, UtcDateTime

TJEK = sa.Table(
    "tjek",
    METADATA,
    team_column(),
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("started_by", PlainText, nullable=False),
    sa.Column("started_at", UtcDateTime, nullable=False),
    sa.Column("form", OneOf(Form), nullable=False),
    sa.Column("partner_id", sa.Integer),
    sa.Column("partner_name", PlainText, nullable=False),
    sa.Column("idea", PlainText, nullable=False),
    sa.Column("short", sa.Boolean, nullable=False),
    sa.Column("gone_on", sa.Boolean, nullable=False),
    sa.Column("page", PlainText, nullable=False),
    sa.Column("finished_at", UtcDateTime),
    sa.Column("decision", OneOf(Decision)),
    sa.Column("reason", PlainText, nullable=False),
    sa.Column("decided_by", PlainText),
    sa.Column("decided_at", UtcDateTime),
    sa.Column("wording", Json),  # the questions as they were put, for a result read years later
    sa.ForeignKeyConstraint(["team_id", "partner_id"], ["partner.team_id", "partner.id"]),
    sa.Index("ix_tjek_partner", "team_id", "partner_id"),
    sa.Index("ix_tjek_started_by", "team_id", "started_by"),
)

ANSWER = sa.Table(
    "tjek_answer",
    METADATA,
    team_column(),
    sa.Column("tjek_id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("user_id", PlainText, primary_key=True),
    sa.Column("question_id", PlainText, primary_key=True),
    sa.Column("answer", OneOf(Answer), nullable=False),
    sa.Column("at", UtcDateTime, nullable=False),
    sa.ForeignKeyConstraint(
        ["team_id", "tjek_id"], ["tjek.team_id", "tjek.id"], ondelete="CASCADE"
    ),
)

NOTE = sa.Table(
    "tjek_note",
    METADATA,
    team_column(),
    sa.Column("tjek_id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("user_id", PlainText, primary_key=True),
    sa.Column("page", PlainText, primary_key=True),
    sa.Column("note", PlainText, nullable=False),
    sa.Column("at", UtcDateTime, nullable=False),
    sa.ForeignKeyConstraint(
        ["team_id", "tjek_id"], ["tjek.team_id", "tjek.id"], ondelete="CASCADE"
    ),
)
