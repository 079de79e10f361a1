from datetime import date

import pytest

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


def test_a_short_day_is_written_in_the_order_of_the_house() -> None:
    assert Translator(Language.DANISH).day(date(2026, 11, 22)) == "22. nov."
    assert Translator(Language.ENGLISH).day(date(2026, 11, 22)) == "22 Nov"
