"""The noise budget where messages leave (the rule itself: tests/bot/test_reminder_budget.py)."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.reminder import Value
from bot.reminder_budget import BEGINNING, Kind
from bot.timetable import calendar_of
from bot.timetable_week import NINE
from bot.workspace import Frequency, Member, Workspace
from handlers import tick_plan
from storage import delivery as deliveries
from storage import workspace as settings_of
from storage.delivery import Delivery, State
from tests.handlers.deliveries import TEAM, Greeter, direct, idle, outcome, spoken
from tests.handlers.library import Library
from tests.handlers.library_settings import decide

METTE = "U02"
CALENDAR = calendar_of(Workspace())
DAY = timedelta(days=1)
HOUR = timedelta(hours=1)


async def wind(library: Library, to: datetime) -> None:
    told = await library.control("clock", now=to.isoformat(), jump=True)
    assert told["ok"], told


async def monday(library: Library, *, after: timedelta = timedelta()) -> datetime:
    """Wind to nine o'clock on a Monday that begins a week without a closed day."""
    day = CALENDAR.day(library.house.clock.now() + after + DAY)
    while day.weekday() or not all(CALENDAR.is_working(day + n * DAY) for n in range(5)):
        day += DAY
    morning = CALENDAR.moment(day, NINE)
    await wind(library, morning)
    return morning


@pytest.fixture
async def on(library: Library) -> Library:
    """A library past its quiet beginning, on a Monday morning."""
    await decide(library, coordinators=("U01",), switched_on=True)
    await monday(library, after=BEGINNING)
    return library


def says(library: Library, name: str, **more: Any) -> None:
    """Sign up a kind that is said unasked."""
    kind = tick_plan.Kind(Greeter(name).compose, unasked=True, **more)
    library.house.plan.kinds[name] = kind


async def put(library: Library, kind: str, key: str, to: str = METTE) -> None:
    due = library.house.clock.now()
    assert await library.store.write(deliveries.put, TEAM, Delivery(kind, 1, to, due, key))


async def said(library: Library, user: str = METTE) -> list[str]:
    library.house.wake()
    assert await idle(library)
    return [text.split(" (")[0] for text in await direct(library, user)]


async def test_two_a_week_and_the_third_waits_for_the_next(on: Library) -> None:
    says(on, "Note")
    for key in ("a", "b", "c"):
        await put(on, "Note", key)
    assert await said(on) == ["Note a"]
    now = on.house.clock.now()
    await wind(on, now + DAY)
    assert await said(on) == ["Note a", "Note b"]
    await wind(on, now + 7 * DAY - HOUR)
    assert await said(on) == ["Note a", "Note b"]
    await wind(on, now + 7 * DAY + HOUR)
    assert await said(on) == ["Note a", "Note b", "Note c"]


async def test_the_first_four_weeks_have_half_of_it(library: Library) -> None:
    now = await monday(library)
    await decide(library, switched_on=True)
    says(library, "Note")
    for key in ("a", "b", "c"):
        await put(library, "Note", key)
    assert await said(library) == ["Note a"]
    await wind(library, now + 6 * DAY)
    assert await said(library) == ["Note a"]
    await wind(library, now + 9 * DAY)
    assert await said(library) == ["Note a", "Note b"]
    await wind(library, now + 21 * DAY)
    assert await said(library) == ["Note a", "Note b"]


async def test_what_is_worth_more_goes_first(on: Library) -> None:
    says(on, "News")
    says(on, "Promise", value=Value.PROMISE)
    await put(on, "News", "a")
    await put(on, "Promise", "b")
    assert await said(on) == ["Promise b"]
    await wind(on, on.house.clock.now() + DAY)
    assert await said(on) == ["Promise b", "News a"]


async def test_what_would_come_too_late_is_dropped(on: Library) -> None:
    says(on, "Note", until=lambda delivery, _: delivery.due + HOUR)
    for key in ("a", "b"):
        await put(on, "Note", key)
    assert await said(on) == ["Note a"]
    told = await outcome(on, "b")
    assert (told.state, told.reason) == (State.DROPPED, "no_room")


async def test_one_digest_a_week_in_a_channel(on: Library) -> None:
    says(on, "Digest", says=Kind.DIGEST)
    await put(on, "Digest", "a", "C01")
    await put(on, "Digest", "b", "C01")
    on.house.wake()
    assert await idle(on)
    assert len(await spoken(on)) == 1
    await wind(on, on.house.clock.now() + 3 * DAY)
    assert len(await spoken(on)) == 1
    await wind(on, on.house.clock.now() + 4 * DAY)
    assert len(await spoken(on)) == 2


async def test_what_came_in_the_evening_is_told_in_the_morning(on: Library) -> None:
    says(on, "Note")
    morning = on.house.clock.now()
    await wind(on, morning + 14 * HOUR)
    await put(on, "Note", "a")
    assert not await said(on)
    await wind(on, morning + DAY - HOUR / 6)
    assert not await said(on)
    await wind(on, morning + DAY + HOUR / 6)
    assert await said(on) == ["Note a"]


async def test_nobody_is_told_in_the_night_of_her_own_zone(on: Library) -> None:
    await on.control("members", id=METTE, tz="America/Nuuk")
    on.house.profiles.drop(TEAM, METTE)
    says(on, "Note")
    await put(on, "Note", "a")
    assert not await said(on)
    await wind(on, on.house.clock.now() + 4 * HOUR)
    assert await said(on) == ["Note a"]


async def test_a_zone_that_nobody_knows_is_the_librarys(on: Library) -> None:
    profile = on.house.profiles.get(TEAM, METTE) or {}
    on.house.profiles.put({**profile, "team_id": TEAM, "tz": "Mars/Olympus"}, TEAM, METTE)
    says(on, "Note")
    await put(on, "Note", "a")
    assert await said(on) == ["Note a"]


async def test_everything_that_somebody_hears_unasked_is_counted(library: Library) -> None:
    def of_both(*whats: str) -> set[str]:
        return {f"{asks}.{what}" for asks in ("evaluation", "tjek") for what in whats}

    # Below a message that was; a message brought up to date, or plainer, in its place; and what
    # follows what she has done herself: she called the round, leads it, or chose the channel.
    thread = {"digest_picture", "digest_rest", "evaluation.picture", *of_both("reveal", "decision")}
    update = {"digest_plain", "evaluation_step.taken_off", "reminder.redrawn"}
    update |= of_both("renewal", "standing")
    own_act = {"tjek.opened", *of_both("unshown")}
    counted = {name for name, kind in library.house.plan.kinds.items() if kind.unasked}
    assert library.house.plan.kinds.keys() - counted == thread | update | own_act


async def test_an_invitation_comes_at_once_and_the_bot_gives_way_to_it(on: Library) -> None:
    says(on, "Note")
    says(on, "Round", says=Kind.INVITATION, value=Value.ROUND)
    await put(on, "Round", "a")
    await put(on, "Note", "b")
    await put(on, "Round", "c")
    assert await said(on) == ["Round a", "Round c"]
    await wind(on, on.house.clock.now() + DAY)
    assert await said(on) == ["Round a", "Round c"]
    await wind(on, on.house.clock.now() + 6 * DAY)
    assert await said(on) == ["Round a", "Round c", "Note b"]


async def test_an_invitation_comes_at_night_and_to_who_wants_nothing_from_the_bot(
    on: Library,
) -> None:
    says(on, "Round", says=Kind.INVITATION)
    await wind(on, on.house.clock.now() + 14 * HOUR)
    now = on.house.clock.now()
    never = Member(frequency=Frequency.NEVER, away_until=(now + 9 * DAY).date())
    await on.store.write(settings_of.save_member, TEAM, METTE, never, now)
    await put(on, "Round", "a")
    assert await said(on) == ["Round a"]
