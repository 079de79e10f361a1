"""The check before going into something: it lays answers out and never adds them up to a verdict.

Inspired by the California Academy of Sciences' "How to Say No", as told in Byg partnerskaber!,
pages 28-29; the questions' own wording is in questions/tjek.yaml.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from bot import guard
from bot.errors import UserError
from bot.questions import Page, Question, QuestionSet, load
from bot.text import clean, fold
from bot.translation import mark

# One line in a list of checks, as long as Slack shows it unbroken on a telephone.
IDEA_LENGTH = 200
# One line on the partner's card that the next colleague reads to the end.
REASON_LENGTH = 300
# A note is read in a thread among all the others'.
NOTE_LENGTH = 300


DECIDED = mark("This check is decided. Open it to read the result, or begin a new one.")
PASSED = mark("That page is not part of the check any more. Open it again with `/partner tjek`.")


class Answer(StrEnum):
    """What one person answers to one question."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"
    UNKNOWN = "unknown"


class Form(StrEnum):
    """What it would be, if it came to something."""

    COLLABORATION = "collaboration"
    PARTNERSHIP = "partnership"
    SPONSORSHIP = "sponsorship"
    PURCHASE = "purchase"


class Decision(StrEnum):
    """The person's own conclusion; the answers suggest none."""

    GO_ON = "go_on"
    GO_ON_IF = "go_on_if"
    FIND_OUT = "find_out"
    KINDLY_NO = "kindly_no"


@dataclass(frozen=True)
class Sheet:
    """One person's answers: by question id, and a note by page id."""

    answers: dict[str, Answer] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Check:
    """One check of a partner of the register, or of an idea that is not one yet."""

    started_by: str  # a Slack user id; "" of one that came with our own JSON
    started_at: datetime
    form: Form = Form.COLLABORATION
    partner_id: int | None = None
    partner_name: str = ""  # as it was, so that the result keeps its heading
    idea: str = ""
    short: bool = False  # began as the short check
    gone_on: bool = False  # and was then gone on with
    page: str = ""  # where the person was last
    id: int = 0
    finished_at: datetime | None = None
    decision: Decision | None = None
    reason: str = ""
    decided_by: str | None = None
    decided_at: datetime | None = None
    # By Slack user id; of one that came with our own JSON, by a number.
    sheets: dict[str, Sheet] = field(default_factory=dict)
    wording: Mapping[str, Any] | None = None  # the questions as they were put


@dataclass(frozen=True)
class PageCount:
    """How one page was answered: a profile to look at, not a score. None is not answered."""

    page: Page
    counts: Counter[Answer | None]


@dataclass(frozen=True)
class Findings:
    """What a sheet says, question by question, in the order asked."""

    speaks_for: tuple[Question, ...]
    speaks_against: tuple[Question, ...]
    partly: tuple[Question, ...]  # neither for nor against
    find_out: tuple[Question, ...]  # not known, or not answered
    stops: tuple[Question, ...]  # a no that usually settles the matter; speaks against, too
    profile: tuple[PageCount, ...]


def asked(check: Check) -> QuestionSet:
    """The questions of this check as they were put, whatever has become of them since."""
    return QuestionSet.model_validate(check.wording) if check.wording else load("tjek")


def pages(check: Check) -> tuple[Page, ...]:
    """The pages this check goes through, in order.

    The whole check has all; the short one its single page. A short check that is gone on with has
    the short page and then what that one did not ask, so that nothing is asked twice.
    """
    questions = asked(check)
    if not check.short:
        return questions.pages
    rest = [question.id for question in questions.questions if not question.short_check]
    return (questions.short_page, *(questions.only(rest) if check.gone_on else ()))


def place(check: Check, page_id: str) -> int:
    """Where that page stands among the check's pages; UserError for one of another time."""
    order = [page.id for page in pages(check)]
    if page_id not in order:
        raise UserError(PASSED)
    return order.index(page_id)


def unasked(check: Check) -> int:
    """How many questions of the whole check this one does not put."""
    return len(asked(check).questions) - sum(len(page.questions) for page in pages(check))


def undecided(check: Check) -> Check:
    """The check, if its answers may still change; UserError once it is decided."""
    if check.decision is not None:
        raise UserError(DECIDED)
    return check


def findings(questions: QuestionSet, sheet: Sheet, *, short: bool) -> Findings:
    """Lay the answers out. After a short check, what it did not ask is not missing."""
    asked = [
        question
        for question in questions.questions
        if not short or question.short_check or question.id in sheet.answers
    ]
    given = {question.id: sheet.answers.get(question.id) for question in asked}

    def answered(*answers: Answer | None) -> tuple[Question, ...]:
        return tuple(question for question in asked if given[question.id] in answers)

    return Findings(
        speaks_for=answered(Answer.YES),
        speaks_against=answered(Answer.NO),
        partly=answered(Answer.PARTLY),
        find_out=answered(Answer.UNKNOWN, None),
        stops=tuple(question for question in answered(Answer.NO) if question.stop),
        profile=tuple(_count(page, given) for page in questions.only(given)),
    )


def checked_idea(idea: str, *, partner: str = "") -> str:
    """The idea as one line. It may be empty where a partner was picked; raises UserError."""
    line = guard.line(idea, field="idea", limit=IDEA_LENGTH)
    if not fold(line) and not partner:
        raise UserError("Pick a partner, or describe the idea in one line.", field="idea")
    return line


def checked_reason(reason: str) -> str:
    """The reason for a decision as one line; raises UserError, for an empty one too."""
    line = guard.line(reason, field="reason", limit=REASON_LENGTH)
    if not fold(line):
        raise UserError(
            "Write one line about why, so that the next one understands.", field="reason"
        )
    return line


def checked_note(note: str) -> str:
    """A page's note, which may be empty; raises UserError."""
    typed = guard.within(clean(note), field="note", limit=NOTE_LENGTH)
    return guard.without_cpr(typed, field="note")


def _count(page: Page, given: dict[str, Answer | None]) -> PageCount:
    return PageCount(page, Counter(given[question.id] for question in page.questions))
