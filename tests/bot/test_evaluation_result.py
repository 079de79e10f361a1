from dataclasses import replace
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import UserError
from bot.evaluation_figures import Figure, Line, Side, courses, rounded
from bot.evaluation_questions import Answers
from bot.evaluation_result import Result, result
from bot.evaluation_talk import MOST, Because
from bot.round import Sheet, State
from tests.bot.evaluations_held import PULSE, SIX, YEARLY, answered, held

OURS, THEIRS = Side.OURS, Side.THEIRS


def of(line: Line) -> dict[Side, float]:
    return {side: round(float(figure.value), 2) for side, figure in line.now.items()}


def test_each_theme_has_a_figure_for_each_side_and_the_one_before() -> None:
    before = held(
        {"1": answered(3, 4, 3, 4, 4, 4), "2": answered(4, 4, 3, 3, 5, 5), "@#3": answered(4, 3)},
        days_ago=180,
    )
    now = held(
        {
            "1": answered(5, 4, 4, 2, 4, 5),
            "2": answered(4, 5, 4, 3, 5, 4),
            "3": answered(4, 4, 3, 5, 5, 4),
            "@#4": answered(4, 2, 4, 4, 5, 5),
        }
    )
    found = result(now, [before])
    assert [line.theme.id for line in found.lines] == ["cooperation", "progress", "results"]
    assert [of(line) for line in found.lines] == [
        {OURS: 4.33, THEIRS: 3},
        {OURS: 3.5, THEIRS: 4},
        {OURS: 4.5, THEIRS: 5},
    ]
    first, second, _ = found.lines
    assert first.before[OURS].figure == Figure(Fraction(15, 4), answered=2, asked=2)
    assert first.before[THEIRS].figure == Figure(Fraction(7, 2), answered=2, asked=2)
    assert second.before.keys() == {OURS}  # they did not answer it then


def test_do_not_know_counts_in_no_mean() -> None:
    found = result(held({"1": answered(5, 0), "2": answered(0, 0), "@#3": answered(0, 0)}), [])
    (line,) = found.lines
    assert of(line) == {OURS: 5}


def test_criteria_are_counted_for_each_side() -> None:
    nine = [4] * 9
    met, not_yet, unknown = "met", "not_yet", 0
    sheets = {
        "1": answered(*nine, met, met, met, met, unknown, not_yet, instrument=YEARLY),
        "2": answered(*nine, met, met, met, not_yet, unknown, not_yet, instrument=YEARLY),
        "3": answered(*nine, met, not_yet, met, not_yet, unknown, met, instrument=YEARLY),
        "@#4": answered(*nine, *[met] * 6, instrument=YEARLY),
    }
    (*_, line) = result(held(sheets, instrument=YEARLY), []).lines
    assert line.answers is Answers.CRITERION
    assert line.now == {OURS: Figure(Fraction(3), 6, 6, 6), THEIRS: Figure(Fraction(6), 6, 6, 6)}


# What to talk about


def about(found: Result) -> list[tuple[str, Because]]:
    return [(talk.about.question.id, talk.because) for talk in found.to_talk_about]


def test_the_widest_between_us_and_them_is_first_and_then_what_we_differ_on() -> None:
    found = result(
        held(
            {
                "1": answered(5, 4, 4, 2, 4, 5),
                "2": answered(4, 5, 4, 3, 5, 4),
                "3": answered(4, 4, 3, 5, 5, 4),
                "@#4": answered(2, 1, 4, 4, 5, 5),
            }
        ),
        [],
    )
    assert about(found) == [
        ("roles", Because.BETWEEN),
        ("easy", Because.BETWEEN),
        ("agreed", Because.AMONG_US),
    ]
    roles = found.to_talk_about[0].about
    assert roles.means == {OURS: Fraction(13, 3), THEIRS: 1}
    assert roles.counts[OURS]["4"] == 2


def test_a_question_stands_once_and_there_are_three_at_most() -> None:
    apart = {"1": answered(*[1] * 6), "2": answered(*[5] * 6), "@#3": answered(*[5] * 6)}
    found = about(result(held(apart), []))
    assert len(found) == MOST
    assert len({question for question, _ in found}) == MOST


def test_what_everybody_finds_hard_is_worth_a_word_too() -> None:
    low = {"1": answered(2, 3), "2": answered(2, 2), "@#3": answered(2, 3)}
    assert about(result(held(low), [])) == [("easy", Because.LOW)]


def test_the_lowest_of_what_everybody_finds_hard_comes_first_and_is_never_cut_off() -> None:
    low = [2, 2, 2, 2, 2, 1]
    sheets = {"1": answered(*low), "2": answered(*low), "@#3": answered(2, 2, 1, 2, 2, 1)}
    assert about(result(held(sheets), [])) == [
        ("worth", Because.LOW),
        ("forward", Because.LOW),
        ("easy", Because.LOW),
    ]


def test_a_low_mark_comes_before_a_criterion_that_nobody_sees() -> None:
    marks = [*[5] * 8, 2]
    sheet = answered(*marks, "not_yet", "not_yet", "not_yet", instrument=YEARLY)
    found = about(result(held({"1": sheet, "@#2": sheet}, instrument=YEARLY), []))
    assert [question for question, _ in found] == [YEARLY.questions[8].id, "goal", "together"]


def test_a_criterion_is_talked_about_where_the_sides_see_it_differently_or_nobody_sees_it() -> None:
    sheets = {
        "1": answered(*[""] * 9, "met", "met", "not_yet", instrument=YEARLY),
        "2": answered(*[""] * 9, "met", "not_yet", "not_yet", instrument=YEARLY),
        "@#3": answered(*[""] * 9, "not_yet", "not_yet", 0, instrument=YEARLY),
    }
    assert about(result(held(sheets, instrument=YEARLY), [])) == [
        ("goal", Because.BETWEEN),
        ("together", Because.AMONG_US),
        ("method", Because.LOW),
    ]


def test_one_step_apart_is_near() -> None:
    assert not about(result(held({"1": answered(5), "2": answered(4), "@#3": answered(4)}), []))


def test_it_goes_well_where_everybody_says_4_or_5() -> None:
    sheets = {"1": answered(5, 5, 5, 5), "2": answered(4, 5, 3, 0), "@#3": answered(4, "", 5, 5)}
    assert [one.question.id for one in result(held(sheets), []).going_well] == ["easy", "roles"]
    alone = {"1": answered(5, 5)}
    assert not result(held(alone), []).going_well
    met = {"1": answered(*[""] * 9, "met", instrument=YEARLY)}
    assert not result(held(met, instrument=YEARLY), []).going_well


def test_what_many_do_not_know_is_to_be_found_out_by_that_side() -> None:
    sheets = {"1": answered(0, 4), "2": answered(0, 4), "3": answered(5, 4), "@#4": answered(4, 0)}
    found = result(held(sheets), []).find_out
    assert [(one.question.id, one.unknown, one.answered) for one in found] == [
        ("easy", {OURS: 2}, {OURS: 3}),
        ("roles", {THEIRS: 1}, {THEIRS: 1}),
    ]


def test_what_was_written_stands_by_its_question_and_the_last_words_last() -> None:
    sheets = {
        "1": answered(2, 2, easy="Tid", last="Tak"),
        "2": answered(3, 3, roles="Lokaler", old="Fra et spørgsmål, der er væk"),
        "@#3": answered(2, 2, easy="Nøgler", last="Selv tak"),
    }
    found = result(held(sheets), []).written
    assert [(one.side, one.about and one.about.id, one.text) for one in found] == [
        (OURS, "easy", "Tid"),
        (THEIRS, "easy", "Nøgler"),
        (OURS, "roles", "Lokaler"),
        (OURS, None, "Tak"),
        (THEIRS, None, "Selv tak"),
        (OURS, None, "Fra et spørgsmål, der er væk"),
    ]


# Who has answered


def test_a_single_answer_of_ours_is_kept_back_and_theirs_is_not() -> None:
    sheets = {"1": answered(2, easy="Min"), "@#2": answered(5, easy="Jeres")}
    found = result(held(sheets, silent=("U03",)), [])
    assert found.ours_kept_back
    assert found.answered == {OURS: 1, THEIRS: 1}
    assert found.asked == {OURS: 2, THEIRS: 1}
    assert [of(line) for line in found.lines] == [{THEIRS: 5}]
    assert [one.text for one in found.written] == ["Jeres"]
    assert not found.is_empty


def test_nobody_answered() -> None:
    found = result(held({}, silent=("U02", "@0")), [])
    assert found.is_empty
    assert not found.ours_kept_back
    assert not found.lines


def test_nothing_is_told_before_it_may_be_seen() -> None:
    with pytest.raises(UserError, match="all at once"):
        result(held({}, silent=("U02",), state=State.OPEN), [])


# Before


def test_a_pulse_counts_where_it_asks_the_same() -> None:
    pulse = held({"1": answered(2, 3, 4, instrument=PULSE)}, instrument=PULSE, days_ago=180)
    whole = held({"1": answered(*[4] * 9, instrument=YEARLY)}, instrument=YEARLY)
    points = {one.theme.id: len(one.points) for one in courses(whole, [pulse])}
    assert points == {"cooperation": 2, "progress": 2, "results": 2, "trust": 1, "value": 1}
    # Half of a theme is not the theme.
    assert {len(one.points) for one in courses(held({"1": answered(*[4] * 6)}), [pulse])} == {1}


def test_a_question_that_became_a_criterion_is_another() -> None:
    asked = SIX.questions[0].model_copy(update={"answers": Answers.CRITERION})
    edited = SIX.model_copy(update={"questions": (asked,)})
    before = held({"1": Sheet({"easy": "met"})}, instrument=edited, days_ago=180)
    only_easy = SIX.model_copy(update={"questions": SIX.questions[:1]})
    (course,) = courses(held({"1": answered(4)}, instrument=only_easy), [before])
    assert len(course.points) == 1


def test_a_round_without_a_moment_of_its_own_counts_from_its_opening() -> None:
    one = held({})
    assert replace(one, this=replace(one.this, revealed_at=None)).at == one.this.opened_at


@pytest.mark.parametrize(("exact", "shown"), [("13/3", "4.3"), ("13/4", "3.3"), ("3", "3.0")])
def test_a_mean_is_shown_with_one_decimal(exact: str, shown: str) -> None:
    assert str(rounded(Fraction(exact))) == shown


# No figure is of both sides

point = st.sampled_from(["1", "2", "3", "4", "5", "unknown", ""])
sheet = st.lists(point, min_size=6, max_size=6)


def all_figures(found: Result) -> list[tuple[Side, object]]:
    figures: list[tuple[Side, object]] = []
    for line in found.lines:
        figures += [(side, (line.theme.id, figure)) for side, figure in line.now.items()]
        figures += [(side, (line.theme.id, one.figure)) for side, one in line.before.items()]
    for talk in found.to_talk_about:
        figures += [(side, (talk.about.question.id, m)) for side, m in talk.about.means.items()]
    figures += [(one.side, (one.theme.id, one.points)) for one in found.courses]
    return figures


@given(
    st.lists(sheet, min_size=1, max_size=5),
    st.lists(sheet, min_size=1, max_size=3),
    st.lists(sheet, max_size=3),
)
def test_no_figure_ever_mixes_sides(
    mine: list[list[str]], theirs: list[list[str]], others: list[list[str]]
) -> None:
    """Whatever they answer, our figures stay; whatever we answer, theirs do."""
    ours = {f"{n}": answered(*one) for n, one in enumerate(mine)}

    def with_them(sheets: list[list[str]]) -> Result:
        both = ours | {f"@#{n}": answered(*one) for n, one in enumerate(sheets, 10)}
        return result(held(both), [held(both, days_ago=180)])

    one, other = with_them(theirs), with_them(others)
    for found in (one, other):
        by_theme = {line.theme.id: line.now.get(OURS) for line in found.lines}
        alone = {line.theme.id: line.now.get(OURS) for line in with_them([]).lines}
        assert {theme: by_theme.get(theme) for theme in alone} == alone
    for side, _ in all_figures(one):
        assert side in {OURS, THEIRS}
    swapped = {f"@#{n}": answered(*one) for n, one in enumerate(mine)}
    turned = result(held(swapped), [])
    assert {line.theme.id: line.now[THEIRS] for line in turned.lines} == {
        line.theme.id: line.now[OURS] for line in with_them([]).lines if OURS in line.now
    }


@given(st.lists(sheet, min_size=1, max_size=4), st.lists(sheet, max_size=2))
def test_a_mean_lies_between_the_lowest_and_the_highest_of_its_own_side(
    mine: list[list[str]], theirs: list[list[str]]
) -> None:
    sheets = {f"{n}": answered(*one) for n, one in enumerate(mine)}
    sheets |= {f"@#{n}": answered(*one) for n, one in enumerate(theirs, 10)}
    given_by = {OURS: mine, THEIRS: theirs}
    for line, side in product(result(held(sheets), []).lines, Side):
        asked = [place for place, one in enumerate(SIX.questions) if one.theme == line.theme.id]
        answers = [one[place] for one in given_by[side] for place in asked]
        said = [int(answer) for answer in answers if answer.isdigit()]
        assert (side in line.now) == bool(said)
        if said:
            assert min(said) <= line.now[side].value <= max(said)
