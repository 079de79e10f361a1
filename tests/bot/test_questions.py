import re

import pytest

from bot import questions
from bot.questions import Bilingual, QuestionsError
from bot.workspace import Language

GOOD = """\
source: &source {da: "fra en bog", en: "from a book"}
short_title: {da: "Kort", en: "Short"}
pages:
  - id: fit
    title: {da: "Passer det?", en: "Does it fit?"}
    questions:
      - id: goals
        number: 1
        short_check: true
        text: {da: "Mål?", en: "Goals?"}
        why: {da: "Derfor.", en: "That is why."}
        short: {da: "Mål", en: "Goals"}
        source: *source
  - id: able
    title: {da: "Kan vi?", en: "Can we?"}
    questions:
      - id: hours
        number: 2
        stop: true
        text: {da: "Timer?", en: "Hours?"}
        why: {da: "Derfor.", en: "That is why."}
        short: {da: "Timer", en: "Hours"}
        source: *source
"""


def test_a_good_file_is_read_whole() -> None:
    read = questions.parse(GOOD, "good.yaml")
    assert [page.id for page in read.pages] == ["fit", "able"]
    assert [question.id for question in read.questions] == ["goals", "hours"]
    assert read.question("hours").stop
    assert read.question("goals").source == Bilingual(da="fra en bog", en="from a book")
    assert read.page("able").title.in_(Language.DANISH) == "Kan vi?"
    assert read.page("able").title.in_(Language.ENGLISH) == "Can we?"


def test_the_short_check_is_one_page() -> None:
    read = questions.parse(GOOD, "good.yaml")
    assert [question.id for question in read.short] == ["goals"]
    assert read.page(questions.SHORT_PAGE) == read.short_page
    assert read.short_page.title.da == "Kort"
    assert read.short_page.questions == read.short


def test_pages_can_be_reduced_to_some_questions() -> None:
    read = questions.parse(GOOD, "good.yaml")
    assert read.only({"goals", "hours"}) == read.pages
    assert [page.id for page in read.only({"hours"})] == ["able"]
    assert read.only(()) == ()


def test_an_unknown_page_or_question_is_our_mistake() -> None:
    read = questions.parse(GOOD, "good.yaml")
    with pytest.raises(KeyError):
        read.page("none")
    with pytest.raises(KeyError):
        read.question("none")


@pytest.mark.parametrize(
    ("good", "bad", "told"),
    [
        (', en: "Can we?"', "", "bad.yaml, line 15: pages.1.title.en: Field required"),
        ('en: "Hours?"', 'en: " "', "bad.yaml, line 20: pages.1.questions.0.text.en: "),
        ("stop: true", "stop: perhaps", "bad.yaml, line 19: pages.1.questions.0.stop: "),
        ("stop: true", "halt: true", "bad.yaml, line 19: pages.1.questions.0.halt: Extra inputs"),
        ("id: goals", "id: Goals!", "bad.yaml, line 7: pages.0.questions.0.id: "),
        ('da: "Kort"', 'da: "Et ret kort tjek"', "bad.yaml, line 2: short_title.da: "),
        (', en: "from a book"', "", "bad.yaml, line 1: source.en: Field required"),
        ("pages:", "sider:", "bad.yaml, line 1: pages: Field required"),
        ("id: hours", "id: goals", "bad.yaml: Value error, the id 'goals' is used twice"),
        ("id: able", "id: fit", "bad.yaml: Value error, the id 'fit' is used twice"),
        ("id: able", "id: short", "bad.yaml: Value error, the id 'short' is used twice"),
        ("number: 2", "number: 3", "bad.yaml: Value error, questions are numbered 1, 2, 3"),
        ("pages:", "pages: [", "bad.yaml, line 4: expected"),
        ("pages:", "pages: \0", "bad.yaml: unacceptable character"),
        ("source: *source", "source: *sauce", "bad.yaml, line 13: found undefined alias"),
    ],
)
def test_a_bad_file_is_told_with_its_line(good: str, bad: str, told: str) -> None:
    with pytest.raises(QuestionsError, match=re.escape(told)):
        questions.parse(GOOD.replace(good, bad), "bad.yaml")


@pytest.mark.parametrize("empty", ["", "# nothing\n", "- fit\n"])
def test_a_file_without_questions_is_told(empty: str) -> None:
    with pytest.raises(QuestionsError, match=r"empty\.yaml: Input should be"):
        questions.parse(empty, "empty.yaml")


def test_every_fault_is_told_at_once() -> None:
    with pytest.raises(QuestionsError) as refused:
        questions.parse(GOOD.replace("number: 2", "number: two").replace("en: ", "eng: "), "x.yaml")
    assert len(str(refused.value).splitlines()) > 10


def test_a_missing_set_is_told_by_name() -> None:
    with pytest.raises(QuestionsError, match=r"pulse\.yaml"):
        questions.load("pulse")


def test_the_tjek_has_its_fourteen_questions() -> None:
    tjek = questions.load("tjek")
    assert tjek is questions.load("tjek")
    assert [len(page.questions) for page in tjek.pages] == [4, 4, 4, 2]
    assert [question.number for question in tjek.short] == [1, 2, 8, 13, 14]
    assert [question.id for question in tjek.questions if question.stop] == [
        "goals",
        "hours",
        "money",
    ]
    assert "How to Say No" in tjek.source.da
    assert all(question.source == tjek.source for question in tjek.questions)


def test_short_names_are_one_or_two_words() -> None:
    for question in questions.load("tjek").questions:
        assert len(question.short.da.split()) <= 2
        assert len(question.short.en.split()) <= 2
