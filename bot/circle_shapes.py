"""How the parts of the picture of the circle look, on the screen and on paper alike."""

from collections.abc import Mapping, Sequence
from math import cos, hypot, pi, sin

from bot.circle_picture import Shape
from bot.circle_places import Point
from bot.circle_sheet import Dot, Trace

# From the outermost ring to the middle: darker inwards, on grey paper, too.
TINTS = ("#f6f8f9", "#e9eff2", "#dae4ea", "#ffffff")
LINES = "#93a1a8"
HALO = 3.0  # of paper around a name, where a line runs behind it
_HEAD = 11.0  # of an arrow


def _star(points: int, inner: float, turned: float = 0.0) -> Sequence[Point]:
    """Corners on two circles by turns, the first at the top; one circle with an `inner` of 1."""
    angles = [(turned + step / points) * pi for step in range(2 * points)]
    far = (1.0, inner)
    return [
        (sin(angle) * far[step % 2], -cos(angle) * far[step % 2])
        for step, angle in enumerate(angles)
    ]


def _regular(corners: int, turned: float = 0.0) -> Sequence[Point]:
    angles = [(step + turned) * 2 * pi / corners for step in range(corners)]
    return [(sin(angle), -cos(angle)) for angle in angles]


_ARM = 0.4
_QUARTER = ((-_ARM, -1.0), (_ARM, -1.0), (_ARM, -_ARM))
_CROSS = [
    point
    for c, s in ((1, 0), (0, 1), (-1, 0), (0, -1))
    for point in [(x * c - y * s, x * s + y * c) for x, y in _QUARTER]
]
# For a dot of radius 1; enlarged so that each looks as heavy as the circle.
_CORNERS: Mapping[Shape, Sequence[Point]] = {
    shape: [(x * larger, y * larger) for x, y in corners]
    for shape, larger, corners in (
        (Shape.SQUARE, 1.27, _regular(4, 0.5)),
        (Shape.TRIANGLE, 1.38, _regular(3)),
        (Shape.DIAMOND, 1.3, _regular(4)),
        (Shape.WEDGE, 1.38, _regular(3, 0.5)),
        (Shape.STAR, 1.45, _star(5, 0.45)),
        (Shape.CROSS, 1.15, _CROSS),
        (Shape.HEXAGON, 1.12, _regular(6, 0.5)),
    )
}


def outline(dot: Dot) -> list[Point]:
    """The corners of what a dot is drawn as; none of a circle, hollow or not."""
    (x, y), r = dot.at, dot.radius
    return [(x + a * r, y + b * r) for a, b in _CORNERS.get(dot.style.shape, ())]


def border(dot: Dot) -> float:
    """How thick its outline is."""
    return max(0.6, min(1.6, dot.radius / 6)) * (2 if dot.style.shape is Shape.HOLLOW else 1)


def head(trace: Trace) -> list[Point]:
    """The three corners of the arrow's head."""
    (from_x, from_y), (x, y) = trace.begin, trace.end
    long = hypot(x - from_x, y - from_y) or 1.0
    along_x, along_y = (x - from_x) / long * _HEAD, (y - from_y) / long * _HEAD
    back_x, back_y = x - along_x, y - along_y
    return [
        (x, y),
        (back_x - along_y * 0.5, back_y + along_x * 0.5),
        (back_x + along_y * 0.5, back_y - along_x * 0.5),
    ]
