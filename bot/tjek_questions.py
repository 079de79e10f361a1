"""The questions of the check as one library puts them: those that are shipped, edited, and its own.

What a library changes is kept beside what is shipped, step by step: who changed what, and when. A
check keeps the wording that it was answered under (bot.tjek.Check.wording).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import ClassVar, TypeAlias

from bot.questions import Bilingual, Page, Question, QuestionSet, load
from bot.questions import put as library_put
from bot.translation import mark

# What a form calls each part of a question, and what the history says has been changed.
PART: Mapping[str, str] = {
    "page": mark("Page"),
    "text_da": mark("The question"),
    "why_da": mark("Why we ask"),
    "short_da": mark("Short name"),
    "text_en": mark("The question in English"),
    "why_en": mark("Why we ask, in English"),
    "short_en": mark("Short name in English"),
    "on": mark("Is asked"),
    "stop": mark("A no is a hard stop"),
    "short_check": mark("Is in the short check too"),
}
SWITCHES = ("on", "stop", "short_check")
TEXTS = ("text_da", "why_da", "short_da", "text_en", "why_en", "short_en")
_OWN = "own_"


@dataclass(frozen=True)
class Put:
    """One question as a library puts it. Where the English is empty, the Danish stands for it."""

    question_id: str = ""  # empty for a new one, until stored
    page: str = ""
    text_da: str = ""
    why_da: str = ""
    short_da: str = ""
    text_en: str = ""
    why_en: str = ""
    short_en: str = ""
    on: bool = True
    stop: bool = False
    short_check: bool = False

    PARTS: ClassVar[Mapping[str, str]] = PART

    @property
    def key(self) -> str:
        """What it is known by through all changes."""
        return self.question_id

    @property
    def own(self) -> bool:
        """Whether the library has added it."""
        return self.question_id not in shipped()


Change: TypeAlias = library_put.Change[Put]
Step: TypeAlias = library_put.Step[Put]
Merge: TypeAlias = library_put.Merge[Put]


@cache
def shipped() -> Mapping[str, Put]:
    """The questions as they are shipped, by id and in order."""
    return {
        question.id: Put(
            question_id=question.id,
            page=page.id,
            text_da=question.text.da,
            why_da=question.why.da,
            short_da=question.short.da,
            text_en=question.text.en,
            why_en=question.why.en,
            short_en=question.short.en,
            stop=question.stop,
            short_check=question.short_check,
        )
        for page in load("tjek").pages
        for question in page.questions
    }


def own_id(number: int) -> str:
    """What a question of the library's own is called; later ones have greater numbers."""
    return f"{_OWN}{number}"


def as_put(changes: Iterable[Change]) -> dict[str, Put]:
    """Every question as it is put after these changes (the oldest first), page by page."""
    puts = dict(shipped()) | {change.put.question_id: change.put for change in changes}
    order = [page.id for page in load("tjek").pages]
    return dict(sorted(puts.items(), key=lambda item: order.index(item[1].page)))


def question_set(puts: Mapping[str, Put]) -> QuestionSet:
    """What is asked: the questions that are switched on, numbered, and no page without any."""
    standard = load("tjek")
    asked = [put for put in puts.values() if put.on]
    numbered = {put.question_id: number for number, put in enumerate(asked, 1)}
    pages = (
        Page(
            id=page.id,
            title=page.title,
            questions=tuple(
                as_question(put, numbered[put.question_id]) for put in asked if put.page == page.id
            ),
        )
        for page in standard.pages
    )
    return QuestionSet(
        source=standard.source,
        short_title=standard.short_title,
        pages=tuple(page for page in pages if page.questions),
    )


def as_question(put: Put, number: int) -> Question:
    """The question as it is asked, with that number."""
    standard = load("tjek")
    return Question(
        id=put.question_id,
        number=number,
        text=Bilingual(da=put.text_da, en=put.text_en or put.text_da),
        why=Bilingual(da=put.why_da, en=put.why_en or put.why_da),
        short=Bilingual(da=put.short_da, en=put.short_en or put.short_da),
        source=None if put.own else standard.question(put.question_id).source,
        short_check=put.short_check,
        stop=put.stop,
    )


def steps(changes: Sequence[Change]) -> list[Step]:
    """The history, the newest step first; `changes` begin with the oldest."""
    return library_put.history(changes, shipped())


def edited(put: Put) -> bool:
    """Whether a shipped question is put otherwise than it was shipped."""
    standard = shipped().get(put.question_id)
    return standard is not None and standard != put
