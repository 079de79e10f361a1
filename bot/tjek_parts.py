"""What all answered, laid out over as many messages as it takes: the finding first, then the rest.

How many there will be is known when the answers are shown, so that each is put down to be said in
that same moment and none is lost. Lengths are in characters.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from bot.questions import Page
from bot.round_spread import Note
from bot.tjek_round import Outcome, Point

# Up to so many names stand beside each answer, in the first message and its table.
FEW = 6
# Slack refuses a message with more than 13,200 characters in its blocks (measured by users).
ROOM = 9000
# Notes that are read at a glance stand with the finding; more of them come after it.
NOTES_WITH_IT = 1500
MOST_WITH_IT = 12
# A name as it is shown, with the comma after it.
NAME = 26
_AROUND = 500  # a question as it is shown, its answers' names and the space between

# Slack takes fifty blocks in a message, and a few are ours.
_BLOCKS = 40

T = TypeVar("T")


@dataclass(frozen=True)
class Written:
    """One note, and the page it was written to."""

    page: Page
    note: Note


@dataclass(frozen=True)
class Part:
    """One message. The first has the finding; it or the others have these."""

    finding: bool = False
    points: tuple[Point, ...] = ()  # who gave which answer
    notes: tuple[Written, ...] = ()


def parts(outcome: Outcome) -> tuple[Part, ...]:
    """All messages, the finding first."""
    notes = [Written(page, note) for page, given in outcome.notes for note in given]
    length = sum(len(written.note.text) for written in notes)
    with_it = len(notes) <= MOST_WITH_IT and length <= NOTES_WITH_IT
    after = () if with_it else _packed((written, _length(written)) for written in notes)
    each = outcome.answered * NAME + _AROUND
    who = () if outcome.answered <= FEW else _packed((point, each) for point in outcome.points)
    return (
        Part(finding=True, notes=tuple(notes) if with_it else ()),
        *(Part(notes=some) for some in after),
        *(Part(points=some) for some in who),
    )


def _length(written: Written) -> int:
    return len(written.note.text) + _AROUND // 5


def _packed(items: Iterable[tuple[T, int]]) -> Iterator[tuple[T, ...]]:
    """The items, of which there are some, in lots of up to ROOM and no more than _BLOCKS."""
    lot: list[T] = []
    filled = 0
    for item, length in items:
        if lot and (filled + length > ROOM or len(lot) == _BLOCKS):
            yield tuple(lot)
            lot, filled = [], 0
        lot.append(item)
        filled += length
    yield tuple(lot)
