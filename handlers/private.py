"""A file for the one who asked for it: in her direct messages with the bot, seen by nobody else.

What is made and sent takes longer than Slack waits for an answer, so it goes on after it
(House.carry_on), and what goes wrong is said where the file would be.
"""

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aiohttp import ClientError
from slack_sdk.errors import SlackApiError

from bot.errors import UserError
from handlers import privacy_files
from handlers.errors import Trouble, guarded
from handlers.turn import Turn
from handlers.views.notice import NOT_ALLOWED, trouble

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class File:
    """A file, what it is called, and what is said beside it."""

    content: bytes | Path
    name: str
    comment: str


async def or_say_why(turn: Turn, work: Awaitable[None]) -> None:
    """Do the work, or say in her direct messages why it could not be done."""
    outcome = await guarded(turn, work)
    if not isinstance(outcome, Trouble):
        return
    said: dict[str, Any] = trouble(outcome.sentence, **outcome.values).payload()
    try:
        await turn.client.chat_postMessage(channel=await turn.own_messages(), **said)
    except (SlackApiError, ClientError, TimeoutError) as error:
        log.warning("Nobody could be told of a failed file: %s", type(error).__name__)


async def send(turn: Turn, file: File, keep: Callable[[str], Awaitable[None]]) -> None:
    """Send a file with partners in it; `keep` remembers its id, to delete it by.

    Raises:
        UserError: the bot may not send files.
    """
    sent = await _upload(turn, file)
    try:
        await keep(sent)
    except Exception:  # what nobody remembers, nobody would delete when a person is forgotten
        await privacy_files.delete(turn, [sent])
        raise
    await privacy_files.delete_of_forgotten(turn)  # also of somebody forgotten while it was made


async def send_without_people(turn: Turn, file: File) -> None:
    """Send a file in which nobody stands who could be forgotten; so it is not remembered.

    Raises:
        UserError: the bot may not send files.
    """
    await _upload(turn, file)


async def _upload(turn: Turn, file: File) -> str:
    held = file.content
    what = {"file": str(held)} if isinstance(held, Path) else {"content": held}
    try:
        answer = await turn.client.files_upload_v2(
            channel=await turn.own_messages(),
            initial_comment=file.comment,
            filename=file.name,
            title=file.name,
            **what,
        )
    except SlackApiError as error:
        if error.response.get("error") != "missing_scope":
            raise
        raise UserError(NOT_ALLOWED) from error
    return str(answer["files"][0]["id"])
