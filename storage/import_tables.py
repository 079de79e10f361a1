"""The tables of import: that a file was read in, and which partners came of it or were changed.

What was changed stands in the register's own log, under the version that is kept here: there it is
cleared when somebody is forgotten, and from there it is undone.
"""

import sqlalchemy as sa

from storage.schema import METADATA, team_column
from storage.types import Json, PlainText, UtcDateTime

IMPORT = sa.Table(
    "import_run",
    METADATA,
    team_column(),
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("by", PlainText, nullable=False),
    sa.Column("at", UtcDateTime, nullable=False),
    sa.Column("file", PlainText, nullable=False),  # its name
    sa.Column("counts", Json, nullable=False),
    sa.Column("undone_by", PlainText),
    sa.Column("undone_at", UtcDateTime),
    sa.Column("refused", PlainText),  # the file of refused rows in Slack, by its id
    # The numbers from its own to this one are those of the rows that it stored.
    sa.Column("last_id", sa.Integer),
    sa.Index("ix_import_run_at", "team_id", "at"),
)

# Stays when the partner is made one with another, so it refers to it by no foreign key.
IMPORT_PARTNER = sa.Table(
    "import_partner",
    METADATA,
    team_column(),
    sa.Column("import_id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("partner_id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("version", sa.Integer, nullable=False),  # of the partner, right afterwards
    sa.Column("new", sa.Boolean, nullable=False),
    # What it noted of persons, of whom just that was not noted before: person, the day on which she
    # was told or None, whether she wishes no contact, how many characters tell in what way.
    sa.Column("noted", Json, nullable=False),
    sa.ForeignKeyConstraint(
        ["team_id", "import_id"],
        ["import_run.team_id", "import_run.id"],
        ondelete="CASCADE",
    ),
    sa.Index("ix_import_partner_partner", "team_id", "partner_id"),
)
