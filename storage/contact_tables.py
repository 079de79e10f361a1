"""The tables of contacts; each row belongs to a partner and goes with it."""

import sqlalchemy as sa

from bot.contact import Kind
from storage.partner_tables import partner_key
from storage.schema import METADATA, team_column
from storage.types import FoldedText, OneOf, PlainText, UtcDateTime

CONTACT = sa.Table(
    "contact",
    METADATA,
    team_column(),
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("partner_id", sa.Integer, nullable=False),
    sa.Column("kind", OneOf(Kind), nullable=False),
    sa.Column("on", sa.Date, nullable=False),
    sa.Column("about", PlainText, nullable=False),
    sa.Column("with_whom", PlainText, nullable=False),
    sa.Column("link", PlainText, nullable=False),
    sa.Column("noted_by", PlainText, nullable=False),
    sa.Column("noted_at", UtcDateTime, nullable=False),
    sa.Column("changed_by", PlainText),
    sa.Column("undone_at", UtcDateTime),
    partner_key(),
    # The order in which a partner's contacts are read, and in which the last one is found.
    sa.Index("ix_contact_partner", "team_id", "partner_id", "on", "noted_at", "id"),
    # For the partners on one's own Home.
    sa.Index("ix_contact_noted_by", "team_id", "noted_by", "partner_id"),
)


def by_us(contact: sa.FromClause = CONTACT) -> sa.ColumnElement[bool]:
    """Whether one of us had it and has not taken it back: the day that a list gave is nobody's."""
    return contact.c.undone_at.is_(None) & (contact.c.kind != Kind.READ_IN)


# The search index of what contacts were about: every folded word of those that were not undone.
WORD = sa.Table(
    "contact_word",
    METADATA,
    team_column(),
    sa.Column("word", FoldedText, primary_key=True),
    sa.Column("contact_id", sa.Integer, primary_key=True, autoincrement=False),
    sa.ForeignKeyConstraint(
        ["team_id", "contact_id"], ["contact.team_id", "contact.id"], ondelete="CASCADE"
    ),
    sa.Index("ix_contact_word_contact", "team_id", "contact_id", "word"),
    sqlite_with_rowid=False,
)

# Which quick questions a colleague has been asked about a partner, so that none comes twice.
ASKED = sa.Table(
    "asked_question",
    METADATA,
    team_column(),
    sa.Column("partner_id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("user_id", PlainText, primary_key=True),
    sa.Column("field", PlainText, primary_key=True),  # the field's name in bot.partner.Partner
    sa.Column("asked_at", UtcDateTime, nullable=False),
    partner_key(),
)
