"""What we do together with a partner, and what becomes of the relation when it is over."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot import guard
from bot.circle import FINISHED, Level, Why, outwards
from bot.errors import UserError
from bot.text import fold

# One line on the card: the name of a performance, a course, a festival.
WHAT_LENGTH = 200
# No programme is laid out longer than a municipal agreement runs; beyond it is a mistyped year.
LONGEST = timedelta(days=10 * 366)


@dataclass(frozen=True)
class Activity:
    """Something that we and a partner do. `version` grows with each change."""

    partner_id: int
    what: str
    noted_by: str  # Slack user ids, as in over_by
    noted_at: datetime
    ends_on: date | None = None  # None: not known yet, so nobody is asked
    over_by: str | None = None
    over_at: datetime | None = None
    id: int = 0  # 0 until stored
    version: int = 0


class Then(StrEnum):
    """An answer to "what now?" when an activity has ended."""

    AGAIN = "again"  # another activity begins
    NETWORK = "network"  # back to the network
    OVER = "over"  # this one is over, the relation stays where it is
    NOT_OVER = "not_over"  # it has another day to end, or none yet


def what_now(level: Level, *, others_running: bool) -> tuple[Then, ...]:
    """What the responsible can answer.

    Only a collaboration without anything else running goes back to the network by it: a partnership
    is more than one activity, and comes down for reasons of its own.
    """
    leads = outwards(level, Why.ACTIVITY_OVER, running=others_running)
    alone = level is Level.COLLABORATION and leads.level is Level.NETWORK
    done = Then.NETWORK if alone else Then.OVER
    return Then.AGAIN, done, Then.NOT_OVER


def over_by(running: Sequence[Activity], why: Why) -> list[int]:
    """Which of them a step out says are over: none, but the only one there is, if it is said."""
    only = [one.id for one in running] if len(running) == 1 else []
    return only if why in FINISHED else []


def still_running(
    running: Sequence[Activity], today: date, over: Collection[int] = ()
) -> list[Activity]:
    """Those of them that go on, without those `over`; one without an end goes on."""
    return [
        one
        for one in running
        if one.id not in over and (one.ends_on is None or one.ends_on > today)
    ]


def checked(activity: Activity, today: date, *, stood: date | None = None) -> Activity:
    """The activity as it may be stored, its text cleaned; an end that `stood` may have passed.

    Raises:
        UserError: with the name of the field; no text, one too long or with a CPR number, or an end
            that has passed or is too far off.
    """
    what = guard.line(activity.what, field="what", limit=WHAT_LENGTH).rstrip(".")
    if not fold(what):
        raise UserError("Write in one line what you do together.", field="what")
    if activity.ends_on == stood:
        return replace(activity, what=what)
    return replace(activity, what=what, ends_on=_checked_end(activity.ends_on, today))


def _checked_end(ends_on: date | None, today: date) -> date | None:
    if ends_on is None:
        return None
    if ends_on < today:
        raise UserError(
            "That day has passed. Choose the day when it ends, or leave it open.", field="ends_on"
        )
    if ends_on - today > LONGEST:
        raise UserError(
            "That day is too far off to be right. Choose an earlier one, or leave it open.",
            field="ends_on",
        )
    return ends_on
