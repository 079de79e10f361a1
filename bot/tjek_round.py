"""The check answered by several: what each is asked, and what the answers of all say together.

It lays out and never decides: where we see it differently comes first, as what to talk about, and
a hard stop is named whoever said it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from bot import round as rounds
from bot.questions import Page, Question
from bot.round import Round
from bot.round_spread import YES_TO_NO, Note, Scale, Spread, reveal
from bot.tjek import Answer, Check, Sheet, asked


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
    speaks_for: tuple[Question, ...]  # these four: where all who know say the same
    speaks_against: tuple[Question, ...]
    partly: tuple[Question, ...]
    find_out: tuple[Question, ...]  # too many do not know
    left_out: tuple[Point, ...]  # not answered by all, or by nobody
    stops: tuple[Point, ...]  # somebody said no to what usually settles the matter
    points: tuple[Point, ...]  # every question, in the order asked
    notes: tuple[tuple[Page, tuple[Note, ...]], ...]  # those to what is talked about first on top


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
    groups = (laid_out.apart, laid_out.together, laid_out.find_out, laid_out.unanswered)
    spread_of = {spread.question: spread for group in groups for spread in group}
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
        left_out=tuple(point for point in points if point.spread.silent),
        stops=tuple(point for point in points if _stops(point)),
        points=points,
        notes=_notes(check, apart, laid_out.notes),
    )


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
