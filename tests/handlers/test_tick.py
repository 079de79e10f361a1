import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.timetable import At, Row
from bot.workspace import Workspace
from handlers.clock import Clock
from handlers.delivery_teams import Teams
from handlers.house import House
from handlers.tick import Tick
from handlers.tick_heart import Heart
from storage import delivery as deliveries
from storage import job_run
from storage import workspace as settings_of
from storage.database import Connection
from storage.delivery import Delivery
from tests.handlers.deliveries import TEAM, greets, idle, posts, spoken
from tests.handlers.library import Library
from tests.handlers.library_settings import decide

NINE = Row("chores", At(time(9), weekday=1))  # Tuesdays in Copenhagen
MONDAY = "2026-12-07T12:00:00Z"
TUESDAY = datetime(2026, 12, 8, 8, 0, tzinfo=UTC)
WEEK = timedelta(days=7)
HOUR = timedelta(hours=1)


class Job:
    """A job that remembers for when it ran."""

    def __init__(self) -> None:
        self.ran: list[datetime] = []
        self.failing = 0

    def __call__(self, _conn: Connection, _team: str, planned: datetime, _now: datetime) -> None:
        if self.failing:
            self.failing -= 1
            raise RuntimeError("not today")
        self.ran.append(planned)


@pytest.fixture
async def monday(library: Library) -> Library:
    """The library, switched on, on a Monday."""
    await decide(library, coordinators=("U01",), switched_on=True)
    await library.control("clock", now=MONDAY, jump=True)
    return library


async def signed_up(library: Library) -> Job:
    job = Job()
    library.house.plan.jobs.append((NINE, job))
    library.house.wake()
    assert await idle(library)
    return job


async def wind(library: Library, to: datetime, *, jump: bool = True) -> None:
    told = await library.control("clock", now=to.isoformat(), jump=jump, step=6 * 3600)
    assert told["ok"], told


# Jobs of the timetable.


async def test_a_job_runs_at_its_time_once(monday: Library) -> None:
    job = await signed_up(monday)
    assert not job.ran
    await wind(monday, TUESDAY - timedelta(minutes=1))
    assert not job.ran
    await wind(monday, TUESDAY + timedelta(days=1), jump=False)
    assert job.ran == [TUESDAY]
    assert await monday.store.read(job_run.last, TEAM, "chores", TUESDAY) == TUESDAY


async def test_of_the_times_missed_only_the_newest_is_made_good(monday: Library) -> None:
    job = await signed_up(monday)
    await wind(monday, TUESDAY + 3 * WEEK + timedelta(hours=5))
    assert job.ran == [TUESDAY + 3 * WEEK]


async def test_while_it_is_switched_off_a_time_passes_without_it(monday: Library) -> None:
    job = await signed_up(monday)
    await decide(monday, switched_on=False)
    await wind(monday, TUESDAY + timedelta(hours=1))
    await decide(monday, switched_on=True)
    await wind(monday, TUESDAY + timedelta(days=1))
    assert not job.ran
    await wind(monday, TUESDAY + WEEK)
    assert job.ran == [TUESDAY + WEEK]


async def test_a_second_process_does_not_run_it_again(monday: Library) -> None:
    job = await signed_up(monday)
    other = Tick(monday.house)
    await wind(monday, TUESDAY)
    now = monday.house.clock.now()
    await asyncio.gather(other.beat(now), Tick(monday.house).beat(now))
    assert job.ran == [TUESDAY]


async def test_a_job_that_fails_is_tried_again_and_leaves_nothing(
    monday: Library, caplog: pytest.LogCaptureFixture
) -> None:
    job = await signed_up(monday)
    job.failing = 1
    await wind(monday, TUESDAY)
    monday.house.wake()
    assert await idle(monday)
    assert job.ran == [TUESDAY]
    assert "chores went wrong" in caplog.text


# A clock that jumps.


class Jumping(Clock):
    """A machine's clock that somebody sets."""

    def __init__(self) -> None:
        self.off = timedelta()

    def now(self) -> datetime:
        return super().now() + self.off

    def real(self) -> datetime:
        return super().real() + self.off


async def test_set_back_the_machines_clock_holds_nothing_up() -> None:
    clock, beaten = Jumping(), asyncio.Event()

    async def beat() -> None:
        beaten.set()

    heart = Heart(clock, beat)
    heart.start()
    try:
        async with asyncio.timeout(10):
            await beaten.wait()
            # As after the clock was set back: the scheduler waits for the old time.
            heart._job.modify(next_run_time=clock.real() + HOUR)
            clock.off = -HOUR
            beaten.clear()
            await beaten.wait()
    finally:
        await heart.stop()


async def test_what_ran_before_the_clock_was_set_back_does_not_run_again(monday: Library) -> None:
    job = await signed_up(monday)
    await wind(monday, TUESDAY + timedelta(hours=1))
    tick = Tick(monday.house)
    for hours in (-3, -2, 0, 1):
        await tick.beat(TUESDAY + timedelta(hours=hours))
    assert job.ran == [TUESDAY]


async def test_a_clock_that_was_ahead_for_a_while_keeps_no_job_from_its_next_time(
    monday: Library,
) -> None:
    job = await signed_up(monday)
    await wind(monday, TUESDAY)
    tick = Tick(monday.house)
    await tick.beat(TUESDAY + 50 * WEEK)
    await tick.beat(TUESDAY + WEEK)
    await Tick(monday.house).beat(TUESDAY + 2 * WEEK)
    assert job.ran == [TUESDAY + n * WEEK for n in (0, 50, 1, 2)]


# What features watch.


async def test_what_is_watched_is_asked_when_the_clock_is_wound(monday: Library) -> None:
    seen: list[datetime] = []

    async def check(_house: House, now: datetime) -> None:
        seen.append(now)

    monday.house.plan.checks.append(check)
    await wind(monday, TUESDAY)
    assert seen[-1] >= TUESDAY


async def test_what_fails_holds_up_nothing_else(
    monday: Library, caplog: pytest.LogCaptureFixture
) -> None:
    async def bad(_house: House, _now: datetime) -> None:
        raise RuntimeError("broken")

    async def good(house: House, now: datetime) -> None:
        due = Delivery("greeting", 1, "C01", now, "a")
        await house.store.write(deliveries.put, TEAM, due)

    greets(monday.house)
    monday.house.plan.checks += [bad, good]
    await wind(monday, TUESDAY)
    assert await spoken(monday) == ["Goddag a (da)"]
    assert "bad went wrong" in caplog.text
    monday.house.plan.checks.clear()


async def test_what_fails_again_rests_longer_each_time(
    monday: Library, caplog: pytest.LogCaptureFixture
) -> None:
    async def bad(_house: House, _now: datetime) -> None:
        raise RuntimeError("broken")

    monday.house.plan.checks.append(bad)
    tick = Tick(monday.house)
    for _ in range(5):
        await tick.beat(TUESDAY)
    monday.house.plan.checks.remove(bad)
    assert 2 <= caplog.text.count("bad went wrong") <= 4  # the house's own tick may find it, too


async def test_a_library_in_trouble_holds_up_no_other(
    monday: Library, caplog: pytest.LogCaptureFixture
) -> None:
    class Broken(Teams):
        async def all(self) -> Sequence[str]:
            return ()

        async def client(self, team: str) -> AsyncWebClient | None:
            if team == "T00":
                raise RuntimeError("no key opens its token")
            return await teams.client(team)

    teams, monday.house.teams = monday.house.teams, Broken()
    greets(monday.house)
    soon = Delivery("greeting", 1, "C01", monday.house.clock.now(), "a")
    on, now = Workspace(switched_on=True), monday.house.clock.now()
    await monday.store.write(settings_of.save_settings, "T00", on, now=now)
    for team in ("T00", TEAM):
        await monday.store.write(deliveries.put, team, soon)
    monday.house.wake()
    assert await idle(monday)
    assert await spoken(monday) == ["Goddag a (da)"]
    assert "Saying what is due went wrong" in caplog.text
    monday.house.teams = teams


# Busy and idle.


async def test_busy_from_being_woken_until_all_is_done(monday: Library) -> None:
    house = monday.house
    assert house.busy() == 0
    house.wake()
    house.wake()
    assert house.busy() == 1
    assert await idle(monday)
    assert house.busy() == 0


async def test_it_beats_by_itself(monday: Library) -> None:
    beaten = asyncio.Event()

    async def check(_house: House, _now: datetime) -> None:
        beaten.set()

    monday.house.plan.checks.append(check)
    async with asyncio.timeout(5):
        await beaten.wait()


async def test_after_its_end_it_neither_beats_nor_keeps_busy(monday: Library) -> None:
    greets(monday.house)
    tick = Tick(monday.house)
    tick.wake()
    assert monday.house.busy() == 1
    await tick.stop()
    assert monday.house.busy() == 0
    tick.wake()
    assert monday.house.busy() == 0
    assert not await posts(monday)
