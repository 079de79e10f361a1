"""What waits for me, my partners and the buttons: `/partner` by itself, and the Home tab."""

from dataclasses import dataclass
from typing import Any

from bot.partner import Hit
from bot.tjek import Check
from bot.translation import Translator
from bot.workspace_roles import NOT_STAFF, Action, may
from handlers import access
from handlers.desk import Desk
from handlers.turn import Turn
from handlers.views import home as views
from storage import partner_search
from storage import tjek as checks_of
from storage.database import Connection

MINE = 10  # partners listed; the rest are a search away
WAITING = 5
DECIDED = 3


@dataclass(frozen=True)
class Desktop:
    """What one colleague has lying about."""

    waiting: list[Check]
    mine: list[Hit]
    decided: list[Check]


def register(desk: Desk) -> None:
    """Sign up."""
    desk.event("app_home_opened", publish)


async def overview(turn: Turn) -> None:
    """`/partner` by itself."""
    found = await access.profile(turn.house, turn.client, turn.team, turn.user)
    waits = await turn.read(_desktop, turn.user)
    await turn.reply(views.overview(*_what(turn, found, waits)))


async def publish(turn: Turn) -> None:
    """The Home tab, drawn afresh whenever it is opened; a guest gets a friendly sentence."""
    if turn.body["event"].get("tab") != "home":
        return
    found = await access.profile(turn.house, turn.client, turn.team, turn.user)
    if not may(await access.role(turn.house, turn.client, turn.team, turn.user), Action.SEE_HOME):
        view = views.closed_home(turn.t(NOT_STAFF))
    else:
        waits = await turn.read(_desktop, turn.user)
        view = views.home(*_what(turn, found, waits))
    await turn.client.views_publish(user_id=turn.user, view=view.to_dict())


def _desktop(conn: Connection, team: str, user: str) -> Desktop:
    return Desktop(
        checks_of.waiting_for(conn, team, user, limit=WAITING),
        partner_search.touched_by(conn, team, user, limit=MINE),
        checks_of.decided_by(conn, team, user, limit=DECIDED),
    )


def _what(
    turn: Turn, found: dict[str, Any], lies: Desktop
) -> tuple[Translator, str, list[Check], list[Hit], list[Check]]:
    return turn.t, access.first_name(found), lies.waiting, lies.mine, lies.decided
