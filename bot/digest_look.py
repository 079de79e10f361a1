"""The digest's last section: one look at the network, a different one each week."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from dateutil.relativedelta import relativedelta

# The first year is the hardest; after it people celebrate every fifth.
JUBILEE_FIRST = 1
JUBILEE_EVERY = 5
# Who was looked at stays in mind for a year, and then there is something new to tell.
FOCUS_REST = timedelta(days=365)

_WEEK_DAYS = 7


class Looked(StrEnum):
    """What is looked at."""

    JUBILEE = "jubilee"
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
class Look:
    """What this week's look is: a partner with its years, a partner, or the number of an advice."""

    what: Looked
    number: int  # of the partner, or of the advice from 0
    years: int = 0


def look(partners: Sequence[Partnered], advice: int, today: date) -> Look | None:
    """A jubilee in its week, for it cannot wait; otherwise a partner and advice take turns."""
    jubilees = sorted(
        (-years, one.partner_id) for one in partners if (years := jubilee(one.start, today))
    )
    if jubilees:
        years, partner_id = jubilees[0]
        return Look(Looked.JUBILEE, partner_id, -years)
    weeks = today.toordinal() // _WEEK_DAYS  # counted on through the years, of 53 weeks too
    advised = Look(Looked.ADVICE, weeks // 2 % advice) if advice else None
    focus = _focus(partners, today)
    first, second = (focus, advised) if weeks % 2 else (advised, focus)
    return first or second


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
