"""What kind of file it is, by what stands in it: a name says what somebody hopes it is."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from io import SEEK_END
from itertools import islice
from pathlib import PurePath
from typing import IO, TYPE_CHECKING

from bot.errors import UserError
from bot.import_header import SEARCHED, find, headed
from bot.import_limits import MOST_BYTES, MOST_COLUMNS, MOST_LINES
from bot.import_record import Line
from bot.import_sheet import Register, Sheet, others
from bot.text import fold
from bot.translation import mark

if TYPE_CHECKING:
    from bot.import_xlsx import Book

_EMPTY = mark("The file is empty. Choose one with a row for each partner.")
_ONLY_HEADINGS = mark(
    "There are headings in the file and no partners below them. Write one in each row, save, and"
    " choose the file again."
)
_ONLY_HEADINGS_HERE = mark(
    "There are headings in the sheet “{sheet}” and no partners below them. The file also has:"
    " {others}. Choose one of those."
)
_NO_SHEET = mark("The file has no sheet “{sheet}”. It has: {known}.")
_NO_SHEETS = mark("“{name}” has no sheets to choose from. Leave --sheet out.")
_TOO_LARGE = mark(
    "The file has {megabytes} MB, and I read up to {limit} MB. Delete what is not about partners"
    " (pictures, other sheets), or split it in two."
)
_TOO_MANY = mark(
    "The file has more than {limit} rows, and I read no more at a time. Split it in two."
)
_TOO_WIDE = mark(
    "Row {row} has more than {limit} columns. Delete those that are not about partners, and try"
    " again."
)
_PICTURE = mark("“{name}” is a picture. Choose the spreadsheet itself: .xlsx, .csv, .vcf or .json.")
_PDF = mark(
    "“{name}” is a PDF, and I cannot read its tables. Ask for the spreadsheet that it was made"
    " from, or copy the table into a spreadsheet and save it as .xlsx."
)
_OLD_EXCEL = mark(
    "“{name}” is an old Excel file (.xls) or has a password. Open it in Excel, save it as .xlsx"
    " without a password, and choose that file."
)
_OTHER = mark(
    "“{name}” is not a table that I can read. Save it as .xlsx or as CSV UTF-8, and choose that"
    " file."
)
_WEB_PAGE = mark(
    "“{name}” is a web page, whatever its name says. Open it in your spreadsheet, save it as .xlsx,"
    " and choose that file."
)

_HEAD = 4096
_SAMPLE = 60  # rows that the columns are recognised by
_MEGABYTE = 1_000_000
_WHITE = b"\xef\xbb\xbf \t\r\n"

# What files begin with (the libmagic names of the formats), and what to say of them.
_STRANGERS = (
    (b"\x89PNG", _PICTURE),
    (b"\xff\xd8\xff", _PICTURE),
    (b"GIF8", _PICTURE),
    (b"II*\0", _PICTURE),
    (b"MM\0*", _PICTURE),
    (b"RIFF", _PICTURE),
    (b"BM", _PICTURE),
    (b"\0\0\0", _PICTURE),  # HEIC from a telephone, among others
    (b"%PDF", _PDF),
    (b"\xd0\xcf\x11\xe0", _OLD_EXCEL),
    (b"{\\rtf", _OTHER),
    (b"\x1f\x8b", _OTHER),
    (b"Rar!", _OTHER),
    (b"7z\xbc\xaf", _OTHER),
    (b"SQLite format 3", _OTHER),
)
_MARKUP = (b"<!doctype", b"<html", b"<?xml", b"<svg", b"<table")


def read(file: IO[bytes], name: str, sheet: str | int | None = None) -> Sheet | Register:
    """The table in the file, or the register of our own JSON; raises UserError.

    The file stays its opener's, open until the last line is read; one reading at a time. `sheet`
    is which of a workbook, by its name or its place among Sheet.sheets; without it, the first with
    something below headings that we know, or else the first.
    """
    size = file.seek(0, SEEK_END)
    if size > MOST_BYTES:
        raise UserError(_TOO_LARGE, megabytes=-(-size // _MEGABYTE), limit=MOST_BYTES // _MEGABYTE)
    file.seek(0)
    head = file.read(_HEAD)
    if not head.strip(_WHITE):
        raise UserError(_EMPTY)
    begins = head.lstrip(_WHITE)
    if head.startswith(b"PK"):
        from bot.import_xlsx import workbook  # noqa: PLC0415 - loaded for a workbook only

        return _of_book(workbook(file, PurePath(name).name), sheet)
    _refuse_strangers(head, begins, PurePath(name).name)
    if sheet is not None:
        raise UserError(_NO_SHEETS, name=PurePath(name).name)
    if begins[:1] in (b"{", b"["):
        from bot.import_json import register  # noqa: PLC0415 - as above

        return register(file)
    if begins[:11].upper().replace(b" ", b"") == b"BEGIN:VCARD":
        from bot.import_vcard import FIELDS, cards  # noqa: PLC0415 - as above

        sample = tuple(line for line in islice(cards(file), _SAMPLE) if not line.fault)
        return Sheet((), lambda: _within(cards(file)), fields=FIELDS, sample=sample)
    from bot.import_csv import rows  # noqa: PLC0415 - as above

    table = _sheet(lambda: rows(file))
    if table is None:
        raise UserError(_ONLY_HEADINGS)
    return table


def _refuse_strangers(head: bytes, begins: bytes, name: str) -> None:
    for magic, sentence in _STRANGERS:
        if head.startswith(magic) and (len(magic) > len("BM") or b"\0" in head):
            raise UserError(sentence, name=name)
    if begins[:9].lower().startswith(_MARKUP):
        raise UserError(_WEB_PAGE, name=name)


def _of_book(book: "Book", asked: str | int | None) -> Sheet:
    titles = book.sheets if asked is None else (_title(book.sheets, asked),)
    tables = [(title, _sheet(partial(book.rows, title))) for title in titles]
    filled = [replace(one, sheets=book.sheets, title=title) for title, one in tables if one]
    if filled:
        found = next((one for one in filled if any(one.headers)), filled[0])
        book.check(found.title)
        return found
    if len(book.sheets) > len(titles):
        rest = others(book.sheets, titles[0])
        raise UserError(_ONLY_HEADINGS_HERE, sheet=titles[0], others=rest)
    raise UserError(_ONLY_HEADINGS)


def _title(sheets: Sequence[str], asked: str | int) -> str:
    if isinstance(asked, int):
        found = sheets[asked : asked + 1]
    else:
        found = [title for title in sheets if fold(title) == fold(asked)]
    if not found:
        raise UserError(_NO_SHEET, sheet=asked, known=", ".join(sheets))
    return found[0]


def _sheet(rows: Callable[[], Iterator[Line]]) -> Sheet | None:
    """The table; None where nothing stands below its headings."""
    first = list(islice(_within(rows()), SEARCHED + _SAMPLE))
    if not first:
        raise UserError(_EMPTY)
    place = find(first)
    if place == len(first) - 1:
        return None
    above = 0 if place is None else first[place].number

    def lines() -> Iterator[Line]:
        return (line for line in _within(rows()) if line.number > above)

    sample = tuple(line for line in first if line.number > above and not line.fault)
    return Sheet(headed(first, place), lines, sample=sample)


def _within(rows: Iterator[Line]) -> Iterator[Line]:
    """The rows, while they are no more and no wider than we read."""
    for place, line in enumerate(rows, start=1):
        if place > MOST_LINES + SEARCHED:
            raise UserError(_TOO_MANY, limit=MOST_LINES)
        if len(line.cells) > MOST_COLUMNS:
            raise UserError(_TOO_WIDE, row=line.number, limit=MOST_COLUMNS)
        yield line
