"""Dates as the page writes them, and the hours its clock can be wound to."""

import re
from datetime import UTC, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_time, format_timedelta

from sandbox.page.viewer import HOUSE_ZONE, Viewer

# The page stands in for a Danish colleague's client.
LOCALE: Final = "da"
WORK_BEGINS: Final = time(8)
DIGEST_AT: Final = time(9)
TUESDAY: Final = 1
SATURDAY: Final = 5

_PATTERNS: Final = {
    "date_num": "yyyy-MM-dd",
    "date": "d. MMMM y",
    "date_short": "d. MMM y",
    "date_long": "EEEE 'den' d. MMMM y",
}
_TOKEN: Final = re.compile(r"\{(\w+)\}")


def moment(seconds: object, zone: ZoneInfo) -> datetime | None:
    """The local time of a Unix time or a message `ts`; None where it is neither."""
    try:
        return datetime.fromtimestamp(float(str(seconds)), UTC).astimezone(zone)
    except (ValueError, OverflowError, OSError):
        return None


def hour(when: datetime) -> str:
    """The hour on a Danish wall: 9.00."""
    return format_time(when, "H.mm", locale=LOCALE)


def day(when: datetime, now: datetime) -> str:
    """The day as it is spoken of: I dag, I går, else weekday and date, with a strange year."""
    today = now.astimezone(when.tzinfo).date()
    if when.date() == today:
        return "I dag"
    if when.date() == today - timedelta(days=1):
        return "I går"
    pattern = "EEEE 'den' d. MMMM" + ("" if when.year == today.year else " y")
    text = format_date(when, pattern, locale=LOCALE)
    return text[0].upper() + text[1:]


def clock_face(now: datetime) -> tuple[str, str]:
    """Day and hour of the workspace's clock."""
    local = now.astimezone(HOUSE_ZONE)
    text = format_date(local, "EEEE 'den' d. MMMM y", locale=LOCALE)
    return text[0].upper() + text[1:], hour(local)


def slack_date(seconds: object, pattern: str, viewer: Viewer) -> str | None:
    """A date with Slack's tokens filled in; None where the time is no number.

    https://docs.slack.dev/messaging/formatting-message-text#date-formatting
    """
    when = moment(seconds, viewer.zone)
    if when is None:
        return None
    return _TOKEN.sub(lambda token: _filled(token, when, viewer.now), pattern)


def next_morning(now: datetime) -> datetime:
    """The next weekday at eight, in the house's time."""
    return _next(now, WORK_BEGINS, {0, 1, 2, 3, 4})


def next_digest(now: datetime) -> datetime:
    """The next Tuesday at nine, in the house's time."""
    return _next(now, DIGEST_AT, {TUESDAY})


def _next(now: datetime, at: time, weekdays: set[int]) -> datetime:
    today = now.astimezone(HOUSE_ZONE).date()
    days = (today + timedelta(days=ahead) for ahead in range(8))
    hours = (datetime.combine(date, at, HOUSE_ZONE) for date in days if date.weekday() in weekdays)
    return next(hour for hour in hours if hour > now)


def _filled(token: re.Match[str], when: datetime, now: datetime) -> str:
    name = token[1]
    if name == "time":
        return hour(when)
    if name == "time_secs":
        return format_time(when, "H.mm.ss", locale=LOCALE)
    if name == "ago":
        return format_timedelta(when - now, add_direction=True, locale=LOCALE)
    plain = name.removesuffix("_pretty")
    if plain not in _PATTERNS:
        return token[0]
    if plain != name:
        spoken = day(when, now)
        if spoken.startswith("I "):
            return spoken.lower()
    return format_date(when, _PATTERNS[plain], locale=LOCALE)
