"""What Home shows of the whole house: the circle, and for the coordinator what lacks somebody.

Numbers are of relations; none is anybody's.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from bot.circle import Level, Move
from bot.circle_picture import Missing, Shown
from bot.partner import Status

# An old friend needs nobody, and one that rests has been put to rest. With the network, which the
# leader's page leaves out: the coordinator finds somebody for them, too. Whose responsible has left
# Slack is not among them; Home tells that beside, by colleague.
WANTS_SOMEBODY = (Status.ACTIVE, Status.POSSIBLE)


class Which(StrEnum):
    """A list of partners that the coordinator can look through."""

    UNHELD = "unheld"  # nobody is responsible
    ON_OFFER = "on_offer"  # a colleague is asked to take them over


@dataclass(frozen=True)
class Figures:
    """The relations of the house."""

    levels: Mapping[Level, int] = field(default_factory=dict)
    unheld: int = 0

    @property
    def number(self) -> int:
        """How many are in the circle."""
        return sum(self.levels.values())


@dataclass(frozen=True)
class Duties:
    """What the coordinator sees to besides what waits for her."""

    unheld: int = 0
    on_offer: int = 0
    uninformed: int = 0  # contact persons still to be told
    to_sort: int = 0  # partners of whom something is not known
    evaluations: int = 0  # open rounds
    plans_the_year: bool = False  # once the bot is switched on


@dataclass(frozen=True)
class Moved:
    """Where a partner has come from and where to, as one move."""

    move: Move
    name: str


@dataclass(frozen=True)
class Circle:
    """The friends of the house, for whoever works here."""

    figures: Figures = field(default_factory=Figures)
    moved: Sequence[Moved] = ()  # in the picture's month, the last first
    more: int = 0  # moved besides these
    picture: Shown | Missing | None = None  # None: not looked for yet
