"""One transaction from its beginning to its end, whatever becomes of the one who waits for it."""

import asyncio
from collections.abc import Callable, Coroutine
from contextlib import suppress
from contextvars import ContextVar
from typing import Concatenate, ParamSpec, TypeVar

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncEngine

P = ParamSpec("P")
T = TypeVar("T")

_inside: ContextVar[bool] = ContextVar("inside", default=False)


async def transact(
    engine: AsyncEngine,
    fn: Callable[Concatenate[sa.Connection, P], T],
    /,
    *args: P.args,
    **kwargs: P.kwargs,
) -> T:
    """Run `fn(conn, ...)` in one transaction that stays whole or leaves nothing.

    Raises:
        RuntimeError: called from inside another one, whose connection it would wait for.
    """
    if _inside.get():
        raise RuntimeError("a transaction inside a transaction: call the function with `conn`")
    token = _inside.set(True)
    try:
        return await _to_its_end(_transaction(engine, fn, *args, **kwargs))
    finally:
        _inside.reset(token)


async def _transaction(
    engine: AsyncEngine,
    fn: Callable[Concatenate[sa.Connection, P], T],
    /,
    *args: P.args,
    **kwargs: P.kwargs,
) -> T:
    def whole(conn: sa.Connection) -> T:
        with conn.begin():
            return fn(conn, *args, **kwargs)

    # Each await of SQLAlchemy's is a greenlet of its own: begin and commit are done in fn's.
    async with engine.connect() as conn:
        return await conn.run_sync(whole)


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
