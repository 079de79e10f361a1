"""A file before its rows are read: a table and what its columns are, or our own register."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.import_record import Line
from bot.translation import Translator, mark

# A register of this size is a whole region's; more is most often the wrong file.
MOST_BYTES = 50_000_000
MOST_LINES = 200_000
# Excel's own lists of partners have twenty; the rest of a sheet that wide is another table.
MOST_COLUMNS = 200

_NAMED = 5  # of a workbook's other sheets
_ONE_SHEET = mark(
    "I read the sheet “{sheet}”. The file also has: {others}. If the partners stand in one of"
    " those, move it to the front, save, and choose the file again."
)


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
    sheets: tuple[str, ...] = ()  # of a workbook, the one that is read first


@dataclass(frozen=True)
class Register:
    """Our own JSON, not read yet: `bot.import_json.records` reads it."""

    made_at: datetime
    read: Callable[[], Iterator[str]]  # each partner as it is written


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
    sheets: tuple[str, ...] = ()  # of a workbook, the one that is read first

    def which_sheet(self, t: Translator) -> str:
        """Which sheet is read, where the workbook has others; empty where it has not."""
        if len(self.sheets) <= 1:
            return ""
        return t(_ONE_SHEET, sheet=self.sheets[0], others=others(self.sheets))

    @property
    def read(self) -> tuple[Column, ...]:
        """Those that go into a field."""
        return tuple(column for column in self.all if column.field)

    @property
    def left_out(self) -> tuple[Column, ...]:
        """Those that nobody reads: to be shown, so that nothing is lost unseen."""
        return tuple(column for column in self.all if not column.field)


def others(sheets: Sequence[str]) -> str:
    """The first of the names behind the first, to be shown."""
    named = ", ".join(sheets[1 : 1 + _NAMED])
    return f"{named} …" if len(sheets) > 1 + _NAMED else named


WHY: Mapping[Sure, str] = {
    Sure.GIVEN: mark("as you chose"),
    Sure.FILE: mark("as the file itself says"),
    Sure.HEADER: mark("recognised by its heading"),
    Sure.SPELLING: mark("recognised by its heading, which is nearly right"),
    Sure.CONTENT: mark("recognised by what stands in it"),
    Sure.UNKNOWN: mark("not read"),
}
