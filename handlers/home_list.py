"""The partners behind a figure on the coordinator's Home, a page at a time."""

from bot.home import page_of
from bot.home_house import Which
from bot.workspace_roles import Action
from handlers.desk import Desk
from handlers.turn import Turn
from handlers.views import home_list as views
from storage import contact as contacts_of
from storage import home_house as house_of
from storage import partner as register_of
from storage import reminder_handover as handovers
from storage.database import Connection

LISTED = 20  # on a page, with a block each


def register(desk: Desk) -> None:
    """Sign up."""
    desk.action(views.LIST, show, Action.LIBRARY_SETTINGS)


async def show(turn: Turn) -> None:
    """The list, or another page of it."""
    which, number = views.read(turn.value)
    listed = await turn.read(_load, turn, which, number)
    await turn.show(views.list_view(turn.t, listed, turn.today))


def _load(conn: Connection, team: str, turn: Turn, which: Which, number: int) -> views.Listed:
    if which is Which.UNHELD:
        page = page_of(number, house_of.figures(conn, team).unheld, LISTED)
        numbers = house_of.unheld(conn, team, first=page.first, most=LISTED)
    else:
        every = handovers.on_offer(conn, team, turn.now)
        page = page_of(number, len(every), LISTED)
        numbers = every[page.first : page.first + LISTED]
    found = {one.id: one for one in register_of.get_many(conn, team, numbers)}
    partners = [found[one] for one in numbers if one in found]
    return views.Listed(which, partners, page, contacts_of.last_of(conn, team, numbers))
