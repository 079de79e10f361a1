"""PostgreSQL from asynchronous code: a transaction is whole, whatever becomes of who waits."""

import asyncio
from collections.abc import Callable, Coroutine
from contextlib import suppress
from functools import partial
from typing import Concatenate, ParamSpec, Self, TypeVar

import sqlalchemy as sa
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

P = ParamSpec("P")
T = TypeVar("T")


class Postgresql:
    """A pool of connections to a server; `open` makes one."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    @classmethod
    def open(cls, url: sa.URL, *, size: int, patience: float) -> Self:
        """At most `size` connections; `patience` is the wait for one, and for others' locks.

        Both in seconds. Nothing is connected before it is needed.
        """
        engine = create_async_engine(
            url,
            connect_args={"timeout": patience},
            # Values stand in what people write, and an error with them would carry them to a log.
            hide_parameters=True,
            pool_size=size,
            pool_timeout=patience,
            pool_pre_ping=True,
        )
        waits = partial(_wait_no_longer, milliseconds=int(patience * 1000))
        sa.event.listen(engine.sync_engine, "connect", waits)
        return cls(engine)

    def reading(self) -> Self:
        """The same pool, for transactions that see one state of the database and do not write."""
        options = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
        return type(self)(self._engine.execution_options(**options))

    async def transact(
        self, fn: Callable[Concatenate[sa.Connection, P], T], /, *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run `fn(conn, ...)` in one transaction.

        Raises:
            sqlalchemy.exc.TimeoutError: no connection came free.
            sqlalchemy.exc.DBAPIError: as the server says, also that a lock did not come free.
        """
        return await _to_its_end(self._whole(lambda conn: fn(conn, *args, **kwargs)))

    async def close(self) -> None:
        """Close all connections; transactions under way must have ended."""
        await self._engine.dispose()

    async def _whole(self, fn: Callable[[sa.Connection], T]) -> T:
        def whole(conn: sa.Connection) -> T:
            with conn.begin():
                return fn(conn)

        # Each await of SQLAlchemy's is a greenlet of its own: begin and commit are done in fn's.
        async with self._engine.connect() as conn:
            return await conn.run_sync(whole)


def _wait_no_longer(connection: DBAPIConnection, _record: object, *, milliseconds: int) -> None:
    """Not as an option of the connecting, which a pool before the server may refuse to pass on."""
    cursor = connection.cursor()
    cursor.execute(f"SET lock_timeout = {milliseconds}")
    cursor.close()
    connection.commit()  # else it would be taken back with the first transaction that fails


async def _to_its_end(transaction: Coroutine[None, None, T]) -> T:
    """Cancelled, it is rolled back before anybody goes on; a second cancel would cut that short."""
    task = asyncio.create_task(transaction)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        task.cancel()
        while not task.done():
            with suppress(asyncio.CancelledError):
                await asyncio.wait([task])
        raise
