"""A partner's own channel, as it is chosen on the card."""

from bot.errors import UserError
from handlers.turn import Turn
from handlers.workspace_channel import looked_up, wrong_with
from storage import partner as register_of

FIELD = "channel"


async def check_channel(turn: Turn, channel: str, partner_id: int = 0) -> None:
    """Raise UserError, at the field, unless the bot can write there, or it stood there before.

    It may be shared with the partner, whose own people are then in it.
    """
    if not channel:
        return
    if partner_id and channel == (await turn.read(register_of.existing, partner_id)).channel:
        return
    found = await looked_up(turn.client, channel, FIELD)
    wrong = wrong_with(found, may_be_shared=True)
    if wrong:
        raise UserError(wrong, field=FIELD, channel=found.get("name", ""))
