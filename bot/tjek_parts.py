"""What all answered, laid out over as many messages as it takes: the finding first, then the rest.

How many there will be is known when the answers are shown, so that each is put down to be said in
that same moment and none is lost. Lengths are in characters, and the most that names may take.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from bot.questions import Page
from bot.round_spread import Group, Note
from bot.tjek_round import Outcome, Point

# Up to so many names stand beside each answer, in the first message and its lists.
FEW = 6
# With more questions than this, a list with names beside each of them fills a message by itself.
FEW_QUESTIONS = 20
# What to talk about first: more is no talk any more, and the first screen of a telephone is full.
FIRST = 3
# Slack refuses a message with more than 13,200 characters in its blocks (measured by users).
ROOM = 9000
# Notes that are read at a glance stand with the finding; more of them come after it.
NOTES_WITH_IT = 1500
MOST_WITH_IT = 12
# A modal takes a hundred blocks, and the questions are among them.
MOST_AT_ONCE = 25
# A name as it is shown, with the comma after it.
NAME = 26
_AROUND = 500  # a question as it is shown, its answers' words and the space between

# Slack takes fifty blocks in a message, and a few are ours.
_BLOCKS = 40


@dataclass(frozen=True)
class Written:
    """One note, and the page it was written to."""

    page: Page
    note: Note


@dataclass(frozen=True)
class Part:
    """One message. The first has the finding, the last all answers in figures."""

    finding: bool = False
    points: tuple[Point, ...] = ()  # who gave which answer
    notes: tuple[Written, ...] = ()
    figures: bool = False


def parts(outcome: Outcome) -> tuple[Part, ...]:
    """All messages: the widest spread first, with what was written about it, and then the rest."""
    notes = [Written(page, note) for page, given in outcome.notes for note in given]
    with_it = _at_a_glance(notes)
    first = Part(finding=True, points=outcome.apart[:FIRST], notes=tuple(notes[:with_it]))
    after = _packed([*_points_after(outcome), *notes[with_it:]], outcome.answered)
    *others, last = first, *after
    return (*others, replace(last, figures=True))


def at_once(outcome: Outcome) -> Part:
    """All of it in one, where the thread does not have it; of many notes the first."""
    notes = [Written(page, note) for page, given in outcome.notes for note in given]
    return Part(finding=True, points=outcome.apart, notes=tuple(notes[:MOST_AT_ONCE]))


def crowded(outcome: Outcome) -> bool:
    """Whether the first message has figures, and all names come after it."""
    return outcome.answered > FEW or len(outcome.points) > FEW_QUESTIONS


def _points_after(outcome: Outcome) -> tuple[Point, ...]:
    if not crowded(outcome):
        return outcome.apart[FIRST:]
    others = (point for point in outcome.points if point.spread.group is not Group.APART)
    return (*outcome.apart, *others)


def _at_a_glance(notes: Sequence[Written]) -> int:
    """How many of the notes, from the first, stand with the finding."""
    length = 0
    for number, written in enumerate(notes):
        length += len(written.note.text)
        if number == MOST_WITH_IT or length > NOTES_WITH_IT:
            return number
    return len(notes)


def _packed(items: Iterable[Point | Written], people: int) -> Iterator[Part]:
    """The items in lots of up to ROOM and no more than _BLOCKS."""
    lot: list[Point | Written] = []
    filled = 0
    for item in items:
        length = _length(item, people)
        if lot and (filled + length > ROOM or len(lot) == _BLOCKS):
            yield _part(lot)
            lot, filled = [], 0
        lot.append(item)
        filled += length
    if lot:
        yield _part(lot)


def _length(item: Point | Written, people: int) -> int:
    if isinstance(item, Written):
        return len(item.note.text) + _AROUND // 5
    return people * NAME + _AROUND


def _part(lot: Iterable[Point | Written]) -> Part:
    return Part(
        points=tuple(item for item in lot if isinstance(item, Point)),
        notes=tuple(item for item in lot if isinstance(item, Written)),
    )
