from dataclasses import asdict, fields, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bot.circle import Level
from bot.partner import (
    ContactPerson,
    Kind,
    Partner,
    Purpose,
    RelationType,
    Room,
    Status,
    Tie,
    name_in_channel,
)
from storage import partner
from storage.database import Connection, Store
from storage.partner_tables import ORGANISATION, PARTNER
from storage.types import storable

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)

FULL = Partner(
    name="Foreningen Springbræt",
    other_names=("Springbrættet", "SB"),
    kind=Kind.ASSOCIATION,
    website="https://springbraet.example",
    cvr="12345674",
    area="Vestbyen",
    branch="Hovedbiblioteket",
    keywords=("unge", "sprog"),
    target_groups=("nye danskere",),
    age_groups=("13-17", "18+"),
    rooms=(Room.MEETING, Room.LEARNING),
    purposes=(Purpose.NEW_USERS, Purpose.EXPERIMENT),
    relation_type=RelationType.FUND,
    level=Level.COLLABORATION,
    status=Status.RESTING,
    start=date(2019, 8, 1),
    agreement_link="https://esdh.example/1",
    case_number="19/123",
    next_step="Ring om foråret",
    next_step_on=date(2026, 12, 1),
    note="Kom <!channel> & hils 🎉\nאבג",
    picture_link="https://springbraet.example/logo.png",
    channel="C0123456789",
    people=(
        ContactPerson(
            "Anne Holm", "formand", "anne@springbraet.example", "+4512345678", "", "mødet"
        ),
        ContactPerson("Bo Lind", note="kun tirsdag", source="visitkort"),
    ),
    responsible="U01",
    deputy="U02",
    known_by=("U03", "U01"),
)


async def added(store: Store, given: Partner = FULL, team: str = "T1") -> Partner:
    return await store.write(partner.add, team, given, by="U01", now=NOW)


async def edited(store: Store, before: Partner, **values: object) -> Partner:
    after = replace(before, **values)  # type: ignore[arg-type] # of any fields
    return await store.write(partner.update, "T1", before, after, by="U02", now=LATER)


def without_ids(given: Partner) -> Partner:
    people = tuple(replace(person, id=0) for person in given.people)
    return replace(given, id=0, version=0, created_by="", created_at=None, people=people)


# Adding and reading


async def test_every_field_comes_back(store: Store) -> None:
    stored = await added(store)
    assert without_ids(stored) == FULL
    assert (stored.version, stored.created_by, stored.created_at) == (1, "U01", NOW)
    assert stored.id
    assert all(person.id for person in stored.people)
    assert await store.read(partner.get, "T1", stored.id) == stored
    assert await store.write(partner.get, "T1", stored.id, lock=True) == stored


async def test_a_name_is_enough(store: Store) -> None:
    stored = await added(store, Partner("Bo Lind"))
    assert without_ids(stored) == Partner("Bo Lind")


async def test_an_unknown_partner_is_none(store: Store) -> None:
    assert await store.read(partner.get, "T1", 4711) is None


async def test_several_come_in_the_order_asked_for(store: Store) -> None:
    one, two = await added(store), await added(store, Partner("Godsbanen"))
    assert await store.read(partner.get_many, "T1", [two.id, 99, one.id]) == [two, one]
    assert await store.read(partner.get_many, "T1", []) == []


async def test_archived_ones_are_kept_and_not_counted(store: Store) -> None:
    stored = await added(store)
    await added(store, Partner("Godsbanen"))
    assert await store.read(partner.count, "T1") == 2
    archived = await edited(store, stored, archived=True)
    assert await store.read(partner.count, "T1") == 1
    assert await store.read(partner.get, "T1", stored.id) == archived


async def test_teams_never_see_each_others_partners(store: Store) -> None:
    mine, theirs = await added(store), await added(store, Partner("Andres"), team="T2")
    assert mine.id == theirs.id  # each team counts for itself, so a wrong team would show
    assert await store.read(partner.get, "T2", mine.id) == theirs
    assert await store.read(partner.get, "T1", mine.id) == mine
    assert await store.read(partner.count, "T1") == await store.read(partner.count, "T2") == 1
    other = replace(theirs, note="nyt")
    await store.write(partner.update, "T2", theirs, other, by="U9", now=LATER)
    assert await store.write(partner.add_tie, "T2", theirs.id, "U9", Tie.KNOWS, by="U9", now=LATER)
    assert await store.read(partner.get, "T1", mine.id) == mine
    assert await store.read(partner.changes_since, "T1", mine.id, 0) == ()


# Editing


async def test_an_edit_writes_what_differs_and_logs_each_field(store: Store) -> None:
    before = await added(store)
    after = await edited(
        store, before, level=Level.PARTNERSHIP, keywords=("sprog",), start=None, next_step_on=None
    )
    assert after == replace(
        before,
        version=2,
        level=Level.PARTNERSHIP,
        keywords=("sprog",),
        start=None,
        next_step_on=None,
    )
    changes = await store.read(partner.changes_since, "T1", before.id, 1)
    assert [(c.field, c.before, c.after) for c in changes] == [
        ("keywords", ["unge", "sprog"], ["sprog"]),
        ("level", "collaboration", "partnership"),
        ("start", "2019-08-01", None),
        ("next_step_on", "2026-12-01", None),
    ]
    assert {(c.version, c.by, c.at) for c in changes} == {(2, "U02", LATER)}


async def test_an_edit_without_a_difference_writes_nothing(store: Store) -> None:
    before = await added(store)
    assert await edited(store, before) == before
    assert await store.read(partner.get, "T1", before.id) == before
    assert await store.read(partner.changes_since, "T1", before.id, 0) == ()


async def test_changes_since_a_version_are_the_later_ones(store: Store) -> None:
    first = await added(store)
    second = await edited(store, first, note="to")
    await edited(store, second, note="tre")
    since = await store.read(partner.changes_since, "T1", first.id, 2)
    assert [(c.version, c.before, c.after) for c in since] == [(3, "to", "tre")]
    assert await store.read(partner.changes_since, "T1", first.id, 3) == ()


async def test_an_edit_on_top_of_another_is_never_silent(store: Store) -> None:
    before = await added(store)
    theirs = await edited(store, before, note="deres")
    with pytest.raises(RuntimeError, match="changed meanwhile"):
        await edited(store, before, note="min", known_by=())
    assert await store.read(partner.get, "T1", before.id) == theirs


async def test_contact_persons_keep_their_id_through_edits_and_moves(store: Store) -> None:
    before = await added(store)
    anne, bo = before.people
    moved = (replace(bo, title="leder"), ContactPerson("Cleo Dam", source="mail"), anne)
    after = await edited(store, before, people=moved)
    assert [(person.id, person.name) for person in after.people] == [
        (bo.id, "Bo Lind"),
        (after.people[1].id, "Cleo Dam"),
        (anne.id, "Anne Holm"),
    ]
    assert after.people[1].id not in {0, anne.id, bo.id}
    (change,) = await store.read(partner.changes_since, "T1", before.id, 1)
    assert change.before == [asdict(person) for person in before.people]
    assert change.after == [asdict(person) for person in after.people]
    gone = await edited(store, after, people=after.people[:1])
    assert [person.name for person in gone.people] == ["Bo Lind"]


async def test_ties_can_be_edited_in_the_form_too(store: Store) -> None:
    before = await added(store)
    after = await edited(store, before, responsible=None, deputy="U05", known_by=("U02", "U03"))
    assert (after.responsible, after.deputy, after.known_by) == (None, "U05", ("U02", "U03"))


# Who knows them


async def test_knowing_them_is_logged_and_no_conflict_with_an_open_form(store: Store) -> None:
    opened = await added(store)
    tie = (opened.id, "U09", Tie.KNOWS)
    assert await store.write(partner.add_tie, "T1", *tie, by="U09", now=LATER)
    assert not await store.write(partner.add_tie, "T1", *tie, by="U09", now=LATER)
    now = await store.read(partner.get, "T1", opened.id)
    assert now == replace(opened, known_by=("U03", "U01", "U09"))
    assert await store.read(partner.changes_since, "T1", opened.id, opened.version) == ()
    (change,) = await store.read(partner.changes_since, "T1", opened.id, 0)
    assert (change.field, change.before, change.after, change.by) == (
        "known_by",
        ["U03", "U01"],
        ["U03", "U01", "U09"],
        "U09",
    )
    assert await store.write(partner.remove_tie, "T1", *tie, by="U09", now=LATER)
    assert not await store.write(partner.remove_tie, "T1", *tie, by="U09", now=LATER)
    assert await store.read(partner.get, "T1", opened.id) == opened


@pytest.mark.parametrize(
    ("tie", "field"), [(Tie.RESPONSIBLE, "responsible"), (Tie.DEPUTY, "deputy")]
)
async def test_a_new_responsible_or_deputy_takes_over(store: Store, tie: Tie, field: str) -> None:
    opened = await added(store)
    assert await store.write(partner.add_tie, "T1", opened.id, "U07", tie, by="U01", now=LATER)
    now = await store.read(partner.get, "T1", opened.id)
    assert getattr(now, field) == "U07"
    remove = (opened.id, "U07", tie)
    assert not await store.write(
        partner.remove_tie, "T1", opened.id, "U01", tie, by="U01", now=LATER
    )
    assert await store.write(partner.remove_tie, "T1", *remove, by="U01", now=LATER)
    assert not await store.write(partner.remove_tie, "T1", *remove, by="U01", now=LATER)
    now = await store.read(partner.get, "T1", opened.id)
    assert getattr(now, field) is None


async def test_a_tie_to_a_partner_that_is_not_there_is_no_tie(store: Store) -> None:
    for change in (partner.add_tie, partner.remove_tie):
        assert not await store.write(change, "T1", 4711, "U01", Tie.KNOWS, by="U01", now=NOW)


# Whatever people paste


TEXTS = st.text(st.characters(codec=None), max_size=60) | st.sampled_from(
    [
        "",
        "\0",
        "a\0b",
        "\ud83c",
        "<!channel>",
        "&lt;b&gt;",
        "'; DROP TABLE partner; --",
        "\u202eCBA",
        "👨‍👩‍👧",
        "ß" * 300,
    ]
)
TAGS = st.lists(TEXTS, max_size=3).map(tuple)
PEOPLE = st.builds(
    ContactPerson, name=TEXTS, title=TEXTS, email=TEXTS, phone=TEXTS, note=TEXTS, source=TEXTS
)
USERS = st.none() | st.sampled_from(["U01", "U02", "U03"])
PARTNERS = st.builds(
    Partner,
    name=TEXTS,
    other_names=TAGS,
    kind=st.none() | st.sampled_from(Kind),
    website=TEXTS,
    cvr=TEXTS,
    area=TEXTS,
    branch=TEXTS,
    keywords=TAGS,
    target_groups=TAGS,
    age_groups=TAGS,
    rooms=st.lists(st.sampled_from(Room), unique=True).map(tuple),
    purposes=st.lists(st.sampled_from(Purpose), unique=True).map(tuple),
    relation_type=st.sampled_from(RelationType),
    level=st.sampled_from(Level),
    status=st.sampled_from(Status),
    archived=st.booleans(),
    start=st.none() | st.dates(),
    agreement_link=TEXTS,
    case_number=TEXTS,
    next_step=TEXTS,
    next_step_on=st.none() | st.dates(),
    note=TEXTS | st.just("et langt ord " * 800),
    picture_link=TEXTS,
    channel=TEXTS,
    people=st.lists(PEOPLE, max_size=2).map(tuple),
    responsible=USERS,
    deputy=USERS,
    known_by=st.lists(st.sampled_from(["U01", "U02", "U03"]), unique=True).map(tuple),
)


def as_stored(value: object) -> object:
    """What a value becomes where no database can hold a NUL or half a surrogate pair."""
    if isinstance(value, str) and type(value) is str:
        return storable(value)
    if isinstance(value, tuple):
        return tuple(as_stored(item) for item in value)
    if isinstance(value, ContactPerson | Partner):
        values: dict[str, Any] = {
            field.name: as_stored(getattr(value, field.name)) for field in fields(value)
        }
        return type(value)(**values)
    return value


@settings(max_examples=25, suppress_health_check=[*HealthCheck], deadline=None)
@given(first=PARTNERS, second=PARTNERS)
@example(first=Partner("Hus", cvr="\0"), second=Partner("Hus", cvr="\ud800"))
async def test_any_partner_comes_back_and_can_become_any_other(
    store: Store, first: Partner, second: Partner
) -> None:
    stored = await added(store, first)
    assert without_ids(stored) == as_stored(first)
    after = await store.write(partner.update, "T1", stored, second, by="U01", now=LATER)
    assert without_ids(after) == as_stored(second)
    assert await store.read(partner.get, "T1", stored.id) == after
    changes = await store.read(partner.changes_since, "T1", stored.id, 1)
    assert {c.field for c in changes} >= {
        field.name
        for field in fields(Partner)
        if getattr(without_ids(stored), field.name) != getattr(without_ids(after), field.name)
    }


@pytest.mark.parametrize("kind", [None, *Kind])
async def test_statements_name_in_a_channel_whom_the_rule_names(
    store: Store, kind: Kind | None
) -> None:
    stored = await added(store, Partner("Carla Winther", kind=kind))
    assert await store.read(named, "T1") == name_in_channel(stored)


def named(conn: Connection, team: str) -> str:
    query = sa.select(PARTNER.c.name).where(PARTNER.c.team_id == team, ORGANISATION)
    return conn.execute(query).scalar_one_or_none() or ""
