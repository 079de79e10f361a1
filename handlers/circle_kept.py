"""The pictures of the circle that were drawn in this process, and who is drawing one just now."""

import asyncio
from collections import OrderedDict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from bot.circle_picture import Missing

KEPT = 16  # pictures of half a megabyte; a library has four at the most

Key = tuple[str, str, str]  # library, way, language


@dataclass(frozen=True)
class Kept:
    """A picture, what the register looked like then, and what it was made of."""

    stamp: str
    made_of: str
    alt: str
    png: bytes = b""  # empty until somebody wants it: Slack may have the file already


class Pictures:
    """Those looked at last."""

    def __init__(self) -> None:
        self._kept: OrderedDict[Key, Kept] = OrderedDict()
        self._drawing: dict[Key, list[asyncio.Lock]] = {}
        self._not_allowed: set[str] = set()

    def get(self, key: Key) -> Kept | None:
        """The picture, if it is kept."""
        return self._kept.get(key)

    def put(self, key: Key, kept: Kept) -> Kept:
        """Keep it, and give it back."""
        self._kept[key] = kept
        self._kept.move_to_end(key)
        if len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        return kept

    def sent(self, team: str, *, allowed: bool) -> None:
        """Whether the app was allowed to send the last one."""
        (self._not_allowed.discard if allowed else self._not_allowed.add)(team)

    def missing(self, team: str) -> Missing:
        """Why a picture that is not there is not there."""
        return Missing.NOT_ALLOWED if team in self._not_allowed else Missing.NOT_NOW

    @asynccontextmanager
    async def alone(self, key: Key) -> AsyncIterator[None]:
        """One after another, so that those who come meanwhile find it done."""
        waiting = self._drawing.setdefault(key, [])
        lock = waiting[0] if waiting else asyncio.Lock()
        waiting.append(lock)
        try:
            async with lock:
                yield
        finally:
            waiting.pop()
            if not waiting:
                self._drawing.pop(key, None)

    def drop_team(self, team: str) -> None:
        """Forget those of one library."""
        self._not_allowed.discard(team)
        for key in [key for key in self._kept if key[0] == team]:
            del self._kept[key]
