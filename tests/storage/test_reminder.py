from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa

from bot.circle_asked import Ties
from bot.contact import Contact, Kind
from bot.errors import UserError
from bot.partner import Partner, RelationType
from bot.reminder import Past, Thing, Value, What
from bot.reminder_cadence import Cadence, Place, Relation
from bot.reminder_handover import OPEN_FOR, Handover, State, answered
from bot.workspace import Workspace
from storage import contact, partner, reminder, reminder_cadence, reminder_handover
from storage import delivery as deliveries
from storage import delivery_sending as sending
from storage import workspace as settings_of
from storage.database import Store
from storage.delivery import Delivery

NOW = datetime(2026, 11, 24, 8, tzinfo=UTC)
TODAY = NOW.date()
DAY = timedelta(days=1)
ZONE = ZoneInfo("Europe/Copenhagen")


async def known(store: Store, **fields: object) -> int:
    new = replace(Partner("Museet"), **fields)  # type: ignore[arg-type] # as a test names them
    return (await store.write(partner.add, "T1", new, by="U01", now=NOW - 300 * DAY)).id


def care(number: int) -> Thing:
    return Thing(What.CARE, number, Value.CARE, TODAY, number)


async def test_what_she_heard_of_and_put_off_is_her_own(store: Store) -> None:
    number = await known(store)
    asked = Thing(What.QUESTION, 77, Value.TRIAL, TODAY, number)
    await store.write(reminder.mentioned, "T1", "U02", [care(number), asked], TODAY)
    off = {"on": TODAY + DAY, "until": TODAY + 8 * DAY}
    await store.write(reminder.put_off, "T1", "U02", care(number), **off)
    await store.write(reminder.mentioned, "T1", "U02", [care(number)], TODAY + 14 * DAY)
    assert await store.read(reminder.past, "T1", "U02") == {
        care(number).key: Past((TODAY, TODAY + 14 * DAY), TODAY + DAY, TODAY + 8 * DAY),
        "question.77": Past((TODAY,)),
    }
    assert await store.read(reminder.past, "T1", "U03") == {}
    assert await store.read(reminder.past, "T2", "U02") == {}


async def test_silent_is_counted_from_the_last_click(store: Store) -> None:
    async def told(at: datetime) -> None:
        key = f"weekly.{at:%d}"

        def write(conn: sa.Connection, team: str) -> None:
            deliveries.put(conn, team, Delivery("weekly", 0, "U02", at, key))
            sending.begin(conn, team, key, real=at, unasked_at=at)
            sending.mark_said(conn, team, key, channel="D1", ts="1.0")

        await store.write(write, "T1")

    await told(NOW)
    await told(NOW + 7 * DAY)
    assert await store.read(reminder.silent, "T1", "U02", "weekly") == 2
    await store.write(reminder.clicked, "T1", "U02", NOW + DAY)
    assert await store.read(reminder.silent, "T1", "U02", "weekly") == 1
    await store.write(reminder.clicked, "T1", "U02", NOW + 8 * DAY)
    assert await store.read(reminder.silent, "T1", "U02", "weekly") == 0
    assert await store.read(reminder.silent, "T1", "U03", "weekly") == 0


async def test_cadences_of_the_library_and_of_a_partner(store: Store) -> None:
    number = await known(store)
    assert await store.read(reminder_cadence.library, "T1") == {}
    await store.write(reminder_cadence.choose, "T1", Place.NETWORK, Cadence(100, 200))
    assert await store.read(reminder_cadence.library, "T1") == {Place.NETWORK: Cadence(100, 200)}
    await store.write(reminder_cadence.choose, "T1", Place.NETWORK, None)
    assert await store.read(reminder_cadence.library, "T1") == {}
    ends = date(2027, 3, 1)
    await store.write(reminder_cadence.choose_own, "T1", number, Cadence(10, 20), None)
    await store.write(reminder_cadence.choose_own, "T1", number, None, ends)
    assert await store.read(reminder_cadence.own, "T1", number) == (None, ends)


async def test_a_relation_as_the_rules_look_at_it(store: Store) -> None:
    number = await known(store)
    talked = Contact(number, Kind.TALKED, TODAY - 3 * DAY, "U03", NOW)
    await store.write(contact.note, "T1", talked)
    (found,) = await store.read(reminder_cadence.relations, "T1", [number], ZONE)
    added_on = (NOW - 300 * DAY).date()
    assert found == Relation(number, added_on, last_contact=TODAY - 3 * DAY)


async def test_an_agreement_ends_only_for_those_who_are_no_partners(store: Store) -> None:
    numbers = [await known(store), await known(store, relation_type=RelationType.SPONSOR)]
    for number in numbers:
        await store.write(reminder_cadence.choose_own, "T1", number, None, TODAY)
    found = await store.read(reminder_cadence.relations, "T1", numbers, ZONE)
    assert {one.partner_id: one.agreement_ends for one in found} == {
        numbers[0]: None,
        numbers[1]: TODAY,
    }


async def test_those_who_are_responsible_are_found_each_once(store: Store) -> None:
    numbers = [await known(store, responsible="U03"), await known(store, responsible="U03")]
    await known(store, responsible="U02", deputy="U05")
    await known(store, responsible="U04", archived=True)
    assert await store.read(reminder_cadence.responsible, "T1") == ["U02", "U03"]
    assert await store.read(reminder_cadence.responsible_for, "T1", "U03") == numbers
    assert await store.read(reminder_cadence.responsible_for, "T1", "U04") == []


@pytest.mark.parametrize("whose", ["U04", None])
async def test_an_offer_is_over_with_another_responsible(store: Store, whose: str | None) -> None:
    number = await known(store, responsible="U02")
    new = Handover(number, "U03", "U02", NOW, "U02")
    made = await store.write(reminder_handover.offer, "T1", new)

    async def hand_to(user: str | None) -> None:
        def save(conn: sa.Connection, team: str) -> None:
            before = partner.existing(conn, team, number, lock=True)
            after = replace(before, responsible=user)
            partner.update(conn, team, before, after, by="U04", now=NOW)

        await store.write(save, "T1")

    await hand_to(whose)
    assert await store.read(reminder_handover.open_about, "T1", [number], NOW) == {}
    assert await store.read(reminder_handover.offered_to, "T1", "U03", NOW) == []
    await hand_to("U02")
    assert await store.read(reminder_handover.offered_to, "T1", "U03", NOW) == [made]


async def test_what_nobody_had_is_offered_until_somebody_has_it(store: Store) -> None:
    number = await known(store)
    new = Handover(number, "U03", "U02", NOW)
    made = await store.write(reminder_handover.offer, "T1", new)
    assert await store.read(reminder_handover.offered_to, "T1", "U03", NOW) == [made]


async def test_who_was_asked_and_did_not_say_yes_is_remembered(store: Store) -> None:
    number = await known(store, responsible="U02")
    for to, accepts in (("U03", False), ("U04", True)):
        new = Handover(number, to, "U02", NOW, "U02")
        made = await store.write(reminder_handover.offer, "T1", new)
        said = answered(made, Ties("U02"), to, accepts=accepts, now=NOW)
        await store.write(reminder_handover.settle, "T1", said)
    new = Handover(number, "U05", "U02", NOW, "U02")
    await store.write(reminder_handover.offer, "T1", new)
    asked = await store.read(reminder_handover.asked_before, "T1", [number])
    assert asked == {number: {"U03", "U05"}}


async def test_one_offer_of_a_partner_is_open_at_a_time(store: Store) -> None:
    number = await known(store, responsible="U02")
    first = await store.write(
        reminder_handover.offer, "T1", Handover(number, "U03", "U02", NOW, "U02")
    )
    second = await store.write(
        reminder_handover.offer, "T1", Handover(number, "U05", "U02", NOW + DAY, "U02")
    )
    assert await store.read(reminder_handover.offered_to, "T1", "U03", NOW + DAY) == []
    assert await store.read(reminder_handover.offered_to, "T1", "U05", NOW + DAY) == [second]
    assert await store.read(reminder_handover.open_about, "T1", [number], NOW + DAY) == {
        number: second
    }
    late = NOW + DAY + OPEN_FOR
    assert await store.read(reminder_handover.offered_to, "T1", "U05", late) == []
    said = answered(second, Ties("U02"), "U05", accepts=True, now=NOW + 2 * DAY)
    await store.write(reminder_handover.settle, "T1", said)
    stored = await store.read(reminder_handover.existing, "T1", second.id)
    assert (stored.state, stored.version) == (State.ACCEPTED, 2)
    gone = await store.read(reminder_handover.existing, "T1", first.id)
    assert gone.state is State.WITHDRAWN
    with pytest.raises(UserError):
        await store.read(reminder_handover.existing, "T1", 4711)


async def test_the_day_of_switching_on_is_the_first_one(store: Store) -> None:
    assert await store.read(settings_of.switched_on_at, "T1") is None
    for days, on in ((0, False), (1, True), (2, False), (3, True)):
        wanted = Workspace(switched_on=on)
        await store.write(settings_of.save_settings, "T1", wanted, now=NOW + days * DAY)
    assert await store.read(settings_of.switched_on_at, "T1") == NOW + DAY
