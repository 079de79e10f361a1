"""A picture in a thread, sent once."""

import asyncio
import logging
from collections.abc import Awaitable
from dataclasses import dataclass

from aiohttp import ClientError
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_client import AsyncWebClient

from handlers.delivery_slack import error_name, too_many
from handlers.views.parts import cut
from storage.delivery_sending import LEASE

log = logging.getLogger(__name__)

# Slack's limit for the words in place of a file's picture, in characters.
ALT_TEXT = 1000
# For drawing and sending it: whoever takes longer loses the delivery to another, who sends it too.
SECONDS = LEASE.total_seconds() * 0.8
_NOT_SHOWN = (SlackClientError, ClientError, TimeoutError, RuntimeError)


@dataclass(frozen=True)
class Picture:
    """A file, and what it shows in words."""

    png: bytes
    name: str  # of the file, without its ending
    title: str
    alt: str


async def send(
    client: AsyncWebClient, channel: str, thread_ts: str | None, drawing: Awaitable[Picture]
) -> Exception | None:
    """Draw it and send it; what was wrong, where it is not shown.

    Then it is not tried again: where an answer was lost it may stand there.

    Raises:
        SlackApiError: Slack is too busy. It does not stand there, and may come later.
    """
    try:
        async with asyncio.timeout(SECONDS):
            picture = await drawing
            await client.files_upload_v2(
                channel=channel,
                thread_ts=thread_ts,
                content=picture.png,
                filename=picture.name + ".png",
                title=picture.title,
                alt_txt=cut(picture.alt, ALT_TEXT),
            )
    except _NOT_SHOWN as error:
        if isinstance(error, SlackApiError) and too_many(error.response):
            raise
        name = error_name(error.response) if isinstance(error, SlackApiError) else ""
        log.warning("A picture is not shown: %s", name or type(error).__name__)
        return error
    return None
