"""Two made one and taken apart: what hangs on them follows, and comes back as it was."""

import asyncio
import itertools
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.circle import Level
from bot.circle_question import ask_again, hello
from bot.circle_trial import Trial
from bot.contact import Contact, Kind
from bot.duplicate_merge import Picks, Side
from bot.errors import UserError
from bot.evaluation_questions import shipped
from bot.partner import ContactPerson, Partner
from bot.partner import Kind as PartnerKind
from bot.privacy import Information, Uninformed
from bot.privacy_everything import Event
from bot.round_step import Step
from bot.tjek import Check
from storage import (
    circle_question,
    circle_trial,
    contact,
    duplicate,
    duplicate_merge,
    duplicate_redirect,
    duplicate_snapshot,
    duplicate_undo,
    history,
    partner,
    partner_search,
    privacy,
    privacy_access,
    privacy_disclosure,
    privacy_erasure,
    privacy_files,
    tjek,
    tjek_step,
)
from storage.contact_who import QUESTION as WHO_QUESTION
from storage.database import Connection, Store
from storage.duplicate_follow import FOLLOWING, ONE_EACH, REWRITTEN, STAYING
from storage.duplicate_tables import APART, MERGE
from storage.partner_tables import CHANGE, PARTNER
from storage.schema import METADATA, next_ids
from storage.types import Json, OneOf, PlainText, UtcDateTime

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
LATER = NOW + timedelta(days=3)
DAY = timedelta(days=1)
TEAM = "T1"
WORD = "[anonymiseret]"

ANNE = ContactPerson("Anne Holm", "formand", "anne@springbraet.dk", "", "", "messen")
ANNE_TOO = ContactPerson("Anne Holm", "", "anne@holm.dk", "+4521436587", "kun tirsdag", "Mette")
BO = ContactPerson("Bo Lind", source="visitkort")
OLD = Partner("Springbræt", people=(ANNE,), note="Anne Holm har nøglen", responsible="U01")
NEW = Partner(
    "Foreningen Springbraet",
    cvr="12345674",
    level=Level.COLLABORATION,
    people=(ANNE_TOO, BO),
    keywords=("unge",),
    note="Anne Holm tager telefonen",
    responsible="U02",
)


async def two(store: Store, old: Partner = OLD, new: Partner = NEW) -> tuple[Partner, Partner]:
    kept = await store.write(partner.add, TEAM, old, by="U01", now=NOW - 9 * DAY)
    gone = await store.write(partner.add, TEAM, new, by="U02", now=NOW - DAY)
    return kept, gone


async def merged(
    store: Store, kept: Partner, gone: Partner, picks: Picks | None = None, at: datetime = NOW
) -> tuple[Partner, int]:
    seen = [(one.id, one.version) for one in (kept, gone)]
    return await store.write(duplicate_merge.merge, TEAM, seen, picks or {}, by="U03", now=at)


async def undone(store: Store, number: int, at: datetime = LATER) -> tuple[Partner, Partner]:
    return await store.write(duplicate_undo.undo, TEAM, number, by="U04", now=at)


async def edited(store: Store, number: int, **changes: Any) -> Partner:
    def edit(conn: Connection) -> Partner:
        before = partner.existing(conn, TEAM, number, lock=True)
        after = replace(before, **changes)
        return partner.update(conn, TEAM, before, after, by="U05", now=NOW + DAY)

    return await store.write(edit)


def content(conn: Connection, team: str) -> Mapping[str, Counter[str]]:
    """Every row of a team; a counter and the partner's version may have grown."""
    found = {}
    for table in METADATA.sorted_tables:
        if table.name not in {"last_id", "duplicate_merge"}:
            rows = conn.execute(sa.select(table).where(table.c.team_id == team)).mappings()
            found[table.name] = Counter(
                str({k: v for k, v in row.items() if (table.name, k) != ("partner", "version")})
                for row in rows
            )
    return found


# They hang on no partner. What stands there of a person is found by all numbers she has had.
UNTOUCHED = {
    "circle_picture",
    "home_start",
    *("delivery", "job_run", "last_id", "seen"),
    *("disclosure", "export_log", "import_run", "sent_file", "tombstone"),
    *("installation", "member", "oauth_state", "tjek_question", "workspace", "workspace_version"),
    "evaluation_question",
    *("duplicate_apart", "duplicate_merge", "duplicate_person", "partner"),
    *("digest", "digest_greeting", "reminder_cadence", "reminder_letter", "reminder_reader"),
}


def hanging_on(tables: set[str]) -> set[str]:
    """The tables whose rows belong to rows of these."""
    return {
        table.name
        for table in METADATA.tables.values()
        for key in table.foreign_keys
        if key.column.table.name in tables
    }


def test_every_table_is_decided_about() -> None:
    followed = {table.name for table in (*FOLLOWING, *ONE_EACH, *REWRITTEN, *STAYING)}
    with_partner = {name for name, table in METADATA.tables.items() if "partner_id" in table.c}
    assert with_partner == followed, "add it to storage/duplicate_follow.py"
    known = followed | hanging_on(followed) | UNTOUCHED
    assert set(METADATA.tables) == known, "say what becomes of it when two are made one"
    assert not followed & UNTOUCHED


def test_no_other_table_refers_to_a_partner() -> None:
    referring = {
        table.name
        for table in METADATA.tables.values()
        if table is not APART and "partner_id" not in table.c
        for key in table.foreign_keys
        if key.column.table is PARTNER
    }
    assert not referring, "say in storage/duplicate_merge.py what becomes of it"


_VALUES: Mapping[type, Callable[[int], object]] = {
    PlainText: lambda n: f"tekst {n}",
    UtcDateTime: lambda n: NOW - n * DAY,
    sa.Date: lambda n: date(2026, 1, 1) + n * DAY,
    sa.Boolean: lambda n: n % 2 == 0,
    sa.Integer: lambda n: n,
    Json: lambda _: shipped().get("pulse").model_dump(mode="json"),  # what an evaluation asks
}


def made_up(conn: Connection, team: str, table: sa.Table, partner_id: int, n: int) -> None:
    """A row of the table that hangs on the partner, the n-th of its kind."""
    row: dict[str, Any] = {}
    for column in table.c:
        kind = type(column.type)
        if isinstance(column.type, OneOf):
            words: list[object] = list(column.type.kind.__members__.values())
            row[column.name] = words[n % len(words)]
        elif kind in _VALUES and not column.name.endswith("_at"):
            row[column.name] = _VALUES[kind](n)
    row |= {"team_id": team, "partner_id": partner_id}
    row |= {c.name: NOW for c in table.c if c.name.endswith("_at") and not c.nullable}
    if "id" in table.c:
        row["id"] = next_ids(conn, team)[0]
    if table.name == "person_privacy":
        row["person_id"] = next_ids(conn, team)[0]
    if table.name == "round":
        row["subject_id"] = row["id"]
    if table.name == "who_answer":
        row["question_id"] = _who_question(conn, team, n)
    if table is CHANGE:
        row |= {"field": "note", "before": "før", "after": "nu"}
    if table.name == "circle_question":
        row["subject_id"] = next_ids(conn, team)[0] if n % 3 else partner_id
    conn.execute(sa.insert(table).values(**row))


def _who_question(conn: Connection, team: str, n: int) -> int:
    """The n-th question of the team, that both may have an answer to."""
    words = f"spørgsmål {n}"
    query = sa.select(WHO_QUESTION.c.id)
    mine = query.where(WHO_QUESTION.c.team_id == team, WHO_QUESTION.c.words == words)
    found = conn.execute(mine).scalars().all()
    if found:
        return int(found[0])
    (number,) = next_ids(conn, team)
    row = {"id": number, "words": words, "topic": False, "asked_by": "U01", "asked_at": NOW}
    conn.execute(sa.insert(WHO_QUESTION).values(team_id=team, channel="C1", ts="", **row))
    return number


_names = st.sampled_from(["Springbræt", "Springbraet", "Foreningen Springbræt", "Pixelværket"])
_persons = st.builds(
    ContactPerson,
    st.sampled_from(["Anne Holm", "Anne", "Bo Lind", "", "Ida Ø. Krogh"]),
    email=st.sampled_from(["", "anne@holm.dk", "info@springbraet.dk"]),
    phone=st.sampled_from(["", "+4521436587"]),
    note=st.sampled_from(["", "kun tirsdag"]),
)
_words = st.lists(
    st.sampled_from(["unge", "sprog", "<!channel>", "ældre"]), unique=True, max_size=3
)
_users = st.sampled_from([None, "U01", "U02", "U03"])
_partners = st.builds(
    Partner,
    _names,
    other_names=st.lists(_names, unique=True, max_size=2).map(tuple),
    kind=st.sampled_from([None, *PartnerKind]),
    cvr=st.sampled_from(["", "12345674", "87654321"]),
    keywords=_words.map(tuple),
    level=st.sampled_from(Level),
    next_step=st.sampled_from(["", "Ring"]),
    note=st.sampled_from(["", "Anne Holm har nøglen", "Æ\nø" * 900]),
    people=st.lists(_persons, max_size=3).map(tuple),
    responsible=_users,
    deputy=_users,
    known_by=st.lists(st.sampled_from(["U01", "U04"]), unique=True).map(tuple),
    archived=st.booleans(),
)
_hanging = st.lists(
    st.tuples(
        st.sampled_from([*FOLLOWING, *ONE_EACH]).filter(lambda t: t.name != "circle_trial"),
        st.booleans(),
    ),
    max_size=25,
)
_teams = itertools.count()


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(old=_partners, new=_partners, hanging=_hanging, sides=st.lists(st.sampled_from(Side)))
async def test_merged_and_undone_all_is_as_it_was(
    store: Store,
    old: Partner,
    new: Partner,
    hanging: list[tuple[sa.Table, bool]],
    sides: list[Side],
) -> None:
    team = f"H{next(_teams)}"

    def there_and_back(conn: Connection) -> None:
        kept = partner.add(conn, team, old, by="U01", now=NOW - 9 * DAY)
        gone = partner.add(conn, team, new, by="U02", now=NOW - DAY)
        seen: Counter[tuple[str, bool]] = Counter()
        for table, on_kept in hanging:
            key = (table.name, on_kept)
            made_up(conn, team, table, kept.id if on_kept else gone.id, seen[key])
            seen[key] += 1
        before = content(conn, team)
        picks = dict(zip(("name", "kind", "level", "note", "responsible"), sides, strict=False))
        both = [(kept.id, kept.version), (gone.id, gone.version)]
        _, number = duplicate_merge.merge(conn, team, both, picks, by="U03", now=NOW)
        assert partner.existing(conn, team, gone.id).id == kept.id
        assert hangs_on(conn, team, gone.id) == set()
        duplicate_undo.undo(conn, team, number, by="U04", now=LATER)
        assert content(conn, team) == before

    await store.write(there_and_back)


def hangs_on(conn: Connection, team: str, partner_id: int) -> set[str]:
    return {
        table.name
        for table in METADATA.sorted_tables
        if "partner_id" in table.c
        and table not in STAYING
        and conn.execute(
            sa.select(table).where(table.c.team_id == team, table.c.partner_id == partner_id)
        ).first()
    }


async def test_the_old_number_leads_to_the_partner_through_several_mergers(store: Store) -> None:
    kept, gone = await two(store)
    oldest = await store.write(
        partner.add, TEAM, Partner("Springbræt Vest"), by="U1", now=NOW - 99 * DAY
    )
    one, first = await merged(store, kept, gone)
    await merged(store, oldest, one)
    for number in (oldest.id, kept.id, gone.id):
        assert (await store.read(partner.existing, TEAM, number)).id == oldest.id
    assert await store.read(partner.get, "T2", gone.id) is None
    assert await store.read(partner.get, TEAM, 4711) is None
    with pytest.raises(UserError, match="made one with somebody else since"):
        await undone(store, first)


async def test_where_the_other_name_was_chosen_the_one_that_went_is_told(store: Store) -> None:
    kept, gone = await two(store)
    await merged(store, kept, gone, {"name": Side.GONE})
    found = await store.read(duplicate_merge.undoable, TEAM, kept.id, LATER)
    assert found
    assert found.gone_name == kept.name
    now = await store.read(partner.existing, TEAM, kept.id)
    assert now.name == gone.name
    (merger,) = (await store.read(history.past, TEAM, now)).mergers
    assert merger.gone_name == kept.name


async def test_the_last_merger_is_undone_first(store: Store) -> None:
    kept, gone = await two(store)
    third = await store.write(partner.add, TEAM, Partner("Fidusen"), by="U1", now=NOW)
    once, first = await merged(store, kept, gone)
    _, second = await merged(store, once, third)
    found = await store.read(duplicate_merge.undoable, TEAM, kept.id, LATER)
    assert found
    assert (found.id, found.gone_name, found.by) == (second, "Fidusen", "U03")
    with pytest.raises(UserError, match="made one with somebody else since"):
        await undone(store, first)
    await undone(store, second)
    with pytest.raises(UserError, match="taken them apart already"):
        await undone(store, second)
    back, again = await undone(store, first)
    assert (back.name, again) == (kept.name, gone)
    assert await store.read(duplicate_merge.undoable, TEAM, kept.id, LATER) is None
    with pytest.raises(UserError, match="taken them apart already"):
        await undone(store, 4711)


async def test_a_chosen_value_stands_and_the_rest_is_put_together(store: Store) -> None:
    kept, gone = await two(store)
    one, _ = await merged(store, kept, gone, {"name": Side.GONE, "note": Side.KEPT})
    assert (one.id, one.name, one.other_names) == (kept.id, gone.name, ("Springbræt",))
    assert (one.note, one.cvr, one.level) == (OLD.note, NEW.cvr, Level.COLLABORATION)
    assert (one.responsible, one.known_by) == ("U01", ("U02",))
    anne, bo = one.people
    assert (anne.id, bo.id) == (kept.people[0].id, gone.people[1].id)
    assert (anne.email, anne.phone) == ("anne@springbraet.dk", "+4521436587")
    assert anne.note == "kun tirsdag\nanne@holm.dk"
    hits = await store.read(partner_search.search, TEAM, "springbraet")
    assert [hit.id for hit in hits] == [kept.id]


async def test_what_came_since_stays_with_the_one_that_was_kept(store: Store) -> None:
    kept, gone = await two(store)
    talked = Contact(gone.id, Kind.TALKED, NOW.date(), "U02", NOW, about="om foråret")
    before = await store.write(contact.note, TEAM, talked)
    one, number = await merged(store, kept, gone)
    later = replace(talked, partner_id=kept.id, about="om efteråret", noted_at=LATER)
    since = await store.write(contact.note, TEAM, later)
    bo = replace(one.people[1], phone="+4511111111")
    new = ContactPerson("Ida Krogh", source="kaffen")
    await edited(
        store, kept.id, area="Vest", keywords=("unge", "ny"), people=(one.people[0], bo, new)
    )
    back, again = await undone(store, number)
    assert (back.name, back.area, back.note) == (kept.name, "Vest", kept.note)
    assert back.keywords == ("ny",)
    assert [person.name for person in back.people] == ["Anne Holm", "Ida Krogh"]
    assert back.people[0] == kept.people[0]
    assert again == replace(gone, people=(gone.people[0], bo))
    theirs = await store.read(contact.of_partner, TEAM, gone.id)
    ours = await store.read(contact.of_partner, TEAM, kept.id)
    assert ([one.id for one in theirs], [one.id for one in ours]) == ([before.id], [since.id])


async def test_whoever_left_the_card_since_does_not_come_back(store: Store) -> None:
    kept, gone = await two(store)
    _, number = await merged(store, kept, gone)
    await edited(store, kept.id, people=())
    back, again = await undone(store, number)
    assert (back.people, again.people) == ((), ())


async def test_what_was_moved_to_another_partner_since_stays_there(store: Store) -> None:
    kept, gone = await two(store)
    third = await store.write(partner.add, TEAM, Partner("Fidusen"), by="U1", now=NOW)
    talked = Contact(gone.id, Kind.TALKED, NOW.date(), "U02", NOW)
    noted = await store.write(contact.note, TEAM, talked)
    _, number = await merged(store, kept, gone)
    corrected = replace(noted, partner_id=third.id)
    await store.write(contact.change, TEAM, corrected, by="U02")
    await undone(store, number)
    assert len(await store.read(contact.of_partner, TEAM, third.id)) == 1


async def test_two_trials_and_a_trial_without_a_collaboration_are_refused(store: Store) -> None:
    kept, gone = await two(store, replace(OLD, level=Level.COLLABORATION))
    for one in (kept, gone):
        trial = Trial(one.id, NOW.date(), NOW.date() + 9 * DAY, "U01", NOW)
        await store.write(circle_trial.begin, TEAM, trial)
    with pytest.raises(UserError, match="Both are on trial"):
        await merged(store, kept, gone)
    other = await store.write(partner.add, TEAM, Partner("Fidusen"), by="U1", now=NOW - 99 * DAY)
    with pytest.raises(UserError, match="for a collaboration") as refused:
        await merged(store, other, gone, {"level": Side.KEPT})
    assert refused.value.field == "level"
    await merged(store, other, gone)


async def test_one_that_changed_since_it_was_seen_is_not_merged(store: Store) -> None:
    kept, gone = await two(store)
    await edited(store, gone.id, area="Syd")
    with pytest.raises(UserError, match="changed one of the two cards"):
        await merged(store, kept, gone)
    with pytest.raises(UserError, match="changed one of the two cards"):
        await merged(store, gone, kept)


async def test_a_form_of_the_merged_card_knows_when_it_is_two(store: Store) -> None:
    kept, gone = await two(store)
    one, number = await merged(store, kept, gone)
    check = duplicate_redirect.check_form
    await store.read(check, TEAM, kept.id, kept.version, one)
    with pytest.raises(UserError, match="made this card one with"):
        await store.read(check, TEAM, gone.id, gone.version, one)
    back, again = await undone(store, number)
    await store.read(check, TEAM, kept.id, kept.version, back)
    await store.read(check, TEAM, kept.id, back.version, back)
    await store.read(check, TEAM, gone.id, gone.version, again)
    with pytest.raises(UserError, match="taken two cards apart"):
        await store.read(check, TEAM, kept.id, one.version, back)


async def test_a_question_about_both_on_a_day_is_asked_once(store: Store) -> None:
    kept, gone = await two(store)
    for one in (kept, gone):
        await store.write(circle_question.put, TEAM, hello(one.id, NOW.date(), by="U02"))
    _, number = await merged(store, kept, gone)
    found = await store.read(circle_question.open_of, TEAM, kept.id)
    assert [one.subject_id for one in found] == [kept.id]
    await undone(store, number)
    for one in (kept, gone):
        found = await store.read(circle_question.open_of, TEAM, one.id)
        assert [question.subject_id for question in found] == [one.id]


async def test_who_was_told_on_either_card_has_been_told(store: Store) -> None:
    kept, gone = await two(store)
    anne, anne_too = kept.people[0].id, gone.people[0].id
    told = Information(date(2026, 11, 20), "By mail.")
    await store.write(privacy.inform, TEAM, gone.id, anne_too, told, by="U02")
    await store.write(privacy.wishes_no_contact, TEAM, kept.id, anne, wish=True)
    _, number = await merged(store, kept, gone)
    standing = (await store.read(privacy.standings, TEAM, [kept.id]))[anne]
    assert (standing.informed, standing.no_contact) == (told, True)
    await undone(store, number)
    standing = (await store.read(privacy.standings, TEAM, [kept.id]))[anne]
    assert (standing.informed, standing.no_contact) == (None, True)
    assert (await store.read(privacy.standings, TEAM, [gone.id]))[anne_too].informed == told


async def test_what_was_noted_of_her_since_stays_noted(store: Store) -> None:
    kept, gone = await two(store)
    anne, anne_too = kept.people[0].id, gone.people[0].id
    await store.write(privacy.wishes_no_contact, TEAM, gone.id, anne_too, wish=True)
    _, number = await merged(store, kept, gone)
    told = Information(date(2026, 11, 25), "By mail.")
    await store.write(privacy.inform, TEAM, gone.id, anne, told, by="U02")
    await undone(store, number)
    standing = (await store.read(privacy.standings, TEAM, [kept.id]))[anne]
    assert (standing.informed, standing.no_contact) == (told, True)


async def untold(store: Store, number: int) -> list[Uninformed]:
    return await store.read(privacy.uninformed, TEAM, ZoneInfo("UTC"), partner_id=number)


async def test_the_deadline_to_tell_is_that_of_her_own_card(store: Store) -> None:
    kept, gone = await two(store)
    before = {one.person.name: one.deadline for one in await untold(store, gone.id)}
    await merged(store, kept, gone)
    after = {one.person.name: one.deadline for one in await untold(store, kept.id)}
    assert after["Bo Lind"] == before["Bo Lind"]
    assert after["Anne Holm"] < before["Anne Holm"]


async def forget(store: Store, partner_id: int, person_id: int) -> None:
    why: dict[str, Any] = {"word": WORD, "purpose": "bad om det", "by": "U01", "now": NOW + DAY}
    await store.write(privacy_erasure.anonymise, TEAM, partner_id, person_id, **why)


async def everything_kept(store: Store) -> str:
    return str(await store.read(content, TEAM)) + str(await store.read(snapshots))


def snapshots(conn: Connection) -> list[object]:
    return list(conn.execute(sa.select(MERGE.c.snapshot).where(MERGE.c.team_id == TEAM)).scalars())


TRACES = ("Anne Holm", "Anne", "anne@", "21436587", "kun tirsdag")


async def test_who_was_forgotten_in_between_does_not_come_back(store: Store) -> None:
    kept, gone = await two(store)
    talked = Contact(gone.id, Kind.TALKED, NOW.date(), "U02", NOW, about="Anne Holm, anne@holm.dk")
    await store.write(contact.note, TEAM, talked)
    _, number = await merged(store, kept, gone, {"note": Side.KEPT})
    await forget(store, gone.id, kept.people[0].id)
    shown = await everything_kept(store)
    assert not [trace for trace in TRACES if trace in shown]
    back, again = await undone(store, number)
    assert (back.people, [person.name for person in again.people]) == ((), ["Bo Lind"])
    assert (back.note, again.note) == (f"{WORD} har nøglen", f"{WORD} tager telefonen")
    shown = await everything_kept(store)
    assert not [trace for trace in TRACES if trace in shown]


async def test_who_is_forgotten_is_so_in_what_came_before_the_last_merger_too(
    store: Store,
) -> None:
    kept, gone = await two(store)
    oldest = await store.write(
        partner.add, TEAM, Partner("Springbræt Vest"), by="U1", now=NOW - 99 * DAY
    )
    one, first = await merged(store, kept, gone)
    _, second = await merged(store, oldest, one)
    await forget(store, oldest.id, kept.people[0].id)
    shown = await everything_kept(store)
    assert not [trace for trace in TRACES if trace in shown]
    await undone(store, second)
    _, again = await undone(store, first)
    assert [person.name for person in again.people] == ["Bo Lind"]


async def test_an_individual_who_is_forgotten_stays_so_on_both_cards(store: Store) -> None:
    alone = Partner("Ida Krogh", kind=PartnerKind.INDIVIDUAL, website="https://ida.dk")
    kept, gone = await two(store, alone, replace(alone, website="", other_names=("Ida K",)))
    _, number = await merged(store, kept, gone)
    await forget(store, kept.id, kept.id)
    back, again = await undone(store, number)
    assert {back.name, again.name} == {WORD}
    assert (back.website, again.other_names, again.kind) == ("", (), None)
    shown = await everything_kept(store)
    assert "Krogh" not in shown


async def test_after_the_undoing_the_other_card_knows_nothing_of_her(store: Store) -> None:
    kept, gone = await two(store)
    _, number = await merged(store, kept, gone)
    await undone(store, number)
    await forget(store, gone.id, gone.people[0].id)
    await forget(store, kept.id, kept.people[0].id)
    shown = await everything_kept(store)
    assert not [trace for trace in TRACES if trace in shown]


async def test_access_tells_what_was_left_out_and_both_of_her_cards(store: Store) -> None:
    kept, gone = await two(store)
    await edited(store, gone.id, area="Syd")
    gone = await store.read(partner.existing, TEAM, gone.id)
    await merged(store, kept, gone, {"note": Side.KEPT})
    anne = kept.people[0].id
    found = await store.read(privacy_access.everything_about, TEAM, gone.id, anne)
    assert found
    told = {(mention.where.value, mention.text) for mention in found.mentions}
    assert ("duplicate", "Anne Holm tager telefonen") in told
    assert ("note", "Anne Holm har nøglen") in told
    named = await store.read(privacy_access.people_named, TEAM, "Anne Holm")
    assert [one.person.id for one in named] == [anne]


async def test_after_thirty_days_nothing_is_kept_to_undo(store: Store) -> None:
    kept, gone = await two(store)
    _, number = await merged(store, kept, gone)
    month = NOW + 30 * DAY
    await store.write(duplicate_snapshot.drop_old, TEAM, month, month)
    assert await store.read(duplicate_merge.undoable, TEAM, kept.id, month)
    later = month + timedelta(seconds=1)
    assert await store.read(duplicate_merge.undoable, TEAM, kept.id, later) is None
    with pytest.raises(UserError, match="more than thirty days"):
        await undone(store, number, later)
    await store.write(duplicate_snapshot.drop_old, TEAM, later, later)
    assert await store.read(snapshots) == [None]
    assert (await store.read(partner.existing, TEAM, gone.id)).id == kept.id


async def test_who_is_decided_apart_of_one_is_so_of_both(store: Store) -> None:
    kept, gone = await two(store)
    third = await store.write(partner.add, TEAM, Partner("Fidusen"), by="U1", now=NOW)
    for one in (kept, third):
        await store.write(duplicate.keep_apart, TEAM, gone.id, one.id, by="U01", now=NOW)
    decided = await store.read(duplicate.apart, TEAM)
    _, number = await merged(store, kept, gone)
    assert await store.read(duplicate.apart, TEAM) == {(kept.id, third.id)}
    await undone(store, number)
    assert await store.read(duplicate.apart, TEAM) == decided


async def test_a_pair_apart_from_one_that_went_too_is_not_brought_back(store: Store) -> None:
    kept, gone = await two(store)
    third = await store.write(partner.add, TEAM, Partner("Fidusen"), by="U1", now=NOW - 99 * DAY)
    other = await store.write(partner.add, TEAM, Partner("Andet"), by="U1", now=NOW)
    await store.write(duplicate.keep_apart, TEAM, gone.id, other.id, by="U01", now=NOW)
    _, number = await merged(store, kept, gone)
    await merged(store, third, other)
    await undone(store, number)
    assert gone.id not in {n for pair in await store.read(duplicate.apart, TEAM) for n in pair}


async def test_files_and_reasons_under_her_other_number_are_found_when_she_is_forgotten(
    store: Store,
) -> None:
    kept, gone = await two(store)
    anne, anne_too = kept.people[0].id, gone.people[0].id
    why: dict[str, Any] = {"purpose": "Anne Holm bad om det", "by": "U01", "at": NOW}
    await store.write(privacy_disclosure.log_disclosure, TEAM, anne_too, Event.DISCLOSED, **why)
    await store.write(privacy_files.keep, TEAM, anne_too, ["F1"], by="U01", at=NOW)
    await merged(store, kept, gone)
    found = await store.read(privacy_access.everything_about, TEAM, kept.id, anne)
    assert found
    assert why["purpose"] in [line.purpose for line in found.log]
    await forget(store, kept.id, anne)
    assert [one.file for one in await store.read(privacy_files.to_delete, TEAM)] == ["F1"]
    shown = await everything_kept(store)
    assert not [trace for trace in TRACES if trace in shown]


async def test_a_step_and_a_round_of_a_check_follow_it_and_come_back(store: Store) -> None:
    kept, gone = await two(store)
    new = Check("U02", NOW, partner_id=gone.id, partner_name=gone.name, idea="VR")
    check = await store.write(tjek.start, TEAM, new)
    step = Step("Ring til Bo", NOW.date(), ("U03",))
    await store.write(tjek_step.assign, TEAM, check.id, step, by="U02", now=NOW)
    _, number = await merged(store, kept, gone)
    (task,) = await store.read(tjek_step.waiting_for, TEAM, "U03", limit=5)
    assert task.tjek_id == check.id
    assert [one.id for one in await store.read(tjek.under_way, TEAM, kept.id, NOW)] == [check.id]
    await store.write(tjek_step.finish, TEAM, check.id, now=LATER)
    await undone(store, number)
    assert [one.id for one in await store.read(tjek.under_way, TEAM, gone.id, NOW)] == [check.id]
    assert not await store.read(tjek_step.waiting_for, TEAM, "U03", limit=5)


async def test_a_question_put_anew_by_an_old_number_stands_in_place_of_the_open_one(
    store: Store,
) -> None:
    kept, gone = await two(store)
    await merged(store, kept, gone)
    await store.write(circle_question.put, TEAM, ask_again(kept.id, NOW.date(), by="U02"))
    later = ask_again(gone.id, LATER.date(), by="U03")
    await store.write(circle_question.put_anew, TEAM, later, now=LATER)
    (one,) = await store.read(circle_question.open_of, TEAM, kept.id)
    assert (one.subject_id, one.due_on, one.by) == (kept.id, later.due_on, "U03")


async def test_everybody_at_once_loses_nothing(store: Store) -> None:
    """Who saves on a card just while it becomes part of another: here or there, or a sentence."""

    def begin(conn: Connection, team: str, number: int) -> int:
        here = partner.existing(conn, team, number, lock=True)
        check = Check("U02", NOW, partner_id=here.id, partner_name=here.name, idea="VR")
        return tjek.start(conn, team, check).id

    def talk(conn: Connection, team: str, number: int) -> int:
        here = partner.existing(conn, team, number, lock=True)
        return contact.note(conn, team, Contact(here.id, Kind.TALKED, NOW.date(), "U02", NOW)).id

    for _ in range(4):
        kept, gone = await two(store)
        person = gone.people[1].id
        seen = [(one.id, one.version) for one in (kept, gone)]
        told = Information(NOW.date(), "By mail.")
        done = await asyncio.gather(
            store.write(begin, TEAM, gone.id),
            store.write(duplicate_merge.merge, TEAM, seen, {}, by="U03", now=NOW),
            store.write(talk, TEAM, gone.id),
            store.write(duplicate_merge.merge, TEAM, seen, {}, by="U04", now=NOW),
            store.write(privacy.inform, TEAM, gone.id, person, told, by="U02"),
            return_exceptions=True,
        )
        odd = [one for one in done if isinstance(one, BaseException)]
        assert all(isinstance(one, UserError) for one in odd), odd
        assert len(odd) >= 1, "only one of the two makes them one"
        one = await store.read(partner.existing, TEAM, gone.id)
        assert one.id == kept.id
        checks = await store.read(tjek.under_way, TEAM, kept.id, NOW)
        assert len(checks) == isinstance(done[0], int)
        talked = await store.read(contact.of_partner, TEAM, kept.id)
        assert len(talked) == isinstance(done[2], int)
