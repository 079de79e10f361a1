from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from bot.circle_activity import Activity
from bot.circle_course import Course, still_running
from bot.circle_trial import Outcome, Trial

TODAY = date(2026, 11, 24)
NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
DAY = timedelta(days=1)
FAIR = Activity(1, "loppemarked", "U02", NOW)


def test_an_activity_without_an_end_runs_on() -> None:
    assert still_running([FAIR], TODAY)
    assert not still_running([], TODAY)


def test_an_activity_runs_to_the_day_before_its_end() -> None:
    for days, running in ((-1, False), (0, False), (1, True)):
        assert still_running([replace(FAIR, ends_on=TODAY + days * DAY)], TODAY) is running


def test_the_trial_is_the_one_that_is_not_settled() -> None:
    settled = Trial(1, TODAY, TODAY + DAY, "U02", NOW, outcome=Outcome.COLLABORATION, id=1)
    running = replace(settled, outcome=None, id=2)
    assert Course(trials=[settled, running]).trial == running
    assert Course(trials=[settled]).trial is None
