"""What is under way in the sandbox, and waiting until nothing is."""

import asyncio
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


class Activity:
    """Web API calls being served, envelopes and events unanswered; time here is never moved."""

    def __init__(self) -> None:
        self._open: dict[int, str] = {}
        self._started = 0
        self._last = time.monotonic()
        self._changed = asyncio.Event()

    @property
    def pulse(self) -> int:
        """How many things have begun so far: equal twice means that nothing new began."""
        return self._started

    def begin(self, what: str) -> int:
        """Note that something is under way; give the token to `end` when it is over."""
        self._started += 1
        self._open[self._started] = what
        self._stir()
        return self._started

    def end(self, token: int) -> None:
        """That is over. A token may be ended twice."""
        if self._open.pop(token, None) is not None:
            self._stir()

    @contextmanager
    def during(self, what: str) -> Iterator[None]:
        """`begin` and `end` around a block."""
        token = self.begin(what)
        try:
            yield
        finally:
            self.end(token)

    def waiting_for(self) -> list[str]:
        """What is under way now, oldest first."""
        return list(self._open.values())

    async def idle(self, quiet_ms: float, timeout: float) -> dict[str, Any]:  # noqa: ASYNC109 - the answer says what was waited for
        # ASYNC109 - running out of time is an answer here, not an exception
        """Wait until nothing is under way and nothing stirred for `quiet_ms`; seconds at most."""
        deadline = time.monotonic() + timeout
        while True:
            now = time.monotonic()
            waiting = self.waiting_for()
            quiet_at = self._last + quiet_ms / 1000
            if not waiting and now >= quiet_at:
                return {"idle": True, "waiting_for": []}
            if now >= deadline:
                return {"idle": False, "waiting_for": waiting or ["silence"]}
            await self._stirred(min(deadline, deadline if waiting else quiet_at) - now)

    async def _stirred(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                await self._changed.wait()
        except TimeoutError:
            return

    def _stir(self) -> None:
        self._last = time.monotonic()
        self._changed.set()
        self._changed = asyncio.Event()
