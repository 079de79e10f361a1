from datetime import UTC, datetime, timedelta
from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import UserError
from bot.round import Kind, Round, Sheet, Standing, State
from bot.round_spread import (
    ONE_TO_FIVE,
    YES_TO_NO,
    Group,
    Note,
    Reveal,
    Scale,
    Spread,
    dispersion,
    reveal,
)
from bot.round_steps import FEWEST_SHOWN
from bot.tjek import Answer

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)


def shown(*users: str, named: bool = True, state: State = State.REVEALED) -> Round:
    return Round(
        kind=Kind.TJEK,
        subject_id=7,
        called_by="U01",
        opened_at=NOW,
        deadline=NOW + timedelta(days=7),
        standings=dict.fromkeys(users, Standing.ANSWERED),
        named=named,
        state=state,
    )


def laid_out(*answers: dict[str, str], scale: Scale = YES_TO_NO, named: bool = True) -> Reveal:
    """What comes of U01, U02 and so on answering like that, with q0 to q9 asked."""
    sheets = {f"U{n:02}": Sheet(given) for n, given in enumerate(answers, 1)}
    scales = {f"q{n}": scale for n in range(10)}
    return reveal(shown(*sheets, named=named), sheets, scales)


def one(*answers: str, scale: Scale = YES_TO_NO) -> Spread:
    """How one question stands when these answers were given; an empty one is none."""
    sheets = {
        f"U{n:02}": Sheet({"q": answer} if answer else {}) for n, answer in enumerate(answers)
    }
    found = reveal(shown(*sheets), sheets, {"q": scale})
    (spread,) = found.spreads
    return spread


@pytest.mark.parametrize("state", [State.OPEN, State.CANCELLED])
def test_nothing_is_laid_out_before_it_may_be_seen(state: State) -> None:
    sheets = {"U01": Sheet({"q": "yes"})}
    with pytest.raises(UserError, match="all at once"):
        reveal(shown("U01", state=state), sheets, {"q": YES_TO_NO})


def test_the_scale_of_a_tjek_is_its_answers() -> None:
    assert {*YES_TO_NO.points, YES_TO_NO.unknown} == {*Answer}


# The spread


@pytest.mark.parametrize(
    ("counts", "width"),
    [
        ([], 0),
        ([0, 0, 0], 0),
        ([1, 0, 0], 0),
        ([0, 4, 0], 0),
        ([1, 1, 0], Fraction(1, 2)),  # yes and partly
        ([2, 1, 0], Fraction(1, 2)),
        ([1, 0, 1], 1),  # yes and no
        ([1, 0, 2], 1),  # an odd one out cannot lie further away
        ([1, 1, 1], 1),
        ([3, 0, 1], Fraction(3, 4)),
        ([0, 1, 1, 0, 1], Fraction(6, 8)),  # 2, 3 and 5 of five
        ([0, 0, 0, 1, 1], Fraction(1, 4)),  # 4 and 5
        ([30, 0, 0, 0, 30], 1),
    ],
)
def test_the_width_of_a_spread(counts: list[int], width: float) -> None:
    assert dispersion(counts) == width


@given(st.lists(st.integers(0, 12), min_size=2, max_size=7))
def test_it_is_the_mean_distance_of_all_pairs_against_the_widest(counts: list[int]) -> None:
    people = [place for place, number in enumerate(counts) for _ in range(number)]
    distances = sum(abs(one - other) for one, other in combinations(people, 2))
    half = len(people) // 2
    widest = half * (len(people) - half) * (len(counts) - 1)
    assert dispersion(counts) == (Fraction(distances, widest) if widest else 0)
    assert 0 <= dispersion(counts) <= 1
    assert dispersion(counts) == dispersion(counts[::-1])


# What to talk about


def test_the_widest_spread_comes_first_and_ties_stand_as_asked() -> None:
    found = laid_out(
        {"q0": "yes", "q1": "yes", "q2": "yes", "q3": "yes", "q4": "no"},
        {"q0": "yes", "q1": "partly", "q2": "no", "q3": "partly", "q4": "yes"},
    )
    assert [spread.question for spread in found.apart] == ["q2", "q4", "q1", "q3"]
    assert [spread.question for spread in found.together] == ["q0"]
    assert not found.find_out
    assert [spread.question for spread in found.unanswered] == ["q5", "q6", "q7", "q8", "q9"]


def test_who_said_what_and_how_many() -> None:
    spread = one("yes", "no", "unknown", "", "no", "unknown")
    assert spread.counts == {"yes": 1, "partly": 0, "no": 2, "unknown": 2}
    assert [*spread.counts] == ["yes", "partly", "no", "unknown"]
    assert spread.voices == {
        "yes": ("U00",),
        "partly": (),
        "no": ("U01", "U04"),
        "unknown": ("U02", "U05"),
    }
    assert spread.silent == 1
    assert spread.width == 1
    assert spread.group is Group.APART


@pytest.mark.parametrize("answer", ["yes", "partly", "no"])
def test_those_who_say_the_same_agree_whatever_they_say(answer: str) -> None:
    assert one(answer, answer, answer).group is Group.TOGETHER
    assert one(answer, answer).group is Group.TOGETHER


@pytest.mark.parametrize("answer", ["yes", "partly", "no"])
def test_one_answer_is_no_agreement(answer: str) -> None:
    assert one(answer, "").group is Group.NOT_ALL
    assert one(answer, "", "").group is Group.NOT_ALL
    assert one(answer).group is Group.NOT_ALL, "there is nobody to agree with"


def test_it_takes_all_who_have_sent_their_answers_to_agree() -> None:
    assert one("yes", "yes", "").group is Group.NOT_ALL
    assert one("yes", "yes", "unknown").group is Group.NOT_ALL
    assert one("yes", "no", "").group is Group.APART, "two who differ do so whoever is silent"


def test_neighbours_of_five_agree_and_of_three_they_do_not() -> None:
    assert one("4", "5", "5", scale=ONE_TO_FIVE).group is Group.TOGETHER
    assert one("3", "5", "5", scale=ONE_TO_FIVE).group is Group.APART
    assert one("yes", "partly").group is Group.APART


def test_not_knowing_is_no_middle() -> None:
    assert one("yes", "yes", "unknown").width == 0
    assert one("yes", "no", "unknown", "unknown", "unknown").group is Group.APART


def test_what_as_many_do_not_know_as_do_is_to_find_out() -> None:
    assert one("yes", "unknown").group is Group.FIND_OUT
    assert one("unknown", "unknown").group is Group.FIND_OUT
    assert one("yes", "yes", "unknown", "", "").group is Group.NOT_ALL
    assert one("unknown", "").group is Group.FIND_OUT


def test_what_nobody_answered_is_not_what_nobody_knows() -> None:
    assert one("", "").group is Group.UNANSWERED


def test_a_word_that_is_not_on_the_scale_is_no_answer() -> None:
    spread = one("yes", "perhaps")
    assert (spread.counts["yes"], spread.silent) == (1, 1)


def test_a_round_nobody_answered_lays_out_empty() -> None:
    found = laid_out()
    assert (found.apart, found.together, found.notes) == ((), (), {})
    assert found.find_out == ()
    assert {spread.silent for spread in found.unanswered} == {0}


# Names


def test_a_round_without_names_has_none_anywhere_and_no_order_to_guess_by() -> None:
    sheets = {
        "U02": Sheet({"q": "1"}, {"q": "zzz"}),
        "U01": Sheet({"q": "5"}, {"q": "aaa", "end": "tak"}),
    }
    found = reveal(shown(*sheets, named=False), sheets, {"q": ONE_TO_FIVE})
    assert found.apart[0].voices == {}
    assert found.apart[0].counts == {"1": 1, "2": 0, "3": 0, "4": 0, "5": 1, "unknown": 0}
    assert found.notes == {"q": (Note("aaa"), Note("zzz")), "end": (Note("tak"),)}
    assert "U0" not in repr(found)


def test_notes_stand_word_by_word_with_their_names() -> None:
    sheets = {
        "U02": Sheet({}, {"fit": "Vi har ikke\nvagter nok"}),
        "U01": Sheet({}, {"fit": "Ja"}),
    }
    found = reveal(shown(*sheets), sheets, {"q": YES_TO_NO})
    assert found.notes == {"fit": (Note("Vi har ikke\nvagter nok", "U02"), Note("Ja", "U01"))}


def test_a_single_answer_without_a_name_is_laid_out_for_nobody() -> None:
    sheet = Sheet({"q": "no"}, {"fit": "Vi har ikke vagter nok"})
    one, two = shown("1", named=False), shown("1", "2", named=False)
    found = reveal(one, {"1": sheet}, {"q": YES_TO_NO})
    assert [spread.question for spread in found.unanswered] == ["q"]
    assert not found.notes
    assert reveal(two, {"1": sheet, "2": sheet}, {"q": YES_TO_NO}).together
    assert reveal(shown("U01"), {"U01": sheet}, {"q": YES_TO_NO}).notes


ANSWERS = st.sampled_from([*YES_TO_NO.points, "unknown"])
SHEETS = st.lists(st.dictionaries(st.sampled_from([f"q{n}" for n in range(10)]), ANSWERS))


@given(SHEETS, st.booleans())
def test_every_question_stands_once_and_every_answer_is_counted(
    answers: list[dict[str, str]],
    named: bool,  # noqa: FBT001 - a parameter
) -> None:
    found = laid_out(*answers, named=named)
    spreads = found.spreads
    if len(answers) < FEWEST_SHOWN and not named:
        answers = []
    assert sorted(spread.question for spread in spreads) == [f"q{n}" for n in range(10)]
    widths = [spread.width for spread in found.apart]
    assert widths == sorted(widths, reverse=True)
    for spread in spreads:
        given_answers = [sheet[spread.question] for sheet in answers if spread.question in sheet]
        assert {answer: given_answers.count(answer) for answer in spread.counts} == spread.counts
        assert spread.silent == len(answers) - len(given_answers)
