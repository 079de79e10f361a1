"""Who may use the bot: the library's own people; a guest or a stranger gets a sentence."""

import logging
from collections.abc import AsyncIterator, Collection, Iterable
from typing import Any

from aiohttp import ClientError
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import UserError
from bot.translation import mark
from bot.workspace_roles import Colleagues, Role, role_of
from handlers.house import House
from handlers.language import settings
from storage import workspace as settings_of

log = logging.getLogger(__name__)

EVERYBODY = 1000  # members in one answer
FEW = 3  # more than these are asked for with everybody: Slack takes 100 single questions a minute

NOT_COLLEAGUES = mark("{names} cannot be chosen: only the library's own staff in Slack can.")

# Slack's errors for somebody who was never here, or whose account is gone altogether.
_UNKNOWN = {"user_not_found", "user_not_visible", "users_not_found"}

USED = (
    "name",
    "real_name",
    "team_id",
    "is_stranger",
    "is_restricted",
    "is_ultra_restricted",
    "is_bot",
    "deleted",
    "tz",
)


async def profile(house: House, client: AsyncWebClient, team: str, user: str) -> dict[str, Any]:
    """What Slack says of this person (users.info), from memory where it is fresh."""

    async def ask() -> dict[str, Any]:
        try:
            return _used((await client.users_info(user=user))["user"])
        except SlackApiError as error:
            if error.response.get("error") != "ratelimited":
                raise
            found = await _among_everybody(house, client, team, user)
            if found is None:
                raise
            return found

    return await house.profiles.fetch(ask, team, user)


async def _among_everybody(
    house: House, client: AsyncWebClient, team: str, user: str
) -> dict[str, Any] | None:
    """From one answer with all members, for all who wait; None where this one is not among them.

    What is remembered of a large house ends for everybody in one minute, in which each is asked for
    by her own click, and Slack answers a hundred such questions.
    """
    async with house.learning:
        if house.profiles.get(team, user) is None:
            await _learn_everybody(house, client, team)
    return house.profiles.get(team, user)


async def profiles(
    house: House, client: AsyncWebClient, team: str, users: Iterable[str]
) -> dict[str, dict[str, Any]]:
    """As known(), of each of them; many who are not in memory are learned with everybody."""
    wanted = list(dict.fromkeys(users))
    if sum(house.profiles.get(team, user) is None for user in wanted) > FEW:
        try:
            await _learn_everybody(house, client, team)
        except (SlackApiError, ClientError, TimeoutError) as error:
            log.warning("The members could not be learned: %s", type(error).__name__)
    return {user: await known(house, client, team, user) for user in wanted}


async def learn(house: House, client: AsyncWebClient) -> None:
    """Learn everybody at the start, so that nobody's first click waits for it.

    What that does not bring is asked for person by person; so a failure here only costs time.
    """
    try:
        team = str((await client.auth_test())["team_id"])
        found = await _learn_everybody(house, client, team)
    except (SlackApiError, ClientError, TimeoutError) as error:
        log.warning("The members could not be learned at the start: %s", type(error).__name__)
        return
    library = await settings(house, team)
    own = await house.store.read(settings_of.languages, team)
    for user in found:
        house.languages.put(own.get(user, library.language), team, user)


async def _learn_everybody(house: House, client: AsyncWebClient, team: str) -> list[str]:
    """Ask for all members (users.list), and remember what Slack says of them."""
    found = []
    async for member in _members(client):
        house.profiles.put(_used(member), team, member["id"])
        found.append(member["id"])
    return found


async def colleagues(house: House, client: AsyncWebClient, team: str) -> dict[str, str]:
    """What all colleagues are called, real and display name, by Slack user id; from memory."""

    async def ask() -> dict[str, str]:
        found = {}
        async for member in _members(client):
            if is_staff(member, team):
                called = (member.get("real_name"), member["profile"].get("display_name"))
                found[member["id"]] = "|".join(filter(None, called))
        return found

    return await house.colleagues.fetch(ask, team)


async def _members(client: AsyncWebClient) -> AsyncIterator[dict[str, Any]]:
    cursor = ""
    while True:
        answer = await client.users_list(limit=EVERYBODY, cursor=cursor)
        for member in answer["members"]:
            yield member
        cursor = (answer.get("response_metadata") or {}).get("next_cursor") or ""
        if not cursor:
            return


def _used(member: dict[str, Any]) -> dict[str, Any]:
    """Slack tells more, mail and telephone among it; what is not used is not kept."""
    return {name: member.get(name) for name in USED}


async def role(house: House, client: AsyncWebClient, team: str, user: str) -> Role:
    """What this person is to the bot now."""
    found = await profile(house, client, team, user)
    staff, visits = is_staff(found, team), is_visitor(found, team)
    return role_of(user, await settings(house, team), staff=staff, visits=visits)


async def still_here(
    house: House, client: AsyncWebClient, team: str, users: Iterable[str]
) -> tuple[str, ...]:
    """Those of them who are colleagues now."""
    found = await profiles(house, client, team, users)
    return tuple(user for user, profile in found.items() if is_staff(profile, team))


async def check_colleagues(
    house: House, client: AsyncWebClient, team: str, users: Collection[str], *, field: str
) -> None:
    """Raise UserError, with that field, unless all of them are colleagues now."""
    here = await still_here(house, client, team, users)
    others = tuple(user for user in users if user not in here)
    if others:
        raise UserError(NOT_COLLEAGUES, field=field, names=Colleagues(others))


async def names(
    house: House, client: AsyncWebClient, team: str, users: Iterable[str]
) -> tuple[str, ...]:
    """Their first names; without those whom Slack does not know any more."""
    found = await profiles(house, client, team, users)
    return tuple(name for one in found.values() if (name := first_name(one)))


async def first_names(
    house: House, client: AsyncWebClient, team: str, users: Iterable[str]
) -> dict[str, str]:
    """How each of them is greeted; empty for whom Slack does not know any more."""
    found = await profiles(house, client, team, sorted(users))
    return {user: first_name(profile) for user, profile in found.items()}


async def known(house: House, client: AsyncWebClient, team: str, user: str) -> dict[str, Any]:
    """As profile(); somebody whom Slack does not know any more has left."""
    try:
        return await profile(house, client, team, user)
    except SlackApiError as error:
        if error.response.get("error") not in _UNKNOWN:
            raise
        return house.profiles.put({"deleted": True}, team, user)


def is_staff(found: dict[str, Any], team: str) -> bool:
    """Whether it is a colleague: no guest, stranger or bot, and nobody who has left."""
    guest = found.get("is_restricted") or found.get("is_ultra_restricted")
    return not (_is_outside(found, team) or guest or _is_nobody(found))


def is_visitor(found: dict[str, Any], team: str) -> bool:
    """Whether it is somebody of another organisation, met in a channel that both share."""
    return _is_outside(found, team) and not _is_nobody(found)


def _is_outside(found: dict[str, Any], team: str) -> bool:
    return bool(found.get("is_stranger")) or found.get("team_id") not in (None, team)


def _is_nobody(found: dict[str, Any]) -> bool:
    return bool(found.get("is_bot") or found.get("deleted"))


def first_name(found: dict[str, Any]) -> str:
    """How a colleague is greeted."""
    name = str(found.get("real_name") or found.get("name") or "")
    return name.split(maxsplit=1)[0] if name.strip() else ""
