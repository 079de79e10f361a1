"""`GET /_sandbox/...`: waiting for the app, and looking at what is there."""

import asyncio
from collections.abc import Awaitable, Callable

from aiohttp import web

from sandbox.control.ask import UnknownError
from sandbox.control.state import state_for
from sandbox.control.waiting import PATIENCE, settle
from sandbox.engine import ENGINE, Engine
from sandbox.errors import Refused
from sandbox.world import File, Team


async def ready(request: web.Request) -> web.Response:
    """Wait until the app is connected `connections` times; over HTTP, until its URL answers."""
    engine = request.app[ENGINE]
    connections = int(_number(request, "connections", 1))
    team = _team(engine, request)
    try:
        async with asyncio.timeout(_number(request, "timeout", PATIENCE)):
            await engine.delivery.ready(team, connections)
    except TimeoutError:
        connected = engine.delivery.connected(team)
        return web.json_response({"ok": False, "error": "not_ready", "connections": connected})
    return web.json_response({"ok": True, "connections": engine.delivery.connected(team)})


async def idle(request: web.Request) -> web.Response:
    """Wait until nothing happens any more."""
    quiet = _number(request, "quiet_ms", 200)
    timeout = _number(request, "timeout", PATIENCE)
    return web.json_response(await settle(request.app[ENGINE], quiet, timeout))


async def clock(request: web.Request) -> web.Response:
    """The time; a `follower` is answered when the clock has left revision `rev`."""
    engine = request.app[ENGINE]
    follower = request.query.get("follower")
    if follower is None:
        now = engine.clock.now().isoformat()
        return web.json_response({"now": now, "rev": engine.clock.rev})

    def gone() -> bool:
        return request.transport is None or request.transport.is_closing()

    rev, busy = int(_number(request, "rev", 0)), int(_number(request, "busy", 0))
    return web.json_response(await engine.clock.follow(follower, rev, busy, gone))


async def state(request: web.Request) -> web.Response:
    """What a member can see."""
    engine = request.app[ENGINE]
    team, user = _team(engine, request), request.query.get("user")
    if user is None:
        raise Refused("invalid_arguments", missing="user")
    if user not in team.members:
        raise UnknownError("no_such_user")
    return web.json_response(state_for(engine, team, user))


async def log(request: web.Request) -> web.Response:
    """What went over the wire after `since`."""
    entries = request.app[ENGINE].log.since(int(_number(request, "since", 0)))
    return web.json_response(entries)


async def file(request: web.Request) -> web.Response:
    """The bytes of a file."""
    engine = request.app[ENGINE]
    team, found = _file(engine, request.match_info["file"])
    content = engine.store.get(team, found.id)
    if content is None:
        raise UnknownError("no_such_file")
    # A file may hold a page: it is shown, but runs no script and is never guessed at.
    safe = {"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "sandbox"}
    return web.Response(body=content, content_type=found.mimetype, headers=safe)


LOOKS: dict[str, Callable[[web.Request], Awaitable[web.StreamResponse]]] = {
    "ready": ready,
    "idle": idle,
    "clock": clock,
    "state": state,
    "log": log,
    "files/{file}": file,
}


def _team(engine: Engine, request: web.Request) -> Team:
    team_id = request.query.get("team")
    if team_id is not None and team_id not in engine.teams:
        raise UnknownError("no_such_team")
    return engine.team(team_id)


def _file(engine: Engine, file_id: str) -> tuple[Team, File]:
    for team in engine.teams.values():
        if file_id in team.files:
            return team, team.files[file_id]
    raise UnknownError("no_such_file")


def _number(request: web.Request, name: str, default: float) -> float:
    try:
        return float(request.query.get(name, default))
    except ValueError:
        raise Refused("invalid_value", detail=name) from None
