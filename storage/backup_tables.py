"""What becomes of each table in a backup, decided for every one of them.

The text search is in no METADATA (storage/partner_text.py); it is rebuilt with `partner_word`.
"""

import pkgutil
from collections.abc import Mapping
from enum import StrEnum
from importlib import import_module
from typing import Any

import sqlalchemy as sa

import storage
from bot.backup import Holds, Table
from storage.schema import METADATA
from storage.types import Json, OneOf, PlainText, UtcDateTime


class Part(StrEnum):
    """Whether a table's rows are in the file."""

    CARRIED = "carried"
    REBUILT = "rebuilt"  # worked out anew from what is carried
    LEFT_OUT = "left out"


DECIDED: Mapping[str, Part] = {
    "last_id": Part.CARRIED,  # a number must never be given out again
    "partner": Part.CARRIED,
    "partner_tag": Part.CARRIED,
    "partner_tie": Part.CARRIED,
    "partner_change": Part.CARRIED,
    "partner_sort": Part.CARRIED,
    "partner_word": Part.REBUILT,
    "contact_person": Part.CARRIED,
    "contact": Part.CARRIED,
    "contact_word": Part.REBUILT,
    "asked_question": Part.CARRIED,
    "who_question": Part.CARRIED,
    "who_answer": Part.CARRIED,
    "circle_move": Part.CARRIED,
    "circle_gate": Part.CARRIED,
    "circle_activity": Part.CARRIED,
    "circle_trial": Part.CARRIED,
    "circle_question": Part.CARRIED,
    "circle_picture": Part.LEFT_OUT,  # drawn anew when somebody looks
    "tjek": Part.CARRIED,
    "tjek_answer": Part.CARRIED,
    "tjek_note": Part.CARRIED,
    "tjek_question": Part.CARRIED,
    "tjek_step": Part.CARRIED,
    "round": Part.CARRIED,
    "round_invited": Part.CARRIED,
    "round_answer": Part.CARRIED,
    "round_note": Part.CARRIED,
    "home_start": Part.CARRIED,
    "evaluation": Part.CARRIED,
    "evaluation_step": Part.CARRIED,
    "evaluation_remark": Part.CARRIED,
    "evaluation_sense": Part.CARRIED,
    "evaluation_link": Part.LEFT_OUT,  # a way in, as a token is; a new one is soon made
    "evaluation_moved": Part.CARRIED,
    "evaluation_question": Part.CARRIED,
    "delivery": Part.CARRIED,  # its keys keep anything from being said twice
    "digest": Part.CARRIED,
    "digest_greeting": Part.CARRIED,
    "reminder_told": Part.CARRIED,  # nobody is asked once more for a restored backup
    "reminder_letter": Part.CARRIED,
    "reminder_reader": Part.CARRIED,
    "reminder_cadence": Part.CARRIED,
    "reminder_partner": Part.CARRIED,
    "reminder_handover": Part.CARRIED,
    "person_privacy": Part.CARRIED,
    "disclosure": Part.CARRIED,
    "tombstone": Part.CARRIED,
    "sent_file": Part.CARRIED,
    "duplicate_merge": Part.CARRIED,
    "duplicate_person": Part.CARRIED,
    "duplicate_apart": Part.CARRIED,
    "export_log": Part.CARRIED,
    "import_run": Part.CARRIED,
    "import_partner": Part.CARRIED,
    "workspace": Part.CARRIED,
    "workspace_version": Part.CARRIED,
    "member": Part.CARRIED,
    # Tokens, sealed or not, are in no file: libraries that installed the bot install it again.
    "installation": Part.LEFT_OUT,
    "oauth_state": Part.LEFT_OUT,
    # What was handled is of no use days later.
    "seen": Part.LEFT_OUT,
    # Without it each job begins by taking note of the time, and runs at its next one: nothing that
    # the bot did between the backup and the restoring is done again.
    "job_run": Part.LEFT_OUT,
}

_HOLDS: Mapping[type[sa.types.TypeEngine[Any]], Holds] = {
    PlainText: Holds.TEXT,
    OneOf: Holds.TEXT,
    sa.Integer: Holds.NUMBER,
    sa.Boolean: Holds.YES_NO,
    sa.Date: Holds.DAY,
    UtcDateTime: Holds.MOMENT,
    Json: Holds.JSON,
}
_TYPES: Mapping[Holds, type[sa.types.TypeEngine[Any]]] = {
    Holds.TEXT: PlainText,
    Holds.NUMBER: sa.BigInteger,
    Holds.YES_NO: sa.Boolean,
    Holds.DAY: sa.Date,
    Holds.MOMENT: UtcDateTime,
    Holds.JSON: Json,
}


def known() -> sa.MetaData:
    """All tables there are, also those whose modules nobody has imported yet."""
    for module in pkgutil.iter_modules(storage.__path__):
        if not module.ispkg:
            import_module(f"storage.{module.name}")
    return METADATA


def carried() -> list[sa.Table]:
    """The tables in the file; each comes after those that it refers to."""
    return [table for table in known().sorted_tables if DECIDED[table.name] is Part.CARRIED]


def described(table: sa.Table) -> Table:
    """The table as the file says it."""
    return Table(table.name, {column.name: _holds(column) for column in table.columns})


def as_written(table: Table) -> sa.TableClause:
    """The table with the columns that a file says, which may be those of an older version."""
    columns = [sa.column(name, _TYPES[holds]()) for name, holds in table.columns.items()]
    return sa.table(table.name, *columns)


def _holds(column: sa.Column[Any]) -> Holds:
    (found,) = [holds for kind, holds in _HOLDS.items() if isinstance(column.type, kind)]
    return found
