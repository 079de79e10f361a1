"""The tables of duplicates: what was made one, who was the same person, and what is decided apart.

A partner that was made one with another has no row any more, so none of these refer to one by a
foreign key but the last.
"""

import sqlalchemy as sa

from storage.schema import METADATA, team_column
from storage.types import Json, PlainText, UtcDateTime

# Leads from the old number to the partner for good; what an undoing needs stays for its time only.
MERGE = sa.Table(
    "duplicate_merge",
    METADATA,
    team_column(),
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("kept_id", sa.Integer, nullable=False),
    sa.Column("gone_id", sa.Integer, nullable=False),
    sa.Column("by", PlainText, nullable=False),
    sa.Column("at", UtcDateTime, nullable=False),
    sa.Column("version", sa.Integer, nullable=False),  # of the partner kept, right afterwards
    sa.Column("snapshot", Json),
    sa.Column("past", Json),  # of the one that went, for the figures of a year; kept for good
    sa.Column("undone_by", PlainText),
    sa.Column("undone_at", UtcDateTime),
    sa.Column("undone_version", sa.Integer),
    sa.Index("ix_duplicate_merge_gone", "team_id", "gone_id"),
    sa.Index("ix_duplicate_merge_kept", "team_id", "kept_id"),
)

# A contact person who stood on both cards: the number of hers that went, and the one that stayed.
SAME_PERSON = sa.Table(
    "duplicate_person",
    METADATA,
    team_column(),
    sa.Column("person_id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("same_as", sa.Integer, nullable=False),
    sa.Column("merge_id", sa.Integer, nullable=False),
    sa.Index("ix_duplicate_person_same_as", "team_id", "same_as"),
)

APART = sa.Table(
    "duplicate_apart",
    METADATA,
    team_column(),
    sa.Column("one_id", sa.Integer, primary_key=True, autoincrement=False),  # the lower number
    sa.Column("other_id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("by", PlainText, nullable=False),
    sa.Column("at", UtcDateTime, nullable=False),
    sa.ForeignKeyConstraint(
        ["team_id", "one_id"],
        ["partner.team_id", "partner.id"],
        name="fk_duplicate_apart_one",
        ondelete="CASCADE",
    ),
    sa.ForeignKeyConstraint(
        ["team_id", "other_id"],
        ["partner.team_id", "partner.id"],
        name="fk_duplicate_apart_other",
        ondelete="CASCADE",
    ),
    sa.Index("ix_duplicate_apart_other", "team_id", "other_id"),
)
