"""The tables of care: what a colleague has heard of, how often is asked, and what is handed over.

What stands in a weekly message is stored before it is said, under the key of its delivery: it is
heard of as soon as that is marked said, whichever process has composed it.

What is about a partner as such has 0 as its subject: a partner that is made one with another has
another number then. Rows are read together, so that two partners made one may leave two of a kind.
"""

import sqlalchemy as sa

from bot.reminder import What
from bot.reminder_cadence import Place
from bot.reminder_handover import State
from storage.partner_tables import partner_key
from storage.schema import METADATA, team_column
from storage.types import Json, OneOf, PlainText, UtcDateTime

# A thing was mentioned to a colleague unasked, or she has put it off until a day. `letter` is the
# key of the weekly message it stands in, which may still be on its way.
TOLD = sa.Table(
    "reminder_told",
    METADATA,
    team_column(),
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("user_id", PlainText, nullable=False),
    sa.Column("what", OneOf(What), nullable=False),
    sa.Column("subject_id", sa.Integer, nullable=False),
    sa.Column("partner_id", sa.Integer),
    sa.Column("on", sa.Date, nullable=False),
    sa.Column("until", sa.Date),
    sa.Column("letter", PlainText),
    partner_key(),
    sa.Index("ix_reminder_told_user", "team_id", "user_id"),
    sa.Index("ix_reminder_told_letter", "team_id", "letter"),
    sa.Index("ix_reminder_told_partner", "team_id", "partner_id"),
)

# A weekly message besides its lines, to be drawn anew.
LETTER = sa.Table(
    "reminder_letter",
    METADATA,
    team_column(),
    sa.Column("key", PlainText, primary_key=True),
    sa.Column("user_id", PlainText, nullable=False),
    sa.Column("on", sa.Date, nullable=False),
    sa.Column("besides", Json, nullable=False),
    sa.Index("ix_reminder_letter_on", "team_id", "on"),
)

# When a colleague did anything in the bot last.
READER = sa.Table(
    "reminder_reader",
    METADATA,
    team_column(),
    sa.Column("user_id", PlainText, primary_key=True),
    sa.Column("clicked_at", UtcDateTime, nullable=False),
)

CADENCE = sa.Table(
    "reminder_cadence",
    METADATA,
    team_column(),
    sa.Column("place", OneOf(Place), primary_key=True),
    sa.Column("on_the_way", sa.Integer, nullable=False),
    sa.Column("ask", sa.Integer, nullable=False),
)

# A partner's own cadence, when the agreement with it ends, and whether it is never evaluated.
OWN = sa.Table(
    "reminder_partner",
    METADATA,
    team_column(),
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("partner_id", sa.Integer, nullable=False),
    sa.Column("on_the_way", sa.Integer),
    sa.Column("ask", sa.Integer),
    sa.Column("agreement_ends", sa.Date),
    sa.Column("not_evaluated", sa.Boolean),  # empty: it is
    partner_key(),
    sa.Index("ix_reminder_partner_partner", "team_id", "partner_id"),
)

HANDOVER = sa.Table(
    "reminder_handover",
    METADATA,
    team_column(),
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("partner_id", sa.Integer, nullable=False),
    sa.Column("to", PlainText, nullable=False),
    sa.Column("by", PlainText, nullable=False),
    sa.Column("at", UtcDateTime, nullable=False),
    sa.Column("responsible", PlainText),
    sa.Column("state", OneOf(State), nullable=False),
    sa.Column("settled_at", UtcDateTime),
    partner_key(),
    sa.Index("ix_reminder_handover_partner", "team_id", "partner_id"),
    sa.Index("ix_reminder_handover_to", "team_id", "to", "state"),
)
