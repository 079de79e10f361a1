"""The refused rows as a file: put right in a spreadsheet, and imported once more."""

import csv
import re
from collections.abc import Iterable, Sequence
from io import TextIOWrapper
from typing import IO

from bot.export import defused
from bot.import_fields import FIELDS, NOT_READ, ROW, WHY
from bot.import_header import heading, meanings
from bot.import_record import CPR_HIDDEN, Cell, Refused
from bot.import_sheet import Column, Columns
from bot.text import cpr_hidden
from bot.translation import Translator
from bot.workspace import Language

_BRACKETS = re.compile(r"[()\[\]]")


def write(
    file: IO[bytes], columns: Columns | None, refused: Iterable[Refused], t: Translator
) -> int:
    """Write the rows as they were read, why each was refused, and which row it was.

    Returns how many rows. `columns` gives the headings, by which the file is read as the first one
    was: the fields that somebody chose too. It is None for our own JSON, whose partners stand as
    they are in one cell. What looks like a CPR number is not written.
    """
    words = TextIOWrapper(file, "utf-8-sig", newline="")
    lines = csv.writer(words, delimiter=";")
    kept = None if columns is None else _not_ours(columns)
    headers = ["JSON"] if kept is None else [headed(column, t) for column in kept]
    lines.writerow([*map(defused, headers), t(WHY), t(ROW)])
    count = 0
    for each in refused:
        why = defused(" ".join(each.sentences(t)))
        for line in each.lines:
            cells, more = _cells(line.cells, columns, kept)
            pairs = zip(cells, headers, strict=True)
            written = [_written(cell, t, after=f"{header}:") for cell, header in pairs]
            lines.writerow([*written, why, line.number, *(_written(cell, t) for cell in more)])
            count += 1
    words.detach()
    return count


def _not_ours(columns: Columns) -> list[Column]:
    """Without the reasons and row numbers of an earlier such file."""
    called = {heading(t(label)): label for label in (WHY, ROW) for t in map(Translator, Language)}
    ours = [column for column in columns.all if heading(column.header) in called]
    if WHY not in {called[heading(column.header)] for column in ours}:
        return list(columns.all)
    return [column for column in columns.all if column not in ours]


def _cells(
    cells: Sequence[Cell], columns: Columns | None, kept: Sequence[Column] | None
) -> tuple[list[Cell], Sequence[Cell]]:
    """Those below the headings; and the cells too many, which are what was wrong with the row."""
    if columns is None or kept is None:
        return [*cells[:1]] or [""], cells[1:]
    within = (*cells, *[""] * (len(columns.all) - len(cells)))
    return [within[column.number] for column in kept], cells[len(columns.all) :]


def headed(column: Column, t: Translator) -> str:
    """A heading that means by itself what the column was taken for.

    Its own heading stays where it does, and otherwise stands in brackets, which nobody reads.
    """
    found, _, person = meanings(column.header)
    if found[:1] == (column.field,) and person in (0, column.person):
        return column.header
    name = _unmistakable(column.field, t) if column.field else t(NOT_READ)
    counted = f"{name} {column.person + 1}" if column.person else name
    own = "" if column.nameless and column.field else _BRACKETS.sub(" ", column.header).strip()
    return f"{counted} ({own})" if own else counted


def _unmistakable(field: str, t: Translator) -> str:
    """Our own word for the field, or another where that one has a second meaning."""
    known = FIELDS[field]
    return next(name for name in (t(known.label), *known.names) if meanings(name)[0] == (field,))


def _written(cell: Cell, t: Translator, *, after: str = "") -> str:
    """The cell; `after` is its heading, by which a P number is told from a CPR number."""
    if not isinstance(cell, str):
        return cell.isoformat()
    return defused(cpr_hidden(cell, t(CPR_HIDDEN), after=after))
