"""When something stood in a digest last, of those of the past year."""

from collections.abc import Callable, Hashable, Iterable
from datetime import date, time
from typing import TypeVar

import sqlalchemy as sa

from bot.digest import Digest
from bot.digest_look import FOCUS_REST
from bot.timetable import Calendar
from storage import digest, duplicate_redirect

T = TypeVar("T", bound=Hashable)


def days(
    conn: sa.Connection,
    team: str,
    today: date,
    calendar: Calendar,
    which: Callable[[Digest], Iterable[T]],
) -> dict[T, date]:
    """The newest day of each of those that `which` finds in a digest."""
    since = calendar.moment(today - FOCUS_REST, time())
    return {
        one: calendar.day(issue.until)
        for issue in reversed(digest.issues(conn, team, since))
        for one in which(issue.told)
    }


def partner_days(
    conn: sa.Connection,
    team: str,
    today: date,
    calendar: Calendar,
    which: Callable[[Digest], Iterable[int]],
) -> dict[int, date]:
    """The same of partners; one that was made one with another is that."""
    now_is = duplicate_redirect.all_moved(conn, team)

    def moved(told: Digest) -> Iterable[int]:
        return (now_is.get(number, number) for number in which(told))

    return days(conn, team, today, calendar, moved)
