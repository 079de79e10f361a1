from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import product
from zoneinfo import ZoneInfo

import pytest

from bot.circle import Level, Move, Why
from bot.circle_trial import (
    LONGEST,
    Outcome,
    Trial,
    check_may_be_tried,
    checked,
    day_of_decision,
    may_be_tried,
    outcome_of,
    usual_day,
)
from bot.errors import UserError
from bot.partner import Partner, Status
from bot.timetable import Calendar
from bot.workspace import ClosedDays

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
TODAY = NOON.date()
DAY = timedelta(days=1)
TRIAL = Trial(3, TODAY, TODAY + 90 * DAY, "U01", NOON, agreed_with="Anne Holm")


def refused(trial: Trial) -> UserError:
    with pytest.raises(UserError) as error:
        checked(trial, TODAY)
    return error.value


def test_the_text_is_cleaned_to_one_line() -> None:
    assert checked(replace(TRIAL, agreed_with=" Anne\n Holm\u200b "), TODAY) == TRIAL


@pytest.mark.parametrize("agreed_with", ["Anne, 010190-1234", "æ" * 201])
def test_a_text_that_cannot_stand_is_refused(agreed_with: str) -> None:
    assert refused(replace(TRIAL, agreed_with=agreed_with)).field == "agreed_with"


@pytest.mark.parametrize("agreed_with", ["", "æ" * 200])
def test_a_text_that_may_be_missing_or_just_fits(agreed_with: str) -> None:
    fits = replace(TRIAL, agreed_with=agreed_with)
    assert checked(fits, TODAY) == fits


@pytest.mark.parametrize("decide_on", [TODAY + DAY, TODAY + LONGEST])
def test_the_first_and_the_last_possible_day_of_decision(decide_on: date) -> None:
    assert checked(replace(TRIAL, decide_on=decide_on), TODAY).decide_on == decide_on


@pytest.mark.parametrize("decide_on", [TODAY, TODAY - DAY, TODAY + LONGEST + DAY])
def test_a_day_that_is_not_to_come_or_too_far_off_is_refused(decide_on: date) -> None:
    assert refused(replace(TRIAL, decide_on=decide_on)).field == "decide_on"


@pytest.mark.parametrize(("level", "status"), list(product(Level, Status)))
def test_only_a_collaboration_that_goes_on_is_tried(level: Level, status: Status) -> None:
    partner = Partner("Springbræt", level=level, status=status)
    fits = level is Level.COLLABORATION and status is not Status.ENDED
    assert may_be_tried(partner) == fits
    if fits:
        check_may_be_tried(partner)
        return
    with pytest.raises(UserError, match="A trial is for a collaboration"):
        check_may_be_tried(partner)


@pytest.mark.parametrize(
    ("to_level", "why", "outcome"),
    [
        (Level.PARTNERSHIP, Why.TRIAL, Outcome.PARTNERSHIP),
        (Level.PARTNERSHIP, Why.JUDGED, Outcome.PARTNERSHIP),
        (Level.NETWORK, Why.ACTIVITY_OVER, Outcome.NETWORK),
        (Level.NETWORK, Why.ENDED, Outcome.ENDED),
    ],
)
def test_a_move_settles_the_trial(to_level: Level, why: Why, outcome: Outcome) -> None:
    assert outcome_of(Move(3, Level.COLLABORATION, to_level, why, "U01", NOON)) is outcome


def test_there_is_an_outcome_for_every_ring() -> None:
    assert set(Level) <= set(Outcome)


CHRISTMAS = ClosedDays(first=date(2026, 12, 24), last=date(2026, 12, 28))
CALENDAR = Calendar(ZoneInfo("Europe/Copenhagen"), (CHRISTMAS,))


@pytest.mark.parametrize(
    ("wished", "decided"),
    [
        (date(2026, 12, 4), date(2026, 12, 4)),  # a Friday
        (date(2026, 12, 5), date(2026, 12, 7)),
        (date(2026, 12, 24), date(2026, 12, 29)),
    ],
)
def test_it_is_decided_on_a_day_when_somebody_is_there(wished: date, decided: date) -> None:
    assert day_of_decision(wished, CALENDAR) == decided


def test_the_usual_day_is_three_months_on_and_no_weekend() -> None:
    assert usual_day(TODAY, CALENDAR) == date(2027, 2, 23)
    assert usual_day(date(2026, 11, 22), CALENDAR) == date(2027, 2, 22)
