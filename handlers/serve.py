"""From settings to a running bot and back: open, check, connect, wait, drain, close."""

import asyncio
import logging
import signal
from collections.abc import Callable
from contextlib import AsyncExitStack

import aiohttp
from slack_bolt.async_app import AsyncApp

from bot.settings import Settings, SettingsError
from handlers.app import build, web_client
from handlers.clock import Clock, SandboxClock
from handlers.connection import Connection, Http, Socket
from storage import migrate
from storage.database import Store
from storage.lock import only_bot

log = logging.getLogger(__name__)


async def serve(settings: Settings, ready: Callable[[], None]) -> bool:
    """Run until SIGTERM or SIGINT; True then, False when the connection was lost for good."""
    async with AsyncExitStack() as stack:
        stack.enter_context(only_bot(settings.database_url))
        await migrate.prepare(settings.database_url)
        store = await Store.open(settings.database_url)
        stack.push_async_callback(store.close)
        session = await stack.enter_async_context(aiohttp.ClientSession(trust_env=True))
        client = web_client(settings.slack_api_url, _token(settings), session)
        clock = _clock(settings)
        secret = settings.slack_signing_secret
        app, house = build(
            client=client,
            signing_secret=secret.get_secret_value() if secret else None,
            store=store,
            clock=clock,
        )
        await clock.start(house.busy, house.changed)
        stack.push_async_callback(clock.stop)
        stack.push_async_callback(house.drain)
        connection = _connection(settings, app)
        await connection.start()
        stack.push_async_callback(connection.stop)
        stack.push_async_callback(house.drain)
        ready()
        return await _until_told(connection)


def _token(settings: Settings) -> str:
    if settings.slack_bot_token is None:
        raise SettingsError("SLACK_BOT_TOKEN is missing. `partnerbot init` asks for it.")
    return settings.slack_bot_token.get_secret_value()


def _clock(settings: Settings) -> Clock:
    url = settings.partnerbot_clock_url
    return SandboxClock(url) if url else Clock()


def _connection(settings: Settings, app: AsyncApp) -> Connection:
    if settings.slack_app_token is not None:
        log.info("Slack reaches the bot over Socket Mode")
        return Socket(app, settings.slack_app_token.get_secret_value())
    if settings.slack_signing_secret is None:
        raise SettingsError(
            "Set SLACK_APP_TOKEN (Socket Mode) or SLACK_SIGNING_SECRET (HTTP)."
            " `partnerbot init` asks for them."
        )
    log.info("Slack reaches the bot over HTTP on port %d", settings.partnerbot_port)
    return Http(app, settings.partnerbot_port)


async def _until_told(connection: Connection) -> bool:
    told = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, told.set)
    waiting = asyncio.create_task(told.wait())
    lost = asyncio.create_task(connection.lost())
    try:
        await asyncio.wait({waiting, lost}, return_when=asyncio.FIRST_COMPLETED)
        return told.is_set()
    finally:
        waiting.cancel()
        lost.cancel()
