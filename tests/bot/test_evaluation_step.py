from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.errors import UserError
from bot.evaluation_step import (
    AGREED_LENGTH,
    MEETING,
    STEP_LENGTH,
    Agreed,
    Row,
    checked_agreed,
    checked_steps,
    day_after,
    left_over,
    together,
)
from bot.round_step import Step
from bot.timetable import Calendar

NOW = datetime(2026, 11, 24, 8, tzinfo=UTC)
TODAY = NOW.date()
LATER = date(2026, 12, 14)
CALENDAR = Calendar(ZoneInfo("Europe/Copenhagen"))


def agreed(user: str, text: str = "Ring", on: date = LATER, number: int = 1) -> Agreed:
    return Agreed(3, user, text, on, "U01", NOW, id=number)


def test_an_empty_row_is_no_step() -> None:
    rows = [Row("Ring om\nlokaler", LATER, ("U02",)), Row(" ", None, ())]
    assert checked_steps(rows, TODAY) == (Step("Ring om lokaler", LATER, ("U02",)),)


@pytest.mark.parametrize(
    ("rows", "field"),
    [
        ([Row()], "step.0"),
        ([Row("x" * (STEP_LENGTH + 1), LATER, ("U02",))], "step.0"),
        ([Row("Ring", LATER)], "who.0"),
        ([Row("Ring", LATER, ("U02",)), Row("Skriv", None, ("U02",))], "on.1"),
        ([Row("Ring", TODAY - timedelta(days=1), ("U02",))], "on.0"),
        ([Row("Ring til 010190-1234", LATER, ("U02",))], "step.0"),
    ],
)
def test_what_is_missing_is_said_at_its_field(rows: list[Row], field: str) -> None:
    with pytest.raises(UserError) as error:
        checked_steps(rows, TODAY)
    assert error.value.field == field


def test_what_was_agreed_besides_may_be_nothing_but_not_too_much() -> None:
    assert checked_agreed(" ") == ""
    assert checked_agreed("Vi ringer\nhver måned") == "Vi ringer\nhver måned"
    with pytest.raises(UserError):
        checked_agreed("x" * (AGREED_LENGTH + 1))


def test_the_day_that_is_proposed_is_a_working_day() -> None:
    assert day_after(TODAY, MEETING, CALENDAR) == date(2026, 12, 8)
    assert day_after(date(2026, 11, 28), MEETING, CALENDAR) == date(2026, 12, 14)


def test_a_step_of_several_stands_once_the_first_due_first() -> None:
    rows = [agreed("U02"), agreed("U03", on=TODAY), agreed("U03"), agreed("U04", "Skriv")]
    assert together(rows) == (
        Step("Ring", TODAY, ("U03",)),
        Step("Ring", LATER, ("U02", "U03")),
        Step("Skriv", LATER, ("U04",)),
    )


def test_what_all_who_see_to_it_have_left_behind_is_left_over() -> None:
    rows = [agreed("U02"), agreed("U03"), agreed("U02", "Skriv")]
    assert left_over(rows, ["U03"]) == [rows[2]]
