"""`/partner erfaringer`: what the year's evaluations have taught, over all partners."""

from slackblocks import ModalView

from bot.evaluation_lessons import YEAR, lessons
from bot.workspace_roles import Action
from handlers.desk import Desk
from handlers.turn import Turn
from handlers.views import evaluation_lessons as views
from storage import evaluation_lessons as found_of


def register(desk: Desk) -> None:
    """Sign up."""
    desk.action(views.PAGE, turn_page, Action.SEE_PARTNER)


async def begin(turn: Turn) -> None:
    """`/partner erfaringer`."""
    await turn.open(await _page(turn, 1))


async def turn_page(turn: Turn) -> None:
    """Another page."""
    await turn.turn_into(await _page(turn, int(turn.value)))


async def _page(turn: Turn, wanted: int) -> ModalView:
    found = await turn.read(found_of.since, turn.now - YEAR)
    told = lessons(found.held, found.steps, found.names, turn.today - YEAR)
    return views.lessons_view(turn.t, told, found.names, wanted, turn.today)
