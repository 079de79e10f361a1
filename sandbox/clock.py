"""Two clocks: the workspace's, which can be set, and the real one, which cannot."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sandbox.errors import Refused

POLL = 20.0  # seconds a follower's question may stay open
BUSY_POLL = 0.1  # a busy follower is asked again soon, so that its count stays true
HUNG_UP = 0.5  # seconds in which a follower that hung up asks anew, because its count changed
FORGOTTEN = 10.0  # a follower that has not asked for so long is gone, as after `kill -9`


@dataclass
class Follower:
    """What a follower of the clock said last; `asking` counts its open questions."""

    rev: int
    busy: int
    heard: float
    asking: int = 0


def _not_gone() -> bool:
    return False


class Clock:
    """The workspace's time is real time plus `shift` seconds; `keep` is told of every new shift."""

    def __init__(self, shift: float = 0.0, keep: Callable[[float], None] | None = None) -> None:
        self._wall = time.time()
        self._mono = time.monotonic()
        self._shift = shift
        self._keep = keep
        self._stamp = 0
        self._moved = asyncio.Event()
        self._followers: dict[str, Follower] = {}
        self._heard = asyncio.Event()
        self._closed = False
        self.rev = 1

    def monotonic(self) -> float:
        """Real seconds that only ever grow."""
        return time.monotonic()

    def real(self) -> datetime:
        """Real time, whatever the workspace's clock says."""
        return datetime.now(UTC)

    def seconds(self) -> float:
        """The workspace's time as Unix seconds."""
        return self._wall + (time.monotonic() - self._mono) + self._shift

    def now(self) -> datetime:
        """The workspace's time."""
        return datetime.fromtimestamp(self.seconds(), UTC)

    def stamp(self) -> str:
        """A message's `ts`: the workspace's time, never the same twice, always growing."""
        self._stamp = max(self._stamp + 1, int(self.seconds() * 1_000_000))
        return f"{self._stamp // 1_000_000}.{self._stamp % 1_000_000:06d}"

    def after(self, ts: str) -> None:
        """Let every further stamp be later than `ts`, which was given out before a restart."""
        self._stamp = max(self._stamp, int(ts.replace(".", "")))

    def begin(self, at: datetime) -> None:
        """Set the workspace's clock before anybody has read it: backwards, too."""
        self._move(self._shift + at.timestamp() - self.seconds())

    def set(self, at: datetime) -> None:
        """Move the workspace's clock; it runs on from there. Refused: `clock_backwards`."""
        self.advance(at.timestamp() - self.seconds())

    def advance(self, seconds: float) -> None:
        """Move the workspace's clock forward. Refused: `clock_backwards`."""
        if seconds < 0:
            raise Refused("clock_backwards")
        self._move(self._shift + seconds)

    def reset(self) -> None:
        """Back to real time: the one way backwards."""
        self._stamp = 0
        self._move(0.0)

    def _move(self, shift: float) -> None:
        self._shift = shift
        if self._keep:
            self._keep(shift)
        self.rev += 1
        self._stir()

    def _stir(self) -> None:
        self._moved.set()
        self._moved = asyncio.Event()

    def close(self) -> None:
        """Let everybody who waits here go: the sandbox stops."""
        self._closed = True
        self._stir()

    async def until(self, at: datetime) -> None:
        """Wait until the workspace's clock has reached `at`, by running or by being set."""
        while (left := at.timestamp() - self.seconds()) > 0:
            await self._wait(left)

    async def _wait(self, seconds: float) -> None:
        """Wait that many real seconds, or until the clock is moved."""
        try:
            await asyncio.wait_for(self._moved.wait(), seconds)
        except TimeoutError:
            return

    async def follow(
        self,
        follower: str,
        rev: int,
        busy: int,
        gone: Callable[[], bool] = _not_gone,
    ) -> dict[str, Any]:
        """Hear a follower and answer `{now, rev, shift}` once the clock stands at another revision.

        `shift`, in seconds, is another one only where the clock was wound meanwhile. `gone` tells
        whether the asker hung up; it is no follower then, unless it soon asks anew.
        """
        known = self._followers.setdefault(follower, Follower(rev, busy, self.monotonic()))
        known.rev, known.busy, known.heard = rev, busy, self.monotonic()
        known.asking += 1
        self._heard.set()
        self._heard = asyncio.Event()
        ends = self.monotonic() + (BUSY_POLL if busy else POLL)
        try:
            while rev == self.rev and (left := ends - self.monotonic()) > 0:
                if gone() or self._closed:
                    break
                await self._wait(min(left, 0.2))
        finally:
            known.asking -= 1
            known.heard = self.monotonic()
        if gone():
            known.heard -= FORGOTTEN - HUNG_UP
        return {"now": self.now().isoformat(), "rev": self.rev, "shift": self._shift}

    async def heard(self, seconds: float) -> None:
        """Wait until a follower says something, or that many real seconds."""
        try:
            async with asyncio.timeout(seconds):
                await self._heard.wait()
        except TimeoutError:
            return

    def followers(self) -> dict[str, Follower]:
        """Those that follow the clock now."""
        oldest = self.monotonic() - FORGOTTEN
        self._followers = {k: f for k, f in self._followers.items() if f.asking or f.heard > oldest}
        return self._followers

    def behind(self) -> list[str]:
        """Followers that have not finished all that is due at this revision."""
        return [k for k, f in self.followers().items() if f.busy or f.rev != self.rev]
