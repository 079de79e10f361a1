"""`files.*`: uploads in three steps. https://docs.slack.dev/messaging/working-with-files."""

import mimetypes
from urllib.parse import quote

from aiohttp import web

from sandbox.api.call import Call, invalid, method
from sandbox.api.lookup import postable
from sandbox.api.objects import file_json
from sandbox.api.posting import add_message, thread_of
from sandbox.engine import ENGINE, Engine
from sandbox.errors import Refused
from sandbox.ids import new_id
from sandbox.world import File, Json, Team


def add_file(
    engine: Engine, team: Team, *, user: str, name: str, content: bytes, complete: bool = True
) -> File:
    """Put a file into the workspace; without `complete` it waits for its last step."""
    file = _announced(engine, team, user, name, len(content))
    file.complete = complete
    engine.store.put(team, file.id, content)
    engine.touch(team, file)
    return file


def _announced(engine: Engine, team: Team, user: str, name: str, size: int) -> File:
    file = File(
        id=new_id("F"),
        name=name,
        user=user,
        mimetype=mimetypes.guess_type(name)[0] or "application/octet-stream",
        size=size,
        created=int(engine.clock.seconds()),
    )
    team.files[file.id] = file
    return file


@method("files.getUploadURLExternal")
def get_upload_url(call: Call) -> Json:
    """Announce a file and say where its bytes go."""
    length = call.number("length", 0)
    if length < 1:
        raise invalid("must be greater than 0: length")
    name = call.needed("filename")
    file = _announced(call.engine, call.team, call.app.bot_user, name, length)
    file.alt_txt = call.text("alt_txt")
    call.engine.touch(call.team, file)
    url = f"{call.engine.base_url}/_upload/{call.team.id}/{file.id}"
    return {"upload_url": url, "file_id": file.id}


async def receive(request: web.Request) -> web.Response:
    """Take the bytes of an announced file, raw or as a form's first file."""
    engine = request.app[ENGINE]
    team = engine.teams.get(request.match_info["team"])
    file = team.files.get(request.match_info["file"]) if team else None
    if team is None or file is None or file.complete:
        return web.Response(status=404, text="no such upload")
    with engine.activity.during("upload"):
        content = await _content(request)
        if len(content) != file.size:
            return web.Response(status=400, text=f"expected {file.size} bytes")
        engine.store.put(team, file.id, content)
        entry = {"file": file.id, "bytes": len(content)}
        engine.log.add("upload", file.name, team=team.id, request=entry, status=200)
    return web.Response(text=f"OK - {len(content)}")


async def download(request: web.Request) -> web.Response:
    """A private file, for a token that may read files; others are sent to the sign-in page."""
    engine = request.app[ENGINE]
    team = engine.teams.get(request.match_info["team"])
    file = team.files.get(request.match_info["file"]) if team else None
    token = request.headers.get("Authorization", "").removeprefix("Bearer ")
    granted = team is not None and team.app.token == token and "files:read" in team.app.scopes
    if team is None or not granted:
        raise web.HTTPFound("/?redir=" + quote(request.path, safe=""))
    content = engine.store.get(team, file.id) if file and file.complete else None
    if file is None or content is None:
        return web.Response(status=404, text="no such file")
    engine.log.add("download", file.name, team=team.id, request={"file": file.id}, status=200)
    return web.Response(body=content, content_type=file.mimetype)


async def _content(request: web.Request) -> bytes:
    if request.content_type != "multipart/form-data":
        return await request.read()
    form = await request.post()
    fields = [value for value in form.values() if isinstance(value, web.FileField)]
    return fields[0].file.read() if fields else b""


@method("files.completeUploadExternal")
def complete_upload(call: Call) -> Json:
    """Make uploaded files visible, and share them as one message when a channel is named."""
    asked = call.json("files")
    if not isinstance(asked, list) or not asked:
        raise invalid("missing required field: files")
    files = [_uploaded(call, one) for one in asked]
    channel = call.text("channel_id") or next(iter(call.listed("channels")), "")
    for file, one in zip(files, asked, strict=True):
        file.title = str(one.get("title") or file.name)
        file.complete = True
    if channel:
        _share(call, channel, files)
    call.engine.touch(call.team, *files)
    return {"files": [file_json(call.engine, call.team, file) for file in files]}


def _uploaded(call: Call, asked: object) -> File:
    file = call.team.files.get(str(asked.get("id"))) if isinstance(asked, dict) else None
    if file is None or file.complete or call.engine.store.get(call.team, file.id) is None:
        raise Refused("file_not_found")
    return file


def _share(call: Call, channel_id: str, files: list[File]) -> None:
    named = Call(call.engine, call.team, call.method, call.args | {"channel": channel_id})
    channel = postable(named)
    for file in files:
        file.channels.append(channel.id)
    add_message(
        call.engine,
        call.team,
        channel,
        user=call.app.bot_user,
        bot_id=call.app.bot_id,
        text=call.text("initial_comment"),
        thread_ts=thread_of(named, channel),
        files=[file.id for file in files],
    )


@method("files.delete")
def delete(call: Call) -> Json:
    """Take away one of the app's own files, wherever it was shared."""
    file = call.team.files.get(call.needed("file"))
    if file is None or not file.complete:
        raise Refused("file_not_found")
    if file.user != call.app.bot_user:
        raise Refused("cant_delete_file")
    del call.team.files[file.id]
    call.engine.store.drop(call.team, file.id)
    call.engine.touch(call.team, file)
    return {}


@method("files.info")
def files_info(call: Call) -> Json:
    """One file, and where it was shared."""
    file = call.team.files.get(call.needed("file"))
    if file is None or not file.complete:
        raise Refused("file_not_found")
    return {"file": file_json(call.engine, call.team, file), "comments": []}
