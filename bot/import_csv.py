"""CSV as spreadsheets, mail programs and people write it."""

import csv
from collections import Counter
from collections.abc import Generator, Iterable, Iterator
from itertools import islice
from typing import IO

from bot.errors import UserError
from bot.export import as_typed
from bot.import_record import Line
from bot.import_text import Encoding, encoding_of, lines, opened, settled
from bot.translation import mark

_OPEN_QUOTE = mark(
    "The quotation mark that opens in row {row} is never closed, so the rows after it cannot be"
    " told apart. Put it right, or save the file again from your spreadsheet."
)

_SEPARATORS = ";\t,|"  # the first of equals wins: a Danish Excel writes semicolons
_ONE_COLUMN = "\x1f"  # a separator that nobody types
_SAMPLE = 100  # lines
_NONE = (0.0, 0)
_HALF = 0.5  # of the rows: fewer have a comma in a name
# Text of several lines in one cell is a note; longer than this it is a quotation mark too many.
_MOST_LINES_IN_A_ROW = 100


def rows(file: IO[bytes]) -> Generator[Line, None, None]:
    """The rows that hold something, numbered as a spreadsheet counts them; raises UserError."""
    encoding = encoding_of(file)
    with opened(file, encoding) as words:
        separator, named = _separator(list(islice(lines(words), _SAMPLE)))
    with opened(file, encoding) as words:
        physical = lines(words)
        if named:
            next(physical)
        yield from _numbered(_split(physical, separator), encoding, first=1 + named)


def _numbered(records: Iterable[list[str]], encoding: Encoding, first: int) -> Iterator[Line]:
    for number, record in enumerate(records, start=first):
        cells, fault = settled(record, encoding)
        texts = tuple(as_typed(cell.strip()) for cell in cells)
        filled = next((n for n in range(len(texts), 0, -1) if texts[n - 1]), 0)
        if filled:
            yield Line(number, texts[:filled], fault)


def _separator(sample: list[str]) -> tuple[str, bool]:
    """What stands between the cells, and whether the first line is Excel's own `sep=`."""
    if (
        sample
        and sample[0].lower().startswith("sep=")
        and len(sample[0].strip("\r\n")) == len("sep=;")
    ):
        return sample[0][len("sep=")], True
    best, separator = _NONE, _ONE_COLUMN
    for each in _SEPARATORS:
        fit = _fit(sample, each)
        if fit > best:
            best, separator = fit, each
    return separator, False


def _fit(sample: list[str], separator: str) -> tuple[float, int]:
    """The share of rows with several cells, and the cells of those with the usual number."""
    try:
        widths = Counter(len(row) for row in csv.reader(sample, delimiter=separator) if row)
    except csv.Error:
        return _NONE
    # Titles above a table and remarks below it are one cell each, whatever the separator.
    several = {width: times for width, times in widths.items() if width > 1}
    if not several:
        return _NONE
    usual, times = max(several.items(), key=lambda item: (item[1], item[0]))
    share = sum(several.values()) / widths.total()
    # A note of several lines with a comma in each has more rows by the comma, but fewer cells.
    return (share, times * usual) if share > _HALF else _NONE


def _split(physical: Iterable[str], separator: str) -> Iterator[list[str]]:
    row = 0
    source = _Counted(physical)
    reader = csv.reader(source, delimiter=separator)
    while True:
        row += 1
        source.begin(row)
        try:
            record = next(reader, None)
        except csv.Error as error:
            raise UserError(_OPEN_QUOTE, row=row) from error
        if record is None:
            return
        if source.ended:  # within the row, and not after it
            raise UserError(_OPEN_QUOTE, row=row)
        yield record


class _Counted:
    """The lines, with those of the row that is being read counted."""

    def __init__(self, physical: Iterable[str]) -> None:
        self._physical = iter(physical)
        self._taken = 0
        self.ended = False
        self._row = 0

    def __iter__(self) -> "_Counted":
        return self

    def __next__(self) -> str:
        if self._taken == _MOST_LINES_IN_A_ROW:
            raise UserError(_OPEN_QUOTE, row=self._row)
        line = next(self._physical, None)
        if line is None:
            self.ended = True
            raise StopIteration
        self._taken += 1
        return line

    def begin(self, row: int) -> None:
        self._taken = 0
        self._row = row
