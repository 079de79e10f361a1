"""Where each partner stands on the picture of the circle: the same place from week to week.

A ring's part of a sector is a cell with places at even distances. Who stands where in it follows
from the partner's number, oldest first: a newcomer takes a place that is free and moves nobody.
Only a cell that gets full is divided anew, in steps. Angles in radians, clockwise from
the top; lengths are in the unit of the sheet.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from math import cos, hypot, pi, sin

Point = tuple[float, float]
Box = tuple[float, float, float, float]  # left, top, right, bottom
Cell = tuple[int, int]  # the ring from the middle, and the sector

# The edges of the rings as parts of the radius: the middle, then each ring's own.
EDGES = (0.13, 0.42, 0.7, 1.0)
_PAD = 7.0  # between a place and the lines around it; more where there is room, as a part of
_PADDED = 0.22  # the way to the next one
# Between two places of a cell; each step makes room for twice as many, so that it is seldom taken.
_PITCHES = (64, 42, 28, 18, 11, 7, 5)
_FULL = 0.75  # of the places taken: as many as still leaves each one a choice
_CHOICES = 8  # places that a partner is offered; it takes the one farthest from the others
_CROWD = 40  # in one cell; among so many nobody is far from anybody
_FLAT = 4.0  # names lie beside the dots, so two dots are nearer above each other
_MASK = (1 << 64) - 1


@dataclass(frozen=True)
class Circle:
    """Its middle and its radius on the sheet, and into how many sectors it is divided."""

    x: float
    y: float
    radius: float
    sectors: int

    def at(self, part: float, angle: float) -> Point:
        """The point so far out."""
        return (
            self.x + self.radius * part * sin(angle),
            self.y - self.radius * part * cos(angle),
        )

    def angles(self, sector: int) -> tuple[float, float]:
        """Where a sector begins and ends."""
        each = 2 * pi / self.sectors
        return sector * each, (sector + 1) * each


@dataclass(frozen=True)
class Places:
    """Where everybody stands, and the least that two are apart; `left_out` found no place."""

    pitch: float
    at: Mapping[int, Point]
    left_out: int


def places(
    circle: Circle, cells: Mapping[Cell, Sequence[int]], taken: Sequence[Box] = ()
) -> Places:
    """A place for each number; `taken` are the boxes that nobody may stand in."""
    at: dict[int, Point] = {}
    least: float = _PITCHES[0]
    for cell, held in cells.items():
        pitch, free = _divided(circle, cell, len(held), taken)
        at |= _taken(sorted(held), free)
        least = min(least, pitch)
    return Places(least, at, sum(map(len, cells.values())) - len(at))


def _divided(
    circle: Circle, cell: Cell, count: int, taken: Sequence[Box]
) -> tuple[float, list[Point]]:
    """As few places as so many need."""
    inner, outer = (edge * circle.radius for edge in EDGES[cell[0] : cell[0] + 2])
    room = pi * (outer**2 - inner**2) / circle.sectors
    for pitch in _PITCHES[:-1]:
        if count * pitch**2 <= room:
            free = list(_free(circle, cell, pitch, taken))
            if count <= _FULL * len(free):
                return pitch, free
    return _PITCHES[-1], list(_free(circle, cell, _PITCHES[-1], taken))


def _taken(held: Sequence[int], free: Sequence[Point]) -> dict[int, Point]:
    """Who stands on which of these points."""
    at: dict[int, Point] = {}
    used: set[int] = set()
    for number in islice(held, len(free)):
        offered = _offered(number, len(free), used)
        others = list(at.values()) if len(at) < _CROWD else []
        best = max(offered, key=lambda one: _distance(free[one], others))
        used.add(best)
        at[number] = free[best]
    return at


def _offered(number: int, of: int, used: set[int]) -> list[int]:
    """The free points that this number is offered, always in the same order."""
    drawn = [_mixed(number, turn) % of for turn in range(_CHOICES)]
    free = [one for one in drawn if one not in used]
    if free:
        return free
    first = drawn[0]
    return [next(one % of for one in range(first, first + of) if one % of not in used)]


def _distance(point: Point, others: Sequence[Point]) -> float:
    x, y = point
    return min((max(abs(x - a) / _FLAT, abs(y - b)) for a, b in others), default=0)


def _free(circle: Circle, cell: Cell, pitch: float, taken: Sequence[Box]) -> Iterator[Point]:
    """The places of a cell, row by row from the middle."""
    ring, sector = cell
    inner, outer = (edge * circle.radius for edge in EDGES[ring : ring + 2])
    begin, end = circle.angles(sector)
    pad = max(_PAD, _PADDED * pitch)
    deep = outer - inner - 2 * pad
    here = [box for box in taken if _touches(circle, box, inner, outer)]
    rows = max(1, int(deep // pitch))
    for row in range(rows):
        out = inner + pad + (row + 0.5) * deep / rows
        wide = out * (end - begin) - 2 * pad
        count = max(1, int(wide // pitch))
        for step in range(count):
            angle = begin + (pad + (step + 0.5) * wide / count) / out
            point = circle.at(out / circle.radius, angle)
            if not any(_near(point, box, pitch / 2) for box in here):
                yield point


def _touches(circle: Circle, box: Box, inner: float, outer: float) -> bool:
    """Whether the box may reach into that ring."""
    left, top, right, bottom = box
    out = hypot((left + right) / 2 - circle.x, (top + bottom) / 2 - circle.y)
    reach = hypot(right - left, bottom - top)
    return inner - reach < out < outer + reach


def _near(point: Point, box: Box, apart: float) -> bool:
    (x, y), (left, top, right, bottom) = point, box
    return left - apart < x < right + apart and top - apart < y < bottom + apart


def _mixed(number: int, turn: int) -> int:
    """A number that looks like chance and is always the same (SplitMix64's last steps)."""
    mixed = (number * 0x9E3779B97F4A7C15 + turn * 0xD1B54A32D192ED03) & _MASK
    mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9 & _MASK
    mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB & _MASK
    return mixed ^ (mixed >> 31)
