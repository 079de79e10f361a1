"""What to do about a message of which nobody knows whether it was said.

Slack's answer to it was lost, or the process died that waited for it. With the history scopes it is
looked for, and said again only where it does not stand: nothing comes twice. Without them it is
said again, which costs at most one duplicate for each answer lost, for a message too many is better
than one too few. Each is told in the log, with its key.
"""

import logging
from datetime import timedelta

from slack_sdk.web.async_client import AsyncWebClient

from handlers.clock import survived
from handlers.delivery import MOST_FAILURES, mark_said, pause_after
from handlers.delivery_look import Absent, MayNotLook, Seen, look
from handlers.delivery_slack import Posted, Wait
from handlers.house import House
from storage import delivery_lost as lost_ones
from storage.database import Connection
from storage.delivery_lost import Lost

log = logging.getLogger(__name__)

_NEWER = 60.0  # seconds after which another replica may have found it

FOUND = "An answer was lost, and the message stands there"
ABSENT = "An answer was lost; the message does not stand there and is said again"
PERHAPS_TWICE = "An answer was lost; the message is said again and may come twice"


class LostAnswers:
    """Settles what is lost, one after the other in each library."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._at_it: set[str] = set()
        self._stopped = False

    async def begin(self) -> None:
        """Let whatever may be settled now be settled; does not wait for it."""
        house = self._house
        for team in await house.store.read(lost_ones.teams, house.clock.real()):
            await survived("A lost answer", self._begin(team))

    def stop(self) -> None:
        """Begin nothing more."""
        self._stopped = True

    async def _begin(self, team: str) -> None:
        client = None if team in self._at_it else await self._house.teams.client(team)
        if client is not None and not self._stopped:
            self._at_it.add(team)
            self._house.carry_on(self._settle_all(team, client))

    async def _settle_all(self, team: str, client: AsyncWebClient) -> None:
        try:
            await survived("A lost answer", self._one_by_one(team, client))
        finally:
            self._at_it.discard(team)

    async def _one_by_one(self, team: str, client: AsyncWebClient) -> None:
        house = self._house
        while not self._stopped:
            lost = await house.store.write(lost_ones.claim, team, real=house.clock.real())
            if lost is None:
                return
            known = lost.delivery.kind in house.plan.kinds  # or else to a newer version
            seen = await look(client, lost.delivery) if known else Wait("unknown_kind", _NEWER)
            await self._settle(team, lost, seen)

    async def _settle(self, team: str, lost: Lost, seen: Seen) -> None:
        house, delivery = self._house, lost.delivery
        match seen:
            case Posted():
                _tell(FOUND, lost)
                await mark_said(house, team, delivery, seen)
            case Absent():
                await self._say_again(team, lost, ABSENT, "not_there")
            case MayNotLook(reason):
                await self._say_again(team, lost, PERHAPS_TWICE, reason)
            case Wait(reason, seconds):
                log.info("Slack cannot be asked for a message now: %s", reason)
                pause = max(timedelta(seconds=seconds), pause_after(lost.failures))
                await house.store.write(self._look_again, team, lost, pause, reason)

    async def _say_again(self, team: str, lost: Lost, what: str, reason: str) -> None:
        _tell(what, lost)
        await self._house.store.write(self._again, team, lost, reason)
        self._house.wake()

    def _again(self, conn: Connection, team: str, lost: Lost, reason: str) -> None:
        if lost.failures >= MOST_FAILURES:
            self._give_out(conn, team, lost, reason)
        else:
            pause = pause_after(lost.failures) if lost.failures else timedelta()
            at = self._house.clock.real() + pause
            lost_ones.say_again(conn, team, lost, not_before=at, reason=reason)

    def _look_again(
        self, conn: Connection, team: str, lost: Lost, pause: timedelta, reason: str
    ) -> None:
        if lost.failures >= MOST_FAILURES:
            self._give_out(conn, team, lost, reason)
        else:
            lost_ones.look_again(conn, team, lost, self._house.clock.real() + pause)

    def _give_out(self, conn: Connection, team: str, lost: Lost, reason: str) -> None:
        kind = self._house.plan.kinds.get(lost.delivery.kind)
        if lost_ones.give_out(conn, team, lost, reason) and kind and kind.dead:
            kind.dead(conn, team, lost.delivery)


def _tell(what: str, lost: Lost) -> None:
    log.warning("%s: %s %s", what, lost.delivery.kind, lost.delivery.key)
