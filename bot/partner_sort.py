"""A sorting round: one missing fact about one partner, then the next, for about five minutes.

Which partner is next is found in storage/partner_sort.py, by this table's order.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum

from bot.circle import Level
from bot.edits import rewind
from bot.partner import Change, Partner, RelationType, Status
from bot.partner_question import choices
from bot.workspace import Workspace

# An answer takes a quarter of a minute: one knows it, or one skips it.
ROUND = 20
# Nobody knew it: in the next season's programme somebody may have met them.
REST = timedelta(days=90)
# As many steps back as a round has answers; each takes some twenty characters of Slack's 3,000.
STEPS = 2 * ROUND


@dataclass(frozen=True)
class Fact:
    """A field of bot.partner.Partner that may be missing."""

    field: str
    pictured: bool = False  # the circle and the white spots count it, so it is asked first
    several: bool = False  # values
    together: bool = False  # asked only where we do something together
    typed: bool = False  # not one of the library's answers, so there are always some


# In the order in which they are asked.
FACTS = (
    Fact("kind", pictured=True),
    Fact("rooms", pictured=True, several=True),
    Fact("age_groups", pictured=True, several=True),
    Fact("goals", pictured=True, several=True),
    Fact("purposes", several=True),
    Fact("branch"),
    # With one in the network it is nobody's task to ring.
    Fact("responsible", together=True, typed=True),
)


class Out(StrEnum):
    """What a relation turns out to be, so that it is asked about no more."""

    SPONSOR = "sponsor"
    FUND = "fund"
    SUPPLIER = "supplier"
    ARCHIVE = "archive"


@dataclass(frozen=True)
class Asked:
    """A question: the fact's field, and the partner."""

    partner_id: int
    fact: str


@dataclass(frozen=True)
class Step:
    """A question that was dealt with, and the partner's version since; 0 where it was skipped."""

    asked: Asked
    version: int = 0


@dataclass(frozen=True)
class Course:
    """How far a round has come, with the last steps, to go back by."""

    answers: int = 0
    steps: tuple[Step, ...] = ()

    @property
    def over(self) -> bool:
        """Whether the five minutes are."""
        return self.answers >= ROUND

    @property
    def facts(self) -> tuple[Fact, ...]:
        """Those that were answered in this round."""
        told = {step.asked.fact for step in self.steps if step.version}
        return tuple(fact for fact in FACTS if fact.field in told)

    def after(self, step: Step) -> "Course":
        """With that step."""
        answers = self.answers + bool(step.version)
        return Course(answers, (*self.steps, step)[-STEPS:])

    def before(self) -> "Course":
        """Without the last step."""
        step = self.steps[-1]
        return Course(self.answers - bool(step.version), self.steps[:-1])


@dataclass(frozen=True)
class Known:
    """Of how many relations a fact is known, out of those that it is asked of."""

    fact: Fact
    known: int
    of: int


def facts(library: Workspace) -> tuple[Fact, ...]:
    """Those to which the library has answers to offer."""
    return tuple(fact for fact in FACTS if fact.typed or choices(fact.field, library))


def is_missing(partner: Partner, fact: Fact) -> bool:
    """Whether it is to be asked: the relation is one of ours, goes on, and nobody has told it."""
    ours = partner.relation_type is RelationType.PARTNER and not partner.archived
    if not ours or partner.status is Status.ENDED or getattr(partner, fact.field):
        return False
    return not fact.together or is_together(partner)


def is_together(partner: Partner) -> bool:
    """Whether we do something with them, so that somebody should be responsible."""
    return partner.status is Status.ACTIVE and partner.level is not Level.NETWORK


def out(partner: Partner, way: Out) -> Partner:
    """The partner as what it turned out to be."""
    if way is Out.ARCHIVE:
        return replace(partner, archived=True)
    return replace(partner, relation_type=RelationType(way.value))


def taken_back(partner: Partner, changes: Sequence[Change], version: int) -> Partner | None:
    """The partner without what the edit that made that version changed, which is one field.

    None where a colleague has changed the field since. `changes` are those from that edit on.
    """
    mine = next((change for change in changes if change.version == version), None)
    if mine is None:
        return None
    before = rewind(partner, [mine])
    alone = sum(change.field == mine.field for change in changes) == 1
    return before if alone or before == partner else None


def given(changes: Sequence[Change], step: Step) -> tuple[str, ...]:
    """What was answered in that step, as it is stored; nothing where it was left out instead."""
    for change in changes:
        if change.version == step.version and change.field == step.asked.fact:
            return tuple(
                map(str, change.after if isinstance(change.after, list) else [change.after])
            )
    return ()
