"""What is asked on a day to come, so that a relation is moved by somebody (circle_asked: whom)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.circle import Level, Move
from bot.circle_activity import Activity
from bot.circle_trial import Trial

# The chairs are put away and the bills paid by then, and nobody has forgotten how it went.
AFTER_ACTIVITY = timedelta(days=14)
# What is talked about now has become an agreement in a month, or it has not.
TALKED_ABOUT = timedelta(days=30)
# An old friend is greeted once a year, in the same season.
OLD_FRIEND = timedelta(days=365)


class Kind(StrEnum):
    """What is asked."""

    ACTIVITY = "activity"  # is there an activity by now?
    WHAT_NOW = "what_now"  # an activity has ended
    TRIAL = "trial"  # the day of decision
    HELLO = "hello"  # a year after an ending
    AFTER_NO = "after_no"  # the day that a letter with a kind no has named


@dataclass(frozen=True)
class Question:
    """Asked once: there is one of each kind about a subject on a day."""

    kind: Kind
    partner_id: int
    subject_id: int  # the activity, the trial, the check, or the partner itself
    due_on: date
    by: str = ""  # the Slack user id of who took the step that is asked about
    answered_at: datetime | None = None
    withdrawn_at: datetime | None = None
    id: int = 0  # 0 until stored


def ask_again(partner_id: int, today: date, *, by: str) -> Question:
    """Is there an activity by now?"""
    return Question(Kind.ACTIVITY, partner_id, partner_id, today + TALKED_ABOUT, by)


def what_now(activity: Activity) -> Question | None:
    """What now, after the activity; None while nobody knows when it ends, or once it is over."""
    if activity.ends_on is None or activity.over_at:
        return None
    due_on = activity.ends_on + AFTER_ACTIVITY
    return Question(Kind.WHAT_NOW, activity.partner_id, activity.id, due_on, activity.noted_by)


def decide(trial: Trial) -> Question:
    """On to partnership, down to collaboration, a new date, or an end?"""
    return Question(Kind.TRIAL, trial.partner_id, trial.id, trial.decide_on, trial.noted_by)


def hello(partner_id: int, today: date, *, by: str) -> Question:
    """Shall we say hello to an old friend?"""
    return Question(Kind.HELLO, partner_id, partner_id, today + OLD_FRIEND, by)


def after_no(partner_id: int, check_id: int, on: date, *, by: str) -> Question:
    """We said that we would look at their idea again: do we?"""
    return Question(Kind.AFTER_NO, partner_id, check_id, on, by)


def overtaken(move: Move) -> tuple[Kind, ...]:
    """The kinds of question that a move answers by itself.

    Within the circle an activity still runs to its end; in the network none does. What was promised
    in a letter is kept, wherever they move.
    """
    kept = {Kind.AFTER_NO}
    if move.to_level is not Level.NETWORK:
        kept.add(Kind.WHAT_NOW)
    return tuple(kind for kind in Kind if kind not in kept)
