"""The leader's page: what a quarter has moved, what was said no to and why, what is to be decided.

One screen, read in two minutes, and only by those who have chosen it. No figure is about a
colleague.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.circle import Move, net

# What fits on a screen beside the rest; what is left is counted, and stands on the cards.
MOVES = 5
NOES = 3
NAMED = 3  # in each line of what is to be decided
# Who is on holiday on the morning itself gets it when she is back; later it is no news.
FRESH = timedelta(days=42)

_MONTHS = 3
_QUARTERS = 4
_DAY = timedelta(days=1)


@dataclass(frozen=True, order=True)
class Quarter:
    """Three months of a year; `number` from 1 to 4."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> "Quarter":
        """The one in which that day lies."""
        return cls(day.year, (day.month - 1) // _MONTHS + 1)

    @classmethod
    def read(cls, key: str) -> "Quarter":
        """As a button carries it."""
        year, _, number = key.partition("-Q")
        return cls(int(year), int(number))

    @property
    def key(self) -> str:
        """2026-Q4."""
        return f"{self.year}-Q{self.number}"

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, (self.number - 1) * _MONTHS + 1, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        return self.after.first - _DAY

    @property
    def before(self) -> "Quarter":
        """The one before it."""
        return Quarter.of(self.first - _DAY)

    @property
    def after(self) -> "Quarter":
        """The one after it."""
        if self.number == _QUARTERS:
            return Quarter(self.year + 1, 1)
        return Quarter(self.year, self.number + 1)


class Needs(StrEnum):
    """What waits for a decision, in the order in which it is told."""

    TRIAL = "trial"  # its day has come, or comes within the quarter
    EVALUATION = "evaluation"  # the answers are shown, and nothing is decided
    LOW = "low"  # the results were low twice running
    UNANSWERED = "unanswered"  # nobody answered an evaluation, or too few to show it
    AGREEMENT = "agreement"  # it ends within the quarter
    NOBODY = "nobody"  # we do something together, and nobody is responsible


@dataclass(frozen=True)
class Waiting:
    """One relation that waits for a decision, and until when, if there is a day."""

    needs: Needs
    partner_id: int
    on: date | None = None


@dataclass(frozen=True)
class No:
    """A check that ended with a friendly no, and the reason as it has it."""

    check_id: int
    what: str  # the partner, or the idea
    idea: str  # beside the partner's name; may be empty
    reason: str
    at: datetime
    partner_id: int | None = None


@dataclass(frozen=True)
class Count:
    """A quarter in three figures."""

    contacts: int = 0
    contacted: int = 0  # how many partners
    new: int = 0  # partners that colleagues have added


@dataclass(frozen=True)
class Facts:
    """What there is to tell of a quarter, in any order."""

    moves: Sequence[Move] = ()
    noes: Sequence[No] = ()
    waiting: Sequence[Waiting] = ()
    count: Count = Count()
    before: Count = Count()  # of the quarter before


@dataclass(frozen=True)
class Page:
    """What stands on it."""

    quarter: Quarter
    until: date  # the last day that is told of
    inwards: int  # how many partners are further in than before, and out
    outwards: int
    moves: tuple[Move, ...]
    more_moves: int
    noes: tuple[No, ...]
    more_noes: int
    waiting: Mapping[Needs, tuple[Waiting, ...]]
    count: Count
    before: Count
    names: Mapping[int, str] = field(default_factory=dict)  # of the `shown`

    @property
    def shown(self) -> tuple[int, ...]:
        """The partners that stand on it, each once, in this order."""
        numbers = [move.partner_id for move in self.moves]
        numbers += [one.partner_id for one in self.noes if one.partner_id]
        for found in self.waiting.values():
            numbers += [one.partner_id for one in found[:NAMED]]
        return tuple(dict.fromkeys(numbers))


def page(quarter: Quarter, facts: Facts, today: date) -> Page:
    """The page of that quarter, as it is told today."""
    moves = net(facts.moves)
    inwards = sum(move.inwards for move in moves)
    noes = sorted(facts.noes, key=lambda one: (one.at, one.check_id), reverse=True)
    return Page(
        quarter,
        min(today, quarter.last),
        inwards,
        len(moves) - inwards,
        tuple(moves[:MOVES]),
        max(0, len(moves) - MOVES),
        tuple(noes[:NOES]),
        max(0, len(noes) - NOES),
        _by_need(facts.waiting),
        facts.count,
        facts.before,
    )


def is_empty(told: Page) -> bool:
    """Whether there is nothing that a leader would want to be written to about."""
    return not (told.moves or told.noes or told.waiting)


def asks(quarter: Quarter, today: date) -> bool:
    """Whether its page says what is to be decided: that is today's, and no old quarter's."""
    return quarter == Quarter.of(today)


def _by_need(waiting: Iterable[Waiting]) -> Mapping[Needs, tuple[Waiting, ...]]:
    """The soonest first, and each relation once: where a decision is most urgent."""
    order = list(Needs)
    ordered = sorted(waiting, key=lambda one: (order.index(one.needs), one.on or date.max))
    told: dict[int, Waiting] = {}
    for one in ordered:
        told.setdefault(one.partner_id, one)
    found = {needs: tuple(one for one in told.values() if one.needs is needs) for needs in Needs}
    return {needs: those for needs, those in found.items() if those}
