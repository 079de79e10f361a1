"""The backup: every row of every table in one file of lines, and what is wrong with such a file.

The first line says what it is. Then each table says its columns, and its rows follow, a line each.
The last but one says how many rows there are, and the last is the sum of all lines before.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import IO, Any

from bot.errors import UserError
from bot.translation import mark

FORMAT = "partnerbot-backup"
# Grows when a reader of the former one would go wrong.
VERSION = 1
# Rows that are in memory at once.
BATCH = 500

_NO_BACKUP = mark("{file} is no backup. Name a file that was made with: partnerbot export --all")
NEWER = mark(
    "{file} was made by a newer version of Partnerbot ({version}). Install that version first;"
    " nothing was changed."
)
_WHOLE_ONLY = mark(
    "--all is everything: leave out --format, --what and the conditions, or leave out --all."
)
_CUT_SHORT = mark(
    "{file} is not whole: its end is missing. Use another backup; nothing was changed."
)
_ALTERED = mark(
    "{file} is not as it was when it was made, so it cannot be trusted. Use another backup;"
    " nothing was changed."
)

_SUM = "sha256"
_LONGEST_HEAD = 10_000  # bytes; what begins with a longer line is something else


class Holds(StrEnum):
    """What stands in a column, whichever database it comes from."""

    TEXT = "text"
    NUMBER = "number"
    YES_NO = "yes_no"
    DAY = "day"
    MOMENT = "moment"
    JSON = "json"


@dataclass(frozen=True)
class Table:
    """A table's name, and what its columns hold, in the order of a row's values."""

    name: str
    columns: Mapping[str, Holds]


@dataclass(frozen=True)
class Backup:
    """What a whole file says of itself; `revision` is that of the database's schema."""

    revision: str
    made_at: datetime
    rows: Mapping[str, int]  # by table


Row = dict[str, Any]

_READ: Mapping[Holds, Callable[[str], object]] = {
    Holds.DAY: date.fromisoformat,
    Holds.MOMENT: datetime.fromisoformat,
}


class Writer:
    """Writes line by line and keeps none. The file is its opener's to close."""

    def __init__(self, file: IO[bytes], revision: str, made_at: datetime) -> None:
        self.counts: Counter[str] = Counter()  # rows by table
        self._file = file
        self._sum = hashlib.sha256()
        self._table = ""
        head = {"format": FORMAT, "version": VERSION, "revision": revision}
        self._write(head | {"made_at": made_at.isoformat()})

    def begin(self, table: Table) -> None:
        """The rows that follow are of this table."""
        self._table = table.name
        self.counts[table.name] = 0
        self._write({"table": table.name, "columns": dict(table.columns)})

    def add(self, values: Sequence[object]) -> None:
        """Write a row, its values in the order of the columns."""
        self._write([_plain(value) for value in values])
        self.counts[self._table] += 1

    def close(self) -> None:
        """Write the end."""
        self._write({"rows": dict(self.counts)})
        self._file.write(_end(self._sum.hexdigest()))

    def _write(self, told: object) -> None:
        line = _line(told)
        self._sum.update(line)
        self._file.write(line)


def see_that_nothing_is_chosen(*chosen: object) -> None:
    """Refuse a backup of a part: it could not be put back. Raises UserError."""
    if any(map(str, filter(None, chosen))):
        raise UserError(_WHOLE_ONLY)


def examined(file: IO[bytes], name: str) -> Backup:
    """Read the file from its beginning to its end, and what it says of itself.

    Raises:
        UserError: it is no backup, newer, cut short or altered; says what to do. `name` is how the
            person calls it.
    """
    first = file.readline(_LONGEST_HEAD)
    head = _object(first)
    if head.get("format") != FORMAT:
        raise UserError(_NO_BACKUP, file=name)
    version = head.get("version")
    if isinstance(version, int) and version > VERSION:
        raise UserError(NEWER, file=name, version=version)
    total, before, last = hashlib.sha256(first), b"", b""
    for line in file:
        total.update(last)
        before, last = last, line
    if not last.endswith(b"\n") or _object(last).keys() != {_SUM}:
        raise UserError(_CUT_SHORT, file=name)
    if last != _end(total.hexdigest()):
        raise UserError(_ALTERED, file=name)
    made_at = datetime.fromisoformat(head["made_at"])
    return Backup(head["revision"], made_at, _object(before)["rows"])


def batches(file: IO[bytes]) -> Iterator[tuple[Table, list[Row]]]:
    """The rows of a file that was examined, from its beginning, at most BATCH at once."""
    file.seek(0)
    table, rows = Table("", {}), list[Row]()
    for line in file:
        told = json.loads(line)
        if rows and (len(rows) == BATCH or isinstance(told, dict)):
            yield table, rows
            rows = []
        if isinstance(told, list):
            rows.append(_row(table, told))
        elif "table" in told:
            columns = {name: Holds(holds) for name, holds in told["columns"].items()}
            table = Table(told["table"], columns)


def _row(table: Table, values: Sequence[Any]) -> Row:
    return {
        name: _READ[holds](value) if value is not None and holds in _READ else value
        for (name, holds), value in zip(table.columns.items(), values, strict=True)
    }


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def _line(told: object) -> bytes:
    return json.dumps(told, ensure_ascii=False).encode() + b"\n"


def _end(total: str) -> bytes:
    return _line({_SUM: total})


def _object(line: bytes) -> dict[str, Any]:
    """The object in that line; empty where there is none."""
    try:
        told = json.loads(line)
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}
