"""The tables of the circle; each row belongs to a partner and goes with it.

Whoever writes to one of them holds the partner's own row locked, and takes that lock first, as
everywhere (storage/schema.py).
"""

import sqlalchemy as sa

from bot.circle import Level, Why
from bot.circle_gate import Criterion, Standing
from bot.circle_question import Kind
from bot.circle_trial import Outcome
from storage.schema import METADATA, team_column
from storage.types import OneOf, PlainText, UtcDateTime


def _of_a_partner(name: str, *columns: sa.schema.SchemaItem) -> sa.Table:
    return sa.Table(
        name,
        METADATA,
        team_column(),
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("partner_id", sa.Integer, nullable=False),
        *columns,
        sa.ForeignKeyConstraint(
            ["team_id", "partner_id"], ["partner.team_id", "partner.id"], ondelete="CASCADE"
        ),
        sa.Index(f"ix_{name}_partner", "team_id", "partner_id"),
    )


MOVE = _of_a_partner(
    "circle_move",
    sa.Column("from_level", OneOf(Level), nullable=False),
    sa.Column("to_level", OneOf(Level), nullable=False),
    sa.Column("why", OneOf(Why), nullable=False),
    sa.Column("by", PlainText, nullable=False),
    sa.Column("at", UtcDateTime, nullable=False),
    sa.Column("reason", PlainText, nullable=False),
    sa.Column("learned", PlainText, nullable=False),
    sa.Column("told", PlainText, nullable=False),
)

# A row for each criterion; those of one gate have its id.
GATE = _of_a_partner(
    "circle_gate",
    sa.Column("criterion", OneOf(Criterion), primary_key=True),
    sa.Column("standing", OneOf(Standing), nullable=False),
    sa.Column("note", PlainText, nullable=False),
    sa.Column("by", PlainText, nullable=False),
    sa.Column("at", UtcDateTime, nullable=False),
)

ACTIVITY = _of_a_partner(
    "circle_activity",
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("what", PlainText, nullable=False),
    sa.Column("ends_on", sa.Date),
    sa.Column("noted_by", PlainText, nullable=False),
    sa.Column("noted_at", UtcDateTime, nullable=False),
    sa.Column("over_by", PlainText),
    sa.Column("over_at", UtcDateTime),
)

TRIAL = _of_a_partner(
    "circle_trial",
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("begun_on", sa.Date, nullable=False),
    sa.Column("decide_on", sa.Date, nullable=False),
    sa.Column("agreed_with", PlainText, nullable=False),
    sa.Column("noted_by", PlainText, nullable=False),
    sa.Column("noted_at", UtcDateTime, nullable=False),
    sa.Column("outcome", OneOf(Outcome)),
    sa.Column("settled_by", PlainText),
    sa.Column("settled_at", UtcDateTime),
)

# The subject is an activity, a trial or the partner, by the kind: no foreign key can say that.
QUESTION = _of_a_partner(
    "circle_question",
    sa.Column("kind", OneOf(Kind), nullable=False),
    sa.Column("subject_id", sa.Integer, nullable=False),
    sa.Column("due_on", sa.Date, nullable=False),
    sa.Column("by", PlainText, nullable=False, server_default=""),
    sa.Column("answered_at", UtcDateTime),
    sa.Column("withdrawn_at", UtcDateTime),
    sa.UniqueConstraint("team_id", "kind", "subject_id", "due_on"),
    # What is still open on a day, of the whole library.
    sa.Index("ix_circle_question_due", "team_id", "answered_at", "withdrawn_at", "due_on"),
)
