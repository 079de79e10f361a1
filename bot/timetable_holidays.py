"""The days on which Danish public libraries are closed by law or by custom.

The church's days follow Easter (helligdagsloven as it is from 2024, without store bededag);
Constitution Day, Christmas Eve and New Year's Eve are custom and agreement. 1 May is a working day
unless a library closes it itself.
"""

from datetime import date, timedelta
from functools import cache

from dateutil.easter import easter

_FROM_EASTER = (-3, -2, 0, 1, 39, 49, 50)  # days: Maundy Thursday to Whit Monday
_FIXED = ((1, 1), (6, 5), (12, 24), (12, 25), (12, 26), (12, 31))  # month, day


class DanishHolidays:
    """A container of dates, of any year from 2024."""

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and day in _of(day.year)


@cache
def _of(year: int) -> frozenset[date]:
    sunday = easter(year)
    moving = {sunday + timedelta(days=days) for days in _FROM_EASTER}
    return frozenset(moving | {date(year, month, day) for month, day in _FIXED})
