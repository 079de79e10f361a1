"""Venner af huset: what of a week is told in the channel, in five sections of three lines.

It names organisations and colleagues, never a partner's people; a colleague only for what she knows
or has done; and no figure per colleague (Byg partnerskaber!, page 35). The sentences are the
views'.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any, Generic, TypeVar

from bot.circle import Move, net
from bot.digest_look import Look, Lookable, look
from bot.digest_unclaimed import Unclaimed, is_rested, turn_of
from bot.evaluation import Decision as Outcome
from bot.text import fold
from bot.timetable_week import week_of
from bot.tjek import Decision

# What is read on a telephone between two desks.
LINES = 3
# What there is no room for hangs below, as much of each section as one scrolls past.
THREAD = 20
# The next one's day too: what is to be decided then has to be known before.
AHEAD = timedelta(days=7)
GREETING_LENGTH = 150  # one line on a telephone turned sideways

T = TypeVar("T")


@dataclass(frozen=True)
class Friend:
    """A partner that is new in the register, and who knows them: Slack user ids."""

    partner_id: int
    added_on: date
    known_by: tuple[str, ...] = ()


@dataclass(frozen=True)
class Decided:
    """What a check has come to. A no is told to nobody but those who made it."""

    partner_id: int
    decision: Decision
    on: date


@dataclass(frozen=True)
class Evaluated:
    """What has come of an evaluation. A move or an end is told as that, and silence to nobody."""

    partner_id: int
    comes_of: Outcome
    on: date


class Ahead(StrEnum):
    """What lies ahead."""

    STEP = "step"
    ROUND = "round"  # a deadline
    TRIAL = "trial"  # a decision
    ACTIVITY = "activity"  # its end


@dataclass(frozen=True)
class Coming:
    """Something of the days to come; `who` of us sees to it."""

    what: Ahead
    subject_id: int
    on: date
    partner_id: int | None = None
    who: tuple[str, ...] = ()
    at: datetime | None = None  # where it is a moment of that day
    answered: int = 0  # of a round: how many of those asked, which says nothing of who
    asked: int = 0


@dataclass(frozen=True)
class Contacts:
    """The house's contacts together, and the newest of them.

    Without its words: colleagues write of people there, and a channel is no place for those.
    """

    number: int
    partners: int  # with how many of them
    partner_id: int  # of the newest, as below
    by: str
    on: date


@dataclass(frozen=True)
class Facts:
    """What has happened since the last digest and what lies ahead, in any order."""

    friends: Sequence[Friend] = ()
    contacts: Contacts | None = None  # noted since then, without those undone
    moves: Sequence[Move] = ()
    decided: Sequence[Decided] = ()
    evaluated: Sequence[Evaluated] = ()
    unclaimed: Sequence[Unclaimed] = ()
    coming: Sequence[Coming] = ()
    met: Mapping[int, int] = field(default_factory=dict)  # of a partner moved: criteria, of six
    lookable: Lookable = field(default_factory=Lookable)  # for the last section
    greeted: bool = False  # whether a coordinator has written a line


@dataclass(frozen=True)
class Section(Generic[T]):
    """The first lines of a section, and those that are told in the thread."""

    lines: tuple[T, ...] = ()
    rest: tuple[T, ...] = ()
    more: int = 0  # how many there are besides, which only the cards tell

    def __bool__(self) -> bool:
        return bool(self.lines)


@dataclass(frozen=True)
class Digest:
    """What one week's digest holds."""

    week: str  # as week_of()
    friends: Section[Friend]
    since: Section[Contacts | Move | Decided | Evaluated]
    unclaimed: Section[Unclaimed]
    coming: Section[Coming]
    look: Look | None
    met: Mapping[int, int] = field(default_factory=dict)  # as Facts has it

    @property
    def has_more(self) -> bool:
        """Whether there was no room for everything."""
        sections = (self.friends, self.since, self.unclaimed, self.coming)
        return any(section.rest for section in sections)


def digest(facts: Facts, today: date) -> Digest | None:
    """The digest of that day; None where there is nothing to tell, whatever might be looked at."""
    friends = _section(facts.friends, lambda one: (-one.added_on.toordinal(), one.partner_id))
    since = _since(facts)
    unclaimed = _unclaimed(facts.unclaimed, today)
    until = today + AHEAD
    ahead = [one for one in facts.coming if today <= one.on <= until]
    coming = _section(ahead, lambda one: (one.on, one.what, one.subject_id))
    if not (friends or since or unclaimed or coming or facts.greeted):
        return None
    looked_at = look(facts.lookable, today)
    return Digest(week_of(today), friends, since, unclaimed, coming, looked_at, facts.met)


def is_stale(week: str, today: date) -> bool:
    """Whether that week's digest comes too late: then it is dropped, and the next one tells all."""
    return week != week_of(today)


def _since(facts: Facts) -> Section[Contacts | Move | Decided | Evaluated]:
    """Contacts in one line, then moves in and out of the circle alike, then decisions."""
    together = [facts.contacts] if facts.contacts else []
    told: list[Decided | Evaluated] = [
        one for one in facts.decided if one.decision is not Decision.KINDLY_NO
    ]
    told += facts.evaluated
    told.sort(key=lambda one: (one.on, one.partner_id), reverse=True)
    lines: tuple[Contacts | Move | Decided | Evaluated, ...] = (*together, *net(facts.moves), *told)
    return _laid_out(lines)


def _unclaimed(found: Iterable[Unclaimed], today: date) -> Section[Unclaimed]:
    """What was let go of, who has not stood here for longest, then the longest quiet."""
    return _section((one for one in found if is_rested(one, today)), turn_of)


def _section(items: Iterable[T], key: Callable[[T], Any]) -> Section[T]:
    return _laid_out(tuple(sorted(items, key=key)))


def _laid_out(ordered: tuple[T, ...]) -> Section[T]:
    until = LINES + THREAD
    return Section(ordered[:LINES], ordered[LINES:until], max(len(ordered) - until, 0))


def signed(greeting: str, by: str) -> str:
    """A coordinator's line with her first name behind it, once; it has no name without a line."""
    if not greeting:
        return ""
    words = fold(re.sub(r"[^\w\s-]+", " ", greeting)).split()
    name = fold(by).split()
    return greeting if words[-len(name) :] == name else f"{greeting} {by}".strip()
