"""What an evaluation asks: instruments with their questions (bot/questions/evaluation.yaml).

The same questions go to both sides; `{other}` in a text is the partner's name, or the library's.
"""

from collections import Counter
from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from typing import Self

from pydantic import model_validator

from bot.questions import Bilingual, Id, Item, parse_as, text_of
from bot.round_spread import ONE_TO_FIVE, Scale

FILE = "evaluation"


class Answers(StrEnum):
    """What there is to choose between."""

    FIVE = "five"  # from 1, not at all, to 5, fully
    CRITERION = "criterion"  # in place, or not yet


SCALES: Mapping[Answers, Scale] = {
    Answers.FIVE: ONE_TO_FIVE,
    Answers.CRITERION: Scale(("met", "not_yet")),
}
# What is low enough to be asked about: "What would it take?"
LOW = ("1", "2")
# The note at the end of a sheet, for everybody; other notes go by their question's id.
LAST = "last"


class Theme(Item):
    """What some questions have in common; their answers are shown as one figure for each side."""

    id: Id
    name: Bilingual


class Question(Item):
    """One question, with why it is asked."""

    id: Id
    theme: Id
    text: Bilingual
    both: Bilingual | None = None  # as it is put where the answers of both sides stand
    why: Bilingual
    answers: Answers = Answers.FIVE


class Instrument(Item):
    """The questions of one kind of evaluation, in the order they are asked, with their source."""

    id: Id
    name: Bilingual
    source: Bilingual
    themes: tuple[Theme, ...]
    questions: tuple[Question, ...]
    asks_partner: bool = True

    @model_validator(mode="after")
    def _can_be_told_apart(self) -> Self:
        for ids in ([one.id for one in self.themes], [one.id for one in self.questions]):
            doubled = [name for name, times in Counter(ids).items() if times > 1]
            if doubled:
                raise ValueError(f"the id {doubled[0]!r} is used twice")
        lost = {one.theme for one in self.questions} - {one.id for one in self.themes}
        if lost:
            raise ValueError(f"there is no theme {min(lost)!r}")
        return self

    def question(self, question_id: str) -> Question:
        """The question of that id; KeyError where there is none."""
        return {one.id: one for one in self.questions}[question_id]

    def of(self, theme_id: str) -> tuple[Question, ...]:
        """The questions of that theme, in order."""
        return tuple(one for one in self.questions if one.theme == theme_id)


class Instruments(Item):
    """All that are shipped."""

    instruments: tuple[Instrument, ...]

    def get(self, instrument_id: str) -> Instrument:
        """The instrument of that id; KeyError where there is none."""
        return {one.id: one for one in self.instruments}[instrument_id]


@cache
def shipped() -> Instruments:
    """The instruments that are shipped; raises QuestionsError."""
    return parse_as(Instruments, text_of(FILE), f"{FILE}.yaml")
