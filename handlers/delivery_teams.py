"""For which libraries the bot speaks of its own accord, and with which client."""

import logging
import time
from collections.abc import Awaitable, Callable, Sequence

from aiohttp import ClientError
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from storage import workspace_installation
from storage.database import Store

log = logging.getLogger(__name__)

ASK_AGAIN_SECONDS = 5.0  # after Slack did not say whose token it is

Authorize = Callable[..., Awaitable[AuthorizeResult | None]]


class Teams:
    """No library at all."""

    async def all(self) -> Sequence[str]:
        """The libraries there are now."""
        return ()

    async def client(self, _team: str) -> AsyncWebClient | None:
        """The client that speaks for a library; None where the bot is not installed any more."""
        return None


class OneTeam(Teams):
    """The library whose token is in the settings. Only Slack knows which it is."""

    def __init__(self, client: AsyncWebClient) -> None:
        self._client = client
        self._team: str | None = None
        self._ask_at = 0.0

    async def all(self) -> Sequence[str]:
        """The one, once Slack has said which."""
        if self._team is None and time.monotonic() >= self._ask_at:
            self._team = await self._asked()
        return () if self._team is None else (self._team,)

    async def client(self, team: str) -> AsyncWebClient | None:
        """The client with the token of the settings."""
        return self._client if team in await self.all() else None

    async def _asked(self) -> str | None:
        self._ask_at = time.monotonic() + ASK_AGAIN_SECONDS
        try:
            return str((await self._client.auth_test())["team_id"])
        except (SlackApiError, ClientError, TimeoutError) as error:
            log.warning("Slack does not say whose token it is: %s", type(error).__name__)
            return None


class ManyTeams(Teams):
    """The libraries that have installed the bot, each with a token of its own."""

    def __init__(self, store: Store, tokenless: AsyncWebClient, authorize: Authorize) -> None:
        self._store = store
        self._tokenless = tokenless
        self._authorize = authorize

    async def all(self) -> Sequence[str]:
        """Those in the database now."""
        return await self._store.read(workspace_installation.teams)

    async def client(self, team: str) -> AsyncWebClient | None:
        """One with the library's own token."""
        found = await self._authorize(team_id=team)
        if found is None or found.bot_token is None:
            return None
        like = self._tokenless
        return AsyncWebClient(
            token=found.bot_token,
            base_url=like.base_url,
            timeout=like.timeout,
            session=like.session,
            retry_handlers=[],
        )
