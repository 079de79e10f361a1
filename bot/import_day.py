"""A date in a cell, as Danes, programs and Excel write it. Day before month: 1/2/2024 is February.

Raises UserError for what is no date, or could be two; a guess would stand in the register as truth.
The row is read without it, so each sentence ends with what becomes of the field.
"""

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from bot.contact_day import MONTHS, month_of
from bot.errors import UserError
from bot.import_record import Cell
from bot.text import fold, one_line, shortened
from bot.translation import mark

_NO_DATE = mark(
    "“{value}” is not a date that I can read. Write it like 1/2/2024: day, month, year. The"
    " field stays as it is."
)
_NOT_IN_CALENDAR = mark(
    "“{value}” does not exist in the calendar. Write day, month and year. The field stays as it is."
)
_MONTH_FIRST = mark(
    "“{value}” has the month before the day, and then other dates may be turned around too. Write"
    " day before month in the whole column, like 13/2/2024. The field stays as it is."
)
_TO_COME = mark(
    "“{value}” has not come yet, so it cannot be the day of a contact. Correct the date. The"
    " field stays as it is."
)
_LONG_AGO = mark("“{value}” is before {year}. Correct the date. The field stays as it is.")

# Excel counts days from here (its leap day in 1900 never was), and partnerships are of our time.
_EXCEL_BEGINS = date(1899, 12, 30)
_SERIAL = re.compile(r"([2-7]\d{4})(?:[.,]\d+)?")
_FIRST_YEAR, _LAST_YEAR = 1900, 2099
# A year of two digits is at most this far ahead: an agreement runs on, a founding year is past.
_AHEAD = 10
_MONTHS_IN_YEAR = 12
_LEAP_YEAR = 2024

_CLOCK = re.compile(
    r"[ t]+(?:kl\.? ?\d{1,2}|(?:kl\.? ?)?\d{1,2}[:.]\d\d(?:[:.]\d\d)?(?:[.,]\d+)?(?: ?[ap]m)?"
    r"(?: ?z|[+-]\d\d:?\d\d)?)$"
)
_WEEKDAY = re.compile(
    r"^(?:(?:man|tirs|ons|tors|fre|loer|soen)(?:dag|\.)?|(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?"
    r"|sun)(?:day|\.)?)?,? ?(?:den |d\. ?|the )?(?=\d|[a-z])"
)
_YEAR_FIRST = re.compile(r"(?P<year>\d{4}) ?[-/. ] ?(?P<month>\d{1,2}) ?[-/. ] ?(?P<day>\d{1,2})")
_DAY_FIRST = re.compile(
    r"(?P<day>\d{1,2}) ?[-/. ] ?(?P<month>\d{1,2}) ?[-/. ] ?(?P<year>\d{4}|\d\d)"
)
_TOGETHER = (
    re.compile(r"(?P<year>(?:19|20)\d\d)(?P<month>0\d|1[0-2])(?P<day>[0-3]\d)"),
    re.compile(r"(?P<day>[0-3]\d)(?P<month>0\d|1[0-2])(?P<year>(?:19|20)\d\d)"),
)
_NAME = "|".join(sorted("|".join(MONTHS).split("|"), key=len, reverse=True))
_NAMED = (
    re.compile(
        rf"(?P<day>\d{{1,2}})(?:\.|st|nd|rd|th)?[ -]?(?P<name>{_NAME})\.?,?[ -]?"
        r"(?P<year>\d{4}|\d\d)"
    ),
    re.compile(rf"(?P<name>{_NAME})\.? (?P<day>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<year>\d{{4}})"),
)


def day(cell: Cell, today: date) -> date:
    """The date in a cell that is not blank."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    written = fold(cell)
    serial = _SERIAL.fullmatch(written)
    if serial:
        return _EXCEL_BEGINS + timedelta(days=int(serial[1]))
    text = _WEEKDAY.sub("", _CLOCK.sub("", written), count=1)
    match = next(_matches(text), None)
    if match is None:
        raise _wrong(_NO_DATE, cell)
    return _exists(match, cell, today)


def past_day(cell: Cell, today: date, earliest: date) -> date:
    """The date of what has happened."""
    found = day(cell, today)
    if found > today:
        raise _wrong(_TO_COME, cell)
    if found < earliest:
        raise _wrong(_LONG_AGO, cell, year=str(earliest.year))
    return found


def is_written_out(text: str) -> bool:
    """Whether a text has the form of a date, and is not just a number."""
    written = fold(text)
    return not written.isdecimal() and any(True for _ in _matches(_CLOCK.sub("", written)))


def _matches(text: str) -> Iterator[re.Match[str]]:
    forms = (_YEAR_FIRST, _DAY_FIRST, *_TOGETHER, *_NAMED)
    return (match for form in forms if (match := form.fullmatch(text)))


def _exists(match: re.Match[str], cell: str, today: date) -> date:
    parts = match.groupdict()
    day_of, year = int(parts["day"]), _year(parts["year"], today)
    month = month_of(parts.get("month") or parts["name"])
    try:
        found = date(year, month, day_of)
    except ValueError:
        turned = "month" in parts and _is_day_of(month, day_of)
        raise _wrong(_MONTH_FIRST if turned else _NOT_IN_CALENDAR, cell) from None
    if not _FIRST_YEAR <= found.year <= _LAST_YEAR:
        raise _wrong(_NOT_IN_CALENDAR, cell)
    return found


def _is_day_of(number: int, month: int) -> bool:
    """Whether the number that stands for a month would be a day of the other one."""
    return 0 < month <= _MONTHS_IN_YEAR < number <= monthrange(_LEAP_YEAR, month)[1]


def _year(written: str, today: date) -> int:
    year = int(written)
    if len(written) > len("24"):
        return year
    century = today.year // 100 * 100
    return century + year if century + year <= today.year + _AHEAD else century - 100 + year


def _wrong(msgid: str, cell: Cell, **values: str) -> UserError:
    shown = shortened(one_line(cell), 60) if isinstance(cell, str) else cell.isoformat()
    return UserError(msgid, value=shown, **values)
