"""What happened, as our own JSON tells it: tested, told once, and without who is forgotten."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from typing import Any

import pytest

from bot.circle import Level, Move, Why
from bot.contact import Contact
from bot.contact import Kind as ContactKind
from bot.export import Entry, Format, Wanted
from bot.import_choice import Choice
from bot.import_draft import Register, draft
from bot.import_file import read
from bot.import_json import records
from bot.import_plan import Plan, plan
from bot.import_record import Record, Refused, Words
from bot.import_sheet import Register as File
from bot.import_step import Step
from bot.import_story import Idea, Past, Story, key_of
from bot.import_traits import traits
from bot.partner import ContactPerson, Kind, Partner, RelationType
from bot.privacy import Information, Standing, tombstones
from bot.round import Sheet as RoundSheet
from bot.tjek import Answer, Check, Sheet
from bot.workspace import Language, Workspace
from tests.bot.export_entries import (
    CHECK,
    EVALUATION,
    IDEA,
    LATE,
    SPONSOR,
    SPRINGBRAET,
    WHOLE,
    written,
)

TODAY = date(2026, 11, 22)
WORDS = Words(Workspace(), colleagues={"U02": "Mette Øst", "U03": "Ali Khan"})
TALK, MAIL = WHOLE.contacts
EMPTY = Register("T1", ())


def file_of(*entries: Entry, ideas: tuple[Check, ...] = ()) -> bytes:
    return written(Wanted(Format.JSON), *entries, ideas=ideas)[0]


def read_from(data: bytes, words: Words = WORDS) -> list[Record | Refused | Idea]:
    found = read(BytesIO(data), "register.json")
    assert isinstance(found, File)
    return list(records(found, words, TODAY))


def planned(
    *entries: Entry,
    ideas: tuple[Check, ...] = (),
    register: Register = EMPTY,
    known: tuple[Partner, ...] = (),
    past: Past | None = None,
    standings: dict[int, Standing] | None = None,
) -> Plan:
    rows = tuple(traits(one.id, (one.name,), one.cvr, "", ()) for one in known)
    register = replace(register, known=rows)
    rough = draft(read_from(file_of(*entries, ideas=ideas)), register, Choice())
    partners = {one.id: one for one in known}
    return plan(rough, partners, standings or {}, register, "liste", past or Past())


def only(made: Plan) -> Step:
    (step,) = (*made.new, *made.changed)
    return step


def story_of(entry: Entry) -> Story:
    (found,) = read_from(file_of(entry))
    assert isinstance(found, Record)
    assert found.story is not None
    return found.story


def test_all_that_happened_is_read_and_nobodys() -> None:
    story = story_of(WHOLE)
    nobodys = tuple(replace(one, noted_by="", version=1) for one in (TALK, MAIL))
    assert story.contacts == nobodys
    assert story.moves == tuple(replace(move, by="") for move in WHOLE.moves)
    sheets = {"1": Sheet({"mission": Answer.YES}, {"fit": "ja"})}
    assert story.checks == (replace(CHECK, started_by="", decided_by=None, sheets=sheets),)
    assert (story.born, story.word) == (LATE, "[anonymiseret]")
    assert story.counts == {"contacts": 2, "moves": 2, "checks": 1, "evaluations": 1}
    assert story.evaluations == (EVALUATION,)


def test_the_word_for_a_forgotten_name_is_the_librarys() -> None:
    english = Words(Workspace(language=Language.ENGLISH))
    (idea,) = read_from(file_of(ideas=(IDEA,)), english)
    assert idea == Idea(1, replace(IDEA, started_by=""), "[anonymised]")


def test_what_is_noted_of_persons_is_read_with_the_way_they_were_told() -> None:
    carla = Partner("Carla Winther", id=21, kind=Kind.INDIVIDUAL)
    told = Standing(Information(date(2025, 3, 1), "på mail"), "U02")
    step = only(planned(Entry(carla, {21: told})))
    (noted,) = step.told
    assert (noted.told.told_on, noted.told.told_how) == (date(2025, 3, 1), "på mail")
    assert noted.of(replace(step.after, id=7)) == ContactPerson("Carla Winther", id=7)
    (organisation,) = planned(Entry(replace(carla, kind=Kind.ASSOCIATION), {21: told})).new
    assert organisation.told == ()


def test_what_a_person_is_known_to_wish_is_not_noted_again() -> None:
    carla = Partner("Carla Winther", id=21, kind=Kind.INDIVIDUAL)
    wish = Standing(no_contact=True)
    made = planned(Entry(carla, {21: wish}), known=(carla,), standings={21: wish})
    assert (made.does, made.same) == (False, 1)


def wrong(place: str) -> Callable[[dict[str, Any]], dict[str, Any]]:
    """Something else at that place of the entry: a list's number, or a key."""
    path, _, value = place.partition("=")

    def put(entry: dict[str, Any]) -> dict[str, Any]:
        *way, last = (int(one) if one.isdigit() else one for one in path.split("/"))
        at: Any = entry
        for one in way:
            at = at[one if isinstance(at, list) else str(one)]
        at[last if isinstance(at, list) else str(last)] = json.loads(value)
        return entry

    return put


LONG = json.dumps("x" * 601)


@pytest.mark.parametrize(
    ("place", "field"),
    [
        ('contacts/0/on="2026-11-23"', "contacts.0.on"),
        ('contacts/1/on="1899-12-31"', "contacts.1.on"),
        ('contacts/0/kind="shouted"', "contacts.0.kind"),
        ('contacts/0/link="javascript:alert(1)"', "contacts.0.link"),
        ('contacts/0/about="010203-1234 ringede"', "contacts.0.about"),
        (f"contacts/0/with_whom={LONG}", "contacts.0.with_whom"),
        ('contacts/0/noted_at="2026-05-02T10:00:00"', "contacts.0.noted_at"),
        ('contacts/0/noted_at="1999-12-31T10:00:00Z"', "contacts.0.noted_at"),
        ('contacts/0/noted_at="2026-11-24T10:00:00Z"', "contacts.0.noted_at"),
        ("contacts=7", "contacts"),
        ('moves/1/at="0001-01-01T00:00:00+14:00"', "moves.1.at"),
        ('moves/0/to_level="friend"', "moves.0.to_level"),
        (f"moves/0/reason={LONG}", "moves.0.reason"),
        ('checks/0/started_at="2026-11-29T10:00:00Z"', "checks.0.started_at"),
        ('checks/0/decided_at="2026-11-29T10:00:00Z"', "checks.0.decided_at"),
        (f"checks/0/idea={LONG}", "checks.0.idea"),
        ('checks/0/wording={"pages": []}', "checks.0.wording"),
        ('checks/0/sheets={"": {"answers": {}, "notes": {}}}', "checks.0.sheets"),
        ('checks/0/sheets/1/answers={"mission": "perhaps"}', "checks.0.sheets.1.answers.mission"),
        (f'checks/0/sheets/1/answers={{"{"m" * 101}": "yes"}}', "checks.0.sheets.1"),
        (f'checks/0/sheets/1/notes={{"fit": {LONG}}}', "checks.0.sheets.1"),
        ('evaluations/0/subject="010203-1234"', "evaluations.0.subject"),
        ('evaluations/0/opened_at="2027-01-01T00:00:00Z"', "evaluations.0.opened_at"),
        ('evaluations/0/deadline="2026-11-01T00:00:00"', "evaluations.0.deadline"),
        ("evaluations/0/revealed_at=null", "evaluations.0.sheets"),
        ('evaluations/0/invited={"U02": "answered"}', "evaluations.0.sheets"),
        ('evaluations/0/invited={"@17": "answered"}', "evaluations.0.sheets"),
        ('evaluations/0/sheets={"U02": {"answers": {}, "notes": {}}}', "evaluations.0.sheets"),
        ('evaluations/0/sheets/1/answers={"easy": "9"}', "evaluations.0.sheets.1"),
        ('evaluations/0/decision="win"', "evaluations.0.decision"),
        (f"evaluations/0/steps/0/text={LONG}", "evaluations.0.steps.0.text"),
        ('evaluations/0/remarks/0/at="2027-01-01T00:00:00Z"', "evaluations.0.remarks.0.at"),
        ('evaluations/0/instrument/questions/0/theme="x"', "evaluations.0.instrument"),
        ('standings/4/informed/on="2027-01-01"', "standings.4.informed.on"),
        (f"standings/4/informed/how={LONG}", "standings.4.informed.how"),
        ('partner/created_at="2027-01-01T00:00:00Z"', "partner.created_at"),
    ],
)
def test_a_hand_that_was_in_the_file_is_told_where(place: str, field: str) -> None:
    whole = json.loads(file_of(SPONSOR, WHOLE))
    whole["partners"][1] = wrong(place)(whole["partners"][1])
    first, refused = read_from(json.dumps(whole).encode())
    assert isinstance(first, Record)
    assert isinstance(refused, Refused)
    assert refused.number == 2
    assert refused.reasons[0].values == {"field": field}


def test_a_draft_in_the_file_is_nobodys_to_go_on_with() -> None:
    draft_of_hers = replace(CHECK, finished_at=None, decision=None)
    (refused,) = read_from(file_of(replace(WHOLE, checks=(draft_of_hers,))))
    assert isinstance(refused, Refused)
    assert refused.reasons[0].values == {"field": "checks.0.finished_at"}
    decided = replace(CHECK, finished_at=None)
    assert story_of(replace(WHOLE, checks=(decided,))).checks[0].finished_at is None


def test_a_wrong_idea_is_told_by_itself() -> None:
    data = file_of(SPONSOR, ideas=(IDEA, IDEA)).replace(b'"page":""', b'"page":7', 1)
    partner, refused, idea = read_from(data)
    assert isinstance(partner, Record)
    assert isinstance(idea, Idea)
    assert isinstance(refused, Refused)
    assert refused.number == 2
    assert refused.reasons[0].msgid.startswith("This check without a partner cannot be read")
    (hidden,) = read_from(file_of(ideas=(replace(IDEA, idea="a\0b"),)))
    assert isinstance(hidden, Refused)


def test_moments_of_another_zone_are_the_same_moments() -> None:
    told = datetime.fromisoformat("2026-05-02T12:00:00+02:00")
    story = story_of(replace(WHOLE, contacts=(replace(TALK, noted_at=told),)))
    assert story.contacts[0].noted_at == datetime(2026, 5, 2, 10, tzinfo=UTC)
    assert story.contacts[0].noted_at.tzinfo is UTC


# What is told already


def test_what_is_here_is_not_told_twice_but_two_alike_are_two() -> None:
    again = replace(TALK, id=99, noted_at=LATE + timedelta(days=1))
    twice = Entry(SPRINGBRAET, contacts=(TALK, again, MAIL))
    assert len(only(planned(twice)).story.contacts) == 3
    here = replace(TALK, about="  FORÅRET ", partner_id=3)
    past = Past(contacts={3: [here]})
    step = only(planned(twice, known=(SPRINGBRAET,), past=past))
    assert [one.about for one in step.story.contacts] == ["foråret", ""]
    # Another day, way, line or person is another contact.
    for other in (
        replace(here, on=date(2026, 5, 3)),
        replace(here, kind=ContactKind.EVENT),
        replace(here, about="efteråret"),
        replace(here, with_whom="Bo"),
    ):
        past = Past(contacts={3: [other]})
        step = only(planned(Entry(SPRINGBRAET, contacts=(TALK,)), known=(SPRINGBRAET,), past=past))
        assert len(step.story.contacts) == 1


@pytest.mark.parametrize("how", [{"version": 2, "about": "andet"}, {"undone_at": LATE}])
def test_what_was_put_right_here_is_not_told_as_it_was(how: dict[str, Any]) -> None:
    past = Past(contacts={3: [replace(TALK, partner_id=3, **how)]})
    made = planned(Entry(SPRINGBRAET, contacts=(TALK,)), known=(SPRINGBRAET,), past=past)
    assert not made.does


def test_moves_and_checks_are_known_by_when_they_were() -> None:
    learned = replace(WHOLE.moves[1], learned="mere", partner_id=3)
    past = Past(moves={3: [learned]}, checks=frozenset({key_of(CHECK)}))
    made = planned(WHOLE, ideas=(IDEA, IDEA), known=(SPRINGBRAET,), past=past)
    story = only(made).story
    assert [move.why for move in story.moves] == [Why.FRAME]
    assert story.checks == ()
    assert [idea.idea for idea in made.ideas] == ["@dans"]
    assert made.counts["checks"] == 1
    known = Past(checks=frozenset({key_of(IDEA)}))
    assert planned(ideas=(IDEA,), past=known).ideas == ()


def test_an_evaluation_is_known_by_when_it_was_opened_and_what_it_asked() -> None:
    known = Past(evaluations={3: frozenset({(LATE, "partnership")})})
    other = replace(EVALUATION, opened_at=LATE - timedelta(days=9))
    entry = replace(WHOLE, evaluations=(EVALUATION, other, other))
    here = replace(SPRINGBRAET, version=1)
    made = planned(entry, known=(here,), past=known)
    assert only(made).story.evaluations == (other,)
    twice = planned(entry, replace(entry, partner=entry.partner))
    assert len(only(twice).story.evaluations) == 2


def test_only_an_idea_is_something_to_store() -> None:
    made = planned(ideas=(IDEA,))
    assert made.does
    assert made.digest != planned().digest


def test_a_partner_that_stands_in_the_file_twice_has_one_story() -> None:
    born = replace(SPRINGBRAET, created_at=LATE - timedelta(days=1))
    step = only(planned(Entry(SPRINGBRAET, contacts=(TALK,)), Entry(born, contacts=(MAIL,))))
    assert step.story.born == born.created_at
    assert len(step.story.contacts) == 2


@pytest.mark.parametrize(
    ("moves", "own"),
    [
        ((), True),
        ((WHOLE.moves[0],), False),
        (WHOLE.moves, True),
        ((replace(WHOLE.moves[1], at=LATE - timedelta(days=1)), WHOLE.moves[0]), False),
    ],
)
def test_the_place_in_the_circle_is_a_move_where_the_story_does_not_lead_there(
    moves: tuple[Move, ...], *, own: bool
) -> None:
    later = [replace(move, at=move.at + timedelta(hours=n)) for n, move in enumerate(moves)]
    here = replace(SPRINGBRAET, level=Level.NETWORK)
    step = only(planned(Entry(SPRINGBRAET, moves=tuple(later)), known=(here,)))
    assert step.moves is own
    assert not only(planned(WHOLE)).moves  # a new one is where it is


def test_who_knows_them_comes_along_and_nobody_is_taken_off() -> None:
    here = replace(SPRINGBRAET, known_by=("U04",))
    step = only(planned(Entry(SPRINGBRAET), known=(here,)))
    assert step.changed == ("known_by",)
    assert step.after.known_by == ("U04", "U02", "U03")
    (found,) = read_from(file_of(Entry(replace(SPRINGBRAET, known_by=("UGONE",)))))
    assert isinstance(found, Record)
    assert "known_by" not in found.fields
    assert [(doubt.field, doubt.value) for doubt in found.doubts] == [("known_by", "UGONE")]


def test_a_new_card_is_as_it_was_also_where_it_shows_no_place() -> None:
    bank = Partner("Byens Bank", id=20, relation_type=RelationType.SPONSOR)
    sponsor = Entry(replace(bank, level=Level.PARTNERSHIP, people=(ContactPerson("Bo"),)))
    after = only(planned(sponsor)).after
    assert after.level is Level.PARTNERSHIP
    assert after.people == (ContactPerson("Bo"),)  # from nowhere that anybody knew


def test_persons_of_another_register_are_not_known_by_its_numbers() -> None:
    here = replace(SPRINGBRAET, id=77, people=(ContactPerson("Carl", id=4),))
    step = only(planned(Entry(SPRINGBRAET), known=(here,)))
    assert [person.name for person in step.after.people] == ["Carl", "Anne Holm", "Bo Lind"]
    assert step.after.people[0] == here.people[0]


# Who is forgotten


def forgetting(*persons: ContactPerson, place: str = "Springbræt") -> Register:
    return Register("T1", (), forgotten=tombstones("T1", Partner(place), *persons))


GONE = forgetting(ContactPerson("Else Marie Krag", email="else@krag.dk", phone="+4522334455"))
NAMED = "Ringede til Else-Marie Kragsgade"
NOBODY = "Snakkede med Else Marie om Krag og 22 33 44 56"


def told_of(text: str, register: Register = GONE) -> str:
    partner = Partner("Springbræt", id=3)
    talk = Contact(3, ContactKind.TALKED, TODAY, "", LATE, text)
    return (
        only(planned(Entry(partner, contacts=(talk,)), register=register)).story.contacts[0].about
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("talte med Else Marie Krag i dag", "talte med [anonymiseret] i dag"),
        ("else marie krags nøgle", "[anonymiseret] nøgle"),
        ("skriv til ELSE@krag.dk.", "skriv til [anonymiseret]."),
        ("ring 22 33 44 55 først", "ring [anonymiseret] først"),
        (NOBODY, NOBODY),
        (NAMED, NAMED),
        ("", ""),
    ],
)
def test_a_forgotten_name_is_in_no_text_that_comes(text: str, said: str) -> None:
    assert told_of(text) == said
    assert told_of(text, EMPTY) == text


def test_every_text_of_a_partner_is_looked_through() -> None:
    her = "Else Marie Krag"
    sheet = Sheet({"mission": Answer.YES}, {"fit": f"spørg {her}"})
    entry = Entry(
        Partner(
            "Foreningen SB",
            id=3,
            other_names=("Springbræt",),
            note=f"nøglen er hos {her}",
            keywords=(her, "lektier"),
            people=(ContactPerson("Bo", title=f"afløser for {her}", id=5),),
        ),
        {},
        (replace(TALK, with_whom=her),),
        (replace(WHOLE.moves[1], reason=her, learned=f"{her} ved det", told=her),),
        (replace(CHECK, idea=f"café med {her}", reason=her, sheets={"U02": sheet}),),
        (
            replace(
                EVALUATION,
                subject=her,
                reason=her,
                sheets={"1": RoundSheet({"easy": "4"}, {"last": f"spørg {her}"})},
                steps=(replace(EVALUATION.steps[0], text=f"ring til {her}"),),
                remarks=(replace(EVALUATION.remarks[0], text=f"{her} ved det"),),
            ),
        ),
    )
    step = only(planned(entry, register=GONE))
    assert "Krag" not in repr(step)
    assert step.after.keywords == ("[anonymiseret]", "lektier")
    assert step.story.checks[0].sheets["1"].notes == {"fit": "spørg [anonymiseret]"}
    # Who is forgotten at another organisation is another of that name.
    assert "Krag" in repr(planned(entry, register=forgetting(ContactPerson(her), place="Møllen")))


def test_the_name_that_the_card_has_here_counts_too() -> None:
    here = Partner("Springbræt", id=3, cvr="25313763")
    talk = replace(TALK, about="Else Marie Krag kom")
    entry = Entry(Partner("Sportsfolk", id=3, cvr="25313763"), contacts=(talk,))
    step = only(planned(entry, known=(here,), register=GONE))
    assert step.story.contacts[0].about == "[anonymiseret] kom"


def test_an_idea_names_nobody_who_is_forgotten() -> None:
    idea = replace(IDEA, idea="dans med else@krag.dk", partner_name="")
    (kept,) = planned(ideas=(idea,), register=GONE).ideas
    assert kept.idea == "dans med [anonymiseret]"
    (other,) = planned(ideas=(IDEA,), register=GONE).ideas
    assert other.idea == "@dans"
