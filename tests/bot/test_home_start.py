import pytest

from bot.edits import stamp
from bot.errors import UserError
from bot.home_start import LENGTH, Question, Start, answers, named, put_together, standing


def test_what_is_left_empty_is_no_answer() -> None:
    typed = {Question.NOW: " Byens Museum\n", Question.WHY: "  ", Question.AREA: "Børn"}
    assert answers(typed) == {Question.NOW: "Byens Museum", Question.AREA: "Børn"}


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({}, Question.NOW),
        ({Question.WHY: " \n "}, Question.NOW),
        ({Question.AREA: "x" * (LENGTH + 1)}, Question.AREA),
        ({Question.CHALLENGES: "Spørg 010190-1234"}, Question.CHALLENGES),
    ],
)
def test_what_cannot_be_kept_says_where(typed: dict[Question, str], field: Question) -> None:
    with pytest.raises(UserError) as refused:
        answers(typed)
    assert refused.value.field == field


@pytest.mark.parametrize(
    ("answer", "names"),
    [
        ("", []),
        ("Byens Museum", ["Byens Museum"]),
        ("- Byens Museum\n- Springbræt\n\n- Byens Museum", ["Byens Museum", "Springbræt"]),
        ("Museet, Gymnasiet; Kodeklubben Nord.", ["Museet", "Gymnasiet", "Kodeklubben Nord"]),
        ("• Ungdomsskolen\n–\nX", ["Ungdomsskolen"]),
        ("Vi har nogle stykker, som vi har kendt i mange år, men aldrig skrevet ned", []),
        ("Å" * 61, []),
        ("museet, måske", ["museet, måske"]),
    ],
)
def test_those_named_are_read_line_by_line(answer: str, names: list[str]) -> None:
    assert named(answer) == names


@pytest.mark.parametrize(
    ("coordinates", "has_own", "answered", "many", "stands"),
    [
        (True, True, False, False, Start.TO_ANSWER),
        (False, False, False, False, Start.TO_ANSWER),
        (False, True, False, False, Start.HIDDEN),  # a colleague with partners of her own
        (False, True, True, False, Start.HIDDEN),
        (True, False, False, True, Start.HIDDEN),
        (True, False, True, True, Start.ANSWERED),
    ],
)
def test_the_questions_are_for_who_leads_the_way_and_for_who_has_no_partner_yet(
    *, coordinates: bool, has_own: bool, answered: bool, many: bool, stands: Start
) -> None:
    found = standing(coordinates=coordinates, has_own=has_own, answered=answered, many=many)
    assert found is stands


@pytest.mark.parametrize(
    ("showed", "mine", "stored", "holds"),
    [
        ("", "Museet", "", "Museet"),
        ("Museet", "Museet", "Biblioteket", "Biblioteket"),  # I have left it as it was
        ("Museet", "Museet", "", ""),
        ("Museet", "", "Museet", ""),
        ("Museet", "Biblioteket", "Museet", "Biblioteket"),
        ("", "Museet", "Museet", "Museet"),  # both wrote the same
        ("Museet", "Biblioteket", "", "Biblioteket"),
    ],
)
def test_what_two_answer_at_once_is_put_together(
    showed: str, mine: str, stored: str, holds: str
) -> None:
    stamps = {question: stamp("") for question in Question} | {Question.NOW: stamp(showed)}
    draft = put_together(stamps, {Question.NOW: mine}, {Question.NOW: stored})
    assert draft.answers.get(Question.NOW, "") == holds
    assert not draft.apart


def test_where_two_have_answered_the_same_question_neither_is_chosen() -> None:
    stamps = {question: stamp("") for question in Question}
    stored = {Question.NOW: "Biblioteket", Question.AREA: "Møderummet"}
    draft = put_together(stamps, {Question.NOW: "Museet"}, stored)
    assert draft.apart == (Question.NOW,)
    assert draft.answers == {Question.NOW: "Museet", Question.AREA: "Møderummet"}
    assert draft.stored == stored
