from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.contact import EARLIEST
from bot.contact_day import guess_day, is_to_come

TODAY = date(2026, 11, 24)  # a Tuesday


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("talte med Anne i dag", date(2026, 11, 24)),
        ("Idag talte vi", date(2026, 11, 24)),
        ("talte med Anne i går", date(2026, 11, 23)),
        ("igaar ringede Bo", date(2026, 11, 23)),
        ("I AFTES til oplæg", date(2026, 11, 23)),
        ("met Bo yesterday", date(2026, 11, 23)),
        ("i forgårs mødtes vi", date(2026, 11, 22)),
        ("met Bo the day before yesterday", date(2026, 11, 22)),
        ("i mandags", date(2026, 11, 23)),
        ("i tirsdags", date(2026, 11, 17)),
        ("i onsdags", date(2026, 11, 18)),
        ("i torsdags", date(2026, 11, 19)),
        ("i fredags", date(2026, 11, 20)),
        ("i lørdags", date(2026, 11, 21)),
        ("i soendags", date(2026, 11, 22)),
        ("sidste torsdag", date(2026, 11, 19)),
        ("last Friday", date(2026, 11, 20)),
        ("for to uger siden kaffe", date(2026, 11, 10)),
        ("kaffe for 3 dage siden", date(2026, 11, 21)),
        ("for en måned siden", date(2026, 10, 25)),
        ("met Bo two weeks ago", date(2026, 11, 10)),
        ("i sidste uge", date(2026, 11, 17)),
        ("talte last week", date(2026, 11, 17)),
        ("talte i går om det, vi sagde i mandags", date(2026, 11, 23)),
    ],
)
def test_a_day_is_told_as_people_say_it(text: str, day: date) -> None:
    assert guess_day(text, TODAY) == day


@pytest.mark.parametrize(
    "text",
    [
        "den 12. marts mødtes vi",
        "Mødtes d. 12. mar. med Bo",
        "12 marts: mødtes",
        "12 March, met Bo",
        "March 12 met Bo",
        "12/3 mødtes",
        "12.3. mødtes",
        "ringede 12.03. om foråret",
        "12/03 talte med Anne",
        "12/3-26 mødtes",
        "12/3-2026 mødtes",
        "12/3/2026 mødtes",
        "mødtes 12/3 2026",
        "12.3.2026 mødtes",
        "12-03-26 mødtes",
        "2026-03-12 mødtes",
        "mødte Bo den 12. marts 2026",
        "March 12, 2026 met Bo",
        "talte med Anne om foråret, 12/3",
        "talte med Anne om foråret (den 12. marts).",
        "12/3-15/3 stod de på messen",
    ],
)
def test_a_date_is_read_day_before_month(text: str) -> None:
    assert guess_day(text, TODAY) == date(2026, 3, 12)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "talte med Anne om foråret",
        "dagplejen ringede",
        "gårdmanden ringede",
        "talte med Anne i 1/2 time",
        "3/4 af dem kom",
        "ringede på tlf 12-34-56-78",
        "mødtes 31/2",
        "ringede kl. 9.10. om foråret",
        "mødtes 12/13",
        "mødtes 29/2",  # neither this year nor the last
        "2026-02-30",
    ],
)
def test_what_tells_no_day_means_today(text: str) -> None:
    assert guess_day(text, TODAY) == TODAY


@pytest.mark.parametrize(
    "text",
    [
        "vi mødtes 1/1-2027",
        "2027-11-24",
        "1/1/1970",
        "12.3.1899",
        "ringede til Bo og aftalte møde den 3. marts",
        "ringede til Bo, næste møde 12/3",
        "talte med Anne om mødet den 12. marts",
        "møde med Bo den 3. december",
        "møde med Bo 20/1",
    ],
)
def test_what_is_to_come_or_the_topic_is_not_the_day(text: str) -> None:
    assert guess_day(text, TODAY) == TODAY


@pytest.mark.parametrize(
    "text",
    [
        "vi mødes i morgen",
        "møde på fredag",
        "møde i næste uge",
        "meeting on Friday",
        "møde den 3. december",
        "møde 3. december 2026 om foråret",
        "Bente kommer fredag den 18. december",
        "25/11 ringede",
        "1.12. aftale",
        "møde med Bo 20/1",
        "vi mødtes 1/1-2027",
    ],
)
def test_what_is_agreed_on_has_not_happened(text: str) -> None:
    assert is_to_come(text, TODAY)
    assert guess_day(text, TODAY) == TODAY


@pytest.mark.parametrize(
    "text",
    [
        "",
        "talte med Anne om foråret",
        "talte med Anne om mødet i morgen",
        "ringede til Bo og aftalte møde den 3. december",
        "mødtes i går, næste gang på fredag",
        "12/3 mødtes",
        "møde den 3. april",
        "mødtes 31/2",
        "møde 31/2-2027",
        "24/11 ringede",
    ],
)
def test_what_has_happened_or_is_the_topic_is_not_to_come(text: str) -> None:
    assert not is_to_come(text, TODAY)


def test_a_day_and_month_to_come_means_last_year() -> None:
    assert guess_day("30/12 mødtes vi", date(2027, 1, 3)) == date(2026, 12, 30)
    assert guess_day("mødtes 3. december", date(2027, 6, 1)) == date(2026, 12, 3)


def test_of_two_dates_the_first_that_can_be_right_counts() -> None:
    assert guess_day("24/13 10/11 mødtes", TODAY) == date(2026, 11, 10)


PHRASES = """
i går|mandags|i dag|forgårs|sidste tirsdag|den 12.|31/12|1/1-2030|2024-02-29|12. marts|maj|99/99|.
om|,|talte|29/2|٣/٤|½|12.12.12
"""
WORDS = st.sampled_from(PHRASES.replace("\n", "|").split("|"))


@given(text=st.lists(WORDS, max_size=7).map(" ".join), today=st.dates(EARLIEST, date(2100, 1, 1)))
def test_a_guess_is_never_in_the_future(text: str, today: date) -> None:
    assert guess_day(text, today) <= today


@given(text=st.text())
def test_anything_may_be_typed(text: str) -> None:
    assert EARLIEST <= guess_day(text, TODAY) <= TODAY
