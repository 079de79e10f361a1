"""The world as the web page asks for it."""

from sandbox.control.state import state_for
from sandbox.engine import Engine
from sandbox.world import Json


class EngineSource:
    """`sandbox.page.Source` on a running engine."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def state(self, user: str, team: str | None = None) -> Json:
        """All that this member can see."""
        return state_for(self._engine, self._engine.team(team), user)

    def members(self, team: str | None = None) -> list[Json]:
        """Everybody in the workspace, the app's bot included."""
        return [vars(member) for member in self._engine.team(team).members.values()]

    def commands(self) -> list[dict[str, str]]:
        """The manifest's slash commands."""
        return self._engine.manifest.commands

    def shortcuts(self) -> list[dict[str, str]]:
        """The manifest's shortcuts."""
        return self._engine.manifest.shortcuts

    def revision(self) -> int:
        """A number that grows with every visible change."""
        return self._engine.revision()

    async def changed(self, since: int) -> int:
        """Wait until the revision is above `since`."""
        return await self._engine.changed(since)
