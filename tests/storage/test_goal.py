"""Goals on the cards: counted, renamed everywhere they stand, and taken off with a history."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.circle import Level
from bot.goal import Relation
from bot.partner import Change, Kind, Partner, RelationType, Status
from bot.workspace import Workspace
from storage import duplicate_merge, duplicate_undo, goal, partner, report_life, workspace
from storage.database import Connection, Store

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
TEAM, OTHER = "T1", "T2"
READ, YOUNG, GREEN = "Flere børn læser", "Unge bestemmer", "Grøn omstilling"

PARTNERS = (
    Partner("Museet", level=Level.PARTNERSHIP, goals=(READ, YOUNG)),
    Partner("Aftenskolen", level=Level.PARTNERSHIP),
    Partner("Koret", level=Level.COLLABORATION, goals=(READ,)),
    Partner("Danseskolen", level=Level.COLLABORATION),
    Partner("Bo Lind", kind=Kind.INDIVIDUAL, goals=(READ,)),
    Partner("Klubben"),
    Partner("Gemt væk", archived=True, level=Level.PARTNERSHIP, goals=(READ,)),
    Partner("Slut", status=Status.ENDED, goals=(YOUNG,)),
    Partner("Banken", relation_type=RelationType.SPONSOR, goals=(YOUNG,)),
)


async def filled(store: Store, *partners: Partner) -> list[Partner]:
    def fill(conn: Connection, team: str) -> list[Partner]:
        ours = Workspace(goals=(READ, YOUNG, GREEN))
        workspace.save_settings(conn, team, ours, now=NOW)
        partner.add(conn, OTHER, replace(PARTNERS[0], goals=(READ,)), by="U09", now=NOW)
        return [partner.add(conn, team, one, by="U01", now=NOW) for one in partners]

    return await store.write(fill, TEAM)


async def goals_of(store: Store, *, team: str = TEAM) -> Mapping[str, tuple[str, ...]]:
    found = await store.read(partner.get_many, team, list(range(1, 20)))
    return {one.name: one.goals for one in found if one.goals}


async def changes(store: Store, one: Partner) -> list[Change]:
    return list(await store.read(partner.changes_since, TEAM, one.id, 0))


async def test_relations_are_counted_by_goal_and_level(store: Store) -> None:
    await filled(store, *PARTNERS)
    found = await store.read(goal.overview, TEAM)
    assert found.goals == (READ, YOUNG, GREEN)
    assert found.carried == {
        READ: {Level.PARTNERSHIP: 1, Level.COLLABORATION: 1, Level.NETWORK: 1},
        YOUNG: {Level.PARTNERSHIP: 1},
    }
    assert [one.name for one in found.first[READ]] == ["Museet", "Koret", "Bo Lind"]
    assert found.first[GREEN] == []
    assert found.without == {Level.PARTNERSHIP: 1, Level.COLLABORATION: 1}
    assert await store.read(goal.carried, TEAM) == found.carried


async def test_only_the_first_few_are_named_and_the_rest_is_paged(store: Store) -> None:
    many = [Partner(f"Forening {n}", goals=(READ,)) for n in range(5)]
    await filled(store, *many, *PARTNERS[:4])
    found = await store.read(goal.overview, TEAM)
    assert [one.name for one in found.first[READ]] == ["Museet", "Koret", "Forening 0"]
    page = await store.read(goal.carriers, TEAM, READ, limit=3, offset=2)
    assert [one.name for one in page] == ["Forening 0", "Forening 1", "Forening 2"]
    without = await store.read(goal.without, TEAM, (READ, YOUNG), limit=9)
    assert [(one.name, one.level) for one in without] == [
        ("Aftenskolen", Level.PARTNERSHIP),
        ("Danseskolen", Level.COLLABORATION),
    ]
    assert await store.read(goal.without, TEAM, (READ, YOUNG), limit=1, offset=1) == without[1:]


async def test_a_goal_that_has_left_the_list_ties_nobody(store: Store) -> None:
    (one,) = await filled(store, PARTNERS[0])
    without = await store.read(goal.without, TEAM, (GREEN,), limit=9)
    assert without == [Relation(one.id, "Museet", Level.PARTNERSHIP)]


async def test_an_empty_library(store: Store) -> None:
    found = await store.read(goal.overview, TEAM)
    assert (found.goals, dict(found.carried), dict(found.without)) == ((), {}, {})


async def test_a_goal_is_renamed_wherever_it_stands(store: Store) -> None:
    museum, *_ = await filled(store, *PARTNERS)
    now = await store.read(partner.existing, TEAM, museum.id)
    less = await store.write(
        partner.update, TEAM, now, replace(now, goals=(YOUNG,)), by="U02", now=LATER
    )
    await store.write(goal.rename, TEAM, {READ: "Flere læser", YOUNG: READ})
    assert await goals_of(store) == {
        "Museet": (READ,),
        "Koret": ("Flere læser",),
        "Bo Lind": ("Flere læser",),
        "Gemt væk": ("Flere læser",),
        "Slut": (READ,),
        "Banken": (READ,),
    }
    assert await goals_of(store, team=OTHER) == {"Museet": (READ,)}
    (change,) = await changes(store, museum)
    assert (change.before, change.after) == (["Flere læser", READ], [READ])
    again = await store.read(partner.existing, TEAM, museum.id)
    assert again.version == less.version


async def test_a_card_never_has_the_same_goal_twice(store: Store) -> None:
    await filled(store, Partner("Museet", goals=(READ, "Flere læser")), PARTNERS[2])
    await store.write(goal.rename, TEAM, {READ: "Flere læser"})
    assert await goals_of(store) == {"Museet": ("Flere læser",), "Koret": ("Flere læser",)}


async def test_nothing_renamed_and_nothing_removed_writes_nothing(store: Store) -> None:
    await filled(store, *PARTNERS)
    before = await goals_of(store)
    await store.write(goal.rename, TEAM, {})
    assert await store.write(goal.take_off, TEAM, (), by="U01", now=LATER) == 0
    assert await store.write(goal.take_off, TEAM, (GREEN,), by="U01", now=LATER) == 0
    assert await goals_of(store) == before


async def test_what_is_taken_off_stands_in_each_history(store: Store) -> None:
    stored = await filled(store, *PARTNERS)
    assert await store.read(goal.bearing, TEAM, (READ, GREEN)) == {READ: 4}
    assert await store.write(goal.take_off, TEAM, (READ,), by="U01", now=LATER) == 4
    assert await goals_of(store) == {"Museet": (YOUNG,), "Slut": (YOUNG,), "Banken": (YOUNG,)}
    assert await goals_of(store, team=OTHER) == {"Museet": (READ,)}
    (change,) = await changes(store, stored[0])
    assert change == Change(2, "U01", LATER, "goals", [READ, YOUNG], [YOUNG])
    again = await store.read(partner.existing, TEAM, stored[0].id, lock=False)
    assert again.version == 2
    assert await changes(store, stored[1]) == []


async def test_two_made_one_carry_the_goals_of_both_and_come_apart_renamed(store: Store) -> None:
    old = Partner("Springbræt", goals=(READ,))
    new = Partner("Foreningen Springbraet", goals=(YOUNG, READ))
    kept, gone = await filled(store, old, new)
    seen = [(one.id, one.version) for one in (kept, gone)]
    one, number = await store.write(duplicate_merge.merge, TEAM, seen, {}, by="U01", now=NOW)
    assert one.goals == (READ, YOUNG)
    await store.write(goal.take_off, TEAM, (YOUNG,), by="U01", now=NOW)
    await store.write(goal.rename, TEAM, {READ: "Flere læser"})
    first, second = await store.write(duplicate_undo.undo, TEAM, number, by="U01", now=LATER)
    assert (first.goals, second.goals) == (("Flere læser",), ("Flere læser",))


async def test_a_renamed_goal_is_one_goal_in_the_figures_of_a_year(store: Store) -> None:
    old, new = Partner("Springbræt", goals=(READ,)), Partner("Springbraet", goals=(YOUNG, READ))
    kept, gone = await filled(store, old, new)
    seen = [(one.id, one.version) for one in (kept, gone)]
    await store.write(duplicate_merge.merge, TEAM, seen, {}, by="U01", now=NOW)
    await store.write(goal.rename, TEAM, {READ: "Flere læser"})
    lives = await store.read(lambda conn, team: [*report_life.lives(conn, team, NOW)], TEAM)
    told = {step.card.goals for life in lives for step in life.steps}
    assert len(lives) == 2
    assert told == {("Flere læser",), ("Flere læser", YOUNG), (YOUNG, "Flere læser")}
