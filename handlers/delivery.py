"""The only place that speaks later, or by itself: claim, decide again, post, mark.

What a colleague's click says to a channel in that same moment, and shows her, is posted where the
click is handled (handlers/contact_who_ask.py).
The row in storage/delivery.py is the truth about whether a thing was said. It is marked before
Slack is told and again after: whoever dies in between leaves behind what was on its way, and it is
not said twice. What to do about an answer that was lost is decided in `_note`.
"""

import logging
from dataclasses import dataclass
from datetime import timedelta

from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import UserError
from bot.timetable import calendar_of
from bot.translation import mark
from bot.workspace import Workspace
from handlers import access, delivery_budget
from handlers.delivery_slack import Posted, Refused, Told, Unknown, Wait, post
from handlers.house import House
from handlers.language import settings
from handlers.tick_plan import Kind
from handlers.turn import Turn
from handlers.views.parts import Reply
from storage import delivery_sending as sending
from storage import workspace as settings_of
from storage.database import Connection
from storage.delivery import Delivery, State
from storage.delivery_sending import Claimed

log = logging.getLogger(__name__)

# Slack's bad hours are waited out: 1, 2, 4 ... seconds, then a quarter of an hour each time.
LONGEST_PAUSE = timedelta(minutes=15)
MOST_FAILURES = 20  # about three hours
NOT_YET = timedelta(seconds=1)  # what one message takes to get out

NOT_ON = mark("I write to nobody before the coordinator has switched it on. Ask {who}.")
NOBODY = mark(
    "I write to nobody before it is switched on, and there is no coordinator yet who can do that."
    " You can become it on the Home tab."
)


async def require_switched_on(turn: Turn) -> None:
    """Refuse what a person asks the bot to say to others while it may not; before it is put.

    Raises:
        UserError: the library has not switched it on; says who can.
    """
    library = await turn.library()
    if library.switched_on:
        return
    names = await access.names(turn.house, turn.client, turn.team, library.coordinators)
    raise UserError(NOT_ON if names else NOBODY, who=turn.t.list(names))


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
        try:
            reply = await kind.compose(self.house, self.team, self._delivery)
        except NotYet:
            await self._again(NOT_YET, "not_yet", failed=False)
            return None
        except UserError:  # what it was about is gone
            await self._settle(State.DROPPED, "gone")
            return None
        except Exception:
            log.exception("A delivery could not be composed: %s", self._delivery.kind)
            await self._fail("not_composed")
            return None
        if reply is None:
            await self._settle(State.DROPPED)
            return None
        return await self._say(kind, reply)

    async def _say(self, kind: Kind, reply: Reply) -> Told | None:
        library = await settings(self.house, self.team)
        if not await self.house.store.write(self._begin, kind, library):
            return None
        told = await post(self.client, self._delivery, reply)
        await self._note(kind, told)
        return told

    def _begin(self, conn: Connection, kind: Kind, library: Workspace) -> bool:
        """Mark that Slack is told now; False where it is withdrawn, or rather said later."""
        key, clock = self._delivery.key, self.house.clock
        now = clock.now()
        unasked = kind.unasked and self._delivery.to_person
        if unasked:
            member = settings_of.member(conn, self.team, self._delivery.to)
            if not delivery_budget.wanted(member):
                sending.settle(conn, self.team, key, State.DROPPED, "not_wanted", at=State.WAITING)
                return False
            calendar = calendar_of(library)
            due = delivery_budget.later(conn, self.team, self._delivery, member, now, calendar)
            if due is not None:
                sending.postpone(conn, self.team, key, due)
                return False
        unasked_at = now if unasked else None
        return sending.begin(conn, self.team, key, real=clock.real(), unasked_at=unasked_at)

    async def _note(self, kind: Kind, told: Told) -> None:
        """Mark what came of it.

        An answer that was lost is looked for by nobody yet: Slack shows the bot what stands in a
        channel only with the optional history scopes. Until then it counts as said, perhaps.
        """
        match told:
            case Posted():
                await self._mark_said(kind, told)
            case Refused(reason, never=True):
                await self._settle(State.DEAD, reason, at=State.SENDING)
            case Refused(reason):
                await self._fail(reason, at=State.SENDING)
            case Wait(reason, seconds):
                pause = timedelta(seconds=seconds)
                await self._again(pause, reason, failed=False, at=State.SENDING)
            case Unknown(reason):
                await self._settle(State.PERHAPS, reason, at=State.SENDING)

    async def _mark_said(self, kind: Kind, posted: Posted) -> None:
        try:
            await self.house.store.write(self._said, kind, posted)
        except Exception:
            log.exception("What follows a delivery was not stored: %s", self._delivery.kind)
            await self.house.store.write(self._said, Kind(kind.compose), posted)

    def _said(self, conn: Connection, kind: Kind, posted: Posted) -> None:
        where = {"channel": posted.channel, "ts": posted.ts}
        if sending.mark_said(conn, self.team, self._delivery.key, **where) and kind.after:
            kind.after(conn, self.team, self._delivery, posted.channel, posted.ts)

    async def _fail(self, reason: str, *, at: State = State.WAITING) -> None:
        if self.claimed.failures >= MOST_FAILURES:
            await self._settle(State.DEAD, reason, at=at)
        else:
            await self._again(pause_after(self.claimed.failures), reason, failed=True, at=at)

    async def _again(
        self, pause: timedelta, reason: str, *, failed: bool, at: State = State.WAITING
    ) -> None:
        log.info("A delivery waits %s: %s", pause, reason)
        not_before = self.house.clock.real() + pause
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

    async def _settle(self, state: State, reason: str = "", *, at: State = State.WAITING) -> None:
        if state is not State.DROPPED:
            log.warning("A delivery is %s: %s (%s)", state, self._delivery.kind, reason)
        await self.house.store.write(self._settled, state, reason, at)

    def _settled(self, conn: Connection, state: State, reason: str, at: State) -> None:
        key = self._delivery.key
        if not sending.settle(conn, self.team, key, state, reason, at=at):
            return
        kind = self.house.plan.kinds.get(self._delivery.kind)
        if state is State.DEAD and kind and kind.dead:
            kind.dead(conn, self.team, self._delivery)
