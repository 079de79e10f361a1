"""What an evaluation has agreed on: up to five steps, each somebody's until it is done."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot import guard, round_step
from bot.errors import UserError
from bot.round_step import Step
from bot.text import clean, fold
from bot.timetable import Calendar

# More than these nobody carries out beside the work itself.
MOST = 5
STEP_LENGTH = 200
AGREED_LENGTH = 1000

# A month: what is adjusted between two houses takes a meeting, and a meeting takes weeks.
USUAL = timedelta(days=30)
# A fortnight finds an hour in two calendars.
MEETING = timedelta(days=14)

_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Row:
    """One step as far as the form is filled in."""

    text: str = ""
    on: date | None = None
    who: tuple[str, ...] = ()  # Slack user ids


@dataclass(frozen=True)
class Agreed:
    """A step as one of those who see to it has it."""

    evaluation_id: int
    user_id: str  # a Slack user id, as `by`
    text: str
    due_on: date
    by: str  # who has put it down
    at: datetime
    done_at: datetime | None = None
    id: int = 0  # 0 until stored


def day_after(today: date, time_given: timedelta, calendar: Calendar) -> date:
    """The day that is proposed: so much later, or the working day after it."""
    return calendar.working_day(today + time_given - _DAY, 1)


def field(name: str, number: int) -> str:
    """The form's name for a field of the step of that number, from 0."""
    return f"{name}.{number}"


def checked_steps(rows: Sequence[Row], today: date) -> tuple[Step, ...]:
    """The steps as they are agreed on; a row without a text is none.

    Raises:
        UserError: with the field's name; there is none, or one has nobody or no day ahead.
    """
    steps = [_checked(row, number, today) for number, row in enumerate(rows) if fold(row.text)]
    if not steps:
        raise UserError(
            "Write what you do differently from now on, in one line.", field=field("step", 0)
        )
    return tuple(steps)


def checked_agreed(text: str) -> str:
    """What was agreed besides, which may be nothing; raises UserError."""
    typed = guard.within(clean(text), field="agreed", limit=AGREED_LENGTH)
    return guard.without_cpr(typed, field="agreed")


def together(steps: Sequence[Agreed]) -> tuple[Step, ...]:
    """Each step once, with all who see to it, the first due first."""
    found: dict[tuple[str, date], list[str]] = {}
    for one in steps:
        found.setdefault((one.text, one.due_on), []).append(one.user_id)
    every = [Step(text, on, tuple(users)) for (text, on), users in found.items()]
    return tuple(sorted(every, key=lambda step: step.on))


def left_over(steps: Sequence[Agreed], here: Collection[str]) -> Sequence[Agreed]:
    """Those of which all who see to them have left: the coordinator's now."""
    told_apart = ((one, (one.evaluation_id, one.text, one.due_on), one.user_id) for one in steps)
    return round_step.left_over(told_apart, here)


def _checked(row: Row, number: int, today: date) -> Step:
    text = guard.line(row.text, field=field("step", number), limit=STEP_LENGTH)
    if not row.who:
        raise UserError("Choose who sees to it, or nobody will.", field=field("who", number))
    if row.on is None or row.on < today:
        raise UserError("Choose a day from today on.", field=field("on", number))
    return Step(text, row.on, row.who)
