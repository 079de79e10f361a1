"""What was taken out as JSON comes in whole: once, for good, and away again when it is undone."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
import sqlalchemy as sa

from bot.circle import Level, Move, Why
from bot.contact import Contact
from bot.contact import Kind as ContactKind
from bot.export import Format, Paper, Wanted
from bot.export_writer import write, writer
from bot.import_choice import Choice
from bot.import_draft import draft
from bot.import_file import read
from bot.import_json import records
from bot.import_plan import Plan, plan
from bot.import_record import Words
from bot.import_sheet import Register
from bot.import_undo import WORKED_ON, Undoing
from bot.partner import ContactPerson, Kind, Partner, RelationType, Room, Status
from bot.privacy import Information
from bot.questions import load
from bot.round import Kind as RoundKind
from bot.tjek import Answer, Check, Decision, Form, Sheet
from bot.translation import Translator
from bot.workspace import Language, Workspace
from storage import (
    circle,
    contact,
    contact_search,
    evaluation,
    export,
    import_batch,
    import_register,
    import_story,
    import_undo,
    import_write,
    partner,
    privacy,
    privacy_erasure,
    round_queries,
    tjek,
)
from storage.database import Connection, Store
from storage.import_batch import Origin
from storage.import_register import State
from storage.import_tables import IMPORT, IMPORT_PARTNER
from tests.storage.evaluations import agree, answer, opened, reveal
from tests.storage.test_duplicate_merge import content

BORN = datetime(2024, 3, 1, 9, 30, tzinfo=UTC)
MADE = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
TODAY = NOW.date()
HERE, THERE = "T1", "T2"
COLLEAGUES = {"U1": "Mette Øst", "U2": "Ali Khan"}
ANNE = ContactPerson("Anne Holm", "formand", "anne@springbraet.dk", "+4533663000", "nøgle", "kort")
SPRINGBRAET = Partner(
    "Springbræt",
    other_names=("SB",),
    kind=Kind.ASSOCIATION,
    keywords=("lektier",),
    rooms=(Room.LEARNING,),
    people=(ANNE, ContactPerson("Bo Lind")),
    responsible="U1",
    known_by=("U2", "U1"),
    note="har nøglen\n\ntil døren",
)
WORDING = load("tjek").model_dump(mode="json")
# An import leaves that it was, whatever becomes of it; and of numbers none is given out again.
HIDDEN = "det må ingen se endnu"
LOGS = {"import_run", "import_partner", "partner_change", "last_id"}


def day(number: int) -> datetime:
    return BORN + timedelta(days=number)


def check(number: int, **more: Any) -> Check:
    finished = {"finished_at": day(number), "wording": WORDING}
    return Check("U1", day(number), **{**finished, **more})


def _fill(conn: Connection, team: str) -> int:
    """A register with something in every list that JSON has; the number of Springbræt."""
    ours = partner.add(conn, team, SPRINGBRAET, by="U1", now=BORN)
    anne, bo = (person.id for person in ours.people)
    told = Information(date(2024, 3, 9), "på mail")
    privacy.inform(conn, team, ours.id, anne, told, by="U2")
    privacy.wishes_no_contact(conn, team, ours.id, bo, wish=True)
    on, about, whom = date(2024, 5, 2), "talte om foråret", "Anne Holm"
    talk = Contact(ours.id, ContactKind.TALKED, on, "U1", day(60), about, whom)
    contact.note(conn, team, talk)
    contact.note(conn, team, replace(talk, noted_at=day(61)))  # the same once more
    link = "https://byen.slack.com/archives/C01/p1"
    mail = contact.note(
        conn, team, Contact(ours.id, ContactKind.MAIL, date(2024, 4, 1), "U2", day(30), link=link)
    )
    contact.change(conn, team, replace(mail, about="programmet"), by="U1")
    for step in (
        Move(ours.id, Level.NETWORK, Level.PARTNERSHIP, Why.FRAME, "U1", day(90), "aftale"),
        Move(ours.id, Level.PARTNERSHIP, Level.COLLABORATION, Why.REACHED, "U2", day(400)),
    ):
        circle.move(conn, team, step)
    alone = Sheet({"mission": Answer.YES, "fit": Answer.NO}, {"fit": "måske"})
    several = {"U1": alone, "U2": Sheet({"mission": Answer.PARTLY})}
    mine = {"partner_id": ours.id, "partner_name": "Springbræt"}
    decided = {"decision": Decision.GO_ON_IF, "reason": "hvis der er penge", "decided_by": "U1"}
    tjek.start(conn, team, check(70, sheets={"U1": alone}, form=Form.PARTNERSHIP, **mine))
    tjek.start(
        conn, team, check(80, sheets=several, decided_at=day(81), idea="café", **decided, **mine)
    )
    carla = Partner("Carla Winther", kind=Kind.INDIVIDUAL, archived=True, status=Status.ENDED)
    alone_partner = partner.add(conn, team, carla, by="U2", now=day(5))
    privacy.inform(conn, team, alone_partner.id, alone_partner.id, told, by="U2")
    sponsor = Partner("Byens Bank", relation_type=RelationType.SPONSOR)
    partner.add(conn, team, sponsor, by="U2", now=day(6))
    tjek.start(conn, team, check(85, idea="dans i salen", sheets={"U2": alone}))
    _evaluate(conn, team, ours.id)
    tjek.start(conn, team, check(86, idea="kladde", finished_at=None))  # is nobody else's business
    return ours.id


def _evaluate(conn: Connection, team: str, number: int) -> None:
    """One decided on, one nobody has decided about, and one of which no answer may be seen yet."""
    asked = ["U1", "U2", "U3", "@7"]
    for begun, closes in ((day(100), True), (day(300), False)):
        this = opened(conn, team, number, asked, opened_at=begun)
        answer(conn, team, this, "U1", {"easy": "4", "roles": "unknown"}, "spørg Anne Holm")
        answer(conn, team, this, "U2", {"easy": "5"})
        answer(conn, team, this, "@7", {"easy": "2"}, "ring før ni")
        reveal(conn, team, this)
        if closes:
            agree(conn, team, this, begun)
    hidden = opened(conn, team, number, asked, opened_at=NOW - timedelta(days=1))
    answer(conn, team, hidden, "U1", {"easy": "1"}, HIDDEN)


async def taken_out(store: Store, team: str) -> bytes:
    wanted = Wanted(Format.JSON)
    entries = await store.read(export.page, team, wanted, after=0)
    ideas = await store.read(export.ideas, team, after=0)
    file = BytesIO()
    to = writer(file, Paper(Translator(Language.DANISH), Workspace()), wanted, MADE)
    write(to, entries)
    for idea in ideas:
        to.add_idea(idea)
    to.close()
    return file.getvalue()


def without_numbers(data: bytes) -> str:
    """The file with its own numbers counted through."""
    seen: dict[str, int] = {}

    def counted(value: object) -> int:
        return seen.setdefault(str(value), len(seen))

    def walked(value: Any, name: str = "") -> Any:
        if name in ("id", "partner_id") and value is not None:
            return counted(value)
        if isinstance(value, dict):
            keyed = ((counted(key) if name == "standings" else key, key) for key in value)
            return {new: walked(value[key], key) for new, key in keyed}
        return [walked(one) for one in value] if isinstance(value, list) else value

    return json.dumps(walked(json.loads(data)))


async def planned(store: Store, team: str, data: bytes) -> tuple[Plan, State]:
    opened = read(BytesIO(data), "register.json")
    assert isinstance(opened, Register)
    found = list(records(opened, Words(Workspace(), colleagues=COLLEAGUES), TODAY))
    worked_out, state = await store.read(import_register.known, team)
    register = worked_out()
    rough = draft(found, register, Choice())
    here, standings = await store.read(import_register.partners, team, rough.meant)
    past = await store.read(import_story.past, team, rough)
    return plan(rough, here, standings, register, "Læst ind", past), state


async def read_in(store: Store, team: str, data: bytes) -> int:
    made, state = await planned(store, team, data)
    numbers = import_batch.needed(*made.new, *made.changed) + len(made.ideas)
    ids = await store.write(import_write.reserve, team, numbers)
    batch = import_batch.batch(made, ids, Origin(team, "U9", NOW, "register.json", "Læst ind"))
    await store.write(import_write.write, team, batch, state)
    return batch.number


async def undone(store: Store, team: str, number: int) -> Undoing:
    done, state = await store.read(import_undo.past, team, number, LATER)
    what = import_undo.undoing(done)
    ids = await store.write(import_write.reserve, team, import_batch.needed(*what.back))
    batch = import_batch.back(what.back, ids, Origin(team, "U9", LATER))
    await store.write(import_undo.undo, team, done, batch, what, state, by="U9", now=LATER)
    return what


async def everything(store: Store, team: str) -> dict[str, Any]:
    found = await store.read(content, team)
    return {name: rows for name, rows in found.items() if name not in LOGS}


async def filled(store: Store) -> tuple[int, bytes]:
    number = await store.write(_fill, HERE)
    return number, await taken_out(store, HERE)


async def only(store: Store, team: str, name: str) -> Partner:
    found = await store.read(export.page, team, Wanted(Format.JSON), after=0)
    (one,) = [entry.partner for entry in found if entry.partner.name == name]
    return one


async def test_a_register_taken_out_and_read_in_elsewhere_is_the_same(store: Store) -> None:
    _, data = await filled(store)
    made, _ = await planned(store, THERE, data)
    assert made.counts == {
        "new": 3,
        "changed": 0,
        "same": 0,
        "doubtful": 0,
        "refused": 0,
        "contacts": 3,
        "moves": 2,
        "checks": 3,
        "evaluations": 2,
    }
    await read_in(store, THERE, data)
    assert without_numbers(await taken_out(store, THERE)) == without_numbers(data)


async def test_what_came_is_nobodys(store: Store) -> None:
    _, data = await filled(store)
    await read_in(store, THERE, data)
    here = await only(store, THERE, "Springbræt")
    assert (here.created_by, here.created_at) == ("", BORN)
    contacts = await store.read(contact.of_partner, THERE, here.id)
    moves = await store.read(circle.history, THERE, here.id)
    checks = await store.read(tjek.of_partner, THERE, here.id)
    assert {one.noted_by for one in contacts} | {one.by for one in moves} == {""}
    assert {(one.started_by, one.decided_by) for one in checks} == {("", None)}
    knows = await store.read(contact_search.who_knows, THERE, "foråret")
    assert [colleague.user for colleague in knows[0].colleagues] == ["U1", "U2"]
    assert knows[0].about is not None
    assert knows[0].about.about == "talte om foråret"


async def test_the_same_file_thrice_changes_nothing(store: Store) -> None:
    _, data = await filled(store)
    for team in (HERE, THERE):
        await read_in(store, THERE, data) if team is THERE else None
        before = await everything(store, team)
        for _ in range(2):
            made, _ = await planned(store, team, data)
            assert not made.does
            assert made.counts["same"] == 3
        assert await everything(store, team) == before


async def test_only_what_is_new_is_added_and_nothing_taken_away(store: Store) -> None:
    number, data = await filled(store)
    await read_in(store, THERE, data)
    before = json.loads(await taken_out(store, THERE))
    about = "talte om efteråret"
    talk = Contact(number, ContactKind.MET, date(2026, 9, 2), "U1", day(900), about)
    await store.write(contact.note, HERE, talk)
    step = Move(number, Level.COLLABORATION, Level.PARTNERSHIP, Why.FRAME, "U1", day(901))
    await store.write(circle.move, HERE, step)
    idea = check(902, idea="kor")
    await store.write(tjek.start, HERE, idea)
    here = await only(store, THERE, "Springbræt")
    own = Contact(here.id, ContactKind.TALKED, date(2026, 9, 3), "U2", day(903), "vores egen")
    await store.write(contact.note, THERE, own)
    made, _ = await planned(store, THERE, await taken_out(store, HERE))
    (changed,) = made.changed
    assert changed.changed == ("level",)
    assert changed.story.counts == {"contacts": 1, "moves": 1, "checks": 0, "evaluations": 0}
    assert [one.idea for one in made.ideas] == ["kor"]
    await read_in(store, THERE, await taken_out(store, HERE))
    after = json.loads(await taken_out(store, THERE))
    told = [one["about"] for one in after["partners"][0]["contacts"]]
    assert told[-2:] == ["talte om efteråret", "vores egen"]
    assert len(told) == 5
    moves = after["partners"][0]["moves"]
    assert moves[:2] == before["partners"][0]["moves"]
    assert [one["why"] for one in moves] == ["frame", "reached", "frame"]


async def test_another_place_that_no_move_tells_of_is_a_move_of_its_own(store: Store) -> None:
    _, data = await filled(store)
    await read_in(store, THERE, data)
    was, becomes = b'"level":"collaboration","status"', b'"level":"partnership","status"'
    assert data.count(was) == 1
    changed = data.replace(was, becomes)
    await read_in(store, THERE, changed)
    here = await only(store, THERE, "Springbræt")
    last = (await store.read(circle.history, THERE, here.id))[-1]
    assert (last.to_level, last.why, last.by) == (Level.PARTNERSHIP, Why.READ_IN, "U9")


@pytest.mark.parametrize("how", ["corrected", "undone"])
async def test_what_somebody_here_put_right_does_not_come_again(store: Store, how: str) -> None:
    number, data = await filled(store)
    (last, *_) = await store.read(contact.of_partner, HERE, number)
    if how == "corrected":
        await store.write(contact.change, HERE, replace(last, about="noget andet"), by="U1")
    else:
        await store.write(contact.undo, HERE, last.id, now=NOW)
    made, _ = await planned(store, HERE, data)
    assert not made.does


@pytest.mark.parametrize("there", [False, True])
async def test_an_undoing_leaves_every_table_as_it_was(store: Store, *, there: bool) -> None:
    number, old = await filled(store)
    if there:
        await read_in(store, THERE, old)
    before = await everything(store, THERE)
    more = Contact(number, ContactKind.MET, date(2026, 9, 2), "U1", day(900), "efteråret")
    await store.write(contact.note, HERE, more)
    await store.write(tjek.start, HERE, check(903, idea="kor"))
    step = Move(number, Level.COLLABORATION, Level.PARTNERSHIP, Why.FRAME, "U1", day(901))
    await store.write(circle.move, HERE, step)
    ours = {"partner_id": number, "partner_name": "Springbræt"}
    await store.write(tjek.start, HERE, check(902, idea="fest", **ours))
    imported = await read_in(store, THERE, await taken_out(store, HERE))
    what = await undone(store, THERE, imported)
    assert what.stays == ()
    assert len(what.gone) == (0 if there else 3)
    after = await everything(store, THERE)
    touched = {"partner"} if there else set()  # by the undoing; its card is looked at below
    assert {name for name in after if after[name] != before.get(name)} <= touched
    again = without_numbers(await taken_out(store, THERE))
    assert again == without_numbers(old) if there else json.loads(again)["partners"] == []


async def test_a_new_partner_whose_contact_was_corrected_stays(store: Store) -> None:
    _, data = await filled(store)
    imported = await read_in(store, THERE, data)
    here = await only(store, THERE, "Springbræt")
    (last, *_) = await store.read(contact.of_partner, THERE, here.id)
    await store.write(contact.change, THERE, replace(last, about="andet"), by="U1")
    what = await undone(store, THERE, imported)
    assert [(stay.name, stay.why) for stay in what.stays] == [("Springbræt", WORKED_ON)]
    assert len(await store.read(contact.of_partner, THERE, here.id)) == 3


async def test_an_import_of_before_the_numbers_were_kept_is_undone_by_its_moment(
    store: Store,
) -> None:
    number, data = await filled(store)
    imported = await store.write(_import_of_old, HERE, number)
    await undone(store, HERE, imported)
    assert without_numbers(await taken_out(store, HERE)) == without_numbers(data)


def _import_of_old(conn: Connection, team: str, number: int) -> int:
    (imported, own) = (900_001, {"team_id": team})
    run = {"id": imported, "by": "U9", "at": NOW, "file": "gammel.csv", "counts": {}}
    conn.execute(sa.insert(IMPORT).values(**own, **run))
    version = partner.existing(conn, team, number).version
    did = {"import_id": imported, "partner_id": number, "version": version}
    conn.execute(sa.insert(IMPORT_PARTNER).values(**own, **did, new=False, noted=[]))
    contact.note(conn, team, Contact(number, ContactKind.READ_IN, TODAY, "U9", NOW, "gammel"))
    return imported


async def test_whoever_was_forgotten_is_named_in_nothing_that_comes(store: Store) -> None:
    number, data = await filled(store)
    anne = (await only(store, HERE, "Springbræt")).people[0]
    why: dict[str, Any] = {
        "word": "[anonymiseret]",
        "purpose": "bad om det",
        "by": "U1",
        "now": NOW,
    }
    await store.write(privacy_erasure.anonymise, HERE, number, anne.id, **why)
    told = data.replace(b"talte om for\xc3\xa5ret", b"Anne Holms nummer er 33 66 30 00")
    made, _ = await planned(store, HERE, told)
    await read_in(store, HERE, told)
    out = (await taken_out(store, HERE)).decode()
    assert "Anne" not in out
    assert "33 66 30 00" not in out
    assert made.counts["contacts"] == 2
    assert '"about":"[anonymiseret] nummer er [anonymiseret]"' in out


async def test_who_wishes_no_contact_still_does(store: Store) -> None:
    _, data = await filled(store)
    await read_in(store, THERE, data)
    here = await only(store, THERE, "Springbræt")
    await store.write(privacy.wishes_no_contact, THERE, here.id, here.people[0].id, wish=True)
    made, _ = await planned(store, THERE, data)
    assert not made.does
    standings = await store.read(privacy.standings, THERE, [here.id])
    assert {standing.no_contact for standing in standings.values()} == {True}


async def test_an_old_colleague_is_left_off_the_card(store: Store) -> None:
    _, data = await filled(store)
    made, _ = await planned(store, THERE, data.replace(b'"U2"', b'"UGONE"'))
    (doubtful,) = made.doubtful
    assert [(doubt.field, doubt.value) for doubt in doubtful.record.doubts] == [
        ("known_by", "UGONE")
    ]


async def test_of_an_evaluation_only_what_is_shown_is_taken_out_and_nobody_is_in_it(
    store: Store,
) -> None:
    _, data = await filled(store)
    told = json.loads(data)["partners"][0]["evaluations"]
    assert len(told) == 2
    assert HIDDEN not in data.decode()
    for one in told:
        assert {*one["invited"]} == {"1", "2", "3", "@#1"}
        assert len(one["sheets"]) == 3
        assert '"U' not in json.dumps(one)
        assert '"@7"' not in json.dumps(one)
    assert [one["decision"] for one in told] == ["adjust", ""]


async def test_an_evaluation_that_came_is_nobodys_and_waits_for_nobody(store: Store) -> None:
    _, data = await filled(store)
    await read_in(store, THERE, data)
    here = await only(store, THERE, "Springbræt")
    for one in await store.read(evaluation.of_partners, THERE, [here.id]):
        this = await store.read(evaluation.round_of, THERE, one.id)
        assert this is not None
        assert (this.called_by, this.channel, this.ts, this.named) == ("", "", "", False)
    assert not await store.write(round_queries.under_way_with, THERE, RoundKind.EVALUATION, "U1")


async def test_a_name_in_an_evaluation_does_not_come_back(store: Store) -> None:
    number, data = await filled(store)
    anne = (await only(store, HERE, "Springbræt")).people[0]
    why: dict[str, Any] = {
        "word": "[anonymiseret]",
        "purpose": "bad om det",
        "by": "U1",
        "now": NOW,
    }
    await store.write(privacy_erasure.anonymise, HERE, number, anne.id, **why)
    later = data.replace(b'"opened_at":"2024-06-09', b'"opened_at":"2024-06-08')
    assert later != data
    await read_in(store, HERE, later)
    out = (await taken_out(store, HERE)).decode()
    assert "Anne" not in out
    assert out.count("spørg [anonymiseret]") == 5


@pytest.mark.parametrize(
    ("was", "becomes"),
    [
        (b'"@#1":"answered"', b'"@17":"answered"'),
        (b'"1":"answered"', b'"U1":"answered"'),
        (b'"easy":"2"', b'"easy":"9"'),
        (b'"decision":"adjust"', b'"decision":"win"'),
    ],
)
async def test_what_no_register_writes_is_refused(store: Store, was: bytes, becomes: bytes) -> None:
    _, data = await filled(store)
    assert was in data
    made, _ = await planned(store, THERE, data.replace(was, becomes))
    assert made.counts["refused"] == 1
