"""What must hold for a view or message as a whole, across its blocks."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final

from sandbox.limits import LIMITS
from sandbox.validation.places import Place, Problem
from sandbox.validation.shapes import Json
from sandbox.validation.walk import blocks_in, elements_in, text_length, without_nested

_Spots = Iterable[tuple[Json, Place]]

# Tables have limits of their own for the text in their cells.
_OWN_LIMIT: Final = ("table", "data_table")


def _unique(spots: _Spots, name: str) -> Iterator[Problem]:
    seen: set[str] = set()
    for thing, place in spots:
        value = thing.get(name)
        if not isinstance(value, str):
            continue
        if value in seen:
            yield (place / name).refuse("duplicate", f"{name} must be unique: {value}", value)
        seen.add(value)


def _one_focus(elements: _Spots) -> Iterator[Problem]:
    limit = LIMITS["focus_on_load"].most
    focused = [place for element, place in elements if element.get("focus_on_load") is True]
    for place in focused[limit:]:
        sentence = "only one element can have focus on load"
        yield (place / "focus_on_load").refuse("too_many", sentence, limit)


def check_whole(blocks: object, at: Place) -> Iterator[Problem]:
    """Check block_ids, action_ids and focus across the blocks of a view."""
    yield from _across(list(blocks_in(blocks, at)))


def _across(blocks: list[tuple[Json, Place]]) -> Iterator[Problem]:
    elements = [found for block, place in blocks for found in elements_in(block, place)]
    yield from _unique(blocks, "block_id")
    yield from _unique(elements, "action_id")
    yield from _one_focus(elements)


def check_whole_message(lists: Iterable[tuple[object, Place]]) -> Iterator[Problem]:
    """Check what a message's blocks and those of its attachments may not exceed together."""
    blocks = [found for values, at in lists for found in blocks_in(values, at)]
    yield from _across(blocks)
    yield from _counts(blocks)
    yield from _lengths(blocks)


def _counts(blocks: list[tuple[Json, Place]]) -> Iterator[Problem]:
    kinds = Counter(block["type"] for block, _ in blocks if isinstance(block.get("type"), str))
    tables = LIMITS["message.tables"].most
    if kinds["table"] > tables:
        place = _last(blocks, "table")
        yield place.refuse("only_one_table_allowed", "only one table allowed", tables)
    charts = LIMITS["message.charts"].most
    if kinds["data_visualization"] > charts:
        sentence = f"no more than {charts} data_visualization blocks allowed"
        yield _last(blocks, "data_visualization").refuse("too_many", sentence, charts)


def _last(blocks: list[tuple[Json, Place]], kind: str) -> Place:
    return [place for block, place in blocks if block.get("type") == kind][-1]


def _lengths(blocks: list[tuple[Json, Place]]) -> Iterator[Problem]:
    total: Counter[str] = Counter()
    for block, _ in blocks:
        kind = block.get("type")
        total[kind if isinstance(kind, str) else ""] += text_length(without_nested(block))
    sums = {
        "message.markdown": total["markdown"],
        "message.data_tables": total["data_table"],
        "message.blocks_text": sum(n for kind, n in total.items() if kind not in _OWN_LIMIT),
    }
    for name, length in sums.items():
        most = LIMITS[name].most
        if length > most:
            sentence = f"{name.partition('.')[2]} must be less than {most + 1} characters in all"
            yield Place("/blocks", "message").refuse("blocks_too_long", sentence, most)
