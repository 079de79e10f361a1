"""Two imports at the same moment: one is stored, the other thinks again or is told."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

from bot.errors import UserError
from bot.import_choice import Choice
from bot.import_record import Record
from handlers.import_read import CHANGED, carry_out, prepare
from storage import import_log, partner
from storage.database import Store
from tests.storage.test_import import ORIGIN, named, row

OTHER = replace(ORIGIN, by="U2", file="andre.csv")


def writing(store: Store) -> Callable[..., Awaitable[Any]]:
    async def write(fn: Any, *args: Any, **how: Any) -> Any:
        return await store.write(fn, "T1", *args, **how)

    return write


async def both(store: Store, mine: list[Record], theirs: list[Record]) -> list[object]:
    """Prepared from the same register, then stored at the same time."""
    choice, write = Choice(), writing(store)
    files = ((mine, ORIGIN), (theirs, OTHER))
    shown = [await prepare(store, "T1", list(rows), choice, about.source) for rows, about in files]
    return await asyncio.gather(
        *(
            carry_out(store, list(rows), choice, about, write, seen.plan.digest, prepared=seen)
            for (rows, about), seen in zip(files, shown, strict=True)
        ),
        return_exceptions=True,
    )


async def test_the_same_file_twice_is_stored_once_and_the_other_is_told(store: Store) -> None:
    rows = [row(number, f"Forening {number}") for number in range(2, 8)]
    outcomes = await both(store, rows, rows)
    (refused,) = [one for one in outcomes if isinstance(one, BaseException)]
    assert isinstance(refused, UserError)
    assert refused.msgid == CHANGED
    assert await store.read(partner.count, "T1") == len(rows)
    assert len(await store.read(import_log.latest, "T1", 5)) == 1


async def test_of_two_files_about_others_both_are_stored(store: Store) -> None:
    outcomes = await both(store, [row(2, "Springbræt")], [row(2, "Kulturhuset")])
    assert not [one for one in outcomes if isinstance(one, BaseException)]
    assert await store.read(partner.count, "T1") == 2
    assert {one.file for one in await store.read(import_log.latest, "T1", 5)} == {
        "liste.csv",
        "andre.csv",
    }
    for name in ("Springbræt", "Kulturhuset"):
        assert await named(store, name) is not None
