"""What one import takes at most, and how the limits go together.

The most is MOST_PARTNERS with four rows each, 125 characters in a row, and a note of two hundred to
each partner. It is held in memory until it is stored, with 300 MB at most. And it is stored in one
transaction, in which nobody else can save: in about three seconds, and others wait for five. As
text that is a file of 5 MB; in one of MOST_BYTES the rest is colours and pictures.

Our own JSON says more with each byte: a day of a contact is a row of its own, and each answer of a
check. So there the rows count too, and what contacts were about counts as notes do.
"""

from collections.abc import Iterable, Iterator
from dataclasses import astuple
from typing import TypeVar

from bot.errors import UserError
from bot.evaluation_told import Told
from bot.import_record import Line, Record, Refused
from bot.import_story import Idea, Story
from bot.text import fold
from bot.tjek import Check
from bot.translation import mark

T = TypeVar("T", bound=Record | Refused | Idea)

MOST_BYTES = 50_000_000
# Excel's own lists of partners have twenty; the rest of a sheet that wide is another table.
MOST_COLUMNS = 200
# The largest Danish library has a few thousand.
MOST_PARTNERS = 10_000
MOST_LINES = 4 * MOST_PARTNERS
MOST_TEXT = 125 * MOST_LINES  # characters in all cells
MOST_NOTES = 200 * MOST_PARTNERS  # characters: of a note each word is stored for the search
# A second of those three, and all that was noted in ten years of three thousand partners.
MOST_TOLD = 5 * MOST_PARTNERS  # rows of persons, contacts, moves, checks and their answers

TOO_MANY = mark(
    "There are more than {most} partners in the file. Divide it, and read in one part at a time."
)
_TOO_MUCH = mark(
    "There is more text in the file than I can read in at a time. Delete the columns that are not"
    " about partners, or divide the file, and read in one part at a time."
)
_TOO_MUCH_TOLD = mark(
    "There is more in the file than I can read in at a time: contacts, moves, checks and their"
    " texts. Take the register out in parts, for instance one level at a time, and read in one part"
    " at a time."
)


def within(found: Iterable[T]) -> Iterator[T]:
    """The same, as long as it is no more than one import takes.

    Partners count by their numbers and names here, whatever the register makes of them later, and a
    row that cannot be read as one of its own.

    Raises:
        UserError: it is more; the rest is not read.
    """
    partners: set[object] = set()
    text = notes = told = 0
    ours = False
    for one in found:
        if isinstance(one, Refused):
            partners.add(one.lines[0].number)
            text += _cells(one.lines)
        elif isinstance(one, Record):
            partners.add((one.id, fold(one.name)))
            text += _written(one) if one.ours else _cells(one.lines)
            notes += _notes(one)
            told += _rows(one) if one.ours else 0
            ours = one.ours
        else:
            text += _texts([one.check])
            told += _rows_of([one.check])
            ours = True
        if len(partners) > MOST_PARTNERS:
            raise UserError(TOO_MANY, most=MOST_PARTNERS)
        if text > MOST_TEXT or notes > MOST_NOTES or told > MOST_TOLD:
            raise UserError(_TOO_MUCH_TOLD if ours else _TOO_MUCH)
        yield one


def _cells(lines: Iterable[Line]) -> int:
    """In characters."""
    return sum(len(str(cell)) for line in lines for cell in line.cells)


def _written(one: Record) -> int:
    """In characters, what our own JSON says: the card, its persons, and what happened."""
    people = (value for person in one.people for value in astuple(person) if value)
    story = one.story or Story()
    moves = (part for move in story.moves for part in (move.reason, move.learned, move.told))
    card = sum(len(str(value)) for value in (*one.fields.values(), *people, *moves))
    return card + _texts(story.checks) + _said(story.evaluations) + _searched(story)


def _said(evaluations: Iterable[Told]) -> int:
    """In characters, without the questions, as of checks."""
    return sum(
        len(part)
        for one in evaluations
        for part in (
            one.subject,
            one.reason,
            *(step.text for step in one.steps),
            *(remark.text for remark in one.remarks),
            *(note for sheet in one.sheets.values() for note in sheet.notes.values()),
        )
    )


def _texts(checks: Iterable[Check]) -> int:
    """In characters, without the questions as they were put, which are the same again and again."""
    return sum(
        len(part)
        for check in checks
        for part in (
            check.idea,
            check.reason,
            *(note for sheet in check.sheets.values() for note in sheet.notes.values()),
        )
    )


def _rows(one: Record) -> int:
    story = one.story or Story()
    happened = len(story.contacts) + len(story.moves)
    return len(one.people) + happened + _rows_of(story.checks) + _rows_of_all(story.evaluations)


def _rows_of_all(evaluations: Iterable[Told]) -> int:
    """As of checks: the questions too, and what hangs on each."""
    rows = 0
    for one in evaluations:
        rows += 2 + len(one.instrument.questions) + len(one.invited)
        rows += len(one.steps) + len(one.remarks)
        rows += sum(len(sheet.answers) + len(sheet.notes) for sheet in one.sheets.values())
    return rows


def _rows_of(checks: Iterable[Check]) -> int:
    """The questions as they were put take as much as rows of their own."""
    rows = 0
    for check in checks:
        rows += 1 + sum(len(page["questions"]) for page in (check.wording or {}).get("pages", ()))
        rows += sum(len(sheet.answers) + len(sheet.notes) for sheet in check.sheets.values())
    return rows


def _notes(one: Record) -> int:
    """In characters, those of the persons too, and what its contacts were about."""
    own = len(one.fields.get("note", "")) + sum(len(person.note or "") for person in one.people)
    return own + _searched(one.story or Story())


def _searched(story: Story) -> int:
    return sum(len(one.about) + len(one.with_whom) for one in story.contacts)
