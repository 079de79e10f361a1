from datetime import timedelta

import pytest

from bot.errors import UserError
from bot.evaluation import Decision
from bot.evaluation_sense import AFTER, UNTIL, Why, checked_reason, is_time, why_ask
from tests.bot.evaluations import FINE, LOW, NOW, held

UNKNOWN = FINE | {"difference": "unknown", "worth": "unknown"}
LOW_NOW = held(LOW, LOW)
LOW_BEFORE = held(LOW, LOW, number=2, days_ago=365)
FINE_BEFORE = held(FINE, FINE, number=2, days_ago=365)


def test_low_twice_running_is_asked_about_whatever_it_is_for() -> None:
    assert why_ask([LOW_NOW, LOW_BEFORE], has_purpose=True) is Why.TWICE


def test_low_once_is_asked_about_where_it_is_tied_to_nothing() -> None:
    assert why_ask([LOW_NOW], has_purpose=False) is Why.NO_PURPOSE
    assert why_ask([LOW_NOW, FINE_BEFORE], has_purpose=False) is Why.NO_PURPOSE
    assert why_ask([LOW_NOW, FINE_BEFORE], has_purpose=True) is None


def test_the_one_before_is_the_last_that_has_results() -> None:
    unknown = held(UNKNOWN, UNKNOWN, number=3, days_ago=100)
    assert why_ask([LOW_NOW, unknown, LOW_BEFORE], has_purpose=True) is Why.TWICE
    assert why_ask([unknown, LOW_NOW, LOW_BEFORE], has_purpose=False) is None


def test_only_our_own_answers_count() -> None:
    assert why_ask([held(FINE, FINE, theirs=LOW)], has_purpose=False) is None
    assert why_ask([held(theirs=LOW)], has_purpose=False) is None


def test_where_it_goes_well_or_is_settled_nobody_is_asked() -> None:
    assert why_ask([], has_purpose=False) is None
    assert why_ask([held(FINE, FINE), LOW_BEFORE], has_purpose=False) is None
    for settled in (Decision.MOVE, Decision.END):
        assert why_ask([held(LOW, LOW, decision=settled)], has_purpose=False) is None


def test_first_they_talk_and_after_a_month_it_is_too_late() -> None:
    assert not is_time(NOW, NOW + AFTER - timedelta(seconds=1))
    assert is_time(NOW, NOW + AFTER)
    assert not is_time(NOW, NOW + UNTIL + timedelta(seconds=1))


def test_a_reason_is_a_line() -> None:
    assert checked_reason(" for\nbyen ") == "for byen"
    with pytest.raises(UserError):
        checked_reason("  ")
