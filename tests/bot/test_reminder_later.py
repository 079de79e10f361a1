from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import UserError
from bot.reminder_later import Later, until

DAY = timedelta(days=1)
TUESDAY = date(2026, 11, 24)


@given(st.dates(date(2024, 1, 1), date(2060, 1, 1)))
def test_in_a_week_is_in_time_for_the_message_of_the_next_week(today: date) -> None:
    monday = until(Later.WEEK, today)
    assert monday.weekday() == 0
    tuesday = monday + DAY
    assert 4 * DAY <= tuesday - today <= 10 * DAY


@pytest.mark.parametrize(
    ("today", "then"),
    [
        (TUESDAY, date(2026, 12, 24)),
        (date(2027, 1, 31), date(2027, 2, 28)),
        (date(2028, 1, 31), date(2028, 2, 29)),
        (date(2028, 2, 29), date(2028, 3, 29)),
        (date(2026, 12, 31), date(2027, 1, 31)),
    ],
)
def test_in_a_month_is_the_same_day_or_the_last(today: date, then: date) -> None:
    assert until(Later.MONTH, today) == then


@pytest.mark.parametrize("on", [TUESDAY, TUESDAY + DAY, TUESDAY + 366 * DAY])
def test_a_day_may_be_chosen(on: date) -> None:
    assert until(Later.DATE, TUESDAY, on) == on


@pytest.mark.parametrize("on", [None, TUESDAY - DAY, TUESDAY + 367 * DAY])
def test_a_day_that_is_missing_past_or_too_far_off_is_refused(on: date | None) -> None:
    with pytest.raises(UserError) as refused:
        until(Later.DATE, TUESDAY, on)
    assert refused.value.field == "on"


@pytest.mark.parametrize("choice", [Later.HAND_OVER, Later.PAUSE, Later.NOT_ME])
def test_the_rest_of_the_menu_puts_nothing_off(choice: Later) -> None:
    with pytest.raises(ValueError, match="puts nothing off"):
        until(choice, TUESDAY)
