"""An answer of Slack's was lost: with the history scopes it is looked for, without said again."""

import re
from collections.abc import AsyncIterator
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from cryptography.fernet import InvalidToken
from slack_sdk.web.async_client import AsyncWebClient

from handlers.delivery import MOST_FAILURES
from handlers.delivery_look import PAGE
from handlers.delivery_lost import ABSENT, FOUND, PERHAPS_TWICE, LostAnswers
from handlers.delivery_slack import EVENT_TYPE, InThread
from handlers.delivery_teams import Teams
from handlers.house import House
from handlers.manifest import scopes
from handlers.tick import Tick
from handlers.tick_plan import Kind
from handlers.views.parts import Reply
from sandbox.api.posting import add_message
from storage import delivery as deliveries
from storage import delivery_lost as lost_ones
from storage.database import Connection
from storage.delivery import Delivery, State
from tests.handlers.deliveries import (
    TEAM,
    Greeter,
    direct,
    greets,
    idle,
    outcome,
    posts,
    put,
    spoken,
)
from tests.handlers.library import Library, opened
from tests.handlers.library_settings import decide
from tests.handlers.wire import fault

LONG_AGO = timedelta(days=1)
POST, HISTORY = "chat.postMessage", "conversations.history"


@pytest.fixture
async def looking(tmp_path: Path) -> AsyncIterator[Library]:
    """The library, switched on, which has granted the optional scopes."""
    async with opened(tmp_path / "partnerbot.db", accept=scopes().optional) as library:
        await decide(library, coordinators=("U01",), switched_on=True)
        yield library


@pytest.fixture
async def on(library: Library) -> Library:
    """The library, switched on; the optional scopes were declined."""
    await decide(library, coordinators=("U01",), switched_on=True)
    return library


async def lost(library: Library, key: str, to: str = "C01", *, stored: bool = True) -> None:
    """It is said, and Slack's answer is lost; whether it stands there."""
    await fault(library, POST, **({"drop_answer": True} if stored else {"status": 500}))
    await put(library, key, to)
    assert await idle(library)
    assert (await outcome(library, key)).state is State.PERHAPS


async def half_a_minute_on(library: Library, key: str) -> None:
    """Real time has passed, and the bot has looked at what was lost."""
    long_ago = library.house.clock.real() - LONG_AGO
    rested = partial(deliveries.change, claimed_until=long_ago)
    assert await library.store.write(rested, TEAM, key, State.PERHAPS)
    library.house.wake()
    assert await idle(library)


async def looks(library: Library) -> list[str]:
    """The methods by which the bot has looked for something."""
    return [
        entry["name"]
        for entry in await library.log("api")
        if re.match(r"conversations\.(history|replies)", entry["name"])
    ]


async def test_what_stands_there_is_found_and_not_said_again(
    looking: Library, caplog: pytest.LogCaptureFixture
) -> None:
    greeter = greets(looking.house)
    await put(looking, "before")
    assert await idle(looking)
    await lost(looking, "a")
    assert not greeter.told[1:]
    await half_a_minute_on(looking, "a")
    *_, message = await looking.in_channel()
    assert await outcome(looking, "a") == deliveries.Outcome(State.SAID, message["ts"], "")
    assert greeter.told[1:] == [("a", "C01", message["ts"])]
    assert len(await spoken(looking)) == 2
    assert f"{FOUND}: greeting a" in caplog.text


async def test_what_does_not_stand_there_is_said(
    looking: Library, caplog: pytest.LogCaptureFixture
) -> None:
    greets(looking.house)
    await put(looking, "before")
    assert await idle(looking)
    await lost(looking, "a", stored=False)
    await half_a_minute_on(looking, "a")
    assert await spoken(looking) == ["Goddag before (da)", "Goddag a (da)"]
    assert (await outcome(looking, "a")).state is State.SAID
    assert f"{ABSENT}: greeting a" in caplog.text


async def test_to_a_person_it_is_looked_for_in_her_messages(looking: Library) -> None:
    greeter = greets(looking.house)
    await lost(looking, "a", "U02")
    await lost(looking, "b", "U02", stored=False)
    for key in ("a", "b"):
        await half_a_minute_on(looking, key)
    assert await direct(looking, "U02") == ["Goddag a (da)", "Goddag b (da)"]
    assert [key for key, _, _ in greeter.told] == ["a", "b"]


@pytest.mark.parametrize("stored", [True, False])
async def test_in_a_thread_that_was_chosen_as_it_was_said(
    looking: Library, *, stored: bool
) -> None:
    greeter = greets(looking.house)
    await put(looking, "a")
    assert await idle(looking)
    (parent,) = await looking.in_channel()

    async def below(house: House, team: str, delivery: Delivery) -> Reply | None:
        reply = await greeter.compose(house, team, delivery)
        return reply and InThread(reply.text, reply.blocks, parent["ts"])

    looking.house.plan.kinds["greeting"] = Kind(below)
    await lost(looking, "b", stored=stored)
    await half_a_minute_on(looking, "b")
    (parent,) = await looking.in_channel()
    assert [reply["text"] for reply in parent["replies"]] == ["Goddag b (da)"]
    assert await looks(looking) == ["conversations.replies"]
    assert (await outcome(looking, "b")).ts == parent["replies"][0]["ts"]


async def test_it_is_found_behind_all_that_was_written_since(looking: Library) -> None:
    greets(looking.house)
    await lost(looking, "a")
    engine = looking.sandbox.engine
    channel = engine.team().channels["C01"]
    for _ in range(PAGE):
        add_message(engine, engine.team(), channel, user="U03", text="Hej")
    await half_a_minute_on(looking, "a")
    assert await looks(looking) == [HISTORY] * 2
    assert await spoken(looking) == ["Goddag a (da)"]
    assert (await outcome(looking, "a")).state is State.SAID


async def test_a_second_bot_with_the_same_keys_is_not_taken_for_us(looking: Library) -> None:
    greets(looking.house)
    await lost(looking, "a", stored=False)
    engine = looking.sandbox.engine
    metadata = {"event_type": EVENT_TYPE, "event_payload": {"key": "a"}}
    theirs = {"user": "U0OTHER", "bot_id": "B0OTHER", "metadata": metadata, "text": "Hej"}
    add_message(engine, engine.team(), engine.team().channels["C01"], **theirs)
    await half_a_minute_on(looking, "a")
    assert "Goddag a (da)" in await spoken(looking)


async def test_nothing_is_said_before_it_was_looked_for(looking: Library) -> None:
    greets(looking.house)
    await lost(looking, "a")
    await fault(looking, HISTORY, status=500)
    await half_a_minute_on(looking, "a")
    await fault(looking, HISTORY, retry_after=7)
    await half_a_minute_on(looking, "a")
    await fault(looking, HISTORY, drop_answer=True, times=2)  # a GET is asked twice
    await half_a_minute_on(looking, "a")
    assert (await outcome(looking, "a")).state is State.PERHAPS
    assert len(await posts(looking)) == 1
    await half_a_minute_on(looking, "a")
    assert (await outcome(looking, "a")).state is State.SAID
    assert len(await posts(looking)) == 1


async def test_where_the_scopes_were_declined_it_is_said_again_and_logged(
    on: Library, caplog: pytest.LogCaptureFixture
) -> None:
    greets(on.house)
    await lost(on, "a")
    await lost(on, "b", "U02", stored=False)
    for key in ("a", "b"):
        await half_a_minute_on(on, key)
        assert (await outcome(on, key)).state is State.SAID
        assert f"{PERHAPS_TWICE}: greeting {key}" in caplog.text
    assert await spoken(on) == ["Goddag a (da)"] * 2
    assert await direct(on, "U02") == ["Goddag b (da)"]


async def test_history_without_metadata_shows_nothing_and_it_is_said_again(
    looking: Library, caplog: pytest.LogCaptureFixture
) -> None:
    greets(looking.house)
    granted = [*scopes().required, "channels:history"]
    assert (await looking.control("app", scopes=granted))["ok"]
    await lost(looking, "a")
    await half_a_minute_on(looking, "a")
    assert f"{PERHAPS_TWICE}: greeting a" in caplog.text
    assert len(await spoken(looking)) == 2


async def test_decided_again_what_is_to_be_said_no_longer_is_not(on: Library) -> None:
    greeter = greets(on.house)
    await lost(on, "a", stored=False)
    greeter.silent = True
    await half_a_minute_on(on, "a")
    assert (await outcome(on, "a")).state is State.DROPPED
    assert not await spoken(on)


async def test_what_is_lost_too_often_is_given_up_where_the_coordinator_sees_it(
    on: Library,
) -> None:
    greeter, dead = Greeter(), []
    on.house.plan.kinds["greeting"] = Kind(
        greeter.compose, dead=lambda _conn, _team, delivery: dead.append(delivery.key)
    )
    await lost(on, "a")
    worn = partial(deliveries.change, failures=MOST_FAILURES)
    assert await on.store.write(worn, TEAM, "a", State.PERHAPS)
    await half_a_minute_on(on, "a")
    assert (await outcome(on, "a")).state is State.DEAD
    assert dead == ["a"]


async def test_a_kind_that_this_version_does_not_know_is_left_to_one_that_does(
    looking: Library,
) -> None:
    greets(looking.house)
    await lost(looking, "a")
    kind = looking.house.plan.kinds.pop("greeting")
    await half_a_minute_on(looking, "a")
    assert (await outcome(looking, "a")).state is State.PERHAPS
    assert not await looks(looking)
    looking.house.plan.kinds["greeting"] = kind
    await half_a_minute_on(looking, "a")
    assert (await outcome(looking, "a")).state is State.SAID


async def test_one_who_was_killed_with_slack_on_the_line_has_it_settled_by_another(
    looking: Library,
) -> None:
    greets(looking.house)
    await lost(looking, "a")
    await lost(looking, "b", "C02", stored=False)
    long_ago = looking.house.clock.real() - LONG_AGO
    died = partial(deliveries.change, state=State.SENDING, claimed_until=long_ago)
    for key in ("a", "b"):
        assert await looking.store.write(died, TEAM, key, State.PERHAPS)
    await Tick(looking.house).beat(looking.house.clock.now())
    assert await idle(looking)
    for key in ("a", "b"):
        assert (await outcome(looking, key)).state is State.SAID
    assert await spoken(looking, "C01") == ["Goddag a (da)"]
    assert await spoken(looking, "C02") == ["Goddag b (da)"]


async def test_two_at_once_look_once(looking: Library) -> None:
    greets(looking.house)
    await lost(looking, "a")
    real = looking.house.clock.real() + LONG_AGO
    assert await looking.store.write(lost_ones.claim, TEAM, real=real)
    assert await looking.store.write(lost_ones.claim, TEAM, real=real) is None


async def test_a_library_whose_token_cannot_be_read_leaves_no_others_answer_lost(
    looking: Library,
) -> None:
    greets(looking.house)
    await lost(looking, "a")
    good = await looking.house.teams.client(TEAM)
    assert good
    long_ago = looking.house.clock.real() - LONG_AGO

    class Two(Teams):
        async def client(self, team: str) -> AsyncWebClient | None:
            if team != TEAM:
                raise InvalidToken
            return good

    def answer_lost(conn: Connection, _team: str) -> None:
        delivery = Delivery("greeting", 1, "C01", looking.house.clock.now(), "b")
        assert deliveries.put(conn, "T00", delivery)
        for team, key in (("T00", "b"), (TEAM, "a")):
            states = (State.WAITING, State.PERHAPS)
            due = {"state": State.PERHAPS, "claimed_until": long_ago}
            assert deliveries.change(conn, team, key, *states, **due)

    looking.house.teams = Two()
    await looking.store.write(answer_lost, TEAM)
    await LostAnswers(looking.house).begin()
    assert await idle(looking)
    assert (await outcome(looking, "a")).state is State.SAID
