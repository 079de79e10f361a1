"""A running sandbox and a client that speaks to its Web API as an app does."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import aiohttp

from sandbox.clock import Clock
from sandbox.engine import Engine
from sandbox.server import Sandbox
from sandbox.world import Team

TOKEN = "xoxb-sandbox"


class Stopwatch(Clock):
    """A clock whose real time only moves when told to."""

    def __init__(self) -> None:
        super().__init__()
        self.at = 1_000.0

    def monotonic(self) -> float:
        return self.at


@dataclass
class Workspace:
    sandbox: Sandbox
    session: aiohttp.ClientSession

    @property
    def engine(self) -> Engine:
        return self.sandbox.engine

    @property
    def team(self) -> Team:
        return self.engine.team()

    async def ask(self, method: str, token: str | None = TOKEN, **args: Any) -> Any:
        """The answer's body; arguments travel as JSON."""
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        url = f"{self.sandbox.url}/api/{method}"
        async with self.session.post(url, json=args, headers=headers) as response:
            return await response.json()

    async def call(self, method: str, **args: Any) -> Any:
        """As `ask`, for what must succeed."""
        body = await self.ask(method, **args)
        assert body["ok"], body
        return body

    async def error(self, method: str, **args: Any) -> str:
        """As `ask`, for what must be refused: Slack's name for it."""
        body = await self.ask(method, **args)
        assert not body["ok"], body
        return str(body["error"])

    def trigger(self, user: str = "U01") -> str:
        """A fresh trigger_id, as an interaction of that member would carry."""
        return self.engine.triggers.issue(self.team, user)

    def forbid(self, *scopes: str) -> None:
        """Take scopes away from the app."""
        self.team.app.scopes = [s for s in self.team.app.scopes if s not in scopes]

    def logged(self, kind: str = "api") -> list[dict[str, Any]]:
        return [entry for entry in self.engine.log.since(0) if entry["kind"] == kind]


@asynccontextmanager
async def workspace(**options: Any) -> AsyncIterator[Workspace]:
    """A sandbox on a free port, without rate limits unless asked for."""
    sandbox = await Sandbox.start(**{"limits": False, **options})
    try:
        async with aiohttp.ClientSession() as session:
            yield Workspace(sandbox, session)
    finally:
        await sandbox.stop()


def plain(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text}


def modal(title: str = "Hej", **more: Any) -> dict[str, Any]:
    section = {"type": "section", "text": plain("Goddag")}
    return {"type": "modal", "title": plain(title), "blocks": [section], **more}


def form(*names: str) -> dict[str, Any]:
    """A modal with one line of text per name; block_id and action_id are the name."""
    blocks = [
        {
            "type": "input",
            "block_id": name,
            "label": plain(name),
            "element": {"type": "plain_text_input", "action_id": name},
        }
        for name in names
    ]
    return modal(blocks=blocks, submit=plain("Gem"))


def home(text: str = "Hjem") -> dict[str, Any]:
    return {"type": "home", "blocks": [{"type": "section", "text": plain(text)}]}
