import asyncio
import logging
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import UserError
from bot.translation import Translator
from bot.workspace import ClosedDays, Frequency, Language, Member
from handlers import delivery_on
from handlers.delivery import LONGEST_PAUSE, MOST_FAILURES, NotYet, pause_after
from handlers.delivery_outbox import Outbox
from handlers.delivery_slack import EVENT_TYPE
from handlers.delivery_teams import Teams
from handlers.house import House
from handlers.language import forget
from handlers.tick import Tick
from handlers.tick_plan import Kind
from handlers.turn import Turn
from handlers.views.parts import Reply, rich
from storage import delivery as deliveries
from storage import delivery_sending as sending
from storage import workspace as settings_of
from storage.database import Connection
from storage.delivery import Delivery, State
from tests.handlers.deliveries import (
    TEAM,
    Greeter,
    bot_beside,
    direct,
    greets,
    idle,
    outcome,
    posts,
    put,
    spoken,
)
from tests.handlers.library import Json, Library, said
from tests.handlers.library_settings import decide
from tests.handlers.wire import database, fault, held_up, let_go, run

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


@pytest.fixture
async def on(library: Library) -> Library:
    """The library, set up and switched on."""
    await decide(library, coordinators=("U01",), switched_on=True)
    return library


# What is said.


async def test_what_is_due_is_said_once_and_remembered(on: Library) -> None:
    greeter = greets(on.house)
    await put(on, "a")
    assert await idle(on)
    (message,) = await on.in_channel("C01")
    assert message["text"] == "Goddag a (da)"
    assert greeter.told == [("a", "C01", message["ts"])]
    assert await on.store.read(deliveries.said, TEAM, "a") == message["ts"]
    (post,) = await posts(on)
    assert post["request"]["metadata"] == {
        "event_type": EVENT_TYPE,
        "event_payload": {"key": "a"},
    }
    again = Delivery("greeting", 1, "C01", on.house.clock.now(), "a")
    assert not await on.store.write(deliveries.put, TEAM, again)


async def test_to_a_person_it_is_a_direct_message_in_her_language(on: Library) -> None:
    greeter = greets(on.house)
    now = on.house.clock.now()
    await on.store.write(settings_of.set_language, TEAM, "U05", Language.ENGLISH, now)
    forget(on.house, TEAM, "U05")
    await put(on, "a", "U05")
    await put(on, "b", "U02")
    assert await idle(on)
    assert await direct(on, "U05") == ["Goddag a (en)"]
    assert await direct(on, "U02") == ["Goddag b (da)"]
    assert all(channel.startswith("D") for _, channel, _ in greeter.told)


async def test_in_a_thread(on: Library) -> None:
    greets(on.house)
    await put(on, "a")
    assert await idle(on)
    (message,) = await on.in_channel("C01")
    await put(on, "b", thread=message["ts"])
    assert await idle(on)
    (message,) = await on.in_channel("C01")
    assert [reply["text"] for reply in message["replies"]] == ["Goddag b (da)"]


async def test_what_follows_can_be_put_in_the_same_transaction(on: Library) -> None:
    greeter = greets(on.house)

    def after(conn: Connection, team: str, said: Delivery, _channel: str, ts: str) -> None:
        deliveries.put(conn, team, replace(said, kind="greeting", key="b", thread_ts=ts))

    on.house.plan.kinds["opening"] = Kind(greeter.compose, after)
    opening = Delivery("opening", 1, "C01", on.house.clock.now(), "a")
    await on.store.write(deliveries.put, TEAM, opening)
    on.house.wake()
    assert await idle(on)
    (message,) = await on.in_channel("C01")
    assert [reply["text"] for reply in message["replies"]] == ["Goddag b (da)"]


async def test_what_follows_and_fails_does_not_make_it_be_said_again(
    on: Library, caplog: pytest.LogCaptureFixture
) -> None:
    def after(*_: object) -> None:
        raise RuntimeError("full")

    on.house.plan.kinds["greeting"] = Kind(Greeter().compose, after)
    await put(on, "a")
    assert await idle(on)
    assert (await outcome(on, "a")).state is State.SAID
    assert "was not stored: greeting" in caplog.text
    assert len(await posts(on)) == 1


# Deciding again.


async def test_what_is_to_be_said_no_longer_is_not(on: Library) -> None:
    greeter = greets(on.house, Greeter(silent=True))
    await put(on, "a")
    assert await idle(on)
    assert greeter.asked == ["a"]
    assert (await outcome(on, "a")).state is State.DROPPED
    assert not await posts(on)


async def test_what_was_withdrawn_is_not_said(on: Library) -> None:
    greeter = greets(on.house)
    await put(on, "a", in_=HOUR)
    assert await on.store.write(deliveries.withdraw, TEAM, "a")
    await on.control("clock", advance=2 * 3600)
    assert not greeter.asked
    assert not await on.store.write(deliveries.withdraw, TEAM, "a")


async def test_what_is_gone_when_its_moment_comes_is_not_tried_again(on: Library) -> None:
    asked = []

    async def compose(*_: object) -> None:
        asked.append("once")
        raise UserError("It is gone.")

    on.house.plan.kinds["greeting"] = Kind(compose)
    await put(on, "a")
    assert await idle(on)
    assert asked == ["once"]
    assert (await outcome(on, "a")).state is State.DROPPED


async def test_what_waits_for_something_else_is_said_after_it(on: Library) -> None:
    greeter = greets(on.house)

    async def compose(house: House, team: str, about: Delivery) -> Reply | None:
        if await on.store.read(deliveries.said, TEAM, "a") is None:
            raise NotYet
        return await greeter.compose(house, team, about)

    on.house.plan.kinds["following"] = Kind(compose)
    due = on.house.clock.now()
    await on.store.write(deliveries.put, TEAM, Delivery("following", 1, "C01", due, "0"))
    await put(on, "a", "C02")
    assert await idle(on)
    assert greeter.asked == ["a", "0"]


async def test_withdrawn_while_it_is_composed(on: Library) -> None:
    greeter = Greeter()

    async def compose(*about: object) -> object:
        await on.store.write(deliveries.withdraw, TEAM, "a")
        return await greeter.compose(*about)  # type: ignore[arg-type] # as it was handed over

    on.house.plan.kinds["greeting"] = Kind(compose)  # type: ignore[arg-type] # as above
    await put(on, "a")
    assert await idle(on)
    assert greeter.asked
    assert not await posts(on)
    assert (await outcome(on, "a")).state is State.WITHDRAWN


async def test_nothing_is_said_before_it_is_switched_on(library: Library) -> None:
    greeter = greets(library.house)
    await put(library, "a")
    assert await idle(library)
    await library.control("clock", advance=86_400)
    assert not greeter.asked
    await decide(library, switched_on=True)
    assert await idle(library)
    assert await spoken(library) == ["Goddag a (da)"]


async def test_what_a_person_asks_for_is_refused_before_it_is_switched_on(library: Library) -> None:
    client = await library.house.teams.client(TEAM)
    assert client
    turn = Turn(library.house, client, {}, "k", TEAM, "U02", Translator(Language.DANISH))
    with pytest.raises(UserError) as refused:
        await delivery_on.require_switched_on(turn)
    assert refused.value.msgid == delivery_on.NOBODY
    await decide(library, coordinators=("U01",))
    with pytest.raises(UserError) as refused:
        await delivery_on.require_switched_on(turn)
    assert refused.value.msgid == delivery_on.NOT_ON
    assert refused.value.values["who"]
    await decide(library, switched_on=True)
    await delivery_on.require_switched_on(turn)


# Moments.


async def test_a_week_on_what_came_due_is_said_and_nothing_else(on: Library) -> None:
    greets(on.house)
    await put(on, "tomorrow", in_=DAY)
    await put(on, "next month", in_=30 * DAY)
    assert await idle(on)
    assert not await posts(on)
    told = await on.control("clock", advance=7 * 86_400, jump=True)
    assert told["ok"]
    assert await spoken(on) == ["Goddag tomorrow (da)"]


async def test_in_one_channel_a_second_lies_between_two_messages(on: Library) -> None:
    greets(on.house)
    for key in ("a", "b"):
        await put(on, key)
    await put(on, "c", "C02")
    assert await idle(on)
    first, second = (float(m["ts"]) for m in await on.in_channel("C01"))
    (elsewhere,) = (float(m["ts"]) for m in await on.in_channel("C02"))
    assert second - first >= 0.99
    assert elsewhere < second


async def test_one_person_gets_one_unasked_message_a_day(on: Library) -> None:
    greets(on.house, unasked=True)
    await on.control("clock", now="2027-01-11T08:00:00Z", jump=True)
    for key, user in (("a", "U02"), ("b", "U02"), ("c", "U03")):
        await put(on, key, user)
    assert await idle(on)
    assert len(await direct(on, "U02")) == 1
    assert await direct(on, "U03") == ["Goddag c (da)"]
    await on.control("clock", now="2027-01-12T07:59:00Z", jump=True)
    assert len(await direct(on, "U02")) == 1
    await on.control("clock", now="2027-01-12T08:01:00Z", jump=True)
    assert sorted(await direct(on, "U02")) == ["Goddag a (da)", "Goddag b (da)"]


MONDAY, FRIDAY = "2027-01-11T08:00:00Z", "2027-01-08T08:00:00Z"


async def chose(library: Library, user: str, **settings: object) -> None:
    """That colleague has chosen so for herself."""
    now = library.house.clock.now()
    chosen = replace(Member(), **settings)  # type: ignore[arg-type] # as a test names them
    await library.store.write(settings_of.save_member, TEAM, user, chosen, now)


async def test_who_wants_nothing_unasked_gets_what_she_is_asked_and_no_more(on: Library) -> None:
    greets(on.house, unasked=True)
    await chose(on, "U02", frequency=Frequency.NEVER)
    await put(on, "a", "U02")
    assert await idle(on)
    assert not await direct(on, "U02")
    assert (await outcome(on, "a")).state is State.DROPPED
    greets(on.house)
    await put(on, "b", "U02")
    assert await idle(on)
    assert len(await direct(on, "U02")) == 1


async def test_who_is_away_hears_of_it_on_her_first_working_day_back(on: Library) -> None:
    greets(on.house, unasked=True)
    await on.control("clock", now=MONDAY, jump=True)
    await chose(on, "U02", away_until=date(2027, 1, 16))  # a Saturday
    await put(on, "a", "U02")
    assert await idle(on)
    await on.control("clock", now="2027-01-18T07:59:00Z", jump=True)
    assert not await direct(on, "U02")
    await on.control("clock", now="2027-01-18T08:01:00Z", jump=True)
    assert await direct(on, "U02") == ["Goddag a (da)"]


@pytest.mark.parametrize(
    "closed", [(), (ClosedDays(first=date(2027, 1, 11), last=date(2027, 1, 11)),)]
)
async def test_nobody_is_told_unasked_while_the_library_is_closed(
    on: Library, closed: tuple[ClosedDays, ...]
) -> None:
    greets(on.house, unasked=True)
    await decide(on, closed_days=closed)
    await on.control("clock", now=FRIDAY, jump=True)
    for key in ("a", "b"):
        await put(on, key, "U02")
    assert await idle(on)
    assert len(await direct(on, "U02")) == 1
    day = 12 if closed else 11
    await on.control("clock", now=f"2027-01-{day - 1:02}T20:00:00Z", jump=True)
    assert len(await direct(on, "U02")) == 1
    await on.control("clock", now=f"2027-01-{day:02}T08:01:00Z", jump=True)
    assert len(await direct(on, "U02")) == 2


async def test_what_was_asked_for_counts_for_nothing_against_it(on: Library) -> None:
    greets(on.house)
    await put(on, "a", "U02")
    await put(on, "b", "U02")
    assert await idle(on)
    assert len(await direct(on, "U02")) == 2


# When Slack does not take it.


async def test_a_rate_limit_is_waited_out(on: Library) -> None:
    greets(on.house)
    await fault(on, "chat.postMessage", retry_after=1)
    await put(on, "a")
    await put(on, "b", "C02")
    assert not await idle(on, within=0.3)
    assert await idle(on)
    times = [post for post in await posts(on) if post["status"] == 200]
    assert len(times) == 2
    assert await spoken(on) == ["Goddag a (da)"]
    assert await spoken(on, "C02") == ["Goddag b (da)"]


async def test_an_answer_that_was_lost_is_not_followed_by_a_second_message(
    on: Library, caplog: pytest.LogCaptureFixture
) -> None:
    greeter = greets(on.house)
    await fault(on, "chat.postMessage", drop_answer=True)
    await put(on, "a")
    assert await idle(on)
    assert await spoken(on) == ["Goddag a (da)"]
    assert (await outcome(on, "a")).state is State.PERHAPS
    assert "A delivery is perhaps: greeting" in caplog.text
    await on.control("clock", advance=86_400)
    assert len(await posts(on)) == 1
    assert not greeter.told


@pytest.mark.parametrize("how", [{"status": 503}, {"error": "org_login_required"}])
async def test_bad_hours_are_waited_out(on: Library, how: dict[str, object]) -> None:
    greets(on.house)
    await fault(on, "chat.postMessage", **how)
    await put(on, "a")
    assert await idle(on)
    assert await spoken(on) == ["Goddag a (da)"]
    assert (await outcome(on, "a")).state is State.SAID


@pytest.mark.parametrize(
    "how",
    [
        {"error": "fatal_error"},
        {"status": 500},
        {"status": 502},
        {"status": 500, "error": "fatal_error"},
    ],
)
async def test_what_slack_may_have_done_in_part_is_not_repeated(
    on: Library, how: dict[str, object]
) -> None:
    greets(on.house)
    await fault(on, "chat.postMessage", **how)
    await put(on, "a")
    assert await idle(on)
    assert (await outcome(on, "a")).state is State.PERHAPS
    assert len(await posts(on)) == 1


@pytest.mark.parametrize(
    ("to", "reason"),
    [
        ("C04", "not_in_channel"),
        ("C0GONE", "channel_not_found"),
        ("C02", "is_archived"),
    ],
)
async def test_what_can_never_succeed_is_dead(on: Library, to: str, reason: str) -> None:
    greets(on.house)
    await on.control("channels", id="C02", is_archived=True)
    await put(on, "a", to)
    await put(on, "b")
    assert await idle(on)
    assert (await outcome(on, "a")).state is State.DEAD
    assert (await outcome(on, "a")).reason == reason
    assert await spoken(on) == ["Goddag b (da)"]
    assert len(await posts(on)) == 2


@pytest.mark.parametrize("error", ["account_inactive", "user_not_found", "msg_too_long"])
async def test_nor_is_it_tried_again_where_slack_says_so(on: Library, error: str) -> None:
    greets(on.house)
    await fault(on, "chat.postMessage", error=error)
    await put(on, "a")
    assert await idle(on)
    assert (await outcome(on, "a")).state is State.DEAD
    assert len(await posts(on)) == 1


async def test_what_fails_too_often_is_given_up(on: Library) -> None:
    greeter = greets(on.house, Greeter(failing=1))
    await put(on, "a", in_=HOUR)

    def fail(conn: Connection) -> None:
        long_ago = on.house.clock.real() - DAY
        for _ in range(MOST_FAILURES):
            values = {"not_before": long_ago, "reason": "x", "failed": True}
            sending.try_again(conn, TEAM, "a", at=State.WAITING, **values)  # type: ignore[arg-type] # the three

    await on.store.write(fail)
    await on.control("clock", advance=2 * 3600, jump=True)
    assert greeter.asked == ["a"]
    assert (await outcome(on, "a")).state is State.DEAD


async def test_what_is_for_nobody_is_dropped_and_leaves_home_as_it_was(on: Library) -> None:
    greets(on.house, Greeter(failing=1))
    await put(on, "a", to="", in_=HOUR)
    worn = partial(deliveries.change, failures=MOST_FAILURES)
    assert await on.store.write(worn, TEAM, "a", State.WAITING)
    await on.control("clock", advance=2 * 3600, jump=True)
    told = await outcome(on, "a")
    assert (told.state, told.reason) == (State.DROPPED, "not_composed")
    assert "Kom ikke frem" not in said(await on.home("U01"))


@pytest.mark.parametrize("what", [{"deleted": True}, {"is_restricted": True}])
async def test_who_is_no_colleague_any_more_is_told_nothing(on: Library, what: Json) -> None:
    greeter = greets(on.house)
    on.house.profiles.put(what, TEAM, "U02")
    await put(on, "a", to="U02")
    assert await idle(on)
    told = await outcome(on, "a")
    assert (told.state, told.reason) == (State.DROPPED, "left")
    assert not greeter.asked


async def test_while_slack_does_not_say_who_is_here_it_is_said(on: Library) -> None:
    greets(on.house)
    on.house.profiles.drop(TEAM, "U02")
    await fault(on, "users.info", error="internal_error", times=2)
    await put(on, "a", to="U02")
    assert await idle(on)
    assert (await outcome(on, "a")).state is State.SAID


async def test_of_many_receivers_slack_is_asked_together(on: Library) -> None:
    greets(on.house)
    on.house.profiles.drop_team(TEAM)
    people = ["U01", "U02", "U03", "U06", "U07"]
    await on.store.write(_put_all, TEAM, on, people)
    on.house.wake()
    assert await idle(on)
    asked = [e["name"] for e in await on.log("api") if e["name"].startswith("users.")]
    assert asked == ["users.list"]
    assert [len(await direct(on, user)) for user in people] == [1] * 5


def _put_all(conn: Connection, team: str, on: Library, people: list[str]) -> None:
    for user in people:
        greeting = Delivery("greeting", 1, user, on.house.clock.now(), user)
        deliveries.put(conn, team, greeting)


async def test_that_slack_wants_to_be_left_alone_while_it_is_composed_is_no_failure(
    on: Library, caplog: pytest.LogCaptureFixture
) -> None:
    async def compose(house: House, team: str, _: Delivery) -> Reply:
        client = await house.teams.client(team)
        assert client
        await client.users_info(user="U02")
        return Reply("Goddag", [rich("Goddag", "greeting")])

    caplog.set_level(logging.INFO)
    on.house.plan.kinds["greeting"] = Kind(compose)
    await fault(on, "users.info", retry_after=1)
    await put(on, "a")
    assert not await idle(on, within=0.3)
    assert await idle(on)
    assert await spoken(on) == ["Goddag"]
    assert "waits 0:00:01: ratelimited" in caplog.text
    assert "could not be composed" not in caplog.text


async def test_of_many_messages_to_be_brought_up_to_date_slack_is_not_asked_for_each(
    on: Library,
) -> None:
    """Where it has said that it answers no more for a while."""

    async def renew(house: House, team: str, _: Delivery) -> None:
        client = await house.teams.client(team)
        assert client
        await client.chat_update(channel="C01", ts="1.000001", text="Ny")

    on.house.plan.kinds["renewal"] = Kind(renew)
    greets(on.house)
    await fault(on, "chat.update", retry_after=30, times=20)
    due = on.house.clock.now()
    for number in range(5):
        renewal = Delivery("renewal", 1, "", due, f"r{number}")
        assert await on.store.write(deliveries.put, TEAM, renewal)
    await put(on, "a")
    assert await idle(on)
    assert "Goddag a (da)" in await spoken(on)
    assert len([e for e in await on.log("api") if e["name"] == "chat.update"]) == 1


def test_pauses_grow_up_to_a_quarter_of_an_hour() -> None:
    assert [pause_after(n).total_seconds() for n in range(4)] == [1, 2, 4, 8]
    assert pause_after(MOST_FAILURES) == pause_after(500) == LONGEST_PAUSE


# When we fail.


async def test_what_could_not_be_composed_is_tried_again(
    on: Library, caplog: pytest.LogCaptureFixture
) -> None:
    greeter = greets(on.house, Greeter(failing=1))
    await put(on, "a")
    assert await idle(on)
    assert greeter.asked == ["a", "a"]
    assert await spoken(on) == ["Goddag a (da)"]
    assert "could not be composed: greeting" in caplog.text


async def test_a_kind_that_this_version_does_not_know_waits_for_one_that_does(on: Library) -> None:
    await put(on, "a")
    assert not await idle(on, within=0.2)
    greets(on.house)
    assert await idle(on)
    assert await spoken(on) == ["Goddag a (da)"]


async def test_nothing_that_is_said_stands_in_the_log(
    on: Library, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "handlers")
    greets(on.house, Greeter("Hemmeligt"))
    await fault(on, "chat.postMessage", status=500)
    await put(on, "a")
    assert await idle(on)
    assert not [r for r in caplog.records if "Hemmeligt" in r.getMessage()]


async def test_a_new_token_is_used_from_when_it_is_there(on: Library) -> None:
    greets(on.house)
    good = await on.house.teams.client(TEAM)
    assert good
    on.house.teams = Teams()  # only this outbox speaks
    revoked = AsyncWebClient("xoxb-revoked", base_url=good.base_url, retry_handlers=[])
    outbox = Outbox(on.house, TEAM)
    await put(on, "a")
    outbox.open(revoked)
    assert not await idle(on, within=0.5)
    outbox.open(good)
    assert await idle(on)
    assert await spoken(on) == ["Goddag a (da)"]


async def test_one_that_goes_wrong_leaves_the_others_in_sight(
    on: Library, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    greets(on.house)
    await held_up(on, "chat.postMessage")
    run(
        database(tmp_path),
        "CREATE TRIGGER breakdown BEFORE UPDATE ON delivery WHEN NEW.key = 'bad'"
        " AND NEW.state = 'sending' BEGIN SELECT RAISE(ABORT, 'breakdown'); END",
    )

    def both(conn: Connection) -> None:
        for key, to in (("slow", "C01"), ("bad", "C02")):
            due = on.house.clock.now()
            deliveries.put(conn, TEAM, Delivery("greeting", 1, to, due, key))

    await on.store.write(both)
    on.house.wake()
    async with asyncio.timeout(5):
        while "A delivery went wrong" not in caplog.text:
            await on.look("state?user=U02")
    assert (await outcome(on, "slow")).state is State.SENDING
    await let_go(on, "chat.postMessage")
    await on.store.write(deliveries.withdraw, TEAM, "bad")
    assert await idle(on)
    assert (await outcome(on, "slow")).state is State.SAID


# Ends and beginnings.


async def test_two_ticks_at_once_say_it_once(on: Library) -> None:
    greeter = greets(on.house)
    other, third = Tick(on.house), Tick(on.house)
    due = Delivery("greeting", 1, "C01", on.house.clock.now(), "a")
    await on.store.write(deliveries.put, TEAM, due)
    now = on.house.clock.now()
    await asyncio.gather(other.beat(now), third.beat(now))
    on.house.wake()
    assert await idle(on)
    assert greeter.asked == ["a"]
    assert len(await posts(on)) == 1


async def test_told_to_stop_it_marks_what_is_on_its_way(on: Library) -> None:
    greets(on.house)
    tick = Tick(on.house)
    await held_up(on, "chat.postMessage")
    await on.store.write(
        deliveries.put, TEAM, Delivery("greeting", 1, "C01", on.house.clock.now(), "a")
    )
    await tick.beat(on.house.clock.now())
    async with asyncio.timeout(5):
        while "api chat.postMessage" not in (await on.look("idle?timeout=0.02"))["waiting_for"]:
            pass
    stopping = asyncio.create_task(tick.stop())
    await let_go(on, "chat.postMessage")
    await stopping
    await on.house.drain()
    assert (await outcome(on, "a")).state is State.SAID


async def test_what_came_due_while_the_bot_was_down_is_said_when_it_is_back(
    on: Library, tmp_path: Path
) -> None:
    await put(on, "a", in_=DAY)
    url = f"sqlite:///{database(tmp_path)}"
    await on.control("clock", advance=3600, jump=True)
    greeter = Greeter()
    async with bot_beside(on.sandbox, url, greeter) as later:
        assert await idle(later)
        assert not greeter.asked
        greets(on.house, greeter)
        await later.control("clock", advance=2 * 86_400, jump=True)
        assert await spoken(later) == ["Goddag a (da)"]
        assert len(greeter.told) == 1


@pytest.mark.parametrize("told", [False, True], ids=["claimed", "being told"])
async def test_killed_on_the_way_nothing_is_said_twice(
    library: Library, tmp_path: Path, *, told: bool
) -> None:
    greeter = greets(library.house)
    await put(library, "a")

    def take(conn: Connection) -> None:
        clock = library.house.clock
        assert sending.claim(conn, TEAM, now=clock.now(), real=clock.real())
        if told:
            sending.begin(conn, TEAM, "a", real=clock.real())

    await library.store.write(take)  # and here the process died
    url = f"sqlite:///{database(tmp_path)}"
    await decide(library, switched_on=True)
    async with bot_beside(library.sandbox, url, greeter) as later:
        assert await idle(later)
        expected = State.PERHAPS if told else State.SAID
        assert (await outcome(later, "a")).state is expected
        assert await spoken(later) == ([] if told else ["Goddag a (da)"])


async def test_a_turn_that_puts_something_due_waits_for_nothing(on: Library) -> None:
    """The click's own answer and what it set off are both there when the bot is idle."""
    greets(on.house)
    await on.write("ny Springbræt")

    def check(conn: Connection) -> None:
        deliveries.put(conn, TEAM, Delivery("greeting", 1, "C01", on.house.clock.now(), "a"))

    await on.store.write(check)
    assert (await on.submit({}))["ok"]
    assert await spoken(on) == ["Goddag a (da)"]
