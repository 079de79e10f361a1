"""`/partner hvide pletter`: where something is missing, and who could be a start."""

from dataclasses import replace

from bot.goal_gap import NOTHING, Gap, standing
from bot.goal_gap_matrix import Picture, telling
from bot.goal_gap_start import is_listed
from bot.workspace_roles import Action, Role
from handlers.desk import Desk
from handlers.turn import Turn, UnknownBlocksError
from handlers.views import goal_gap as views
from handlers.views import goal_gap_start as start_views
from handlers.views.goal_gap_start import SHOWN, Begun
from handlers.views.parts_values import in_todays_form
from storage import goal_gap as counts_of
from storage import goal_gap_start
from storage.database import Connection


def register(desk: Desk) -> None:
    """Sign up."""
    desk.action(views.OPEN, begin, Action.SEE_GAPS)
    desk.action(views.CHOOSE, choose, Action.SEE_GAPS)
    desk.action(views.SEE, see, Action.SEE_GAPS)


async def begin(turn: Turn) -> None:
    """`/partner hvide pletter`, and the buttons that lead here."""
    seen = await _seen(turn)
    if "response_url" in turn.body:
        await _reply(turn, seen, replace=False)
    else:
        await turn.open(views.view(turn.t, seen))


async def choose(turn: Turn) -> None:
    """Another picture in place of the one that is shown."""
    with in_todays_form():
        picture = Picture.read(turn.value)
    seen = await _seen(turn, picture)
    if turn.in_modal:
        await turn.turn_into(views.view(turn.t, seen))
    else:
        await _reply(turn, seen, replace=True)


async def see(turn: Turn) -> None:
    """Who could be a start where there is a white spot; also from a channel, for one's own eyes."""
    with in_todays_form():
        gap = Gap.read(turn.value)
    begun = await turn.read(_begun, turn, gap)
    await turn.open(start_views.start_view(turn.t, await turn.library(), begun))


async def _reply(turn: Turn, seen: views.Seen, *, replace: bool) -> None:
    """With Slack's own table; where it knows none, once more without."""
    try:
        await turn.reply(views.message(turn.t, seen), replace=replace)
    except UnknownBlocksError:
        await turn.reply(views.message(turn.t, seen, drawn=False), replace=replace)


async def _seen(turn: Turn, wanted: Picture | None = None) -> views.Seen:
    """That picture, or the most telling one."""
    facts = await turn.read(counts_of.facts, turn.today, wanted.branch if wanted else "")
    picture = wanted or telling(facts)
    branches = await turn.read(counts_of.branches)
    coordinator = turn.role is Role.COORDINATOR
    return views.Seen(picture, facts, await turn.library(), branches, coordinator)


def _begun(conn: Connection, team: str, turn: Turn, gap: Gap) -> Begun:
    facts = counts_of.facts(conn, team, turn.today, gap.branch)
    branches = ("", *counts_of.branches(conn, team))
    if gap.branch not in branches or not is_listed(facts, gap):
        return Begun(gap, NOTHING, (), listed=False)
    now = standing(facts, gap)
    found = goal_gap_start.starters(conn, team, gap, turn.today, limit=SHOWN + 1)
    return Begun(replace(gap, there=now), now, found[:SHOWN], more=len(found) > SHOWN)
