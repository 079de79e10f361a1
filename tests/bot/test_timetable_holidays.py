"""The package `holidays` knows them too, but loads every country's: only tests can afford it."""

from datetime import date, timedelta

import holidays
import pytest

from bot.timetable_holidays import DanishHolidays

OURS = DanishHolidays()


@pytest.mark.parametrize("year", range(2024, 2100))
def test_they_are_those_that_others_found(year: int) -> None:
    categories = (holidays.PUBLIC, holidays.OPTIONAL)
    theirs = holidays.country_holidays("DK", years=year, categories=categories)
    days = (date(year, 1, 1) + timedelta(days=n) for n in range(366))
    ours = {day for day in days if day.year == year and day in OURS}
    assert ours == theirs.keys() - {date(year, 5, 1)}


def test_what_is_no_date_is_no_holiday() -> None:
    assert "2026-12-24" not in OURS
