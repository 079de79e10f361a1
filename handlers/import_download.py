"""The file that somebody put into the form, fetched from Slack to a place of its own."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any
from urllib.parse import urlsplit

from slack_sdk.errors import SlackApiError

from bot.errors import UserError
from bot.import_limits import MOST_BYTES
from bot.translation import mark
from handlers.turn import Json, Turn

SCOPE = "files:read"

MAY_NOT_READ = mark(
    "I may not read files in Slack. Ask the one who looks after Partnerbot to install the app again"
    " and say yes to files:read, or to read the file in with `partnerbot import` on the machine."
)
_TOO_LARGE = mark(
    "“{name}” has {size} MB, and I take {most} MB. Divide it, or save it without pictures."
)
_ELSEWHERE = mark("“{name}” is not kept in Slack. Fetch it to your computer, and choose it there.")
_GONE = mark("That file is not in Slack any more. Choose it again.")

_GRANTED = "x-oauth-scopes"
_MEGABYTE = 1_000_000
_PIECE = 65_536  # bytes
_SIGN_IN = (301, 302, 303, 307, 401, 403)
_NOT_THERE = (404, 410)
_GONE_ERRORS = {"file_not_found", "file_deleted", "not_visible"}


async def require_scope(turn: Turn) -> None:
    """Go on only if the library has let the bot read files; where Slack does not say, it has.

    Raises:
        UserError: it has not.
    """
    answer = await turn.client.auth_test()
    granted = [value for name, value in answer.headers.items() if name.lower() == _GRANTED]
    if granted and SCOPE not in {scope.strip() for scope in str(granted[0]).split(",")}:
        raise UserError(MAY_NOT_READ)


async def told_of(turn: Turn, file_id: str) -> Json:
    """What Slack says of the file that this person has put into a form.

    Raises:
        UserError: it is gone, somewhere else, too large, or the bot may not read it.
    """
    try:
        answer = await turn.client.files_info(file=file_id)
    except SlackApiError as error:
        name = error.response.get("error")
        if name == "missing_scope":
            raise UserError(MAY_NOT_READ) from error
        if name in _GONE_ERRORS:
            raise UserError(_GONE) from error
        raise
    file: Json = answer["file"]
    called = str(file.get("name"))
    if file.get("user") != turn.user:
        raise UserError(_GONE)
    if file.get("is_external"):
        raise UserError(_ELSEWHERE, name=called)
    if int(file.get("size") or 0) > MOST_BYTES:
        size = -(-int(file["size"]) // _MEGABYTE)
        raise UserError(_TOO_LARGE, name=called, size=size, most=MOST_BYTES // _MEGABYTE)
    return file


@asynccontextmanager
async def fetched(turn: Turn, file: Json) -> AsyncIterator[Path]:
    """The file on this machine, for as long as it is worked with.

    Raises:
        UserError: the bot may not read it, or it is larger than Slack said.
    """
    url = str(file.get("url_private_download") or file.get("url_private"))
    if not _is_slacks(url, turn.client.base_url):  # the token goes to nobody else
        raise UserError(_ELSEWHERE, name=str(file.get("name")))
    with TemporaryDirectory(prefix="partnerbot-") as folder:
        path = Path(folder) / "file"
        with path.open("wb") as to:
            await _download(turn, url, to, str(file.get("name")))
        yield path


async def _download(turn: Turn, url: str, to: IO[bytes], name: str) -> None:
    headers = {"Authorization": f"Bearer {turn.client.token}"}
    asked: dict[str, Any] = {"headers": headers, "proxy": turn.client.proxy}
    async with turn.house.session.get(url, allow_redirects=False, **asked) as answer:
        # Without the right to read, Slack sends whoever asks to its sign-in page.
        if answer.status in _SIGN_IN:
            raise UserError(MAY_NOT_READ)
        if answer.status in _NOT_THERE:
            raise UserError(_GONE)
        answer.raise_for_status()
        written = 0
        async for piece in answer.content.iter_chunked(_PIECE):
            written += to.write(piece)
            if written > MOST_BYTES:
                most = MOST_BYTES // _MEGABYTE
                raise UserError(_TOO_LARGE, name=name, size=f"> {most}", most=most)


def _is_slacks(url: str, api: str) -> bool:
    there, ours = urlsplit(url), urlsplit(api)
    if (there.scheme, there.netloc) == (ours.scheme, ours.netloc):
        return True
    host = there.hostname or ""
    return there.scheme == "https" and (host == "slack.com" or host.endswith(".slack.com"))
