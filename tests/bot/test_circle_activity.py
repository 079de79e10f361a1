from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.circle import WHYS_DOWN, Level, Why
from bot.circle_activity import (
    LONGEST,
    Activity,
    Then,
    checked,
    over_by,
    still_running,
    what_now,
)
from bot.errors import UserError

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
TODAY = NOON.date()
DAY = timedelta(days=1)
SHOW = Activity(3, "forestillingen", "U01", NOON, ends_on=TODAY + 30 * DAY, id=7, version=1)


def refused(activity: Activity) -> UserError:
    with pytest.raises(UserError) as error:
        checked(activity, TODAY)
    return error.value


def test_the_text_is_cleaned_to_one_line() -> None:
    typed = replace(SHOW, what=" forestillingen\n om\u200b foråret ")
    assert checked(typed, TODAY) == replace(SHOW, what="forestillingen om foråret")


@pytest.mark.parametrize("what", ["", " \n\u200b ", "Anne, 010190-1234", "æ" * 201])
def test_a_text_that_cannot_stand_is_refused(what: str) -> None:
    assert refused(replace(SHOW, what=what)).field == "what"


def test_a_text_that_just_fits() -> None:
    fits = replace(SHOW, what="æ" * 200)
    assert checked(fits, TODAY) == fits


@pytest.mark.parametrize("ends_on", [None, TODAY, TODAY + LONGEST])
def test_the_first_and_the_last_possible_end_and_none(ends_on: date | None) -> None:
    assert checked(replace(SHOW, ends_on=ends_on), TODAY).ends_on == ends_on


@pytest.mark.parametrize("ends_on", [TODAY - DAY, TODAY + LONGEST + DAY, date(2206, 5, 1)])
def test_an_end_that_has_passed_or_is_far_off_is_refused(ends_on: date) -> None:
    assert refused(replace(SHOW, ends_on=ends_on)).field == "ends_on"


@pytest.mark.parametrize("level", Level)
@pytest.mark.parametrize("others_running", [True, False])
def test_only_a_collaboration_with_nothing_else_goes_back_to_the_network(
    level: Level, *, others_running: bool
) -> None:
    alone = level is Level.COLLABORATION and not others_running
    answers = what_now(level, others_running=others_running)
    assert answers == (Then.AGAIN, Then.NETWORK if alone else Then.OVER, Then.NOT_OVER)


def test_an_end_that_stood_there_may_have_passed() -> None:
    gone = replace(SHOW, ends_on=TODAY - 9 * DAY)
    assert checked(gone, TODAY, stood=gone.ends_on) == gone
    left_open = replace(gone, ends_on=None)
    assert checked(left_open, TODAY, stood=gone.ends_on) == left_open
    with pytest.raises(UserError, match="That day has passed"):
        checked(gone, TODAY, stood=TODAY)


def test_an_activity_runs_to_the_day_before_its_end_and_without_one_on_and_on() -> None:
    for days, running in ((-1, False), (0, False), (1, True)):
        one = replace(SHOW, ends_on=TODAY + days * DAY)
        assert still_running([one], TODAY) == ([one] if running else [])
    forever = replace(SHOW, ends_on=None)
    assert still_running([forever], TODAY) == [forever]
    assert still_running([forever], TODAY, [forever.id]) == []


@pytest.mark.parametrize("why", WHYS_DOWN)
def test_the_only_activity_is_over_where_that_is_said(why: Why) -> None:
    said = why in {Why.ACTIVITY_OVER, Why.REACHED}
    assert over_by([SHOW], why) == ([SHOW.id] if said else [])
    assert over_by([SHOW, replace(SHOW, id=8)], why) == []
    assert over_by([], why) == []
