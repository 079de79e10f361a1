from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.circle_gate import Answer, Criterion, Gate, Result, Standing, checked, result
from bot.errors import UserError

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
GOAL, TOGETHER, METHOD, FRAME, AGREEMENTS, EQUALITY = Criterion
MET, NOT_YET, UNKNOWN = Standing
GATE = Gate(3, "U01", NOON)
FOUR = replace(
    GATE,
    answers={
        EQUALITY: Answer(MET),
        TOGETHER: Answer(MET, "scenen"),
        AGREEMENTS: Answer(NOT_YET),
        GOAL: Answer(MET),
        FRAME: Answer(UNKNOWN),
        METHOD: Answer(MET),
    },
)


def test_four_of_six_with_what_is_missing_and_what_is_not_known() -> None:
    assert result(FOUR) == Result((GOAL, TOGETHER, METHOD, EQUALITY), (AGREEMENTS,), (FRAME,))


@pytest.mark.parametrize("standing", Standing)
def test_all_six_the_same(standing: Standing) -> None:
    found = result(replace(GATE, answers=dict.fromkeys(Criterion, Answer(standing))))
    lists = {MET: found.met, NOT_YET: found.missing, UNKNOWN: found.unknown}
    assert lists.pop(standing) == tuple(Criterion)
    assert set(lists.values()) == {()}


def test_what_nobody_answered_is_not_known() -> None:
    assert result(GATE) == Result((), (), tuple(Criterion))
    assert checked(GATE).answers == dict.fromkeys(Criterion, Answer())
    assert list(checked(FOUR).answers) == list(Criterion)


def test_notes_are_cleaned_to_one_line() -> None:
    typed = replace(GATE, answers={GOAL: Answer(MET, " strategien\n 2026  ")})
    assert checked(typed).answers[GOAL] == Answer(MET, "strategien 2026")


@pytest.mark.parametrize("note", ["Anne, 010190-1234", "æ" * 301])
def test_a_note_that_cannot_stand_is_stopped_at_its_criterion(note: str) -> None:
    with pytest.raises(UserError) as error:
        checked(replace(GATE, answers={METHOD: Answer(MET, note)}))
    assert error.value.field == METHOD


def test_a_note_that_just_fits() -> None:
    fits = replace(GATE, answers={METHOD: Answer(MET, "æ" * 300)})
    assert checked(fits).answers[METHOD] == fits.answers[METHOD]
