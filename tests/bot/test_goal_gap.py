from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.circle import Level
from bot.goal_gap import (
    ENOUGH,
    NOTHING,
    Dimension,
    Facts,
    Gap,
    Place,
    Tally,
    gaps,
    is_filled,
    is_sparse,
    standing,
)
from bot.goal_gap_count import Alike, counted
from bot.goal_gap_matrix import Counts, Picture, Shows, matrix, seen_in, telling
from bot.goal_gap_start import has_nobody_near, hints, is_listed
from bot.partner import Kind, Room

AGES = ("0-5", "13-17", "18+")
GOALS = ("Flere unge læsere", "Grøn omstilling")
VALUES = {
    Dimension.ROOM: tuple(Room),
    Dimension.AGE: AGES,
    Dimension.KIND: tuple(Kind),
    Dimension.GOAL: GOALS,
}
NETWORK, COLLABORATION, PARTNERSHIP = Level.NETWORK, Level.COLLABORATION, Level.PARTNERSHIP
ROOM, AGE, KIND, GOAL = Dimension.ROOM, Dimension.AGE, Dimension.KIND, Dimension.GOAL


def some(
    number: int,
    level: Level | None,
    ages: Sequence[str] = (),
    rooms: Sequence[Room] = (),
    kind: Kind | None = None,
    *,
    start: bool | None = None,
) -> Alike:
    can = level in (None, NETWORK) if start is None else start
    values = {AGE: ages, ROOM: rooms, KIND: (kind,) if kind else ()}
    return Alike(number, level, can, values)


def house(*alike: Alike, goals: Sequence[Alike] = ()) -> Facts:
    values = {**VALUES, GOAL: GOALS if goals else ()}
    return counted("", values, alike, goals)


def gap(lacks: Level, *places: tuple[Dimension, str]) -> Gap:
    return Gap(lacks, tuple(Place(*place) for place in places))


# Everything but teenagers in the meeting room: three acquaintances stand there.
EVERYWHERE = [some(2, PARTNERSHIP, [age], [room]) for age in AGES for room in Room]
TEENAGERS = house(
    *(one for one in EVERYWHERE if one.values != {AGE: ["13-17"], ROOM: [Room.MEETING], KIND: ()}),
    some(3, NETWORK, ["13-17"], [Room.MEETING]),
)


def test_an_age_that_has_nothing_in_one_room_is_a_white_spot() -> None:
    (found,) = [one for one in gaps(TEENAGERS) if len(one.places) > 1]
    assert found == gap(COLLABORATION, (AGE, "13-17"), (ROOM, Room.MEETING))
    assert (found.there, found.starts) == (Tally(network=3, starts=3), 3)
    assert standing(TEENAGERS, found) == found.there
    assert telling(TEENAGERS) == Picture(Shows.ROOM_AGE)


def test_a_whole_age_is_told_instead_of_each_of_its_rooms() -> None:
    facts = house(*(one for one in EVERYWHERE if one.values[AGE] != ["13-17"]))
    found = [one for one in gaps(facts) if one.places[0].dimension is not KIND]
    assert found == [gap(COLLABORATION, (AGE, "13-17"))]
    assert telling(facts) == Picture(Shows.AGE)


def test_first_where_most_could_begin_then_where_one_expects_most() -> None:
    facts = house(
        *(some(4, COLLABORATION, ["18+"], [room]) for room in (Room.LEARNING, Room.MEETING)),
        some(1, COLLABORATION, ["0-5"], [Room.INSPIRATION]),
        some(1, COLLABORATION, ["13-17"], [Room.LEARNING]),
        some(9, NETWORK, ["0-5"], [Room.MEETING]),
        some(1, None, ["18+"], [Room.PERFORMATIVE]),
    )
    crossed = [one for one in gaps(facts) if len(one.places) > 1]
    assert gaps(facts)[0] == gap(COLLABORATION, (ROOM, Room.PERFORMATIVE))
    assert crossed[0] == gap(COLLABORATION, (AGE, "0-5"), (ROOM, Room.MEETING))
    assert [place.value for one in crossed for place in one.places].count("13-17") == 0


def test_who_was_told_no_for_now_is_no_start() -> None:
    facts = house(*EVERYWHERE[:-4], some(2, NETWORK, ["18+"], [Room.MEETING], start=False))
    found = next(one for one in gaps(facts) if one.places[0].value == "18+")
    assert (found.there.network, found.starts) == (2, 0)


def test_a_sort_comes_after_whom_it_is_for_and_grants_are_not_sought() -> None:
    facts = house(*EVERYWHERE[:-4], *(some(1, COLLABORATION, kind=Kind.FIRM) for _ in range(30)))
    facts = replace(facts, stated={**facts.stated, AGE: facts.whole, ROOM: facts.whole})
    order = [one.places[0].dimension for one in gaps(facts) if one.lacks is COLLABORATION]
    assert order == [AGE, *[KIND] * 5]
    assert not [
        one for one in gaps(facts) if one.places[0].value in (Kind.INDIVIDUAL, Kind.FOUNDATION)
    ]


def test_where_there_are_collaborations_a_partnership_may_be_missing() -> None:
    facts = house(*EVERYWHERE[:-4], some(4, COLLABORATION, ["18+"], [Room.MEETING]))
    missing = gap(PARTNERSHIP, (AGE, "18+"))
    found = next(one for one in gaps(facts) if one == missing)
    assert found.starts == 4
    assert not is_filled(missing, found.there)
    assert is_filled(missing, Tally(partnership=1))
    none = house(some(9, COLLABORATION, ["18+"], [Room.MEETING]))
    assert PARTNERSHIP not in {one.lacks for one in gaps(none)}


def test_goals_without_a_collaboration_are_told() -> None:
    goals = [Alike(5, COLLABORATION, start=False, values={GOAL: [GOALS[0], GOALS[0], "Gammelt"]})]
    facts = house(some(5, COLLABORATION), some(1, NETWORK), goals=goals)
    assert gaps(facts) == (gap(COLLABORATION, (GOAL, GOALS[1])),)
    assert facts.of(GOAL, GOALS[0]) == Tally(collaboration=5)
    assert facts.of(GOAL, "Gammelt") == NOTHING
    assert matrix(facts, Picture(Shows.GOAL)).rows == [
        (GOALS[0], [0, 5, 0]),
        (GOALS[1], [0, 0, 0]),
        (None, [0, 0, 1]),
    ]


def test_a_collaboration_that_was_told_no_is_none_to_build_on() -> None:
    told_no = replace(some(3, COLLABORATION, ["18+"]), told_no=True)
    acquaintances = replace(some(2, NETWORK, ["18+"]), told_no=True)
    there = house(told_no, acquaintances, some(1, COLLABORATION, ["18+"])).of(AGE, "18+")
    assert there == Tally(network=2, collaboration=4, starts=2, told_no=3)
    assert there.without(there) == NOTHING
    assert replace(gap(PARTNERSHIP, (AGE, "18+")), there=there).starts == 1


def test_what_the_library_no_longer_sorts_by_is_not_listed() -> None:
    assert is_listed(TEENAGERS, gap(COLLABORATION, (AGE, "13-17"), (ROOM, Room.MEETING)))
    assert not is_listed(TEENAGERS, gap(COLLABORATION, (AGE, "Unge"), (ROOM, Room.MEETING)))
    assert not is_listed(TEENAGERS, gap(COLLABORATION, (GOAL, "Grøn omstilling")))


def test_what_is_not_known_is_not_called_empty() -> None:
    facts = house(some(4, COLLABORATION, ["0-5"], [Room.MEETING]), some(6, COLLABORATION))
    assert gaps(facts) == ()
    assert is_sparse(facts, AGE)
    assert is_sparse(facts, ROOM)
    assert not is_sparse(TEENAGERS, AGE)
    # The network tells nothing of what collaborations are about.
    facts = house(some(4, COLLABORATION), some(90, NETWORK, ["0-5"]))
    assert is_sparse(facts, AGE)
    assert not is_sparse(house(), AGE)


@pytest.mark.parametrize("number", [0, 1, ENOUGH - 1])
def test_of_a_few_nothing_is_told(number: int) -> None:
    facts = house(some(number, COLLABORATION, ["0-5"], [Room.MEETING], Kind.FIRM))
    assert gaps(facts) == ()
    assert telling(facts) == Picture()


def test_a_picture_shows_levels_or_ages_by_room() -> None:
    by_room = matrix(TEENAGERS, Picture())
    assert by_room.columns == (PARTNERSHIP, COLLABORATION, NETWORK)
    assert by_room.rows[2] == (Room.MEETING, [4, 0, 3])
    crossed = matrix(TEENAGERS, Picture(Shows.ROOM_AGE))
    assert crossed.columns == tuple(Room)
    assert crossed.rows[1] == ("13-17", [2, 2, 0, 2])
    assert Shows.ROOM_AGE.dimensions == (AGE, ROOM)
    network = matrix(TEENAGERS, Picture(Shows.ROOM_AGE, Counts.NETWORK))
    assert network.rows[1] == ("13-17", [0, 0, 3, 0])


def test_a_picture_names_its_own_white_spots_only() -> None:
    found = gaps(TEENAGERS)
    assert [len(one.places) for one in seen_in(Picture(Shows.ROOM_AGE), found)] == [2]
    assert not seen_in(Picture(Shows.ROOM), found)


@pytest.mark.parametrize(
    "key",
    [
        "",
        "[]",
        "1",
        "null",
        '["collaboration", [], ""]',
        '["collaboration", [["room", "cellar"]], ""]',
        '["collaboration", [["kind", "x"]], ""]',
        '["collaboration", [["x", "y"]], ""]',
        '["x", [["age", "0-5"]], ""]',
        '["collaboration", [["age"]], ""]',
        '["collaboration", [1], ""]',
        '["collaboration", [["age", "0-5"], ["age", 1, 2]], ""]',
    ],
)
def test_what_is_no_white_spot_is_refused(key: str) -> None:
    with pytest.raises(ValueError, match=r"[\s\S]*"):
        Gap.read(key)


@pytest.mark.parametrize("value", ["", "room", "room.closer", "x.closer.", "room.x."])
def test_what_is_no_picture_is_refused(value: str) -> None:
    with pytest.raises(ValueError, match=r"[\s\S]*"):
        Picture.read(value)


def test_a_place_that_is_there_no_more_is_empty() -> None:
    assert standing(TEENAGERS, gap(COLLABORATION, (AGE, "x"))) == NOTHING
    assert standing(TEENAGERS, gap(COLLABORATION, (AGE, "x"), (KIND, Kind.FIRM))) == NOTHING


def test_words_of_the_librarys_own_are_hints() -> None:
    both = gap(COLLABORATION, (AGE, "Unge voksne 18-25"), (ROOM, Room.MEETING))
    assert hints(both) == ["voksne"]
    assert hints(gap(COLLABORATION, (GOAL, GOALS[0]))) == ["flere", "laesere"]


PLACES = st.one_of(
    st.tuples(st.sampled_from([AGE, GOAL]), st.text(min_size=1, max_size=20)),
    st.tuples(st.just(ROOM), st.sampled_from(Room)),
    st.tuples(st.just(KIND), st.sampled_from(Kind)),
).map(lambda place: Place(*place))
GAPS = st.builds(
    Gap,
    st.sampled_from([COLLABORATION, PARTNERSHIP]),
    st.lists(PLACES, min_size=1, max_size=2).map(tuple),
    st.text(max_size=20),
)
ALIKE = st.builds(
    some,
    st.integers(1, 9),
    st.sampled_from([None, *Level]),
    st.lists(st.sampled_from([*AGES, "gammel"]), max_size=3),
    st.lists(st.sampled_from(Room), max_size=2),
    st.sampled_from([None, *Kind]),
)


@given(GAPS)
def test_a_key_is_read_again(one: Gap) -> None:
    assert Gap.read(one.key) == one


@given(
    st.builds(Picture, st.sampled_from(Shows), st.sampled_from(Counts), st.text(alphabet="a. é"))
)
def test_a_picture_is_read_again(one: Picture) -> None:
    assert Picture.read(one.value) == one


@given(st.lists(ALIKE, max_size=12))
def test_nothing_that_is_there_is_called_missing(alike: list[Alike]) -> None:
    facts = house(*alike)
    found = gaps(facts)
    assert len({one.key for one in found}) == len(found)
    for one in found:
        assert not is_filled(one, standing(facts, one))
        assert standing(facts, one) == one.there
        assert one.starts >= 0
    assert sum(facts.whole.at(level) for level in Level) == facts.whole.all
    for shows in (Shows.ROOM, Shows.AGE, Shows.KIND):
        rows = matrix(facts, Picture(shows)).rows
        assert all(count >= 0 for _, counts in rows for count in counts)


@given(st.lists(ALIKE, max_size=12), st.integers(2, 5))
def test_alike_may_come_in_parts(alike: list[Alike], parts: int) -> None:
    split = [replace(one, number=one.number) for one in alike for _ in range(parts)]
    whole = [replace(one, number=one.number * parts) for one in alike]
    assert house(*split) == house(*whole)


@pytest.mark.parametrize(
    ("acquaintance", "nobody"),
    [
        (some(1, NETWORK, ["0-5"], [Room.LEARNING]), True),
        (some(1, NETWORK, ["13-17"], [Room.LEARNING]), False),
        (some(1, NETWORK, [], [Room.MEETING]), False),
        (some(1, COLLABORATION, ["13-17"]), True),
    ],
)
def test_who_is_in_one_of_its_places_could_nearly_be_a_start(
    acquaintance: Alike, *, nobody: bool
) -> None:
    spot = gap(COLLABORATION, (AGE, "13-17"), (ROOM, Room.MEETING))
    assert has_nobody_near(house(acquaintance), spot) is nobody
    assert not has_nobody_near(house(acquaintance), replace(spot, branch="Hovedbiblioteket"))
