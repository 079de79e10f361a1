"""White spots: where a library has no collaborations, and which of them tell the most.

After the mapping in Byg partnerskaber! (pages 21-24 and 33-35): who it is for and which room it is
in, set against how close the relations are. Of partners only: there is no figure per colleague.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from typing import Self

from bot.circle import Level
from bot.partner import Kind, Room

# Of fewer relations than these most places are empty by chance.
ENOUGH = 5
# Where as many would expect none, an empty place is no surprise, unless somebody could be a start.
EXPECTED = 0.5
# Three to choose between are enough; of more an empty place does not tell more.
CHOICE = 3

# Nobody looks for people by themselves, and a grant is no partnership (Byg partnerskaber!, p. 13).
NOT_SOUGHT = frozenset({Kind.INDIVIDUAL, Kind.FOUNDATION})


class Dimension(StrEnum):
    """What relations are sorted by."""

    ROOM = "room"
    AGE = "age"
    KIND = "kind"
    GOAL = "goal"


@dataclass(frozen=True)
class Tally:
    """How many relations there are; `starts`: who could be a start, in the network or possible."""

    network: int = 0
    collaboration: int = 0
    partnership: int = 0
    starts: int = 0
    told_no: int = 0  # of the collaborations, for now

    @property
    def closer(self) -> int:
        """Those closer than the network."""
        return self.collaboration + self.partnership

    @property
    def all(self) -> int:
        """Those in the circle; who is only possible is not."""
        return self.network + self.closer

    def at(self, level: Level) -> int:
        """Those of one level."""
        return {
            Level.NETWORK: self.network,
            Level.COLLABORATION: self.collaboration,
            Level.PARTNERSHIP: self.partnership,
        }[level]

    def without(self, other: "Tally") -> "Tally":
        """What is left without those."""
        return Tally(
            self.network - other.network,
            self.collaboration - other.collaboration,
            self.partnership - other.partnership,
            self.starts - other.starts,
            self.told_no - other.told_no,
        )


NOTHING = Tally()


@dataclass(frozen=True)
class Facts:
    """What the pictures are made of, of one branch or of the whole house (an empty one).

    `values` are the library's own, in its order; `stated` counts those of whom it is known at all.
    """

    branch: str = ""
    whole: Tally = NOTHING
    values: Mapping[Dimension, Sequence[str]] = field(default_factory=dict)
    counted: Mapping[Dimension, Mapping[str, Tally]] = field(default_factory=dict)
    stated: Mapping[Dimension, Tally] = field(default_factory=dict)
    crossed: Mapping[tuple[str, str], Tally] = field(default_factory=dict)  # by room and age
    crossed_stated: Tally = NOTHING  # those of whom both are known

    def of(self, dimension: Dimension, value: str) -> Tally:
        """How many there are in one place."""
        return self.counted.get(dimension, {}).get(value, NOTHING)

    def known(self, dimension: Dimension) -> Tally:
        """Of how many it is known."""
        return self.stated.get(dimension, NOTHING)


@dataclass(frozen=True)
class Place:
    """Where something may be missing."""

    dimension: Dimension
    value: str

    @classmethod
    def read(cls, dimension: str, value: str) -> Self:
        """The place of a key; raises ValueError for what is none."""
        known = {Dimension.ROOM: Room, Dimension.KIND: Kind}.get(Dimension(dimension), str)
        return cls(Dimension(dimension), known(value))


@dataclass(frozen=True)
class Gap:
    """A white spot; `there` is what stands in the place now, and does not make it another gap.

    It lacks a collaboration (and has no partnership either), or a partnership.
    """

    lacks: Level
    places: tuple[Place, ...]  # one, or an age and a room
    branch: str = ""
    there: Tally = field(default=NOTHING, compare=False)

    @property
    def key(self) -> str:
        """The gap as text: a button's value, and what a digest remembers."""
        places = [[place.dimension.value, place.value] for place in self.places]
        return json.dumps([self.lacks.value, places, self.branch], ensure_ascii=False)

    @classmethod
    def read(cls, key: str) -> Self:
        """The gap of a key; raises ValueError for what is none."""
        try:
            lacks, ((name, value), *others), branch = json.loads(key)
            places = (Place.read(name, value), *(Place.read(*one) for one in others))
            return cls(Level(lacks), places, str(branch))
        except TypeError as error:  # JSON of another shape
            raise ValueError(key) from error

    @property
    def starts(self) -> int:
        """How many could be a start: for a partnership those that we collaborate with."""
        there = self.there
        closer = self.lacks is Level.PARTNERSHIP
        return there.collaboration - there.told_no if closer else there.starts


def standing(facts: Facts, gap: Gap) -> Tally:
    """What stands in the gap's place now."""
    values = {place.dimension: place.value for place in gap.places}
    if len(values) > 1:
        both = (values.get(Dimension.ROOM, ""), values.get(Dimension.AGE, ""))
        return facts.crossed.get(both, NOTHING)
    ((dimension, value),) = values.items()
    return facts.of(dimension, value)


def is_filled(gap: Gap, now: Tally) -> bool:
    """Whether what the gap lacked is there."""
    return bool(now.partnership if gap.lacks is Level.PARTNERSHIP else now.closer)


def is_sparse(facts: Facts, dimension: Dimension) -> bool:
    """Whether so little is known that the picture would lead astray: of less than half."""
    known = facts.known(dimension)
    return known.all * 2 < facts.whole.all or known.closer * 2 < facts.whole.closer


def gaps(facts: Facts) -> Sequence[Gap]:
    """The white spots, the most telling first.

    An age, a room or a goal without any collaboration; then an age in a room; then a sort of
    organisation, which may be missing for good reasons; then where there are collaborations and no
    partnership. In each, first where the most could be a start, and then where one would expect the
    most. What is not known is not called empty.
    """
    if facts.whole.closer < ENOUGH:
        return ()
    found = [*_empty(facts), *_crossed(facts), *_without_partnership(facts)]
    return tuple(gap for _, gap in sorted(found, key=lambda one: one[0]))


class _Order(IntEnum):
    EMPTY = 0
    CROSSED = 1
    KIND = 2
    PARTNERSHIP = 3


_Ranked = tuple[tuple[_Order, int, float], Gap]


def _empty(facts: Facts) -> Iterator[_Ranked]:
    for place, there in _places(facts):
        if not there.closer:
            expected = facts.known(place.dimension).closer / len(facts.values[place.dimension])
            gap = Gap(Level.COLLABORATION, (place,), facts.branch, there)
            order = _Order.KIND if place.dimension is Dimension.KIND else _Order.EMPTY
            yield _ranked(order, gap, expected)


def _crossed(facts: Facts) -> Iterator[_Ranked]:
    """An age in a room; where the age or the room has nothing at all, that is said already."""
    both = facts.crossed_stated.closer
    if both * 2 < facts.whole.closer:
        return
    for room in facts.values.get(Dimension.ROOM, ()):
        for age in facts.values.get(Dimension.AGE, ()):
            there = facts.crossed.get((room, age), NOTHING)
            beside = facts.of(Dimension.ROOM, room).closer * facts.of(Dimension.AGE, age).closer
            expected = beside / both
            if there.closer or not beside or not (there.starts or expected >= EXPECTED):
                continue
            places = (Place(Dimension.AGE, age), Place(Dimension.ROOM, room))
            gap = Gap(Level.COLLABORATION, places, facts.branch, there)
            yield _ranked(_Order.CROSSED, gap, expected)


def _without_partnership(facts: Facts) -> Iterator[_Ranked]:
    """Where the library has partnerships elsewhere, or it is not what it looks for."""
    if not facts.whole.partnership:
        return
    for place, there in _places(facts):
        if there.collaboration and not there.partnership:
            gap = Gap(Level.PARTNERSHIP, (place,), facts.branch, there)
            yield _ranked(_Order.PARTNERSHIP, gap, there.collaboration)


def _ranked(order: _Order, gap: Gap, expected: float) -> _Ranked:
    return (order, -min(gap.starts, CHOICE), -expected), gap


def _places(facts: Facts) -> Iterator[tuple[Place, Tally]]:
    for dimension, values in facts.values.items():
        if facts.known(dimension).closer * 2 < facts.whole.closer:
            continue
        for value in values:
            if value not in NOT_SOUGHT:
                yield Place(dimension, value), facts.of(dimension, value)
