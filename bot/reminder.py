"""Network care: what a colleague is to be reminded of, and how often (Byg partnerskaber!, page 33).

Everything that comes to its day is a Thing. It stands on Home until it is done, and is mentioned
unasked at most twice. When a relation has been quiet for too long says reminder_cadence; when the
message is sent and what stands in it, reminder_week.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import IntEnum, StrEnum

from bot.circle_asked import Absent, Tied
from bot.circle_question import Kind as Asks
from bot.circle_question import Question
from bot.evaluation_step import Agreed
from bot.partner import RelationType
from bot.reminder_cadence import (
    AGREEMENT_DAYS,
    USUAL,
    Cadences,
    Place,
    Relation,
    Standing,
    due,
    standing,
)
from bot.reminder_handover import Handover, is_open
from bot.timetable import Calendar
from bot.tjek_step import Task

# A reminder that was overlooked twice is no reminder but noise: then it stands on Home.
MENTIONS = 2
# A fortnight: an answer from a partner takes one, and a holiday does.
MENTION_DAYS = 14
# To the next message: what has its day before then is of no use in that one.
WEEK_AHEAD = timedelta(days=6)

_DAY = timedelta(days=1)
_GREETED = USUAL[Place.OLD_FRIEND].on_the_way * _DAY  # after it an old friend is on the way again


class Value(IntEnum):
    """What comes first where there is room for some only: the smaller, the more valuable."""

    PROMISE = 1  # what a colleague has said that she would do
    ROUND = 2  # others wait for her answer
    TRIAL = 3
    CARE = 4
    REST = 5


class What(StrEnum):
    """What sort of thing it is."""

    STEP = "step"  # a partner's next step
    TASK = "task"  # what she was chosen for after a check
    AGREED = "agreed"  # the same after an evaluation
    ROUND = "round"  # a round that waits for an answer
    DECISION = "decision"  # an evaluation that waits for what follows from it
    HANDOVER = "handover"  # a partner that a colleague offers
    QUESTION = "question"  # one of the circle's
    CARE = "care"  # a relation that has been quiet for too long
    AGREEMENT = "agreement"  # a sponsor's, a fund's or a supplier's runs out


@dataclass(frozen=True)
class Thing:
    """Something that has come to its day and waits for a colleague.

    Mentions before `since` were about something else; `again_on` is the earliest day of the second.
    """

    what: What
    subject_id: int  # of the partner, the check, the step, the question, the round or the handover
    value: Value
    due_on: date
    partner_id: int | None = None  # a round may be about an idea only
    since: date = date.min
    again_on: date = date.min

    @property
    def key(self) -> str:
        """The same for the same thing, whenever it comes to its day again."""
        return f"{self.what}.{self.subject_id}"


@dataclass(frozen=True)
class Past:
    """What one colleague has heard of a thing, and how she has put it off."""

    mentioned: tuple[date, ...] = ()  # unasked, to her
    put_off_on: date | None = None
    put_off_until: date | None = None


def care(relation: Relation, library: Cadences, today: date) -> Thing | None:
    """The relation as a thing to ask about; None where it is not for today."""
    when = due(relation, library)
    if when is None or standing(when, today) is not Standing.ASK:
        return None
    what, value, again_on = What.CARE, Value.CARE, date.min
    if relation.relation_type is not RelationType.PARTNER and relation.agreement_ends:
        what, value = What.AGREEMENT, Value.REST
        again_on = relation.agreement_ends - AGREEMENT_DAYS[-1] * _DAY
    number = relation.partner_id
    return Thing(what, number, value, when.ask_on, number, when.since, again_on)


def step(partner_id: int, on: date, today: date) -> Thing | None:
    """The partner's next step, from the message before its day on; None where it is later.

    With another day it is another promise.
    """
    return _promise(What.STEP, partner_id, on, partner_id, today)


def task(chosen: Task, partner_id: int | None, today: date) -> Thing | None:
    """What she was chosen to find out or to see to, as step(); the check is about that partner."""
    return _promise(What.TASK, chosen.tjek_id, chosen.due_on, partner_id, today)


def agreed(one: Agreed, partner_id: int, today: date) -> Thing | None:
    """What an evaluation of that partner has agreed on, as step()."""
    return _promise(What.AGREED, one.id, one.due_on, partner_id, today)


def _promise(
    what: What, number: int, on: date, partner_id: int | None, today: date
) -> Thing | None:
    if on > today + WEEK_AHEAD:
        return None
    return Thing(what, number, Value.PROMISE, on, partner_id, on - WEEK_AHEAD)


def question(asked: Question, today: date, last_contact: date | None = None) -> Thing | None:
    """One of the circle's questions that is open; None where it is not for today.

    A trial is named in the week of its decision. An old friend whom somebody has been in contact
    with meanwhile is not asked about.
    """
    on, since = asked.due_on, date.min
    if asked.kind is Asks.HELLO and last_contact:
        on = max(on, last_contact + _GREETED)
        since = on - _GREETED // 2
    ahead = WEEK_AHEAD if asked.kind is Asks.TRIAL else timedelta(0)
    if on > today + ahead:
        return None
    value = _VALUE.get(asked.kind, Value.REST)
    return Thing(What.QUESTION, asked.id, value, on, asked.partner_id, since)


_VALUE = {
    Asks.AFTER_NO: Value.PROMISE,  # a letter has promised it
    Asks.TRIAL: Value.TRIAL,
    Asks.HELLO: Value.CARE,
}


def answer(
    round_id: int, deadline: datetime, partner_id: int | None, now: datetime, calendar: Calendar
) -> Thing | None:
    """A round that waits for her answer; None once its deadline is there. Its day is her own."""
    if deadline <= now:
        return None
    return Thing(What.ROUND, round_id, Value.ROUND, calendar.day(deadline), partner_id)


def decision(round_id: int, shown_on: date, partner_id: int | None) -> Thing:
    """What follows from an evaluation whose answers are shown, for the one who leads it."""
    return Thing(What.DECISION, round_id, Value.ROUND, shown_on, partner_id)


def offer(handover: Handover, now: datetime, calendar: Calendar) -> Thing | None:
    """A partner that she is offered; None once that is settled or has lapsed."""
    if not is_open(handover, now):
        return None
    since = calendar.day(handover.at)
    return Thing(What.HANDOVER, handover.id, Value.ROUND, since, handover.partner_id)


def is_put_off(past: Past, today: date) -> bool:
    """Whether she wants to hear of it later only. It stands on Home all the while."""
    return past.put_off_until is not None and today < past.put_off_until


def may_mention(thing: Thing, past: Past, today: date) -> bool:
    """Whether she may be told of it unasked today."""
    if is_put_off(past, today):
        return False
    if _comes_back(thing, past):
        return True
    days = _mentions(thing, past)
    return may_repeat(days, today) and (not days or today >= thing.again_on)


def may_repeat(mentioned: Sequence[date], today: date) -> bool:
    """The same for what is told in a message of its own and cannot be put off."""
    if len(mentioned) >= MENTIONS:
        return False
    return not mentioned or today >= max(mentioned) + MENTION_DAYS * _DAY


def is_last_mention(thing: Thing, past: Past) -> bool:
    """Whether the next mention is the last, which says so; what she asked for says nothing."""
    return len(_mentions(thing, past)) == MENTIONS - 1 and not _comes_back(thing, past)


def _mentions(thing: Thing, past: Past) -> list[date]:
    return [day for day in past.mentioned if day >= thing.since]


def _comes_back(thing: Thing, past: Past) -> bool:
    """Whether she has put it off and not heard of it since: it comes back, however often told."""
    until = past.put_off_until
    if until is None or until < thing.since:
        return False
    return not any(day >= until for day in past.mentioned)


def asked(tied: Tied, absent: Absent) -> str | None:
    """Whom care for a partner is asked of: the responsible, or who steps in while she is away.

    None where that is nobody: then it waits until she is back, or it is_unclaimed.
    """
    responsible = tied.responsible
    if responsible is None or is_unclaimed(tied, absent):
        return None
    if responsible not in absent.away:
        return responsible
    deputy = tied.deputy or absent.away[responsible]
    return None if deputy in absent.left or deputy in absent.away else deputy


def is_unclaimed(tied: Tied, absent: Absent) -> bool:
    """Whether nobody who is still here is responsible: nobody is asked, and "Who takes it?" is."""
    return tied.responsible is None or tied.responsible in absent.left
