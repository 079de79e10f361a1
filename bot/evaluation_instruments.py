"""The instruments as one library puts them: those that are shipped, edited, and its own.

What a library changes is kept beside what is shipped, change by change. An evaluation carries the
instrument that it was opened with (bot.evaluation.Evaluation), so none of it changes under way.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import ClassVar, TypeAlias
from zlib import crc32

from bot.evaluation_questions import Answers, Instrument, Instruments, Question, Theme
from bot.evaluation_questions import shipped as as_shipped
from bot.questions import Bilingual
from bot.questions import put as library_put
from bot.text import fold
from bot.translation import mark

Key: TypeAlias = tuple[str, str]

ITSELF = ""  # in place of a question: the instrument, with its name and its source
NEW = "new"  # a question that is not stored yet
_OWN = "own_"

# What a form calls each part of a question, and what the history says has been changed.
PART: Mapping[str, str] = {
    "theme": mark("Theme"),
    "text_da": mark("The question"),
    "why_da": mark("Why we ask"),
    "text_en": mark("The question in English"),
    "why_en": mark("Why we ask, in English"),
    "on": mark("Is asked"),
}
# The same of an instrument.
PART_OF_ITSELF: Mapping[str, str] = {
    "text_da": mark("Its name"),
    "why_da": mark("Where the questions come from"),
    "text_en": mark("Its name in English"),
    "why_en": mark("Where the questions come from, in English"),
    "on": mark("Is used"),
}
TEXTS = ("text_da", "why_da", "text_en", "why_en")


@dataclass(frozen=True)
class Put:
    """A question of an instrument, or the instrument itself, as a library puts it.

    Where the English is empty, the Danish stands for it. `theme` is the id of a shipped one, or
    the name of the library's own.
    """

    instrument_id: str = ""  # empty for a new one, until stored
    question_id: str = ITSELF
    theme: str = ""
    text_da: str = ""
    why_da: str = ""
    text_en: str = ""
    why_en: str = ""
    on: bool = True

    PARTS: ClassVar[Mapping[str, str]] = PART

    @property
    def key(self) -> Key:
        """What it is known by through all changes."""
        return self.instrument_id, self.question_id

    @property
    def own(self) -> bool:
        """Whether the library has added it."""
        return self.key not in shipped()

    @property
    def is_question(self) -> bool:
        """Whether it is a question, and not the instrument itself."""
        return self.question_id != ITSELF

    @property
    def answers(self) -> Answers:
        """What there is to choose between; a library's own are answered from 1 to 5."""
        if self.own:
            return Answers.FIVE
        return as_shipped().get(self.instrument_id).question(self.question_id).answers


Change: TypeAlias = library_put.Change[Put]
Step: TypeAlias = library_put.Step[Put]
Merge: TypeAlias = library_put.Merge[Put]
Puts: TypeAlias = Mapping[Key, Put]


@cache
def shipped() -> Puts:
    """The instruments and their questions as they are shipped, in order."""
    puts = [put for one in as_shipped().instruments for put in _as_shipped(one)]
    return {put.key: put for put in puts}


@cache
def themes() -> Mapping[str, Bilingual]:
    """The shipped themes that are answered from 1 to 5, by id."""
    five = {put.theme for put in shipped().values() if put.is_question and _is_five(put)}
    named = {theme.id: theme.name for one in as_shipped().instruments for theme in one.themes}
    return {theme: name for theme, name in named.items() if theme in five}


def own_id(number: int) -> str:
    """What an instrument or a question of the library's own is called."""
    return f"{_OWN}{number}"


def theme_name(put: Put) -> Bilingual:
    """What the question's theme is called."""
    for theme in _themes(put.instrument_id):
        if theme.id == put.theme:
            return theme.name
    return themes().get(put.theme) or Bilingual(da=put.theme, en=put.theme)


def as_put(changes: Iterable[Change]) -> dict[Key, Put]:
    """Everything as it is put after these changes, the oldest first."""
    return dict(shipped()) | {change.put.key: change.put for change in changes}


def questions_of(puts: Puts, instrument_id: str) -> list[Put]:
    """Its questions by theme, also those that are switched off; the criteria come last."""
    mine = [put for put in puts.values() if put.instrument_id == instrument_id and put.is_question]
    order = list(dict.fromkeys([put.theme for put in mine if _is_five(put)]))
    return sorted(mine, key=lambda put: order.index(put.theme) if _is_five(put) else len(order))


def instruments_of(changes: Iterable[Change]) -> Instruments:
    """What can be asked: the instruments that are used, with the questions that are on."""
    puts = as_put(changes)
    heads = [put for put in puts.values() if not put.is_question and put.on]
    made = (_instrument(head, questions_of(puts, head.instrument_id)) for head in heads)
    return Instruments(instruments=tuple(one for one in made if one.questions))


def steps(changes: Sequence[Change]) -> list[Step]:
    """The history, the newest step first; `changes` begin with the oldest."""
    return library_put.history(changes, shipped())


def edited(put: Put) -> bool:
    """Whether what is shipped is put otherwise than it was shipped."""
    standard = shipped().get(put.key)
    return standard is not None and standard != put


def _as_shipped(one: Instrument) -> Iterable[Put]:
    yield Put(
        one.id,
        text_da=one.name.da,
        why_da=one.source.da,
        text_en=one.name.en,
        why_en=one.source.en,
    )
    for question in one.questions:
        yield Put(
            one.id,
            question.id,
            question.theme,
            text_da=question.text.da,
            why_da=question.why.da,
            text_en=question.text.en,
            why_en=question.why.en,
        )


def _instrument(head: Put, questions: Sequence[Put]) -> Instrument:
    standard = {one.id: one for one in as_shipped().instruments}.get(head.instrument_id)
    asked = [put for put in questions if put.on]
    named = {_theme_id(put): theme_name(put) for put in asked}
    return Instrument(
        id=head.instrument_id,
        name=_both(head.text_da, head.text_en),
        source=_both(head.why_da, head.why_en),
        themes=tuple(Theme(id=one, name=name) for one, name in named.items()),
        questions=tuple(_question(put) for put in asked),
        asks_partner=standard.asks_partner if standard else True,
    )


def _question(put: Put) -> Question:
    return Question(
        id=put.question_id,
        theme=_theme_id(put),
        text=_both(put.text_da, put.text_en),
        both=_to_both(put),
        why=_both(put.why_da, put.why_en),
        answers=put.answers,
    )


def _to_both(put: Put) -> Bilingual | None:
    """As shipped, as long as the question is."""
    standard = shipped().get(put.key)
    if standard is None or (put.text_da, put.text_en) != (standard.text_da, standard.text_en):
        return None
    return as_shipped().get(put.instrument_id).question(put.question_id).both


def _themes(instrument_id: str) -> Sequence[Theme]:
    return next((i.themes for i in as_shipped().instruments if i.id == instrument_id), ())


def _theme_id(put: Put) -> str:
    """The same for the same name, so that two years can be compared."""
    if not put.own or put.theme in themes():
        return put.theme
    return f"{_OWN}{crc32(fold(put.theme).encode()):08x}"


def _is_five(put: Put) -> bool:
    return put.answers is Answers.FIVE


def _both(danish: str, english: str) -> Bilingual:
    return Bilingual(da=danish, en=english or danish)
