"""One day in many forms, and what is no day at all."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import UserError
from bot.import_day import day, is_written_out, past_day

TODAY = date(2026, 11, 22)
FEBRUARY = date(2024, 2, 1)
DAYS = st.dates(date(1955, 1, 1), date(2036, 12, 31))


@pytest.mark.parametrize(
    "cell",
    [
        "2024-02-01",
        "2024/2/1",
        "2024.02.01",
        "2024-02-01 00:00:00",
        "2024-02-01T10:15:00Z",
        "1/2/2024",
        "01/02/2024 10:30",
        "1-2-2024",
        "01.02.24",
        "1.2.2024",
        "1 2 2024",
        "20240201",
        "01022024",
        "1. februar 2024",
        "1. feb. 2024",
        "1.feb 24",
        "den 1. februar 2024",
        "d. 1. februar 2024",
        "torsdag den 1. februar 2024",
        "tors. d. 1/2/2024",
        "1 February 2024",
        "1. februar 2024 kl. 10",
        "1/2/2024 kl 10.30",
        "1st February 2024",
        "February 1, 2024",
        "Thursday, February 1, 2024",
        "1-Feb-24",
        "45323",
        "45323.75",
        "45323,75",
        FEBRUARY,
        datetime(2024, 2, 1, 12),  # noqa: DTZ001 - as a workbook has it
    ],
)
def test_the_first_of_february_is_read_in_every_form(cell: str | date) -> None:
    assert day(cell, TODAY) == FEBRUARY


@given(DAYS)
def test_every_day_is_read_as_it_was_written(when: date) -> None:
    forms = ("%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d-%m-%y", "%d %B %Y", "%Y%m%d", "%d%m%Y")
    for form in forms:
        near = timedelta(days=-70 * 365) < when - TODAY
        if "%y" not in form or near:
            assert day(when.strftime(form), TODAY) == when
    assert day(str((when - date(1899, 12, 30)).days), TODAY) == when


def test_a_year_of_two_digits_is_not_far_ahead() -> None:
    assert day("1.1.36", TODAY).year == 2036
    assert day("1.1.37", TODAY).year == 1937


@pytest.mark.parametrize(
    ("cell", "sentence"),
    [
        ("i går", "not a date"),
        ("2024", "not a date"),
        ("1/2", "not a date"),
        ("februar 2024", "not a date"),
        ("33663000", "not a date"),
        ("", "not a date"),
        ("31/2/2024", "does not exist"),
        ("2023-02-29", "does not exist"),
        ("32. januar 2024", "does not exist"),
        ("0/0/2024", "does not exist"),
        ("13/13/2024", "does not exist"),
        ("2/31/2024", "does not exist"),
        ("1/1/1024", "does not exist"),
        ("2/13/2024", "month before the day"),
        ("12/31/2024", "month before the day"),
    ],
)
def test_what_is_no_day_or_could_be_two_is_told(cell: str, sentence: str) -> None:
    with pytest.raises(UserError, match=sentence) as caught:
        day(cell, TODAY)
    assert caught.value.values["value"] == cell


def test_a_contact_lies_neither_ahead_nor_in_another_age() -> None:
    assert past_day("22/11/2026", TODAY, date(2000, 1, 1)) == TODAY
    with pytest.raises(UserError, match="has not come yet"):
        past_day("23/11/2026", TODAY, date(2000, 1, 1))
    with pytest.raises(UserError, match="is before") as caught:
        past_day(date(1999, 12, 31), TODAY, date(2000, 1, 1))
    assert caught.value.values == {"value": "1999-12-31", "year": "2000"}


@pytest.mark.parametrize(
    ("text", "is_day"),
    [("1/2/2024", True), ("1. maj 2024 10:30", True), ("20240201", False), ("Anne", False)],
)
def test_a_number_alone_is_no_date_to_look_at(text: str, *, is_day: bool) -> None:
    assert is_written_out(text) is is_day


@given(st.text(max_size=40))
def test_nothing_else_than_a_sentence_comes_of_any_text(text: str) -> None:
    try:
        found = day(text, TODAY)
    except UserError as error:
        found = date(1900, 1, 1) if error.values.keys() == {"value"} else date.min
    assert date(1900, 1, 1) <= found <= date(2119, 12, 31)
