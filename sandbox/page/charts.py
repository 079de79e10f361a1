"""Charts as rows of cells: the page draws them as tables with bars, and lines as lines."""

from dataclasses import dataclass, field
from typing import Any

from babel.numbers import format_decimal

from sandbox.page.dates import LOCALE

Json = dict[str, Any]

WIDTH, HEIGHT = 480, 200  # of a line chart, in its own units
_EDGE = 16
# A dot, a square, a diamond, two triangles and a cross.
_MARKS = (
    "M-5 0a5 5 0 1 0 10 0a5 5 0 1 0-10 0z",
    "M-5-5h10v10h-10z",
    "M0-7L7 0L0 7L-7 0z",
    "M0-6L6 5H-6z",
    "M0 6L6-5H-6z",
    "M-6-2h4v-4h4v4h4v4h-4v4h-4v-4h-4z",
)
_DASHES = ("none", "9 5", "3 4", "14 4 3 4", "6 6", "2 7")


@dataclass(frozen=True)
class Bar:
    """One figure: its text, and its share of the largest in percent."""

    text: str
    share: float


@dataclass(frozen=True)
class Trace:
    """One line of a line chart: told apart by its mark and its dashes, not by colour alone."""

    name: str
    texts: list[str]
    points: list[tuple[float, float]]  # of a drawing that is WIDTH by HEIGHT
    mark: str  # the path of a mark around 0, 0
    dashes: str

    @property
    def path(self) -> str:
        """The points as an SVG polyline wants them."""
        return " ".join(f"{x},{y}" for x, y in self.points)


@dataclass(frozen=True)
class Chart:
    """A chart: the names of its series, and one row of bars per label; or its lines."""

    series: list[str]
    rows: list[tuple[str, list[Bar]]]
    axis: str = ""
    traces: list[Trace] = field(default_factory=list)


def chart_of(body: Json) -> Chart:
    """The chart of a data_visualization block, whatever its kind."""
    if body.get("type") == "pie":
        return _pie(body.get("segments") or [])
    series = body.get("series") or []
    axes = body.get("axis_config") or {}
    figures = [_figures(one.get("data") or []) for one in series]
    top = max((abs(value) for one in figures for value in one.values()), default=0)
    labels = axes.get("categories") or list(figures[0] if figures else [])
    names = [str(one.get("name", "")) for one in series]
    return Chart(
        series=names,
        rows=[(label, [_bar(one.get(label, 0), top) for one in figures]) for label in labels],
        axis=" · ".join(str(axes[key]) for key in ("y_label", "x_label") if axes.get(key)),
        traces=_traces(names, figures, labels) if body.get("type") == "line" else [],
    )


def _traces(names: list[str], figures: list[dict[str, float]], labels: list[str]) -> list[Trace]:
    values = [value for one in figures for value in one.values()]
    lowest, highest = min(values, default=0), max(values, default=0)
    step = WIDTH / max(len(labels), 1)

    def point(place: int, value: float) -> tuple[float, float]:
        share = (value - lowest) / (highest - lowest) if highest > lowest else 0.5
        y = HEIGHT - _EDGE - (HEIGHT - 2 * _EDGE) * share
        return round(step * (place + 0.5), 1), round(y, 1)

    return [
        Trace(
            name=name,
            texts=[format_decimal(one.get(label, 0), locale=LOCALE) for label in labels],
            points=[point(place, one.get(label, 0)) for place, label in enumerate(labels)],
            mark=_MARKS[number % len(_MARKS)],
            dashes=_DASHES[number % len(_DASHES)],
        )
        for number, (name, one) in enumerate(zip(names, figures, strict=True))
    ]


def _pie(segments: list[Json]) -> Chart:
    figures = _figures(segments)
    total = sum(figures.values())
    rows = [(label, [_slice(value, total)]) for label, value in figures.items()]
    return Chart(series=[], rows=rows)


def _figures(points: list[Json]) -> dict[str, float]:
    return {str(point.get("label", "")): float(point.get("value") or 0) for point in points}


def _bar(value: float, top: float) -> Bar:
    share = abs(value) / top * 100 if top else 0
    return Bar(format_decimal(value, locale=LOCALE), round(share, 1))


def _slice(value: float, total: float) -> Bar:
    share = value / total * 100 if total else 0
    return Bar(f"{format_decimal(value, locale=LOCALE)} ({share:.0f} %)", round(share, 1))
