"""The noise budget: how often the bot may speak to somebody who has not asked.

Its first rules stand here; the others belong beside them, and `later` is where they are asked.
"""

from datetime import datetime, time, timedelta

from bot.timetable import FIRST, LAST, Calendar
from bot.workspace import Frequency, Member
from storage.database import Connection
from storage.delivery import Delivery
from storage.delivery_sending import unasked_since

_DAY = timedelta(days=1)


def wanted(member: Member) -> bool:
    """Whether she hears from the bot unasked at all: her own choice in the settings."""
    return member.frequency is not Frequency.NEVER


def later(
    conn: Connection,
    team: str,
    delivery: Delivery,
    member: Member,
    now: datetime,
    calendar: Calendar,
) -> datetime | None:
    """When it may be said instead; None where it may be said now.

    One unasked message a day per person: who hears from the bot twice a day stops reading it. Not
    on a day when the library is closed, and not before she is back: whoever is off stays off.
    """
    today = calendar.day(now)
    day = max(today, member.away_until or today)
    if day == today and unasked_since(conn, team, delivery.to, calendar.moment(today, time())):
        day += _DAY
    day = calendar.working_day(day - _DAY, 1)
    if day == today:
        return None
    at = delivery.due.astimezone(calendar.zone).time()
    return calendar.moment(day, min(max(at, FIRST), LAST))
