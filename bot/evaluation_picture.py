"""The trend of an evaluation as a drawing (SVG): a small chart for each theme, both sides in it.

It is read without colours: ours is a whole line with dots, theirs a broken one with open squares,
and every figure stands beside its point. Lengths are in pixels.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from bot.drawing import GRID, drawing, text
from bot.evaluation_figures import Side

_WIDTH = 900
_COLUMNS = 2
_HEAD = 96
_PANEL = 244
_MARGIN = 48
_TOP, _BOTTOM = 66, 40  # of a panel, around its lines
_LOWEST, _HIGHEST = 1, 5
_APART = 15  # of a figure from its point

_STROKES: Mapping[Side, str] = {Side.OURS: "#0b4f6c", Side.THEIRS: "#a23e00"}
_DASHES: Mapping[Side, str] = {Side.OURS: "none", Side.THEIRS: "9 6"}


@dataclass(frozen=True)
class Dot:
    """One figure: which of the moments it is from, and how it is written."""

    moment: int
    value: Decimal
    text: str


@dataclass(frozen=True)
class Panel:
    """One theme."""

    title: str
    dots: Mapping[Side, Sequence[Dot]]


@dataclass(frozen=True)
class Picture:
    """What is drawn; every text as it is shown."""

    title: str
    sides: Mapping[Side, str]
    moments: Sequence[str]
    panels: Sequence[Panel]


def svg(picture: Picture) -> str:
    """The drawing, in a file of its own."""
    rows = -(-len(picture.panels) // _COLUMNS)
    height = _HEAD + rows * _PANEL
    panels = (
        _placed(panel, number, picture.moments) for number, panel in enumerate(picture.panels)
    )
    title = text(_MARGIN, 38, picture.title, size=22, bold=True)
    return drawing(_WIDTH, height, (title, *_legend(picture.sides), *panels))


def _legend(sides: Mapping[Side, str]) -> Iterator[str]:
    x = _MARGIN
    for side, words in sides.items():
        yield _line(side, [(x, 66), (x + 56, 66)])
        yield _mark(side, x + 28, 66)
        yield text(x + 66, 71, words)
        x += 110 + 8 * len(words)


def _placed(panel: Panel, number: int, moments: Sequence[str]) -> str:
    x = number % _COLUMNS * _WIDTH // _COLUMNS
    y = _HEAD + number // _COLUMNS * _PANEL
    return f'<g transform="translate({x} {y})">{"".join(_panel(panel, moments))}</g>'


def _panel(panel: Panel, moments: Sequence[str]) -> Iterator[str]:
    right = _WIDTH // _COLUMNS - _MARGIN
    yield text(_MARGIN, 24, panel.title, size=17, bold=True)
    for value in range(_LOWEST, _HIGHEST + 1):
        y = _y(Decimal(value))
        yield f'<path d="M{_MARGIN} {y}H{right}" stroke="{GRID}"/>'
        yield text(_MARGIN - 10, y + 5, str(value), size=13, anchor="end")
    for moment, words in enumerate(moments):
        yield text(_x(moment, len(moments)), _PANEL - 16, words, size=13, anchor="middle")
    for side, dots in panel.dots.items():
        places = [(_x(dot.moment, len(moments)), _y(dot.value)) for dot in dots]
        yield _line(side, places)
        yield from (_mark(side, x, y) for x, y in places)
    for side, dots in panel.dots.items():
        for dot in dots:
            yield _figure(panel, side, dot, _x(dot.moment, len(moments)))


def _figure(panel: Panel, side: Side, dot: Dot, x: int) -> str:
    """Beside its point, and readable where a line runs behind it."""
    y = _y(dot.value) + (_APART + 10 if _is_below(panel, side, dot) else -_APART)
    words = text(x, y, dot.text, anchor="middle")
    return f'<g paint-order="stroke" stroke="#ffffff" stroke-width="5">{words}</g>'


def _is_below(panel: Panel, side: Side, dot: Dot) -> bool:
    """Whether the figure stands below its point, for the other side's point is above it."""
    others = [
        other.value
        for one, dots in panel.dots.items()
        for other in dots
        if one is not side and other.moment == dot.moment
    ]
    return any(
        value > dot.value or (value == dot.value and side is Side.THEIRS) for value in others
    )


def _x(moment: int, of: int) -> int:
    left, right = _MARGIN + 34, _WIDTH // _COLUMNS - _MARGIN - 34
    return left + (right - left) * moment // max(of - 1, 1)


def _y(value: Decimal) -> int:
    height = _PANEL - _TOP - _BOTTOM
    return round(_PANEL - _BOTTOM - height * (value - _LOWEST) / (_HIGHEST - _LOWEST))


def _line(side: Side, places: Sequence[tuple[int, int]]) -> str:
    points = " ".join(f"{x},{y}" for x, y in places)
    return (
        f'<polyline points="{points}" fill="none" stroke="{_STROKES[side]}" stroke-width="3"'
        f' stroke-dasharray="{_DASHES[side]}"/>'
    )


def _mark(side: Side, x: int, y: int) -> str:
    stroke = _STROKES[side]
    if side is Side.OURS:
        return f'<circle cx="{x}" cy="{y}" r="6" fill="{stroke}"/>'
    square = f'x="{x - 6}" y="{y - 6}" width="12" height="12"'
    return f'<rect {square} fill="#ffffff" stroke="{stroke}" stroke-width="3"/>'
