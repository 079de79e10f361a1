from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.tjek_parts import FEW, FIRST, MOST_AT_ONCE, MOST_WITH_IT, ROOM, at_once, parts
from tests.bot.test_tjek_round import ALL, laid_out


def test_a_few_peoples_answers_fit_in_one_message() -> None:
    (only,) = parts(laid_out({"hours": "no"}, {}, notes={"able": "kort"}))
    assert only.finding
    assert only.figures
    assert [point.question.id for point in only.points] == ["hours"]
    assert [written.note.text for written in only.notes] == ["kort", "kort"]


def test_three_to_talk_about_come_first_and_the_others_after() -> None:
    first, after = parts(
        laid_out({"hours": "no", "breadth": "no", "need": "no", "goals": "no"}, {})
    )
    assert [point.question.id for point in first.points] == ["goals", "hours", "breadth"]
    assert [point.question.id for point in after.points] == ["need"]
    assert (first.figures, after.figures) == (False, True)


def test_long_notes_come_after_the_finding() -> None:
    first, *after = parts(laid_out({}, {}, notes={"able": "x" * 3000, "fit": "y" * 3000}))
    assert not first.notes
    assert [len(part.notes) for part in after] == [2, 2]


def test_as_many_notes_as_are_read_at_a_glance_stand_with_the_finding() -> None:
    found = parts(laid_out(*({} for _ in range(MOST_WITH_IT + 1)), notes={"able": "kort"}))
    assert len(found[0].notes) == MOST_WITH_IT
    assert sum(len(part.notes) for part in found) == MOST_WITH_IT + 1


@pytest.mark.parametrize("people", [FEW + 1, 60, 200])
def test_every_question_is_told_once_with_all_names_the_widest_spread_first(people: int) -> None:
    first, *after = parts(laid_out({"hours": "no", "need": "no"}, *({} for _ in range(people - 1))))
    assert len(first.points) <= FIRST
    told = [p.question.id for p in chain.from_iterable(part.points for part in after)]
    assert told == ["hours", "need", *(q for q in ALL if q not in ("hours", "need"))]


@given(
    people=st.integers(0, 30),
    notes=st.dictionaries(st.sampled_from(["fit", "able"]), st.text(min_size=1, max_size=3000)),
)
def test_no_message_holds_more_than_slack_takes(people: int, notes: dict[str, str]) -> None:
    found = parts(laid_out({"hours": "no"}, *({} for _ in range(people)), notes=notes))
    for part in found:
        assert sum(len(written.note.text) for written in part.notes) <= ROOM
        assert len(part.notes) <= 40
        assert len(part.points) <= len(ALL)
    assert sum(len(part.notes) for part in found) == (people + 1) * len(notes)
    assert [part.figures for part in found] == [False] * (len(found) - 1) + [True]


def test_without_a_thread_all_of_it_is_one_part() -> None:
    four = {"hours": "no", "breadth": "no", "need": "no", "goals": "no"}
    part = at_once(laid_out(four, *({} for _ in range(30)), notes={"able": "kort"}))
    assert len(part.points) == 4
    assert len(part.notes) == MOST_AT_ONCE
