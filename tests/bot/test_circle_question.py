from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from bot.circle import Level, Move, Why
from bot.circle_activity import Activity
from bot.circle_question import (
    Kind,
    Question,
    after_no,
    ask_again,
    decide,
    hello,
    overtaken,
    what_now,
)
from bot.circle_trial import Trial

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
TODAY = NOON.date()
NETWORK, COLLABORATION, PARTNERSHIP = Level
SHOW = Activity(3, "forestillingen", "U01", NOON, ends_on=date(2026, 12, 20), id=7)


def test_the_responsible_is_asked_fourteen_days_after_an_activity() -> None:
    assert what_now(SHOW) == Question(Kind.WHAT_NOW, 3, 7, date(2027, 1, 3), "U01")


@pytest.mark.parametrize("quiet", [replace(SHOW, ends_on=None), replace(SHOW, over_at=NOON)])
def test_an_activity_without_an_end_or_over_already_asks_nothing(quiet: Activity) -> None:
    assert what_now(quiet) is None


def test_a_trial_is_asked_about_on_its_day() -> None:
    trial = Trial(3, TODAY, date(2027, 6, 2), "U01", NOON, id=8)
    assert decide(trial) == Question(Kind.TRIAL, 3, 8, date(2027, 6, 2), "U01")


def test_an_activity_talked_about_is_asked_about_in_a_month() -> None:
    assert ask_again(3, TODAY, by="U01") == Question(Kind.ACTIVITY, 3, 3, date(2026, 12, 24), "U01")


def test_an_old_friend_is_greeted_in_a_year() -> None:
    assert hello(3, TODAY, by="U01") == Question(Kind.HELLO, 3, 3, date(2027, 11, 24), "U01")


def test_a_kind_no_is_looked_at_again_on_the_day_that_was_promised() -> None:
    promised = date(2027, 9, 1)
    assert after_no(3, 9, promised, by="U01") == Question(Kind.AFTER_NO, 3, 9, promised, "U01")


@pytest.mark.parametrize(
    ("to_level", "why", "left"),
    [
        (COLLABORATION, Why.ACTIVITY, {Kind.WHAT_NOW, Kind.AFTER_NO}),
        (PARTNERSHIP, Why.FRAME, {Kind.WHAT_NOW, Kind.AFTER_NO}),
        (NETWORK, Why.ACTIVITY_OVER, {Kind.AFTER_NO}),
        (NETWORK, Why.ENDED, {Kind.AFTER_NO}),
    ],
)
def test_a_move_answers_what_it_overtakes(to_level: Level, why: Why, left: set[Kind]) -> None:
    move = Move(3, COLLABORATION, to_level, why, "U01", NOON)
    assert set(Kind) - set(overtaken(move)) == left
