"""Bring a database to this program's schema, and refuse what is newer than the program.

The migrations are `migrations/versions/NNNN_word.py`, applied in order of their number, one set for
both databases. A released one never changes.
"""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

import sqlalchemy as sa

from bot.errors import UserError
from bot.translation import mark
from storage.database import PATIENCE_SECONDS, Address, Connections, address
from storage.database_postgresql import Postgresql
from storage.database_sqlite import Sqlite
from storage.errors import as_sentences

T = TypeVar("T")

MIGRATIONS = Path(__file__).parent / "migrations"

# Any number will do, as long as only migrations of this program use it.
_TURN = 7_274_617

_OLD = mark(
    "The database {place} has the schema of an older version."
    " Take a backup, then run: partnerbot migrate"
)
_NEWER = mark(
    "The database {place} was made by a newer version of Partnerbot ({version})."
    " Install that version; nothing was changed."
)
_EMPTY = mark("The database {place} is empty. Create its tables with: partnerbot migrate")


class State(StrEnum):
    """How a database's schema relates to the program's."""

    EMPTY = "empty"
    OLD = "old"
    CURRENT = "current"
    NEWER = "newer"


async def version_state(url: str, *, migrations: Path = MIGRATIONS) -> State:
    """How the schema relates to the program's; a missing SQLite file counts as empty.

    Raises:
        UserError: the database cannot be read.
    """
    return _state(await _stored_version(address(url)), migrations)


async def require_current(url: str, *, migrations: Path = MIGRATIONS) -> None:
    """Refuse to go on with any schema but the program's own.

    Raises:
        UserError: it is empty, old or newer; says what to do.
    """
    where = address(url)
    version = await _stored_version(where)
    match _state(version, migrations):
        case State.EMPTY:
            raise UserError(_EMPTY, place=where.place)
        case State.OLD:
            raise UserError(_OLD, place=where.place)
        case State.NEWER:
            raise UserError(_NEWER, place=where.place, version=version)


async def prepare(url: str) -> None:
    """Make the database ready for the bot: an SQLite file is migrated after a copy beside it.

    PostgreSQL is left to its administrator, who runs `partnerbot migrate`.

    Raises:
        UserError: the schema is not the program's and may not be changed here.
    """
    if address(url).file is None:
        await require_current(url)
    else:
        await upgrade(url, backup=True)


async def upgrade(url: str, *, backup: bool, migrations: Path = MIGRATIONS) -> Path | None:
    """Apply what is missing in one transaction; several processes may try at once.

    With `backup` an old SQLite database is copied beside the file first; the copy's path is
    returned.

    Raises:
        UserError: the schema is newer than the program (then nothing is touched), or the database
            cannot be reached, read or written.
    """
    where = address(url)

    def whole(conn: sa.Connection) -> Path | None:
        copy = None
        version = revision(conn)
        state = _state(version, migrations)
        if state is State.NEWER:
            raise UserError(_NEWER, place=where.place, version=version)
        if state is State.OLD and backup and where.file:
            copy = _copy(where.file, f"{version}")
        if state is not State.CURRENT:
            _migrate(conn, migrations)
        return copy

    return await _in_turn(where, whole)


async def refill(
    url: str,
    load: Callable[[sa.Connection, Callable[[str], None]], T],
    *,
    migrations: Path = MIGRATIONS,
) -> T:
    """Run `load(conn, migrate_to)` in one transaction, the only one at that moment.

    `migrate_to` brings the schema to a revision. On SQLite foreign keys are looked at when it is
    over, as after a migration.

    Raises:
        UserError: the database cannot be reached, read or written.
    """

    def whole(conn: sa.Connection) -> T:
        done = load(conn, lambda to: _migrate(conn, migrations, to))
        _see_that_nothing_is_orphaned(conn)
        return done

    return await _in_turn(address(url), whole)


async def _in_turn(where: Address, fn: Callable[[sa.Connection], T]) -> T:
    """Run it in a transaction that no other process of this program's migrates beside."""

    def alone(conn: sa.Connection) -> T:
        conn.execution_options(every_team=True)
        _wait_for_turn(conn)
        return fn(conn)

    return await _once(where, alone, begin="BEGIN IMMEDIATE")


async def _stored_version(where: Address) -> str | None:
    if where.file and not where.file.exists():
        return None
    return await _once(where, revision, begin="BEGIN")


async def _once(where: Address, fn: Callable[[sa.Connection], T], *, begin: str) -> T:
    """Run it in a transaction on a connection that is made for it."""
    connections = _connections(where, begin=begin)
    try:
        with as_sentences(where.place):
            return await connections.transact(fn)
    finally:
        await connections.close()


def _connections(where: Address, *, begin: str) -> Connections:
    if where.file is None:
        return Postgresql.open(where.url, size=1, patience=PATIENCE_SECONDS)
    # Rebuilding a table drops the old one, and with foreign keys on that would delete the rows of
    # every table that refers to it. The setting cannot change inside a transaction.
    return Sqlite(where.file, "foreign_keys=OFF", begin=begin, size=1, patience=PATIENCE_SECONDS)


def _wait_for_turn(conn: sa.Connection) -> None:
    if conn.dialect.name == "postgresql":  # SQLite waited at BEGIN IMMEDIATE
        conn.exec_driver_sql("SET LOCAL lock_timeout = 0")  # another's migration may take minutes
        conn.execute(sa.select(sa.func.pg_advisory_xact_lock(_TURN)))


def revision(conn: sa.Connection) -> str | None:
    """The schema that the database has; None without tables."""
    if not sa.inspect(conn).has_table("alembic_version"):
        return None
    stored: str | None = conn.exec_driver_sql(
        "SELECT max(version_num) FROM alembic_version"
    ).scalar()
    return stored


def revisions(migrations: Path = MIGRATIONS) -> list[str]:
    """All that this program knows, the oldest first.

    By the migrations' file names: loading Alembic for it would cost every start 0.2 s.
    """
    return sorted(path.name.split("_")[0] for path in migrations.glob("versions/[0-9]*.py"))


def _state(version: str | None, migrations: Path) -> State:
    known = revisions(migrations)
    if version is None:
        return State.EMPTY
    if version not in known:
        return State.NEWER
    return State.CURRENT if version == known[-1] else State.OLD


def _migrate(conn: sa.Connection, migrations: Path, to: str = "head") -> None:
    from alembic import command  # noqa: PLC0415 - only loaded when there is something to migrate
    from alembic.config import Config  # noqa: PLC0415 - as above

    config = Config(attributes={"connection": conn})
    config.set_main_option("script_location", str(migrations).replace("%", "%%"))
    command.upgrade(config, to)
    _see_that_nothing_is_orphaned(conn)


def _see_that_nothing_is_orphaned(conn: sa.Connection) -> None:
    if conn.dialect.name == "sqlite":  # whose foreign keys are off meanwhile
        orphans = conn.exec_driver_sql("PRAGMA foreign_key_check").all()
        if orphans:
            raise RuntimeError(f"there are rows that refer to nothing: {orphans[:5]}")


def _copy(file: Path, version: str) -> Path:
    """A whole copy beside the file, named by the schema it still has; a former one is replaced."""
    copy = file.with_name(f"{file.stem}.{version}.backup{file.suffix}")
    unfinished = copy.with_name(copy.name + ".unfinished")
    unfinished.unlink(missing_ok=True)
    with closing(sqlite3.connect(file, isolation_level=None)) as conn:
        conn.execute("VACUUM INTO ?", (str(unfinished),))
    shutil.copymode(file, unfinished)
    return unfinished.replace(copy)
