"""Weekly messages as they are stored: heard of once they are said, and drawn anew."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.contact import Contact, Kind
from bot.partner import Partner, Status
from bot.reminder import Past, Thing, Value, What
from bot.reminder_handover import Handover
from bot.reminder_handover import State as Offer
from bot.reminder_week import Line, Weekly
from bot.round import Kind as Asks
from bot.round import Round, Standing
from bot.round_step import Step
from bot.tjek import Check
from storage import (
    contact,
    duplicate_follow,
    partner,
    reminder,
    reminder_handover,
    reminder_letter,
    tjek,
    tjek_step,
)
from storage import delivery as deliveries
from storage import delivery_sending as sending
from storage import round as rounds
from storage.database import Connection, Store
from storage.delivery import Delivery, State
from storage.reminder_letter import Letter

NOW = datetime(2026, 11, 24, 8, tzinfo=UTC)
TODAY = NOW.date()
DAY = timedelta(days=1)
KEY = "reminder.weekly.2026-W48.U02"


async def known(store: Store, name: str = "Museet") -> int:
    return (await store.write(partner.add, "T1", Partner(name), by="U01", now=NOW - 300 * DAY)).id


def letter(*things: Thing, **besides: object) -> Letter:
    lines = tuple(Line(thing, last=n == 0) for n, thing in enumerate(things))
    return Letter(KEY, "U02", TODAY, replace(Weekly(lines), **besides))  # type: ignore[arg-type] # as a test names them


def care(number: int) -> Thing:
    return Thing(What.CARE, number, Value.CARE, TODAY, number)


async def put(store: Store) -> None:
    await store.write(deliveries.put, "T1", Delivery("reminder.weekly", 0, "U02", NOW, KEY))


async def begin(store: Store) -> None:
    assert await store.write(sending.begin, "T1", KEY, real=NOW, unasked_at=NOW)


async def say(store: Store) -> None:
    await begin(store)
    assert await store.write(sending.mark_said, "T1", KEY, channel="D1", ts="1.1")


@pytest.fixture
async def museum(store: Store) -> int:
    number = await known(store)
    await put(store)
    await store.write(reminder_letter.keep, "T1", letter(care(number)))
    return number


async def heard(store: Store) -> dict[str, Past]:
    return await store.read(reminder.past, "T1", "U02")


async def test_what_stands_in_it_is_heard_of_as_soon_as_it_is_marked_said(
    store: Store, museum: int
) -> None:
    assert await heard(store) == {}
    await begin(store)
    assert await heard(store) == {}
    assert await store.write(sending.mark_said, "T1", KEY, channel="D1", ts="1.1")
    assert await heard(store) == {care(museum).key: Past((TODAY,))}


async def test_put_together_twice_it_is_the_second_that_counts(store: Store, museum: int) -> None:
    other = await known(store, "Kodeklubben")
    await store.write(reminder_letter.keep, "T1", letter(care(other)))
    await say(store)
    assert await heard(store) == {care(other).key: Past((TODAY,))}
    assert museum != other


async def test_what_was_never_said_was_never_heard(store: Store, museum: int) -> None:
    await store.write(sending.settle, "T1", KEY, State.DROPPED, at=State.WAITING)
    assert await heard(store) == {}
    assert museum


async def test_it_comes_back_as_it_was(store: Store, museum: int) -> None:
    round_ = Thing(What.ROUND, 5, Value.ROUND, TODAY)
    whole = letter(round_, care(museum), more=3, on_the_way=(museum,), turns_monthly=True)
    await store.write(reminder_letter.keep, "T1", whole)
    found = await store.read(reminder_letter.get, "T1", KEY)
    assert found
    assert [line.thing.key for line in found.weekly.lines] == ["round.5", care(museum).key]
    assert [line.last for line in found.weekly.lines] == [True, False]
    assert found.weekly.lines[1].thing.partner_id == museum
    assert (found.weekly.more, found.weekly.on_the_way) == (3, (museum,))
    assert found.weekly.turns_monthly
    assert (found.user, found.on) == ("U02", TODAY)
    assert await store.read(reminder_letter.get, "T2", KEY) is None
    assert await store.read(reminder_letter.said_at, "T1", KEY) is None
    await say(store)
    assert await store.read(reminder_letter.said_at, "T1", KEY) == NOW


async def note(store: Store, number: int, by: str = "U03", **fields: object) -> Contact:
    new = Contact(number, Kind.TALKED, TODAY, by, NOW + DAY)
    return await store.write(contact.note, "T1", replace(new, **fields))  # type: ignore[arg-type] # as a test names them


async def overtaken(store: Store) -> list[str]:
    found = await store.read(reminder_letter.overtaken, "T1", TODAY)
    assert {key for key, _ in found} <= {KEY}
    return [what for _, what in found]


async def test_a_colleagues_contact_overtakes_it_and_so_does_taking_it_back(
    store: Store, museum: int
) -> None:
    noted = await note(store, museum)
    assert await overtaken(store) == []  # not said yet: it will know by itself
    await say(store)
    assert await overtaken(store) == [f"contact.{noted.id}.1"]
    await store.write(contact.undo, "T1", noted.id, now=NOW + 2 * DAY)
    assert await overtaken(store) == [f"contact.{noted.id}.2"]
    assert await store.read(reminder_letter.overtaken, "T1", TODAY + DAY) == []


async def test_her_own_contact_overtakes_it_too(store: Store, museum: int) -> None:
    await say(store)
    noted = await note(store, museum, by="U02")
    assert await overtaken(store) == [f"contact.{noted.id}.1"]


async def test_a_contact_before_it_and_one_out_of_a_list_do_not(store: Store, museum: int) -> None:
    await say(store)
    await note(store, museum, noted_at=NOW - DAY)
    await note(store, museum, kind=Kind.READ_IN)
    assert await overtaken(store) == []


async def edit(store: Store, number: int, **fields: object) -> None:
    def save(conn: Connection, team: str) -> None:
        before = partner.existing(conn, team, number, lock=True)
        after = replace(before, **fields)  # type: ignore[arg-type] # as a test names them
        partner.update(conn, team, before, after, by="U02", now=NOW + DAY)

    await store.write(save, "T1")


@pytest.mark.parametrize(
    "fields", [{"status": Status.RESTING}, {"responsible": "U03"}, {"next_step": "ring"}]
)
async def test_a_pause_another_responsible_and_a_step_overtake_it(
    store: Store, museum: int, fields: dict[str, object]
) -> None:
    await edit(store, museum, note="lang tid siden")
    await say(store)
    assert await overtaken(store) == []
    await edit(store, museum, **fields)
    (what,) = await overtaken(store)
    assert what.startswith("partner_change.")


async def test_whose_it_was_until_after_the_message(store: Store, museum: int) -> None:
    async def were_hers(since: datetime) -> set[int]:
        return await store.read(reminder_letter.were_hers, "T1", "U02", [museum], since)

    await edit(store, museum, responsible="U02")
    assert await were_hers(NOW) == set()
    await edit(store, museum, responsible="U03")
    assert await were_hers(NOW) == {museum}
    assert await were_hers(NOW + DAY) == set()


async def test_a_partner_offered_overtakes_the_question_and_so_does_the_answer(
    store: Store, museum: int
) -> None:
    await say(store)
    offer = await store.write(
        reminder_handover.offer, "T1", Handover(museum, "U03", "U02", NOW + DAY)
    )
    assert await overtaken(store) == [f"reminder_handover.{offer.id}.1"]
    no = replace(offer, state=Offer.DECLINED, settled_at=NOW + DAY)
    await store.write(reminder_handover.settle, "T1", no)
    assert await overtaken(store) == [f"reminder_handover.{offer.id}.2"]
    assert await store.read(reminder_handover.declined_among, "T1", [offer.id]) == {offer.id}


async def test_her_answer_in_a_round_overtakes_it_and_so_does_its_end(store: Store) -> None:
    in_a_week = NOW + 7 * DAY
    asked = dict.fromkeys(("U02", "U03"), Standing.WAITING)
    new = Round(Asks.TJEK, 5, "U01", NOW - DAY, in_a_week, asked, named=True)
    opened = await store.write(rounds.start, "T1", new)
    await put(store)
    line = Thing(What.ROUND, opened.id, Value.ROUND, TODAY)
    await store.write(reminder_letter.keep, "T1", letter(line))
    await say(store)
    assert await overtaken(store) == []
    await store.write(rounds.decline, "T1", opened.id, "U02", NOW + DAY)
    assert await overtaken(store) == [f"round_invited.{opened.id}"]


async def test_what_is_being_said_is_rewritten_by_no_process_that_comes_late(
    store: Store, museum: int
) -> None:
    other = await known(store, "Kodeklubben")
    await begin(store)
    assert not await store.write(reminder_letter.keep, "T1", letter(care(other)))
    assert await store.write(sending.mark_said, "T1", KEY, channel="D1", ts="1.1")
    assert not await store.write(reminder_letter.keep, "T1", letter(care(other)))
    assert await heard(store) == {care(museum).key: Past((TODAY,))}


async def test_which_messages_name_a_partner(store: Store, museum: int) -> None:
    other = await known(store, "Kodeklubben")
    whole = letter(care(museum), on_the_way=(other,))
    assert await store.write(reminder_letter.keep, "T1", whole)

    async def naming(number: int, since: date = TODAY) -> list[str]:
        return await store.read(reminder_letter.naming, "T1", number, since)

    assert await naming(museum) == []  # it is put together again before it is said
    await begin(store)
    assert await naming(museum) == await naming(other) == [KEY]
    assert await naming(await known(store, "En tredje")) == []
    assert await naming(museum, TODAY + DAY) == []


async def test_what_she_was_chosen_for_overtakes_it_once_it_is_done(store: Store) -> None:
    check = await store.write(tjek.start, "T1", Check("U02", NOW, idea="fast VR-rum"))
    step = Step("Penge", TODAY, ("U02", "U03"))
    await store.write(tjek_step.assign, "T1", check.id, step, by="U02", now=NOW)
    await put(store)
    await store.write(
        reminder_letter.keep, "T1", letter(Thing(What.TASK, check.id, Value.PROMISE, TODAY))
    )
    await say(store)
    assert await overtaken(store) == []
    await store.write(tjek_step.finish, "T1", check.id, now=NOW + DAY)
    assert await overtaken(store) == [f"tjek_step.{check.id}"]


async def test_twenty_6276_django_crm_636_made_one_with_another_it_takes_all_along_and_back(
    store: Store, museum: int
) -> None:
    """What was mentioned, put off and handed over follows the partner, and comes back with it."""
    await say(store)
    off = {"on": TODAY, "until": TODAY + 9 * DAY}
    await store.write(reminder.put_off, "T1", "U02", care(museum), **off)
    other = await known(store, "Museet igen")
    before = await heard(store)

    def follow(conn: Connection, team: str) -> duplicate_follow.Moved:
        return duplicate_follow.follow(conn, team, museum, other)

    moved = await store.write(follow, "T1")
    assert await heard(store) == {care(other).key: before[care(museum).key]}
    await note(store, other)
    assert await overtaken(store)
    await store.write(duplicate_follow.bring_back, "T1", moved, museum, other)
    assert await heard(store) == before


async def test_what_she_puts_off_elsewhere_overtakes_it(store: Store, museum: int) -> None:
    await say(store)
    other = await known(store, "Kodeklubben")
    off = {"on": TODAY, "until": TODAY + 7 * DAY}
    await store.write(reminder.put_off, "T1", "U02", care(other), **off)
    await store.write(reminder.put_off, "T1", "U03", care(museum), **off)
    assert await overtaken(store) == []
    await store.write(reminder.put_off, "T1", "U02", care(museum), **off)
    (what,) = await overtaken(store)
    assert what.startswith("put_off.")
