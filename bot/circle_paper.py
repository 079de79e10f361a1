"""The picture of the circle on paper: a PDF of one page A3, its font in it.

It goes to the wall and to the council: organisations only, and no contact persons.
"""

from collections.abc import Iterable
from importlib.resources import files
from io import BytesIO
from typing import TYPE_CHECKING

from bot.circle_labels import LINE, Words
from bot.circle_places import Point
from bot.circle_shapes import LINES, TINTS, border, head, outline
from bot.circle_sheet import Dot, Picture, Trace
from bot.drawing import FONT, INK, PAPER

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

_WEIGHTS = {False: f"{FONT}-Regular", True: f"{FONT}-Bold"}


def pdf(picture: Picture, title: str, language: str) -> bytes:
    """The page; `title` and `language` (da, en) are told to those who cannot see it."""
    from reportlab.lib.pagesizes import A3, landscape  # noqa: PLC0415 - only where it is asked for
    from reportlab.pdfgen.canvas import Canvas  # noqa: PLC0415 - as above

    _register()
    file, size = BytesIO(), landscape(A3)
    canvas = Canvas(file, size, lang=language, initialFontName=_WEIGHTS[False])  # type: ignore[arg-type] # its stubs take the name for a number
    canvas.setTitle(title)
    canvas.setCreator("Partnerbot")
    canvas.translate(0, size[1])
    canvas.scale(size[0] / picture.sheet.width, size[1] / picture.sheet.height)
    canvas.setLineJoin(1)
    _rings(canvas, picture)
    for trace in picture.traces:
        _trace(canvas, trace)
    for dot in picture.dots:
        _dot(canvas, dot)
    for words in (*picture.names, *picture.words):
        _words(canvas, words)
    canvas.showPage()
    canvas.save()
    return file.getvalue()


def _register() -> None:
    """Once in a process: a font that is registered anew is another one to a page under way."""
    from reportlab.pdfbase import pdfmetrics, ttfonts  # noqa: PLC0415 - as above

    for name in set(_WEIGHTS.values()).difference(pdfmetrics.getRegisteredFontNames()):
        held = files("bot").joinpath("fonts", f"{name}.ttf").read_bytes()
        pdfmetrics.registerFont(ttfonts.TTFont(name, BytesIO(held)))


def _rings(canvas: "Canvas", picture: Picture) -> None:
    x, y = picture.sheet.middle
    canvas.setStrokeColor(LINES)
    canvas.setLineWidth(1)
    for radius, tint in zip(picture.rings, TINTS, strict=True):
        canvas.setFillColor(tint)
        canvas.circle(x, -y, radius, fill=1)
    for (begin_x, begin_y), (end_x, end_y) in picture.spokes:
        canvas.line(begin_x, -begin_y, end_x, -end_y)


def _trace(canvas: "Canvas", trace: Trace) -> None:
    (x, y), (end_x, end_y) = trace.begin, trace.end
    for colour, thick in ((PAPER, 7), (INK, 2.5)):
        canvas.setStrokeColor(colour)
        canvas.setLineWidth(thick)
        canvas.line(x, -y, end_x, -end_y)
    canvas.setFillColor(INK)
    _polygon(canvas, head(trace))
    canvas.setFillColor(PAPER)
    canvas.circle(x, -y, 5, fill=1)


def _dot(canvas: "Canvas", dot: Dot) -> None:
    canvas.setStrokeColor(INK)
    canvas.setFillColor(dot.style.colour)
    canvas.setLineWidth(border(dot))
    if points := outline(dot):
        _polygon(canvas, points)
    else:
        canvas.circle(dot.at[0], -dot.at[1], dot.radius, fill=1)


def _words(canvas: "Canvas", words: Words) -> None:
    canvas.setFillColor(INK)
    canvas.setFont(_WEIGHTS[words.bold], words.size)
    draw = {
        "start": canvas.drawString,
        "middle": canvas.drawCentredString,
        "end": canvas.drawRightString,
    }[words.anchor]
    for number, line in enumerate(words.lines):
        draw(words.x, -(words.y + number * words.size * LINE), line)


def _polygon(canvas: "Canvas", points: Iterable[Point]) -> None:
    path = canvas.beginPath()
    (x, y), *rest = points
    path.moveTo(x, -y)
    for other_x, other_y in rest:
        path.lineTo(other_x, -other_y)
    path.close()
    canvas.drawPath(path, fill=1)
