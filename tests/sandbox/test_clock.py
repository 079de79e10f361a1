import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from sandbox.clock import FORGOTTEN, HUNG_UP, Clock
from sandbox.errors import Refused
from tests.sandbox.workspace import Stopwatch

LATER = datetime(2030, 1, 7, 9, tzinfo=UTC)


def test_it_starts_at_real_time() -> None:
    clock = Clock()
    assert abs(clock.now() - clock.real()) < timedelta(seconds=1)


def test_it_runs_on_after_it_is_set() -> None:
    clock = Clock()
    clock.set(LATER)
    first, second = clock.now(), clock.now()
    assert LATER <= first < second < LATER + timedelta(seconds=1)
    assert clock.real() < LATER


def test_it_never_goes_backwards_except_by_reset() -> None:
    clock = Clock()
    clock.set(LATER)
    with pytest.raises(Refused, match="clock_backwards"):
        clock.set(LATER - timedelta(days=1))
    with pytest.raises(Refused, match="clock_backwards"):
        clock.advance(-1)
    clock.reset()
    assert clock.now() < LATER


def test_every_move_is_kept() -> None:
    kept: list[float] = []
    clock = Clock(60.0, keep=kept.append)
    clock.advance(30)
    clock.advance(10)
    clock.reset()
    assert kept == [90.0, 100.0, 0.0]


def test_stamps_follow_the_clock_and_grow_even_without_it() -> None:
    clock = Clock()
    first, second = clock.stamp(), clock.stamp()
    assert first < second
    clock.set(LATER)
    assert clock.stamp().partition(".")[0] == str(int(LATER.timestamp()))
    far = f"{int(LATER.timestamp()) + 1000}.000005"
    clock.after(far)
    assert clock.stamp() == f"{int(LATER.timestamp()) + 1000}.000006"


async def test_waiting_ends_when_the_clock_is_moved_there() -> None:
    clock = Clock()
    waiting = asyncio.create_task(clock.until(clock.now() + timedelta(hours=1)))
    clock.advance(1_800)
    done, _ = await asyncio.wait({waiting}, timeout=0.02)
    assert not done
    clock.advance(1_801)
    await asyncio.wait_for(waiting, 1)


async def test_a_follower_hears_of_a_move_and_is_behind_until_it_says_so() -> None:
    clock = Clock()
    polling = asyncio.create_task(clock.follow("bot", clock.rev, 0))
    done, _ = await asyncio.wait({polling}, timeout=0.02)
    assert not done
    assert clock.behind() == []
    clock.set(LATER)
    heard = await asyncio.wait_for(polling, 1)
    assert heard["rev"] == clock.rev
    assert datetime.fromisoformat(heard["now"]) >= LATER
    assert clock.behind() == ["bot"]
    busy = await clock.follow("bot", clock.rev, 2)
    assert busy["rev"] == clock.rev
    assert clock.behind() == ["bot"]
    idle = asyncio.create_task(clock.follow("bot", clock.rev, 0))
    await asyncio.wait({idle}, timeout=0.02)
    assert clock.behind() == []
    idle.cancel()


async def test_a_follower_is_let_go_when_the_sandbox_stops() -> None:
    clock = Clock()
    polling = asyncio.create_task(clock.follow("bot", clock.rev, 0))
    await clock.heard(1)
    clock.close()
    assert (await asyncio.wait_for(polling, 0.1))["rev"] == clock.rev


async def test_a_follower_at_another_revision_is_answered_at_once() -> None:
    clock = Clock()
    for rev in (0, 99):
        heard = await asyncio.wait_for(clock.follow("bot", rev, 0), 1)
        assert heard["rev"] == clock.rev


async def test_a_follower_that_hung_up_is_no_follower() -> None:
    clock = Stopwatch()
    await clock.follow("bot", clock.rev, 3, gone=lambda: True)
    clock.at += HUNG_UP
    assert clock.followers() == {}


async def test_a_follower_that_hung_up_to_ask_anew_is_waited_for() -> None:
    clock = Stopwatch()
    await clock.follow("bot", clock.rev, 3, gone=lambda: True)
    assert clock.behind() == ["bot"]
    asking = asyncio.create_task(clock.follow("bot", clock.rev, 0))
    await asyncio.wait({asking}, timeout=0.01)
    clock.at += HUNG_UP
    assert [*clock.followers()] == ["bot"]
    asking.cancel()


async def test_a_follower_that_fell_silent_is_forgotten() -> None:
    clock = Stopwatch()
    await clock.follow("bot", 0, 0)
    assert clock.behind() == ["bot"]
    clock.at += FORGOTTEN + 1
    assert clock.behind() == []
