"""One message to Slack, and what its answer means for saying it again."""

from dataclasses import dataclass
from typing import Any

from aiohttp import ClientConnectorError, ClientError, ConnectionTimeoutError
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from handlers.views.parts import Reply
from storage.delivery import Delivery

EVENT_TYPE = "partnerbot_delivery"  # the metadata by which a message can be found again

UNREACHABLE_SECONDS = 5.0  # until Slack is tried again, when nothing of the message got out
TOO_MANY_SECONDS = 30.0  # where Slack says that it is too much and not for how long

_TOO_MANY = 429
_SERVER_ERROR = 500
_UNAVAILABLE = 503  # turned away at the door: nothing was posted

# What Slack says of blocks that are wrong, and of those that it does not know yet.
UNKNOWN_BLOCKS = "invalid_blocks"

# However often one asks, the answer stays the same until somebody changes something in Slack.
NEVER = {
    "access_denied",
    "account_inactive",
    "cannot_dm_bot",
    "cannot_reply_to_message",
    "channel_is_limited_access",
    "channel_not_found",
    "ekm_access_denied",
    UNKNOWN_BLOCKS,
    "invalid_blocks_format",
    "is_archived",
    "is_inactive",
    "messages_tab_disabled",
    "missing_scope",
    "msg_blocks_too_long",
    "msg_too_long",
    "no_permission",
    "no_text",
    "not_in_channel",
    "restricted_action",
    "restricted_action_read_only_channel",
    "restricted_action_thread_only_channel",
    "thread_not_found",
    "user_disabled",
    "user_not_found",
    "user_not_visible",
}
# Of these Slack itself says that a part may have been done.
_UNSURE = {"fatal_error", "internal_error"}


@dataclass(frozen=True)
class InThread(Reply):
    """What hangs below a message that was not there yet when the delivery was put."""

    thread_ts: str = ""


@dataclass(frozen=True)
class Posted:
    """It stands there."""

    channel: str
    ts: str


@dataclass(frozen=True)
class Refused:
    """It does not stand there; `never` where it never will."""

    reason: str
    never: bool = False


@dataclass(frozen=True)
class Wait:
    """Slack takes nothing from this library for so many seconds; the message is not to blame."""

    reason: str
    seconds: float


@dataclass(frozen=True)
class Unknown:
    """The answer was lost: it may stand there."""

    reason: str


Told = Posted | Refused | Wait | Unknown


def thread_of(delivery: Delivery, reply: Reply) -> str:
    """The message below which it is said; empty where it stands by itself."""
    return reply.thread_ts if isinstance(reply, InThread) else delivery.thread_ts


async def post(client: AsyncWebClient, delivery: Delivery, reply: Reply) -> Told:
    """Post it once; the client must retry nothing by itself."""
    message: dict[str, Any] = reply.payload()
    if thread_ts := thread_of(delivery, reply):
        message["thread_ts"] = thread_ts
    try:
        answer = await client.chat_postMessage(
            channel=delivery.to,
            unfurl_links=False,
            unfurl_media=False,
            metadata={"event_type": EVENT_TYPE, "event_payload": {"key": delivery.key}},
            **message,
        )
    except SlackApiError as error:
        return _refusal(error)
    except (ClientConnectorError, ConnectionTimeoutError) as error:
        return Wait(type(error).__name__, UNREACHABLE_SECONDS)
    except (ClientError, TimeoutError) as error:
        return Unknown(type(error).__name__)
    return Posted(answer["channel"], answer["ts"])


def _refusal(error: SlackApiError) -> Told:
    response: Any = error.response
    status, name = _status(response), error_name(response)
    if pause := too_many(response):
        return pause
    if status == _UNAVAILABLE:
        return Refused(f"http_{status}")
    if name in _UNSURE or status >= _SERVER_ERROR or not name:
        return Unknown(name or f"http_{status}")
    return Refused(name, never=name in NEVER)


def too_many(response: Any) -> Wait | None:  # noqa: ANN401 - the SDK has two kinds
    """How long Slack wants to be left alone; None where that is not what it says."""
    if _status(response) != _TOO_MANY and error_name(response) != "ratelimited":
        return None
    told = response.headers.get("Retry-After")
    return Wait("ratelimited", float(told) if told and told.isdigit() else TOO_MANY_SECONDS)


def error_name(response: Any) -> str:  # noqa: ANN401 - as above
    """Slack's name for what is wrong; empty where the answer is not Slack's."""
    body = getattr(response, "data", None)
    return str(body.get("error")) if isinstance(body, dict) and body.get("error") else ""


def _status(response: Any) -> int:  # noqa: ANN401 - as above
    return int(getattr(response, "status_code", 0) or getattr(response, "status", 0))
