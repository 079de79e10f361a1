"""Settings, so far each person's own language; and what happens when the bot is taken out."""

import logging
from datetime import UTC, datetime

from bot.workspace_roles import Action
from handlers.desk import Desk
from handlers.language import forget, translator
from handlers.turn import Next, Turn
from handlers.views import workspace as views
from handlers.views.notice import notice_view
from storage import workspace as settings_of
from storage import workspace_installation
from storage.database import Connection

log = logging.getLogger(__name__)


def register(desk: Desk) -> None:
    """Sign up."""
    desk.action(views.OPEN, open_settings, Action.OWN_SETTINGS)
    desk.submit(views.SUBMIT, save_settings, Action.OWN_SETTINGS)
    desk.event("user_change", look_again)
    desk.event("app_uninstalled", let_go)
    desk.event("tokens_revoked", let_go)


async def open_settings(turn: Turn) -> None:
    """`/partner indstillinger`."""
    own = await turn.read(settings_of.language_of, turn.user)
    library = await turn.library()
    await turn.open(views.settings_view(turn.t, own, library.language))


async def save_settings(turn: Turn) -> Next:
    """Keep the choice, and say so in the language that was chosen."""
    language = views.read_settings(turn.typed)

    def save(conn: Connection, team: str) -> None:
        settings_of.set_language(conn, team, turn.user, language, turn.now)

    await turn.write(save)
    forget(turn.house, turn.team, turn.user)
    t = await translator(turn.house, turn.team, turn.user)
    return Next(notice_view(t, views.saved(t)))


async def look_again(turn: Turn) -> None:
    """Slack says that somebody's profile changed: she may be a guest now, or have left."""
    turn.house.profiles.drop(turn.team, turn.user)


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
