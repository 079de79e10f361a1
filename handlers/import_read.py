"""A file held against the register, stored and taken back: the work of an import, wherever it runs.

Reading and comparing are done in a thread, so that the bot answers others meanwhile. What is stored
was compared with the register as it is at that moment: somebody who edits in between makes it be
done again.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import IO, Any, cast

from bot import guard
from bot.errors import UserError
from bot.import_choice import Choice
from bot.import_columns import checked, corrected, recognise
from bot.import_draft import draft
from bot.import_file import read
from bot.import_json import records as records_of_json
from bot.import_limits import within
from bot.import_plan import Plan, plan
from bot.import_record import Record, Refused, Words
from bot.import_rows import records as records_of_rows
from bot.import_sheet import Columns, Register, Sheet
from bot.import_story import Idea
from bot.import_undo import Imported, Undoing
from bot.text import one_line, shortened
from bot.translation import Translator, mark
from storage import import_batch, import_register, import_story, import_undo, import_write
from storage.database import Store
from storage.import_batch import Origin
from storage.import_register import State
from storage.import_write import StaleError

Read = Record | Refused | Idea
Found = list[Read]
Told = Callable[[int], None]  # hears how many bytes more have been read
Write = Callable[..., Awaitable[Any]]  # runs fn(conn, team, ...) in one transaction

CHANGED = mark(
    "The register has changed since you saw what would happen, and something else would happen"
    " now. Look at it again."
)
_BUSY = mark(
    "Your colleagues are changing the register just now, so nothing was read in. Try again in a"
    " minute."
)
_BUSY_UNDOING = mark(
    "Your colleagues are changing the register just now, so nothing was undone. Try again in a"
    " minute."
)

NAME_LENGTH = 150  # characters of a file's name
_TRIES = 3
_LONG_AGO = date(2000, 1, 1)  # so that the year is written


@dataclass(frozen=True)
class Source:
    """A file on this machine, what it is called, and the columns that somebody put right."""

    path: Path
    name: str
    chosen: Mapping[str, str]  # a heading or letter to a field
    sheet: str | int | None = None  # of a workbook: its name, or its place


@dataclass(frozen=True)
class Prepared:
    """What the file would do, and the register's state in which it would."""

    plan: Plan
    state: State


def origin_of(t: Translator, team: str, by: str, at: datetime, name: str) -> Origin:
    """Whose import it is and of which file, worded in the library's language.

    Raises:
        UserError: the file is named by a CPR number.
    """
    called = guard.without_cpr(shortened(one_line(name), NAME_LENGTH), field="file")
    source = t("Read in from {file}, {day}", file=called, day=t.day(at, _LONG_AGO))
    return Origin(team, by, at, called, source, t("Last contact, as {file} says", file=called))


@dataclass(frozen=True)
class Opened:
    """The file while it is open; `columns` as recognised and put right, None for our own JSON."""

    columns: Columns | None
    _sheet: Sheet | Register
    _file: IO[bytes]
    _words: Words

    def records(self, today: date, told: Told) -> Found:
        """All that the file says, row by row; raises UserError."""
        if self.columns is None or isinstance(self._sheet, Register):
            found = records_of_json(cast("Register", self._sheet), self._words, today)
        else:
            found = records_of_rows(self._sheet, checked(self.columns), self._words, today)
        return list(within(_followed(found, self._file, told)))


@contextmanager
def opened(source: Source, words: Words) -> Iterator[Opened]:
    """Open the file; it is gone through once for as much as is asked. Raises UserError."""
    with source.path.open("rb") as file:
        sheet = read(file, source.name, source.sheet)
        columns = None
        if isinstance(sheet, Sheet):
            columns = corrected(recognise(sheet, words), source.chosen)
        yield Opened(columns, sheet, file, words)


def columns_of(source: Source, words: Words) -> Columns | None:
    """The file's columns, without its rows; raises UserError."""
    with opened(source, words) as one:
        return one.columns


def records_of(source: Source, words: Words, today: date) -> tuple[Columns | None, Found]:
    """The file's columns, and all that it says; raises UserError."""
    with opened(source, words) as one:
        return one.columns, one.records(today, lambda _: None)


async def prepare(store: Store, team: str, found: Found, choice: Choice, about: str) -> Prepared:
    """What the file would do now; `about` is where its persons' details come from."""
    worked_out, state = await store.read(import_register.known, team)
    register = await asyncio.to_thread(worked_out)
    rough = await asyncio.to_thread(draft, found, register, choice)
    partners, standings = await store.read(import_register.partners, team, rough.meant)
    past = await store.read(import_story.past, team, rough)
    made = await asyncio.to_thread(plan, rough, partners, standings, register, about, past)
    return Prepared(made, state)


async def carry_out(
    store: Store,
    found: Found,
    choice: Choice,
    origin: Origin,
    write: Write,
    seen: str,
    *,
    prepared: Prepared | None = None,
) -> tuple[Plan, int]:
    """Store what the file would do, and return it with the import's number.

    `seen` is the digest of the plan that somebody said yes to. Where that is at hand it is
    `prepared`: then the rows are compared again only if the register has changed since.

    Raises:
        UserError: it would be something else by now; nothing was stored.
    """
    for _ in range(_TRIES):
        about = origin.source
        prepared = prepared or await prepare(store, origin.team, found, choice, about)
        if prepared.plan.digest != seen:
            raise UserError(CHANGED)
        steps = (*prepared.plan.new, *prepared.plan.changed)
        numbers = import_batch.needed(*steps) + len(prepared.plan.ideas)
        ids = await store.write(import_write.reserve, origin.team, numbers)
        made = await asyncio.to_thread(import_batch.batch, prepared.plan, ids, origin)
        with suppress(StaleError):
            await write(import_write.write, made, prepared.state)
            return prepared.plan, made.number
        prepared = None
    raise UserError(_BUSY)


async def take_back(
    store: Store, number: int, origin: Origin, write: Write
) -> tuple[Imported, Undoing]:
    """Undo an import, and return it with what the undoing did.

    Raises:
        UserError: it cannot be undone.
    """
    for _ in range(_TRIES):
        done, state = await store.read(import_undo.past, origin.team, number, origin.at)
        what = await asyncio.to_thread(import_undo.undoing, done)
        ids = await store.write(import_write.reserve, origin.team, import_batch.needed(*what.back))
        made = await asyncio.to_thread(import_batch.back, what.back, ids, origin)
        with suppress(StaleError):
            await write(import_undo.undo, done, made, what, state, by=origin.by, now=origin.at)
            return done.imported, what
    raise UserError(_BUSY_UNDOING)


def _followed(found: Iterable[Read], file: IO[bytes], told: Told) -> Iterator[Read]:
    """The same, telling how far the reading has come in the file."""
    before = 0
    for one in found:
        now = max(file.tell(), before)  # what a workbook's cells share is read first
        told(now - before)
        before = now
        yield one
