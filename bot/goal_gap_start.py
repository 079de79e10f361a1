"""Who could be a start where there is a white spot."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.goal_gap import Dimension, Facts, Gap, Place
from bot.partner import Kind
from bot.text import words

# Whom somebody works with is harder to change than where; a keyword is a hint.
WEIGHT = {Dimension.AGE: 3, Dimension.GOAL: 3, Dimension.KIND: 2, Dimension.ROOM: 2}
HINT = 1
# Shorter ones ("for", "alle") stand in too many names of goals.
_SHORTEST_HINT = 5


@dataclass(frozen=True)
class Starter:
    """A partner that could be a start, which of the gap's places it is in already, and who asks.

    `known_by`: all of us who are tied to it, the responsible first; `counted`: it is in all of the
    gap's places, and of its branch where it has one, so the gap's sentence counts it.
    """

    id: int
    name: str
    kind: Kind | None = None
    branch: str = ""
    possible: bool = False
    fits: tuple[Place, ...] = ()  # none: a keyword of its own is in the name of the place
    known_by: tuple[str, ...] = ()
    counted: bool = True


def is_listed(facts: Facts, gap: Gap) -> bool:
    """Whether the library still sorts by what the gap names."""
    return all(place.value in facts.values.get(place.dimension, ()) for place in gap.places)


def has_nobody_near(facts: Facts, gap: Gap) -> bool:
    """Whether nobody could be a start in any of its places; of a branch that is not known here.

    A keyword may still point there, which is a hint and nobody who fits.
    """
    there = [facts.of(place.dimension, place.value) for place in gap.places]
    return not gap.branch and not any(replace(gap, there=one).starts for one in there)


def hints(gap: Gap) -> Sequence[str]:
    """The words of the library's own that a keyword may share: those of its ages and goals."""
    named = (Dimension.AGE, Dimension.GOAL)
    typed = [word for one in gap.places if one.dimension in named for word in words(one.value)]
    return sorted({word for word in typed if len(word) >= _SHORTEST_HINT and word.isalpha()})
