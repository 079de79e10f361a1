"""The Web API's front door: token, scope, rate, fault, answer, log."""

import logging
from dataclasses import dataclass, field

from aiohttp import web

from sandbox.api import (
    apps,
    auth,
    blocks,
    bookmarks,
    chat,
    conversations,
    files,
    history,
    hooks,
    oauth,
    reactions,
    users,
    views,
)
from sandbox.api.call import METHODS, Call, missing_scope
from sandbox.api.decoding import Arguments, arguments
from sandbox.api.lookup import posting_channel
from sandbox.api.scopes import APP_TOKEN, SCOPES, WITHOUT_TOKEN
from sandbox.engine import ENGINE, Engine
from sandbox.errors import Refused
from sandbox.faults import Fault
from sandbox.world import Json, Team

FAMILIES = (
    apps,
    auth,
    blocks,
    bookmarks,
    chat,
    conversations,
    files,
    history,
    oauth,
    reactions,
    users,
    views,
)
_logger = logging.getLogger("sandbox.api")


@dataclass
class Answer:
    """What goes back: a JSON body, HTTP's status and headers."""

    body: Json
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)


def routes() -> list[web.RouteDef]:
    """The Web API, the places for uploads and private files, and `response_url`s."""
    return [
        web.post("/api/{method}", serve),
        web.get("/api/{method}", serve),
        web.post("/_upload/{team}/{file}", files.receive),
        web.get("/files-pri/{team}-{file}/{name}", files.download),
        web.post("/_hooks/{secret}", hooks.receive),
    ]


async def serve(request: web.Request) -> web.Response:
    """One call, from the request to the logged answer."""
    engine = request.app[ENGINE]
    name = request.match_info["method"]
    began = engine.clock.monotonic()
    with engine.activity.during(f"api {name}"):
        given = await arguments(request)
        team = engine.by_token(given.token)
        fault = engine.faults.take(name, given.args)
        refused = fault is not None and fault.refuses
        answer = _failing(fault) if fault and refused else answered(engine, team, name, given)
        if fault and fault.delay:
            await engine.faults.hold(fault)
        engine.log.add(
            "api",
            name,
            team=team.id if team else None,
            request=given.args,
            response=answer.body,
            status=answer.status,
            ms=(engine.clock.monotonic() - began) * 1000,
        )
        if fault and fault.drop_answer and request.transport:
            request.transport.abort()
        return web.json_response(answer.body, status=answer.status, headers=answer.headers)


def _failing(fault: Fault) -> Answer:
    if fault.retry_after:
        return _too_many(fault.retry_after)
    status = fault.status or 200
    return Answer({"ok": False, "error": fault.error or "internal_error"}, status)


def _too_many(seconds: int) -> Answer:
    body = {"ok": False, "error": "ratelimited"}
    return Answer(body, 429, {"Retry-After": str(seconds)})


def answered(engine: Engine, team: Team | None, name: str, given: Arguments) -> Answer:
    """The method's answer, or its refusal in Slack's words."""
    try:
        _check_request(name, given)
        whose = _authorized(engine, team, name, given.token)
        call = Call(engine, whose, name, given.args)
        wait = engine.rates.check(whose.id, name, posting_channel(call))
        if wait:
            return _too_many(wait)
        body = {"ok": True, **METHODS[name](call)}
    except Refused as refusal:
        body = {"ok": False, "error": refusal.error, **refusal.extra}
    return Answer(body, headers=_scope_headers(team, name))


def _check_request(name: str, given: Arguments) -> None:
    if given.problem:
        raise Refused(given.problem)
    if name not in METHODS:
        _logger.error("The sandbox does not know the method %s.", name)
        raise Refused("unknown_method", req_method=name)


def _scope_headers(team: Team | None, name: str) -> dict[str, str]:
    if team is None:
        return {}
    accepted = ",".join(SCOPES.get(name, ()))
    return {"X-OAuth-Scopes": ",".join(team.app.scopes), "X-Accepted-OAuth-Scopes": accepted}


def _authorized(engine: Engine, team: Team | None, name: str, token: str) -> Team:
    """The workspace that is meant; Refused for a token that may not do this."""
    if name in WITHOUT_TOKEN:
        return team or engine.team()
    if not token:
        raise Refused("not_authed")
    is_app_level = token == apps.APP_LEVEL_TOKEN
    if is_app_level != (name in APP_TOKEN) and (is_app_level or team):
        raise Refused("not_allowed_token_type")
    if is_app_level:
        return engine.team()
    if team is None:
        raise Refused("invalid_auth")
    _check_installed(team)
    needed = SCOPES[name]
    if needed and not set(needed) & set(team.app.scopes):
        raise missing_scope(team.app, ",".join(needed))
    return team


def _check_installed(team: Team) -> None:
    if not team.app.installed:
        raise Refused("account_inactive")
    if team.app.revoked:
        raise Refused("token_revoked")
