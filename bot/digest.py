"""Venner af huset: what of a week is told in the channel, in five sections of three lines.

It names organisations and colleagues, never a partner's people; a colleague only for what she knows
or has done; and no figure per colleague (Byg partnerskaber!, page 35). The sentences are the
views'.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any, Generic, TypeVar

from bot.circle import Level, Move
from bot.contact import Contact, newest
from bot.digest_look import Look, Partnered, look
from bot.evaluation import Decision as Outcome
from bot.partner import RelationType, Status
from bot.reminder_cadence import Cadences, Relation, Standing, due, standing
from bot.timetable_week import week_of
from bot.tjek import Decision

# What is read on a telephone between two desks.
LINES = 3
# Until the next one.
AHEAD = timedelta(days=6)
# Who was not taken when it stood here stands back for others, and is read anew after four weeks.
UNCLAIMED_REST = timedelta(days=28)
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


@dataclass(frozen=True)
class Unclaimed:
    """A relation that nobody is responsible for, so that nobody is asked about it."""

    partner_id: int
    since: date  # the last contact, or the day that it was added
    talked: bool = True  # whether there was a contact
    quiet: bool = True  # for so long that somebody would be asked
    told_on: date | None = None  # when it stood in a digest last
    let_go: bool = False  # by whoever was responsible, since the last digest


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


@dataclass(frozen=True)
class Facts:
    """What has happened since the last digest and what lies ahead, in any order."""

    friends: Sequence[Friend] = ()
    contacts: Sequence[Contact] = ()  # noted since then, without those undone
    moves: Sequence[Move] = ()
    decided: Sequence[Decided] = ()
    evaluated: Sequence[Evaluated] = ()
    unclaimed: Sequence[Unclaimed] = ()
    coming: Sequence[Coming] = ()
    partners: Sequence[Partnered] = ()  # for the last section
    advice: int = 0  # how many pieces of advice there are
    greeted: bool = False  # whether a coordinator has written a line


@dataclass(frozen=True)
class Section(Generic[T]):
    """The first lines of a section, and those that are told in the thread."""

    lines: tuple[T, ...] = ()
    rest: tuple[T, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.lines)


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
class Digest:
    """What one week's digest holds."""

    week: str  # as week_of()
    friends: Section[Friend]
    since: Section[Contacts | Move | Decided | Evaluated]
    unclaimed: Section[Unclaimed]
    coming: Section[Coming]
    look: Look | None

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
    looked_at = look(facts.partners, facts.advice, today)
    return Digest(week_of(today), friends, since, unclaimed, coming, looked_at)


def unclaimed(
    relation: Relation, cadences: Cadences, today: date, *, let_go: bool = False
) -> Unclaimed | None:
    """A relation without a responsible as "Who takes it?" has it; None where it wants nobody now.

    Somebody is wanted where it has been quiet for too long, wherever we do something together, and
    what was let go of since the last one, for that was promised.
    """
    when = due(relation, cadences)
    ask = standing(when, today) is Standing.ASK
    partner = relation.relation_type is RelationType.PARTNER
    together = relation.status is Status.ACTIVE and relation.level is not Level.NETWORK
    if not (let_go or ask or (when and partner and together)):
        return None
    last = relation.last_contact
    since = last or relation.added_on
    quiet = ask and partner
    return Unclaimed(relation.partner_id, since, last is not None, quiet=quiet, let_go=let_go)


def is_stale(week: str, today: date) -> bool:
    """Whether that week's digest comes too late: then it is dropped, and the next one tells all."""
    return week != week_of(today)


def _since(facts: Facts) -> Section[Contacts | Move | Decided | Evaluated]:
    """Contacts in one line, then moves in and out of the circle alike, then decisions."""
    together = [_together(facts.contacts)] if facts.contacts else []
    moves = sorted(_newest_of_each(facts.moves), key=_when_moved, reverse=True)
    told: list[Decided | Evaluated] = [
        one for one in facts.decided if one.decision is not Decision.KINDLY_NO
    ]
    told += facts.evaluated
    told.sort(key=lambda one: (one.on, one.partner_id), reverse=True)
    lines: tuple[Contacts | Move | Decided | Evaluated, ...] = (*together, *moves, *told)
    return Section(lines[:LINES], lines[LINES:])


def _newest_of_each(moves: Iterable[Move]) -> list[Move]:
    """Where a partner stands now, without the steps on the way there and back."""
    return list({one.partner_id: one for one in sorted(moves, key=_when_moved)}.values())


def _when_moved(move: Move) -> tuple[datetime, int]:
    return move.at, move.id


def _together(contacts: Sequence[Contact]) -> Contacts:
    last = max(contacts, key=newest)
    partners = {contact.partner_id for contact in contacts}
    return Contacts(len(contacts), len(partners), last.partner_id, last.noted_by, last.on)


def _unclaimed(found: Iterable[Unclaimed], today: date) -> Section[Unclaimed]:
    """What was let go of, who has not stood here for longest, then the longest quiet."""
    return _section((one for one in found if _is_rested(one, today)), turn_of)


def _is_rested(one: Unclaimed, today: date) -> bool:
    return one.let_go or one.told_on is None or today - one.told_on >= UNCLAIMED_REST


def turn_of(one: Unclaimed) -> tuple[bool, date, bool, date, int]:
    """Whose turn it is in "Who takes it?": the smaller, the sooner."""
    return not one.let_go, one.told_on or date.min, not one.quiet, one.since, one.partner_id


def _section(items: Iterable[T], key: Callable[[T], Any]) -> Section[T]:
    ordered = tuple(sorted(items, key=key))
    return Section(ordered[:LINES], ordered[LINES:])
