"""The library's goals: the list as it is edited, and which relations are tied to them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import UserError
from bot.goal import (
    GOAL_LENGTH,
    GOALS,
    Draft,
    found,
    is_tied,
    key,
    listed_as,
    on_the_list,
    tidy,
)
from bot.partner import Partner, Purpose
from bot.workspace import Workspace

READ, YOUNG, GREEN = "Flere børn læser", "Unge bestemmer", "Grøn omstilling"
OURS = (READ, YOUNG)


def test_a_list_is_tidied() -> None:
    assert tidy((f" {READ} ", "", READ.upper(), YOUNG), "goals") == OURS


@pytest.mark.parametrize(
    "goals", [("x" * (GOAL_LENGTH + 1),), tuple(f"Mål {n}" for n in range(GOALS + 1))]
)
def test_a_list_has_its_limits(goals: tuple[str, ...]) -> None:
    with pytest.raises(UserError) as wrong:
        tidy(goals, "goals")
    assert wrong.value.field == "goals"


def test_a_full_list_of_long_goals_is_right() -> None:
    full = tuple(f"{n:02} " + "å" * (GOAL_LENGTH - 3) for n in range(GOALS))
    assert tidy(full, "goals") == full
    assert len({key(goal) for goal in full}) == GOALS


def test_a_goal_is_found_by_its_key() -> None:
    assert found(OURS, key(YOUNG)) == YOUNG
    with pytest.raises(UserError, match="changed meanwhile"):
        found(OURS, key(GREEN))
    assert listed_as(OURS) != listed_as((YOUNG, READ))


def test_a_draft_renames_removes_and_adds() -> None:
    draft = Draft(OURS, (" Flere  læser ", " "), ("", GREEN)).checked()
    assert draft.goals == ("Flere læser", GREEN)
    assert draft.renamed == {READ: "Flere læser"}
    assert draft.removed == (YOUNG,)
    assert draft.new == (GREEN,)


def test_two_may_swap_their_words() -> None:
    draft = Draft(OURS, (YOUNG, READ)).checked()
    assert draft.renamed == {READ: YOUNG, YOUNG: READ}


@pytest.mark.parametrize(
    ("texts", "new", "field"),
    [
        ((READ, READ.upper()), (), "goal.1"),
        (OURS, ("", f"{YOUNG} "), "goal_new.1"),
        ((READ, "x" * (GOAL_LENGTH + 1)), (), "goal.1"),
        (OURS, ("010203-1234",), "goal_new.0"),
        (OURS, tuple(f"Mål {n}" for n in range(GOALS - 1)), "goal_new"),
    ],
)
def test_what_is_wrong_stands_at_its_field(
    texts: tuple[str, ...], new: tuple[str, ...], field: str
) -> None:
    with pytest.raises(UserError) as wrong:
        Draft(OURS, texts, new).checked()
    assert wrong.value.field == field


def test_on_top_of_a_colleagues_list_nothing_typed_is_lost() -> None:
    mine = Draft(OURS, ("Flere læser af lyst", ""), (GREEN,))
    theirs = ("Flere børn læser mere", YOUNG, GREEN)
    moved = mine.moved(theirs)
    assert moved.base == theirs
    assert moved.texts == ("Flere børn læser mere", "", GREEN)
    assert moved.new == ("Flere læser af lyst",)
    assert mine.moved(OURS) == Draft(OURS, mine.texts, (GREEN,))


_NAMES = st.lists(st.sampled_from("abcdef"), unique=True).map(tuple)


@given(data=st.data(), base=_NAMES, theirs=_NAMES, new=_NAMES)
def test_whoever_comes_second_keeps_her_words(
    data: st.DataObject, base: tuple[str, ...], theirs: tuple[str, ...], new: tuple[str, ...]
) -> None:
    texts = tuple(data.draw(st.sampled_from([goal, "", f"{goal}2"])) for goal in base)
    draft = Draft(base, texts, new)
    moved = draft.moved(theirs)
    assert moved.base == theirs
    assert len(moved.texts) == len(theirs)
    assert {*draft.renamed.values(), *new} <= {*moved.goals, *draft.base, *theirs}


def test_only_goals_of_the_list_or_of_the_card_may_be_chosen() -> None:
    library = Workspace(goals=OURS)
    now = Partner("Springbræt", goals=("Et gammelt",))
    right = Partner("Springbræt", goals=("Et gammelt", READ))
    assert on_the_list(library, now, right) == right
    strange = Partner("Springbræt", goals=(GREEN, READ))
    assert on_the_list(library, now, strange).goals == ("Et gammelt", READ)


def test_a_relation_is_tied_by_goals_where_the_library_has_any() -> None:
    carries = Partner("A", goals=(READ,))
    purpose = Partner("B", purposes=(Purpose.NEW_USERS,))
    old = Partner("C", goals=("Et gammelt",))
    library = Workspace(goals=OURS)
    assert [is_tied(library, one) for one in (carries, purpose, old)] == [True, False, False]
    assert [is_tied(Workspace(), one) for one in (carries, purpose, old)] == [False, True, False]
