"""Spreadsheets: CSV that a Danish Excel opens by a double click, and XLSX, a sheet per table."""

import csv
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from io import TextIOWrapper
from typing import IO, TYPE_CHECKING

from bot.export import TITLE, Cell, Entry, Paper, Wanted, What, defused
from bot.export_rows import header, idea_row, rows
from bot.export_writer import Writer
from bot.tjek import Check

if TYPE_CHECKING:
    from openpyxl.cell import Cell as XlsxCell
    from openpyxl.worksheet.worksheet import Worksheet  # what a write-only one has in common

_DAY = "dd-mm-yyyy"  # how a Danish Excel shows a date; the cell holds a real one
_WIDTH = 22  # characters of a column, so that a telephone number is not shown as ####


class Csv(Writer):
    """One table, separated by semicolons, in UTF-8 with the mark by which Excel knows it.

    Days are ISO (2026-11-24): Excel reads that as a date in every language, it sorts by itself, and
    nobody can take 1/2 for the second of January.
    """

    def __init__(self, file: IO[bytes], paper: Paper, wanted: Wanted) -> None:
        super().__init__(file, paper)
        (self._what,) = wanted.tables
        self._words = TextIOWrapper(file, "utf-8-sig", newline="")
        self._lines = csv.writer(self._words, delimiter=";")
        self._lines.writerow(header(paper, self._what))

    def add(self, entry: Entry) -> None:
        """Write the partner's rows."""
        self._write(rows(self._paper, self._what, entry))

    def add_idea(self, check: Check) -> None:
        """Write a check that has no partner."""
        self._write([idea_row(self._paper, check)])

    def close(self) -> None:
        """Write what is left; the file itself stays open."""
        self._words.detach()

    def _write(self, lines: Iterable[Sequence[Cell]]) -> None:
        for line in lines:
            self._lines.writerow([self._text(cell) for cell in line])
            self.counts[self._what] += 1

    def _text(self, cell: Cell) -> str:
        if isinstance(cell, bool):
            return _yes(self._paper) if cell else ""
        if isinstance(cell, str):
            return defused(cell)
        if isinstance(cell, float):
            return self._paper.t.number(cell)  # 4.3 is a day to a Danish Excel
        return "" if cell is None else str(cell)


class Xlsx(Writer):
    """A sheet for each table, written row by row: what is written is not kept in memory."""

    def __init__(self, file: IO[bytes], paper: Paper, wanted: Wanted) -> None:
        from openpyxl import Workbook  # noqa: PLC0415 - loaded when somebody wants a spreadsheet

        super().__init__(file, paper)
        self._book = Workbook(write_only=True)
        self._sheets = {what: self._sheet(what) for what in wanted.tables}

    def add(self, entry: Entry) -> None:
        """Write the partner's rows, each to its sheet."""
        for what in self._sheets:
            self._write(what, rows(self._paper, what, entry))

    def add_idea(self, check: Check) -> None:
        """Write a check that has no partner."""
        self._write(What.CHECKS, [idea_row(self._paper, check)])

    def close(self) -> None:
        """Put the sheets together in the file, which stays open."""
        self._book.save(self._file)

    def _sheet(self, what: What) -> "Worksheet":
        from openpyxl.styles import Font  # noqa: PLC0415 - as above
        from openpyxl.utils import get_column_letter  # noqa: PLC0415 - as above

        sheet: Worksheet = self._book.create_sheet(self._paper.t(TITLE[what]))
        sheet.freeze_panes = "A2"
        names = header(self._paper, what)
        for number in range(1, len(names) + 1):
            sheet.column_dimensions[get_column_letter(number)].width = _WIDTH
        cells = [_cell(sheet, name) for name in names]
        for cell in cells:
            cell.font = Font(bold=True)
        sheet.append(cells)
        return sheet

    def _write(self, what: What, lines: Iterable[Sequence[Cell]]) -> None:
        sheet = self._sheets[what]
        for line in lines:
            sheet.append([self._made(sheet, cell) for cell in line])
            self.counts[what] += 1

    def _made(self, sheet: "Worksheet", cell: Cell) -> "XlsxCell | float | None":
        if isinstance(cell, bool):
            return _cell(sheet, _yes(self._paper)) if cell else None
        if isinstance(cell, int | float):
            return cell
        return _cell(sheet, cell) if cell else None


def _cell(sheet: "Worksheet", value: str | date) -> "XlsxCell":
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415 - as above
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE  # noqa: PLC0415 - as above

    if isinstance(value, date):
        day = WriteOnlyCell(sheet, datetime.combine(value, time()))
        day.number_format = _DAY
        return day
    text = defused(value) if value.startswith("'") else value  # a reader takes one away
    cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", text))
    # A text whatever it begins with, also after somebody has edited it: that defuses a formula and
    # leaves a telephone number as it is.
    cell.data_type = "s"
    cell.quotePrefix = defused(value) != value
    return cell


def _yes(paper: Paper) -> str:
    return paper.t("yes")
