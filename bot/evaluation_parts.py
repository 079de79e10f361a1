"""The result of an evaluation over as many messages as it takes, so that nothing is cut off.

How many there will be is known when the answers are shown, as with a check (bot/tjek_parts.py).
Lengths are in characters.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from bot.evaluation_result import Result, Written
from bot.evaluation_trend import Chart, charts

# Slack refuses a message with more than 13,200 characters in its blocks (measured by users): three
# notes of 3,000, each with its question, leave room for what is ours.
ROOM = 9500
# What is read at a glance stands with the finding; the rest comes after it.
_AT_A_GLANCE = 1500
_MOST_AT_A_GLANCE = 12
# Slack takes fifty blocks in a message and two charts.
_BLOCKS = 40
_CHARTS = 2
_AROUND = 60  # who writes, and the quotes

_Item = TypeVar("_Item")


@dataclass(frozen=True)
class Part:
    """One message. The first leads: the figures, what to talk about, and the decision."""

    leads: bool = False
    written: tuple[Written, ...] = ()
    charts: tuple[Chart, ...] = ()


def parts(result: Result) -> tuple[Part, ...]:
    """All messages; one that leads even where there is nothing to show."""
    after = charts(result.courses)
    lots = (after[start : start + _CHARTS] for start in range(0, len(after), _CHARTS))
    return (*pages(result), *(Part(charts=lot) for lot in lots))


def pages(result: Result) -> tuple[Part, ...]:
    """The same without charts, for what does not take them."""
    written = _talk_first(result)
    glance = _at_a_glance(written)
    lots = packed(written[glance:], _length)
    return (Part(leads=True, written=tuple(written[:glance])), *(Part(written=lot) for lot in lots))


def packed(items: Iterable[_Item], length: Callable[[_Item], int]) -> Iterator[tuple[_Item, ...]]:
    """The items in lots that one message, or one page of a modal, has room for."""
    lot: list[_Item] = []
    filled = 0
    for item in items:
        if lot and (filled + length(item) > ROOM or len(lot) == _BLOCKS):
            yield tuple(lot)
            lot, filled = [], 0
        lot.append(item)
        filled += length(item)
    if lot:
        yield tuple(lot)


def _talk_first(result: Result) -> list[Written]:
    """What was written about what to talk about, in that order, and then the rest."""
    places = {one.about.question.id: place for place, one in enumerate(result.to_talk_about)}
    last = len(places)
    return sorted(
        result.written, key=lambda one: places.get(one.about.id, last) if one.about else last
    )


def _at_a_glance(written: Sequence[Written]) -> int:
    """How many of them, from the first, stand with the finding."""
    length = 0
    for number, one in enumerate(written[:_MOST_AT_A_GLANCE]):
        length += len(one.text)
        if length > _AT_A_GLANCE:
            return number
    return min(len(written), _MOST_AT_A_GLANCE)


def _length(one: Written) -> int:
    question = max(len(one.about.text.da), len(one.about.text.en)) if one.about else 0
    return len(one.text) + question + _AROUND
