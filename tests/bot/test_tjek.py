from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import tjek
from bot.errors import UserError
from bot.questions import SHORT_PAGE, Question, load
from bot.tjek import Answer, Check, Decision, Sheet

TJEK = load("tjek")
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
IDS = [question.id for question in TJEK.questions]
SHEETS = st.builds(
    Sheet, answers=st.dictionaries(st.sampled_from(IDS), st.sampled_from(list(Answer)))
)

PIXELVAERKET = Sheet(
    {
        "goals": Answer.YES,
        "drive": Answer.YES,
        "departments": Answer.PARTLY,
        "breadth": Answer.NO,
        "repeat": Answer.NO,
        "trace": Answer.UNKNOWN,
        "new_users": Answer.PARTLY,
        "need": Answer.YES,
        "door": Answer.PARTLY,
        "profile": Answer.YES,
        "learning": Answer.YES,
        "skills": Answer.PARTLY,
        "hours": Answer.NO,
    }
)


def ids(questions: tuple[Question, ...]) -> list[str]:
    return [question.id for question in questions]


def test_the_findings_lay_the_answers_out() -> None:
    found = tjek.findings(TJEK, PIXELVAERKET, short=False)
    assert ids(found.speaks_for) == ["goals", "drive", "need", "profile", "learning"]
    assert ids(found.speaks_against) == ["breadth", "repeat", "hours"]
    assert ids(found.partly) == ["departments", "new_users", "door", "skills"]
    assert ids(found.find_out) == ["trace", "money"]
    assert ids(found.stops) == ["hours"]


def test_the_profile_counts_per_page() -> None:
    found = tjek.findings(TJEK, PIXELVAERKET, short=False)
    assert [(part.page.id, dict(part.counts)) for part in found.profile] == [
        ("fit", {Answer.YES: 2, Answer.PARTLY: 1, Answer.NO: 1}),
        ("effect", {Answer.NO: 1, Answer.UNKNOWN: 1, Answer.PARTLY: 1, Answer.YES: 1}),
        ("strength", {Answer.PARTLY: 2, Answer.YES: 2}),
        ("able", {Answer.NO: 1, None: 1}),
    ]


def test_after_a_short_check_only_its_questions_can_be_missing() -> None:
    sheet = Sheet({"goals": Answer.NO, "drive": Answer.YES, "need": Answer.UNKNOWN})
    found = tjek.findings(TJEK, sheet, short=True)
    assert ids(found.find_out) == ["need", "hours", "money"]
    assert ids(found.stops) == ["goals"]
    assert sum(part.counts.total() for part in found.profile) == 5


def test_a_short_check_loses_no_answer_given_before() -> None:
    found = tjek.findings(TJEK, PIXELVAERKET, short=True)
    assert "breadth" in ids(found.speaks_against)


@given(SHEETS, st.booleans())
def test_every_question_asked_is_found_in_one_place(sheet: Sheet, short: bool) -> None:  # noqa: FBT001 - drawn
    found = tjek.findings(TJEK, sheet, short=short)
    rows = (found.speaks_for, found.speaks_against, found.partly, found.find_out)
    placed = [name for row in rows for name in ids(row)]
    asked = {question.id for part in found.profile for question in part.page.questions}
    assert sorted(placed) == sorted(asked)
    assert set(ids(found.stops)) <= set(ids(found.speaks_against))


def through(**of: bool) -> list[str]:
    return [page.id for page in tjek.pages(Check("U02", NOON, **of))]  # type: ignore[arg-type] # the two flags


def test_the_short_check_is_one_page_and_the_whole_is_four() -> None:
    assert through(short=True) == [SHORT_PAGE]
    assert through(short=False) == ["fit", "effect", "strength", "able"]


def test_going_on_from_the_short_check_asks_the_other_nine_and_nothing_twice() -> None:
    check = Check("U02", NOON, short=True, gone_on=True)
    assert through(short=True, gone_on=True) == [SHORT_PAGE, "fit", "effect", "strength"]
    asked = [question.id for page in tjek.pages(check) for question in page.questions]
    assert sorted(asked) == sorted(IDS)
    assert tjek.unasked(check) == 0


@pytest.mark.parametrize("gone_on", [False, True])
def test_a_question_has_one_number_however_it_is_put(gone_on: bool) -> None:  # noqa: FBT001 - a parameter of the test
    short = Check("U02", NOON, short=True, gone_on=gone_on)
    put = {q.id: q.number for page in tjek.pages(short) for q in page.questions}
    assert put.items() <= {name: number for number, name in enumerate(IDS, 1)}.items()
    assert [put[name] for name in ("goals", "drive", "need", "hours", "money")] == [1, 2, 8, 13, 14]


def test_a_short_check_knows_how_much_is_left() -> None:
    assert tjek.unasked(Check("U02", NOON, short=True)) == 9
    assert tjek.unasked(Check("U02", NOON)) == 0


def test_a_check_keeps_the_questions_it_was_put_with() -> None:
    old = TJEK.model_copy(update={"pages": TJEK.pages[:1]})
    check = Check("U02", NOON, wording=old.model_dump(mode="json"))
    assert tjek.asked(check) == old
    assert [page.id for page in tjek.pages(check)] == ["fit"]
    assert tjek.asked(Check("U02", NOON)) == TJEK


def test_a_page_of_another_time_is_told() -> None:
    check = Check("U02", NOON)
    assert tjek.place(check, "able") == 3
    with pytest.raises(UserError, match="not part of the check any more"):
        tjek.place(check, SHORT_PAGE)


def test_a_decided_check_takes_no_more_answers() -> None:
    check = Check("U02", NOON)
    assert tjek.undecided(check) is check
    with pytest.raises(UserError, match="is decided"):
        tjek.undecided(Check("U02", NOON, decision=Decision.GO_ON))


def test_an_idea_is_one_line() -> None:
    assert tjek.checked_idea(" fast\nVR-rum ") == "fast VR-rum"
    assert tjek.checked_idea("", partner="Pixelværket") == ""
    with pytest.raises(UserError, match="Pick a partner") as refused:
        tjek.checked_idea(" \u200b ")
    assert refused.value.field == "idea"


def test_a_decision_has_a_reason() -> None:
    assert tjek.checked_reason("vi mangler timer\n") == "vi mangler timer"
    with pytest.raises(UserError, match="one line about why") as refused:
        tjek.checked_reason(" \u202e")
    assert refused.value.field == "reason"


@pytest.mark.parametrize("check", [tjek.checked_idea, tjek.checked_reason, tjek.checked_note])
@pytest.mark.parametrize("text", ["x" * 10_000, "født 010180-1234"])
def test_long_texts_and_personal_numbers_are_stopped(check: object, text: str) -> None:
    assert callable(check)
    with pytest.raises(UserError):
        check(text)


def test_a_note_may_be_empty_and_have_lines() -> None:
    assert tjek.checked_note("") == ""
    assert tjek.checked_note("et\r\nto") == "et\nto"
    assert tjek.checked_note("x" * tjek.NOTE_LENGTH)
    with pytest.raises(UserError, match="too long"):
        tjek.checked_note("x" * (tjek.NOTE_LENGTH + 1))
