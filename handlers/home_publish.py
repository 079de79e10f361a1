"""Showing the Home tab, and showing it anew after its owner changed something elsewhere.

Each drawing names the one that it replaces (Slack's `hash`), so an older never covers a newer.
"""

import logging
import time
from collections.abc import Awaitable
from dataclasses import replace

from aiohttp import ClientError
from slack_sdk.errors import SlackApiError

from bot.circle_picture import Missing, Shown
from handlers.circle_picture import not_shown, shown
from handlers.errors import guarded
from handlers.home_draw import Drawing, drawn
from handlers.home_hung import Hung
from handlers.home_tabs import Tab
from handlers.language import translator
from handlers.turn import Turn
from handlers.views.home import pages_in

log = logging.getLogger(__name__)

SETTLE_SECONDS = 0.3  # the answer goes out first, and one change seldom comes alone
PACE_SECONDS = 2.0  # between two of these for one person; Slack allows a hundred a minute to all
# How Slack calls a view with a picture that it does not have, or not yet.
NOT_SHOWN = frozenset({"invalid_blocks", "invalid_arguments"})


def renew(turn: Turn) -> None:
    """After a turn that wrote: draw the person's Home anew, later, if she has opened it."""
    tab = _tab(turn)
    if tab is not None:
        _wish(turn, tab)


def renew_all(turn: Turn) -> None:
    """After something that any colleague's Home may show: draw all that are open here anew."""
    for user, tab in turn.house.tabs.of_team(turn.team):
        _wish(replace(turn, user=user), tab)


def _wish(turn: Turn, tab: Tab) -> None:
    tab.wanted = True
    if not tab.at_work:
        tab.at_work = True
        turn.house.carry_on(_keep_up(replace(turn), tab))


async def publish(turn: Turn, tab: Tab) -> None:
    """Show the tab as it is now; after somebody else has shown a newer one, once more."""
    for _ in range(2):
        known = tab.hash
        try:
            await _show(turn, tab)
        except SlackApiError as error:
            name = error.response.get("error")
            if name == "ratelimited":
                log.info("Slack is busy: a Home waits for its next chance")
                return
            if name != "hash_conflict":
                raise
            if tab.hash == known:  # not shown from here, so what is there now has no name for us
                tab.hash = None
        else:
            return
    log.info("A Home was shown by others twice; theirs stands")


def _tab(turn: Turn) -> Tab | None:
    """The person's tab, if she has opened it; who clicks on it has, if only before a restart."""
    known = turn.house.tabs.get(turn.team, turn.user)
    if known is None and turn.view.get("type") == "home":
        known = turn.house.tabs.opened(turn.team, turn.user)
        known.hash, known.pages = turn.view["hash"], pages_in(turn.note)
    return known


async def _keep_up(turn: Turn, tab: Tab) -> None:
    """Draw until nothing has changed meanwhile."""
    try:
        while tab.wanted:
            due = tab.renewed_at + PACE_SECONDS - time.monotonic()
            await turn.house.pause(max(SETTLE_SECONDS, due))
            tab.wanted, tab.renewed_at = False, time.monotonic()
            await guarded(turn, _attempt(turn, tab))
    finally:
        tab.at_work = False


async def _attempt(turn: Turn, tab: Tab) -> None:
    try:
        await publish(turn, tab)
    except (SlackApiError, ClientError, TimeoutError) as error:
        name = error.response.get("error") if isinstance(error, SlackApiError) else ""
        log.warning("A Home was not shown anew: %s", name or type(error).__name__)


async def _show(turn: Turn, tab: Tab) -> None:
    """With the picture of the circle that is known; a newer one is looked for afterwards."""
    turn.t = await translator(turn.house, turn.team, turn.user)
    hung = turn.house.tabs.hung(turn.team, turn.t.language)
    picture = hung.picture
    try:
        drawing = await _put(turn, tab, picture)
    except SlackApiError as error:
        if picture is None or error.response.get("error") not in NOT_SHOWN:
            raise
        log.info("Slack did not show the picture of the circle; Home goes without it")
        if hung.refuse(picture, turn.now):
            await not_shown(turn.house, turn.team, picture)
        drawing = await _put(turn, tab, None)
    if drawing.hangs and hung.is_due(turn.now):
        hung.at_work = True
        turn.house.carry_on(_look(replace(turn), tab, hung))


async def _put(turn: Turn, tab: Tab, picture: Shown | None) -> Drawing:
    known = tab.hash
    drawing = await drawn(turn, tab.pages, picture or _missing(turn))
    view = drawing.view.to_dict()
    answer = await turn.client.views_publish(user_id=turn.user, view=view, hash=known)
    tab.hash, tab.picture = answer["view"]["hash"], picture if drawing.hangs else None
    return drawing


def _missing(turn: Turn) -> Missing | None:
    """Why there is no picture; None where nobody has looked for one yet."""
    looked = turn.house.tabs.hung(turn.team, turn.t.language).looked_at
    return turn.house.pictures.missing(turn.team) if looked else None


async def hanging(turn: Turn, drawing: Awaitable[Shown | None]) -> Shown | None:
    """What was drawn; if it hangs on Home from now on, where there was none it is seen at once."""
    hung = turn.house.tabs.hung(turn.team, turn.t.language)
    before = hung.picture
    found = await drawing
    if hung.picture != before:
        _hang_up(turn)
    return found


async def _look(turn: Turn, tab: Tab, hung: Hung) -> None:
    """Have the circle drawn if it has changed, and hang it up where there is none."""
    first = hung.looked_at is None
    try:
        found = await guarded(turn, shown(turn.house, turn.client, turn.team, turn.t))
    finally:
        hung.at_work = False
    hung.hang(found if isinstance(found, Shown) else None, turn.now)
    if hung.picture is None and not first:
        return
    _hang_up(turn)
    if tab.picture != hung.picture:
        _wish(turn, tab)


def _hang_up(turn: Turn) -> None:
    """Draw those anew that are without a picture."""
    for user, other in turn.house.tabs.of_team(turn.team):
        if other.picture is None:
            _wish(replace(turn, user=user), other)
