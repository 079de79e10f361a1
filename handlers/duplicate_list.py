"""The list of pairs that may be one partner: read in parts, compared in a thread, shown at last.

Ten thousand partners take a second, a hundred thousand half a minute. Who asks has a window to look
at meanwhile, and the others have their bot.
"""

import asyncio

from slackblocks import ModalView

from bot.duplicate import Comparison, Likely, Pair
from handlers.errors import Trouble, guarded
from handlers.turn import Turn
from handlers.views import duplicate as views
from handlers.views.notice import notice_view, trouble
from storage import duplicate
from storage import partner as register_of
from storage.database import Connection, Store

# So many are read and compared within the three seconds in which a window can be opened.
AT_ONCE = 5_000


async def show(turn: Turn, number: int, about: tuple[int, ...], *, parted: bool = False) -> None:
    """A page of the list, in place of the modal the person is in; of those `about` only, if any.

    `parted`: she has just said of two that they are not the same.
    """
    size = await turn.read(register_of.count)
    if size <= AT_ONCE:
        await turn.show(await page(turn, number, about, parted=parted))
        return
    shown = await turn.show(views.waiting_view(turn.t, size, about))
    turn.house.carry_on(_renew(turn, shown, number, about, parted=parted))


def renew_below(turn: Turn, number: int, about: tuple[int, ...]) -> None:
    """The list that the form was opened from, once the form is answered."""
    if below := turn.view.get("previous_view_id"):
        turn.house.carry_on(_renew(turn, below, number, about))


async def likely(store: Store, team: str) -> Likely:
    """Every pair that may be one partner, the likeliest first; nobody waits for it meanwhile."""
    known, last = Comparison(), 0
    while part := await store.read(duplicate.traits, team, last):
        known.add(part)
        last = part[-1].id
    apart = await store.read(duplicate.apart, team)
    return await asyncio.to_thread(known.pairs, apart)


async def page(
    turn: Turn, number: int, about: tuple[int, ...], *, parted: bool = False
) -> ModalView:
    """The list's page of that number, or the last one that there is."""
    found = await likely(turn.house.store, turn.team)
    if about:
        found = found.about(about)
    number = min(number, max(0, len(found) - 1) // views.LISTED)
    first = number * views.LISTED
    listed = await turn.read(_shown, found[first : first + views.LISTED])
    return views.list_view(turn.t, views.Page(listed, number, len(found), about, parted=parted))


async def _renew(
    turn: Turn, view_id: str, number: int, about: tuple[int, ...], *, parted: bool = False
) -> None:
    made = await guarded(turn, page(turn, number, about, parted=parted))
    if isinstance(made, Trouble):
        made = notice_view(turn.t, trouble(made.sentence, **made.values))
    if isinstance(made, ModalView):
        await guarded(turn, turn.renew(view_id, made))  # the log has what goes wrong


def _shown(conn: Connection, team: str, found: list[Pair]) -> list[views.Shown]:
    ids = [number for pair in found for number in (pair.one_id, pair.other_id)]
    known = {one.id: one for one in register_of.get_many(conn, team, ids)}
    return [
        views.Shown(known[pair.one_id], known[pair.other_id], pair.reasons)
        for pair in found
        if pair.one_id in known and pair.other_id in known
    ]
