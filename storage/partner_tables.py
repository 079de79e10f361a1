"""The register's tables; each row of the smaller ones belongs to a partner and goes with it."""

from enum import IntEnum

import sqlalchemy as sa

from bot.circle import Level
from bot.partner import Kind, RelationType, Status, Tie
from storage.schema import METADATA, team_column
from storage.types import FoldedText, Json, OneOf, PlainText, UtcDateTime


class Origin(IntEnum):
    """Where in a partner a word stands, the strongest first."""

    NAME = 0
    OTHER_NAME = 1
    PERSON = 2
    KEYWORD = 3
    NOTE = 4
    IDENTITY = 5  # the CVR number, and the hosts of web and mail addresses


PARTNER = sa.Table(
    "partner",
    METADATA,
    team_column(),
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("archived", sa.Boolean, nullable=False),
    sa.Column("name", PlainText, nullable=False),
    sa.Column("kind", OneOf(Kind)),
    sa.Column("website", PlainText, nullable=False),
    sa.Column("cvr", PlainText, nullable=False),
    sa.Column("area", PlainText, nullable=False),
    sa.Column("branch", PlainText, nullable=False),
    sa.Column("relation_type", OneOf(RelationType), nullable=False),
    sa.Column("level", OneOf(Level), nullable=False),
    sa.Column("status", OneOf(Status), nullable=False),
    sa.Column("start", sa.Date),
    sa.Column("agreement_link", PlainText, nullable=False),
    sa.Column("case_number", PlainText, nullable=False),
    sa.Column("next_step", PlainText, nullable=False),
    sa.Column("next_step_on", sa.Date),
    sa.Column("note", PlainText, nullable=False),
    sa.Column("picture_link", PlainText, nullable=False),
    sa.Column("channel", PlainText, nullable=False, server_default=""),
    sa.Column("created_by", PlainText, nullable=False),
    sa.Column("created_at", UtcDateTime, nullable=False),
    sa.Column("touched_at", UtcDateTime, nullable=False),
    sa.Column("folded_name", FoldedText, nullable=False),
    sa.Column("bare_name", FoldedText, nullable=False),  # without legal forms, folded too
    sa.Index("ix_partner_folded_name", "team_id", "archived", "folded_name"),
    sa.Index("ix_partner_bare_name", "team_id", "bare_name"),
    # With the number, for all that were imported at once were touched at the same moment.
    sa.Index("ix_partner_touched_at", "team_id", "archived", "touched_at", "id"),
    sa.Index("ix_partner_next_step_on", "team_id", "next_step_on"),
    # Holds all that is asked of a relation where many are counted.
    sa.Index("ix_partner_place", "team_id", "archived", "relation_type", "level", "status", "id"),
)

# Whose name may stand in a channel and on a picture; as name_in_channel() in bot/partner.py.
ORGANISATION = PARTNER.c.kind.is_distinct_from(Kind.INDIVIDUAL)


def partner_key() -> sa.ForeignKeyConstraint:
    """From `partner_id` to the partner, for a row that goes with it."""
    return sa.ForeignKeyConstraint(
        ["team_id", "partner_id"], ["partner.team_id", "partner.id"], ondelete="CASCADE"
    )


def _of_a_partner(name: str, *columns: sa.schema.SchemaItem, with_rowid: bool = True) -> sa.Table:
    return sa.Table(
        name,
        METADATA,
        team_column(),
        *columns,
        partner_key(),
        sqlite_with_rowid=with_rowid,
    )


TAG = _of_a_partner(
    "partner_tag",
    sa.Column("partner_id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("facet", PlainText, primary_key=True),  # the field's name in bot.partner.Partner
    sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("value", PlainText, nullable=False),
)

PERSON = _of_a_partner(
    "contact_person",
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("partner_id", sa.Integer, nullable=False),
    sa.Column("position", sa.Integer, nullable=False),
    sa.Column("name", PlainText, nullable=False),
    sa.Column("title", PlainText, nullable=False),
    sa.Column("email", PlainText, nullable=False),
    sa.Column("phone", PlainText, nullable=False),
    sa.Column("note", PlainText, nullable=False),
    sa.Column("source", PlainText, nullable=False),
    sa.Index("ix_contact_person_partner", "team_id", "partner_id"),
)

TIE = _of_a_partner(
    "partner_tie",
    sa.Column("partner_id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("tie", OneOf(Tie), primary_key=True),
    sa.Column("user_id", PlainText, primary_key=True),
    sa.Column("position", sa.Integer, nullable=False),
    sa.Index("ix_partner_tie_user", "team_id", "user_id"),
)

CHANGE = _of_a_partner(
    "partner_change",
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("partner_id", sa.Integer, nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("field", PlainText, nullable=False),
    sa.Column("before", Json),
    sa.Column("after", Json),
    sa.Column("by", PlainText, nullable=False),
    sa.Column("at", UtcDateTime, nullable=False),
    sa.Column("undo", sa.Boolean),  # whether it undid another; empty: no
    sa.Index("ix_partner_change_partner", "team_id", "partner_id", "version"),
    sa.Index("ix_partner_change_at", "team_id", "partner_id", "at"),
)

# The search index. The key is the order of a search by prefix; the other index answers whether a
# partner has a word too.
WORD = _of_a_partner(
    "partner_word",
    sa.Column("word", FoldedText, primary_key=True),
    sa.Column("origin", sa.SmallInteger, primary_key=True, autoincrement=False),
    sa.Column("partner_id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Index("ix_partner_word_partner", "team_id", "partner_id", "word", "origin"),
    with_rowid=False,
)
