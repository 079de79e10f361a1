"""A round whose messages are still on their way, refused, or lost."""

import asyncio
import signal
from collections import Counter
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.round import Kind
from handlers import round as desk_of
from storage import delivery as deliveries
from storage import round_queries
from storage import workspace as settings_of
from storage.database import Connection, Store
from storage.delivery import Delivery, State
from storage.round_tables import ROUND
from storage.tjek_tables import TJEK
from tests.handlers.library import Json, Library, elements, said
from tests.handlers.library_settings import decide
from tests.handlers.test_serve import Street, built
from tests.handlers.tjek_rounds import (
    ALI,
    METTE,
    PARTNERS,
    SOFIE,
    answers,
    asked,
    decided_in_form,
    direct,
    messages,
    open_rounds,
    parent,
    press_direct,
    press_parent,
    ready,
    revealed,
    settled,
    thread,
    told,
    wound,
    wound_past_deadline,
)
from tests.handlers.wire import database, fault, held_up, let_go, rows
from tests.storage.databases import sqlite_url

TEAM = "T01"
TO_CHANNEL = {"channel": PARTNERS}


def buttons(message: Json) -> list[str]:
    return [e["text"]["text"] for _, e in elements(message) if e["type"] == "button"]


def kind_of(what: str) -> str:
    return desk_of.kind_of(Kind.TJEK, what)


async def states(library: Library, what: str) -> Counter[State]:
    """What has become of the deliveries of that kind."""

    def read(conn: Connection) -> Counter[State]:
        table = deliveries.DELIVERY
        query = sa.select(table.c.state).where(
            table.c.team_id == TEAM, table.c.kind == kind_of(what)
        )
        return Counter(conn.execute(query).scalars())

    return await library.store.read(read)


async def asked_while_slack_is_slow(library: Library, *invited: str) -> None:
    """The invitations are out, and the message in the channel is on its way."""
    await library.write("tjek Pixelværket")
    await library.press("Spørg kolleger")
    await held_up(library, "chat.postMessage", TO_CHANNEL)
    values = {"invited": list(invited)}
    view = await library.view()
    ids = {block_id: element["action_id"] for block_id, element in elements(view)}
    filled = {block: {ids[block]: value} for block, value in values.items()}
    where = {"user": METTE, "view_id": view["id"], "wait": "ack"}
    done = await library.control("submit", **where, values=filled)
    assert done["ok"], done
    async with asyncio.timeout(10):
        while not all([await direct(library, user) for user in invited]):
            pass


# The message that the thread hangs on


async def test_called_off_while_its_message_was_on_its_way_it_says_so(library: Library) -> None:
    await ready(library)
    await asked_while_slack_is_slow(library, ALI)
    await library.press("Aflys runden", confirm=True, wait="ack")
    await let_go(library, "chat.postMessage")
    await settled(library)
    shown = await parent(library)
    assert "er aflyst. Ingen har set nogen svar." in said(shown)
    assert not buttons(shown)


async def test_one_declined_while_it_was_on_its_way_and_it_waits_for_the_others_only(
    library: Library,
) -> None:
    await ready(library)
    await asked_while_slack_is_slow(library, ALI, SOFIE)
    await press_direct(library, ALI, "Jeg kan ikke denne gang", wait="ack")
    await let_go(library, "chat.postMessage")
    await settled(library)
    assert "0 af 2 har svaret." in said(await parent(library))


async def test_shown_before_its_message_was_out_the_answers_hang_on_it(library: Library) -> None:
    await ready(library)
    await fault(library, "chat.postMessage", match=TO_CHANNEL, status=503, times=2)
    await asked(library, ALI, own={})
    await answers(library, ALI)
    shown = await parent(library)
    assert "Svarene står i tråden." in said(shown)
    assert "Svar" not in buttons(shown)
    assert len(revealed(await thread(library))) == 1


async def test_a_lost_message_holds_nobody_up_and_the_answers_hang_on_each_other(
    library: Library,
) -> None:
    await ready(library)
    await fault(library, "chat.postMessage", match=TO_CHANNEL, drop_answer=True)
    await asked(library, ALI, own={"hours": "no", "need": "no", "money": "no", "goals": "no"})
    await answers(library, ALI)
    found = await parent(library)
    assert revealed([found])
    (more,) = await thread(library)
    assert "Her er I også uenige:" in said(more)
    await press_parent(library, METTE, "Skriv beslutningen")
    await decided_in_form(library, "go_on", reason="Vi vil gerne")
    assert "Mette: Ja" in said((await thread(library))[-1])
    assert await states(library, desk_of.OPENED) == {State.PERHAPS: 1}


async def test_a_renewal_that_failed_is_made_up_for(library: Library) -> None:
    await ready(library)
    await asked(library, own={})
    await press_parent(library, METTE, "Til Mette: se runden")
    await fault(library, "chat.update", status=500, times=2)
    await library.press("Aflys runden", confirm=True)
    await settled(library)
    assert not buttons(await parent(library))


async def test_of_a_message_that_is_gone_nothing_is_renewed(library: Library) -> None:
    await ready(library)
    await asked(library, own={})
    await press_parent(library, METTE, "Til Mette: se runden")
    await fault(library, "chat.update", error="message_not_found", times=9)
    await library.press("Aflys runden", confirm=True)
    await settled(library)
    assert await states(library, desk_of.RENEWAL) == {State.DROPPED: 2}


# What is no longer to be said


async def test_called_off_nobody_is_asked_or_reminded_any_more(library: Library) -> None:
    await ready(library)
    await asked(library, own={})
    await press_parent(library, METTE, "Til Mette: se runden")
    await library.press("Aflys runden", confirm=True)
    await settled(library)
    assert await states(library, desk_of.NUDGE) == {State.WITHDRAWN: 3}
    assert await states(library, desk_of.INVITATION) == {State.SAID: 2}


async def test_shown_nobody_is_reminded_any_more(library: Library) -> None:
    await ready(library)
    await asked(library, ALI, own={})
    await answers(library, ALI)
    assert await states(library, desk_of.NUDGE) == {State.WITHDRAWN: 2}


async def test_a_round_that_is_gone_is_not_spoken_of(library: Library) -> None:
    await ready(library)
    gone = Delivery(kind_of(desk_of.REVEAL), 4711, PARTNERS, library.house.clock.now(), "gone.000")
    await library.store.write(deliveries.put, TEAM, gone)
    library.house.wake()
    await settled(library)
    assert await states(library, desk_of.REVEAL) == {State.DROPPED: 1}


async def test_a_piece_that_there_is_none_of_any_more_is_not_said(library: Library) -> None:
    await ready(library)
    await asked(library, ALI, own={})
    await answers(library, ALI)
    (this,) = await library.store.read(round_queries.led_by, TEAM, METTE)
    other = Delivery(kind_of(desk_of.REVEAL), this.id, PARTNERS, library.house.clock.now(), "x.009")
    await library.store.write(deliveries.put, TEAM, other)
    library.house.wake()
    await settled(library)
    assert await states(library, desk_of.REVEAL) == {State.SAID: 1, State.DROPPED: 1}


async def test_one_bad_round_keeps_no_other_from_being_shown(
    library: Library, caplog: pytest.LogCaptureFixture
) -> None:
    await ready(library)
    await asked(library, ALI, words="Den dårlige", own={})
    await asked(library, ALI, words="Den gode", own={})

    def spoil(conn: Connection) -> None:
        bad = (TJEK.c.team_id == TEAM, TJEK.c.idea == "Den dårlige")
        conn.execute(sa.update(TJEK).where(*bad).values(wording={"bad": 1}))

    await library.store.write(spoil)
    now = library.house.clock.now()
    first, _ = await library.store.read(open_rounds, now)
    await wound(library, (first.deadline - now).total_seconds() / 3600 + 1, jump=True)
    assert "Den gode" in revealed(await thread(library))[0]
    assert "The answers of a round went wrong" in caplog.text

    def end(conn: Connection) -> None:
        mine = sa.delete(ROUND).where(ROUND.c.team_id == TEAM, ROUND.c.id == first.id)
        conn.execute(mine)

    await library.store.write(end)


# Switched off meanwhile


async def test_switched_off_meanwhile_nothing_is_shown_or_decided(library: Library) -> None:
    await ready(library)
    await asked(library, own={})
    await answers(library, ALI)
    await library.close()
    await press_parent(library, METTE, "Til Mette: se runden")
    await decide(library, switched_on=False)
    await library.press("Vis svarene nu", confirm=True)
    assert "før koordinatoren har slået det til" in await told(library, METTE)
    await decide(library, switched_on=True)
    await library.close()
    await wound_past_deadline(library)
    (shown,) = await thread(library)
    await decide(library, switched_on=False)
    where = {"channel": PARTNERS, "ts": shown["ts"]}
    ids = {"action_id": "tjek_round_decide", "block_id": "reveal_buttons"}
    await library.control("click", user=METTE, message=where, **ids)
    assert "før koordinatoren har slået det til" in await told(library, METTE)


# Killed


@pytest.fixture
async def street(tmp_path: Path) -> AsyncIterator[Street]:
    """A library that is switched on, in a house where the bot is a process."""
    async with built(tmp_path) as street:
        store = await Store.open(sqlite_url(database(tmp_path)))
        await store.write(switch_on)
        await store.close()
        yield street


def switch_on(conn: Connection) -> None:
    before = settings_of.settings(conn, TEAM, lock=True)
    chosen = {"switched_on": True, "coordinators": ("U01",), "partner_channel": PARTNERS}
    on = before.model_copy(update=chosen)
    settings_of.save_settings(conn, TEAM, on, now=datetime.now(UTC))


async def heard(street: Street) -> Counter[tuple[str, str]]:
    """All that the bot has said, with where: a channel, a thread in it, or a person."""
    found: Counter[tuple[str, str]] = Counter()
    for user in (ALI, SOFIE):
        found.update((user, message["text"]) for message in await direct(street, user))
    for message in await messages(street):
        found[PARTNERS, message["text"]] += 1
        found.update((message["ts"], reply["text"]) for reply in message["replies"])
    return found


@pytest.mark.parametrize("what", [desk_of.OPENED, desk_of.INVITATION, desk_of.REVEAL])
async def test_killed_while_slack_is_told_it_says_nothing_twice_and_the_round_goes_on(
    street: Street, what: str
) -> None:
    kind = kind_of(what)
    bot = await street.run()
    held = {
        desk_of.OPENED: "Vi tjekker",
        desk_of.INVITATION: "Din kollega vil gerne høre",
        desk_of.REVEAL: "er her. I er uenige om",
    }[what]
    steps = [asked(street, own={"hours": "no"}), answers(street, ALI), answers(street, SOFIE)]

    def sending() -> list[str]:
        on_their_way = "SELECT kind FROM delivery WHERE state IN ('waiting', 'sending')"
        return [
            found for (found,) in rows(street.file, on_their_way) if found != kind_of(desk_of.NUDGE)
        ]

    for place, step in enumerate(steps):
        if place != (2 if what == desk_of.REVEAL else 0):
            await step
            continue
        await held_up(street, "chat.postMessage", f"{kind}.")
        playing = asyncio.create_task(step)
        async with asyncio.timeout(20):
            while not any(held in text for _, text in await heard(street)) or sending() != [kind]:
                pass  # it stands there, and the bot has not heard so
        bot.kill()
        assert await bot.wait() == -signal.SIGKILL
        await let_go(street, "chat.postMessage")
        bot = await street.run()
        await street.look("ready?connections=1")
        await playing
    await settled(street)

    told = await heard(street)
    assert max(told.values()) == 1
    for words, times in {"tjekke": 1, "er her. I er uenige": 1}.items():
        assert len([text for _, text in told if words in text]) == times, words
    for user in (ALI, SOFIE):
        assert len(await direct(street, user)) == 1, "the invitation, whatever it reads by now"
    ends = rows(street.file, "SELECT kind, state, reason FROM delivery")
    assert {end[1] for end in ends} <= {"said", "perhaps", "dropped", "withdrawn"}
    assert [end for end in ends if end[1] == "perhaps"] == [(kind, "perhaps", "process_died")]
