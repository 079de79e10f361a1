"""The only place that speaks later, or by itself: claim, decide again, post, mark.

What a colleague's click says to a channel in that same moment, and shows her, is posted where the
click is handled (handlers/contact_who_ask.py).
The row in storage/delivery.py is the truth about whether a thing was said. It is marked before
Slack is told and again after: whoever dies in between leaves behind what was on its way. That, and
an answer that was lost, handlers/delivery_lost.py settles.
"""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from aiohttp import ClientError
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import UserError
from bot.timetable import Calendar, calendar_of
from handlers import access, delivery_budget
from handlers.delivery_slack import (
    UNKNOWN_BLOCKS,
    Posted,
    Refused,
    Told,
    Unknown,
    Wait,
    post,
    thread_of,
    too_many,
)
from handlers.house import House
from handlers.language import settings
from handlers.tick_plan import After, Kind
from handlers.views.parts import Reply
from storage import delivery_lost as lost_ones
from storage import delivery_sending as sending
from storage import workspace as settings_of
from storage.database import Connection
from storage.delivery import Delivery, State
from storage.delivery_sending import Claimed

log = logging.getLogger(__name__)

# Slack's bad hours are waited out: 1, 2, 4 ... seconds, then a quarter of an hour each time.
LONGEST_PAUSE = sending.LONGEST_REST
MOST_FAILURES = 20  # about three hours
NOT_YET = timedelta(seconds=1)  # what one message takes to get out
NOT_COMPOSED = "not_composed"  # its words cannot be found, for something is wrong with the bot


def pause_after(failures: int) -> timedelta:
    """How long something rests that failed so often before."""
    return min(timedelta(seconds=2.0 ** min(failures, 20)), LONGEST_PAUSE)


class NotYet(Exception):  # noqa: N818 - nothing went wrong
    """Raised by a compose: something that stands above it is still on its way."""


@dataclass(frozen=True)
class Errand:
    """One claimed delivery on its way."""

    house: House
    team: str
    client: AsyncWebClient
    claimed: Claimed

    @property
    def _delivery(self) -> Delivery:
        return self.claimed.delivery

    async def run(self) -> Told | None:
        """Say it, if it is still to be said; what Slack told, None where it was not asked."""
        kind = self.house.plan.kinds.get(self._delivery.kind)
        if kind is None:
            await self._fail("unknown_kind")
            return None
        reply = await self._composed(kind)
        return None if reply is None else await self._say(kind, reply)

    async def _composed(self, kind: Kind) -> Reply | None:
        """The words; None where that settles it, or it is tried again."""
        if not await self._is_here():
            await self._settle(State.DROPPED, "left")
            return None
        try:
            reply = await kind.compose(self.house, self.team, self._delivery)
        except NotYet:
            await self._again(NOT_YET, "not_yet", failed=False)
            return None
        except UserError:  # what it was about is gone
            await self._settle(State.DROPPED, "gone")
            return None
        except Exception as error:
            pause = too_many(error.response) if isinstance(error, SlackApiError) else None
            if pause:
                await self._again(timedelta(seconds=pause.seconds), pause.reason, failed=False)
                await self._leave_in_peace(timedelta(seconds=pause.seconds))
            else:
                log.exception("A delivery could not be composed: %s", self._delivery.kind)
                await self._fail(NOT_COMPOSED)
            return None
        if reply is None:
            await self._settle(State.DROPPED)
        return reply

    async def _is_here(self) -> bool:
        """Whether it is for a channel, or a colleague still; what Slack does not say stands."""
        if not self._delivery.to_person:
            return True
        try:
            to = [self._delivery.to]
            return bool(await access.still_here(self.house, self.client, self.team, to))
        except (SlackApiError, ClientError, TimeoutError):
            return True

    async def _say(self, kind: Kind, reply: Reply) -> Told | None:
        thread_ts, calendar = thread_of(self._delivery, reply), await self._calendar()
        if not await self.house.store.write(self._begin, kind, calendar, thread_ts):
            return None
        told = await post(self.client, self._delivery, reply)
        await self._note(told)
        return told

    async def _calendar(self) -> Calendar:
        house, to = self.house, self._delivery.to
        if self._delivery.to_person:
            return await delivery_budget.calendar_for(house, self.client, self.team, to)
        return calendar_of(await settings(house, self.team))

    def _begin(self, conn: Connection, kind: Kind, calendar: Calendar, thread_ts: str) -> bool:
        """Mark that Slack is told now; False where it is withdrawn, or rather said later."""
        key, clock = self._delivery.key, self.house.clock
        now = clock.now()
        if kind.unasked and not self._room(conn, calendar, now):
            return False
        at = now if kind.unasked else None
        begin = partial(sending.begin, conn, self.team, key, thread_ts=thread_ts, unasked_at=at)
        return begin(real=clock.real())

    def _room(self, conn: Connection, calendar: Calendar, now: datetime) -> bool:
        """Whether the noise budget has room for it now; else it is put off, or dropped."""
        delivery, kinds = self._delivery, self.house.plan.kinds
        drop = partial(sending.settle, conn, self.team, delivery.key, State.DROPPED)
        if delivery.to_person:
            member = settings_of.member(conn, self.team, delivery.to)
            if not delivery_budget.wanted(member, kinds[delivery.kind]):
                drop("not_wanted", at=State.WAITING)
                return False
        due = delivery_budget.moment(conn, self.team, delivery, kinds, now=now, calendar=calendar)
        if due is None:
            drop("no_room", at=State.WAITING)
        elif due > now:
            sending.postpone(conn, self.team, delivery.key, due)
        return due is not None and due <= now

    async def _note(self, told: Told) -> None:
        """Mark what came of it."""
        match told:
            case Posted():
                await mark_said(self.house, self.team, self._delivery, told)
            case Refused(reason, never=True):
                await self._settle(State.DEAD, reason, at=State.SENDING)
            case Refused(reason):
                await self._fail(reason, at=State.SENDING)
            case Wait(reason, seconds):
                pause = timedelta(seconds=seconds)
                await self._again(pause, reason, failed=False, at=State.SENDING)
            case Unknown(reason):
                await self._lost(reason)

    async def _lost(self, reason: str) -> None:
        log.warning("A delivery is perhaps: %s (%s)", self._delivery.kind, reason)
        key, real = self._delivery.key, self.house.clock.real()
        lost = partial(lost_ones.answer_lost, real=real, reason=reason)
        await self.house.store.write(lost, self.team, key)

    async def _fail(self, reason: str, *, at: State = State.WAITING) -> None:
        if self.claimed.failures >= MOST_FAILURES:
            # What is for nobody has nobody to whom it did not get through.
            state = State.DEAD if self._delivery.to else State.DROPPED
            await self._settle(state, reason, at=at)
        else:
            await self._again(pause_after(self.claimed.failures), reason, failed=True, at=at)

    async def _again(
        self, pause: timedelta, reason: str, *, failed: bool, at: State = State.WAITING
    ) -> None:
        log.info("A delivery waits %s: %s", pause, reason)
        not_before = self.house.clock.real() + min(pause, LONGEST_PAUSE)
        key = self._delivery.key
        await self.house.store.write(
            sending.try_again,
            self.team,
            key,
            not_before=not_before,
            reason=reason,
            failed=failed,
            at=at,
        )

    async def _leave_in_peace(self, pause: timedelta) -> None:
        """What else is to go there would be asked the same, and answered the same."""
        until = self.house.clock.real() + min(pause, LONGEST_PAUSE)
        await self.house.store.write(sending.rest, self.team, self._delivery.to, until)

    async def _settle(self, state: State, reason: str = "", *, at: State = State.WAITING) -> None:
        if state is not State.DROPPED:
            log.warning("A delivery is %s: %s (%s)", state, self._delivery.kind, reason)
        await self.house.store.write(self._settled, state, reason, at)

    def _settled(self, conn: Connection, state: State, reason: str, at: State) -> None:
        key = self._delivery.key
        kind = self.house.plan.kinds.get(self._delivery.kind)
        unknown = state is State.DEAD and reason == UNKNOWN_BLOCKS
        if unknown and kind and kind.instead and kind.instead(conn, self.team, self._delivery):
            state = State.DROPPED
        if not sending.settle(conn, self.team, key, state, reason, at=at):
            return
        if state is State.DEAD and kind and kind.dead:
            kind.dead(conn, self.team, self._delivery)


async def mark_said(house: House, team: str, delivery: Delivery, posted: Posted) -> None:
    """Slack has it; what follows from that is stored with it, and must not hold it up."""
    kind = house.plan.kinds.get(delivery.kind)
    said = partial(_said, delivery=delivery, posted=posted)
    try:
        await house.store.write(said, team, kind.after if kind else None)
    except Exception:
        log.exception("What follows a delivery was not stored: %s", delivery.kind)
        await house.store.write(said, team, None)


def _said(
    conn: Connection, team: str, after: After | None, *, delivery: Delivery, posted: Posted
) -> None:
    where = {"channel": posted.channel, "ts": posted.ts}
    if sending.mark_said(conn, team, delivery.key, **where) and after:
        after(conn, team, delivery, posted.channel, posted.ts)
