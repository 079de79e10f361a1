"""Showing the Home tab, and showing it anew after its owner changed something elsewhere.

Each drawing names the one that it replaces (Slack's `hash`), so an older never covers a newer.
"""

import logging
import time
from dataclasses import replace

from aiohttp import ClientError
from slack_sdk.errors import SlackApiError

from handlers.errors import guarded
from handlers.home_draw import drawn
from handlers.home_tabs import Tab
from handlers.turn import Turn
from handlers.views.home import page_in

log = logging.getLogger(__name__)

SETTLE_SECONDS = 0.3  # the answer goes out first, and one change seldom comes alone
PACE_SECONDS = 2.0  # between two of these for one person; Slack allows a hundred a minute to all


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
        known.hash, known.page = turn.view["hash"], page_in(turn.note)
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
    known = tab.hash
    view = await drawn(turn, tab.page)
    answer = await turn.client.views_publish(user_id=turn.user, view=view.to_dict(), hash=known)
    tab.hash = answer["view"]["hash"]
