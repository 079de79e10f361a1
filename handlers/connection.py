"""The two ways Slack reaches the bot: Socket Mode, and HTTP on this machine behind a proxy."""

import asyncio
import logging
from collections.abc import Iterable, Mapping
from http import HTTPStatus
from typing import Protocol

import aiohttp
from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.signature import SignatureVerifier
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest

from bot.settings import SettingsError

log = logging.getLogger(__name__)

PING_SECONDS = 3.0  # a socket that broke without a word is replaced after so long; Bolt waits ten
LOOK_SECONDS = 15.0  # between two looks at the socket
GOODBYE_SECONDS = 3.0  # for answers on their way when the bot stops; then Slack stops listening
PATIENCE = 4  # looks in a row that may find it closed: a minute, then the process gives up

# What Slack says of an app-level token that will not do tomorrow, either.
REFUSALS = {
    "account_inactive",
    "invalid_auth",
    "missing_scope",
    "not_allowed_token_type",
    "not_authed",
    "token_revoked",
}
NOT_TAKEN = "Slack does not take SLACK_APP_TOKEN ({error}). `partnerbot check` says what to do."
TAKEN = "Port {port} on 127.0.0.1 cannot be used ({error}). Set another one: PARTNERBOT_PORT."


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
        self._handler = AsyncSocketModeHandler(app, app_token, ping_interval=PING_SECONDS)
        self._handler.client.socket_mode_request_listeners[:] = [self._take]
        self._answers: set[asyncio.Task[None]] = set()

    async def start(self) -> None:
        """Connect; SettingsError where Slack does not take the token, else it tries for ever."""
        client = self._handler.client
        try:
            client.wss_uri = await client.issue_new_wss_url()
        except SlackApiError as error:
            if error.response["error"] in REFUSALS:
                raise SettingsError(NOT_TAKEN.format(error=error.response["error"])) from error
        except (aiohttp.ClientError, TimeoutError) as error:
            log.warning("Slack does not answer yet: %s", error)
        await self._handler.connect_async()  # type: ignore[no-untyped-call] # Bolt leaves it bare

    async def lost(self, look: float = LOOK_SECONDS) -> None:
        """Look at the socket now and then; return when it stays closed."""
        closed = 0
        while closed < PATIENCE:
            await asyncio.sleep(look)
            closed = 0 if await self._handler.client.is_connected() else closed + 1
        log.error("Slack has been out of reach over Socket Mode for a minute")

    async def stop(self) -> None:
        """Disconnect, after the answers that are on their way."""
        if self._answers:
            await asyncio.wait(self._answers, timeout=GOODBYE_SECONDS)
        await self._handler.close_async()  # type: ignore[no-untyped-call] # as in start()

    async def _take(self, _: AsyncBaseSocketModeClient, request: SocketModeRequest) -> None:
        """Bolt sends the answer a moment after the handler is done with it."""
        answer = asyncio.create_task(self._handler.handle(self._handler.client, request))
        self._answers.add(answer)
        answer.add_done_callback(self._answers.discard)
        await answer


class Http:
    """Signed HTTP: events, interactions and option look-ups on one path, and a health page.

    Where libraries install the bot, also the addresses they do it at; and the `pages` for browsers.
    """

    def __init__(
        self, app: AsyncApp, port: int, signing_secret: str, pages: Iterable[web.RouteDef] = ()
    ) -> None:
        self._app = app
        self._port = port
        self._pages = pages
        self._verifier = SignatureVerifier(signing_secret)
        self._runner: web.AppRunner | None = None

    async def start(self) -> None:
        """Listen on 127.0.0.1."""
        server = web.Application()
        server.router.add_post("/slack/events", self._take)
        server.router.add_get("/health", self._health)
        if self._app.oauth_flow is not None:
            from handlers import install  # noqa: PLC0415 - only where libraries install

            server.add_routes(install.routes(self._app.oauth_flow))
        server.add_routes(self._pages)
        self._runner = await _listening(server, self._port)

    @property
    def port(self) -> int:
        """The port it listens on, for a test that let the system choose one."""
        return _port_of(self._runner)

    async def lost(self) -> None:
        """A listening port does not get lost."""
        await asyncio.Event().wait()

    async def stop(self) -> None:
        """Finish the requests being served and close the port."""
        if self._runner is not None:
            await self._runner.cleanup()

    async def _take(self, request: web.Request) -> web.StreamResponse:
        if not self._is_slacks(request.headers, await request.read()):
            return web.Response(status=HTTPStatus.UNAUTHORIZED)
        bolt_request = await to_bolt_request(request)
        return await to_aiohttp_response(await self._app.async_dispatch(bolt_request))

    def _is_slacks(self, headers: Mapping[str, str], body: bytes) -> bool:
        """Bolt looks at the signature, too, but only after it has read what a stranger wrote."""
        try:
            return self._verifier.is_valid_request(body, dict(headers))
        except (TypeError, ValueError):  # no number where the time stands, or no ASCII
            return False

    async def _health(self, _: web.Request) -> web.Response:
        return web.json_response({"ok": True})


class Pages:
    """What browsers visit where Slack itself comes over Socket Mode."""

    def __init__(self, port: int, pages: Iterable[web.RouteDef]) -> None:
        self._port = port
        self._pages = pages
        self._runner: web.AppRunner | None = None

    async def start(self) -> None:
        """Listen on 127.0.0.1."""
        server = web.Application()
        server.add_routes(self._pages)
        self._runner = await _listening(server, self._port)

    @property
    def port(self) -> int:
        """As Http.port."""
        return _port_of(self._runner)

    async def stop(self) -> None:
        """As Http.stop()."""
        if self._runner is not None:
            await self._runner.cleanup()


async def _listening(server: web.Application, port: int) -> web.AppRunner:
    """Start it; its addresses hold codes and tokens, which no log should."""
    runner = web.AppRunner(server, access_log=None)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", port).start()
    except OSError as error:
        await runner.cleanup()
        raise SettingsError(TAKEN.format(port=port, error=error.strerror)) from error
    return runner


def _port_of(runner: web.AppRunner | None) -> int:
    if runner is None:
        raise RuntimeError("Not started")
    return int(runner.addresses[0][1])
