"""Closed days as people write them: a day or a period on each line."""

import re
from collections.abc import Iterable
from datetime import date

from bot.errors import UserError
from bot.text import one_line, shortened
from bot.workspace import ClosedDays

# A longer one is a mistyped year: even a house under rebuilding answers its partners.
_LONGEST_DAYS = 366
_SHOWN = 60  # characters of a line repeated in a sentence

_ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d\d?)-(?P<day>\d\d?)")
_DANISH = re.compile(r"(?P<day>\d\d?)[./] ?(?P<month>\d\d?)[./ -] ?(?P<year>\d{4})")
_BETWEEN = re.compile(r" ?(?:[–—]|til|to| - ) ?")


def read_closed_days(text: str) -> tuple[ClosedDays, ...]:
    """The days and periods of a text, one on each line, as 24.12.2026 or 1.7.2026 - 31.7.2026.

    Raises:
        UserError: a line is neither; the field is `closed_days`.
    """
    lines = (one_line(line) for line in text.splitlines())
    return tuple(_period(line) for line in lines if line)


def write_closed_days(closed: Iterable[ClosedDays]) -> str:
    """The same text again, for the form."""
    return "\n".join(
        _written(days.first)
        if days.first == days.last
        else f"{_written(days.first)} - {_written(days.last)}"
        for days in closed
    )


def _period(line: str) -> ClosedDays:
    ends = [_day(part) for part in _BETWEEN.split(line)]
    first, last = ends[0], ends[-1]
    if len(ends) > 2 or first is None or last is None:  # noqa: PLR2004 - a period has two ends
        raise UserError(
            "“{line}” is not a day or a period. Write it like 24.12.2026 or 1.7.2026 - 31.7.2026.",
            field="closed_days",
            line=shortened(line, _SHOWN),
        )
    if not 0 <= (last - first).days < _LONGEST_DAYS:
        raise UserError(
            "“{line}” ends before it begins, or lasts more than a year. Look at the dates again.",
            field="closed_days",
            line=shortened(line, _SHOWN),
        )
    return ClosedDays(first=first, last=last)


def _day(text: str) -> date | None:
    found = _ISO.fullmatch(text) or _DANISH.fullmatch(text)
    if found is None:
        return None
    try:
        return date(int(found["year"]), int(found["month"]), int(found["day"]))
    except ValueError:
        return None


def _written(day: date) -> str:
    return f"{day.day}.{day.month}.{day.year}"
