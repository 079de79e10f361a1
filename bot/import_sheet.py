"""A file before its rows are read: a table and what its columns are, or our own register."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.import_record import Line
from bot.translation import mark

_NAMED = 5  # of a workbook's other sheets


@dataclass(frozen=True)
class Sheet:
    """A table in a file, not read yet.

    `headers` is empty where the first row is a partner already. `fields` is filled where the form
    itself says what each column is (vCard); otherwise `recognise` finds it out.
    """

    headers: tuple[str, ...]
    lines: Callable[[], Iterator[Line]]
    fields: tuple[str, ...] = ()
    sample: tuple[Line, ...] = ()  # the first lines below the headers
    sheets: tuple[str, ...] = ()  # of a workbook: those that could be meant
    title: str = ""  # of the one that is read


@dataclass(frozen=True)
class Register:
    """Our own JSON, not read yet: `bot.import_json.records` reads it."""

    made_at: datetime
    read: Callable[[], Iterator[tuple[str, str]]]  # the list it is in, and how it is written


class Sure(StrEnum):
    """How sure we are of what a column is, the surest first."""

    GIVEN = "given"  # somebody said so
    FILE = "file"  # the form of the file says so (an address card)
    HEADER = "header"  # the header is one of our words for it
    SPELLING = "spelling"  # the header is nearly one
    CONTENT = "content"  # what stands in it looks like it
    UNKNOWN = "unknown"  # not read


@dataclass(frozen=True)
class Column:
    """One column and the field it goes into.

    `field` is a key of `bot.import_fields.FIELDS` ("name", "cvr", "person.email", "last_contact",
    …), or "" for a column that is not read. `person` counts the persons of one row: 0 is the first
    ("Kontaktperson 2" is 1).
    """

    number: int  # 0 is the first
    header: str  # as written; without a heading its letter, as in Excel; "" of an address card
    field: str
    sure: Sure
    person: int = 0
    examples: tuple[str, ...] = ()  # the first few that stand in it, shortened
    nameless: bool = False  # has no heading in the file

    @property
    def why(self) -> str:
        """A msgid: how we came to it. For t()."""
        return WHY[self.sure]


@dataclass(frozen=True)
class Columns:
    """All columns of the sheet in their order. `bot.import_columns.corrected` changes them."""

    all: tuple[Column, ...]
    sheets: tuple[str, ...] = ()  # of a workbook: those that could be meant
    title: str = ""  # of the one that is read

    @property
    def read(self) -> tuple[Column, ...]:
        """Those that go into a field."""
        return tuple(column for column in self.all if column.field)

    @property
    def left_out(self) -> tuple[Column, ...]:
        """Those that nobody reads: to be shown, so that nothing is lost unseen."""
        return tuple(column for column in self.all if not column.field)


def others(sheets: Sequence[str], title: str) -> str:
    """The first of the names but for that one, to be shown."""
    rest = [one for one in sheets if one != title]
    named = ", ".join(rest[:_NAMED])
    return f"{named} …" if len(rest) > _NAMED else named


WHY: Mapping[Sure, str] = {
    Sure.GIVEN: mark("as you chose"),
    Sure.FILE: mark("as the file itself says"),
    Sure.HEADER: mark("recognised by its heading"),
    Sure.SPELLING: mark("recognised by its heading, which is nearly right"),
    Sure.CONTENT: mark("recognised by what stands in it"),
    Sure.UNKNOWN: mark("not read"),
}
