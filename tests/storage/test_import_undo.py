"""An import taken back leaves every table as it was, but for what it and others have logged."""

from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa

from bot.circle import Level
from bot.contact import Contact, Kind
from bot.import_record import Person
from bot.import_undo import CHANGED_SINCE, WORKED_ON, Noted
from bot.partner import ContactPerson, Partner, Purpose, RelationType, Room
from bot.privacy import Information, Standing
from bot.reminder import Thing, Value, What
from bot.reminder_cadence import Cadence
from bot.reminder_handover import Handover
from bot.round import Kind as RoundKind
from bot.round import called
from bot.timetable import Calendar
from bot.tjek import Check
from storage import (
    contact,
    duplicate_merge,
    evaluation,
    import_log,
    import_undo,
    partner,
    privacy,
    privacy_erasure,
    reminder,
    reminder_cadence,
    reminder_handover,
    tjek,
)
from storage import round as rounds
from storage.database import Connection, Store
from storage.import_batch import Origin, back
from storage.import_write import StaleError
from storage.partner_tables import PARTNER
from tests.storage import evaluations
from tests.storage.test_duplicate_merge import content
from tests.storage.test_import import LATER, NOW, card, edited, named, ours, read_in, row, undone

TOLD = date(2026, 1, 1)
ANNE = ContactPerson("Anne Holm", "formand", "anne@springbraet.dk")
BO = ContactPerson("Bo Lind", source="visitkort")
OURS = Partner(
    "Springbræt",
    other_names=("SB",),
    keywords=("lektier",),
    rooms=(Room.LEARNING,),
    people=(ANNE, BO),
    area="byen",
)
# What an undoing leaves: that there was an import, and the log of both.
LOGS = {"import_run", "import_partner", "partner_change"}
ALL_OF_A_ROW: dict[str, Any] = {
    "cvr": "25313763",
    "website": "https://springbraet.dk",
    "other_names": ("Brættet",),
    "keywords": ("musik", "unge"),
    "rooms": (Room.MEETING,),
    "purposes": (Purpose.NEW_USERS,),
    "level": Level.PARTNERSHIP,
    "area": "hele byen",
    "note": "ny",
    "responsible": "U7",
    "deputy": "U8",
    "next_step": "ring",
    "next_step_on": date(2027, 1, 1),
    "start": date(2020, 1, 1),
    "last_contact": date(2024, 2, 1),
}


async def everything(store: Store) -> Mapping[str, Counter[str]]:
    """Every row; when a card was last touched may be another, for the undoing has touched it."""

    def rows(conn: Connection) -> Mapping[str, Counter[str]]:
        ids = conn.execute(sa.select(PARTNER.c.id).where(PARTNER.c.team_id == "T1")).scalars()
        partners = partner.get_many(conn, "T1", sorted(ids))
        cards = Counter(str(replace(one, version=0)) for one in partners)
        return {**content(conn, "T1"), "partner": cards}

    found = await store.read(rows)
    return {name: rows for name, rows in found.items() if name not in LOGS}


async def told(store: Store, of: Partner, person: int, on: date = TOLD, how: str = "") -> None:
    information = Information(on, how)
    await store.write(privacy.inform, "T1", of.id, person, information, by="U4")


async def objects(store: Store, of: Partner, person: int, *, wish: bool = True) -> None:
    await store.write(privacy.wishes_no_contact, "T1", of.id, person, wish=wish)


async def standing(store: Store, of: Partner, person: int) -> Standing | None:
    return (await store.read(privacy.standings, "T1", [of.id])).get(person)


async def test_every_table_is_as_it_was(store: Store) -> None:
    known = await ours(store, OURS)
    sponsor = await ours(store, Partner("Banken", relation_type=RelationType.SPONSOR))
    await told(store, known, known.people[0].id, date(2025, 1, 1), "mail")
    talk = Contact(known.id, Kind.MET, date(2023, 1, 1), "U3", NOW - timedelta(days=2))
    await store.write(contact.note, "T1", talk)
    before = await everything(store)
    anne = Person("Anne Holm", email="ah@sb.dk", told_on=TOLD, no_contact=True)
    bo = Person("Bo Lind", title="kasserer", told_on=TOLD, no_contact=True)
    ida = Person("Ida Bang", email="ida@sb.dk", told_on=TOLD, no_contact=True)
    number = await read_in(
        store,
        row(2, "Springbræt", anne, bo, ida, **ALL_OF_A_ROW),
        row(3, "Banken", Person("Eva", told_on=TOLD), note="ny"),
        row(4, "Kulturhuset", ida, **{**ALL_OF_A_ROW, "cvr": "", "website": ""}),
    )
    assert (await card(store, known.id)).level is Level.PARTNERSHIP
    assert (await card(store, sponsor.id)).note == "ny"
    what = await undone(store, number)
    assert what.stays == ()
    assert await everything(store) == before
    assert await named(store, "Ida Bang") is None
    assert await named(store, "Brættet") is None
    assert await named(store, "SB") is not None


async def test_what_a_file_only_notes_of_persons_goes_back_too(store: Store) -> None:
    known = await ours(store, OURS)
    anne, bo = (person.id for person in known.people)
    await objects(store, known, bo)
    before = await everything(store)
    number = await read_in(
        store,
        row(2, "Springbræt", Person("Anne Holm", told_on=TOLD, no_contact=True)),
        row(3, "Springbræt", Person("Bo Lind", told_on=TOLD, no_contact=True)),
    )
    assert await store.read(privacy.count_uninformed, "T1") == 0
    what = await undone(store, number)
    assert set(what.noted) == {Noted(anne, TOLD, no_contact=True), Noted(bo, TOLD)}
    assert what.stays == ()
    assert await everything(store) == before
    assert await standing(store, known, bo) == Standing(no_contact=True)
    assert await store.read(privacy.count_uninformed, "T1") == 2


async def test_what_somebody_has_noted_of_a_person_since_stays(store: Store) -> None:
    known = await ours(store, OURS)
    anne, bo = (person.id for person in known.people)
    number = await read_in(
        store,
        row(2, "Springbræt", Person("Anne Holm", told_on=TOLD), Person("Bo Lind", no_contact=True)),
    )
    await told(store, known, anne, how="brev")
    await told(store, known, bo)
    what = await undone(store, number)
    assert [(stay.name, stay.why) for stay in what.stays] == [("Springbræt", CHANGED_SINCE)]
    assert await standing(store, known, anne) == Standing(Information(TOLD, "brev"), "U4")
    assert await standing(store, known, bo) == Standing(Information(TOLD, ""), "U4")


async def test_a_new_partner_stays_with_an_objection_that_somebody_has_noted(store: Store) -> None:
    people = (Person("Ida Bang", told_on=TOLD), Person("Eva Juul"))
    number = await read_in(store, row(2, "Kulturhuset", *people), row(3, "Arkivet", *people))
    house, archive = await named(store, "Kulturhuset"), await named(store, "Arkivet")
    assert house
    assert archive
    eva = house.people[1].id
    await objects(store, house, eva)
    what = await undone(store, number)
    assert what.gone == (archive.id,)
    assert [(stay.name, stay.why) for stay in what.stays] == [("Kulturhuset", WORKED_ON)]
    assert await standing(store, house, eva) == Standing(no_contact=True)


@pytest.mark.parametrize("change", ["told again", "objects", "wish taken back"])
async def test_a_new_partner_stays_where_what_the_file_noted_is_another_by_now(
    store: Store, change: str
) -> None:
    ida = Person("Ida Bang", told_on=TOLD, no_contact=change == "wish taken back")
    number = await read_in(store, row(2, "Kulturhuset", ida))
    house = await named(store, "Kulturhuset")
    assert house
    match change:
        case "told again":
            await told(store, house, house.people[0].id, date(2026, 11, 1))
        case _:
            await objects(store, house, house.people[0].id, wish=change == "objects")
    before = await everything(store)
    what = await undone(store, number)
    assert (what.gone, what.noted) == ((), ())
    assert [stay.why for stay in what.stays] == [WORKED_ON]
    assert await everything(store) == before


async def test_a_wish_that_was_noted_and_taken_back_keeps_no_new_partner(store: Store) -> None:
    number = await read_in(store, row(2, "Kulturhuset", Person("Ida Bang", told_on=TOLD)))
    house = await named(store, "Kulturhuset")
    assert house
    for wish in (True, False):
        await objects(store, house, house.people[0].id, wish=wish)
    assert (await undone(store, number)).gone == (house.id,)


async def test_a_person_of_the_file_who_stays_keeps_what_it_noted_of_her(store: Store) -> None:
    known = await ours(store, OURS)
    ida = Person("Ida Bang", told_on=TOLD, no_contact=True)
    number = await read_in(store, row(2, "Springbræt", ida))
    now = await card(store, known.id)
    new = replace(now.people[2], title="formand")
    await edited(store, known.id, people=(*now.people[:2], new))
    what = await undone(store, number)
    assert [stay.why for stay in what.stays] == [CHANGED_SINCE]
    assert await standing(store, known, new.id) == Standing(
        Information(TOLD, ""), "U1", no_contact=True
    )


async def test_a_person_who_was_forgotten_since_stays_forgotten(store: Store) -> None:
    known = await ours(store, OURS)
    anne = known.people[0].id
    number = await read_in(store, row(2, "Springbræt", Person("Anne Holm", told_on=TOLD)))
    why: dict[str, Any] = {"word": "[x]", "purpose": "hun bad om det", "by": "U1", "now": LATER}
    await store.write(privacy_erasure.anonymise, "T1", known.id, anne, **why)
    before = (await everything(store))["person_privacy"]
    await undone(store, number)
    assert (await everything(store))["person_privacy"] == before
    await store.read(import_log.outdated, "T1")


async def test_a_person_who_was_made_one_with_another_since_keeps_what_is_noted(
    store: Store,
) -> None:
    known = await ours(store, OURS)
    other = await ours(store, Partner("Brættet", people=(replace(ANNE, title=""),)))
    number = await read_in(store, row(2, "Brættet", Person("Anne Holm", told_on=TOLD), note="x"))
    seen = [(known.id, 1), (other.id, 2)]
    await store.write(duplicate_merge.merge, "T1", seen, {}, by="U3", now=LATER)
    before = await everything(store)
    what = await undone(store, number)
    assert what.noted == ()
    assert len(what.stays) == 1
    assert await everything(store) == before


async def test_an_edit_of_another_person_or_of_another_word_is_not_the_same(store: Store) -> None:
    known = await ours(store, OURS)
    mail = Person("Anne Holm", email="ah@sb.dk")
    number = await read_in(store, row(2, "Springbræt", mail, keywords=("musik",)))
    now = await card(store, known.id)
    bo = replace(now.people[1], title="kasserer")
    await edited(store, known.id, people=(now.people[0], bo), keywords=("lektier", "musik", "dans"))
    what = await undone(store, number)
    assert what.stays == ()
    back = await card(store, known.id)
    assert back.people == (known.people[0], bo)
    assert back.keywords == ("lektier", "dans")


Work = Callable[[Store, int], Awaitable[None]]
CARE = Thing(What.CARE, 0, Value.CARE, LATER.date())


async def mentions(store: Store, number: int) -> None:
    thing = replace(CARE, partner_id=number)
    await store.write(reminder.mentioned, "T1", "U4", [thing], LATER.date())


async def quick_question(store: Store, number: int) -> None:
    await store.write(contact.mark_asked, "T1", "U4", number, "area", LATER)


async def puts_off(store: Store, number: int) -> None:
    thing, on = replace(CARE, partner_id=number), LATER.date()
    until = on + timedelta(days=30)
    await store.write(reminder.put_off, "T1", "U4", thing, on=on, until=until)


async def offers(store: Store, number: int) -> None:
    await store.write(reminder_handover.offer, "T1", Handover(number, "U5", "U4", LATER))


async def own_cadence(store: Store, number: int) -> None:
    await store.write(reminder_cadence.choose_own, "T1", number, Cadence(30, 60), None)


async def begins_check(store: Store, number: int) -> None:
    await store.write(tjek.start, "T1", Check("U4", LATER, partner_id=number))


async def asks(store: Store, number: int) -> None:
    about: dict[str, Any] = {"by": "U4", "invited": ["U5"], "now": LATER, "partner_id": number}
    calendar = Calendar(ZoneInfo("Europe/Copenhagen"))
    new = called(RoundKind.TJEK, 1, calendar=calendar, **about)
    await store.write(rounds.start, "T1", new)


async def evaluates(store: Store, number: int) -> None:
    await store.write(evaluation.add, "T1", evaluations.new(number, opened_at=LATER))


WORK = [puts_off, offers, own_cadence, begins_check, asks, evaluates]


@pytest.mark.parametrize("how", [mentions, quick_question])
async def test_what_the_bot_did_of_itself_is_nobodys_work(store: Store, how: Work) -> None:
    number = await read_in(store, row(2, "Kulturhuset"))
    house = await named(store, "Kulturhuset")
    assert house
    await how(store, house.id)
    what = await undone(store, number)
    assert (what.gone, what.stays) == ((house.id,), ())


@pytest.mark.parametrize("how", WORK)
async def test_a_new_partner_stays_with_what_somebody_does_about_it(
    store: Store, how: Work
) -> None:
    number = await read_in(store, row(2, "Kulturhuset"))
    house = await named(store, "Kulturhuset")
    assert house
    await how(store, house.id)
    what = await undone(store, number)
    assert (what.gone, [stay.why for stay in what.stays]) == ((), [WORKED_ON])


@pytest.mark.parametrize("how", WORK)
async def test_nothing_is_lost_that_was_done_while_the_undoing_was_looked_at(
    store: Store, how: Work
) -> None:
    number = await read_in(store, row(2, "Kulturhuset"))
    house = await named(store, "Kulturhuset")
    assert house
    done, state = await store.read(import_undo.past, "T1", number, LATER)
    what = import_undo.undoing(done)
    assert what.gone == (house.id,)
    await how(store, house.id)
    nothing = back((), range(1, 2), Origin("T1", "U2", LATER))
    taken: dict[str, Any] = {"by": "U2", "now": LATER}
    with pytest.raises(StaleError):
        await store.write(import_undo.undo, "T1", done, nothing, what, state, **taken)
    assert await named(store, "Kulturhuset")
