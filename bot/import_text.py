"""Bytes as text, whatever encoding a spreadsheet program chose for them.

UTF-8 with or without its mark, UTF-16, Windows-1252 and ISO-8859-1. A file in which two are mixed
is read by the one that most of it is in, and a row of the other is told apart by `settled`.
"""

import codecs
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import TextIOWrapper
from typing import IO

from bot.errors import UserError
from bot.import_record import Reason
from bot.translation import mark

_MIXED = mark(
    "The letters of this row are written in another encoding than the rest, so the Danish letters"
    " would be wrong. Write the row again, and save the file as CSV UTF-8."
)
_NO_TABLE = mark(
    "This is not a table that I can read: what is in it is not text. Save it from your spreadsheet"
    " as .xlsx or as CSV UTF-8, and choose that file."
)
_LONG_LINE = mark(
    "Row {row} is longer than {limit} characters, and a partner is not. Is it the right file? Save"
    " it again as .xlsx or CSV."
)
_HALF = mark(
    "The file stops in the middle of row {row}. Part of it is missing: fetch or save it again."
)

_BLOCK = 1 << 16
_LONGEST_LINE = 1_000_000
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROL = frozenset(range(32)) - frozenset(b"\t\n\v\f\r\x1a\x1b\x1c\x1d\x1e\x1f")
_ODD_SHARE = 0.01  # of the first block: a stray control character comes with copying from a PDF
_NOT_IN_1252 = frozenset(b"\x81\x8d\x8f\x90\x9d")


@dataclass(frozen=True)
class Encoding:
    """How the bytes become text. `odd` where a row may be in another encoding."""

    name: str
    odd: bool = False
    mostly: str = ""  # of a mixed file: what most of it is in


def encoding_of(file: IO[bytes]) -> Encoding:
    """Reads the file through; UserError where it is no text at all."""
    file.seek(0)
    head = file.read(_BLOCK)
    for beginning, name in _MARKS:
        if head.startswith(beginning):
            return Encoding(name)
    if len(head) > 1 and b"\0" in head[:2]:
        return Encoding("utf-16-be" if head[0] == 0 else "utf-16-le")
    odd = sum(byte in _CONTROL for byte in head)
    if b"\0" in head or odd > len(head) * _ODD_SHARE:
        raise UserError(_NO_TABLE)
    file.seek(0)
    return _without_mark(file)


def _without_mark(file: IO[bytes]) -> Encoding:
    """UTF-8 if all of it is; else one of the eight-bit ones, or a mixture."""
    decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
    bad = good = 0
    high: set[int] = set()
    last = False
    while not last:
        block = file.read(_BLOCK)
        last = not block
        text = decoder.decode(block, final=last)
        if not text.isascii():
            strange = [char for char in text if char > "\x7f"]
            escaped = [char for char in strange if _is_escaped(char)]
            high.update(ord(char) - 0xDC00 for char in escaped)
            bad += len(escaped)
            good += len(strange) - len(escaped)
    if not bad:
        return Encoding("utf-8")
    single = "latin-1" if high & _NOT_IN_1252 else "cp1252"
    if not good:
        return Encoding(single)
    return Encoding("utf-8", odd=True, mostly="utf-8" if good >= bad else single)


@contextmanager
def opened(file: IO[bytes], encoding: Encoding) -> Iterator[TextIOWrapper]:
    """The file as text from its beginning; its opener closes it."""
    file.seek(0)
    errors = "surrogateescape" if encoding.odd else "strict"
    words = TextIOWrapper(file, encoding.name, errors, newline="")
    try:
        yield words
    finally:
        if not file.closed:  # by its opener, while a reading was left half-way
            words.detach()


def lines(words: TextIOWrapper) -> Iterator[str]:
    """Line by line with their ends; UserError for one that has no end, or for half a letter."""
    row = 0
    while True:
        row += 1
        try:
            line = words.readline(_LONGEST_LINE)
        except UnicodeError as error:
            raise UserError(_HALF, row=row) from error
        if len(line) == _LONGEST_LINE:
            raise UserError(_LONG_LINE, row=row, limit=_LONGEST_LINE)
        if not line:
            return
        yield line


def settled(cells: list[str], encoding: Encoding) -> tuple[list[str], Reason | None]:
    """The cells as they can be shown, and what is wrong if they are in the other encoding."""
    if not encoding.odd:
        return cells, None
    strange = [char for cell in cells for char in cell if char > "\x7f"]
    bad = any(map(_is_escaped, strange))
    good = not all(map(_is_escaped, strange))
    if encoding.mostly == "utf-8":
        return [_shown(cell, "cp1252") for cell in cells], Reason(_MIXED) if bad else None
    return [_shown(cell, encoding.mostly) for cell in cells], Reason(_MIXED) if good else None


def _shown(cell: str, single: str) -> str:
    if not any(map(_is_escaped, cell)):
        return cell
    return cell.encode("utf-8", "surrogateescape").decode(single, "replace")


def _is_escaped(char: str) -> bool:
    """Whether it stands for a byte that is no UTF-8 (PEP 383)."""
    return "\udc80" <= char <= "\udcff"
