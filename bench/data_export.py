"""Taking out 100,000 partners, in each format and as a backup: the time, and whether memory grows.

Each file is written by a process of its own, once for a tenth of the register and once for all of
it. Memory is how far the peak rises over the start, when everything is loaded and the database is
open; it is flat where ten times the partners take hardly more.
"""

import asyncio
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from importlib import import_module
from pathlib import Path

import search_register
import sqlalchemy as sa
from figures import Figures, peak
from processes import HOUSE

from bot.backup import Row, examined
from bot.circle import Level, Why
from bot.contact import Kind
from bot.export import Format, Paper, Wanted, checked
from bot.translation import Translator
from bot.workspace import Language, Workspace
from handlers.export_file import make
from storage import backup, export, migrate
from storage.backup_restore import restore
from storage.circle_tables import MOVE
from storage.contact_tables import CONTACT
from storage.database import Connection, Store
from storage.schema import METADATA

MOST_GROWTH = 10.0  # megabytes from a tenth to the whole
SIZE = 100_000

TEAM = "T01"
NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
BACKUP = "backup"
RESTORE = "restore"
FORMS = (*Format, BACKUP, RESTORE)

_CONTACT_NUMBERS, _MOVE_NUMBERS = 20_000_000, 40_000_000  # where theirs begin
_IN_A_BATCH = 5_000


@dataclass(frozen=True)
class Written:
    """One file: seconds, those of the processor, and megabytes of peak over the start."""

    seconds: float
    processor: float
    memory: float


def measure(size: int | None, only: Sequence[str]) -> Figures:
    """The figures of every format, or of these only; `size` is how many partners."""
    whole = size or SIZE
    forms = only or FORMS
    with tempfile.TemporaryDirectory() as folder:
        small, large = (asyncio.run(_register(Path(folder), n)) for n in (whole // 10, whole))
        found = {form: (_written(small, form), _written(large, form)) for form in forms}
    lines = [_line(form, *figures) for form, figures in found.items()]
    growth = {form: large.memory - small.memory for form, (small, large) in found.items()}
    worst = max(growth, key=lambda form: growth[form])
    slowest = max(found, key=lambda form: found[form][1].seconds)
    verdict = (
        f"export of {whole} partners: slowest {slowest}, {found[slowest][1].seconds:.1f} s;"
        f" memory grows most for {worst}, {growth[worst]:+.1f} MB (limit +{MOST_GROWTH:.0f})"
    )
    return Figures(lines, verdict, growth[worst] > MOST_GROWTH)


def _line(form: str, small: Written, large: Written) -> str:
    flat = "flat" if large.memory - small.memory <= MOST_GROWTH else "grows"
    return (
        f"{form:8} {large.seconds:6.1f} s, processor {large.processor:6.1f} s,"
        f" peak {large.memory:+6.1f} MB over the start,"
        f" a tenth {small.memory:+6.1f} MB: {flat}"
    )


async def _register(folder: Path, size: int) -> Path:
    """A database with so many partners, each with a contact and every second one with a move."""
    file = folder / f"{size}.db"
    await migrate.upgrade(f"sqlite:///{file}", backup=False)
    await search_register.fill(file, {TEAM: size})
    store = await Store.open(f"sqlite:///{file}")
    for first in range(1, size + 1, _IN_A_BATCH):
        await store.write(_insert, range(first, min(first + _IN_A_BATCH, size + 1)))
    await store.close()
    return file


def _insert(conn: Connection, partners: range) -> None:
    key = {"team_id": TEAM}
    contact: Row = {"version": 1, "kind": Kind.MET, "on": date(2026, 5, 2), "about": "foråret"}
    contact |= {"with_whom": "", "link": "", "noted_by": "U06", "noted_at": NOW}
    move: Row = {"from_level": Level.NETWORK, "to_level": Level.COLLABORATION, "why": Why.FRAME}
    move |= {"by": "U06", "at": NOW, "reason": "", "learned": "", "told": ""}
    contacts = [{**key, **contact, "id": _CONTACT_NUMBERS + n, "partner_id": n} for n in partners]
    moves = [{**key, **move, "id": _MOVE_NUMBERS + n, "partner_id": n} for n in partners[::2]]
    conn.execute(sa.insert(CONTACT), contacts)
    conn.execute(sa.insert(MOVE), moves)
    if partners[0] == 1:
        last = {**key, "value": 2 * _MOVE_NUMBERS}
        conn.execute(sa.insert(METADATA.tables["last_id"]).values(**last))


def _written(database: Path, form: str) -> Written:
    """In a process of its own; a restoring takes the backup that was made just before."""
    command = [sys.executable, str(Path(__file__)), str(database), form]
    done = subprocess.run(  # noqa: S603 - our own program
        command, cwd=HOUSE, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise SystemExit(done.stderr)
    return Written(*map(float, done.stdout.split()))


async def _write(database: Path, form: str) -> None:
    """What the process does: print how long it took, and how far its peak rose."""
    for module in ("openpyxl", "vobject", "bot.export_json", "bot.export_people"):
        import_module(module)
    store = await Store.open(f"sqlite:///{database}")
    await store.read(export.page, TEAM, Wanted(Format.JSON), after=0)
    before, began, worked = peak(), time.perf_counter(), time.process_time()
    saved = database.with_suffix(f".{BACKUP}")
    if form == BACKUP:
        await _save(store, saved)
    elif form == RESTORE:
        await _restore(saved, database.with_suffix(".restored"))
    else:
        await _export(store, database.with_suffix(f".{form}"), Format(form))
    print(time.perf_counter() - began, time.process_time() - worked, peak() - before)
    await store.close()


async def _export(store: Store, out: Path, form: Format) -> None:
    paper = Paper(Translator(Language.DANISH), Workspace())
    wanted = checked(Wanted(form))
    await make(store, TEAM, wanted, paper, out, now=NOW, told=_nobody)


async def _save(store: Store, out: Path) -> None:
    with out.open("wb") as file:
        await store.read(backup.save, file, team=None, now=NOW, told=_nobody)


async def _restore(saved: Path, database: Path) -> None:
    with saved.open("rb") as file:
        whole = examined(file, saved.name)
        url = f"sqlite:///{database}"
        await restore(url, file, whole, name=saved.name, now=NOW, told=_nobody)


def _nobody(_count: int) -> None:
    """Nobody is told how far it is."""


if __name__ == "__main__":
    asyncio.run(_write(Path(sys.argv[1]), sys.argv[2]))
