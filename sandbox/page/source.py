"""What the page needs from the world it shows."""

from typing import Any, Protocol


class Source(Protocol):
    """The sandbox's world as one page sees it; `team` None means the scene's first workspace."""

    def state(self, user: str, team: str | None = None) -> dict[str, Any]:
        """All that this member can see, in the shape of `GET /_sandbox/state`."""
        ...

    def members(self, team: str | None = None) -> list[dict[str, Any]]:
        """Member objects: id, name, real_name, tz, deleted, is_bot, is_restricted, is_admin."""
        ...

    def commands(self) -> list[dict[str, str]]:
        """The manifest's slash commands: command, description, usage_hint."""
        ...

    def shortcuts(self) -> list[dict[str, str]]:
        """The manifest's shortcuts: name, type ("global" or "message"), callback_id."""
        ...

    def revision(self) -> int:
        """A number that grows with every visible change."""
        ...

    async def changed(self, since: int) -> int:
        """Wait until the revision is above `since`, then return it."""
        ...
