"""What stands on the picture of the circle whoever is in it: rings, sectors, their names."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from math import cos, pi, sin

from bot.circle import RINGS
from bot.circle_corner import boxes
from bot.circle_finding import counts
from bot.circle_labels import LINE, Words, lines_of, overlap
from bot.circle_picture import STYLES, Facts, Sector
from bot.circle_places import EDGES, Box, Cell, Circle, Point
from bot.circle_sheet import Dot, Sheet, Wanted
from bot.drawing_width import fitting, legible
from bot.text import capital
from bot.words import LEVEL

_UPRIGHT = 0.2  # the sine of an angle so near the vertical that words stand in the middle
_FIGURE = 20  # how large the figure in a cell is, and how far from the cell's edge
_LINES = 3  # of a sector's name
_OUTSIDE = 16  # from the outermost ring to a sector's name


def heading(sheet: Sheet, facts: Facts, wanted: Wanted) -> list[Words]:
    """What it is, and how many they are."""
    room = sheet.width - 2 * sheet.margin
    line = fitting(legible(wanted.headline), sheet.title, room, bold=True)
    first = Words(sheet.margin, sheet.margin + sheet.title * 0.6, (line,), sheet.title, bold=True)
    if facts.partners:
        said = ", ".join(counts(wanted.seen.t, facts))
    else:
        said = wanted.seen.t("Nobody stands in the circle yet. Add a partner, and it begins.")
    below = first.y + sheet.words * 1.7
    return [first, Words(sheet.margin, below, (said,), sheet.words)]


def middle(sheet: Sheet, wanted: Wanted) -> Words:
    """The library itself."""
    x, y = sheet.middle
    size = sheet.words * 0.85
    name = wanted.seen.library.library_name or wanted.seen.t("the library")
    lines = lines_of(name, size, EDGES[0] * sheet.radius * 1.6, most=3)
    first = y + size * 0.35 - (len(lines) - 1) * size * LINE / 2
    return Words(x, first, lines, size, "middle")


def ring_names(sheet: Sheet, facts: Facts, wanted: Wanted) -> Iterator[Words]:
    """In each ring at its top, with how many there are in it."""
    x, y = sheet.middle
    number = Counter(one.level for one in facts.partners)
    t = wanted.seen.t
    for ring, level in enumerate(RINGS):
        name = capital(t(LEVEL[level]))
        line = f"{name} · {t.number(number[level])}"
        top = y - EDGES[ring + 1] * sheet.radius
        yield Words(x, top + sheet.words * 1.35, (line,), sheet.words, "middle", bold=True)


def figures(
    circle: Circle, cells: Mapping[Cell, Sequence[int]], wanted: Wanted, taken: Sequence[Words]
) -> Iterator[Words]:
    """How many stand in a cell: at its outer edge, or nearer the middle where that is taken."""
    for (ring, sector), held in cells.items():
        angle = sum(circle.angles(sector)) / 2
        number = wanted.seen.t.number(len(held))
        inner, outer = (edge * circle.radius for edge in EDGES[ring : ring + 2])
        ways = []
        for out in (outer - _FIGURE, inner * 0.3 + outer * 0.7, inner + _FIGURE):
            x, y = circle.at(out / circle.radius, angle)
            ways.append(Words(x, y + 7, (number,), _FIGURE, "middle", bold=True))
        free = (way for way in ways if not any(overlap(way.box, one.box) for one in taken))
        yield next(free, ways[0])


def around(
    sheet: Sheet, circle: Circle, sectors: Sequence[Sector], wanted: Wanted
) -> Iterator[tuple[Words, Dot]]:
    """The sectors' names outside, each with what its partners are drawn as."""
    size = sheet.words
    for number, sector in enumerate(sectors):
        angle = sum(circle.angles(number)) / 2
        name = capital(wanted.name(sector))
        words = _outside(circle, angle, lines_of(name, size, sheet.sector, _LINES), size)
        if any(overlap(_with_symbol(words), box) for box in boxes(sheet)):
            room = _beside_corners(sheet, words.x)
            words = _outside(circle, angle, lines_of(name, size, room, _LINES), size)
        left, top, _, _ = words.box
        yield words, Dot((left - size * 0.75, top + size * 0.45), size * 0.42, STYLES[sector])


def _outside(circle: Circle, angle: float, lines: tuple[str, ...], size: float) -> Words:
    high = len(lines) * size * LINE
    x, y = circle.at(1 + _OUTSIDE / circle.radius, angle)
    return _beside(x, y - cos(angle) * high / 2 - high / 2 + size, lines, size, angle)


def _with_symbol(words: Words) -> Box:
    left, top, right, bottom = words.box
    return left - words.size * 1.3, top, right, bottom


def _beside_corners(sheet: Sheet, x: float) -> float:
    """How wide words may be that end or begin there, so that they leave the corners free."""
    left, right = boxes(sheet)
    if x < sheet.middle[0]:
        return x - left[2] - sheet.words * 1.5
    return right[0] - x - sheet.words * 0.2


def spokes(circle: Circle) -> list[tuple[Point, Point]]:
    """The lines between the sectors."""
    begins = (circle.angles(number)[0] for number in range(circle.sectors))
    return [(circle.at(EDGES[0], angle), circle.at(1, angle)) for angle in begins]


def _beside(x: float, y: float, lines: tuple[str, ...], size: float, angle: float) -> Words:
    """Away from the circle, with room for the symbol before it."""
    if abs(sin(angle)) < _UPRIGHT:
        return Words(x, y, lines, size, "middle")
    if angle < pi:
        return Words(x + size * 1.3, y, lines, size)
    return Words(x, y, lines, size, "end")
