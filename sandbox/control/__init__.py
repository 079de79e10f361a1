"""The control API: what people and tools do to the sandbox. JSON in, JSON out."""

import json
from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from aiohttp import web

from sandbox.control import command, installation, people, rooms, stage, submit, walking
from sandbox.control.ask import Ask, Done, UnknownError
from sandbox.control.click import click
from sandbox.control.looking import LOOKS
from sandbox.control.suggest import suggest
from sandbox.control.waiting import settle
from sandbox.engine import ENGINE, Engine
from sandbox.errors import Refused
from sandbox.scene import open_team
from sandbox.world import Json, Team

Act = Callable[[Ask], Awaitable[Done]]

ACTS: dict[str, Act] = {
    "slash": command.slash,
    "message": command.message,
    "click": click,
    "suggest": suggest,
    "submit": submit.submit,
    "close": submit.close,
    "shortcut": command.shortcut,
    "home": command.home,
    "clock": walking.walk,
    "faults": stage.faults,
    "members": people.members,
    "channels": rooms.channels,
    "app": installation.app,
    "install": installation.install,
    "socket": stage.socket,
    "upload": stage.upload,
    "reset": stage.reset,
}
_LOCAL = ("127.0.0.1", "localhost", "::1")
_WAITS = ("idle", "ack")


def routes() -> list[web.RouteDef]:
    """`/_sandbox/...`; the application must carry the engine under ENGINE."""
    acts = [web.post(f"/_sandbox/{name}", _served(name, act)) for name, act in ACTS.items()]
    looks = [web.get(f"/_sandbox/{path}", _guarded(look)) for path, look in LOOKS.items()]
    return [*acts, *looks, web.route("*", "/_sandbox/{call:.*}", _guarded(_unknown))]


async def _unknown(request: web.Request) -> web.StreamResponse:
    raise UnknownError("no_such_call", call=request.match_info["call"])


_Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def _guarded(handler: _Handler) -> _Handler:
    """Only this machine, and no page of another site that runs in a browser here."""

    async def answer(request: web.Request) -> web.StreamResponse:
        origin = request.headers.get("Origin")
        if not _is_local(f"//{request.host}") or not (origin is None or _is_local(origin)):
            return web.json_response({"ok": False, "error": "forbidden_origin"}, status=403)
        try:
            return await handler(request)
        except Refused as refusal:
            body, status = _refused(refusal)
            return web.json_response(body, status=status)

    return answer


def _is_local(address: str) -> bool:
    try:
        return urlsplit(address).hostname in _LOCAL
    except ValueError:
        return False


def _served(name: str, act: Act) -> _Handler:
    async def serve(request: web.Request) -> web.StreamResponse:
        engine = request.app[ENGINE]
        began = engine.clock.monotonic()
        body = await _body(request)
        team = _team(engine, name, body.get("team"))
        answer, status = await _done(Ask(engine, team, body), act)
        shown = {key: value for key, value in body.items() if key != "content_base64"}
        ms = (engine.clock.monotonic() - began) * 1000
        engine.log.add(
            "control", name, team=team.id, request=shown, response=answer, status=status, ms=ms
        )
        return web.json_response(answer, status=status)

    return _guarded(serve)


async def _done(ask: Ask, act: Act) -> tuple[Json, int]:
    try:
        wait = _wait(ask.body)
        before = ask.engine.activity.pulse
        done = await act(ask)
        answer: Json = {"ok": done.ok, "ack": _ack(done), **done.more}
        if wait == "idle" and not done.waited:
            # A call that reached nobody has nothing to wait for but what was under way anyhow.
            reached_nobody = ask.engine.activity.pulse == before
            told = await settle(ask.engine, 0 if reached_nobody else None)
            answer |= {} if told["idle"] else told
        return answer | (done.after() if done.after else {}), 200
    except Refused as refusal:
        return _refused(refusal)


def _refused(refusal: Refused) -> tuple[Json, int]:
    status = 404 if isinstance(refusal, UnknownError) else 400
    return {"ok": False, "error": refusal.error, **refusal.extra}, status


def _wait(body: Json) -> str:
    wait = body.get("wait", "idle")
    if wait not in _WAITS:
        raise Refused("invalid_value", detail="wait")
    return str(wait)


def _ack(done: Done) -> Json | None:
    if done.ack is None or not done.ack.ok:
        return None
    return {"ms": done.ack.ms, "body": done.ack.body}


async def _body(request: web.Request) -> Json:
    try:
        body = json.loads(await request.read() or b"{}")
    except ValueError:
        raise Refused("invalid_json") from None
    if not isinstance(body, dict):
        raise Refused("json_not_object")
    return body


def _team(engine: Engine, name: str, team_id: object) -> Team:
    if team_id is None:
        return engine.team()
    if isinstance(team_id, str) and team_id in engine.teams:
        return engine.teams[team_id]
    if isinstance(team_id, str) and name == "install":
        return open_team(engine, team_id)
    raise UnknownError("no_such_team")
