"""The tables of rounds. Who answered what hangs on the round, and the round on the partner."""

import sqlalchemy as sa

from bot.round import Kind, Standing, State, Why
from storage.schema import METADATA, team_column
from storage.types import OneOf, PlainText, UtcDateTime


def _round_key() -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["team_id", "round_id"], ["round.team_id", "round.id"], ondelete="CASCADE"
    )


_IS_OPEN = sa.column("state") == sa.literal_column("'open'")

ROUND = sa.Table(
    "round",
    METADATA,
    team_column(),
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("kind", OneOf(Kind), nullable=False),
    sa.Column("subject_id", sa.Integer, nullable=False),
    sa.Column("partner_id", sa.Integer),
    sa.Column("called_by", PlainText, nullable=False),
    sa.Column("caller_left", sa.Boolean, nullable=False),
    sa.Column("named", sa.Boolean, nullable=False),
    sa.Column("opened_at", UtcDateTime, nullable=False),
    sa.Column("deadline", UtcDateTime, nullable=False),
    sa.Column("nudge_at", UtcDateTime),
    sa.Column("channel", PlainText, nullable=False),
    sa.Column("open_to_all", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("ts", PlainText, nullable=False),
    sa.Column("state", OneOf(State), nullable=False),
    sa.Column("why", OneOf(Why)),
    sa.Column("revealed_at", UtcDateTime),
    sa.Column("decision", PlainText, nullable=False),
    sa.Column("reason", PlainText, nullable=False),
    sa.Column("closed_by", PlainText),
    sa.Column("closed_at", UtcDateTime),
    sa.ForeignKeyConstraint(
        ["team_id", "partner_id"], ["partner.team_id", "partner.id"], ondelete="CASCADE"
    ),
    # Two rounds at once about one thing would ask the same colleagues twice.
    sa.Index(
        "ix_round_open",
        "team_id",
        "kind",
        "subject_id",
        unique=True,
        sqlite_where=_IS_OPEN,
        postgresql_where=_IS_OPEN,
    ),
    sa.Index("ix_round_deadline", "team_id", "state", "deadline"),
    sa.Index("ix_round_partner", "team_id", "partner_id"),
)

INVITED = sa.Table(
    "round_invited",
    METADATA,
    team_column(),
    sa.Column("round_id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("user_id", PlainText, primary_key=True),
    sa.Column("standing", OneOf(Standing), nullable=False),
    _round_key(),
    sa.Index("ix_round_invited_user", "team_id", "user_id", "standing"),
)

# In a round without names, user_id is a colleague until the answers are shown, then a number.
ANSWER = sa.Table(
    "round_answer",
    METADATA,
    team_column(),
    sa.Column("round_id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("user_id", PlainText, primary_key=True),
    sa.Column("question_id", PlainText, primary_key=True),
    sa.Column("answer", PlainText, nullable=False),
    sa.Column("at", UtcDateTime, nullable=False),
    _round_key(),
)

NOTE = sa.Table(
    "round_note",
    METADATA,
    team_column(),
    sa.Column("round_id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("user_id", PlainText, primary_key=True),
    sa.Column("about", PlainText, primary_key=True),
    sa.Column("note", PlainText, nullable=False),
    sa.Column("at", UtcDateTime, nullable=False),
    _round_key(),
)
