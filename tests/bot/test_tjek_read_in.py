"""A check that came with a file of our own: what all say stands, and where they differ, that."""

from dataclasses import replace
from datetime import UTC, datetime

from bot.tjek import Answer, Check, Sheet, asked
from bot.tjek_again import Apart, view_of_one
from bot.tjek_read_in import answers_of, apart, laid_out

AT = datetime(2026, 9, 30, 12, tzinfo=UTC)
FIRST, SECOND, THIRD = (question.id for question in asked(Check("", AT)).questions[:3])
METTE = Sheet({FIRST: Answer.YES, SECOND: Answer.NO})
ALI = Sheet({FIRST: Answer.YES, SECOND: Answer.YES, THIRD: Answer.PARTLY})
SEVERAL = Check("", AT, sheets={"1": METTE, "2": ALI})
HERS = replace(SEVERAL, started_by="U1", sheets={"U1": METTE, "U2": ALI})


def test_of_one_that_is_somebodys_her_own_answers_count() -> None:
    assert answers_of(HERS) == METTE
    assert answers_of(replace(HERS, sheets={})) == Sheet()
    assert apart(HERS) == ()


def test_of_one_that_is_nobodys_what_all_agree_on_counts() -> None:
    assert answers_of(SEVERAL).answers == {FIRST: Answer.YES, THIRD: Answer.PARTLY}
    assert [question.id for question in apart(SEVERAL)] == [SECOND]
    assert view_of_one(SEVERAL)[SECOND] is Apart.APART
    found = laid_out(SEVERAL, short=False)
    assert [question.id for question in found.speaks_for] == [FIRST]
    assert SECOND not in {question.id for question in (*found.find_out, *found.speaks_against)}
    assert THIRD in {question.id for question in found.partly}


def test_of_one_that_nobody_answered_nothing_counts() -> None:
    assert answers_of(replace(SEVERAL, sheets={})) == Sheet()
    alone = replace(SEVERAL, sheets={"1": METTE})
    assert answers_of(alone) == METTE
    assert view_of_one(alone) == METTE.answers
