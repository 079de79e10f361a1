"""`python bench/duplicates.py`: how long it takes to list the pairs that may be one partner.

Ten thousand partners in SQLite, of whom every fiftieth stands there twice with a slip in its name.
Measured is what `/partner dubletter` does before it draws: all of them read, all compared. Its cost
is processor time, of whatever thread; and how long the event loop was held up at most meanwhile, by
a task beside it that wants to wake every millisecond. That is what everybody else waits.
"""

import argparse
import asyncio
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

import search_register
import sqlalchemy as sa

from bot.partner import Partner
from handlers.duplicate_list import likely
from storage import migrate, partner_rows, partner_words
from storage.database import Connection, Store
from storage.partner_tables import PARTNER, PERSON, TAG, WORD, Origin

LIMIT = 1.0  # seconds of processor time for ten thousand partners
PARTNERS = 10_000

TEAM = "T01"
TWICE = 50  # every so many is there twice
BATCH = 1_000
PEOPLE = 10  # numbers kept for each partner's
TICK = 0.001  # seconds
NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Listing:
    """What it took, in seconds: the processor's, the clock's, and the longest the loop was held."""

    partners: int
    pairs: int
    processor: float
    clock: float
    held: float

    def __str__(self) -> str:
        return (
            f"duplicates, {self.partners} partners: {self.pairs} pairs,"
            f" processor {self.processor:.2f} s, clock {self.clock:.2f} s,"
            f" loop held {self.held * 1000:.0f} ms"
        )


async def measured(partners: int, folder: Path, rounds: int = 3) -> Listing:
    """The median, by processor time, of so many rounds in a register of that size."""
    url = f"sqlite:///{folder / 'duplicates.db'}"
    await migrate.upgrade(url, backup=False)
    store = await Store.open(url)
    try:
        await _fill(store, partners)
        took = [await _once(store, partners) for _ in range(rounds)]
    finally:
        await store.close()
    return sorted(took, key=lambda one: one.processor)[rounds // 2]


async def _once(store: Store, partners: int) -> Listing:
    held: list[float] = []
    async with _beside(held):
        processor, clock = time.process_time(), time.perf_counter()
        found = await likely(store, TEAM)
        processor, clock = time.process_time() - processor, time.perf_counter() - clock
    return Listing(partners, len(found), processor, clock, max(held))


@asynccontextmanager
async def _beside(held: list[float]) -> AsyncIterator[None]:
    """A task that wants to wake each millisecond, and notes how much later it does."""

    async def wake() -> None:
        while True:
            before = time.perf_counter()
            await asyncio.sleep(TICK)
            held.append(time.perf_counter() - before - TICK)

    task = asyncio.create_task(wake())
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def _fill(store: Store, count: int) -> None:
    made = enumerate(islice(_partners(count), count), start=1)
    while batch := list(islice(made, BATCH)):
        await store.write(_insert, batch)


def _partners(count: int) -> Iterator[Partner]:
    for number, partner in enumerate(search_register.partners(count)):
        yield partner
        if number % TWICE == 0:
            at = len(partner.name) // 2
            name = f"{partner.name[:at]}{partner.name[at + 1 :]}"
            yield replace(partner, name=name, people=(), archived=False)


def _insert(conn: Connection, batch: Sequence[tuple[int, Partner]]) -> None:
    """The rows that are read for the list, many at a time."""
    made = {"team_id": TEAM, "version": 1, "created_by": "U06"}
    made |= {"created_at": NOW, "touched_at": NOW}
    rows: dict[sa.Table, list[dict[str, object]]] = {PARTNER: [], TAG: [], PERSON: [], WORD: []}
    for number, partner in batch:
        rows[PARTNER].append({**made, **partner_rows.own_row(partner), "id": number})
        key = {"team_id": TEAM, "partner_id": number}
        rows[TAG] += [
            {**key, "facet": "other_names", "position": position, "value": name}
            for position, name in enumerate(partner.other_names)
        ]
        rows[PERSON] += [
            {**key, **asdict(person), "id": number * PEOPLE + position, "position": position}
            for position, person in enumerate(partner.people)
        ]
        rows[WORD] += [
            {**key, "word": word, "origin": Origin.IDENTITY}
            for word in sorted(partner_words.identities(partner))
        ]
    for table, values in rows.items():
        if values:
            conn.execute(sa.insert(table), values)


async def main() -> int:
    """Print the figures; 1 when the limit is missed."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--partners", type=int, default=PARTNERS, help="in the register")
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--no-limits", action="store_true", help="only print")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        took = await measured(chosen.partners, Path(folder), chosen.rounds)
    print(f"{took} (limit {LIMIT:g} s of the processor for {PARTNERS})")
    missed = took.partners <= PARTNERS and took.processor > LIMIT
    return int(missed and not chosen.no_limits)


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
