"""Names beside the dots, as many as fit: none covers another, or a dot, or leaves the sheet."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from bot.circle_places import Box, Point
from bot.drawing_width import fitting, legible, width

Anchor = Literal["start", "middle", "end"]

LINE = 1.2  # of the size of a text: from one line's base to the next
_ASCENT = 0.82  # of its size: how far letters reach above their base line, and below it
_DESCENT = 0.24
_LETTERS = 9  # the widest line of a name, in its own height
_AIR = 0.4  # of the size of a name: so much stays free beside it before the next name begins
_GRID = 48  # boxes are looked for in squares of that side

# From the dot: to which side, and how far up or down the middle of the words goes.
_SIDES: Sequence[tuple[Anchor, int]] = (
    ("start", 0),
    ("end", 0),
    ("middle", 1),
    ("middle", -1),
    ("start", 1),
    ("end", 1),
    ("start", -1),
    ("end", -1),
)


@dataclass(frozen=True)
class Words:
    """Lines of text that stand together; x by the anchor, y the first base line."""

    x: float
    y: float
    lines: tuple[str, ...]
    size: float
    anchor: Anchor = "start"
    bold: bool = False

    @property
    def box(self) -> Box:
        """The room they take."""
        wide = max((width(line, self.size, bold=self.bold) for line in self.lines), default=0)
        left = self.x - wide * {"start": 0, "middle": 0.5, "end": 1}[self.anchor]
        last = self.y + (len(self.lines) - 1) * self.size * LINE
        return (
            left,
            self.y - _ASCENT * self.size,
            left + wide,
            last + _DESCENT * self.size,
        )


@dataclass
class Taken:
    """What has its place on the sheet already."""

    sheet: Box
    _held: defaultdict[tuple[int, int], list[Box]] = field(
        default_factory=lambda: defaultdict(list)
    )

    def add(self, *boxes: Box) -> None:
        """These are taken."""
        for box in boxes:
            for square in _squares(box):
                self._held[square].append(box)

    def is_free(self, box: Box) -> bool:
        """Whether it lies on the sheet and on nothing else."""
        left, top, right, bottom = self.sheet
        if box[0] < left or box[1] < top or box[2] > right or box[3] > bottom:
            return False
        return not any(
            overlap(box, other) for square in _squares(box) for other in self._held[square]
        )


@dataclass(frozen=True)
class Named:
    """A dot that has a name; where it `matters`, the name may cover dots if it must."""

    at: Point
    radius: float
    name: str
    matters: bool = False


def labels(
    named: Iterable[Named], size: float, most: int, taken: Taken, dots: Taken
) -> Iterator[Words]:
    """A label for each that has room for one, in this order; of so many lines at the most."""
    for one in named:
        lines = lines_of(one.name, size, size * _LETTERS, most)
        ways = list(_ways(one, lines, size)) if lines else []
        free = [way for way in ways if taken.is_free(way.box)]
        clear = (way for way in free if dots.is_free(way.box))
        found = next(clear, free[0] if free and one.matters else None)
        if found:
            taken.add(_with_air(found))
            yield found


def lines_of(words: str, size: float, room: float, most: int) -> tuple[str, ...]:
    """The words in lines that are no wider; what is left over is cut."""
    lines: list[str] = []
    rest = legible(words)
    while rest and len(lines) < most - 1 and width(rest, size) > room:
        head = _head(rest, size, room)
        if not head:
            break
        lines.append(head)
        rest = rest[len(head) :].lstrip()
    last = fitting(rest, size, room)
    return (*lines, last) if last else tuple(lines)


def overlap(one: Box, other: Box) -> bool:
    """Whether two boxes have anything in common."""
    beside = one[2] <= other[0] or other[2] <= one[0]
    return not (beside or one[3] <= other[1] or other[3] <= one[1])


def _head(words: str, size: float, room: float) -> str:
    """As many whole words as one line takes; a part of a word that has a hyphen, too."""
    ends = [place for place, letter in enumerate(words) if letter == " "]
    ends += [place + 1 for place, letter in enumerate(words) if letter == "-" and place]
    fits = [end for end in ends if width(words[:end], size) <= room]
    return words[: max(fits, default=0)].rstrip()


def _ways(one: Named, lines: tuple[str, ...], size: float) -> Iterator[Words]:
    (x, y), apart = one.at, one.radius + size * 0.3
    high = (len(lines) - 1) * size * LINE
    for anchor, down in _SIDES:
        beside = {"start": apart, "middle": 0.0, "end": -apart}[anchor]
        if down and anchor != "middle":
            beside *= 0.6
        first = y + size * 0.34 - high / 2 + down * (apart + size * 0.35 + high / 2)
        yield Words(x + beside, first, lines, size, anchor)


def _with_air(words: Words) -> Box:
    left, top, right, bottom = words.box
    return left - _AIR * words.size, top, right + _AIR * words.size, bottom


def _squares(box: Box) -> Iterator[tuple[int, int]]:
    left, top, right, bottom = (int(side // _GRID) for side in box)
    for column in range(left, right + 1):
        for line in range(top, bottom + 1):
            yield column, line
