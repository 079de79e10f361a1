"""The pictures that white spots are seen in: a value a row, with counts."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from bot.circle import RINGS, Level
from bot.goal_gap import NOTHING, Dimension, Facts, Gap, Tally, gaps
from bot.partner import Room


class Shows(StrEnum):
    """What a picture sets against each other: one dimension and the levels, or ages and rooms."""

    ROOM = "room"
    AGE = "age"
    KIND = "kind"
    GOAL = "goal"
    ROOM_AGE = "room_age"

    @property
    def dimensions(self) -> tuple[Dimension, ...]:
        """What the rows are, and the columns where those are not the levels."""
        if self is Shows.ROOM_AGE:
            return (Dimension.AGE, Dimension.ROOM)
        return (Dimension(self.value),)


class Counts(StrEnum):
    """Which relations are counted where ages are set against rooms."""

    CLOSER = "closer"  # than the network
    NETWORK = "network"
    COLLABORATION = "collaboration"
    PARTNERSHIP = "partnership"

    def of(self, tally: Tally) -> int:
        """How many of them there are."""
        return tally.closer if self is Counts.CLOSER else tally.at(Level(self.value))


@dataclass(frozen=True)
class Picture:
    """What somebody looks at; an empty branch is the whole house."""

    shows: Shows = Shows.ROOM
    counts: Counts = Counts.CLOSER
    branch: str = ""

    @property
    def value(self) -> str:
        """As a menu's option carries it."""
        return f"{self.shows}.{self.counts}.{self.branch}"

    @classmethod
    def read(cls, value: str) -> Self:
        """The other way round; raises ValueError for what is none."""
        shows, counts, branch = value.split(".", 2)
        return cls(Shows(shows), Counts(counts), branch)


@dataclass(frozen=True)
class Matrix:
    """Rows with a count for each column; the last row, of what is not known, has no value."""

    columns: Sequence[Level | Room]
    rows: Sequence[tuple[str | None, Sequence[int]]]


def matrix(facts: Facts, picture: Picture) -> Matrix:
    """The counts of a picture; of a value that the library does not use any more none."""
    if picture.shows is Shows.ROOM_AGE:
        return _crossed(facts, picture.counts)
    (dimension,) = picture.shows.dimensions
    tallies: list[tuple[str | None, Tally]] = [
        (value, facts.of(dimension, value)) for value in facts.values.get(dimension, ())
    ]
    unknown = facts.whole.without(facts.known(dimension))
    if unknown.all:
        tallies.append((None, unknown))
    return Matrix(RINGS, [(value, [of.at(level) for level in RINGS]) for value, of in tallies])


def _crossed(facts: Facts, counts: Counts) -> Matrix:
    rows = [
        (age, [counts.of(facts.crossed.get((room, age), NOTHING)) for room in Room])
        for age in facts.values.get(Dimension.AGE, ())
    ]
    return Matrix(tuple(Room), rows)


def seen_in(picture: Picture, found: Sequence[Gap]) -> Sequence[Gap]:
    """The white spots that a picture shows, in the same order."""
    return [gap for gap in found if _shown_in(gap) is picture.shows]


def telling(facts: Facts) -> Picture:
    """The picture with the most telling white spot; of rooms where there is none."""
    first = next(iter(gaps(facts)), None)
    return Picture(_shown_in(first) if first else Shows.ROOM, branch=facts.branch)


def _shown_in(gap: Gap) -> Shows:
    crossed = len(gap.places) > 1
    return Shows.ROOM_AGE if crossed else Shows(gap.places[0].dimension.value)
