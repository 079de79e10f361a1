"""Looking in Slack whether a message stands there whose answer was lost, by its metadata.

A library allows that with the optional history scopes. Of what is read nothing is kept.
"""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from aiohttp import ClientError
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from handlers.delivery_slack import (
    EVENT_TYPE,
    NEVER,
    UNREACHABLE_SECONDS,
    Posted,
    Wait,
    error_name,
    too_many,
)
from storage.delivery import Delivery

METADATA_SCOPE = "metadata.message:read"
PAGE = 200  # messages that one question brings; Slack's advice
# Nothing is said before it is due, but Slack's clock may be behind ours.
BEFORE = timedelta(minutes=10)

_GRANTED = "x-oauth-scopes"


@dataclass(frozen=True)
class Absent:
    """It does not stand there."""


@dataclass(frozen=True)
class MayNotLook:
    """The library has not allowed it, or the bot is no longer where it would stand."""

    reason: str


Seen = Posted | Absent | MayNotLook | Wait


async def look(client: AsyncWebClient, delivery: Delivery) -> Seen:
    """Look for it where it was to be said, in its thread if it has one."""
    try:
        channel, own = await _channel(client, delivery), await _own_bot(client)
        async for message in _messages(client, delivery, channel):
            if message.get("bot_id") == own and _is(message, delivery):
                return Posted(channel, message["ts"])
    except _NotGrantedError:
        return MayNotLook("missing_scope")
    except SlackApiError as error:
        return _refusal(error)
    except (ClientError, TimeoutError) as error:
        return Wait(type(error).__name__, UNREACHABLE_SECONDS)
    return Absent()


class _NotGrantedError(Exception):
    """Slack shows messages, and not their metadata."""


async def _channel(client: AsyncWebClient, delivery: Delivery) -> str:
    if not delivery.to_person:
        return delivery.to
    opened = await client.conversations_open(users=delivery.to)
    return str(opened["channel"]["id"])


async def _own_bot(client: AsyncWebClient) -> str:
    """Which bot we are: a second one in the same workspace has messages with the same keys."""
    return str((await client.auth_test())["bot_id"])


async def _messages(
    client: AsyncWebClient, delivery: Delivery, channel: str
) -> AsyncIterator[dict[str, Any]]:
    """All since before it was due; in a channel the newest first."""
    cursor = ""
    where: dict[str, Any] = {
        "channel": channel,
        "oldest": f"{(delivery.due - BEFORE).timestamp():.6f}",
        "limit": PAGE,
        "include_all_metadata": True,
    }
    while True:
        if delivery.thread_ts:
            page = await client.conversations_replies(ts=delivery.thread_ts, cursor=cursor, **where)
        else:
            page = await client.conversations_history(cursor=cursor, **where)
        _require_metadata(page.headers)
        for message in page["messages"]:
            yield message
        cursor = (page.get("response_metadata") or {}).get("next_cursor") or ""
        if not cursor:
            return


def _require_metadata(headers: Any) -> None:  # noqa: ANN401 - the SDK's own
    """Where Slack says what was granted, seeing metadata must be in it."""
    granted = [value for name, value in headers.items() if name.lower() == _GRANTED]
    if granted and METADATA_SCOPE not in {scope.strip() for scope in str(granted[0]).split(",")}:
        raise _NotGrantedError


def _is(message: dict[str, Any], delivery: Delivery) -> bool:
    metadata = message.get("metadata") or {}
    payload = metadata.get("event_payload") or {}
    return metadata.get("event_type") == EVENT_TYPE and payload.get("key") == delivery.key


def _refusal(error: SlackApiError) -> Seen:
    name = error_name(error.response)
    if name in NEVER:
        return MayNotLook(name)
    return too_many(error.response) or Wait(name or "no_answer", UNREACHABLE_SECONDS)
