"""What waits for me, my partners and the buttons: `/partner` by itself, and the Home tab."""

from dataclasses import replace

from bot.home_pages import Pages
from bot.workspace_roles import Action
from handlers import home_list, home_start
from handlers.desk import Desk
from handlers.home_draw import Wanted, desktop
from handlers.home_publish import publish, renew
from handlers.turn import Turn
from handlers.views import home as views
from handlers.views import home_steps, home_waiting
from handlers.views.home_partners import PAGE

FEW = 5  # of each in a message; the rest are on Home


def register(desk: Desk) -> None:
    """Sign up."""
    desk.event("app_home_opened", opened)
    desk.action(PAGE, turn_page, Action.SEE_HOME)
    desk.action(home_waiting.PAGE, turn_waiting, Action.SEE_HOME)
    desk.action(home_steps.READY_TEXT, show_text, Action.SWITCH_ON)
    desk.submit(home_steps.TEXT_READ, close_text, Action.SWITCH_ON)
    desk.after_saving(renew)
    home_list.register(desk)
    home_start.register(desk)


async def overview(turn: Turn) -> None:
    """`/partner` by itself."""
    lies = await desktop(turn, Wanted(own=FEW, waiting=FEW))
    await turn.reply(views.overview(turn.t, lies))


async def opened(turn: Turn) -> None:
    """The Home tab is drawn afresh whenever it is opened, and begins with its first page."""
    event = turn.body["event"]
    if event.get("tab") != "home":
        return
    tab = turn.house.tabs.opened(turn.team, turn.user)
    tab.pages = Pages()
    if "view" in event:
        tab.hash = event["view"]["hash"]
    await publish(turn, tab)


async def turn_page(turn: Turn) -> None:
    """Another page of one's own partners."""
    await _turn_to(turn, own=int(turn.value))


async def turn_waiting(turn: Turn) -> None:
    """Another page of what waits."""
    await _turn_to(turn, waiting=int(turn.value))


async def _turn_to(turn: Turn, **page: int) -> None:
    tab = turn.house.tabs.opened(turn.team, turn.user)
    tab.pages = replace(views.pages_in(turn.note), **page)
    tab.hash = turn.view["hash"]
    await publish(turn, tab)


async def show_text(turn: Turn) -> None:
    """The text with which the coordinator tells the house."""
    await turn.open(home_steps.text_view(turn.t, await turn.library()))


async def close_text(_: Turn) -> None:
    """Slack wants a button below a field; this one closes the view, and nothing is kept."""
