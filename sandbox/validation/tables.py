"""The table and data_table blocks: rows of cells."""

from collections.abc import Iterator
from typing import Final

from sandbox.limits import LIMITS, SOME
from sandbox.validation.places import Place, Problem
from sandbox.validation.rich_text import RICH_TEXT
from sandbox.validation.shapes import (
    Check,
    Json,
    Shape,
    anything,
    array,
    block_shape,
    boolean,
    integer,
    number,
    one_of,
    string,
    typed,
)
from sandbox.validation.texts import NAME
from sandbox.validation.walk import text_length

_CELLS: Final[dict[str, Check]] = {
    # An empty cell needs a space: Slack refuses an empty text here too.
    "raw_text": Shape({"type": anything, "text": NAME}, {"emoji": boolean}),
    "raw_number": Shape({"type": anything, "value": number}, {"text": NAME}),
    "rich_text": RICH_TEXT,
}
_CELL: Final = typed(_CELLS)
_COLUMN: Final = Shape({}, {"align": one_of("left", "center", "right"), "is_wrapped": boolean})


def _column(value: object, at: Place) -> Iterator[Problem]:
    """Accept settings of a column; null leaves that column as it is."""
    if value is not None:
        yield from _COLUMN(value, at)


def _content(block: Json, at: Place) -> Iterator[Problem]:
    limit = LIMITS["table.content"].most
    if text_length(block["rows"]) > limit:
        sentence = f"all cells together must be less than {limit + 1} characters"
        yield (at / "rows").refuse("too_long", sentence, limit)


def _rectangular(block: Json, at: Place) -> Iterator[Problem]:
    width = len(block["rows"][0])
    for index, row in enumerate(block["rows"]):
        if len(row) != width:
            sentence = f"all rows must have {width} cells"
            yield (at / "rows" / index).refuse("unequal_rows", sentence, width)
    header = block.get("row_header_column_index", 0)
    if header >= width:
        place = at / "row_header_column_index"
        yield place.refuse("out_of_range", f"must be less than {width}", width - 1)


def _plain_header(block: Json, at: Place) -> Iterator[Problem]:
    for index, cell in enumerate(block["rows"][0]):
        if cell["type"] == "rich_text":
            place = at / "rows" / 0 / index / "type"
            yield place.refuse("not_allowed_here", "unsupported type: rich_text")


TABLE: Final = block_shape(
    {"rows": array(array(_CELL, LIMITS["table.columns"]), LIMITS["table.rows"])},
    {"column_settings": array(_column, LIMITS["table.columns"])},
    _content,
)
DATA_TABLE: Final = block_shape(
    {
        "caption": string(SOME),
        "rows": array(array(_CELL, LIMITS["data_table.columns"]), LIMITS["data_table.rows"]),
    },
    {
        "page_size": integer(LIMITS["data_table.page_size"]),
        "row_header_column_index": integer(LIMITS["data_table.header_column"]),
    },
    _rectangular,
    _plain_header,
)
