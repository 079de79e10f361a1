"""The one object that holds a running sandbox together; every part takes it first."""

import asyncio
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aiohttp import web

from sandbox.world import Team

if TYPE_CHECKING:
    from sandbox.api.oauth import Grant
    from sandbox.clock import Clock
    from sandbox.delivery import Delivery
    from sandbox.faults import Faults
    from sandbox.idle import Activity
    from sandbox.log import Log
    from sandbox.manifest import Manifest
    from sandbox.rates import Rates
    from sandbox.store import Store
    from sandbox.tickets import ResponseUrls, Triggers


@dataclass
class Engine:
    """State and parts of one sandbox. `base_url` has no slash at its end."""

    base_url: str
    manifest: "Manifest"
    clock: "Clock"
    store: "Store"
    log: "Log"
    faults: "Faults"
    rates: "Rates"
    triggers: "Triggers"
    response_urls: "ResponseUrls"
    activity: "Activity"
    delivery: "Delivery"
    scene: str
    data: Path | None = None
    teams: dict[str, Team] = field(default_factory=dict)
    grants: "dict[str, Grant]" = field(default_factory=dict)  # OAuth codes that wait for exchange
    _revision: int = 0
    _changed: asyncio.Event = field(default_factory=asyncio.Event)

    def team(self, team_id: str | None = None) -> Team:
        """That workspace, or the scene's first; KeyError for one that does not exist."""
        return self.teams[team_id] if team_id else next(iter(self.teams.values()))

    def by_token(self, token: str) -> Team | None:
        """The workspace a bot token belongs to."""
        return next((t for t in self.teams.values() if t.app.token == token), None)

    def touch(self, team: Team, *records: Any) -> None:  # noqa: ANN401 - any record of sandbox.world
        """Say that these records changed: they are kept on disk, and whoever looks is told."""
        self.store.keep(team, records)
        self._revision += 1
        self._changed.set()
        self._changed = asyncio.Event()

    def revision(self) -> int:
        """A number that grows with every change."""
        return self._revision

    async def changed(self, since: int) -> int:
        """Wait until something changed after revision `since`."""
        while self._revision <= since:
            await self._changed.wait()
        return self._revision


ENGINE: web.AppKey[Engine] = web.AppKey("engine", Engine)
