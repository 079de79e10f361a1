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
    outcome,
    own_sheet,
    pages_for,
    scales,
    shortened,
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
