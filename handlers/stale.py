"""What nobody else takes: buttons and forms of an earlier version, still there in old messages."""

from slackblocks import Option

from bot.errors import UserError
from bot.workspace_roles import Action
from handlers.desk import Desk
from handlers.desk_signed import ANYTHING
from handlers.turn import Next, Turn
from handlers.views.parts_values import STALE


def register(desk: Desk) -> None:
    """Sign up."""
    desk.command(ANYTHING, old_button, Action.SEE_HOME)
    desk.action(ANYTHING, old_button, Action.SEE_HOME)
    desk.submit(ANYTHING, old_form, Action.SEE_HOME)
    desk.shortcut(ANYTHING, old_button, Action.SEE_HOME)
    desk.options(ANYTHING, old_select, Action.SEE_HOME)


async def old_button(_: Turn) -> None:
    """A button, shortcut or command that means nothing now."""
    raise UserError(STALE)


async def old_form(_: Turn) -> Next | None:
    """A form that means nothing now."""
    raise UserError(STALE)


async def old_select(_: Turn) -> list[Option]:
    """A select that means nothing now offers nothing."""
    return []
