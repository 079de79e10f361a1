"""Before it is switched on, the bot speaks to nobody, whoever asks for it."""

from bot.errors import UserError
from bot.translation import mark
from handlers import access
from handlers.turn import Turn

NOT_ON = mark("I write to nobody before the coordinator has switched it on. Ask {who}.")
NOBODY = mark(
    "I write to nobody before it is switched on, and there is no coordinator yet who can do that."
    " You can become it on the Home tab."
)


async def require_switched_on(turn: Turn) -> None:
    """Refuse what a person asks the bot to say to others while it may not; before it is put.

    Raises:
        UserError: the library has not switched it on; says who can.
    """
    library = await turn.library()
    if library.switched_on:
        return
    names = await access.names(turn.house, turn.client, turn.team, library.coordinators)
    raise UserError(NOT_ON if names else NOBODY, who=turn.t.list(names))
