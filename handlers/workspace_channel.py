"""Which channels the bot may write in: the library's own, open ones that it is a member of."""

import asyncio
import logging
from collections.abc import Iterable
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import UserError
from bot.translation import mark
from handlers.turn import Turn

log = logging.getLogger(__name__)

NOT_IN = mark("I am not in #{channel}. Write `/invite @Partnerbot` there, and try again.")
SHARED = mark("#{channel} is shared with people outside the library. Choose another channel.")
ARCHIVED = mark("#{channel} is archived. Choose another channel.")
UNSEEN = mark(
    "I cannot see that channel. If it is private, write `/invite @Partnerbot` there and try again;"
    " otherwise choose another."
)
NO_SCOPE = mark(
    "I may not look channels up yet. Ask the one who looks after Partnerbot to install the app"
    " again."
)

_SHARED_BY = ("is_ext_shared", "is_org_shared", "is_pending_ext_shared")
_UNSEEN = {"channel_not_found", "method_not_supported_for_channel_type"}


async def usable(turn: Turn, channel: str, *, field: str | None = None) -> str:
    """The channel's name, where the bot can write there for the library's own people alone.

    Raises:
        UserError: it cannot, with what to do about it, at that field of the form.
    """
    return await usable_by(turn.client, channel, field=field)


async def usable_by(client: AsyncWebClient, channel: str, *, field: str | None = None) -> str:
    """As usable(), where nobody is at the screen."""
    return str((await _usable(client, channel, field))["name"])


async def usable_by_all(turn: Turn, channel: str, *, field: str | None = None) -> bool:
    """As usable(); whether every colleague may read there, for it is not a private channel."""
    return (await _usable(turn.client, channel, field)).get("is_private") is False


async def may_write(turn: Turn, channel: str) -> bool:
    """Whether the bot is switched on, and the channel still one that it may change a message in."""
    if not (await turn.library()).switched_on:
        return False
    try:
        await usable(turn, channel)
    except UserError as error:
        log.info("A message stays as it is in its channel: %s", error.msgid)
        return False
    return True


async def names(turn: Turn, channels: Iterable[str]) -> dict[str, str]:
    """What the channels are called, by their ids; without those that the bot cannot see."""
    found = await asyncio.gather(*(_name(turn, channel) for channel in dict.fromkeys(channels)))
    return {channel: name for channel, name in found if name}


async def _name(turn: Turn, channel: str) -> tuple[str, str]:
    try:
        return channel, str((await looked_up(turn.client, channel, None)).get("name", ""))
    except UserError:
        return channel, ""


def fault(found: dict[str, Any]) -> str | None:
    """The sentence on what is wrong with a channel as conversations.info tells of it."""
    return wrong_with(found)


def wrong_with(found: dict[str, Any], *, may_be_shared: bool = False) -> str | None:
    """As fault(); a partner's own channel may be shared, for theirs are in it too."""
    if not found.get("name") or found.get("is_im") or found.get("is_mpim"):
        return UNSEEN
    if found.get("is_archived"):
        return ARCHIVED
    if is_shared(found) and not may_be_shared:
        return SHARED
    return None if found.get("is_member") else NOT_IN


def is_shared(found: dict[str, Any]) -> bool:
    """Whether people outside the library read there, or may soon."""
    return any(found.get(flag) for flag in _SHARED_BY)


async def _usable(client: AsyncWebClient, channel: str, field: str | None) -> dict[str, Any]:
    found = await looked_up(client, channel, field)
    wrong = fault(found)
    if wrong:
        raise UserError(wrong, field=field, channel=found.get("name", ""))
    return found


async def looked_up(client: AsyncWebClient, channel: str, field: str | None) -> dict[str, Any]:
    """The channel as Slack tells of it; raises UserError, at that field, where it does not."""
    try:
        answer = await client.conversations_info(channel=channel)
    except SlackApiError as error:
        name = error.response.get("error")
        if name == "missing_scope":  # installed by a version that did not ask for it
            raise UserError(NO_SCOPE, field=field) from error
        if name in _UNSEEN:
            raise UserError(UNSEEN, field=field) from error
        raise
    told: dict[str, Any] = answer["channel"]
    return told
