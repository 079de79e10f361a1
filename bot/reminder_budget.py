"""The noise budget: when the bot may speak to somebody who has not asked.

A pure rule over what was said before. What there is no room for waits: what is worth more goes
first, and everything stands on Home in the meantime.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from bot.reminder import Value
from bot.timetable import Calendar
from bot.timetable_week import NINE

# At work: who gets a message in the evening reads it at home.
FROM = time(8)
TO = time(17)
# What is planned for later in the day may find the bot busy until the evening, and so every day.
LATEST = time(16)
# A house learns to know the bot while it is quiet: half of everything.
BEGINNING = timedelta(weeks=4)

_DAY = timedelta(days=1)


class Kind(StrEnum):
    """What is said, as far as the budget tells it apart."""

    MESSAGE = "message"  # to a person: the weekly one, a nudge, what a colleague has done
    REQUEST = "request"  # to a person, something to do for a colleague who has chosen her
    INVITATION = "invitation"  # to a person, to answer in a colleague's round
    ROUND = "round"  # to a person, to answer in a round that the bot has opened
    DIGEST = "digest"  # in a channel
    PARENT = "parent"  # in a channel, what a thread hangs on


@dataclass(frozen=True)
class Said:
    """Something that was said unasked."""

    kind: Kind
    at: datetime


@dataclass(frozen=True)
class Limit:
    """At most so many of these kinds within any so many local days in a row.

    `holds` are the kinds that wait for it, where not all that count do.
    """

    most: int
    days: int
    of: frozenset[Kind]
    holds: frozenset[Kind] = frozenset()

    def is_for(self, kind: Kind) -> bool:
        """Whether that kind waits for it."""
        return kind in (self.holds or self.of)


_Told = tuple[date, Kind]  # the local day

_PERSONAL = frozenset({Kind.MESSAGE, Kind.REQUEST, Kind.INVITATION, Kind.ROUND})
_INVITED = frozenset({Kind.INVITATION, Kind.ROUND})
_OPENED_BY_THE_BOT = frozenset({Kind.ROUND})
_DIGEST = frozenset({Kind.DIGEST})
_PARENT = frozenset({Kind.PARENT})
# A colleague asks her by name, and the bot only hands it over. She has not asked for it, so it
# counts, and what the bot would say by itself gives way. An invitation has a deadline and comes at
# once, as a message of the colleague's would; the others wait until she is at work.
BY_A_COLLEAGUE = frozenset({Kind.REQUEST, Kind.INVITATION})
_OWN = _PERSONAL - BY_A_COLLEAGUE

LIMITS = (
    # Who hears from the bot twice a day stops reading it.
    Limit(1, 1, _PERSONAL, _OWN),
    # The weekly message, and one more that cannot wait for it.
    Limit(2, 7, _PERSONAL, _OWN),
    # A week with two is made up for: over two months it is one a week.
    Limit(8, 56, _PERSONAL, _OWN),
    # One a month, whoever asks: who answers rounds all the time does nothing else.
    Limit(12, 365, _INVITED),
    # Nor one week after the other; what a colleague asks does not wait for it.
    Limit(1, 14, _INVITED, _OPENED_BY_THE_BOT),
    # One each week: from a Friday, where the days before were closed, to a Tuesday are four days.
    Limit(1, 4, _DIGEST),
    # A channel in which the bot begins most threads is the bot's channel.
    Limit(3, 7, _PARENT),
)
# Of each half as many, or as many in twice the time.
LIMITS_AT_FIRST = (
    Limit(1, 2, _PERSONAL, _OWN),
    Limit(1, 7, _PERSONAL, _OWN),
    Limit(2, 28, _PERSONAL, _OWN),
    Limit(1, 28, _INVITED, _OPENED_BY_THE_BOT),
    Limit(1, 11, _DIGEST),  # every other week, as above
    Limit(3, 14, _PARENT),
)
# Nothing that was said longer ago counts.
REMEMBERED = max(limit.days for limit in LIMITS) * _DAY


def may(
    kind: Kind,
    log: Sequence[Said],
    now: datetime,
    calendar: Calendar,
    *,
    at: time = NINE,
    not_before: date | None = None,
    until: datetime | None = None,
    begun_on: date | None = None,
) -> datetime | None:
    """The first moment (UTC) at which it may be said: `now` where it may, None where never.

    Args:
        kind: What is to be said.
        log: What was said unasked to that person, or in that channel, for REMEMBERED.
        now: This moment.
        calendar: In whose days and hours: the person's time zone, the library's working days.
        at: The local time of day for it, should it not be today.
        not_before: The day a person is back.
        until: The moment from which on it is of no use, such as a deadline.
        begun_on: The day the library was switched on.
    """
    today = calendar.day(now)
    told = sorted((calendar.day(said.at), said.kind) for said in log)
    if kind is Kind.INVITATION and _free(kind, told, today, begun_on) == today:
        moment = now
    else:
        earliest = max(today, not_before or today)
        if earliest == today and now.astimezone(calendar.zone).time() > TO:
            earliest += _DAY
        day = calendar.working_day(_free(kind, told, earliest, begun_on) - _DAY, 1)
        moment = _moment(day, at, now, calendar)
    return moment if until is None or moment < until else None


def gives_way(value: Value, waiting: Iterable[Value]) -> bool:
    """Whether something worth more waits for the same person at this moment: then not today."""
    return any(other < value for other in waiting)


def _free(kind: Kind, told: Sequence[_Told], earliest: date, begun_on: date | None) -> date:
    usual = _within(LIMITS, kind, told, earliest)
    if begun_on is None:
        return usual
    at_first = _within(LIMITS_AT_FIRST, kind, told, earliest)
    return max(usual, min(at_first, begun_on + BEGINNING))


def _within(limits: Iterable[Limit], kind: Kind, told: Sequence[_Told], earliest: date) -> date:
    """The first day from `earliest` on that every limit leaves free."""
    for limit in limits:
        if limit.is_for(kind):
            days = [day for day, of in told if of in limit.of]
            if len(days) >= limit.most:
                earliest = max(earliest, days[-limit.most] + limit.days * _DAY)
    return earliest


def _moment(day: date, at: time, now: datetime, calendar: Calendar) -> datetime:
    """That day's moment: now where it is today and they are at work."""
    if day == calendar.day(now):
        return max(now, calendar.moment(day, FROM))
    return calendar.moment(day, min(max(at, FROM), LATEST))
