"""Slack's rate limits, in real time, per workspace.

https://docs.slack.dev/apis/web-api/rate-limits names four tiers per method (calls a minute), one
message a second and channel with short bursts, and "several hundred messages a minute" for a
workspace. Where it gives no figure (bursts, that sum), ours stand below.
"""

import math
from collections import deque
from dataclasses import dataclass

from sandbox.clock import Clock

TIER_1, TIER_2, TIER_3, TIER_4 = 1, 20, 50, 100  # calls a minute
WINDOW = 60.0

TIERS = {
    "apps.connections.open": TIER_3,
    "apps.uninstall": TIER_1,
    "auth.revoke": TIER_3,
    "auth.test": 600,  # "special": hundreds a minute
    "blocks.validate": TIER_4,
    "bookmarks.add": TIER_2,
    "bookmarks.edit": TIER_2,
    "bookmarks.list": TIER_3,
    "bookmarks.remove": TIER_2,
    "chat.delete": TIER_3,
    "chat.getPermalink": 600,  # "special", as auth.test
    "chat.postEphemeral": TIER_4,
    "chat.update": TIER_3,
    "conversations.history": TIER_3,
    "conversations.info": TIER_3,
    "conversations.list": TIER_2,
    "conversations.members": TIER_4,
    "conversations.open": TIER_3,
    "conversations.replies": TIER_3,
    "files.completeUploadExternal": TIER_4,
    "files.delete": TIER_3,
    "files.getUploadURLExternal": TIER_4,
    "files.info": TIER_4,
    "oauth.v2.access": TIER_4,
    "reactions.add": TIER_3,
    "reactions.get": TIER_3,
    "reactions.remove": TIER_2,
    "team.info": TIER_3,
    "users.info": TIER_4,
    "users.list": TIER_2,
    "views.open": TIER_4,
    "views.publish": TIER_4,
    "views.push": TIER_4,
    "views.update": TIER_4,
}

POSTING = frozenset({"chat.postMessage"})
CHANNEL_RATE, CHANNEL_BURST = 1.0, 3  # messages a second; at once after a pause
TEAM_RATE, TEAM_BURST = 5.0, 50  # 300 a minute is the least that "several hundred" can mean


@dataclass
class Bucket:
    """Tokens that refill with time: `rate` a second, up to `burst`."""

    rate: float
    burst: int
    level: float
    at: float

    def wait(self, now: float) -> float:
        """Seconds until the next one is allowed; 0 when it is now."""
        self.level = min(self.burst, self.level + (now - self.at) * self.rate)
        self.at = now
        return 0.0 if self.level >= 1 else (1 - self.level) / self.rate

    def take(self) -> None:
        """Use one up."""
        self.level -= 1


class Rates:
    """Counts calls; with `limits` false it lets everything through."""

    def __init__(self, clock: Clock, *, limits: bool = True) -> None:
        self._clock = clock
        self.limits = limits
        self._calls: dict[tuple[str, str], deque[float]] = {}
        self._buckets: dict[tuple[str, ...], Bucket] = {}

    def clear(self) -> None:
        """Forget what was called so far."""
        self._calls.clear()
        self._buckets.clear()

    def check(self, team: str, method: str, channel: str = "") -> int | None:
        """Count the call; or, when it is one too many, the seconds for `Retry-After`."""
        if not self.limits:
            return None
        if method in POSTING:
            return self._posting(team, channel)
        return self._calling(team, method)

    def _posting(self, team: str, channel: str) -> int | None:
        now = self._clock.monotonic()
        per_channel = self._bucket((team, channel), CHANNEL_RATE, CHANNEL_BURST, now)
        per_team = self._bucket((team,), TEAM_RATE, TEAM_BURST, now)
        wait = max(per_channel.wait(now), per_team.wait(now))
        if wait > 0:
            return math.ceil(wait)
        per_channel.take()
        per_team.take()
        return None

    def _bucket(self, key: tuple[str, ...], rate: float, burst: int, now: float) -> Bucket:
        return self._buckets.setdefault(key, Bucket(rate, burst, burst, now))

    def _calling(self, team: str, method: str) -> int | None:
        tier = TIERS.get(method)
        if tier is None:
            return None
        now = self._clock.monotonic()
        calls = self._calls.setdefault((team, method), deque())
        while calls and calls[0] <= now - WINDOW:
            calls.popleft()
        if len(calls) >= tier:
            return max(1, math.ceil(calls[0] + WINDOW - now))
        calls.append(now)
        return None
