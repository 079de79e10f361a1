"""What waits for me, my partners and the buttons: `/partner` by itself, and the Home tab."""

from bot.workspace_roles import Action
from handlers.desk import Desk
from handlers.home_draw import Wanted, desktop
from handlers.home_publish import publish, renew
from handlers.turn import Turn
from handlers.views import home as views
from handlers.views import home_steps

FEW = 5  # of each in a message; the rest are on Home


def register(desk: Desk) -> None:
    """Sign up."""
    desk.event("app_home_opened", opened)
    desk.action(views.PAGE, turn_page, Action.SEE_HOME)
    desk.action(home_steps.READY_TEXT, show_text, Action.SWITCH_ON)
    desk.submit(home_steps.TEXT_READ, close_text, Action.SWITCH_ON)
    desk.after_saving(renew)


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
    tab.page = 1
    if "view" in event:
        tab.hash = event["view"]["hash"]
    await publish(turn, tab)


async def turn_page(turn: Turn) -> None:
    """Another page of one's own partners."""
    tab = turn.house.tabs.opened(turn.team, turn.user)
    tab.page, tab.hash = int(turn.value), turn.view["hash"]
    await publish(turn, tab)


async def show_text(turn: Turn) -> None:
    """The text with which the coordinator tells the house."""
    await turn.open(home_steps.text_view(turn.t, await turn.library()))


async def close_text(_: Turn) -> None:
    """Slack wants a button below a field; this one closes the view, and nothing is kept."""
