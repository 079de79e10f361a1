"""The way to the database: one transaction per call, on SQLite and PostgreSQL alike.

A handler hands over a plain function: `await store.write(partner.add, team, ...)`. It runs in one
transaction, whole or not at all, and cannot await Slack while the transaction is open.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path
from typing import Concatenate, ParamSpec, Protocol, Self, TypeVar

import sqlalchemy as sa

from bot.errors import UserError
from bot.translation import mark
from storage.database_postgresql import Postgresql
from storage.database_sqlite import Sqlite
from storage.errors import GONE, as_sentences

Connection = sa.Connection  # what a storage function is handed, by a name free of SQL

P = ParamSpec("P")
T = TypeVar("T")

# What a person waits before a sentence is kinder than a spinner; Slack gives a form 3 seconds, but
# nothing that is already acknowledged should be lost to a queue of that length.
PATIENCE_SECONDS = 5.0
READERS = 4  # connections; more readers than cores gain nothing on SQLite
POSTGRESQL_CONNECTIONS = 10  # per replica, well under a server's usual 100

_inside: ContextVar[bool] = ContextVar("inside", default=False)

_BAD_URL = mark(
    "DATABASE_URL is not understood. Write sqlite:///partnerbot.db (three slashes, then a path)"
    " or postgresql://user:password@host/database"
)


@dataclass(frozen=True)
class Address:
    """Where the database is, with an asynchronous driver; `file` is None on PostgreSQL."""

    url: sa.URL
    file: Path | None

    @property
    def place(self) -> str:
        """What a person recognises it by; never the password."""
        return str(self.file) if self.file else _without_secrets(self.url)


def address(url: str) -> Address:
    """Read a DATABASE_URL as people and hosting services write it.

    Raises:
        UserError: it is neither an SQLite file nor PostgreSQL.
    """
    try:
        parsed = sa.make_url(url)
    except (sa.exc.ArgumentError, ValueError) as error:
        raise UserError(_BAD_URL) from error
    kind = parsed.drivername.partition("+")[0]
    if kind == "sqlite" and parsed.database and parsed.database != ":memory:":
        file = Path(parsed.database).expanduser().absolute()
        return Address(sa.URL.create("sqlite+aiosqlite", database=str(file)), file)
    if kind in ("postgres", "postgresql"):
        return Address(_for_asyncpg(parsed), None)
    raise UserError(_BAD_URL)


class Connections(Protocol):
    """The way to one of the two databases, and the queue for it."""

    async def transact(
        self, fn: Callable[Concatenate[sa.Connection, P], T], /, *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run `fn(conn, ...)` in one transaction that stays whole or leaves nothing."""

    async def close(self) -> None:
        """Close all connections."""


class Store:
    """An open database. `open` it once per process, `close` it at the end."""

    def __init__(self, where: Address, writer: Connections, reader: Connections) -> None:
        self._where = where
        self._writer = writer
        self._reader = reader
        self._inode = _inode(where.file)

    @classmethod
    async def open(cls, url: str, *, patience: float = PATIENCE_SECONDS) -> Self:
        """Open an existing database; `patience` is the wait for other writers, in seconds.

        Raises:
            UserError: it is missing, not a database, or does not answer.
        """
        where = address(url)
        store = cls(where, *_connections(where, patience))
        store._refuse_a_missing_file()
        try:
            await store.write(_knock)
            await store.read(_knock)
        except BaseException:
            await store.close()
            raise
        return store

    async def close(self) -> None:
        """Close all connections; transactions under way must have ended."""
        await self._reader.close()
        await self._writer.close()

    async def write(
        self, fn: Callable[Concatenate[sa.Connection, P], T], /, *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run `fn(conn, ...)` in one transaction that stays whole or leaves nothing.

        Raises:
            UserError: the disk is full, the database is locked, missing, or does not answer.
            RuntimeError: called from inside another transaction.
        """
        with as_sentences(self._where.place), _outermost():
            self._refuse_a_missing_file()
            return await self._writer.transact(fn, *args, **kwargs)

    async def read(
        self, fn: Callable[Concatenate[sa.Connection, P], T], /, *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run `fn(conn, ...)` on one consistent state of the database, without writing.

        Raises:
            UserError: the database is missing or does not answer.
            RuntimeError: called from inside another transaction.
        """
        with as_sentences(self._where.place), _outermost():
            self._refuse_a_missing_file()
            return await self._reader.transact(fn, *args, **kwargs)

    def _refuse_a_missing_file(self) -> None:
        """A deleted file would swallow every write until the process ends, without an error."""
        if self._where.file and (self._inode is None or _inode(self._where.file) != self._inode):
            raise UserError(GONE, place=self._where.place)


def _knock(conn: sa.Connection) -> None:
    conn.execute(sa.select(1))


@contextmanager
def _outermost() -> Iterator[None]:
    """Refuse a transaction inside another one, whose connection it would wait for."""
    if _inside.get():
        raise RuntimeError("a transaction inside a transaction: call the function with `conn`")
    token = _inside.set(True)
    try:
        yield
    finally:
        _inside.reset(token)


def _connections(where: Address, patience: float) -> tuple[Connections, Connections]:
    """One to write with and one to read with."""
    if where.file is None:
        pool = Postgresql.open(where.url, size=POSTGRESQL_CONNECTIONS, patience=patience)
        return pool, pool.reading()
    writer = Sqlite(
        where.file,
        "journal_mode=WAL",  # readers and the writer do not wait for each other
        "synchronous=NORMAL",  # safe against the process's death; a power cut may cost the last ms
        "foreign_keys=ON",
        begin="BEGIN IMMEDIATE",  # waits for the lock now, rather than failing half-way
        size=1,  # SQLite has one writer: the queue is ours
        patience=patience,
    )
    return writer, Sqlite(where.file, "query_only=ON", size=READERS, patience=patience)


def _inode(file: Path | None) -> int | None:
    try:
        return file.stat().st_ino if file else None
    except FileNotFoundError:
        return None


def _for_asyncpg(url: sa.URL) -> sa.URL:
    """Any PostgreSQL address with our driver; `sslmode` is libpq's name for asyncpg's `ssl`."""
    query = dict(url.query)
    if "sslmode" in query:
        query["ssl"] = query.pop("sslmode")
    return url.set(drivername="postgresql+asyncpg", query=query)


def _without_secrets(url: sa.URL) -> str:
    host = url.host or url.query.get("host") or "localhost"
    return f"{host}:{url.port}/{url.database}" if url.port else f"{host}/{url.database}"
