"""What has happened to a partner: the card's log and the circle's story told as one, by moments."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from bot.circle import Move
from bot.circle_activity import Activity
from bot.circle_course import Course
from bot.circle_gate import Gate
from bot.circle_trial import Outcome, PutOff, Trial
from bot.edits import rewind
from bot.evaluation_decision import Ended
from bot.import_undo import Imported
from bot.partner import Change, Partner

# Lines on a page. Each takes a block, and may need one for its moment and one for its day: a view
# of Slack's has room for a hundred.
PAGE = 20

_AT_ONCE = timedelta(hours=1)  # what is noted of a move right afterwards

FIELDS = frozenset(one.name for one in fields(Partner))
_OF_A_MOVE = ("level", "status")  # what a step through the circle changes on the card


class What(StrEnum):
    """What happened, besides the fields of the card that were changed."""

    ADDED = "added"
    MOVED = "moved"
    TRIAL = "trial"
    PUT_OFF = "put_off"
    STAYED = "stayed"  # a trial ended without a move
    GATE = "gate"
    ACTIVITY = "activity"
    OVER = "over"  # an activity, without a move
    EVALUATED = "evaluated"
    MERGED = "merged"
    PARTED = "parted"
    FORGOTTEN = "forgotten"  # a contact person
    READ_IN = "read_in"  # a file, with what it brought
    TAKEN_BACK = "taken_back"  # that import


@dataclass(frozen=True)
class Merger:
    """That two cards were made one; the other's name only while it can be undone."""

    by: str  # Slack user ids
    at: datetime
    gone_name: str = ""
    parted_by: str | None = None
    parted_at: datetime | None = None


@dataclass(frozen=True)
class Past:
    """All that is kept of a partner's life beside its log."""

    partner: Partner
    course: Course = field(default_factory=Course)
    gates: Sequence[Gate] = ()
    mergers: Sequence[Merger] = ()
    forgotten: frozenset[datetime] = frozenset()  # when contact persons were anonymised
    imports: Sequence[Imported] = ()  # that brought or changed it
    evaluated: Sequence[Ended] = ()


@dataclass(frozen=True)
class Happened:
    """One thing that happened, and what it happened to."""

    what: What
    by: str
    at: datetime
    subject: Move | Trial | PutOff | Activity | Gate | Ended | Merger | Imported | None = None


@dataclass(frozen=True)
class Logged:
    """A field that was changed, with the number by which it can be undone.

    `undo`: it undid a change before it.
    """

    id: int
    change: Change
    undo: bool = False


@dataclass(frozen=True)
class Entry:
    """What one colleague did at one moment."""

    by: str
    at: datetime
    happened: tuple[Happened, ...] = ()
    logged: tuple[Logged, ...] = ()


@dataclass(frozen=True)
class Page:
    """The moments from `oldest` to `newest`."""

    newest: datetime
    oldest: datetime


def happened(past: Past) -> list[Happened]:
    """All of it, in no order."""
    course = past.course
    found = [Happened(What.MOVED, move.by, move.at, move) for move in course.moves]
    for trial in course.trials:
        found.append(Happened(What.TRIAL, trial.noted_by, trial.noted_at, trial))
        if trial.outcome is Outcome.COLLABORATION and trial.settled_at:
            by = trial.settled_by or ""
            found.append(Happened(What.STAYED, by, trial.settled_at, trial))
    found += [Happened(What.PUT_OFF, one.by, one.at, one) for one in course.put_off]
    for activity in (*course.running, *course.over):
        if not any(_led_to(move, activity) for move in course.moves):
            found.append(Happened(What.ACTIVITY, activity.noted_by, activity.noted_at, activity))
    for activity in course.over_alone:
        if activity.over_at:
            by = activity.over_by or ""
            found.append(Happened(What.OVER, by, activity.over_at, activity))
    found += [Happened(What.GATE, gate.by, gate.at, gate) for gate in past.gates]
    found += [
        Happened(What.EVALUATED, one.by, one.at, one) for one in past.evaluated if not one.moved
    ]
    found += [Happened(What.FORGOTTEN, "", at) for at in past.forgotten]
    return [*found, *_about_cards(past)]


def pages(counted: Mapping[datetime, int], others: Iterable[Happened]) -> list[Page]:
    """The moments in pages of up to PAGE lines, the newest first; no moment is cut in two.

    `counted` has how many fields were changed at each.
    """
    lines = defaultdict(int, counted)
    for one in others:
        lines[one.at] += 1
    found: list[Page] = []
    on_page = 0
    for at in sorted(lines, reverse=True):
        on_page += lines[at]
        if found and on_page <= PAGE:
            found[-1] = Page(found[-1].newest, at)
        else:
            found.append(Page(at, at))
            on_page = lines[at]
    return found


def entries(past: Past, page: Page, logged: Sequence[Logged]) -> list[Entry]:
    """What stands on that page, the newest first; what is told twice only once."""
    told: dict[datetime, list[Happened]] = defaultdict(list)
    for one in happened(past):
        if page.oldest <= one.at <= page.newest:
            told[one.at].append(one)
    edited: dict[datetime, list[Logged]] = defaultdict(list)
    by = {line.change.at: line.change.by for line in logged}
    for line in logged:
        if not _told_already(past, line.change, told[line.change.at]):
            edited[line.change.at].append(line)
    moments = sorted({at for at in (*told, *edited) if told[at] or edited[at]}, reverse=True)
    return [_entry(at, by.get(at, ""), told[at], edited[at]) for at in moments]


def values(change: Change) -> tuple[Any, Any]:
    """The field before and after, as a Partner has it."""
    swapped = replace(change, before=change.after, after=change.before)
    before, after = (rewind(Partner(""), [one]) for one in (change, swapped))
    return getattr(before, change.field), getattr(after, change.field)


def of_another_card(past: Past, change: Change) -> bool:
    """Whether it happened on a card that has become part of this one.

    Its log has the first version since (storage.duplicate_follow). Of a tie one cannot tell.
    """
    since = any(merger.at > change.at for merger in past.mergers if merger.parted_at is None)
    return since and change.version == 1


def _led_to(move: Move, activity: Activity) -> bool:
    """Whether the activity is why they were moved, and so told with the move."""
    noted = activity.noted_at - move.at
    return activity.what == move.reason and _AT_ONCE > noted >= timedelta()


def _about_cards(past: Past) -> list[Happened]:
    found = []
    if past.partner.created_at:
        found.append(Happened(What.ADDED, past.partner.created_by, past.partner.created_at))
    for merger in past.mergers:
        found.append(Happened(What.MERGED, merger.by, merger.at, merger))
        if merger.parted_at:
            by = merger.parted_by or ""
            found.append(Happened(What.PARTED, by, merger.parted_at, merger))
    for one in past.imports:
        found.append(Happened(What.READ_IN, one.by, one.at, one))
        if one.undone_at:
            found.append(Happened(What.TAKEN_BACK, one.undone_by or "", one.undone_at, one))
    return found


def _told_already(past: Past, change: Change, told: Sequence[Happened]) -> bool:
    """By the circle, or because nothing is left of it since somebody was forgotten.

    Or it is of no field that a card has today.
    """
    if change.before == change.after or change.field not in FIELDS:
        return True
    moved = any(one.what is What.MOVED for one in told)
    forgotten = change.field == "people" and change.at in past.forgotten
    return (moved and change.field in _OF_A_MOVE) or forgotten


def _entry(at: datetime, by: str, told: Sequence[Happened], logged: Sequence[Logged]) -> Entry:
    whose = filter(None, (by, *(one.by for one in told)))
    return Entry(next(whose, ""), at, tuple(told), tuple(logged))
