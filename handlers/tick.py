"""The bot's heartbeat: once a second, and at once when something was stored or the clock wound.

Each beat asks what is due by now: the jobs of the timetable, what features watch, and what is to be
said. Nothing is scheduled anywhere else; what is due is a row, and a beat more or less is no harm.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from contextlib import ExitStack
from datetime import datetime
from functools import partial

from bot.timetable import Row, calendar_of
from handlers.clock import survived
from handlers.delivery_lost import LostAnswers
from handlers.delivery_outbox import Outbox
from handlers.house import House
from handlers.language import settings
from handlers.tick_heart import Heart
from handlers.tick_plan import Job
from handlers.tick_rest import Rest
from storage import delivery_lost as lost_ones
from storage import delivery_sending as sending
from storage import job_run
from storage.database import Connection

LOST_SECONDS = 5.0  # between two looks for what a process that died was telling Slack


class Tick:
    """Beats from `start` to `stop`."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._outboxes: dict[str, Outbox] = {}
        self._ran: dict[tuple[str, str], datetime] = {}
        self._heart = Heart(house.clock, self._beat_alone)
        self._beating = asyncio.Lock()
        self._until_started = ExitStack()
        self._woken = False
        self._look_for_lost = 0.0
        self._lost_answers = LostAnswers(house)
        self._rest = Rest()
        self._started = False
        self._stopped = False

    def wake(self) -> None:
        """Let it beat now, or as soon as it has started; until it has, the house is busy."""
        if self._woken or self._stopped:
            return
        self._woken = True
        if self._started:
            self._house.carry_on(self._beat_alone())
        else:
            self._until_started.enter_context(self._house.at_work())

    async def start(self, *, alone: bool) -> None:
        """Begin; `alone` where no other process can be at this database.

        Then nothing waits for the lease of a process that died.
        """
        if alone:
            await self._house.store.write(_take_over, self._house.clock.real())
        self._house.wake = self.wake
        self._house.clock.on_wound(self.wake)
        self._started = True
        self._heart.start()
        self._house.carry_on(self._beat_alone())
        self._until_started.close()

    async def stop(self) -> None:
        """End after this beat; what is on its way to Slack goes on, and drain waits for it."""
        self._stopped = True
        self._lost_answers.stop()
        for outbox in self._outboxes.values():
            outbox.stop()
        async with self._beating:  # stopping the heart cancels what has not ended
            await self._heart.stop()
            self._until_started.close()

    async def _beat_alone(self) -> None:
        async with self._beating:
            self._woken = False
            if not self._stopped:
                await survived("A tick", self.beat(self._house.clock.now()))

    async def beat(self, now: datetime) -> None:
        """Do what is due at that moment."""
        for team in await self._house.teams.all():
            for row, job in self._house.plan.jobs:
                await self._tried(row.job, team, partial(self._job, team, row, job, now))
        for check in self._house.plan.checks:
            await self._tried(check.__qualname__, "", partial(check, self._house, now))
        await self._give_up_lost()
        await self._tried("Settling lost answers", "", self._lost_answers.begin)
        real = self._house.clock.real()
        for team in await self._house.store.read(sending.teams_with_due, now, real):
            await self._tried("Saying what is due", team, partial(self._say_what_is_due, team))

    async def _tried(self, what: str, team: str, work: Callable[[], Awaitable[None]]) -> None:
        """One thing, or one library, that goes wrong holds up no other."""
        if self._rest.is_over(what + team):
            self._rest.note(what + team, went_well=await survived(what, work()))

    async def _job(self, team: str, row: Row, job: Job, now: datetime) -> None:
        library = await settings(self._house, team)
        last = self._ran.get((team, row.job))
        if last is None or last > now:  # the clock may have been set back
            last = await self._house.store.read(job_run.last, team, row.job, now)
        # A library begins with its next time, and not with what it has missed.
        planned = row.when.due(last, now, calendar_of(library)) if last else now
        if planned is None:
            return
        # Before its first time, and while nothing may be sent, a job only takes note of the time.
        may = library.switched_on or row.quiet
        wanted = job if last is not None and may else None
        real = self._house.clock.real()
        await self._house.store.write(_run_once, team, row.job, planned, now, real, wanted)
        self._ran[team, row.job] = planned

    async def _give_up_lost(self) -> None:
        if time.monotonic() < self._look_for_lost:
            return
        self._look_for_lost = time.monotonic() + LOST_SECONDS
        await self._house.store.write(lost_ones.give_up, self._house.clock.real())

    async def _say_what_is_due(self, team: str) -> None:
        if not (await settings(self._house, team)).switched_on:
            return
        client = await self._house.teams.client(team)
        if client is not None and not self._stopped:
            self._outbox(team).open(client)

    def _outbox(self, team: str) -> Outbox:
        return self._outboxes.setdefault(team, Outbox(self._house, team))


def _take_over(conn: Connection, real: datetime) -> None:
    sending.release(conn)
    lost_ones.give_up(conn, real, alone=True)


def _run_once(
    conn: Connection,
    team: str,
    name: str,
    planned: datetime,
    now: datetime,
    real: datetime,
    job: Job | None,
) -> None:
    if not job_run.claim(conn, team, name, planned, real):
        return
    if job is not None:
        job(conn, team, planned, now)
    if not job_run.complete(conn, team, name, planned, now):
        raise RuntimeError(f"{name} was completed by somebody else")
