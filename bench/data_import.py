"""Reading in 10,000 rows of a messy list, with every check, the preview, the storing, the undoing.

Each file is read by a process of its own, once a tenth of the rows and once all of them: as text,
and as a workbook. What others wait for is measured beside it: the write lock of the database, and
the longest time in which the bot would have answered nobody. Memory is how far the peak rises over
the start. A plan is held whole, so it grows with the rows; how many an import takes stands in
`bot/import_limits.py`.
"""

import asyncio
import csv
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import astuple, dataclass
from datetime import UTC, date, datetime
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from typing import Any

from figures import Figures, peak
from processes import HOUSE

from bot.import_choice import Choice
from handlers.import_read import Source, carry_out, opened, prepare, take_back
from storage import import_register, migrate
from storage.database import Connection, Store
from storage.import_batch import Origin

SIZE = 10_000
LIMIT_SECONDS = 15.0  # from the file to the last row stored
LIMIT_LOCK = 3.0  # seconds in which nobody else can write
LIMIT_MEMORY = 300.0  # megabytes of the whole process
FORMS = ("csv", "xlsx")

TEAM = "T0BENCH"
_HEAD = ("Forening", "Type", "Kontaktperson", "E-mail", "Tlf.", "Emneord", "Note", "Hjemmeside")
_MORE = ("Samarbejdsform", "Sidste kontakt")
_LETTERS = "abdefghiklmnoprstuvæøå"
_BEAT = 0.01


@dataclass(frozen=True)
class Measured:
    """Seconds by the clock and of the processor, and megabytes of the process at its highest."""

    reading: float
    preview: float
    storing: float
    processor: float
    locked: float
    undoing: float  # how long that held the lock
    silent: float
    memory: float
    rise: float  # over the start

    @property
    def whole(self) -> float:
        """From the file to the last row stored."""
        return self.reading + self.preview + self.storing


def measure(size: int | None, only: Sequence[str]) -> Figures:
    """The figures of both forms, or of one only; `size` is how many rows."""
    whole, forms = size or SIZE, only or FORMS
    found = {form: (_of_a_process(form, whole // 10), _of_a_process(form, whole)) for form in forms}
    lines = [_line(form, *both) for form, both in found.items()]
    worst = [max(astuple(large)[at] for _, large in found.values()) for at in range(9)]
    slowest = max(found, key=lambda form: found[form][1].whole)
    seconds, locked, undoing, silent, memory = found[slowest][1].whole, *worst[4:8]
    verdict = (
        f"import of {whole} rows: slowest {slowest}, {seconds:.1f} s (limit {LIMIT_SECONDS:.0f}),"
        f" locked {locked:.1f} s, undone {undoing:.1f} s (limit {LIMIT_LOCK:.0f}),"
        f" silent {silent * 1000:.0f} ms,"
        f" memory {memory:.0f} MB (limit {LIMIT_MEMORY:.0f})"
    )
    missed = seconds > LIMIT_SECONDS or max(locked, undoing) > LIMIT_LOCK or memory > LIMIT_MEMORY
    return Figures(lines, verdict, missed)


def _line(form: str, small: Measured, large: Measured) -> str:
    return (
        f"{form:5} reading {large.reading:5.1f} s, preview {large.preview:4.1f} s,"
        f" storing {large.storing:4.1f} s (locked {large.locked:3.1f} s,"
        f" undone {large.undoing:3.1f} s);"
        f" processor {large.processor:5.1f} s; silent {large.silent * 1000:4.0f} ms at most;"
        f" peak {large.rise:+6.1f} MB over the start, a tenth {small.rise:+6.1f} MB"
    )


def _of_a_process(form: str, rows: int) -> Measured:
    command = [sys.executable, str(Path(__file__)), form, str(rows)]
    done = subprocess.run(  # noqa: S603 - our own program
        command, cwd=HOUSE, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise SystemExit(done.stderr)
    return Measured(*map(float, done.stdout.split()))


async def _import(form: str, rows: int) -> None:
    """What the process does: print its figures."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / f"liste.{form}"
        # The list is written by another process, whose memory would be taken for the reading's.
        lister = await asyncio.create_subprocess_exec(sys.executable, __file__, file, str(rows))
        await lister.wait()
        database = f"sqlite:///{Path(folder) / 'partnerbot.db'}"
        await migrate.upgrade(database, backup=False)
        store = await Store.open(database)
        for module in ("openpyxl", "email_validator", "phonenumbers", "rapidfuzz.process"):
            import_module(module)
        print(*astuple(await _measured(store, Source(file, file.name, {}))))
        await store.close()


async def _measured(store: Store, source: Source) -> Measured:
    words = await store.read(import_register.words, TEAM, {})
    origin = Origin(TEAM, "U0BENCH", datetime.now(UTC), source.name, source.name, "Seneste kontakt")
    silences, locked = [0.0], list[float]()
    before, worked = peak(), time.process_time()
    beat = asyncio.create_task(_longest_silence(silences))

    def reading() -> list[Any]:
        with opened(source, words) as file:
            return file.records(date(2026, 11, 24), lambda _: None)

    async def write(fn: Callable[..., object], *args: object, **how: object) -> None:
        def timed(conn: Connection, /, *rest: object, **how: object) -> None:
            at = time.perf_counter()
            fn(conn, *rest, **how)
            locked.append(time.perf_counter() - at)

        await store.write(timed, TEAM, *args, **how)

    moments = [time.perf_counter()]
    found = await asyncio.to_thread(reading)
    moments.append(time.perf_counter())
    prepared = await prepare(store, TEAM, found, Choice(), origin.source)
    moments.append(time.perf_counter())
    seen = prepared.plan.digest
    _, number = await carry_out(store, found, Choice(), origin, write, seen, prepared=prepared)
    moments.append(time.perf_counter())
    del found, prepared
    await take_back(store, number, origin, write)
    beat.cancel()
    reading_took, preview, storing = (later - earlier for earlier, later in pairwise(moments))
    processor, memory = time.process_time() - worked, peak()
    stored, undone = locked
    took = (reading_took, preview, storing, processor, stored, undone, max(silences))
    return Measured(*took, memory, memory - before)


def write_list(file: Path, rows: int) -> None:
    """A list as a library has it, the same each time."""
    if file.suffix == ".xlsx":
        from openpyxl import Workbook  # noqa: PLC0415 - for a workbook only

        book = Workbook(write_only=True)
        sheet = book.create_sheet("Partnere")
        for row in _rows(rows):
            sheet.append(row)
        book.save(file)
        return
    with file.open("w", encoding="cp1252", newline="") as to:
        csv.writer(to, delimiter=";").writerows(_rows(rows))


def _rows(count: int) -> Iterator[tuple[str, ...]]:
    chance = random.Random(5)
    words = ["".join(chance.choices(_LETTERS, k=chance.randint(4, 9))) for _ in range(4000)]
    yield (*_HEAD, *_MORE)
    yield from (_row(chance, words, number) for number in range(count))


def _row(chance: random.Random, words: list[str], number: int) -> tuple[str, ...]:
    one, other, first, last = (word.title() for word in chance.sample(words, 4))
    return (
        f"{one} {other}",
        chance.choice(("Forening", "virksomhed", "Skole", "")),
        f"{first} {last}",
        f"{first.lower()}@{one.lower()}{number}.dk",
        f"33 {number // 10_000 % 100:02} {number // 100 % 100:02} {number % 100:02}",
        chance.choice(("børn, musik", "lektier", "")),
        f"Mødtes om {other}",
        f"www.{one.lower()}{number}.dk",
        chance.choice(("netværk", "Samarbejde", "partnerskab", "")),
        chance.choice(("1/2/2024", "3. maj 2025", "")),
    )


async def _longest_silence(silences: list[float]) -> None:
    while True:
        at = time.perf_counter()
        await asyncio.sleep(_BEAT)
        silences.append(time.perf_counter() - at - _BEAT)


if __name__ == "__main__":
    target, count = sys.argv[1], int(sys.argv[2])
    if target in FORMS:
        asyncio.run(_import(target, count))
    else:
        write_list(Path(target), count)
