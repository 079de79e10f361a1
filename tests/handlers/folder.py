"""A library's database in a folder, where a command line finds it."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TypeVar

from storage.database import Store

T = TypeVar("T")


def database(folder: Path) -> str:
    return f"sqlite:///{folder / 'partnerbot.db'}"


def with_store(folder: Path, work: Callable[[Store], Awaitable[T]]) -> T:
    async def opened() -> T:
        store = await Store.open(database(folder))
        try:
            return await work(store)
        finally:
            await store.close()

    return asyncio.run(opened())
