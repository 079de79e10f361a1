"""The picture of the circle as a drawing (SVG), for the screen."""

from collections.abc import Iterable, Iterator

from bot.circle_labels import LINE, Words
from bot.circle_places import Point
from bot.circle_shapes import HALO, LINES, TINTS, border, head, outline
from bot.circle_sheet import Dot, Picture, Trace
from bot.drawing import INK, PAPER, drawing, text

# Raised with each change of what is drawn for the same facts, here or in the layout: only then is a
# picture that is kept drawn anew.
DRAWN_AS = 2


def svg(picture: Picture) -> str:
    """The drawing, in a file of its own."""
    return drawing(picture.sheet.width, picture.sheet.height, _pieces(picture))


def _pieces(picture: Picture) -> Iterator[str]:
    x, y = picture.sheet.middle
    for radius, tint in zip(picture.rings, TINTS, strict=True):
        yield f'<circle cx="{x}" cy="{y}" r="{radius:.1f}" fill="{tint}" stroke="{LINES}"/>'
    lines = "".join(f"M{_pair(begin)}L{_pair(end)}" for begin, end in picture.spokes)
    yield f'<path d="{lines}" stroke="{LINES}"/>'
    yield from map(_trace, picture.traces)
    yield f'<g stroke="{INK}">{"".join(map(_dot, picture.dots))}</g>'
    halo = f'paint-order="stroke" stroke="{PAPER}" stroke-width="{HALO}" stroke-linejoin="round"'
    for words in (picture.names, picture.words):
        yield f"<g {halo}>{''.join(map(_words, words))}</g>"


def _dot(dot: Dot) -> str:
    look = f'fill="{dot.style.colour}" stroke-width="{border(dot):.1f}"'
    if points := outline(dot):
        return f'<polygon points="{_points(points)}" {look}/>'
    x, y = dot.at
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{dot.radius:.1f}" {look}/>'


def _trace(trace: Trace) -> str:
    way = f"M{_pair(trace.begin)}L{_pair(trace.end)}"
    x, y = trace.begin
    return (
        f'<path d="{way}" stroke="{PAPER}" stroke-width="7"/>'
        f'<path d="{way}" stroke="{INK}" stroke-width="2.5"/>'
        f'<polygon points="{_points(head(trace))}"/>'
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="5" fill="{PAPER}" stroke="{INK}" stroke-width="2"/>'
    )


def _words(words: Words) -> str:
    return "".join(
        text(
            round(words.x),
            round(words.y + number * words.size * LINE),
            line,
            size=round(words.size),
            anchor=words.anchor,
            bold=words.bold,
        )
        for number, line in enumerate(words.lines)
    )


def _pair(point: Point) -> str:
    return f"{point[0]:.1f} {point[1]:.1f}"


def _points(points: Iterable[Point]) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
