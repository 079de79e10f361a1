"""Making a file of the register: a page is read, written, and forgotten before the next.

The pages are not one state of the database, which would keep it from tidying up for minutes. So
what is edited meanwhile stands in the file as it was before or after; each partner is whole.
"""

import asyncio
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from bot.errors import UserError
from bot.export import NOTHING, Paper, Wanted
from bot.export_writer import Writer, write, writer
from bot.tjek import Check
from storage import export
from storage.database import Store


async def make(
    store: Store,
    team: str,
    wanted: Wanted,
    paper: Paper,
    path: Path,
    *,
    now: datetime,
    told: Callable[[int], None],
) -> Counter[str]:
    """Write the file, and return what is in it; `told` hears of each page how many partners.

    Raises:
        UserError: nothing fits, so that nothing was written.
    """
    with path.open("wb") as file:
        # Writing is in a thread, so that the bot answers others meanwhile.
        to = await asyncio.to_thread(writer, file, paper, wanted, now)
        await _partners(store, team, wanted, to, told)
        if wanted.ideas:
            await _ideas(store, team, to)
        await asyncio.to_thread(to.close)
    if not to.counts.total():
        raise UserError(NOTHING)
    return to.counts


async def _partners(
    store: Store, team: str, wanted: Wanted, to: Writer, told: Callable[[int], None]
) -> None:
    after = 0
    while entries := await store.read(export.page, team, wanted, after=after):
        await asyncio.to_thread(write, to, entries)
        after = entries[-1].partner.id
        told(len(entries))


async def _ideas(store: Store, team: str, to: Writer) -> None:
    after = 0
    while checks := await store.read(export.ideas, team, after=after):
        await asyncio.to_thread(_add, to, checks)
        after = checks[-1].id


def _add(to: Writer, ideas: Sequence[Check]) -> None:
    for idea in ideas:
        to.add_idea(idea)
