from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import UserError
from bot.workspace import ClosedDays
from bot.workspace_days import read_closed_days, write_closed_days

CHRISTMAS_EVE = date(2026, 12, 24)
PERIODS = st.builds(
    lambda first, days: ClosedDays(first=first, last=first + timedelta(days=days)),
    st.dates(date(2020, 1, 1), date(2090, 1, 1)),
    st.integers(0, 365),
)


@pytest.mark.parametrize(
    "line",
    [
        "24.12.2026",
        "24/12-2026",
        "24/12/2026",
        "24. 12. 2026",
        "2026-12-24",
        " 24.12.2026\u200b ",
    ],
)
def test_a_day_is_read_as_people_write_it(line: str) -> None:
    assert read_closed_days(line) == (ClosedDays(first=CHRISTMAS_EVE, last=CHRISTMAS_EVE),)


@pytest.mark.parametrize(
    "line",
    [
        "24.12.2026 - 2.1.2027",
        "24.12.2026–2.1.2027",
        "24/12-2026 til 2/1-2027",
        "2026-12-24 to 2027-01-02",
        "2026-12-24 - 2027-01-02",
    ],
)
def test_so_is_a_period(line: str) -> None:
    assert read_closed_days(line) == (ClosedDays(first=CHRISTMAS_EVE, last=date(2027, 1, 2)),)


def test_each_line_is_one_and_blank_lines_are_none() -> None:
    assert read_closed_days("") == ()
    assert len(read_closed_days("24.12.2026\n\n \r\n31.12.2026\n")) == 2


@pytest.mark.parametrize(
    "line", ["juleaften", "24.12.", "31.2.2026", "1.1.2026 - ", "1.1.2026 - 2.1.2026 - 3.1.2026"]
)
def test_anything_else_is_told_with_the_line(line: str) -> None:
    with pytest.raises(UserError, match="not a day or a period") as told:
        read_closed_days(f"24.12.2026\n{line}")
    assert told.value.field == "closed_days"
    assert told.value.values["line"] == line.strip()


@pytest.mark.parametrize("line", ["2.1.2026 - 24.12.2025", "1.7.2026 - 31.7.2062"])
def test_a_period_that_cannot_be_meant_is_told(line: str) -> None:
    with pytest.raises(UserError, match="more than a year") as told:
        read_closed_days(line)
    assert told.value.field == "closed_days"


@given(st.lists(PERIODS, max_size=5).map(tuple))
def test_what_was_written_is_read_again(days: tuple[ClosedDays, ...]) -> None:
    assert read_closed_days(write_closed_days(days)) == days
