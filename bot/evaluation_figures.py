"""How each side answered an evaluation, in figures; never one figure of both.

Three colleagues would drown one partner, and the difference is what there is to talk about.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from fractions import Fraction

from bot.evaluation import Evaluation, ours, theirs
from bot.evaluation_questions import SCALES, Answers, Question, Theme
from bot.round import Round, Sheet, Standing
from bot.round_spread import Reveal, Spread, reveal
from bot.round_voice import is_outside

_MET, _NOT_YET = SCALES[Answers.CRITERION].points
# A criterion of which half say that it is in place is one to talk about, and not in place.
_MOST = Fraction(1, 2)


class Side(StrEnum):
    """Whose answers they are."""

    OURS = "ours"
    THEIRS = "theirs"


@dataclass(frozen=True)
class Held:
    """An evaluation whose answers may be seen, and its sheets (storage.round_sheets.shown)."""

    evaluation: Evaluation
    this: Round
    sheets: Mapping[str, Sheet]

    @property
    def at(self) -> datetime:
        """When its answers were shown."""
        return self.this.revealed_at or self.this.opened_at

    @property
    def standings(self) -> Mapping[Side, Mapping[str, Standing]]:
        """How those of each side stand who were asked."""
        return {Side.OURS: ours(self.this), Side.THEIRS: theirs(self.this)}


@dataclass(frozen=True)
class Figure:
    """One side's answers: a mean from 1 to 5, or so many criteria in place of so many.

    A question that nobody on that side has answered counts for nothing, least of all against them.
    """

    value: Fraction
    of: int = 0  # criteria that were answered; 0: it is a mean
    answered: int = 0  # questions that the figure rests on
    asked: int = 0

    @property
    def is_partial(self) -> bool:
        """Whether it rests on some of the questions only."""
        return self.answered < self.asked


@dataclass(frozen=True)
class Point:
    """A figure as it was when the answers were shown."""

    at: datetime
    figure: Figure


@dataclass(frozen=True)
class Course:
    """One side on one theme over the years, the oldest first."""

    theme: Theme
    answers: Answers
    side: Side
    points: tuple[Point, ...]


@dataclass(frozen=True)
class Line:
    """One theme: each side's figure, and its last one before. A side that is silent is missing."""

    theme: Theme
    answers: Answers
    now: Mapping[Side, Figure]
    before: Mapping[Side, Point]


def brought(held: Held) -> Mapping[Side, Reveal]:
    """Each side's answers laid out by themselves.

    Raises:
        UserError: the answers may not be seen yet.
    """
    scales = {one.id: SCALES[one.answers] for one in held.evaluation.instrument.questions}
    sheets: dict[Side, dict[str, Sheet]] = {side: {} for side in Side}
    for voice, sheet in held.sheets.items():
        sheets[side_of(voice)][voice] = sheet
    return {side: reveal(held.this, sheets[side], scales) for side in Side}


def side_of(voice: str) -> Side:
    """Whose a sheet is."""
    return Side.THEIRS if is_outside(voice) else Side.OURS


def spreads_of(one: Reveal) -> Mapping[str, Spread]:
    """How each question was answered, by its id."""
    return {spread.question: spread for spread in one.spreads}


def mean(answers: Answers, spreads: Sequence[Spread]) -> Fraction | None:
    """The mean answer, of a criterion the share that say yes; None where nobody knows."""
    worth = {_MET: 1, _NOT_YET: 0} if answers is Answers.CRITERION else None
    given = [
        (worth[point] if worth else int(point), people)
        for spread in spreads
        for point, people in spread.counts.items()
        if point in SCALES[answers].points
    ]
    people = sum(number for _, number in given)
    return Fraction(sum(value * number for value, number in given), people) if people else None


def rounded(value: Fraction) -> Decimal:
    """A mean as it is shown: one decimal, halves up."""
    exact = Decimal(value.numerator) / value.denominator
    return exact.quantize(Decimal("0.1"), ROUND_HALF_UP)


def in_place(share: Fraction) -> bool:
    """Whether a criterion counts as in place, where that share of those who know say so."""
    return share > _MOST


def lines(held: Held, earlier: Sequence[Held]) -> tuple[Line, ...]:
    """Every theme that somebody said something about, in the order asked."""
    found: dict[tuple[Theme, Answers], dict[Side, Course]] = {}
    for course in courses(held, earlier):
        found.setdefault((course.theme, course.answers), {})[course.side] = course
    return tuple(
        Line(
            theme,
            answers,
            now={side: course.points[-1].figure for side, course in sides.items()},
            before={
                side: course.points[-2] for side, course in sides.items() if len(course.points) > 1
            },
        )
        for (theme, answers), sides in found.items()
    )


def courses(held: Held, earlier: Sequence[Held]) -> tuple[Course, ...]:
    """Each theme and side that has a figure now, with the figures of before.

    An earlier evaluation counts where it asked all the same questions, so that like is held against
    like: a half-year pulse does for what it asks. The same is what has the same id.
    """
    before = [(one, brought(one)) for one in sorted(earlier, key=lambda one: one.at)]
    now = [(held, brought(held))]
    instrument = held.evaluation.instrument
    return tuple(
        Course(theme, answers, side, (*_points(before, asked, side), *points))
        for theme in instrument.themes
        for answers in Answers
        if (asked := [one for one in instrument.of(theme.id) if one.answers is answers])
        for side in Side
        if (points := _points(now, asked, side))
    )


def _points(
    ran: Sequence[tuple[Held, Mapping[Side, Reveal]]], asked: Sequence[Question], side: Side
) -> tuple[Point, ...]:
    return tuple(
        Point(one.at, figure)
        for one, sides in ran
        if _asks(one, asked) and (figure := _figure(asked, spreads_of(sides[side])))
    )


def _asks(held: Held, asked: Sequence[Question]) -> bool:
    kinds = {one.id: one.answers for one in held.evaluation.instrument.questions}
    return all(kinds.get(one.id) is one.answers for one in asked)


def _figure(asked: Sequence[Question], spreads: Mapping[str, Spread]) -> Figure | None:
    answers = asked[0].answers
    means = [mean(answers, [spreads[one.id]]) for one in asked]
    known = [one for one in means if one is not None]
    value = mean(answers, [spreads[one.id] for one in asked])
    if value is None:
        return None
    if answers is Answers.FIVE:
        return Figure(value, answered=len(known), asked=len(asked))
    answered = sum(any(spreads[one.id].counts.values()) for one in asked)
    return Figure(Fraction(sum(map(in_place, known))), answered, answered, len(asked))
