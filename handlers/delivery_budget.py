"""The noise budget: how often the bot may speak to somebody who has not asked.

Its first rule stands here; the others belong beside it, and `later` is where they are asked.
"""

from datetime import datetime, time, timedelta

from bot.timetable import FIRST, LAST, Calendar
from storage.database import Connection
from storage.delivery import Delivery
from storage.delivery_sending import unasked_since

_DAY = timedelta(days=1)


def later(
    conn: Connection, team: str, delivery: Delivery, now: datetime, calendar: Calendar
) -> datetime | None:
    """When it may be said instead; None where it may be said now.

    One unasked message a day per person: who hears from the bot twice a day stops reading it.
    """
    today = calendar.day(now)
    if not unasked_since(conn, team, delivery.to, calendar.moment(today, time())):
        return None
    at = delivery.due.astimezone(calendar.zone).time()
    return calendar.moment(today + _DAY, min(max(at, FIRST), LAST))
