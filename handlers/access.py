"""Who may use the bot: the library's own people; a guest or a stranger gets a sentence."""

from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import UserError
from handlers.house import House

USED = (
    "name",
    "real_name",
    "team_id",
    "is_stranger",
    "is_restricted",
    "is_ultra_restricted",
    "is_bot",
    "deleted",
)


async def profile(house: House, client: AsyncWebClient, team: str, user: str) -> dict[str, Any]:
    """What Slack says of this person (users.info), from memory where it is fresh."""
    known = house.profiles.get(team, user)
    if known is not None:
        return known
    answer = await client.users_info(user=user)
    # Slack tells more, mail and telephone among it; what is not used is not kept.
    found = {name: answer["user"].get(name) for name in USED}
    return house.profiles.put(found, team, user)


def admit(found: dict[str, Any], team: str) -> None:
    """Let colleagues in; UserError for guests, strangers, bots and those who have left."""
    outside = found.get("is_stranger") or found.get("team_id") not in (None, team)
    guest = found.get("is_restricted") or found.get("is_ultra_restricted")
    if outside or guest or found.get("is_bot") or found.get("deleted"):
        raise UserError("Partnerbot is for the library's own staff. Ask the one who invited you.")


def first_name(found: dict[str, Any]) -> str:
    """How a colleague is greeted."""
    name = str(found.get("real_name") or found.get("name") or "")
    return name.split(maxsplit=1)[0] if name.strip() else ""
