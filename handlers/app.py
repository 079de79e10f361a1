"""The bot put together: one Bolt app, one HTTP session, and every feature signed up at the desk."""

import logging
from collections.abc import Callable

import aiohttp
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from handlers import command, home, partner, stale, tjek, workspace
from handlers.clock import Clock
from handlers.desk import Desk
from handlers.house import House
from storage.database import Store

SLACK_TIMEOUT = 30  # seconds for one call of Slack's Web API

# What stands here is what the bot can do; `stale` takes what nobody else knows, so it is last.
FEATURES: tuple[Callable[[Desk], None], ...] = (
    command.register,
    home.register,
    partner.register,
    tjek.register,
    workspace.register,
    stale.register,
)


def web_client(api_url: str, token: str, session: aiohttp.ClientSession) -> AsyncWebClient:
    """A client for everything that posts.

    It retries nothing: the SDK's default sends again after a broken connection and so says twice
    what Slack had already taken.
    """
    return AsyncWebClient(
        token=token, base_url=api_url, timeout=SLACK_TIMEOUT, session=session, retry_handlers=[]
    )


def build(
    *, client: AsyncWebClient, signing_secret: str | None, store: Store, clock: Clock
) -> tuple[AsyncApp, House]:
    """The app with all its listeners, and the house they share."""
    if client.session is None:
        raise ValueError("The client needs the one aiohttp session of the process")
    house = House(store, clock, client.session)
    app = AsyncApp(
        client=client,
        signing_secret=signing_secret,
        raise_error_for_unhandled_request=False,
        logger=logging.getLogger("slack_bolt"),
    )
    desk = Desk(app, house)
    for register in FEATURES:
        register(desk)
    return app, house
