"""How the figures of an evaluation have moved over the years: what to say of it, and to draw."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from bot.evaluation_figures import Course, Side
from bot.evaluation_questions import Answers

# On a scale of five less than this is one colleague who thought a little longer.
_MOVED = Fraction(1, 2)
# Slack's limits of June 2026; those of later allow twelve lines. The latest points are drawn.
MOST_LINES = 6
MOST_POINTS = 20
# A point by itself is no line.
_LINE = 2


@dataclass(frozen=True)
class Chart:
    """Lines that have a point at all the same moments, so that none is made up in between."""

    courses: tuple[Course, ...]
    at: tuple[datetime, ...]

    @property
    def sides(self) -> frozenset[Side]:
        """Whose lines they are."""
        return frozenset(course.side for course in self.courses)


def drawn(courses: Iterable[Course]) -> tuple[Course, ...]:
    """Those that are lines, of means."""
    return tuple(
        course
        for course in courses
        if course.answers is Answers.FIVE and len(course.points) >= _LINE
    )


def change(course: Course) -> Fraction:
    """What has become of it since the last time; 0 where this is the first."""
    *_, before, now = (course.points[0], *course.points)
    return now.figure.value - before.figure.value


def moves(courses: Iterable[Course]) -> tuple[Course, ...]:
    """Of each side the theme that has moved most since the last time, if it has moved."""
    lines = drawn(courses)
    found = []
    for side in Side:
        mine = [course for course in lines if course.side is side]
        widest = max(mine, key=lambda course: abs(change(course)), default=None)
        if widest and abs(change(widest)) >= _MOVED:
            found.append(widest)
    return tuple(found)


def charts(courses: Iterable[Course]) -> tuple[Chart, ...]:
    """What can be drawn as Slack's own charts; both sides in one where there is room."""
    found: dict[tuple[datetime, ...], list[Course]] = {}
    for course in drawn(courses):
        found.setdefault(_moments(course), []).append(course)
    return tuple(Chart(tuple(lot), at) for at, lines in found.items() for lot in _lots(lines))


def _moments(course: Course) -> tuple[datetime, ...]:
    return tuple(point.at for point in course.points)[-MOST_POINTS:]


def _lots(lines: Sequence[Course]) -> list[Sequence[Course]]:
    if len(lines) <= MOST_LINES:
        return [lines]
    sides = [[course for course in lines if course.side is side] for side in Side]
    return [
        mine[start : start + MOST_LINES]
        for mine in sides
        for start in range(0, len(mine), MOST_LINES)
    ]
