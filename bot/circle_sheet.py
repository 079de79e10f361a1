"""The sheet that the picture of the circle is laid out on, and what stands on it at last.

What it is written as (SVG, PDF) is not decided here. Lengths are in the sheet's own unit.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.circle_finding import Seen, sector_name
from bot.circle_labels import Words
from bot.circle_picture import STEPS, Sector, Style, Way
from bot.circle_places import Point

# How large a dot is at each of the steps, as a part of the way to the next dot.
_SIZES = (0.16, 0.22, 0.29, 0.37)
_LEAST = 7  # of that way: a shorter one does not make them smaller

# The smallest distance between dots at which names have that size.
_NAMES = {64: 21, 42: 17, 28: 14, 0: 12}


@dataclass(frozen=True)
class Sheet:
    """How large it is, where the circle stands on it, and the sizes of its words."""

    width: int
    height: int
    middle: Point
    radius: int
    margin: int = 40
    title: int = 38
    words: int = 19
    side: int = 310  # the room for what is told in a corner
    sector: int = 215  # the widest of a sector's name
    largest: int = 54  # of the ways between dots: where it is longer, they do not grow
    names: Mapping[int, int] = field(default_factory=lambda: _NAMES)

    def name_size(self, pitch: float) -> int:
        """How large names are where dots are so far apart."""
        return next(size for apart, size in self.names.items() if pitch >= apart)

    def radius_of(self, contacts: int, pitch: float) -> float:
        """How large a dot is where the next one is so far away."""
        step = max(place for place, least in enumerate(STEPS) if contacts >= least)
        return _SIZES[step] * max(min(pitch, self.largest), _LEAST)


SCREEN = Sheet(1600, 1300, (800, 702), 535)
# A3, lying: 2400 of its units are 420 mm, and the smallest names are 2 mm high.
A3 = Sheet(
    2400,
    1697,
    (1200, 890),
    700,
    margin=80,
    title=54,
    words=27,
    side=470,
    sector=330,
    largest=60,
    names={64: 24, 42: 20, 28: 16, 18: 13, 0: 12},
)


@dataclass(frozen=True)
class Wanted:
    """Which picture: by what the partners are placed, for whom, and what moved since then."""

    way: Way
    seen: Seen
    since: datetime
    headline: str
    source: str = ""  # where the drawing is from, on paper

    def name(self, sector: Sector) -> str:
        """What the sector is called."""
        return sector_name(self.seen, sector, rooms=self.way is Way.ROOM)


@dataclass(frozen=True)
class Dot:
    """A partner."""

    at: Point
    radius: float
    style: Style


@dataclass(frozen=True)
class Trace:
    """The way of a partner that moved; it ends in the head of an arrow."""

    begin: Point
    end: Point


@dataclass(frozen=True)
class Picture:
    """All that is drawn, from the back to the front."""

    sheet: Sheet
    rings: Sequence[float]  # their radii, the widest first
    spokes: Sequence[tuple[Point, Point]]  # between the sectors
    traces: Sequence[Trace]
    dots: Sequence[Dot]
    words: Sequence[Words]  # of ours, without the names
    names: Sequence[Words]
