"""Events that were not taken are sent again: at once, after a minute, after five.

https://docs.slack.dev/apis/events-api/#retries
"""

import asyncio
import heapq
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count

from sandbox.clock import Clock
from sandbox.delivery.reply import Parcel
from sandbox.world import Team

WAITS = (0.0, 60.0, 300.0)  # seconds of the workspace's clock before each attempt after the first


@dataclass(order=True)
class _Due:
    at: float
    order: int
    team: Team = field(compare=False)
    parcel: Parcel = field(compare=False)


class Retries:
    """Attempts that wait for the workspace's clock, which may run or be moved."""

    def __init__(self, clock: Clock, start: Callable[[Team, Parcel], None]) -> None:
        self._clock = clock
        self._start = start
        self._due: list[_Due] = []
        self._order = count()
        self._timer: asyncio.TimerHandle | None = None

    def add(self, team: Team, parcel: Parcel) -> None:
        """Let this attempt start when its wait is over; `parcel.attempt` is 1, 2 or 3."""
        at = self._clock.seconds() + WAITS[parcel.attempt - 1]
        heapq.heappush(self._due, _Due(at, next(self._order), team, parcel))
        self.wake()

    def wake(self) -> None:
        """Start what is due now; to be called after the clock was moved."""
        while self._due and self._due[0].at <= self._clock.seconds():
            due = heapq.heappop(self._due)
            self._start(due.team, due.parcel)
        self._arm()

    def clear(self) -> None:
        """Forget every waiting attempt."""
        self._due.clear()
        self._arm()

    def _arm(self) -> None:
        if self._timer:
            self._timer.cancel()
            self._timer = None
        if self._due:
            wait = max(0.0, self._due[0].at - self._clock.seconds())
            self._timer = asyncio.get_running_loop().call_later(wait, self.wake)
