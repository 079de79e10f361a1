from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from bot.circle import Level, Why
from bot.circle_activity import Activity
from bot.contact import Contact, Kind
from bot.errors import UserError
from bot.import_choice import Choice
from bot.import_draft import draft
from bot.import_plan import Plan, plan
from bot.import_record import Line, Person, Record
from bot.import_undo import CHANGED_SINCE, MERGED, UNDO, WORKED_ON, Undoing
from bot.partner import ContactPerson, Partner, Tie
from storage import (
    circle,
    circle_activity,
    contact,
    contact_search,
    duplicate_merge,
    import_batch,
    import_log,
    import_register,
    import_undo,
    import_write,
    partner,
    partner_search,
    privacy,
    privacy_erasure,
    privacy_files,
)
from storage.database import Store
from storage.import_batch import Origin
from storage.import_register import State
from storage.import_write import StaleError

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
ORIGIN = Origin("T1", "U1", NOW, "liste.csv", "Læst ind fra liste.csv", "Seneste kontakt")
ANNE = ContactPerson("Anne Holm", email="anne@springbraet.dk")
OURS = Partner("Springbræt", keywords=("lektier",), people=(ANNE,), area="byen")


def row(number: int, name: str, *people: Person, **more: Any) -> Record:
    beside = {key: more.pop(key) for key in ("id", "last_contact") if key in more}
    return Record((number,), {"name": name, **more}, people, lines=(Line(number, ()),), **beside)


async def planned(store: Store, *rows: Record) -> tuple[Plan, State]:
    worked_out, state = await store.read(import_register.known, "T1")
    register = worked_out()
    found = draft(rows, register, Choice())
    here, standings = await store.read(import_register.partners, "T1", found.meant)
    return plan(found, here, standings, register, ORIGIN.source), state


async def stored(store: Store, made: Plan, state: State, origin: Origin = ORIGIN) -> int:
    steps = (*made.new, *made.changed)
    ids = await store.write(import_write.reserve, "T1", import_batch.needed(*steps))
    batch = import_batch.batch(made, ids, origin)
    await store.write(import_write.write, "T1", batch, state)
    return batch.number


async def read_in(store: Store, *rows: Record) -> int:
    return await stored(store, *await planned(store, *rows))


async def undone(store: Store, number: int, now: datetime = LATER) -> Undoing:
    done, state = await store.read(import_undo.past, "T1", number, now)
    what = import_undo.undoing(done)
    ids = await store.write(import_write.reserve, "T1", import_batch.needed(*what.back))
    batch = import_batch.back(what.back, ids, Origin("T1", "U2", now))
    await store.write(import_undo.undo, "T1", done, batch, what, state, by="U2", now=now)
    return what


async def ours(store: Store, one: Partner = OURS) -> Partner:
    return await store.write(partner.add, "T1", one, by="U3", now=NOW - timedelta(days=9))


async def named(store: Store, name: str) -> Partner | None:
    hits = await store.read(partner_search.search, "T1", name)
    found = await store.read(partner.get_many, "T1", [hit.id for hit in hits[:1]])
    return found[0] if found else None


async def card(store: Store, number: int) -> Partner:
    (found,) = await store.read(partner.get_many, "T1", [number])
    return found


async def edited(store: Store, number: int, **changes: Any) -> None:
    def edit(conn: Any) -> None:
        before = partner.existing(conn, "T1", number, lock=True)
        partner.update(conn, "T1", before, replace(before, **changes), by="U4", now=LATER)

    await store.write(edit)


def without_ids(people: Sequence[ContactPerson]) -> list[ContactPerson]:
    return [replace(person, id=0) for person in people]


async def test_what_is_new_is_whole_and_found(store: Store) -> None:
    said = row(
        2,
        "Kulturhuset",
        Person("Bo Lind", email="bo@kulturhuset.dk", told_on=date(2026, 1, 1), no_contact=True),
        keywords=("musik", "teater"),
        responsible="U7",
        level=Level.PARTNERSHIP,
        last_contact=date(2024, 2, 1),
    )
    await read_in(store, said)
    for words in ("Kulturhuset", "Bo Lind", "teater"):
        found = await named(store, words)
        assert found is not None
        assert (found.version, found.created_by, found.created_at) == (1, "U1", NOW)
        assert (found.responsible, found.keywords) == ("U7", ("musik", "teater"))
        assert without_ids(found.people) == [
            ContactPerson("Bo Lind", email="bo@kulturhuset.dk", source=ORIGIN.source)
        ]
    assert found is not None
    last = await store.read(contact.last_of, "T1", [found.id])
    assert (last[found.id].on, last[found.id].about) == (date(2024, 2, 1), "Seneste kontakt")
    standing = (await store.read(privacy.standings, "T1", [found.id]))[found.people[0].id]
    assert standing.no_contact
    assert standing.informed is not None
    assert await store.read(circle.history, "T1", found.id) == []


async def test_whoever_was_read_in_is_still_to_be_told(store: Store) -> None:
    await read_in(store, row(2, "Kulturhuset", Person("Bo Lind")))
    assert await store.read(privacy.count_uninformed, "T1") == 1


async def test_a_change_is_an_edit_by_the_one_who_read_it_in(store: Store) -> None:
    known = await ours(store)
    before = known.people[0]
    mail = Person("Anne Holm", email="ah@sb.dk")
    change = row(2, "Springbræt", mail, keywords=("musik",), responsible="U7", note="ny")
    await read_in(store, change)
    now = await card(store, known.id)
    assert now == replace(
        known,
        version=2,
        keywords=("lektier", "musik"),
        people=(replace(before, email="ah@sb.dk"),),
        responsible="U7",
        note="ny",
    )
    log = await store.read(partner.changes_since, "T1", known.id, 1)
    assert {(one.field, one.by, one.at) for one in log} == {
        (field, "U1", NOW) for field in ("keywords", "people", "responsible", "note")
    }
    assert await named(store, "musik") == now


async def test_a_change_of_the_level_is_a_move_of_its_own_kind(store: Store) -> None:
    known = await ours(store)
    await read_in(store, row(2, "Springbræt", level=Level.COLLABORATION))
    (move,) = await store.read(circle.history, "T1", known.id)
    assert (move.from_level, move.to_level) == (Level.NETWORK, Level.COLLABORATION)
    assert (move.why, move.by, move.at) == (Why.READ_IN, "U1", NOW)


async def test_the_same_file_thrice_changes_nothing(store: Store) -> None:
    rows = [
        row(2, "Springbræt", Person("Anne Holm"), level=Level.PARTNERSHIP),
        row(3, "Kulturhuset", Person("Bo", told_on=date(2026, 1, 1)), last_contact=NOW.date()),
    ]
    await read_in(store, *rows)
    for _ in range(2):
        made, _ = await planned(store, *rows)
        assert made.counts == {"new": 0, "changed": 0, "same": 2, "doubtful": 0, "refused": 0}


async def test_only_a_contact_or_a_wish_makes_no_edit(store: Store) -> None:
    known = await ours(store)
    wish = Person("Anne Holm", no_contact=True)
    await read_in(store, row(2, "Springbræt", wish, last_contact=date(2024, 2, 1)))
    assert (await card(store, known.id)).version == 1
    assert (await store.read(privacy.standings, "T1", [known.id]))[known.people[0].id].no_contact


@pytest.mark.parametrize("change", ["edit", "add", "tie", "contact"])
async def test_nothing_is_stored_if_the_register_has_changed_meanwhile(
    store: Store, change: str
) -> None:
    known = await ours(store)
    made, state = await planned(store, row(2, "Springbræt", note="ny"), row(3, "Kulturhuset"))
    match change:
        case "edit":
            await edited(store, known.id, area="Nord")
        case "add":
            await ours(store, Partner("Kulturhuset"))
        case "tie":
            who = (known.id, "U9", Tie.KNOWS)
            await store.write(partner.add_tie, "T1", *who, by="U9", now=LATER)
        case _:
            await read_in(store, row(2, "Springbræt", last_contact=date(2024, 2, 1)))
    before = await card(store, known.id)
    with pytest.raises(StaleError):
        await stored(store, made, state)
    assert await card(store, known.id) == before
    assert len(await store.read(import_log.latest, "T1", 5)) == (change == "contact")


async def test_what_breaks_half_way_leaves_nothing(store: Store) -> None:
    made, state = await planned(store, *(row(n, f"Hus nummer {n}") for n in range(600)))
    ids = await store.write(import_write.reserve, "T1", import_batch.needed(*made.new))
    batch = import_batch.batch(made, ids, ORIGIN)
    batch.informed.append({"team_id": "T1", "person_id": 1, "partner_id": None})
    with pytest.raises(Exception, match=r"(?i)null"):
        await store.write(import_write.write, "T1", batch, state)
    assert await store.read(partner.count, "T1") == 0
    assert await store.read(import_log.latest, "T1", 5) == []


async def test_undone_everything_is_as_it_was(store: Store) -> None:
    known = await ours(store)
    change = row(
        2,
        "Springbræt",
        Person("Anne Holm", email="ah@sb.dk"),
        Person("Bo Lind"),
        level=Level.PARTNERSHIP,
        note="ny",
        last_contact=date(2024, 2, 1),
    )
    new = Person("Ida", told_on=date(2026, 1, 1))
    number = await read_in(store, change, row(3, "Kulturhuset", new, last_contact=NOW.date()))
    what = await undone(store, number)
    assert (len(what.gone), len(what.back), what.stays) == (1, 1, ())
    assert await card(store, known.id) == replace(known, version=3)
    assert await named(store, "Kulturhuset") is None
    assert await store.read(circle.history, "T1", known.id) == []
    assert await store.read(contact.last_of, "T1", [known.id]) == {}
    (one,) = await store.read(import_log.latest, "T1", 5)
    assert (one.undone_by, one.undone_at) == ("U2", LATER)
    with pytest.raises(UserError, match="already"):
        await undone(store, number)


async def test_what_somebody_has_worked_on_stays(store: Store) -> None:
    known = await ours(store)
    houses = [row(n, f"Hus {word}") for n, word in enumerate(("Alfa", "Beta", "Gamma", "Delta"))]
    number = await read_in(store, row(9, "Springbræt", area="Nord", note="ny"), *houses)
    alfa, beta, gamma, delta = [
        await named(store, f"Hus {w}") for w in ("Alfa", "Beta", "Gamma", "Delta")
    ]
    assert alfa
    assert beta
    assert gamma
    assert delta
    await edited(store, alfa.id, note="vigtig")
    tie = (beta.id, "U9", Tie.KNOWS)
    await store.write(partner.add_tie, "T1", *tie, by="U9", now=LATER)
    activity = Activity(gamma.id, "koncert", "U9", LATER)
    await store.write(circle_activity.begin, "T1", activity)
    await edited(store, known.id, note="min egen")
    what = await undone(store, number)
    assert what.gone == (delta.id,)
    assert {(stay.name, stay.why) for stay in what.stays} == {
        ("Hus Alfa", WORKED_ON),
        ("Hus Beta", WORKED_ON),
        ("Hus Gamma", WORKED_ON),
        ("Springbræt", CHANGED_SINCE),
    }
    now = await card(store, known.id)
    assert (now.area, now.note) == ("byen", "min egen")


async def test_one_that_was_made_one_with_another_stays_in_it(store: Store) -> None:
    known = await ours(store)
    number = await read_in(store, row(2, "Kulturhuset"))
    new = await named(store, "Kulturhuset")
    assert new
    seen = [(known.id, 1), (new.id, 1)]
    await store.write(duplicate_merge.merge, "T1", seen, {}, by="U3", now=LATER)
    what = await undone(store, number)
    assert [stay.why for stay in what.stays] == [MERGED]
    assert "Kulturhuset" in (await card(store, known.id)).other_names


async def test_after_thirty_days_it_stands(store: Store) -> None:
    number = await read_in(store, row(2, "Kulturhuset"))
    with pytest.raises(UserError, match="thirty days"):
        await undone(store, number, NOW + UNDO + timedelta(days=1))
    with pytest.raises(UserError, match="do not know"):
        await undone(store, 12345)


async def test_an_undoing_that_comes_too_late_leaves_all(store: Store) -> None:
    known = await ours(store)
    number = await read_in(store, row(2, "Springbræt", note="ny"), row(3, "Kulturhuset"))
    done, state = await store.read(import_undo.past, "T1", number, LATER)
    await edited(store, known.id, area="Nord")
    what = import_undo.undoing(done)
    ids = await store.write(import_write.reserve, "T1", import_batch.needed(*what.back))
    batch = import_batch.back(what.back, ids, Origin("T1", "U2", LATER))
    with pytest.raises(StaleError):
        await store.write(import_undo.undo, "T1", done, batch, what, state, by="U2", now=LATER)
    assert await named(store, "Kulturhuset") is not None


async def test_who_is_forgotten_is_not_brought_back_by_an_undoing(store: Store) -> None:
    known = await ours(store)
    mail = Person("Anne Holm", email="ah@sb.dk", title="formand")
    number = await read_in(store, row(2, "Springbræt", mail, note="ny"))
    why: dict[str, Any] = {
        "word": "[anonymiseret]",
        "purpose": "hun bad om det",
        "by": "U1",
        "now": LATER,
    }
    await store.write(privacy_erasure.anonymise, "T1", known.id, known.people[0].id, **why)
    await undone(store, number)
    now = await card(store, known.id)
    assert now.people == ()
    made, _ = await planned(store, row(2, "Springbræt", mail))
    assert made.same == 1
    assert made.notes


async def test_files_of_left_out_rows_are_deleted_when_somebody_is_forgotten(store: Store) -> None:
    known = await ours(store)
    number = await read_in(store, row(2, "Springbræt", note="ny"))
    await store.write(import_log.keep_file, "T1", number, "F1")
    assert await store.read(privacy_files.to_delete, "T1") == []
    why: dict[str, Any] = {
        "word": "[anonymiseret]",
        "purpose": "hun bad om det",
        "by": "U1",
        "now": LATER,
    }
    await store.write(privacy_erasure.anonymise, "T1", known.id, known.people[0].id, **why)
    (file,) = await store.read(privacy_files.to_delete, "T1")
    assert (file.file, file.by) == ("F1", "U1")
    await store.write(privacy_files.forget, "T1", ["F1"])
    assert await store.read(privacy_files.to_delete, "T1") == []


async def test_another_library_sees_and_changes_nothing(store: Store) -> None:
    await ours(store)
    worked_out, _ = await store.read(import_register.known, "T2")
    assert worked_out().known == ()
    number = await read_in(store, row(2, "Kulturhuset"))
    with pytest.raises(UserError, match="do not know"):
        await store.read(import_undo.past, "T2", number, LATER)
    assert await store.read(import_log.latest, "T2", 5) == []


async def test_what_is_under_way_and_whom_numbers_lead_to_is_known(store: Store) -> None:
    known = await ours(store)
    other = await ours(store, Partner("Kulturhuset"))
    activity = Activity(known.id, "koncert", "U9", LATER)
    await store.write(circle_activity.begin, "T1", activity)
    seen = [(known.id, 1), (other.id, 1)]
    await store.write(duplicate_merge.merge, "T1", seen, {}, by="U3", now=LATER)
    worked_out, _ = await store.read(import_register.known, "T1")
    assert worked_out().busy == {known.id}
    assert worked_out().moved == {other.id: known.id}
    words = await store.read(import_register.words, "T1", {"U1": "Mette Lund"})
    assert words.keywords == ("lektier",)


async def test_a_last_contact_from_a_list_makes_nobody_know_them(store: Store) -> None:
    mine = await ours(store)
    earlier = Contact(mine.id, Kind.TALKED, date(2023, 1, 1), "U1", NOW - timedelta(days=3), "spil")
    await store.write(contact.note, "T1", earlier)
    await read_in(
        store,
        row(2, "Springbræt", last_contact=date(2024, 2, 1)),
        row(3, "Kulturhuset", responsible="U7", last_contact=date(2024, 2, 1)),
    )
    (known,) = await store.read(contact_search.who_knows, "T1", "Springbræt")
    assert [(one.user, one.last and one.last.on) for one in known.colleagues] == [
        ("U1", date(2023, 1, 1))
    ]
    (new,) = await store.read(contact_search.who_knows, "T1", "Kulturhuset")
    assert [(one.user, one.last) for one in new.colleagues] == [("U7", None)]
    last = await store.read(contact.last_of, "T1", [mine.id])
    assert last[mine.id].on == date(2024, 2, 1)


async def test_who_says_how_it_was_has_been_in_contact(store: Store) -> None:
    mine = await ours(store)
    await read_in(store, row(2, "Springbræt", last_contact=date(2024, 2, 1)))
    (listed,) = await store.read(contact.of_partner, "T1", mine.id)
    corrected = await store.write(contact.change, "T1", replace(listed, about="forår"), by="U5")
    assert (corrected.noted_by, corrected.kind) == ("U1", Kind.READ_IN)
    told = replace(corrected, kind=Kind.MET)
    assert (await store.write(contact.change, "T1", told, by="U5")).noted_by == "U5"
