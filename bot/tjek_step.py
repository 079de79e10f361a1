"""What a decision leaves to be done: a condition, or a question somebody finds out about."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot import guard, round_step
from bot.errors import UserError
from bot.questions import Question
from bot.round_step import Step
from bot.text import fold
from bot.timetable import Calendar
from bot.tjek import Decision
from bot.tjek_round import Outcome

# The partner's next step is one line of 300; beside this there is room for the names.
STEP_LENGTH = 200

# The decisions that are no end: what they wait for has a day.
WAITING = frozenset({Decision.GO_ON_IF, Decision.FIND_OUT})
# More open questions than these are no step but a new check.
MOST = 4
# A week's work, as for an answer in a round.
USUAL_DAYS = 5


@dataclass(frozen=True)
class Task:
    """The step as one of those who see to it has it."""

    tjek_id: int
    user_id: str  # a Slack user id, as `by`
    text: str
    due_on: date
    by: str  # who has chosen them
    at: datetime
    done_at: datetime | None = None


def usual_day(today: date, calendar: Calendar) -> date:
    """The day that is proposed, on which somebody works."""
    return calendar.working_day(today, USUAL_DAYS)


def belongs_to(task: Task, next_step: str) -> bool:
    """Whether that is what a partner's card has to be done, there with the names behind it."""
    return next_step.startswith(task.text)


def left_over(tasks: Sequence[Task], here: Collection[str]) -> list[Task]:
    """Those of which all who were chosen have left: the coordinator's now."""
    return list(round_step.left_over(((one, one.tjek_id, one.user_id) for one in tasks), here))


def checked_step(
    decision: Decision, text: str, on: date | None, who: tuple[str, ...], today: date
) -> Step | None:
    """The step that the decision needs; None for one that needs none.

    Raises:
        UserError: with the field's name; it is missing, or its day is past.
    """
    if decision not in WAITING:
        return None
    step = guard.line(text, field="next_step", limit=STEP_LENGTH)
    if not fold(step):
        raise UserError("Write what it depends on, in one line.", field="next_step")
    if decision is Decision.FIND_OUT and not who:
        raise UserError("Choose who finds out, or nobody will.", field="who")
    if on is None or on < today:
        raise UserError("Choose a day from today on.", field="next_step_on")
    return Step(step, on, who)


def to_find_out(outcome: Outcome) -> tuple[Question, ...]:
    """The open questions: what nobody knows, or else where we see it most differently."""
    apart = tuple(point.question for point in outcome.apart)
    return (outcome.find_out or apart)[:MOST]
