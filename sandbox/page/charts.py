"""Charts and tables as rows of cells: the page draws them as tables with bars."""

from dataclasses import dataclass
from typing import Any

from babel.numbers import format_decimal

from sandbox.page.dates import LOCALE

Json = dict[str, Any]


@dataclass(frozen=True)
class Bar:
    """One figure: its text, and its share of the largest in percent."""

    text: str
    share: float


@dataclass(frozen=True)
class Chart:
    """A chart: the names of its series, and one row of bars per label."""

    series: list[str]
    rows: list[tuple[str, list[Bar]]]
    axis: str = ""


def chart_of(body: Json) -> Chart:
    """The chart of a data_visualization block, whatever its kind."""
    if body.get("type") == "pie":
        return _pie(body.get("segments") or [])
    series = body.get("series") or []
    axes = body.get("axis_config") or {}
    figures = [_figures(one.get("data") or []) for one in series]
    top = max((abs(value) for one in figures for value in one.values()), default=0)
    labels = axes.get("categories") or list(figures[0] if figures else [])
    return Chart(
        series=[str(one.get("name", "")) for one in series],
        rows=[(label, [_bar(one.get(label, 0), top) for one in figures]) for label in labels],
        axis=" · ".join(str(axes[key]) for key in ("y_label", "x_label") if axes.get(key)),
    )


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
