from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.tjek_parts import FEW, ROOM, parts
from tests.bot.test_tjek_round import ALL, laid_out


def test_a_few_peoples_answers_fit_in_one_message() -> None:
    (only,) = parts(laid_out({"hours": "no"}, {}, notes={"able": "kort"}))
    assert only.finding
    assert not only.points
    assert [written.note.text for written in only.notes] == ["kort", "kort"]


def test_long_notes_come_after_the_finding() -> None:
    first, *after = parts(laid_out({}, {}, notes={"able": "x" * 3000, "fit": "y" * 3000}))
    assert not first.notes
    assert [len(part.notes) for part in after] == [2, 2]


@pytest.mark.parametrize("people", [FEW + 1, 60, 200])
def test_every_question_is_told_once_with_all_names(people: int) -> None:
    found = parts(laid_out(*({} for _ in range(people))))
    told = list(chain.from_iterable(part.points for part in found))
    assert [point.question.id for point in told] == ALL


@given(
    people=st.integers(0, 30),
    notes=st.dictionaries(st.sampled_from(["fit", "able"]), st.text(min_size=1, max_size=3000)),
)
def test_no_message_holds_more_than_slack_takes(people: int, notes: dict[str, str]) -> None:
    found = parts(laid_out(*({} for _ in range(people)), notes=notes))
    for part in found:
        assert sum(len(written.note.text) for written in part.notes) <= ROOM
        assert len(part.notes) <= 40
        assert len(part.points) <= len(ALL)
    assert sum(len(part.notes) for part in found) == people * len(notes)
