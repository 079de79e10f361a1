from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import product
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from bot.circle import Level
from bot.circle_question import Kind as Asks
from bot.circle_question import Question
from bot.goal_gap import Dimension, Facts, Gap, Place, Tally
from bot.goal_gap_start import Starter
from bot.partner import Kind, Partner, RelationType, Room, Status
from bot.workspace import Workspace
from storage import (
    circle_picture,
    circle_question,
    goal,
    goal_gap,
    goal_gap_start,
    home_house,
    partner,
    workspace,
)
from storage.database import Connection, Store
from storage.partner_tables import TAG

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
TODAY = date(2026, 11, 23)
ROOM, AGE, KIND, GOAL = Dimension.ROOM, Dimension.AGE, Dimension.KIND, Dimension.GOAL
MEETING = (Room.MEETING,)
TEENS = ("13-17",)
TEENAGERS = Gap(Level.COLLABORATION, (Place(AGE, "13-17"), Place(ROOM, Room.MEETING)))


async def known(store: Store, name: str, team: str = "T1", **fields: Any) -> int:
    stored = await store.write(partner.add, team, Partner(name, **fields), by="U02", now=NOW)
    return stored.id


async def facts(store: Store, branch: str = "") -> Facts:
    return await store.read(goal_gap.facts, "T1", TODAY, branch)


async def starters(store: Store, gap: Gap, limit: int = 9) -> list[Starter]:
    return [*await store.read(goal_gap_start.starters, "T1", gap, TODAY, limit=limit)]


def told_no(conn: Connection, team: str, partner_id: int, due: date) -> None:
    circle_question.put(conn, team, Question(Asks.AFTER_NO, partner_id, partner_id, due, "U02"))


def tagged(conn: Connection, team: str, partner_id: int, *goals: str) -> None:
    key = {"team_id": team, "partner_id": partner_id, "facet": "goals"}
    rows = [{**key, "position": n, "value": value} for n, value in enumerate(goals)]
    conn.execute(sa.insert(TAG), rows)


async def test_without_partners_all_is_empty(store: Store) -> None:
    found = await facts(store)
    assert found.whole == Tally()
    assert found.values[AGE] == ("0-5", "6-12", "13-17", "18+")
    assert found.values[GOAL] == ()
    assert await store.read(goal_gap.branches, "T1") == ()


async def test_partners_in_the_circle_are_counted_by_place_and_level(store: Store) -> None:
    here: dict[str, Any] = {"rooms": MEETING, "age_groups": TEENS, "kind": Kind.FIRM}
    await known(store, "Et", **here)
    await known(store, "To", level=Level.COLLABORATION, **here)
    await known(store, "Tre", level=Level.PARTNERSHIP, rooms=(Room.LEARNING, Room.MEETING))
    await known(store, "Fire", status=Status.POSSIBLE, **here)
    await known(store, "Sponsor", relation_type=RelationType.SPONSOR, **here)
    await known(store, "Hviler", status=Status.RESTING, level=Level.COLLABORATION, **here)
    await known(store, "Slut", status=Status.ENDED, **here)
    await known(store, "Arkiv", archived=True, **here)
    await known(store, "Andre", team="T2", **here)
    found = await facts(store)
    assert found.whole == Tally(1, 2, 1, 2)
    assert found.of(ROOM, Room.MEETING) == Tally(1, 2, 1, 2)
    assert found.of(ROOM, Room.LEARNING) == Tally(0, 0, 1, 0)
    assert found.of(KIND, Kind.FIRM) == found.known(KIND) == Tally(1, 2, 0, 2)
    assert found.known(AGE) == found.crossed_stated == Tally(1, 2, 0, 2)
    assert found.crossed == {(Room.MEETING, "13-17"): Tally(1, 2, 0, 2)}


async def test_all_pictures_agree_on_who_is_in_the_circle(store: Store) -> None:
    await store.write(workspace.save_settings, "T1", Workspace(goals=("Grøn",)), now=NOW)
    for status, kind, archived in product(Status, RelationType, (False, True)):
        own: dict[str, Any] = {"status": status, "relation_type": kind, "archived": archived}
        await known(store, f"{status} {kind} {archived}", goals=("Grøn",), **own)
    drawn = await store.read(circle_picture.facts, "T1", TODAY, ZoneInfo("Europe/Copenhagen"))
    found = await facts(store)
    by_goal = await store.read(goal.carried, "T1")
    figures = await store.read(home_house.figures, "T1")
    assert len(drawn.partners) == 2
    assert found.whole.all == found.of(GOAL, "Grøn").all == 2
    assert by_goal["Grøn"] == {Level.NETWORK: 2}
    assert figures.levels == {Level.NETWORK: 2}


async def test_what_the_library_does_not_use_is_not_known(store: Store) -> None:
    own = Workspace(age_groups=("Unge",), kinds_off=(Kind.FIRM,), goals=("Grøn", "Læselyst"))
    await store.write(workspace.save_settings, "T1", own, now=NOW)
    one = await known(store, "Et", age_groups=TEENS, kind=Kind.FIRM, level=Level.COLLABORATION)
    await known(store, "To", age_groups=("Unge",))
    await store.write(tagged, "T1", one, "Grøn", "Gammelt mål")
    found = await facts(store)
    assert found.counted[AGE] == {"Unge": Tally(1, 0, 0, 1)}
    assert found.known(AGE) == Tally(1, 0, 0, 1)
    assert Kind.FIRM not in found.values[KIND]
    assert found.counted[GOAL] == {"Grøn": Tally(collaboration=1), "Læselyst": Tally()}
    assert found.known(GOAL) == Tally(collaboration=1)
    fits = await starters(store, Gap(Level.COLLABORATION, (Place(GOAL, "Grøn"),)))
    assert fits == []


async def test_a_branch_is_counted_by_itself(store: Store) -> None:
    await store.write(workspace.save_settings, "T1", Workspace(branches=("Ung", "Voksen")), now=NOW)
    await known(store, "Et", branch="Ung", rooms=MEETING)
    await known(store, "To", branch="Bogbus", rooms=MEETING)
    await known(store, "Tre")
    assert (await facts(store)).whole.network == 3
    assert (await facts(store, "Ung")).of(ROOM, Room.MEETING).network == 1
    assert (await facts(store, "Voksen")).whole == Tally()
    assert await store.read(goal_gap.branches, "T1") == ("Ung", "Voksen", "Bogbus")


async def test_who_was_told_no_starts_again_on_the_day_of_the_letter(store: Store) -> None:
    later, now = [
        await known(store, name, rooms=MEETING, age_groups=TEENS, status=Status.POSSIBLE)
        for name in ("Senere", "Nu")
    ]
    await store.write(told_no, "T1", later, TODAY + timedelta(days=1))
    await store.write(told_no, "T1", now, TODAY)
    assert (await facts(store)).crossed[Room.MEETING, "13-17"].starts == 1
    assert [one.id for one in await starters(store, TEENAGERS)] == [now]


async def test_who_fits_best_comes_first(store: Store) -> None:
    await known(store, "Alder", age_groups=TEENS, branch="Ung")
    await known(store, "Begge", rooms=MEETING, age_groups=TEENS, responsible="U02")
    await known(store, "Rum", rooms=MEETING, status=Status.POSSIBLE)
    await known(store, "Samarbejde", rooms=MEETING, level=Level.COLLABORATION)
    await known(store, "Ingen", rooms=(Room.LEARNING,))
    both, age, room = await starters(store, TEENAGERS)
    assert [one.counted for one in (both, age, room)] == [True, False, False]
    assert (both.name, both.fits) == ("Begge", TEENAGERS.places)
    assert (age.name, age.branch, age.fits) == ("Alder", "Ung", TEENAGERS.places[:1])
    assert (room.name, room.possible) == ("Rum", True)
    assert both.known_by == ("U02",)
    assert [one.name for one in await starters(store, TEENAGERS, 1)] == ["Begge"]


async def test_ones_own_branch_comes_first_among_equals(store: Store) -> None:
    for name, branch in (("Anden", "Børn"), ("Bedre", "Ung")):
        await known(store, name, branch=branch, kind=Kind.FIRM)
    await known(store, "Uden slags")
    gap = Gap(Level.COLLABORATION, (Place(KIND, Kind.FIRM),), "Ung")
    found = await starters(store, gap)
    assert [(one.name, one.counted) for one in found] == [("Bedre", True), ("Anden", False)]


async def test_for_a_partnership_those_we_collaborate_with_are_a_start(store: Store) -> None:
    await known(store, "Sammen", age_groups=TEENS, level=Level.COLLABORATION)
    await known(store, "Kendt", age_groups=TEENS)
    gap = Gap(Level.PARTNERSHIP, (Place(AGE, "13-17"),))
    resting = {"status": Status.RESTING, "level": Level.COLLABORATION}
    await known(store, "Hviler", age_groups=TEENS, **resting)
    no = await known(store, "Nej", age_groups=TEENS, level=Level.COLLABORATION)
    await store.write(told_no, "T1", no, TODAY + timedelta(days=1))
    assert [one.name for one in await starters(store, gap)] == ["Hviler", "Sammen"]
    now = (await facts(store)).of(AGE, "13-17")
    assert (now.collaboration, replace(gap, there=now).starts) == (3, 2)


async def test_a_keyword_in_the_name_of_a_goal_is_a_hint(store: Store) -> None:
    await known(store, "Skovlauget", keywords=("omstilling",))
    await known(store, "Banken")
    gap = Gap(Level.COLLABORATION, (Place(GOAL, "Grøn omstilling"),))
    (one,) = await starters(store, gap)
    assert (one.name, one.fits) == ("Skovlauget", ())
