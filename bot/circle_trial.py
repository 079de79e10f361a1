"""A collaboration on trial: is it to become a partnership? It is decided on an agreed day.

After the engagement of the Williamsburg Regional Library, which lasts for a time and then goes on,
goes down or ends. A trial is no fourth ring.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot import guard
from bot.circle import Level, Move
from bot.errors import UserError
from bot.partner import Partner, Status
from bot.timetable import Calendar

# One or two names with titles.
AGREED_WITH_LENGTH = 200
# Three months: long enough for a few meetings and something done, short enough to be remembered.
USUAL = timedelta(days=91)
# What is on trial for longer than a year has become something else meanwhile.
LONGEST = timedelta(days=366)

# What the card's log calls the day of decision, where it was put off.
LOGGED = "decide_on"


class Outcome(StrEnum):
    """What came of a trial."""

    PARTNERSHIP = "partnership"
    COLLABORATION = "collaboration"
    NETWORK = "network"
    ENDED = "ended"


@dataclass(frozen=True)
class Trial:
    """A trial of one partner. `version` grows with each change; a settled one has an outcome."""

    partner_id: int
    begun_on: date
    decide_on: date
    noted_by: str  # Slack user ids, as in settled_by
    noted_at: datetime
    agreed_with: str = ""  # of theirs
    outcome: Outcome | None = None
    settled_by: str | None = None
    settled_at: datetime | None = None
    id: int = 0  # 0 until stored
    version: int = 0


@dataclass(frozen=True)
class PutOff:
    """That a trial goes on until another day."""

    by: str  # a Slack user id
    at: datetime
    before: date
    until: date


def may_be_tried(partner: Partner) -> bool:
    """Whether it is a collaboration that goes on."""
    return partner.level is Level.COLLABORATION and partner.status is not Status.ENDED


def check_may_be_tried(partner: Partner) -> None:
    """Raise the UserError that says why the partner cannot be on trial, if it cannot."""
    if not may_be_tried(partner):
        raise UserError(
            "A trial is for a collaboration that may become a partnership. "
            "Choose their place in the circle first."
        )


def checked(trial: Trial, today: date) -> Trial:
    """The trial as it may be stored, its text cleaned.

    Raises:
        UserError: with the name of the field; a day of decision that is not to come or too far off,
            a text too long or with a CPR number.
    """
    if trial.decide_on <= today:
        raise UserError("Choose a day to come. That is when you decide.", field="decide_on")
    if trial.decide_on - today > LONGEST:
        raise UserError(
            "A trial lasts for a year at most. Choose an earlier day.", field="decide_on"
        )
    agreed_with = guard.line(trial.agreed_with, field="agreed_with", limit=AGREED_WITH_LENGTH)
    return replace(trial, agreed_with=agreed_with)


def day_of_decision(day: date, calendar: Calendar) -> date:
    """That day, or the next one after it on which somebody is there to decide."""
    return day if calendar.is_working(day) else calendar.working_day(day, 1)


def usual_day(today: date, calendar: Calendar) -> date:
    """The day that is proposed."""
    return day_of_decision(today + USUAL, calendar)


def outcome_of(move: Move) -> Outcome:
    """What a move makes of the trial that runs meanwhile."""
    return Outcome.ENDED if move.ends else Outcome(move.to_level)
