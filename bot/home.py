"""What lies on a colleague's desk: what waits, her own partners a page at a time, the first steps.

It is her own to see and nobody else's.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from bot.circle_course import Asked
from bot.contact import Contact
from bot.delivery_failed import Failed
from bot.evaluation_step import Agreed
from bot.home_house import Circle, Duties
from bot.home_start import Start
from bot.partner import Partner
from bot.reminder import Thing
from bot.reminder_handover import Answer, Handover
from bot.round import Round
from bot.tjek import Check
from bot.tjek_step import Task
from bot.workspace import Workspace

# A week: what is due later is next week's business, and one Home is opened at least so often.
SOON_DAYS = 7
# What has a day is seen coming in time to prepare for it.
AHEAD_DAYS = 14
# What fits on a screen and a half, with two lines and two buttons each.
PER_PAGE = 10
# Enough for a search to find somebody and for a colleague to meet one she knows.
FIRST_PARTNERS = 5


@dataclass(frozen=True)
class Page:
    """One page of a list: `number` of `of`, both from 1; the first of its items is `first`."""

    number: int = 1
    of: int = 1
    first: int = 0


@dataclass(frozen=True)
class FirstSteps:
    """How far the library has come with the four steps of its first day."""

    settings: bool = False  # a coordinator, and the channel for questions
    partners: bool = False
    check: bool = False
    switched_on: bool = False

    @property
    def done(self) -> bool:
        """Whether nothing is left of it."""
        return self.settings and self.partners and self.check and self.switched_on


@dataclass(frozen=True)
class Quiet:
    """A relation that somebody is to be asked about, whether she has heard of it or not."""

    thing: Thing
    partner: Partner
    last: Contact | None = None
    ends: date | None = None  # the agreement
    put_off_until: date | None = None


class Ahead(StrEnum):
    """What lies ahead with a partner."""

    TRIAL = "trial"  # a decision
    ACTIVITY = "activity"  # its end


@dataclass(frozen=True)
class Coming:
    """Something with a day, of a partner that the colleague is tied to."""

    what: Ahead
    on: date
    partner_id: int
    name: str


@dataclass(frozen=True)
class Offered:
    """A partner that a colleague has offered to another, and what she hears of it."""

    handover: Handover
    partner: Partner
    answer: Answer


@dataclass(frozen=True)
class Left:
    """Somebody who is no colleague any more, and how much that leaves to nobody."""

    user: str
    name: str  # empty where Slack tells none
    partners: int
    steps: int = 0  # that she was chosen for after a check or an evaluation


@dataclass(frozen=True)
class Waiting:
    """What waits for one colleague, a page of it."""

    checks: Sequence[Check] = ()
    steps: Sequence[Partner] = ()  # their next step is due
    tasks: Sequence[tuple[Task, str]] = ()  # the colleague was chosen for, each with what about
    asked: Sequence[Asked] = ()  # about relations, on their day
    rounds: Sequence[tuple[Round, str]] = ()  # to answer, each with what it is about
    led: Sequence[tuple[Round, str]] = ()  # the colleague's own, to be led to an end
    quiet: Sequence[Quiet] = ()
    offers: Sequence[tuple[Handover, Partner]] = ()  # that a colleague wants to hand over
    left: Sequence[Left] = ()  # for the coordinator
    agreed: Sequence[tuple[Agreed, str]] = ()  # as tasks, after evaluations
    elsewhere: int = 0  # how many more there are, on other pages
    page: Page = field(default_factory=Page)

    @property
    def number(self) -> int:
        """How many things there are in all."""
        kinds = (
            self.checks,
            self.steps,
            self.tasks,
            self.agreed,
            self.asked,
            self.rounds,
            self.led,
        )
        here = sum(len(kind) for kind in (*kinds, self.quiet, self.offers, self.left))
        return here + self.elsewhere


@dataclass(frozen=True)
class Desktop:
    """All that one colleague's Home shows."""

    today: date
    user: str = ""
    name: str = ""  # hers; empty where Slack tells none
    waiting: Waiting = field(default_factory=Waiting)
    decided: Sequence[Check] = ()
    own: Sequence[Partner] = ()  # of this page
    page: Page = field(default_factory=Page)
    last: Mapping[int, Contact] = field(default_factory=dict)  # by partner id
    first_steps: FirstSteps | None = None  # for the coordinator, until all are done
    nobody_coordinates: bool = False
    coming: Sequence[Coming] = ()  # in the next weeks, the first first
    on_the_way: Sequence[Partner] = ()  # quiet for a while, but no hurry
    offered: Sequence[Offered] = ()  # by her, the oldest first
    away: Collection[str] = ()  # whose partners are asked of others meanwhile
    gone: Collection[str] = ()  # of whose partners something waits here, and who have left
    failed: Sequence[Failed] = ()  # messages that did not get through; for the coordinator
    circle: Circle | None = None
    duties: Duties | None = None  # for the coordinator
    start: Start = Start.HIDDEN


def page_of(wanted: int, items: int, size: int = PER_PAGE) -> Page:
    """The wanted page of so many items, or the nearest that there is."""
    of = max(1, -(-items // size))
    number = min(max(wanted, 1), of)
    return Page(number, of, (number - 1) * size)


def first_steps(library: Workspace, *, partners: bool, checked: bool) -> FirstSteps:
    """Which are done; `partners`: FIRST_PARTNERS are there, `checked`: a check is finished."""
    return FirstSteps(
        settings=bool(library.coordinators and library.partner_channel),
        partners=partners,
        check=checked,
        switched_on=library.switched_on,
    )
