"""Excel's workbooks, which are ZIP files of XML: a small one can unpack to fill the machine.

So the sizes that the ZIP file itself declares are added up before anything is unpacked; zipfile
never unpacks a member beyond the size declared for it. What must be kept whole while reading, the
texts that cells share, has a limit of its own.
"""

import re
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import IO, TYPE_CHECKING, Any
from xml.etree.ElementTree import iterparse
from zipfile import ZipFile

from bot.errors import UserError
from bot.export import as_typed
from bot.import_limits import MOST_COLUMNS
from bot.import_record import Cell, Line, Reason
from bot.translation import mark

if TYPE_CHECKING:
    from openpyxl import Workbook

_BROKEN = mark(
    "“{name}” cannot be read as a workbook. Part of it is missing or damaged: open it in Excel,"
    " save it once more as .xlsx, and choose that file."
)
_TOO_BIG = mark(
    "“{name}” unpacks to more than {limit} MB, and a list of partners never does. Copy the rows to"
    " a new workbook, save it, and choose that file."
)
_NO_WORKBOOK = mark(
    "“{name}” is a ZIP file and no Excel workbook. Unpack it and choose the spreadsheet in it; one"
    " from LibreOffice must be saved as .xlsx."
)
_ALL_EMPTY = mark(
    "There is nothing in the workbook's visible sheets. Show the sheet with the partners, save, and"
    " choose the file again."
)
_FORMULA = mark(
    "Cell {cell} holds a formula whose result was never saved, and so may others. Open the file in"
    " Excel, save it, and choose it again."
)
_ERROR = mark("It shows {value} where a formula went wrong. Put it right in the spreadsheet.")

# The sheet itself streams; texts and styles are kept, at two to three times their size.
_MOST_UNPACKED = 500_000_000
_MOST_KEPT = 50_000_000
_MOST_MEMBERS = 2_000
_MEGABYTE = 1_000_000
_BLOCK = 1 << 20
_LAST_ROW = 1_048_576  # Excel's own
_STREAMED = re.compile(r"xl/worksheets/[^/]+\.xml")
_FORMULA_TAG = re.compile(rb"<(?:\w+:)?f[ >/]")
_DOCTYPE = b"<!DOCTYPE"
_EXCEL_ERRORS = ("#REF!", "#N/A", "#NAME?", "#VALUE!", "#DIV/0!", "#NUM!", "#NULL!")


@dataclass(frozen=True)
class Book:
    """The names of the sheets that could be meant: visible, and with something in them.

    `rows` goes through the one of that name; `check` raises UserError where it has a formula
    without a result.
    """

    sheets: tuple[str, ...]
    rows: Callable[[str], Iterator[Line]]
    check: Callable[[str], None]


def workbook(file: IO[bytes], name: str) -> Book:
    """The workbook, opened; raises UserError."""
    with _blamed_on(name):
        _check_sizes(file, name)
        book = _opened(file)  # once: the texts that cells share are read each time
        visible = [sheet.title for sheet in book.worksheets if sheet.sheet_state == "visible"]
        filled = tuple(title for title in visible if next(_rows(book, name, title), None))
    if not filled:
        raise UserError(_ALL_EMPTY)

    def check(title: str) -> None:
        with _blamed_on(name):
            _check_formulas(file, book, title)

    return Book(filled, lambda title: _whole(book, name, title), check)


@contextmanager
def _blamed_on(name: str) -> Iterator[None]:
    """What damaged XML does inside a library has no list; the file is at fault, not we."""
    try:
        yield
    except UserError:
        raise
    except Exception as error:
        # As the docstring says.
        raise UserError(_BROKEN, name=name) from error


def _check_sizes(file: IO[bytes], name: str) -> None:
    with ZipFile(file) as packed:
        members = packed.infolist()
        whole = sum(member.file_size for member in members)
        kept = sum(
            m.file_size
            for m in members
            if not _STREAMED.fullmatch(m.filename) and _is_read(m.filename)
        )
        if whole > _MOST_UNPACKED or len(members) > _MOST_MEMBERS:
            raise UserError(_TOO_BIG, name=name, limit=_MOST_UNPACKED // _MEGABYTE)
        if kept > _MOST_KEPT:
            raise UserError(_TOO_BIG, name=name, limit=_MOST_KEPT // _MEGABYTE)
        if "[Content_Types].xml" not in packed.namelist() or not any(
            member.filename.startswith("xl/") for member in members
        ):
            raise UserError(_NO_WORKBOOK, name=name)
        for member in members:
            # An entity of XML can unpack without end; no spreadsheet program writes one.
            if member.filename.endswith((".xml", ".rels")):
                with packed.open(member) as part:
                    if _DOCTYPE in part.read(_MEGABYTE // 1000):
                        raise UserError(_BROKEN, name=name)


def _is_read(filename: str) -> bool:
    return not filename.startswith(("xl/media/", "xl/embeddings/", "xl/drawings/", "docProps/"))


def _opened(file: IO[bytes]) -> "Workbook":
    from openpyxl import load_workbook  # noqa: PLC0415 - loaded for a workbook only

    # It warns of what it leaves out, such as drop-down lists: none of it is read here.
    warnings.filterwarnings("ignore", module=r"openpyxl\.")
    file.seek(0)
    return load_workbook(file, read_only=True, data_only=True, keep_links=False)


def _whole(book: "Workbook", name: str, title: str) -> Iterator[Line]:
    with _blamed_on(name):
        yield from _rows(book, name, title)


def _rows(book: "Workbook", name: str, title: str) -> Iterator[Line]:
    sheet: Any = book[title]
    sheet.reset_dimensions()  # some programs declare one cell and write a thousand
    values = sheet.iter_rows(values_only=True, max_col=MOST_COLUMNS + 1)
    for number, row in enumerate(values, start=1):
        if number > _LAST_ROW:
            raise UserError(_BROKEN, name=name)
        cells = tuple([_cell(value) for value in row])
        filled = next((n for n in range(len(cells), 0, -1) if cells[n - 1]), 0)
        if filled:
            yield Line(number, cells[:filled], _fault(cells))


def _check_formulas(file: IO[bytes], book: "Workbook", title: str) -> None:
    """UserError at the first formula whose result is not in the file."""
    sheet: Any = book[title]
    path = sheet._worksheet_path  # noqa: SLF001 - where the sheet stands in the ZIP file; openpyxl tells nobody
    with ZipFile(file) as packed:
        with packed.open(path) as part:
            if not _has_formula(part):
                return
        with packed.open(path) as part:
            for _, element in iterparse(part):  # noqa: S314 - DOCTYPE, and so entities, were refused above
                tag = element.tag.rpartition("}")[2]
                if tag == "c" and _has_no_result(element):
                    raise UserError(_FORMULA, cell=element.get("r", "?"))
                if tag in ("c", "row"):
                    element.clear()


def _has_formula(part: IO[bytes]) -> bool:
    tail = b""
    while block := part.read(_BLOCK):
        if _FORMULA_TAG.search(tail + block):
            return True
        tail = block[-20:]
    return False


def _has_no_result(cell: Any) -> bool:  # noqa: ANN401 - ElementTree's Element, of any kind
    children = {child.tag.rpartition("}")[2]: child for child in cell}
    if "f" not in children or cell.get("t") == "str":
        return False  # a text that came out empty is a result
    return "v" not in children or not children["v"].text


def _cell(value: object) -> Cell:
    if isinstance(value, date):
        return value.date() if isinstance(value, datetime) else value
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    # The apostrophe of a CSV of ours that was saved as a workbook is part of its text.
    return "" if value is None else as_typed(str(value).strip())


def _fault(cells: tuple[Cell, ...]) -> Reason | None:
    wrong = next((cell for cell in cells if cell in _EXCEL_ERRORS), None)
    return Reason(_ERROR, {"value": wrong}) if wrong else None
