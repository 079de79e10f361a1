"""The tables of evaluations. Each hangs on its partner; the answers hang on the round."""

import sqlalchemy as sa

from bot.circle import Level
from bot.evaluation import Occasion
from bot.evaluation_sense import Answer
from storage.schema import METADATA, team_column
from storage.types import Json, OneOf, PlainText, UtcDateTime


def _partner_key() -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["team_id", "partner_id"], ["partner.team_id", "partner.id"], ondelete="CASCADE"
    )


def _evaluation_key() -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["team_id", "evaluation_id"], ["evaluation.team_id", "evaluation.id"], ondelete="CASCADE"
    )


EVALUATION = sa.Table(
    "evaluation",
    METADATA,
    team_column(),
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("partner_id", sa.Integer, nullable=False),
    sa.Column("occasion", OneOf(Occasion), nullable=False),
    sa.Column("instrument", Json, nullable=False),  # as it was put, for a result read years later
    sa.Column("level", OneOf(Level), nullable=False),
    sa.Column("due_on", sa.Date, nullable=False),
    sa.Column("opened_at", UtcDateTime, nullable=False),
    sa.Column("subject", PlainText, nullable=False),
    sa.Column("activity_id", sa.Integer),
    sa.Column("asks_partner", sa.Boolean, nullable=False),
    _partner_key(),
    sa.Index("ix_evaluation_partner", "team_id", "partner_id", "opened_at"),
)

# What a decision has agreed on: each step somebody's, until it is done.
STEP = sa.Table(
    "evaluation_step",
    METADATA,
    team_column(),
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("evaluation_id", sa.Integer, nullable=False),
    sa.Column("user_id", PlainText, nullable=False),
    sa.Column("text", PlainText, nullable=False),
    sa.Column("due_on", sa.Date, nullable=False),
    sa.Column("by", PlainText, nullable=False),
    sa.Column("at", UtcDateTime, nullable=False),
    sa.Column("done_at", UtcDateTime),
    _evaluation_key(),
    sa.Index("ix_evaluation_step_user", "team_id", "user_id", "done_at"),
    sa.Index("ix_evaluation_step_evaluation", "team_id", "evaluation_id"),
)

# What was answered to whether it still makes sense as it is; once after an evaluation.
SENSE = sa.Table(
    "evaluation_sense",
    METADATA,
    team_column(),
    sa.Column("evaluation_id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("answer", OneOf(Answer), nullable=False),
    sa.Column("by", PlainText, nullable=False),
    sa.Column("at", UtcDateTime, nullable=False),
    sa.Column("reason", PlainText, nullable=False),
    _evaluation_key(),
)

# What somebody wants kept of the talk in the thread, which the bot does not read.
REMARK = sa.Table(
    "evaluation_remark",
    METADATA,
    team_column(),
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("evaluation_id", sa.Integer, nullable=False),
    sa.Column("user_id", PlainText, nullable=False),
    sa.Column("text", PlainText, nullable=False),
    sa.Column("at", UtcDateTime, nullable=False),
    _evaluation_key(),
    sa.Index("ix_evaluation_remark_evaluation", "team_id", "evaluation_id"),
)

# The way in for somebody of the partner's, without an account. Only who has the link has the token.
LINK = sa.Table(
    "evaluation_link",
    METADATA,
    team_column(),
    sa.Column("token_hash", PlainText, primary_key=True),
    sa.Column("round_id", sa.Integer, nullable=False),
    sa.Column("voice", PlainText, nullable=False),
    sa.Column("made_by", PlainText, nullable=False),
    sa.Column("made_at", UtcDateTime, nullable=False),
    sa.ForeignKeyConstraint(
        ["team_id", "round_id"], ["round.team_id", "round.id"], ondelete="CASCADE"
    ),
    sa.Index("ix_evaluation_link_round", "team_id", "round_id"),
    # Whose library it is stands in no link.
    sa.Index("ix_evaluation_link_token", "token_hash", unique=True),
)

# What the year ahead would do by itself, moved to another day, given other questions, or left out.
# Of several about the same the newest holds.
MOVED = sa.Table(
    "evaluation_moved",
    METADATA,
    team_column(),
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("partner_id", sa.Integer, nullable=False),
    sa.Column("occasion", OneOf(Occasion), nullable=False),
    sa.Column("due_on", sa.Date, nullable=False),
    sa.Column("to_on", sa.Date),  # None: no day is chosen, or left out (Moved)
    sa.Column("instrument", PlainText, nullable=False, server_default=""),  # other questions
    sa.Column("by", PlainText, nullable=False),
    sa.Column("at", UtcDateTime, nullable=False),
    _partner_key(),
    sa.Index("ix_evaluation_moved_partner", "team_id", "partner_id"),
)
