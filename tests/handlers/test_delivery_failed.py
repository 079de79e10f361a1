"""What did not get through, on the coordinator's Home."""

from datetime import timedelta

import pytest

from bot.timetable_week import week_of
from handlers.house import House
from handlers.tick_plan import Kind
from handlers.views import digest_unsaid as digest_views
from handlers.views.delivery_failed import WHAT
from handlers.views.parts import Reply
from storage import delivery as deliveries
from storage import delivery_sending as sending
from storage.delivery import Delivery, State
from tests.handlers.deliveries import (
    TEAM,
    direct,
    greets,
    idle,
    outcome,
    put,
)
from tests.handlers.library import Library, said
from tests.handlers.library_settings import decide
from tests.handlers.views.extreme import DANISH
from tests.handlers.wire import fault

KAREN, METTE, ALI = "U01", "U02", "U03"
LET_IN = "Jeg er ikke med i kanalen. Skriv /invite @Partnerbot i den, og send igen."


@pytest.fixture
async def on(library: Library) -> Library:
    """The library, switched on, with a coordinator."""
    await decide(library, coordinators=(KAREN,), switched_on=True)
    greets(library.house)
    return library


async def home(library: Library, user: str = KAREN) -> str:
    return said(await library.home(user))


async def refused(library: Library, key: str, to: str) -> None:
    """Something that Slack does not take."""
    await put(library, key, to)
    assert await idle(library)
    assert (await outcome(library, key)).state is State.DEAD


async def test_it_says_what_and_why_and_once_sent_again_it_is_gone(on: Library) -> None:
    await refused(on, "a", "C04")
    shown = await home(on)
    assert "Kom ikke frem" in shown
    assert "til #C04 kom ikke frem i dag." in shown
    assert LET_IN in shown
    joined = ["U01", "U06", "U0BOT"]
    await on.control("channels", id="C04", members=joined)
    await on.press_on_home("Send igen", KAREN)
    assert await idle(on)
    assert "Jeg prøver igen nu." in said(await on.view(KAREN))
    assert (await outcome(on, "a")).state is State.SAID
    assert "Kom ikke frem" not in said((await on.state(KAREN))["home"])


async def test_what_fails_once_more_is_back(on: Library) -> None:
    await refused(on, "a", "C04")
    await home(on)
    await on.press_on_home("Send igen", KAREN)
    assert await idle(on)
    assert LET_IN in await home(on)


async def test_let_be_it_is_gone_and_never_sent(on: Library) -> None:
    await fault(on, "chat.postMessage", error="user_not_found")
    await refused(on, "a", METTE)
    shown = await home(on)
    assert "Tal med din kollega, eller lad den ligge." in shown
    await on.press_on_home("Lad den ligge", KAREN)
    assert "Ingen får den besked." in said(await on.view(KAREN))
    assert (await outcome(on, "a")).state is State.WITHDRAWN
    assert "Kom ikke frem" not in await home(on)
    assert not await direct(on, METTE)


async def test_two_coordinators_do_it_once(on: Library) -> None:
    await decide(on, coordinators=(KAREN, ALI))
    await refused(on, "a", "C04")
    for user in (KAREN, ALI):
        await home(on, user)
    await on.press_on_home("Lad den ligge", KAREN)
    await on.press_on_home("Send igen", ALI)
    assert "Den er der allerede taget hånd om." in said(await on.view(ALI))
    assert (await outcome(on, "a")).state is State.WITHDRAWN


async def test_a_colleague_does_not_see_it_nor_can_she_send_it(on: Library) -> None:
    await refused(on, "a", "C04")
    assert "Kom ikke frem" not in await home(on, METTE)
    view = await on.home(KAREN)
    await decide(on, coordinators=(METTE,))
    ids = {"action_id": "delivery_again.0", "block_id": "failed_ways.0"}
    await on.control("click", **ids, user=KAREN, view_id=view["id"])
    assert (await outcome(on, "a")).state is State.DEAD


async def test_what_belongs_together_is_one_line_and_goes_together(on: Library) -> None:
    for key in ("a", "b"):
        await refused(on, key, "C04")
    shown = await home(on)
    assert shown.count("kom ikke frem i dag.") == 1
    await on.control("channels", id="C04", members=["U01", "U0BOT"])
    await on.press_on_home("Send igen", KAREN)
    assert await idle(on)
    assert {(await outcome(on, key)).state for key in ("a", "b")} == {State.SAID}


async def test_after_a_month_nobody_is_told_any_more(on: Library) -> None:
    await refused(on, "a", "C04")
    day = timedelta(days=31).total_seconds()
    await on.control("clock", advance=day, jump=True)
    assert "Kom ikke frem" not in await home(on)


async def unsaid(library: Library, *, weeks_ago: int, state: State = State.DEAD) -> str:
    """A digest that did not get through; its key."""
    now = library.house.clock.now()
    week = week_of((now - timedelta(weeks=weeks_ago)).date())
    key = f"digest.{week}"
    new = Delivery("digest", int(week.replace("-W", "")), "C04", now, key)
    await library.store.write(deliveries.put, TEAM, new)
    what = (key, state, "is_archived")
    assert await library.store.write(sending.settle, TEAM, *what, at=State.WAITING)
    return key


async def test_the_digest_of_a_week_that_is_over_is_not_sent_again(on: Library) -> None:
    key = await unsaid(on, weeks_ago=1)
    await home(on)
    await on.press_on_home("Send igen", KAREN)
    assert "Den uge er gået." in str(await on.state(KAREN))
    assert (await outcome(on, key)).state is State.DEAD


@pytest.mark.parametrize("state", [State.DEAD, State.DROPPED])
async def test_the_digest_is_sent_again_only_while_the_bot_may_speak(
    on: Library, state: State
) -> None:
    key = await unsaid(on, weeks_ago=0, state=state)
    turn = {"action_id": "digest_again", "block_id": "digest_again", "value": key}
    told = Delivery("told", 0, KAREN, on.house.clock.now(), "told")

    async def tells(_house: House, _team: str, _delivery: Delivery) -> Reply:
        return digest_views.unsaid(DANISH, "…", key)

    on.house.plan.kinds["told"] = Kind(tells)
    await on.store.write(deliveries.put, TEAM, told)
    on.house.wake()
    assert await idle(on)
    channels = (await on.state(KAREN))["channels"]
    (here,) = [c for c in channels if c["is_im"] and c["messages"]]
    at = {"channel": here["id"], "ts": here["messages"][-1]["ts"]}
    await decide(on, coordinators=(KAREN,), switched_on=False)
    await on.control("click", user=KAREN, message=at, **turn)
    assert (await outcome(on, key)).state is state
    await decide(on, coordinators=(KAREN,), switched_on=True)
    await on.control("click", user=KAREN, message=at, **turn)
    assert await idle(on)
    found = await outcome(on, key)
    assert (found.state, found.reason) == (State.DROPPED, "")  # tried: C04 is not its channel


async def test_every_kind_that_is_said_has_a_name(library: Library) -> None:
    rounds = {
        f"{asks}.{what}" for asks in ("evaluation", "tjek") for what in ("renewal", "standing")
    }
    steps = {"evaluation_step.taken_off"}
    silent = {"digest_picture", "evaluation.picture", "reminder.redrawn", *rounds, *steps}
    assert library.house.plan.kinds.keys() - silent == WHAT.keys()
