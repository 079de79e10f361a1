from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.circle import Level, Move, Why
from bot.circle_gate import Answer, Criterion, Gate, Standing
from bot.contact import Contact
from bot.contact import Kind as How
from bot.digest import Ahead, Coming, Contacts, Decided, Digest, Facts, Friend, Section
from bot.digest_look import Look, Looked
from bot.digest_unclaimed import Unclaimed
from bot.evaluation import Decision as Outcome
from bot.partner import Kind, Partner, RelationType
from bot.reminder_handover import released
from bot.round import Kind as RoundKind
from bot.round import called
from bot.round_step import Step
from bot.timetable import Calendar
from bot.tjek import Check, Decision
from storage import (
    circle,
    circle_gate,
    contact,
    digest,
    digest_facts,
    digest_quiet,
    evaluation,
    evaluation_step,
    partner,
    tjek,
)
from storage import delivery as deliveries
from storage import digest_greeting as greetings
from storage import round as rounds
from storage.database import Connection, Store
from storage.delivery import Delivery, State
from storage.digest_greeting import Greeting
from storage.digest_window import Window
from tests.storage import evaluations

NOW = datetime(2026, 12, 8, 8, tzinfo=UTC)
TODAY = date(2026, 12, 8)
DAY = timedelta(days=1)
CALENDAR = Calendar(ZoneInfo("Europe/Copenhagen"))
WINDOW = Window(NOW - 7 * DAY, NOW, TODAY, CALENDAR, "C01")
KEY = "digest.2026-W50"
MOVE = Move(1, Level.COLLABORATION, Level.PARTNERSHIP, Why.FRAME, "U02", NOW, id=3)
UP = replace(MOVE, from_level=Level.NETWORK, to_level=Level.COLLABORATION, why=Why.ACTIVITY, id=0)
EVERYTHING = Digest(
    "2026-W50",
    Section((Friend(1, TODAY, ("U02",)),)),
    Section((Contacts(3, 2, 1, "U02", TODAY), MOVE), (Decided(2, Decision.GO_ON, TODAY),)),
    Section((Unclaimed(4, TODAY - 300 * DAY, quiet=False, told_on=TODAY),)),
    Section((Coming(Ahead.TRIAL, 7, TODAY + DAY, 1, ("U02",)),)),
    Look(Looked.FOCUS, 5),
)


async def kept(store: Store, told: Digest, *states: State, key: str = KEY) -> None:
    """A digest was written, and its delivery went that far."""
    await store.write(deliveries.put, "T1", Delivery("digest", 202650, "C01", NOW, key))
    await store.write(digest.keep, "T1", key, told, until=NOW)
    for state in states:
        await store.write(reached, "T1", key, state, "1.2")


def reached(conn: Connection, team: str, key: str, state: State, ts: str | None = None) -> None:
    assert deliveries.change(conn, team, key, State.WAITING, state=state, ts=ts)


async def added(store: Store, new: Partner, days: int = 1, team: str = "T1") -> int:
    return (await store.write(partner.add, team, new, by="U01", now=NOW - days * DAY)).id


async def facts(store: Store, *left: str, window: Window = WINDOW) -> Facts:
    return await store.read(digest_facts.facts, "T1", window, left=left, advice=5)


async def test_what_was_told_is_read_as_it_was_written(store: Store) -> None:
    await kept(store, EVERYTHING, State.SAID)
    (issue,) = await store.read(digest.issues, "T1", NOW - DAY)
    assert (issue.told, issue.channel, issue.ts, issue.until) == (EVERYTHING, "C01", "1.2", NOW)
    assert not await store.read(digest.issues, "T2", NOW - DAY)
    assert not await store.read(digest.issues, "T1", NOW + DAY)
    assert await store.read(digest.get, "T1", KEY) == EVERYTHING
    assert await store.read(digest.get, "T1", "digest.2026-W51") is None


async def test_what_was_not_said_counts_as_not_told(store: Store) -> None:
    await kept(store, EVERYTHING)
    assert not await store.read(digest.issues, "T1", NOW - DAY)
    await store.write(reached, "T1", KEY, State.PERHAPS)
    (issue,) = await store.read(digest.issues, "T1", NOW - DAY)
    assert issue.ts == ""


async def test_written_again_the_last_one_counts(store: Store) -> None:
    await kept(store, EVERYTHING)
    fewer = Digest("2026-W50", Section(), Section(), Section(), Section(), None)
    await store.write(digest.keep, "T1", KEY, fewer, until=NOW)
    assert await store.read(digest.get, "T1", KEY) == fewer


async def test_only_what_is_new_and_only_ones_own(store: Store) -> None:
    new = await added(store, Partner("Ny", known_by=("U02",)))
    await added(store, Partner("Gammel"), days=8)
    await added(store, Partner("Inger Dahl", kind=Kind.INDIVIDUAL))
    await added(store, Partner("Andres"), team="T2")
    assert (await facts(store)).friends == [Friend(new, TODAY - DAY, ("U02",))]


async def test_what_comes_while_one_is_composed_is_told_by_the_next_one_alone(
    store: Store,
) -> None:
    number = await added(store, Partner("Museet", responsible="U02"), days=100)
    meanwhile = NOW + timedelta(seconds=2)

    def happen(conn: Connection, team: str) -> None:
        partner.add(conn, team, Partner("Ny"), by="U01", now=meanwhile)
        contact.note(conn, team, Contact(number, How.MET, TODAY, "U02", meanwhile))
        circle.move(conn, team, replace(UP, partner_id=number, at=meanwhile))
        check = tjek.start(conn, team, Check("U02", NOW, partner_id=number, partner_name="Museet"))
        how: dict[str, Any] = {"reason": "", "by": "U02", "now": meanwhile}
        tjek.decide(conn, team, check.id, decision=Decision.GO_ON, **how)
        shown = evaluations.reveal(conn, team, evaluations.opened(conn, team, number, ["U2"]))
        rounds.close(conn, team, shown.id, decision=Outcome.GO_ON, **how)
        before = partner.existing(conn, team, number, lock=True)
        partner.update(conn, team, before, released(before), by="U02", now=meanwhile)

    def told(found: Facts) -> list[bool]:
        parts = (found.friends, found.contacts, found.moves, found.decided, found.evaluated)
        return [*map(bool, parts), any(one.let_go for one in found.unclaimed)]

    await store.write(happen, "T1")
    assert not any(told(await facts(store)))
    next_one = Window(NOW, NOW + 7 * DAY, TODAY + 7 * DAY, CALENDAR, "C01")
    assert all(told(await facts(store, window=next_one)))


async def test_a_contact_of_long_ago_is_no_news(store: Store) -> None:
    number = await added(store, Partner("Springbræt"), days=100)
    for days in (1, 60):
        on = TODAY - days * DAY
        new = Contact(number, How.MET, on, "U02", NOW - DAY)
        await store.write(contact.note, "T1", new)
    assert (await facts(store)).contacts == Contacts(1, 1, number, "U02", TODAY - DAY)


async def test_contacts_are_one_figure_of_the_whole_house_and_never_their_words(
    store: Store,
) -> None:
    first = await added(store, Partner("Springbræt"))
    second = await added(store, Partner("Museet"))
    for number, by, days in ((first, "U02", 3), (first, "U03", 1), (second, "U02", 5)):
        on, at = TODAY - days * DAY, NOW - days * DAY
        new = Contact(number, How.TALKED, on, by, at, about="Anne")
        await store.write(contact.note, "T1", new)
    contacts = (await facts(store)).contacts
    assert contacts == Contacts(3, 2, first, "U03", TODAY - DAY)
    assert "Anne" not in repr(contacts)


async def test_who_was_in_contact_last_is_known_of_who_is_quiet(store: Store) -> None:
    quiet = await added(store, Partner("Boghandlen"), days=400)
    for by, days in (("U03", 300), ("U02", 350)):
        at = NOW - days * DAY
        await store.write(
            contact.note, "T1", Contact(quiet, How.TALKED, at.date(), by, at, about="Anne")
        )
    (one,) = (await facts(store)).unclaimed
    assert (one.since, one.last_by) == ((NOW - 300 * DAY).date(), "U03")


async def test_of_a_new_partnership_the_criteria_that_are_met_are_counted(store: Store) -> None:
    number = await added(store, Partner("Museet", level=Level.COLLABORATION))
    await store.write(circle.move, "T1", replace(MOVE, partner_id=number, at=NOW - DAY))
    assert not (await facts(store)).met
    for met in (3, 5):
        answers = {
            criterion: Answer(Standing.MET if n < met else Standing.NOT_YET)
            for n, criterion in enumerate(Criterion)
        }
        await store.write(circle_gate.keep, "T1", Gate(number, "U02", NOW, answers))
    assert (await facts(store)).met == {number: 5}


async def test_a_step_that_an_evaluation_has_agreed_on_is_told_with_who_sees_to_it(
    store: Store,
) -> None:
    number = await added(store, Partner("Museet", responsible="U02"))
    held = (await store.write(evaluation.add, "T1", evaluations.new(number))).id
    soon, late = TODAY + DAY, TODAY + 8 * DAY
    steps = [Step("Ring til Anne", soon, ("U03", "U04")), Step("Skriv", late, ("U03",))]
    await store.write(evaluation_step.assign, "T1", held, steps, by="U02", now=NOW)
    coming = (await facts(store)).coming
    assert [one for one in coming if one.what is Ahead.STEP] == [
        Coming(Ahead.STEP, number, soon, number, ("U03", "U04"))
    ]


async def test_a_supplier_is_no_new_friend(store: Store) -> None:
    await added(store, Partner("Papir A/S", relation_type=RelationType.SUPPLIER))
    assert not (await facts(store)).friends


async def test_a_contact_with_a_supplier_is_none_with_a_friend(store: Store) -> None:
    number = await added(store, Partner("Papir A/S", relation_type=RelationType.SUPPLIER))
    new = Contact(number, How.MET, TODAY - DAY, "U02", NOW - DAY)
    await store.write(contact.note, "T1", new)
    assert not (await facts(store)).contacts


async def test_a_day_that_a_list_gave_is_no_contact_of_who_read_it_in(store: Store) -> None:
    number = await added(store, Partner("Boghandlen"), days=400)
    for kind, days in ((How.TALKED, 350), (How.READ_IN, 300), (How.READ_IN, 1)):
        on, at = TODAY - days * DAY, NOW - days * DAY
        await store.write(contact.note, "T1", Contact(number, kind, on, "U02", at))
        found = await facts(store)
        assert not found.contacts
        assert [one.last_by for one in found.unclaimed] == {350: ["U02"], 300: [""], 1: []}[days]


async def test_who_is_quiet_and_has_nobody(store: Store) -> None:
    nobody = await added(store, Partner("Boghandlen"), days=300)
    hers = await added(store, Partner("Gymnasiet", responsible="U02"), days=301)
    await added(store, Partner("Nylig"), days=100)
    await added(store, Partner("Inger Dahl", kind=Kind.INDIVIDUAL), days=400)
    assert [one.partner_id for one in (await facts(store)).unclaimed] == [nobody]
    assert [one.partner_id for one in (await facts(store, "U02")).unclaimed] == [hers, nobody]
    assert await store.read(digest_quiet.responsibles, "T1") == ["U02"]


async def test_when_they_stood_there_and_were_looked_at(store: Store) -> None:
    quiet = await added(store, Partner("Boghandlen"), days=300)
    seen = await added(store, Partner("Museet", level=Level.PARTNERSHIP, responsible="U02"))
    told = Section((Unclaimed(quiet, TODAY),))
    look = Look(Looked.FOCUS, seen)
    await kept(store, Digest("2026-W50", Section(), Section(), told, Section(), look), State.SAID)
    found = await facts(store)
    assert [one.told_on for one in found.unclaimed] == [TODAY]
    assert [(one.partner_id, one.looked_at) for one in found.lookable.partners] == [(seen, TODAY)]


async def test_a_greeting_is_its_weeks_and_the_last_one_counts(store: Store) -> None:
    for text in ("God tirsdag.", "Tak for kaffen."):
        await store.write(greetings.keep, "T1", "2026-W50", text, by="U01", now=NOW)
    found = await store.read(greetings.of_week, "T1", "2026-W50")
    assert found == Greeting("Tak for kaffen.", "U01")
    assert await store.read(greetings.of_week, "T1", "2026-W51") == Greeting()
    assert await store.read(greetings.of_week, "T2", "2026-W50") == Greeting()


async def test_a_next_step_is_told_without_its_words(store: Store) -> None:
    step: dict[str, Any] = {"next_step": "Ring til Anne", "responsible": "U02"}
    soon = await added(store, Partner("Snart", next_step_on=TODAY + DAY, **step))
    await added(store, Partner("Senere", next_step_on=TODAY + 8 * DAY, **step))
    coming = (await facts(store)).coming
    assert coming == [Coming(Ahead.STEP, soon, TODAY + DAY, soon, ("U02",))]


async def test_only_a_round_that_all_who_read_the_digest_could_read_is_told(store: Store) -> None:
    number = await added(store, Partner("Pixelværket"))
    how: dict[str, Any] = {"by": "U02", "invited": ["U03"], "now": NOW, "calendar": CALENDAR}
    channels = {"C05": False, "": False, "C01": False, "C02": True}
    stored: dict[str, int] = {}
    for subject, (channel, everybodys) in enumerate(channels.items()):
        where: dict[str, Any] = {"channel": channel, "open_to_all": everybodys}
        new = called(RoundKind.TJEK, subject, partner_id=number, **how, **where)
        stored[channel] = (await store.write(rounds.start, "T1", new)).id
    told = {one.subject_id for one in (await facts(store)).coming}
    assert told == {stored["C01"], stored["C02"]}
