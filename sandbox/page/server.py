"""The page over HTTP: the shell, the part that changes, the news, and the static files."""

import asyncio
from contextlib import suppress
from pathlib import Path
from typing import Final

from aiohttp import web

from sandbox.page.drawing import Drawing, environment
from sandbox.page.screen import Place, Screen, hue, initials, kilobytes, member_note
from sandbox.page.source import Source
from sandbox.page.viewer import viewer_of

_STATIC: Final = Path(__file__).parent / "static"
# A client that has gone is noticed when the next line is written to it.
_HEARTBEAT_SECONDS: Final = 15
_HEADERS: Final = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
        "img-src 'self' data: http: https:; base-uri 'none'; form-action 'none'; "
        "frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


def routes(source: Source) -> list[web.RouteDef]:
    """The page's routes, for an application that also serves the control API."""
    page = _Page(source)
    return [
        web.get("/", page.shell),
        web.get("/_page/view", page.view),
        web.get("/_page/events", page.events),
        web.get("/_page/static/{name}", page.asset),
    ]


class _Page:
    def __init__(self, source: Source) -> None:
        self._source = source
        self._templates = environment()
        self._templates.globals.update(
            initials=initials, hue=hue, member_note=member_note, kilobytes=kilobytes
        )
        self._assets = frozenset(path.name for path in _STATIC.iterdir())

    async def shell(self, request: web.Request) -> web.Response:
        """`GET /`: the whole page."""
        return self._html("shell.html", request)

    async def view(self, request: web.Request) -> web.Response:
        """`GET /_page/view`: what is inside the shell, for the same query."""
        return self._html("app.html", request)

    async def events(self, request: web.Request) -> web.StreamResponse:
        """`GET /_page/events`: the revision, now and whenever it grows, as server-sent events."""
        headers = {"Content-Type": "text/event-stream", "Cache-Control": "no-store"}
        response = web.StreamResponse(headers=headers)
        await response.prepare(request)
        revision = self._source.revision()
        with suppress(ConnectionResetError):
            while True:
                await response.write(f"data: {revision}\n\n".encode())
                with suppress(TimeoutError):
                    news = self._source.changed(revision)
                    revision = await asyncio.wait_for(news, _HEARTBEAT_SECONDS)
        return response

    async def asset(self, request: web.Request) -> web.FileResponse:
        """`GET /_page/static/NAME`: a script or a style sheet."""
        name = request.match_info["name"]
        if name not in self._assets:
            raise web.HTTPNotFound
        return web.FileResponse(_STATIC / name, headers={"Cache-Control": "no-cache"})

    def _html(self, template: str, request: web.Request) -> web.Response:
        screen = self._screen(request)
        draw = Drawing(self._templates, screen.viewer)
        html = draw.fill(template, screen=screen)
        return web.Response(text=html, content_type="text/html", headers=_HEADERS)

    def _screen(self, request: web.Request) -> Screen:
        query = request.query
        team = query.get("team", "")
        revision = self._source.revision()
        members = self._members(team)
        user = _known_user(query.get("user", ""), members)
        state = self._source.state(user, team or None)
        return Screen(
            place=Place(user, team, query.get("channel", ""), query.get("thread", "")),
            viewer=viewer_of(user, state, members),
            state=state,
            members=members,
            commands=self._source.commands(),
            shortcuts=self._source.shortcuts(),
            revision=revision,
        )

    def _members(self, team: str) -> list[dict[str, object]]:
        try:
            return self._source.members(team or None)
        except LookupError:
            raise web.HTTPNotFound(text="Det arbejdsrum findes ikke.") from None


def _known_user(wanted: str, members: list[dict[str, object]]) -> str:
    ids = [str(one.get("id")) for one in members if not one.get("is_bot")]
    if wanted in ids:
        return wanted
    here = (
        str(one.get("id")) for one in members if not one.get("is_bot") and not one.get("deleted")
    )
    return next(here, "")
