"""Where the thread of an evaluation may hang: the relation's own channel, then the library's."""

from dataclasses import replace
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import UserError
from bot.evaluation_open import MOST_ASKED, Place
from bot.round_voice import OUTSIDE
from handlers import access
from handlers.house import House
from handlers.workspace_channel import is_shared, looked_up, wrong_with

MEMBERS = 200  # looked through for people of theirs; those who came with a channel stand first


async def places_for(
    house: House, client: AsyncWebClient, team: str, own: str, library: str | None
) -> tuple[Place, ...]:
    """Those of them that the bot may write in now, the one to be preferred first.

    The library's is for its own people: shared with others, it is none.
    """
    places = [await place(house, client, team, channel) for channel in (own, library) if channel]
    return tuple(
        one for one in places if one.channel and not (one.shared and one.channel == library)
    )


async def place(house: House, client: AsyncWebClient, team: str, channel: str) -> Place:
    """One channel, from memory where it is fresh; an empty Place where the bot cannot write."""
    return await house.places.fetch(lambda: _look(house, client, team, channel), team, channel)


async def _look(house: House, client: AsyncWebClient, team: str, channel: str) -> Place:
    try:
        info = await looked_up(client, channel, None)
    except UserError:
        return Place()
    if wrong_with(info, may_be_shared=True):
        return Place()
    usual = Place(channel, open_to_all=info.get("is_private") is False)
    if not is_shared(info):
        return usual
    theirs = await _theirs(house, client, team, channel)
    return replace(usual, shared=True, voices=theirs, open_to_all=False)


async def _theirs(house: House, client: AsyncWebClient, team: str, channel: str) -> tuple[str, ...]:
    """The voices of those in it who are of another workspace, MOST_ASKED at most.

    With several organisations in it nobody can tell whose answer is the partner's: then of none.
    """
    try:
        answer = await client.conversations_members(channel=channel, limit=MEMBERS)
    except SlackApiError:
        return ()
    people = await access.profiles(house, client, team, answer["members"])
    outside = [user for user, profile in people.items() if _is_theirs(profile, team)]
    if len({people[user].get("team_id") for user in outside}) > 1:
        return ()
    return tuple(f"{OUTSIDE}{user}" for user in outside[:MOST_ASKED])


def _is_theirs(profile: dict[str, Any], team: str) -> bool:
    if profile.get("is_bot") or profile.get("deleted"):
        return False
    return bool(profile.get("is_stranger")) or profile.get("team_id") not in (None, team)
