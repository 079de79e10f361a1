"""What one import takes at most, and how the limits go together.

The most is MOST_PARTNERS with four rows each, 125 characters in a row, and a note of two hundred to
each partner. It is held in memory until it is stored, with 300 MB at most. And it is stored in one
transaction, in which nobody else can save: in about three seconds, and others wait for five. As
text that is a file of 5 MB; in one of MOST_BYTES the rest is colours and pictures.
"""

from collections.abc import Iterable, Iterator
from typing import TypeVar

from bot.errors import UserError
from bot.import_record import Line, Record, Refused
from bot.text import fold
from bot.translation import mark

T = TypeVar("T")

MOST_BYTES = 50_000_000
# Excel's own lists of partners have twenty; the rest of a sheet that wide is another table.
MOST_COLUMNS = 200
# The largest Danish library has a few thousand.
MOST_PARTNERS = 10_000
MOST_LINES = 4 * MOST_PARTNERS
MOST_TEXT = 125 * MOST_LINES  # characters in all cells
MOST_NOTES = 200 * MOST_PARTNERS  # characters: of a note each word is stored for the search

TOO_MANY = mark(
    "There are more than {most} partners in the file. Divide it, and read in one part at a time."
)
_TOO_MUCH = mark(
    "There is more text in the file than I can read in at a time. Delete the columns that are not"
    " about partners, or divide the file, and read in one part at a time."
)


def within(found: Iterable[T]) -> Iterator[T]:
    """The same, as long as it is no more than one import takes.

    Partners count by their numbers and names here, whatever the register makes of them later, and a
    row that cannot be read as one of its own.

    Raises:
        UserError: it is more; the rest is not read.
    """
    partners: set[object] = set()
    text = notes = 0
    for one in found:
        if isinstance(one, Refused):
            partners.add(one.lines[0].number)
            text += _cells(one.lines)
        elif isinstance(one, Record):
            partners.add((one.id, fold(one.name)))
            text += _cells(one.lines)
            notes += _notes(one)
        if len(partners) > MOST_PARTNERS:
            raise UserError(TOO_MANY, most=MOST_PARTNERS)
        if text > MOST_TEXT or notes > MOST_NOTES:
            raise UserError(_TOO_MUCH)
        yield one


def _cells(lines: Iterable[Line]) -> int:
    """In characters."""
    return sum(len(str(cell)) for line in lines for cell in line.cells)


def _notes(one: Record) -> int:
    """In characters, those of the persons too."""
    return len(one.fields.get("note", "")) + sum(len(person.note or "") for person in one.people)
