"""The files about a contact person: sent to a coordinator, and deleted when she is forgotten."""

import json
import logging
from collections.abc import Iterable

from aiohttp import ClientError
from slack_sdk.errors import SlackApiError

from bot.errors import UserError
from bot.privacy_document import Document
from handlers.turn import Turn
from storage import privacy_files
from storage.privacy_files import SentFile

log = logging.getLogger(__name__)

_GONE_ALREADY = {"file_not_found", "file_deleted"}


async def upload(turn: Turn, told: Document) -> list[str]:
    """Send both files, and return their ids. Neither their names nor the message names her."""
    stem = "-".join([turn.t("details"), turn.today.isoformat()])
    data = json.dumps(told.data, ensure_ascii=False, indent=2)
    contents = {f"{stem}.txt": told.text, f"{stem}.json": data}
    try:
        answer = await turn.client.files_upload_v2(
            channel=await turn.own_messages(),
            initial_comment=turn.t(
                "The details you asked for: to read, and the same as data. Only you can see them"
                " here. Delete them when you have passed them on."
            ),
            file_uploads=[
                {"filename": name, "title": name, "content": content}
                for name, content in contents.items()
            ],
        )
    except SlackApiError as error:
        if error.response.get("error") != "missing_scope":
            raise
        raise UserError(
            "I may not send files yet. Ask the one who looks after Partnerbot to install the app"
            " again. Until then, copy the text here."
        ) from error
    return [file["id"] for file in answer["files"]]


async def delete_of_forgotten(turn: Turn) -> list[SentFile]:
    """Delete what was sent about anybody since forgotten; return what Slack keeps.

    Nothing of it is lost when it fails half-way: the next call tries the rest again.
    """
    files = await turn.read(privacy_files.to_delete)
    gone = await delete(turn, (one.file for one in files))
    if gone:
        await turn.write(privacy_files.forget, gone)
    return [one for one in files if one.file not in gone]


async def delete(turn: Turn, files: Iterable[str]) -> list[str]:
    """Delete these in Slack; return those that are not there any more."""
    return [file for file in files if await _deleted(turn, file)]


async def _deleted(turn: Turn, file: str) -> bool:
    try:
        await turn.client.files_delete(file=file)
    except SlackApiError as error:
        name = error.response.get("error")
        log.info("Slack did not delete a file: %s", name)
        return name in _GONE_ALREADY
    except (ClientError, TimeoutError) as error:
        log.warning("Slack did not delete a file: %s", type(error).__name__)
        return False
    return True
