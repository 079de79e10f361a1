"""The weekly message: one to each colleague, only when something is due, and what stands in it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot.reminder import MENTION_DAYS, Past, Thing, Value, What, is_last_mention, may_mention
from bot.timetable_week import Tuesdays
from bot.workspace import Frequency

# What is read in a minute and answered with five clicks. The rest stands on Home.
MOST = 5
# Named below the rest without a question: enough to see that something is coming.
ON_THE_WAY = 3
# Three messages without a click are no coincidence: she reads them no longer, or not weekly.
SILENT = 3

_UNHEARD = Past()


@dataclass(frozen=True)
class Line:
    """One thing in the message; `last`: it says that it will stand on Home from now on."""

    thing: Thing
    last: bool = False


@dataclass(frozen=True)
class Weekly:
    """What one message holds."""

    lines: tuple[Line, ...]  # the most valuable first
    more: int = 0  # that there was no room for
    on_the_way: tuple[int, ...] = ()  # partners, without a question
    turns_monthly: bool = False  # it says that the next one comes in a month

    @property
    def value(self) -> Value:
        """What the message is worth: as much as its first line."""
        return self.lines[0].thing.value


def weekly(
    things: Iterable[Thing],
    past: Mapping[str, Past],
    today: date,
    *,
    on_the_way: Sequence[int] = (),
    turns_monthly: bool = False,
) -> Weekly | None:
    """The message for one colleague, of all that waits for her; None: nothing is said.

    `past` is by the key of a thing, `on_the_way` the longest quiet first.
    """
    every = list(things)
    due = [one for one in every if may_mention(one, past.get(one.key, _UNHEARD), today)]
    named = _named_otherwise(every, due, past, today)
    due = [one for one in due if one.what is not What.CARE or one.partner_id not in named]
    due.sort(key=lambda one: _rank(one, past.get(one.key, _UNHEARD)))
    if not due:
        return None
    lines = tuple(
        Line(one, is_last_mention(one, past.get(one.key, _UNHEARD))) for one in _with_room(due)
    )
    shown = {one.partner_id for one in due}
    others = tuple(partner_id for partner_id in on_the_way if partner_id not in shown)
    return Weekly(lines, len(due) - len(lines), others[:ON_THE_WAY], turns_monthly)


def is_her_day(day: date, frequency: Frequency, silent: int, tuesdays: Tuesdays) -> bool:
    """Whether a message may be sent to her on that day.

    `silent` messages have come since she last did anything in the bot.
    """
    if frequency is Frequency.NEVER or tuesdays.day_in(day) != day:
        return False
    monthly = frequency is Frequency.MONTHLY or silent >= SILENT
    return tuesdays.is_first_of_month(day) if monthly else True


def back_on(day: date, now: datetime, frequency: Frequency, tuesdays: Tuesdays) -> date:
    """The day of the message in which a thing comes back that is put off until `day`.

    It is later than `now`; `day` itself while the library is closed for years.
    """
    before = max(tuesdays.calendar.moment(day, time()) - timedelta(seconds=1), now)
    while morning := tuesdays.following(before):
        on = tuesdays.calendar.day(morning)
        if frequency is not Frequency.MONTHLY or tuesdays.is_first_of_month(on):
            return on
        before = morning
    return day


def turns_monthly(frequency: Frequency, silent: int) -> bool:
    """Whether the message that is sent now says, this once, that it comes monthly from now on."""
    return frequency is Frequency.WEEKLY and silent == SILENT


def _named_otherwise(
    things: Sequence[Thing], due: Sequence[Thing], past: Mapping[str, Past], today: date
) -> set[int | None]:
    """The partners that another line is about, or was lately: the care is answered there.

    A question of the circle stands in for it until it is answered, on Home if need be.
    """
    others = [one for one in things if one.what is not What.CARE]
    lately = today - timedelta(days=MENTION_DAYS)
    return {
        one.partner_id
        for one in others
        if one in due
        or one.what is What.QUESTION
        or any(day > lately for day in past.get(one.key, _UNHEARD).mentioned)
    }


def _with_room(things: Sequence[Thing]) -> list[Thing]:
    """As many as fit in their order, the first about each partner before a second about any.

    A round is always among them: once its deadline is past, the next message is too late.
    """
    first = {(one.partner_id or one.key): one for one in reversed(things)}

    def waits(one: Thing) -> tuple[bool, bool]:
        return one.what is not What.ROUND, first[one.partner_id or one.key] is not one

    chosen = sorted(things, key=waits)[:MOST]
    return [one for one in things if one in chosen]


def _rank(thing: Thing, past: Past) -> tuple[Value, bool, date, str]:
    """Of equal value comes first what she has not heard of, then what has been due longest."""
    return thing.value, is_last_mention(thing, past), thing.due_on, thing.key
