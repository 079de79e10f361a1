"""The check answered by several: what each is asked, and what the answers of all say together.

It lays out and never decides: where we see it differently comes first, as what to talk about, and
a hard stop is named whoever said it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from bot import round as rounds
from bot.questions import Page, Question
from bot.round import Round, Standing
from bot.round_spread import YES_TO_NO, Note, Scale, Spread, reveal
from bot.tjek import Answer, Check, Sheet, asked


class Unanswered(StrEnum):
    """What a round without an answer is closed with, in place of a decision."""

    ASKED_AGAIN = "asked_again"
    LET_LIE = "let_lie"


@dataclass(frozen=True)
class Point:
    """One question, and how all have answered it."""

    question: Question
    spread: Spread


@dataclass(frozen=True)
class Outcome:
    """What a round brought, in the order in which it is talked about."""

    answered: int  # how many have sent their answers
    apart: tuple[Point, ...]  # the widest spread first, of those as wide a hard stop
    speaks_for: tuple[Question, ...]  # these three: where all have said the same
    speaks_against: tuple[Question, ...]
    partly: tuple[Question, ...]
    find_out: tuple[Question, ...]  # too many do not know
    not_all: tuple[Point, ...]  # some have said the same, and the others nothing, or don't know
    unanswered: tuple[Point, ...]  # by anybody
    stops: tuple[Point, ...]  # somebody said no to what usually settles the matter
    points: tuple[Point, ...]  # every question, in the order asked
    notes: tuple[tuple[Page, tuple[Note, ...]], ...]  # those to what is talked about first on top

    @property
    def agreed(self) -> int:
        """On how many questions all have said the same."""
        return len(self.speaks_for) + len(self.speaks_against) + len(self.partly)


def pages_for(check: Check) -> tuple[Page, ...]:
    """What everybody in the round is asked: the whole check, or the five of a short one."""
    questions = asked(check)
    return (questions.short_page,) if check.short and not check.gone_on else questions.pages


def shortened(check: Check) -> Page | None:
    """The few questions for who has a minute only; None where no more are asked anyway."""
    few = asked(check).short_page
    whole = [question for page in pages_for(check) for question in page.questions]
    return few if 0 < len(few.questions) < len(whole) else None


def begin_at(check: Check, sheet: Sheet) -> Page:
    """The first page with something left to answer, or the first."""
    pages = pages_for(check)
    left = (page for page in pages if not all(q.id in sheet.answers for q in page.questions))
    return next(left, pages[0])


def complete(check: Check, sheet: Sheet) -> bool:
    """Whether every question of the round has an answer."""
    return all(q.id in sheet.answers for page in pages_for(check) for q in page.questions)


def still_finished(check: Check, this: Round, sheet: Sheet) -> bool:
    """Whether a check without its round is as finished as it was before; `sheet` is hers in it.

    It is where all that stood before stands unchanged, or where she took no part. What she has
    said in the round alone was for the round: it is hers, unseen, until she ends the check herself.
    """
    before = check.sheets.get(check.started_by, Sheet())
    how = this.standings.get(check.started_by)
    untouched = how is Standing.DECLINED or (how is Standing.ANSWERED and before == sheet)
    return untouched and complete(check, before)


def own_sheet(sheet: rounds.Sheet) -> Sheet:
    """A person's sheet as the check knows it."""
    answers = {question: Answer(answer) for question, answer in sheet.answers.items()}
    return Sheet(answers, dict(sheet.notes))


def scales(check: Check) -> dict[str, Scale]:
    """Every question of the round, in the order asked."""
    return {q.id: YES_TO_NO for page in pages_for(check) for q in page.questions}


def outcome(check: Check, this: Round, sheets: Mapping[str, rounds.Sheet]) -> Outcome:
    """Lay out what all have answered.

    Raises:
        UserError: the answers may not be seen yet.
    """
    laid_out = reveal(this, sheets, scales(check))
    question_of = {q.id: q for page in pages_for(check) for q in page.questions}
    spread_of = {spread.question: spread for spread in laid_out.spreads}
    points = tuple(Point(question, spread_of[question.id]) for question in question_of.values())
    by_id = {point.question.id: point for point in points}
    apart = tuple(sorted((by_id[s.question] for s in laid_out.apart), key=_talk_first))

    def together(answer: Answer) -> tuple[Question, ...]:
        return tuple(question_of[s.question] for s in laid_out.together if s.counts[answer])

    return Outcome(
        answered=len(sheets),
        apart=apart,
        speaks_for=together(Answer.YES),
        speaks_against=together(Answer.NO),
        partly=together(Answer.PARTLY),
        find_out=tuple(question_of[spread.question] for spread in laid_out.find_out),
        not_all=tuple(by_id[spread.question] for spread in laid_out.not_all),
        unanswered=tuple(by_id[spread.question] for spread in laid_out.unanswered),
        stops=tuple(point for point in points if _stops(point)),
        points=points,
        notes=_notes(check, apart, laid_out.notes),
    )


def only_answer(point: Point) -> Answer:
    """What those have said who know, where all of them have said the same."""
    return next(answer for answer in Answer if point.spread.counts[answer])


def _stops(point: Point) -> bool:
    return point.question.stop and point.spread.counts[Answer.NO] > 0


def _talk_first(point: Point) -> tuple[Fraction, bool]:
    return -point.spread.width, not _stops(point)


def _notes(
    check: Check, apart: tuple[Point, ...], notes: Mapping[str, tuple[Note, ...]]
) -> tuple[tuple[Page, tuple[Note, ...]], ...]:
    """By page, those first whose questions are talked about first."""
    order = [point.question.id for point in apart]

    def place(page: Page) -> int:
        places = [order.index(q.id) for q in page.questions if q.id in order]
        return min(places, default=len(order))

    few = asked(check).short_page
    pages = {page.id: page for page in (*pages_for(check), few)}.values()
    return tuple((page, notes[page.id]) for page in sorted(pages, key=place) if page.id in notes)
