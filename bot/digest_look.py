"""The digest's last section: one look at the network, a different one each week."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from dateutil.relativedelta import relativedelta

from bot.goal_gap import Gap

# The first year is the hardest; after it people celebrate every fifth.
JUBILEE_FIRST = 1
JUBILEE_EVERY = 5
# Who was looked at stays in mind for a year, and then there is something new to tell.
FOCUS_REST = timedelta(days=365)
# A season: sooner nobody has had the time to begin anything there.
GAP_REST = timedelta(weeks=12)
# What is looked at by turns. A jubilee is not among them: it has its own week, or none.
TURNS = 3

_WEEK_DAYS = 7


class Looked(StrEnum):
    """What is looked at."""

    JUBILEE = "jubilee"
    GAP = "gap"  # a white spot
    FOCUS = "focus"  # one partner
    ADVICE = "advice"


@dataclass(frozen=True)
class Partnered:
    """A partner that may be looked at: since when, and when it was last."""

    partner_id: int
    branch: str = ""
    start: date | None = None
    looked_at: date | None = None


@dataclass(frozen=True)
class Lookable:
    """All that may be looked at; the gaps the most telling first."""

    partners: Sequence[Partnered] = ()
    gaps: Sequence[Gap] = ()
    gaps_seen: Mapping[str, date] = field(default_factory=dict)  # by key: when one was looked at
    advice: int = 0  # how many pieces there are
    after_jubilee: bool = False  # whether the last digest's look was one


@dataclass(frozen=True)
class Look:
    """What this week's look is: a partner with its years, a gap, or the number of an advice."""

    what: Looked
    number: int = 0  # of the partner, or of the advice from 0
    years: int = 0
    gap: Gap | None = None  # as it was then

    @property
    def of_partner(self) -> bool:
        """Whether the number is a partner's."""
        return self.what in {Looked.JUBILEE, Looked.FOCUS}


def look(found: Lookable, today: date) -> Look | None:
    """A jubilee in its week, but not twice running; else a gap, a partner, advice take turns."""
    celebrated = None if found.after_jubilee else _jubilee(found.partners, today)
    if celebrated:
        return celebrated
    weeks = today.toordinal() // _WEEK_DAYS  # counted on through the years, of 53 weeks too
    advised = Look(Looked.ADVICE, weeks // TURNS % found.advice) if found.advice else None
    turns = (_gap(found, today), _focus(found.partners, today), advised)
    first = weeks % TURNS
    return next(filter(None, (*turns[first:], *turns[:first])), None)


def jubilee(start: date | None, today: date) -> int:
    """How many years are celebrated in this week, Monday to Sunday; 0 for none.

    What began on a 29 February is celebrated on the 28th, as the law has birthdays.
    """
    if start is None:
        return 0
    monday = today - timedelta(days=today.weekday())
    sunday = monday + timedelta(days=_WEEK_DAYS - 1)
    years = relativedelta(sunday, start).years
    if start + relativedelta(years=years) < monday:
        return 0
    return years if years == JUBILEE_FIRST or years % JUBILEE_EVERY == 0 else 0


def _jubilee(partners: Sequence[Partnered], today: date) -> Look | None:
    """The longest of this week's."""
    found = ((-years, one.partner_id) for one in partners if (years := jubilee(one.start, today)))
    longest = min(found, default=None)
    return Look(Looked.JUBILEE, longest[1], -longest[0]) if longest else None


def _gap(found: Lookable, today: date) -> Look | None:
    """The most telling that was not looked at yet, or else the one of longest ago."""
    seen = found.gaps_seen
    rested = [one for one in found.gaps if one.key not in seen or today - seen[one.key] >= GAP_REST]
    first = min(rested, key=lambda one: seen.get(one.key, date.min), default=None)
    return Look(Looked.GAP, gap=first) if first else None


def _focus(partners: Sequence[Partnered], today: date) -> Look | None:
    """Of the branch whose turn was longest ago, the partner looked at longest ago."""
    turn: dict[str, date] = {}
    for one in partners:
        seen = one.looked_at or date.min
        turn[one.branch] = max(turn.get(one.branch, date.min), seen)
    rested = [one for one in partners if not one.looked_at or today - one.looked_at >= FOCUS_REST]
    first = min(
        rested,
        key=lambda one: (turn[one.branch], one.looked_at or date.min, one.partner_id),
        default=None,
    )
    return Look(Looked.FOCUS, first.partner_id) if first else None
