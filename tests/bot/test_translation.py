from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from bot.errors import UserError
from bot.translation import Translator
from bot.workspace import Language

TODAY = date(2026, 11, 24)  # a Tuesday


@pytest.mark.parametrize(
    ("day", "danish", "english"),
    [
        (date(2026, 11, 24), "i dag", "today"),
        (date(2026, 11, 23), "i går", "yesterday"),
        (date(2026, 11, 22), "i søndags", "on Sunday"),
        (date(2026, 11, 18), "i onsdags", "on Wednesday"),
        (date(2026, 11, 17), "den 17. november", "on 17 November"),
        (date(2026, 1, 1), "den 1. januar", "on 1 January"),
        (date(2025, 10, 3), "den 3. oktober 2025", "on 3 October 2025"),
        (date(2026, 11, 25), "den 25. november", "on 25 November"),
        (date(2027, 1, 2), "den 2. januar 2027", "on 2 January 2027"),
        (date(1, 1, 1), "den 1. januar 1", "on 1 January 1"),
    ],
)
def test_a_day_is_said_as_people_say_it(day: date, danish: str, english: str) -> None:
    assert Translator(Language.DANISH).ago(day, TODAY) == danish
    assert Translator(Language.ENGLISH).ago(day, TODAY) == english


def test_yesterday_may_be_last_year() -> None:
    new_year = date(2027, 1, 1)
    assert Translator(Language.DANISH).ago(date(2026, 12, 31), new_year) == "i går"
    assert Translator(Language.DANISH).ago(date(2026, 12, 28), new_year) == "i mandags"


def test_a_day_of_another_year_has_its_year() -> None:
    danish, english = Translator(Language.DANISH), Translator(Language.ENGLISH)
    far, near = date(2027, 11, 22), date(2026, 12, 24)
    assert danish.day(far, TODAY) == "22. nov. 2027"
    assert danish.long_day(far, TODAY) == "mandag den 22. november 2027"
    assert english.day(far, TODAY) == "22 Nov 2027"
    assert english.long_day(far, TODAY) == "Monday 22 November 2027"
    assert danish.long_day(near, TODAY) == "torsdag den 24. december"
    assert danish.day(near, TODAY) == "24. dec."


def test_a_short_day_is_written_in_the_order_of_the_house() -> None:
    assert Translator(Language.DANISH).day(date(2026, 11, 22)) == "22. nov."
    assert Translator(Language.ENGLISH).day(date(2026, 11, 22)) == "22 Nov"


def test_an_error_is_said_with_its_values_and_one_without_keeps_its_braces() -> None:
    t = Translator(Language.ENGLISH)
    assert t.error(UserError("Ask {who}.", who="Mette")) == "Ask Mette."
    assert t.error(UserError("Write {name} as it is.")) == "Write {name} as it is."
    danish = Translator(Language.DANISH)
    assert danish.error(UserError("At most {most}.", most=10_000)) == "At most 10.000."


def test_an_hour_has_its_minutes_where_there_are_any() -> None:
    noon = datetime(2026, 11, 24, 11, tzinfo=UTC)
    assert Translator(Language.DANISH).hour(noon) == "12"
    assert Translator(Language.ENGLISH).hour(noon) == "12:00"
    assert Translator(Language.DANISH).hour(noon.replace(minute=30)) == "12:30"


def test_a_month_has_its_year_where_it_is_another() -> None:
    today = date(2026, 11, 24)
    assert Translator(Language.DANISH).month(date(2026, 9, 3), today) == "september"
    assert Translator(Language.ENGLISH).month(date(2025, 9, 3), today) == "September 2025"


def test_a_figure_has_one_decimal_always() -> None:
    assert Translator(Language.DANISH).figure(Decimal("4.3")) == "4,3"
    assert Translator(Language.DANISH).figure(Decimal(3)) == "3,0"
    assert Translator(Language.ENGLISH).figure(Decimal("4.3")) == "4.3"


def test_a_short_month_has_its_year() -> None:
    assert Translator(Language.DANISH).short_month(date(2026, 11, 24)) == "nov. 2026"


def test_a_whole_day_and_a_weekday_are_said_in_each_language() -> None:
    day, today = date(2026, 11, 24), date(2026, 12, 1)
    danish, english = Translator(Language.DANISH), Translator(Language.ENGLISH)
    assert danish.full_day(day, today) == "24. november"
    assert danish.full_day(day, date(2027, 1, 5)) == "24. november 2026"
    assert english.full_day(day, today) == "24 November"
    assert (danish.weekday(day), english.weekday(day)) == ("tirsdag", "Tuesday")
