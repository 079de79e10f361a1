"""A round: those invited answer unseen by each other, then all answers are shown at once.

Written first, spoken next: so the toolbox to Byg partnerskaber! has partners evaluate ("Plej dit
partnerskab"), and so no answer is swayed by a colleague's. tjek and evaluation both ask this way.
What each may do, and when, is in round_steps; how the answers are laid out, in round_spread.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from bot.errors import UserError
from bot.round_voice import is_asked_by_mail
from bot.timetable import Calendar

# A week's work: also the one who is in on Tuesdays only has a day for it.
DEADLINE_DAYS = 5
# Answers are shown while people are at work, with half a day left to talk about them.
DEADLINE_TIME = time(12)
# A working day's start, in time for an answer the same day.
NUDGE_TIME = time(9)
# After two months nobody remembers what it was about.
LONGEST_DAYS = 60
# A house of 300 asks those concerned; more answers than this nobody reads through.
MOST_INVITED = 200


class Kind(StrEnum):
    """The feature that asks."""

    TJEK = "tjek"
    EVALUATION = "evaluation"


# Whether a colleague's name stands by her answers when they are shown, as the form says beforehand.
NAMED: Mapping[Kind, bool] = {Kind.TJEK: True, Kind.EVALUATION: False}


class State(StrEnum):
    """Where a round is. Cancelled before anything was shown, nothing ever is."""

    OPEN = "open"
    REVEALED = "revealed"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class Standing(StrEnum):
    """What has come of one invitation."""

    WAITING = "waiting"
    ANSWERED = "answered"  # sent; what is only begun is a draft, and never shown
    DECLINED = "declined"
    LEFT = "left"  # Slack, before an answer


class Why(StrEnum):
    """What made the answers be shown."""

    ALL_IN = "all_in"
    DEADLINE = "deadline"
    CALLED = "called"  # by the one who called the round


@dataclass(frozen=True)
class Sheet:
    """One person's answers by question id, and notes by the id of what they are about."""

    answers: Mapping[str, str] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Round:
    """One round. It carries nobody's answers: storage hands those out once they may be seen."""

    kind: Kind
    subject_id: int  # the check, or what is evaluated
    called_by: str  # Slack user ids, as in standings and closed_by
    opened_at: datetime
    deadline: datetime
    # By voice: a Slack user id, or the partner's (is_outside). Never shown as it is: see count().
    standings: Mapping[str, Standing]
    named: bool
    partner_id: int | None = None
    nudge_at: datetime | None = None  # None: the deadline is too near for it
    channel: str = ""
    open_to_all: bool = False  # whether every colleague may read that channel; of old ones unknown
    ts: str = ""  # of the message that the thread hangs on; empty until it is posted
    state: State = State.OPEN
    caller_left: bool = False
    why: Why | None = None
    revealed_at: datetime | None = None
    decision: str = ""  # the feature's own word
    reason: str = ""
    closed_by: str | None = None  # or cancelled
    closed_at: datetime | None = None
    id: int = 0  # 0 until stored


@dataclass(frozen=True)
class Count:
    """How a round stands, in figures that everybody may see."""

    answered: int
    asked: int  # those whose answers are in or may still come
    declined: int
    left: int


def called(
    kind: Kind,
    subject_id: int,
    *,
    by: str,
    invited: Iterable[str],
    now: datetime,
    calendar: Calendar,
    deadline: datetime | None = None,
    partner_id: int | None = None,
    channel: str = "",
    open_to_all: bool = False,
) -> Round:
    """A new round, with nobody invited twice; the caller answers along only where invited.

    A colleague's round asks somebody besides herself; one that the bot opens may be hers alone.

    Raises:
        UserError: with the name of the field; nobody else is invited, too many are, or the
            deadline is past, too far away, or on a day off.
    """
    deadline = deadline or default_deadline(now, calendar)
    _check_deadline(deadline, now, calendar)
    return Round(
        kind=kind,
        subject_id=subject_id,
        called_by=by,
        opened_at=now,
        deadline=deadline,
        standings=dict.fromkeys(_checked_invited(kind, invited, by), Standing.WAITING),
        named=NAMED[kind],
        partner_id=partner_id,
        nudge_at=nudge_at(deadline, now, calendar),
        channel=channel,
        open_to_all=open_to_all,
    )


def default_deadline(now: datetime, calendar: Calendar) -> datetime:
    """DEADLINE_DAYS working days after today, at DEADLINE_TIME."""
    return deadline_on(calendar.working_day(calendar.day(now), DEADLINE_DAYS), calendar)


def deadline_on(day: date, calendar: Calendar) -> datetime:
    """The deadline that the caller means with a day."""
    return calendar.moment(day, DEADLINE_TIME)


def nudge_at(deadline: datetime, opened_at: datetime, calendar: Calendar) -> datetime | None:
    """When those who have not answered are reminded, once: the last working day before.

    None where that would be the day of the invitation itself, or before it.
    """
    day = calendar.working_day(calendar.day(deadline), -1)
    return calendar.moment(day, NUDGE_TIME) if day > calendar.day(opened_at) else None


def count(this: Round) -> Count:
    """How many have answered, of how many; the partner counts once, however many have a link."""
    each, standings = _each_once(this), list(this.standings.values())
    answered, waiting = each.count(Standing.ANSWERED), each.count(Standing.WAITING)
    declined, left = standings.count(Standing.DECLINED), standings.count(Standing.LEFT)
    return Count(answered=answered, asked=answered + waiting, declined=declined, left=left)


def who_answered(this: Round, viewer: str) -> tuple[str, ...]:
    """Who has answered, for the one who called the round; nobody for anybody else.

    Without names, for nobody: who sees the answers and has seen who came when could tell them.
    """
    told = this.named and viewer == this.called_by
    return _standing(this, Standing.ANSWERED) if told else ()


def waits_for(this: Round, user: str, now: datetime) -> bool:
    """Whether that person's answer is missing and may still come."""
    in_time = this.state is State.OPEN and now < this.deadline
    return in_time and this.standings.get(user) is Standing.WAITING


def to_reveal(this: Round, now: datetime) -> Why | None:
    """Why all answers are to be shown now by themselves; None while the round goes on.

    Those who declined or left hold nobody up; when all did, the round ends without an answer.
    """
    if this.state is not State.OPEN:
        return None
    if Standing.WAITING not in _each_once(this):
        return Why.ALL_IN
    return Why.DEADLINE if now >= this.deadline else None


def to_nudge(this: Round, now: datetime) -> tuple[str, ...]:
    """Whom a reminder is for now: only those who have not answered."""
    if this.state is not State.OPEN or this.nudge_at is None:
        return ()
    in_time = this.nudge_at <= now < this.deadline
    return _standing(this, Standing.WAITING) if in_time else ()


def _each_once(this: Round) -> list[Standing]:
    """How all stand; whoever of theirs was asked by mail answers for one and the same."""
    mail = {how for who, how in this.standings.items() if is_asked_by_mail(who)}
    others = [how for who, how in this.standings.items() if not is_asked_by_mail(who)]
    return others + [how for how in (Standing.ANSWERED, Standing.WAITING) if how in mail][:1]


def _standing(this: Round, standing: Standing) -> tuple[str, ...]:
    return tuple(user for user, how in this.standings.items() if how is standing)


def _checked_invited(kind: Kind, invited: Iterable[str], caller: str) -> Collection[str]:
    users = dict.fromkeys(invited)
    if not users.keys() - ({caller} if kind is Kind.TJEK else set()):
        raise UserError("Choose at least one colleague besides yourself.", field="invited")
    if len(users) > MOST_INVITED:
        raise UserError(
            "You have chosen {count} people, and a round has room for {limit}. Choose fewer.",
            field="invited",
            count=len(users),
            limit=MOST_INVITED,
        )
    return users


def _check_deadline(deadline: datetime, now: datetime, calendar: Calendar) -> None:
    if deadline <= now:
        raise UserError("That deadline is already past. Choose a later day.", field="deadline")
    if deadline - now > timedelta(days=LONGEST_DAYS):
        raise UserError(
            "That deadline is so far away that the question is forgotten before. "
            "Choose a day within the next {days} days.",
            field="deadline",
            days=LONGEST_DAYS,
        )
    if not calendar.is_working(calendar.day(deadline)):
        raise UserError(
            "Nobody is at work that day to see the answers. Choose another day.", field="deadline"
        )
