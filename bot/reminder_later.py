"""Later: what a colleague chooses for a thing that she does not do now."""

from datetime import date, timedelta
from enum import StrEnum

from dateutil.relativedelta import relativedelta

from bot.errors import UserError

# What is put off for longer is no longer meant.
LONGEST = timedelta(days=366)

_SATURDAY = 5


class Later(StrEnum):
    """The one menu of a line in the weekly message."""

    WEEK = "week"
    MONTH = "month"
    DATE = "date"
    HAND_OVER = "hand_over"
    PAUSE = "pause"  # the relation rests until somebody wakes it
    NOT_ME = "not_me"  # somebody else is to be responsible


def until(choice: Later, today: date, on: date | None = None) -> date:
    """The day from which a thing may be mentioned again; `on` for Later.DATE, today included.

    In a week is the message of the next week, on whichever day of this one it is chosen; at the
    weekend the one after it, for the next is two days off.

    Raises:
        UserError: the day has passed, is missing, or is too far off.
        ValueError: the choice is none of time.
    """
    match choice:
        case Later.WEEK:
            weeks = 1 if today.weekday() < _SATURDAY else 2
            return today + timedelta(days=7 * weeks - today.weekday())
        case Later.MONTH:
            return today + relativedelta(months=1)
        case Later.DATE:
            return _checked(on, today)
        case _:
            raise ValueError(f"{choice} puts nothing off")


def _checked(on: date | None, today: date) -> date:
    if on is None or on < today:
        raise UserError("Choose a day from today on.", field="on")
    if on - today > LONGEST:
        raise UserError("Choose a day within a year, or put the relation to rest.", field="on")
    return on
