"""A relation as its evaluations are planned by, and one evaluation that is to come."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Self

from bot.circle import Level
from bot.evaluation import Occasion
from bot.partner import RelationType, Status
from bot.workspace import AFTER_ACTIVITY, BEFORE_TRIAL, YEARLY, Workspace


@dataclass(frozen=True)
class Intervals:
    """What a library may choose for itself, in days and months."""

    after_activity: int = AFTER_ACTIVITY
    yearly: int = YEARLY
    before_trial: int = BEFORE_TRIAL
    pulse: bool = True  # half-way between two yearly ones of a partnership

    @classmethod
    def of(cls, library: Workspace) -> Self:
        """What the library has chosen."""
        return cls(
            library.evaluate_after,
            library.evaluate_months,
            library.evaluate_before,
            library.evaluate_pulse,
        )


@dataclass(frozen=True)
class Past:
    """An evaluation that was opened."""

    occasion: Occasion
    due_on: date
    opened_on: date
    asked_partner: bool = True


@dataclass(frozen=True)
class Ending:
    """An activity that is over, or will be on a day that is known."""

    id: int
    what: str
    on: date


@dataclass(frozen=True)
class Moved:
    """What somebody decided about an evaluation: another day, other questions, or leaving it out.

    With questions and no day it stays where the rules put it; with neither it is left out.
    """

    occasion: Occasion
    due_on: date
    to_on: date | None
    on: date  # when it was decided
    instrument: str = ""  # an instrument's id


@dataclass(frozen=True)
class Relation:
    """What must be known of a partner to say when it is evaluated, and who is asked."""

    partner_id: int
    added_on: date
    name: str = ""
    imported: bool = False  # out of a list, all of them on one day
    relation_type: RelationType = RelationType.PARTNER
    level: Level = Level.NETWORK
    status: Status = Status.ACTIVE
    archived: bool = False
    switched_off: bool = False  # by a colleague, for this partner
    start: date | None = None
    moved_on: date | None = None  # to the level where it is
    trial: tuple[date, date] | None = None  # begun, and to be decided
    endings: Sequence[Ending] = ()
    past: Sequence[Past] = ()
    moved: Sequence[Moved] = ()  # the newest first
    responsible: str | None = None  # Slack user ids, as in people
    people: tuple[str, ...] = ()  # who would be asked, the responsible first
    channel: str = ""

    def with_only(self, here: Collection[str]) -> Self:
        """Without those who are no colleagues any more."""
        return replace(
            self,
            responsible=self.responsible if self.responsible in here else None,
            people=tuple(user for user in self.people if user in here),
        )


@dataclass(frozen=True)
class Due:
    """One evaluation to come. The day that the rules name tells it from others."""

    occasion: Occasion
    due_on: date
    latest: date | None = None  # after it there is no use in asking
    activity_id: int | None = None
    subject: str = ""
    moved: Moved | None = None

    @property
    def about(self) -> date:
        """The day under which it is remembered what somebody decides about it."""
        return self.moved.due_on if self.moved else self.due_on

    @property
    def put_on(self) -> date | None:
        """The day that somebody has chosen for it."""
        return self.moved.to_on if self.moved else None

    @property
    def instrument(self) -> str:
        """The questions that somebody has chosen for it: an instrument's id."""
        return self.moved.instrument if self.moved else ""

    @property
    def left_out(self) -> bool:
        """Whether somebody has decided that it is not asked this time."""
        return self.moved is not None and not (self.put_on or self.instrument)
