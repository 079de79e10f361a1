from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.errors import UserError
from bot.questions import SHORT_PAGE, load
from bot.round import Kind, Round, Sheet, Standing, State
from bot.tjek import Answer, Check
from bot.tjek import Sheet as OwnSheet
from bot.tjek_round import (
    Outcome,
    begin_at,
    complete,
    only_answer,
    outcome,
    own_sheet,
    pages_for,
    scales,
    shortened,
    still_finished,
)

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
QUESTIONS = load("tjek")
ALL = [question.id for question in QUESTIONS.questions]
CHECK = Check("U01", NOW, idea="fast VR-rum")


def shown(*users: str, state: State = State.REVEALED) -> Round:
    return Round(
        kind=Kind.TJEK,
        subject_id=7,
        called_by="U01",
        opened_at=NOW,
        deadline=NOW + timedelta(days=7),
        standings=dict.fromkeys(users, Standing.ANSWERED),
        named=True,
        state=state,
    )


def laid_out(*given: dict[str, str], notes: dict[str, str] | None = None) -> Outcome:
    """What comes of U01, U02 and so on answering like that, and yes to all else."""
    sheets = {
        f"U{n:02}": Sheet(dict.fromkeys(ALL, "yes") | answers, notes or {})
        for n, answers in enumerate(given, 1)
    }
    return outcome(CHECK, shown(*sheets), sheets)


def shorts(found: Outcome) -> list[str]:
    return [point.question.id for point in found.apart]


def test_the_whole_check_asks_everybody_everything_and_offers_the_few() -> None:
    assert pages_for(CHECK) == QUESTIONS.pages
    few = shortened(CHECK)
    assert few
    assert few.id == SHORT_PAGE
    assert list(scales(CHECK)) == ALL


def test_a_short_check_asks_its_few_until_it_is_gone_on_with() -> None:
    short = Check("U01", NOW, idea="x", short=True)
    assert [page.id for page in pages_for(short)] == [SHORT_PAGE]
    assert shortened(short) is None
    assert pages_for(Check("U01", NOW, idea="x", short=True, gone_on=True)) == QUESTIONS.pages


def test_one_begins_where_something_is_left() -> None:
    first, second, *_ = QUESTIONS.pages
    assert begin_at(CHECK, OwnSheet()) == first
    half = OwnSheet({question.id: Answer.YES for question in first.questions})
    assert begin_at(CHECK, half) == second
    assert not complete(CHECK, half)
    whole = OwnSheet(dict.fromkeys(ALL, Answer.NO))
    assert begin_at(CHECK, whole) == first
    assert complete(CHECK, whole)


def test_a_sheet_of_the_round_reads_as_one_of_the_check() -> None:
    sheet = Sheet({"goals": "partly"}, {"fit": "næsten"})
    assert own_sheet(sheet) == OwnSheet({"goals": Answer.PARTLY}, {"fit": "næsten"})


def test_what_all_say_the_same_to_is_told_by_what_they_say() -> None:
    same = {"breadth": "no", "profile": "partly", "money": "unknown"}
    found = laid_out(same, same)
    assert [q.id for q in found.speaks_against] == ["breadth"]
    assert [q.id for q in found.partly] == ["profile"]
    assert [q.id for q in found.find_out] == ["money"]
    assert len(found.speaks_for) == 11
    assert not found.apart
    assert not found.stops
    assert [point.question.id for point in found.points] == ALL
    assert found.answered == 2


def test_what_some_have_said_and_others_not_is_no_agreement() -> None:
    short = {"goals": "yes", "hours": "yes"}
    sheets = {
        "U01": Sheet(dict.fromkeys(ALL[:-1], "yes") | {"hours": "no"}),
        "U02": Sheet(short | {"drive": "unknown"}),
    }
    found = outcome(CHECK, shown(*sheets), sheets)
    assert [q.id for q in found.speaks_for] == ["goals"]
    assert found.agreed == 1
    assert [point.question.id for point in found.apart] == ["hours"]
    assert [q.id for q in found.find_out] == ["drive"]
    told = [point.question.id for point in found.not_all]
    assert told == [q for q in ALL[:-1] if q not in ("goals", "hours", "drive")]
    assert {only_answer(point) for point in found.not_all} == {Answer.YES}
    assert [point.question.id for point in found.unanswered] == ALL[-1:]


def test_one_who_answers_alone_agrees_with_nobody() -> None:
    found = laid_out({"breadth": "no"})
    assert found.agreed == 0
    said = {point.question.id: only_answer(point) for point in found.not_all}
    assert said == dict.fromkeys(ALL, Answer.YES) | {"breadth": Answer.NO}


def test_the_widest_spread_is_first_and_of_those_as_wide_a_hard_stop() -> None:
    found = laid_out({"goals": "partly", "breadth": "no", "hours": "no", "need": "no"}, {})
    assert shorts(found) == ["hours", "breadth", "need", "goals"]
    assert [point.question.id for point in found.stops] == ["hours"]


def test_notes_follow_what_is_talked_about() -> None:
    notes = {"fit": "om pasform", "able": "om timer", SHORT_PAGE: "kort"}
    found = laid_out({"hours": "no"}, {}, notes=notes)
    assert [page.id for page, _ in found.notes] == ["able", SHORT_PAGE, "fit"]


def test_nothing_is_laid_out_early() -> None:
    with pytest.raises(UserError):
        outcome(CHECK, shown("U01", state=State.OPEN), {"U01": Sheet({"goals": "no"})})


# Without its round


YES = OwnSheet(dict.fromkeys(ALL, Answer.YES), {"fit": "Fint"})
CHANGED = OwnSheet(dict.fromkeys(ALL, Answer.YES))
BEGUN = OwnSheet({"goals": Answer.YES})


@pytest.mark.parametrize(
    ("before", "how", "in_it", "finished"),
    [
        (YES, Standing.ANSWERED, YES, True),  # she was asked with what she had finished
        (YES, Standing.ANSWERED, CHANGED, False),
        (YES, Standing.DECLINED, OwnSheet(), True),
        (YES, Standing.WAITING, YES, False),  # never sent, alone or in the round
        (BEGUN, Standing.ANSWERED, YES, False),
        (BEGUN, Standing.DECLINED, OwnSheet(), False),
        (BEGUN, Standing.WAITING, BEGUN, False),
        (None, Standing.ANSWERED, YES, False),
        (None, None, OwnSheet(), False),
    ],
)
def test_a_check_without_its_round_is_finished_only_where_it_was_so_before(
    before: OwnSheet | None, how: Standing | None, in_it: OwnSheet, *, finished: bool
) -> None:
    check = replace(CHECK, sheets={"U01": before} if before else {})
    this = replace(shown(), standings={"U01": how} if how else {})
    assert still_finished(check, this, in_it) is finished
