"""Each person's own settings, becoming the coordinator, and when the bot is taken out."""

import logging
from dataclasses import replace
from datetime import UTC, datetime

from bot.workspace_roles import Action, become_coordinator
from bot.workspace_settings import checked_member
from handlers import access, workspace_library
from handlers.desk import Desk
from handlers.language import forget, translator
from handlers.turn import Next, Turn
from handlers.views import workspace as views
from handlers.views import workspace_library as library_views
from handlers.views.notice import notice_view
from storage import workspace as settings_of
from storage import workspace_installation
from storage.database import Connection

log = logging.getLogger(__name__)


def register(desk: Desk) -> None:
    """Sign up."""
    desk.action(views.OPEN, open_settings, Action.OWN_SETTINGS)
    desk.submit(views.SUBMIT, save_settings, Action.OWN_SETTINGS)
    desk.action(views.BECOME, become, Action.BECOME_COORDINATOR)
    workspace_library.register(desk)
    desk.event("user_change", look_again)
    desk.event("app_uninstalled", let_go)
    desk.event("tokens_revoked", let_go)


async def open_settings(turn: Turn) -> None:
    """`/partner indstillinger`."""
    await turn.open(views.settings_view(turn.t, await _me(turn)))


async def save_settings(turn: Turn) -> Next:
    """Keep the choice, and say so in the language that was chosen."""
    chosen = checked_member(views.read_settings(turn.typed), turn.user, today=turn.today)
    users = [chosen.deputy] if chosen.deputy else []
    here = await access.still_here(turn.house, turn.client, turn.team, users)
    before = await turn.read(settings_of.member, turn.user)
    gone = chosen.deputy if not here and chosen.deputy == before.deputy else None
    if gone:  # what else she chose is not in its way
        chosen = replace(chosen, deputy=None)
    if chosen.deputy:
        await access.check_colleagues(
            turn.house, turn.client, turn.team, (chosen.deputy,), field=views.DEPUTY
        )
    await turn.write(settings_of.save_member, turn.user, chosen, turn.now)
    forget(turn.house, turn.team, turn.user)
    t = await translator(turn.house, turn.team, turn.user)
    return Next(notice_view(t, views.saved(t, chosen, gone)))


async def become(turn: Turn) -> None:
    """The first to press it is the coordinator; so is whoever steps in when all have left."""
    library = await turn.library()
    here = await access.still_here(turn.house, turn.client, turn.team, library.coordinators)
    gone = set(library.coordinators) - set(here)
    await turn.write(_become, turn, gone)
    turn.house.workspaces.drop(turn.team)
    if turn.view.get("callback_id") == views.SUBMIT:  # what is filled in there stays
        await turn.turn_into(views.settings_view(turn.t, await _me(turn)))
    else:
        await turn.open(await workspace_library.menu(turn, library_views.became(turn.t)))


def _become(conn: Connection, team: str, turn: Turn, gone: set[str]) -> None:
    library = settings_of.settings(conn, team, lock=True)
    # Whoever became it since they were looked up is here.
    here = [user for user in library.coordinators if user not in gone]
    changed = become_coordinator(library, turn.user, still_here=here)
    if changed != library:
        settings_of.save_settings(conn, team, changed, now=turn.now, by=turn.user)


async def _me(turn: Turn) -> views.Me:
    chosen = await turn.read(settings_of.member, turn.user)
    if chosen.away_until and chosen.away_until <= turn.today:
        chosen = replace(chosen, away_until=None)  # she is back
    library = await turn.library()
    here = await access.still_here(turn.house, turn.client, turn.team, library.coordinators)
    return views.Me(turn.user, chosen, library.language, here)


async def look_again(turn: Turn) -> None:
    """Slack says that somebody's profile changed: she may be a guest now, or have left."""
    turn.house.profiles.drop(turn.team, turn.user)
    if not access.is_staff(turn.body["event"]["user"], turn.team):
        for left in turn.house.plan.leaving:
            await left(turn)


async def let_go(turn: Turn) -> None:
    """The library took the bot out: its token goes at once, its register stays."""
    event = turn.body["event"]
    if event["type"] == "tokens_revoked" and not event["tokens"].get("bot"):
        return  # somebody's own token, and Partnerbot asks for none
    # Slack may tell it late and in either order; by then the library may have installed again.
    until = datetime.fromtimestamp(turn.body["event_time"] + 1, UTC)
    await turn.write(workspace_installation.uninstall, until=until)
    turn.house.forget(turn.team)
    log.warning("The bot was taken out of %s", turn.team)
