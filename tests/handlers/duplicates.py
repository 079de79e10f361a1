"""Two cards made one as colleagues do it, for the tests of what becomes of everything else."""

from collections.abc import Mapping

from bot.partner import Partner
from storage import partner as register_of
from tests.handlers.library import Json, Library, said

NADIA = "U08"


async def stored(library: Library, number: int) -> Partner:
    return await library.store.read(register_of.existing, "T01", number)


async def side_by_side(library: Library, one: int, other: int, user: str = NADIA) -> Json:
    """The form of two that somebody picks herself."""
    await library.write("dubletter", user)
    await library.press("Vælg selv to", user)
    picks = {"duplicate_one": str(one), "duplicate_other": str(other)}
    view = await library.view(user)
    for action_id in picks:
        await library.control(
            "suggest", user=user, view_id=view["id"], action_id=action_id, value=""
        )
    done = await library.submit(picks, user)
    assert done["ok"], done
    return await library.view(user)


async def joined(
    library: Library, one: int, other: int, picks: Mapping[str, str] | None = None
) -> None:
    """A colleague makes them one."""
    await side_by_side(library, one, other)
    done = await library.submit(dict(picks or {}), NADIA)
    assert done["ok"], done
    await library.close(NADIA)


async def parted(library: Library, words: str) -> str:
    """A colleague undoes it on the card; what she is told."""
    await library.close(NADIA)
    await library.write(words, NADIA)
    await library.press("Fortryd", NADIA)
    return said(await library.message(NADIA))


async def card(library: Library, words: str, user: str = "U02") -> str:
    await library.close(user)
    await library.write(words, user)
    return said(await library.message(user))
