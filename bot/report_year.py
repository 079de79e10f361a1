"""The figures of a year: each relation counted where it stood, and each change with its reason.

Everything comes from history and in a fixed order, so the same year gives the same figures next
year. No figure is about a colleague.
"""

import itertools
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from bot.circle import Why
from bot.circle_trial import Outcome
from bot.contact import Kind as How
from bot.errors import UserError
from bot.report_life import Card, Cause, Life, Place
from bot.timetable import Calendar
from bot.tjek import Decision
from bot.translation import mark

# Who was on holiday between Christmas and Epiphany notes in January what was in December; what is
# noted or taken back later changes no year that is told already.
NOTED_LATE = timedelta(days=31)

NOTHING = mark("There is nothing in the register yet, so there is nothing to report.")
TO_COME = mark("{year} has not begun. The last year with figures is {last}.")
BEFORE = mark("The register begins on {day}. There are no figures of {year}.")

_DAY = timedelta(days=1)


class Other(StrEnum):
    """What adds a relation or takes one away, besides what we do together."""

    ARCHIVED = "archived"
    BACK = "back"  # out of the archive
    MADE_ONE = "made_one"
    SORT = "sort"  # from partner to sponsor, say, or the other way


@dataclass(frozen=True)
class Year:
    """The days that are counted, both ends included; `since` is the register's first."""

    number: int
    first: date
    last: date
    since: date
    calendar: Calendar

    @property
    def over(self) -> bool:
        """Whether it is told to its end."""
        return self.last == date(self.number, 12, 31)

    @property
    def start(self) -> datetime:
        """Its first moment."""
        return self.calendar.moment(self.first, time())

    @property
    def end(self) -> datetime:
        """The first moment after it."""
        return self.calendar.moment(self.last + _DAY, time())


@dataclass(frozen=True)
class Way:
    """A way that relations have gone, and why."""

    before: Place
    after: Place
    why: Why | Cause


@dataclass
class Account:
    """One place over the year: `start` with all that came, without all that left, is `end`."""

    start: int = 0
    new: int = 0
    came: int = 0
    left: int = 0
    other: int = 0  # with its sign
    end: int = 0


@dataclass(frozen=True)
class Evaluated:
    """What has come of the evaluations whose answers were shown."""

    held: int = 0
    asked: int = 0  # of these, how many the partner was asked in
    answered: int = 0  # by the partner
    decided: Mapping[str, int] = field(default_factory=dict)  # "" where nothing was decided
    steps: int = 0
    done: int = 0


@dataclass(frozen=True)
class Happened:
    """What is counted beside the lives of the cards."""

    contacts: Mapping[How, int] = field(default_factory=dict)
    contacted: int = 0  # how many partners
    checks: Mapping[Decision, int] = field(default_factory=dict)
    noes: Mapping[str, int] = field(default_factory=dict)  # by the letter's reasons
    unsaid: int = 0  # noes of which no answer says why
    evaluated: Evaluated = Evaluated()
    trials: int = 0  # begun
    outcomes: Mapping[Outcome, int] = field(default_factory=dict)
    running: int = 0  # trials, at the end
    told: int = 0  # steps of before the card was here, which came with a file


@dataclass(frozen=True)
class Figures:
    """All that is told of a year."""

    year: Year
    accounts: Mapping[Place, Account]
    ways: Sequence[tuple[Way, int]]
    others: Sequence[tuple[Other, Place, int]]
    new: Mapping[Cause, int]
    cards: Sequence[tuple[Card, Place]]  # at the end
    happened: Happened


def checked_year(number: int, since: date | None, today: date, calendar: Calendar) -> Year:
    """The year as far as it has come.

    Raises:
        UserError: it has no figures: it is to come, or the register begins after it.
    """
    if since is None:
        raise UserError(NOTHING)
    if number > today.year:
        raise UserError(TO_COME, year=str(number), last=str(today.year))
    if number < since.year:
        raise UserError(BEFORE, year=str(number), day=since.isoformat())
    last = min(date(number, 12, 31), today)
    return Year(number, date(number, 1, 1), last, since, calendar)


def noted_until(year: Year) -> datetime:
    """Until when contacts of that year count."""
    return year.end + NOTED_LATE


def figures(year: Year, lives: Iterable[Life], happened: Happened) -> Figures:
    """Count it."""
    accounts = {place: Account() for place in Place}
    ways: Counter[Way] = Counter()
    others: Counter[tuple[Other, Place, int]] = Counter()
    new: Counter[Cause] = Counter()
    cards = []
    for life in lives:
        _stand(accounts, life, year)
        _began(accounts, new, life, year)
        for before, after, why in _changes(life, year):
            other = _other(before, after, why)
            if before.place and after.place and other is None:
                ways[Way(before.place, after.place, why)] += 1
                accounts[before.place].left += 1
                accounts[after.place].came += 1
            for place, sign in ((before.place, -1), (after.place, 1)):
                if other and place:
                    others[other, place, sign] += 1
                    accounts[place].other += sign
        card = life.card(year.end)
        if card and card.place:
            cards.append((card, card.place))
    return Figures(
        year,
        accounts,
        sorted(ways.items(), key=lambda item: _way_order(item[0])),
        [
            (other, place, sign * number)
            for (other, place, sign), number in sorted(others.items(), key=_other_order)
        ],
        {cause: new[cause] for cause in (Cause.ADDED, Cause.READ_IN)},
        cards,
        happened,
    )


def _stand(accounts: Mapping[Place, Account], life: Life, year: Year) -> None:
    """Where it stood on the first and on the last day."""
    start, end = life.place(year.start), life.place(year.end)
    if start:
        accounts[start].start += 1
    if end:
        accounts[end].end += 1


def _began(accounts: Mapping[Place, Account], new: Counter[Cause], life: Life, year: Year) -> None:
    first = life.steps[0]
    place = first.card.place
    if place and year.start <= first.at < year.end:
        accounts[place].new += 1
        new[Cause(first.cause)] += 1  # a card begins with no step through the circle


_NOWHERE = Card(archived=True)


def _changes(life: Life, year: Year) -> Iterator[tuple[Card, Card, Why | Cause]]:
    """What has changed of where it stands, within the year."""
    steps = [(step.at, step.card, step.cause) for step in life.steps]
    if life.gone_at:
        steps.append((life.gone_at, _NOWHERE, Cause.MADE_ONE))
    for (_, before, _), (at, after, why) in itertools.pairwise(steps):
        if year.start <= at < year.end and before.place is not after.place:
            yield before, after, why


def _other(before: Card, after: Card, why: Why | Cause) -> Other | None:
    """What it was, where it was no way through the circle."""
    if why is Cause.MADE_ONE:
        return Other.MADE_ONE
    if before.place and after.place:
        return None
    if before.archived is after.archived:
        return Other.SORT
    return Other.ARCHIVED if after.archived else Other.BACK


_PLACES = list(Place)
_WHYS: list[Why | Cause] = [*Why, *Cause]


def _way_order(way: Way) -> tuple[int, int, int]:
    return _PLACES.index(way.before), _PLACES.index(way.after), _WHYS.index(way.why)


def _other_order(item: tuple[tuple[Other, Place, int], int]) -> tuple[int, int, int]:
    other, place, sign = item[0]
    return list(Other).index(other), _PLACES.index(place), sign
