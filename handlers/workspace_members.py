"""Who of the library's own people are in a channel."""

from bot.errors import UserError
from bot.translation import mark
from handlers import access
from handlers.turn import Turn

# Each is looked up once; more members than this are hardly so few colleagues among guests.
MOST_LOOKED_UP = 200

TOO_MANY = mark(
    "There are more than {limit} colleagues in that channel, too many for one round. Choose them by"
    " name instead."
)


async def colleagues_in(turn: Turn, channel: str, *, most: int, field: str) -> list[str]:
    """All colleagues in the channel but the one who asks; no guests, bots or people from outside.

    Raises:
        UserError: there are more than `most`, at that field of the form.
    """
    members = await _members(turn, channel)
    few = len(members) <= MOST_LOOKED_UP
    here = await access.still_here(turn.house, turn.client, turn.team, members) if few else ()
    found = [user for user in here if user != turn.user]
    if not few or len(found) > most:
        raise UserError(TOO_MANY, field=field, limit=most)
    return found


async def _members(turn: Turn, channel: str) -> list[str]:
    """Their ids, page by page, until it is plain that they are too many."""
    found: list[str] = []
    cursor = ""
    while len(found) <= MOST_LOOKED_UP:
        answer = await turn.client.conversations_members(channel=channel, cursor=cursor, limit=200)
        found += answer["members"]
        cursor = (answer.get("response_metadata") or {}).get("next_cursor") or ""
        if not cursor:
            break
    return found
