"""The two ways Slack reaches the bot: Socket Mode, and HTTP on this machine behind a proxy."""

import asyncio
import logging
from typing import Protocol

from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp

log = logging.getLogger(__name__)

LOOK_SECONDS = 15.0  # between two looks at the socket
PATIENCE = 4  # looks in a row that may find it closed: a minute, then the process gives up


class Connection(Protocol):
    """Something Slack can reach."""

    async def start(self) -> None:
        """Return once Slack can reach the bot."""

    async def lost(self) -> None:
        """Return only when the connection is beyond repair and the process should end."""

    async def stop(self) -> None:
        """Take nothing more."""


class Socket:
    """Socket Mode, watched: a wedged client is noticed and ends the process, to be restarted."""

    def __init__(self, app: AsyncApp, app_token: str) -> None:
        self._handler = AsyncSocketModeHandler(app, app_token)

    async def start(self) -> None:
        """Connect."""
        await self._handler.connect_async()  # type: ignore[no-untyped-call] # Bolt leaves it bare

    async def lost(self, look: float = LOOK_SECONDS) -> None:
        """Look at the socket now and then; return when it stays closed."""
        closed = 0
        while closed < PATIENCE:
            await asyncio.sleep(look)
            closed = 0 if await self._handler.client.is_connected() else closed + 1
        log.error("Slack has been out of reach over Socket Mode for a minute")

    async def stop(self) -> None:
        """Disconnect."""
        await self._handler.close_async()  # type: ignore[no-untyped-call] # as in start()


class Http:
    """Signed HTTP: events, interactions and option look-ups on one path, and a health page."""

    def __init__(self, app: AsyncApp, port: int) -> None:
        self._app = app
        self._port = port
        self._runner: web.AppRunner | None = None

    async def start(self) -> None:
        """Listen on 127.0.0.1."""
        server = web.Application()
        server.router.add_post("/slack/events", self._take)
        server.router.add_get("/health", self._health)
        self._runner = web.AppRunner(server)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self._port).start()

    @property
    def port(self) -> int:
        """The port it listens on, for a test that let the system choose one."""
        if self._runner is None:
            raise RuntimeError("Not started")
        return int(self._runner.addresses[0][1])

    async def lost(self) -> None:
        """A listening port does not get lost."""
        await asyncio.Event().wait()

    async def stop(self) -> None:
        """Finish the requests being served and close the port."""
        if self._runner is not None:
            await self._runner.cleanup()

    async def _take(self, request: web.Request) -> web.StreamResponse:
        bolt_request = await to_bolt_request(request)
        return await to_aiohttp_response(await self._app.async_dispatch(bolt_request))

    async def _health(self, _: web.Request) -> web.Response:
        return web.json_response({"ok": True})
