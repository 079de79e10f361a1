"""What the bot asks: question sets in YAML, each item in Danish and English with its source.

A file that does not fit stops the start with its name and line.
"""

from collections import Counter
from collections.abc import Collection
from functools import cache
from importlib.resources import files
from typing import Annotated, Self, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError, model_validator

from bot.workspace import Language

Sentence = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
# Slack shows 24 characters of a modal's title, of which the view's "Check 1/4 · " takes twelve.
_TITLE_LENGTH = 12

_Path = tuple[int | str, ...]
_Model = TypeVar("_Model", bound=BaseModel)


class QuestionsError(Exception):
    """A question file that cannot be used; the text names file, line and fault."""


class Item(BaseModel):
    """A piece of a file: what it does not name is a mistake in the file."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Bilingual(Item):
    """One text in both languages."""

    da: Sentence
    en: Sentence

    def in_(self, language: Language) -> str:
        """The text in that language."""
        return self.da if language is Language.DANISH else self.en


class Title(Bilingual):
    """A page's title, short enough to stand after "Check 1/4 · " in a modal."""

    da: Annotated[Sentence, StringConstraints(max_length=_TITLE_LENGTH)]
    en: Annotated[Sentence, StringConstraints(max_length=_TITLE_LENGTH)]


class Question(Item):
    """One question, with why it is asked and the one word it is called afterwards."""

    id: Id
    number: int
    text: Bilingual
    why: Bilingual
    short: Bilingual
    source: Bilingual | None = None  # None: the library's own
    short_check: bool = False  # is asked in the short check too
    stop: bool = False  # a no usually settles the matter


class Page(Item):
    """The questions that are shown together."""

    id: Id
    title: Title
    questions: tuple[Question, ...]


class QuestionSet(Item):
    """All pages of one instrument, in the order they are asked."""

    source: Bilingual
    short_title: Title
    pages: tuple[Page, ...]

    @model_validator(mode="after")
    def _can_be_told_apart(self) -> Self:
        pages = [SHORT_PAGE, *(page.id for page in self.pages)]
        for ids in (pages, [question.id for question in self.questions]):
            doubled = [name for name, times in Counter(ids).items() if times > 1]
            if doubled:
                raise ValueError(f"the id {doubled[0]!r} is used twice")
        numbers = [question.number for question in self.questions]
        if numbers != list(range(1, len(numbers) + 1)):
            raise ValueError(f"questions are numbered 1, 2, 3 and on, not {numbers}")
        return self

    @property
    def questions(self) -> tuple[Question, ...]:
        """Every question, in order."""
        return tuple(question for page in self.pages for question in page.questions)

    @property
    def short(self) -> tuple[Question, ...]:
        """The questions of the short check, in order."""
        return tuple(question for question in self.questions if question.short_check)

    @property
    def short_page(self) -> Page:
        """The short check's only page; its id is SHORT_PAGE."""
        return Page(id=SHORT_PAGE, title=self.short_title, questions=self.short)

    def page(self, page_id: str) -> Page:
        """The page of that id, the short check's among them; KeyError where there is none."""
        return {page.id: page for page in (*self.pages, self.short_page)}[page_id]

    def question(self, question_id: str) -> Question:
        """The question of that id; KeyError where there is none."""
        return {question.id: question for question in self.questions}[question_id]

    def only(self, question_ids: Collection[str]) -> tuple[Page, ...]:
        """The pages with just these questions, leaving out pages without any."""
        reduced = (
            page.model_copy(
                update={"questions": tuple(q for q in page.questions if q.id in question_ids)}
            )
            for page in self.pages
        )
        return tuple(page for page in reduced if page.questions)


SHORT_PAGE = "short"


@cache
def load(name: str) -> QuestionSet:
    """The question set that is shipped under that name; raises QuestionsError."""
    return parse(text_of(name), f"{name}.yaml")


def text_of(name: str) -> str:
    """The file that is shipped under that name; raises QuestionsError where there is none."""
    source = files("bot.questions") / f"{name}.yaml"
    if not source.is_file():
        raise QuestionsError(f"{name}.yaml: there is no such question file")
    return source.read_text(encoding="utf-8")


def parse(text: str, file: str) -> QuestionSet:
    """The question set in a YAML text; `file` names it in the QuestionsError of a bad one."""
    return parse_as(QuestionSet, text, file)


def parse_as(model: type[_Model], text: str, file: str) -> _Model:
    """A YAML text as any other model; raises as `parse`."""
    root, content = _read(text, file)
    try:
        return model.model_validate(content)
    except ValidationError as error:
        faults = [_told(file, root, fault["loc"], fault["msg"]) for fault in error.errors()]
        raise QuestionsError("\n".join(faults)) from error


def _read(text: str, file: str) -> tuple[yaml.Node | None, object]:
    """The text as YAML nodes, which know their lines, and as plain data."""
    try:
        loader = yaml.SafeLoader(text)
        root = loader.get_single_node()
        return root, loader.construct_document(root) if root else None
    except yaml.MarkedYAMLError as error:
        line = f", line {error.problem_mark.line + 1}" if error.problem_mark else ""
        raise QuestionsError(f"{file}{line}: {error.problem}") from error
    except yaml.YAMLError as error:
        raise QuestionsError(f"{file}: {error}") from error


def _told(file: str, root: yaml.Node | None, path: _Path, fault: str) -> str:
    if root is None or not path:
        return f"{file}: {fault}"
    return f"{file}, line {_line(root, path)}: {'.'.join(map(str, path))}: {fault}"


def _line(root: yaml.Node, path: _Path) -> int:
    """The line of the innermost part of the path that the file has, counted from 1."""
    node = root
    for step in path:
        keyed = node.value if isinstance(node, yaml.MappingNode) else ()
        children = {key.value: value for key, value in keyed} or dict(enumerate(node.value))
        if step not in children:
            break
        node = children[step]
    return node.start_mark.line + 1
