"""The data_visualization block: pie, bar, line and area charts."""

from collections.abc import Iterator
from typing import Final

from sandbox.limits import LIMITS
from sandbox.validation.places import Place, Problem
from sandbox.validation.shapes import (
    Check,
    Json,
    Shape,
    anything,
    array,
    block_shape,
    number,
    string,
    typed,
)

_LABEL: Final = string(LIMITS["data_visualization.label"])
_AXIS_LABEL: Final = string(LIMITS["data_visualization.axis_label"])
_PARTS: Final = LIMITS["data_visualization.parts"]
_POINTS: Final = LIMITS["data_visualization.points"]


def _positive(segment: Json, at: Place) -> Iterator[Problem]:
    if segment["value"] <= 0:
        yield (at / "value").refuse("out_of_range", "must be greater than 0", 0)


def _unique_names(chart: Json, at: Place) -> Iterator[Problem]:
    names = [series["name"] for series in chart["series"]]
    for index, name in enumerate(names):
        if name in names[:index]:
            place = at / "series" / index / "name"
            yield place.refuse("duplicate", f"name must be unique: {name}", name)


def _unique_categories(axis: Json, at: Place) -> Iterator[Problem]:
    categories = axis["categories"]
    for index, category in enumerate(categories):
        if category in categories[:index]:
            place = at / "categories" / index
            yield place.refuse("duplicate", f"category must be unique: {category}", category)


def _covered(chart: Json, at: Place) -> Iterator[Problem]:
    categories = sorted(chart["axis_config"]["categories"])
    for index, series in enumerate(chart["series"]):
        if sorted(point["label"] for point in series["data"]) != categories:
            sentence = "must have exactly one point for each category"
            place = at / "series" / index / "data"
            yield place.refuse("unequal_rows", sentence, categories)


_SEGMENT: Final = Shape({"label": _LABEL, "value": number}, {}, (_positive,))
_POINT: Final = Shape({"label": _LABEL, "value": number}, {})
_SERIES: Final = Shape({"name": _LABEL, "data": array(_POINT, _POINTS)}, {})
_AXIS: Final = Shape(
    {"categories": array(_LABEL, _POINTS)},
    {"x_label": _AXIS_LABEL, "y_label": _AXIS_LABEL},
    (_unique_categories,),
)
_PIE: Final = Shape({"type": anything, "segments": array(_SEGMENT, _PARTS)}, {})
_SERIES_CHART: Final = Shape(
    {"type": anything, "series": array(_SERIES, _PARTS), "axis_config": _AXIS},
    {},
    (_unique_names, _covered),
)
_CHARTS: Final[dict[str, Check]] = {
    "pie": _PIE,
    "bar": _SERIES_CHART,
    "line": _SERIES_CHART,
    "area": _SERIES_CHART,
}

DATA_VISUALIZATION: Final = block_shape(
    {
        "title": string(LIMITS["data_visualization.title"]),
        "chart": typed(_CHARTS),
    },
    {},
)
