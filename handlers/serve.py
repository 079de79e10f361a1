"""From settings to a running bot and back: open, check, connect, wait, drain, close."""

import asyncio
import gc
import logging
import signal
from collections.abc import Callable
from contextlib import AsyncExitStack
from typing import TYPE_CHECKING

import aiohttp
from slack_bolt.async_app import AsyncApp

from bot.settings import Settings, SettingsError
from handlers import access, evaluation_web
from handlers.app import build, web_client
from handlers.clock import Clock, SandboxClock
from handlers.connection import Connection, Http, Pages, Socket
from handlers.house import House
from handlers.manifest import INSTALL_PATH
from handlers.tick import Tick
from storage import migrate
from storage.database import Store, address
from storage.lock import only_bot

if TYPE_CHECKING:
    from handlers.install import Credentials

log = logging.getLogger(__name__)


async def serve(settings: Settings, ready: Callable[[], None]) -> bool:
    """Run until SIGTERM or SIGINT; True then, False when the connection was lost for good."""
    async with AsyncExitStack() as stack:
        stack.enter_context(only_bot(settings.database_url))
        await migrate.prepare(settings.database_url)
        store = await Store.open(settings.database_url)
        stack.push_async_callback(store.close)
        session = await stack.enter_async_context(aiohttp.ClientSession())
        credentials = await _credentials(settings, store)
        token = None if credentials else _token(settings)
        client = web_client(settings.slack_api_url, token, session)
        clock = _clock(settings)
        secret = settings.slack_signing_secret
        app, house = build(
            client=client,
            signing_secret=secret.get_secret_value() if secret else None,
            store=store,
            clock=clock,
            credentials=credentials,
        )
        house.public_url = settings.partnerbot_public_url or ""
        tick = Tick(house)
        tick.wake()  # busy until the first beat, which says what came due while the bot was down
        await clock.start(house.busy, house.changed)
        stack.push_async_callback(clock.stop)
        stack.push_async_callback(house.drain)
        stack.push_async_callback(tick.stop)  # nothing waits for it where the start fails
        connection = _connection(settings, app, house)
        stack.push_async_callback(connection.stop)
        await connection.start()
        if pages := _pages(settings, house):
            stack.push_async_callback(pages.stop)
            await pages.start()
        stack.push_async_callback(house.drain)
        if token is not None:
            await access.learn(house, client)
        await tick.start(alone=address(settings.database_url).file is not None)
        stack.push_async_callback(tick.stop)
        told = _told_to_stop()
        # Modules and models stay for good: looked through by each collection, they make people wait
        # a tenth of a second when a crowd comes (`bench/command.py`).
        gc.collect()
        gc.freeze()
        ready()
        return await _until(told, connection)


def _token(settings: Settings) -> str:
    if settings.slack_bot_token is None:
        raise SettingsError("SLACK_BOT_TOKEN is missing. `partnerbot init` asks for it.")
    return settings.slack_bot_token.get_secret_value()


async def _credentials(settings: Settings, store: Store) -> "Credentials | None":
    """What several libraries install the bot with; None for one workspace."""
    if not (settings.slack_client_id and settings.slack_client_secret):
        return None
    from handlers.install import Credentials  # noqa: PLC0415 - only where libraries install
    from handlers.install_store import use_newest_key  # noqa: PLC0415 - as above
    from handlers.vault import Vault  # noqa: PLC0415 - as above

    vault = Vault(settings.token_keys)
    await use_newest_key(store, vault)
    address = settings.partnerbot_public_url or ""
    log.info("Libraries install the bot at %s%s", address, INSTALL_PATH)
    if settings.slack_bot_token is not None:
        log.info("SLACK_BOT_TOKEN is not used: each library has a token of its own")
    secret = settings.slack_client_secret.get_secret_value()
    return Credentials(settings.slack_client_id, secret, address, vault)


def _clock(settings: Settings) -> Clock:
    url = settings.partnerbot_clock_url
    return SandboxClock(url) if url else Clock()


def _pages(settings: Settings, house: House) -> Pages | None:
    """What partners visit where Slack does not come over HTTP, which would bring them along."""
    if settings.slack_app_token is None or not settings.partnerbot_public_url:
        return None
    log.info("Partners reach their form on port %d", settings.partnerbot_port)
    return Pages(settings.partnerbot_port, evaluation_web.routes(house))


def _connection(settings: Settings, app: AsyncApp, house: House) -> Connection:
    if settings.slack_app_token is not None:
        log.info("Slack reaches the bot over Socket Mode")
        return Socket(app, settings.slack_app_token.get_secret_value())
    if settings.slack_signing_secret is None:
        raise SettingsError(
            "Set SLACK_APP_TOKEN (Socket Mode) or SLACK_SIGNING_SECRET (HTTP)."
            " `partnerbot init` asks for them."
        )
    log.info("Slack reaches the bot over HTTP on port %d", settings.partnerbot_port)
    secret = settings.slack_signing_secret.get_secret_value()
    return Http(app, settings.partnerbot_port, secret, evaluation_web.routes(house))


def _told_to_stop() -> asyncio.Event:
    told = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, told.set)
    return told


async def _until(told: asyncio.Event, connection: Connection) -> bool:
    waiting = asyncio.create_task(told.wait())
    lost = asyncio.create_task(connection.lost())
    try:
        await asyncio.wait({waiting, lost}, return_when=asyncio.FIRST_COMPLETED)
        return told.is_set()
    finally:
        waiting.cancel()
        lost.cancel()
