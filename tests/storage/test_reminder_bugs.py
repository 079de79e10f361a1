"""What other systems lost or doubled in their registers, as far as it decides about reminders.

Each is named after where it was reported; those about time are in tests/bot/test_reminder_bugs.py.
"""

from dataclasses import replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from bot.import_record import Person
from bot.partner import Partner
from bot.reminder_cadence import Relation, due
from storage import contact, partner, reminder_cadence
from storage.database import Store
from tests.storage.test_import import NOW, OURS, card, named, ours, planned, read_in, row

ZONE = ZoneInfo("Europe/Copenhagen")
DAY = timedelta(days=1)
MET = date(2026, 6, 9)


async def relation(store: Store, number: int) -> Relation:
    (found,) = await store.read(reminder_cadence.relations, "T1", [number], ZONE)
    return found


async def test_monica_5932_the_same_list_three_times_moves_nobodys_day(store: Store) -> None:
    rows = [row(2, "Kulturhuset", last_contact=MET), row(3, "Springbræt")]
    await read_in(store, *rows)
    found = [await named(store, name) for name in ("Kulturhuset", "Springbræt")]
    numbers = [one.id for one in found if one]
    before = [await relation(store, number) for number in numbers]
    for _ in range(2):
        again, _ = await planned(store, *rows)
        assert again.counts["same"] == len(rows)
        assert again.counts["new"] == again.counts["changed"] == 0
    assert [await relation(store, number) for number in numbers] == before
    assert before[0].last_contact == MET


async def test_monica_6176_relaticle_an_empty_cell_erases_nothing(store: Store) -> None:
    mine = replace(OURS, responsible="U7", next_step="ring", next_step_on=MET)
    known = await ours(store, mine)
    # A blank cell is nothing in a row (tests/bot/test_import_rows.py).
    await read_in(store, row(2, "Springbræt", keywords=("musik",)))
    now = await card(store, known.id)
    assert now == replace(known, version=now.version, keywords=("lektier", "musik"))


async def test_twenty_11864_another_mail_under_the_same_number_is_a_change(store: Store) -> None:
    known = await ours(store)
    mail = Person("Anne Holm", email="anne@holm.dk")
    await read_in(store, row(2, "Springbræt", mail, id=known.id))
    (person,) = (await card(store, known.id)).people
    assert (person.id, person.email) == (known.people[0].id, "anne@holm.dk")


async def test_bonds_145_a_contact_that_is_read_in_again_keeps_its_day(store: Store) -> None:
    rows = [row(2, "Kulturhuset", last_contact=MET)]
    await read_in(store, *rows)
    house = await named(store, "Kulturhuset")
    assert house
    later, _ = await planned(store, *rows, row(3, "Byens Museum"))
    assert later.counts["same"] == 1
    (met,) = await store.read(contact.of_partner, "T1", house.id)
    assert met.on == MET
    when = due(await relation(store, house.id), {})
    assert when
    assert when.ask_on == MET + 270 * DAY


async def test_monica_6571_a_contact_of_yesterday_is_known_in_the_next_look(store: Store) -> None:
    known = await store.write(partner.add, "T1", Partner("Museet"), by="U3", now=NOW - 400 * DAY)
    before = due(await relation(store, known.id), {})
    await read_in(store, row(2, "Museet", last_contact=NOW.date() - DAY))
    after = due(await relation(store, known.id), {})
    assert before
    assert after
    assert before.ask_on < NOW.date() < after.on_the_way_on
