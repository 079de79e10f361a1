"""The address of a message in Slack: a convenience, and nothing fails for want of it."""

import logging

from aiohttp import ClientError
from slack_sdk.errors import SlackApiError

from handlers.turn import Turn

log = logging.getLogger(__name__)


async def permalink(turn: Turn, channel: str, ts: str) -> str:
    """The message's address; empty where Slack gives the bot none, as in a private talk."""
    try:
        answer = await turn.client.chat_getPermalink(channel=channel, message_ts=ts)
    except (SlackApiError, ClientError, TimeoutError) as error:
        log.info("No link to a message: %s", type(error).__name__)
        return ""
    return str(answer["permalink"])
