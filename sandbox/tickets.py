"""Short-lived permissions: `trigger_id`, `response_url`, OAuth codes."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sandbox.clock import Clock
from sandbox.errors import Refused
from sandbox.ids import new_name
from sandbox.world import Team

TRIGGER_SECONDS = 3.0
RESPONSE_URL_USES = 5
RESPONSE_URL_AGE = timedelta(minutes=30)
KEPT = 10_000  # used and expired tickets that can still be told apart from invented ones


@dataclass
class Trigger:
    """Whose interaction it came from; `expires` in real monotonic seconds."""

    team: str
    user: str
    expires: float
    used: bool = False


class Triggers:
    """`trigger_id`s: three real seconds, one use."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._issued: dict[str, Trigger] = {}

    def issue(self, team: Team, user: str) -> str:
        """A fresh id for an interaction of that member."""
        _forget_oldest(self._issued)
        trigger_id = f"{self._clock.stamp()}.{new_name(32)}"
        expires = self._clock.monotonic() + TRIGGER_SECONDS
        self._issued[trigger_id] = Trigger(team.id, user, expires)
        return trigger_id

    def redeem(self, team: Team, trigger_id: str) -> Trigger:
        """Use it up. Refused: `invalid_trigger_id`, `exchanged_...`, `expired_trigger_id`."""
        trigger = self._issued.get(trigger_id)
        if trigger is None or trigger.team != team.id:
            raise Refused("invalid_trigger_id")
        if trigger.used:
            raise Refused("exchanged_trigger_id")
        if trigger.expires < self._clock.monotonic():
            raise Refused("expired_trigger_id")
        trigger.used = True
        return trigger


@dataclass
class ResponseUrl:
    """Where an answer through a `response_url` goes; `message_ts` is the clicked message's."""

    team: str
    user: str
    channel: str
    thread_ts: str | None
    message_ts: str | None
    expires: datetime
    left: int = RESPONSE_URL_USES


class ResponseUrls:
    """`response_url`s: five uses within thirty minutes of the workspace's clock."""

    def __init__(self, base_url: str, clock: Clock) -> None:
        self._base_url = base_url
        self._clock = clock
        self._issued: dict[str, ResponseUrl] = {}

    def issue(
        self,
        team: Team,
        user: str,
        channel: str,
        thread_ts: str | None = None,
        message_ts: str | None = None,
    ) -> str:
        """A fresh URL for an interaction of that member in that channel."""
        _forget_oldest(self._issued)
        secret = new_name(24)
        expires = self._clock.now() + RESPONSE_URL_AGE
        self._issued[secret] = ResponseUrl(team.id, user, channel, thread_ts, message_ts, expires)
        return f"{self._base_url}/_hooks/{secret}"

    def redeem(self, secret: str) -> ResponseUrl:
        """Use it once. Refused: `invalid_url`, `expired_url`, `used_url`."""
        found = self._issued.get(secret)
        if found is None:
            raise Refused("invalid_url")
        if found.expires < self._clock.now():
            raise Refused("expired_url")
        if not found.left:
            raise Refused("used_url")
        found.left -= 1
        return found


def _forget_oldest(issued: dict[str, Any]) -> None:
    while len(issued) >= KEPT:
        del issued[next(iter(issued))]
