"""A row of a table as what it says of a partner: every value checked, or the reasons why not."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from bot import intake
from bot.contact import EARLIEST
from bot.errors import UserError
from bot.import_day import day, past_day
from bot.import_header import own_heading
from bot.import_join import gathered
from bot.import_looks import says_nothing
from bot.import_parts import parts
from bot.import_person import number, people
from bot.import_record import (
    Cell,
    Doubt,
    Line,
    Person,
    Reason,
    Record,
    Refused,
    Words,
)
from bot.import_sheet import Column, Columns, Sheet
from bot.import_words import (
    LISTS,
    Vocabulary,
    colleague,
    is_worded,
    mapped,
    vocabulary,
    yes,
)
from bot.partner import Kind, Partner
from bot.translation import mark

_NO_NAME = mark("The row has no name. Write what the organisation is called.")
_TOO_MANY_CELLS = mark(
    "The row has more cells than there are headings. A separator stands in a text, most likely: put"
    " that text in quotation marks, or take the separator out."
)

_ALONE = mark("The row names no organisation, so “{name}” is read as an individual.")

_DATES = ("start", "next_step_on", "last_contact")
_PEOPLE = ("responsible", "deputy")


@dataclass
class _Row:
    """What has been understood of a row so far."""

    fields: dict[str, Any] = field(default_factory=dict)
    reasons: list[Reason] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    last_contact: date | None = None
    id: int = 0
    headers: dict[str, str] = field(default_factory=dict)


def records(
    sheet: Sheet, columns: Columns, words: Words, today: date
) -> Iterator[Record | Refused]:
    """What the sheet's rows say, in their order; rows of one partner in a row are one record."""
    known = vocabulary(words)
    width = len(columns.all)
    found = (record(line, columns, known, today, width) for line in sheet.lines())
    return gathered(found)


def record(
    line: Line, columns: Columns, words: Vocabulary, today: date, width: int
) -> Record | Refused:
    """What one row says."""
    if line.fault:
        return Refused((line,), (line.fault,))
    if any(line.cells[width:]):
        return Refused((line,), (Reason(_TOO_MANY_CELLS),))
    filled = [
        (column, line.cells[column.number])
        for column in columns.read
        if column.number < len(line.cells) and _is_filled(column, line.cells[column.number])
    ]
    row = _Row()
    for column, cell in filled:
        if not column.field.startswith("person."):
            _read(row, column, cell, words, today)
    theirs = people([each for each in filled if each[0].field.startswith("person.")], today)
    persons = tuple(theirs.people)
    row.reasons += theirs.reasons
    _check(row)
    _name(row, persons, columns)
    doubts = (*row.doubts, *theirs.doubts)
    if row.reasons:  # with what would be doubted once they are put right
        return Refused((line,), (*row.reasons, *(doubt.reason for doubt in doubts)))
    return Record(
        (line.number,), row.fields, persons, row.last_contact, row.id, doubts, lines=(line,)
    )


def _is_filled(column: Column, cell: Cell) -> bool:
    return bool(cell) and not (isinstance(cell, str) and says_nothing(column.field, cell))


def _read(row: _Row, column: Column, cell: Cell, words: Vocabulary, today: date) -> None:
    row.headers.setdefault(column.field, column.header)
    text = cell if isinstance(cell, str) else cell.isoformat()
    try:
        if column.field == "id":
            row.id = number(cell)
        elif column.field in _DATES:
            _dated(row, column, cell, today)
        elif column.field in _PEOPLE:
            _doubtful(row, column, text, *colleague(words, text))
        elif column.field == "archived":
            _doubtful(row, column, text, *yes(text))
        elif is_worded(column.field):
            _worded(row, column, _age(column, cell, text), words)
        else:
            _plain(row, column, text)
    except UserError as error:
        row.reasons.append(Reason.of(error, column.header))


def _dated(row: _Row, column: Column, cell: Cell, today: date) -> None:
    """A day that cannot be read is one field less, and the row has others."""
    try:
        if column.field == "last_contact":
            row.last_contact = past_day(cell, today, EARLIEST)
        else:
            row.fields[column.field] = day(cell, today)
    except UserError as error:
        text = cell if isinstance(cell, str) else cell.isoformat()
        _doubt(row, column, text, Reason.of(error), taken=False)


def _doubtful(row: _Row, column: Column, text: str, value: object, reason: Reason | None) -> None:
    if value is not None:
        row.fields[column.field] = value
    if reason:
        _doubt(row, column, text, reason, taken=value is not None)


def _doubt(row: _Row, column: Column, text: str, reason: Reason, *, taken: bool) -> None:
    told = replace(reason, column=column.header)
    row.doubts.append(Doubt(column.field, text, told, taken))


def _worded(row: _Row, column: Column, text: str, words: Vocabulary) -> None:
    values, doubts = mapped(words, column.field, text)
    for part, reason, taken in doubts:
        _doubt(row, column, part, reason, taken=taken)
    if not values:
        return
    if column.field in LISTS:
        row.fields[column.field] = (*row.fields.get(column.field, ()), *values)
    else:
        row.fields[column.field] = values[0]


def _age(column: Column, cell: Cell, text: str) -> str:
    """A spreadsheet takes 6-12 for the sixth of December."""
    if column.field == "age_groups" and isinstance(cell, date):
        return f"{cell.day}-{cell.month}"
    return text


def _plain(row: _Row, column: Column, text: str) -> None:
    if column.field == "note.headed":
        text = f"{own_heading(column.header)}: {text}"
    name = column.field.removesuffix(".headed")
    if name == "other_names":
        row.fields[name] = (*row.fields.get(name, ()), *parts(text, {}))
    elif name == "note" and "note" in row.fields:
        row.fields["note"] += f"\n{text}"
    else:
        row.fields[name] = text


def _check(row: _Row) -> None:
    """Everything in its one form, by the rules of the form that partners are typed into."""
    # A step may stand in the register already, and then only its date is new.
    probe = replace(Partner("x", next_step="x"), **row.fields)
    try:
        tidy = intake.checked(probe)
    except UserError:
        row.reasons += [
            Reason.of(fault, row.headers.get(str(fault.field), ""))
            for fault in intake.faults(probe)
        ]
    else:
        row.fields = {name: getattr(tidy, name) for name in row.fields}


def _name(row: _Row, persons: Sequence[Person], columns: Columns) -> None:
    """A person without an organisation is an individual; a number is enough to know it by.

    In a list of organisations the name was most likely forgotten, so that is told.
    """
    if (
        row.fields.get("name")
        or row.id
        or any(reason.column == row.headers.get("name") for reason in row.reasons)
    ):
        return
    called = next((person.name for person in persons if person.name), None)
    if called:
        row.fields = {"name": called, "kind": Kind.INDIVIDUAL, **row.fields}
        named = next((each for each in columns.read if each.field == "name"), None)
        if named:
            _doubt(row, named, called, Reason(_ALONE, {"name": called}), taken=True)
    else:
        row.reasons.append(Reason(_NO_NAME))
