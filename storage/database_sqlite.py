"""SQLite from asynchronous code: a whole transaction there and back in one trip to its thread.

A trip wakes two threads, and each of them waits for Python's lock. A transaction of ten statements
takes twelve trips by SQLAlchemy's own aiosqlite, and with fifty people at once they cost more than
the statements do (`bench/command.py`).
"""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from contextvars import copy_context
from functools import partial
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

import aiosqlite
import sqlalchemy as sa
from sqlalchemy.util import LRUCache

P = ParamSpec("P")
T = TypeVar("T")


class Sqlite:
    """Connections to a file, each in a thread of its own, and the queue for them.

    Args:
        file: The database.
        pragmas: What each connection is set to, such as `foreign_keys=ON`.
        begin: How a transaction starts.
        size: How many connections there are at most.
        patience: How long one waits for a connection, and for other programs' locks, in seconds.
    """

    def __init__(
        self, file: Path, *pragmas: str, begin: str = "BEGIN", size: int = 1, patience: float
    ) -> None:
        self._connect = partial(
            _Connection, file, (f"busy_timeout={int(patience * 1000)}", *pragmas), begin
        )
        self._patience = patience
        self._places = asyncio.Semaphore(size)
        self._idle: list[_Connection] = []

    async def transact(
        self, fn: Callable[Concatenate[sa.Connection, P], T], /, *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run `fn(conn, ...)` in one transaction, in the thread of its connection.

        Raises:
            sqlalchemy.exc.TimeoutError: no connection came free.
        """
        async with self._connection() as connection:
            return await connection.transact(lambda conn: fn(conn, *args, **kwargs))

    async def close(self) -> None:
        """Close all connections; transactions under way must have ended."""
        while self._idle:
            await self._idle.pop().close()

    @asynccontextmanager
    async def _connection(self) -> AsyncIterator["_Connection"]:
        try:
            async with asyncio.timeout(self._patience):
                await self._places.acquire()
        except TimeoutError as error:
            raise sa.exc.TimeoutError("all connections are taken") from error
        try:
            connection = self._idle.pop() if self._idle else await self._open()
            try:
                yield connection
            finally:
                self._idle.append(connection)
        finally:
            self._places.release()

    async def _open(self) -> "_Connection":
        connection = self._connect()
        try:
            await connection
        except BaseException:
            await connection.ended()
            raise
        return connection


_Key = tuple[Any, ...]


class _Compiled(LRUCache[_Key, Any]):
    """What statements were compiled to, for all connections: each of them has a dialect like all.

    Compiling takes longer than most statements do, and SQLAlchemy's own cache is an engine's.
    """

    def get(self, key: _Key, default: Any = None) -> Any:  # noqa: ANN401 - SQLAlchemy's own
        return super().get(key[1:], default)

    def __setitem__(self, key: _Key, value: Any) -> None:  # noqa: ANN401 - as above
        super().__setitem__(key[1:], value)  # without the dialect


_COMPILED = _Compiled(capacity=1_000)  # statements; there are some hundreds


class _GivenUpError(Exception):
    """Nobody waits for this transaction any more."""


class _Connection(aiosqlite.Connection):
    """One of them: aiosqlite's thread, with SQLAlchemy in it."""

    def __init__(self, file: Path, pragmas: tuple[str, ...], begin: str) -> None:
        super().__init__(partial(_open, file, pragmas), iter_chunk_size=64)
        self._thread.daemon = True  # a bot that fell over is not kept from ending
        self._ended: asyncio.Future[None] | None = None
        self._given_up = False
        # Values stand in what people write, and an error with its values would carry them to a log.
        self._engine = sa.create_engine(
            "sqlite://",
            creator=lambda: self._conn,
            poolclass=sa.StaticPool,
            hide_parameters=True,
            execution_options={"compiled_cache": _COMPILED},
        )
        sa.event.listen(self._engine, "begin", partial(_begin, begin))
        sa.event.listen(self._engine, "before_cursor_execute", self._go_on)

    async def transact(self, fn: Callable[[sa.Connection], T]) -> T:
        """Run it to its end; cancelled, it is rolled back before anybody goes on."""
        self._given_up = False
        try:
            return await self._in_turn(partial(copy_context().run, self._whole, fn))
        except asyncio.CancelledError:
            self._given_up = True
            await self.interrupt()
            await self._until_done()
            raise

    def stop(self) -> asyncio.Future[None] | None:
        """Tell the thread to end, as aiosqlite does when it cannot connect."""
        self._ended = super().stop()
        return self._ended

    async def ended(self) -> None:
        """Wait for a thread that was told to end; else it may outlive the event loop."""
        if self._ended:
            await self._ended

    async def _in_turn(self, fn: Callable[[], T]) -> T:
        """Run it in the thread, after what the thread was given before."""
        return cast("T", await self._execute(fn))  # type: ignore[no-untyped-call] # it has no types

    def _whole(self, fn: Callable[[sa.Connection], T]) -> T:
        with self._engine.connect() as conn, conn.begin():
            found = fn(conn)
            self._go_on()
            return found

    def _go_on(self, *_: object) -> None:
        if self._given_up:
            raise _GivenUpError

    async def _until_done(self) -> None:
        """Wait for the thread; a second cancel would cut that short."""
        last = asyncio.create_task(self._in_turn(int))
        while not last.done():
            with suppress(asyncio.CancelledError):
                await asyncio.wait([last])


def _open(file: Path, pragmas: tuple[str, ...]) -> sqlite3.Connection:
    # By itself the driver would begin transactions too late to lock for writing.
    conn = sqlite3.connect(file, isolation_level=None)
    try:
        for pragma in pragmas:
            conn.execute(f"PRAGMA {pragma}")
    except BaseException:
        conn.close()
        raise
    return conn


def _begin(begin: str, conn: sa.Connection) -> None:
    # Straight to the driver: SQLAlchemy's cursor has nothing to add to it.
    conn.connection.cursor().execute(begin)
