from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from bot.circle import Level, Move, Why
from bot.circle_activity import Activity
from bot.circle_course import Course
from bot.circle_trial import Outcome, Trial

TODAY = date(2026, 11, 24)
NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
DAY = timedelta(days=1)
FAIR = Activity(1, "loppemarked", "U02", NOW)


def test_the_trial_is_the_one_that_is_not_settled() -> None:
    settled = Trial(1, TODAY, TODAY + DAY, "U02", NOW, outcome=Outcome.COLLABORATION, id=1)
    running = replace(settled, outcome=None, id=2)
    assert Course(trials=[settled, running]).trial == running
    assert Course(trials=[settled]).trial is None


def test_a_course_has_begun_with_whatever_there_is_to_tell() -> None:
    assert not Course([], [], []).begun
    assert Course(running=[FAIR]).begun
    assert Course(hello_on=TODAY).begun


def test_a_trial_is_decided_by_the_step_of_that_moment_that_leads_there() -> None:
    step = Move(1, Level.COLLABORATION, Level.PARTNERSHIP, Why.TRIAL, "U02", NOW)
    trial = Trial(1, TODAY, TODAY + DAY, "U02", NOW, outcome=Outcome.PARTNERSHIP, settled_at=NOW)
    assert Course(trials=[trial]).decided_by(step) == trial
    assert Course(trials=[replace(trial, settled_at=NOW + DAY)]).decided_by(step) is None
    stayed = replace(trial, outcome=Outcome.COLLABORATION)
    assert Course(trials=[stayed]).decided_by(step) is None
    assert Course(trials=[replace(trial, outcome=None, settled_at=None)]).decided_by(step) is None
