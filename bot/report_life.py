"""What a relation was on any day, told from what was noted of it since: never from today's card.

So the figures of a year are the same whenever they are asked for (bot/report_year.py).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from itertools import groupby
from typing import Any

from bot.circle import Level, Why
from bot.partner import Kind, RelationType, Room, Status


class Place(StrEnum):
    """Where a relation stands: in one of the three rings, or ended, an old friend of the house."""

    NETWORK = "network"
    COLLABORATION = "collaboration"
    PARTNERSHIP = "partnership"
    FRIEND = "friend"


class Cause(StrEnum):
    """What has changed a card, where it was no step through the circle."""

    ADDED = "added"
    READ_IN = "read_in"  # it came with a file
    EDITED = "edited"
    MADE_ONE = "made_one"  # with another card


@dataclass(frozen=True)
class Card:
    """What is counted of a card."""

    level: Level = Level.NETWORK
    status: Status = Status.ACTIVE
    archived: bool = False
    relation_type: RelationType = RelationType.PARTNER
    kind: Kind | None = None
    branch: str = ""
    rooms: tuple[Room, ...] = ()
    goals: tuple[str, ...] = ()

    @property
    def place(self) -> Place | None:
        """Where it stands; None where it has no place: in the archive, or a sponsor, say."""
        if self.archived or self.relation_type is not RelationType.PARTNER:
            return None
        return Place.FRIEND if self.status is Status.ENDED else Place(self.level)


# How the log's JSON is read.
_READ: Mapping[str, Callable[[Any], Any]] = {
    "level": Level,
    "status": Status,
    "archived": bool,
    "relation_type": RelationType,
    "kind": lambda value: Kind(value) if value else None,
    "branch": str,
    "rooms": lambda value: tuple(map(Room, value or ())),
    "goals": lambda value: tuple(value or ()),
}
FIELDS = tuple(_READ)


@dataclass(frozen=True)
class Was:
    """That a field was something else before, as the log has it."""

    at: datetime
    field: str
    before: object


@dataclass(frozen=True)
class Step:
    """What the card says from that moment on, and what has made it say so."""

    at: datetime
    card: Card
    cause: Why | Cause


@dataclass(frozen=True)
class Life:
    """All that is known of a card, the oldest step first; `gone_at`: made one with another then."""

    steps: tuple[Step, ...]
    gone_at: datetime | None = None

    def card(self, moment: datetime) -> Card | None:
        """What it said just before that moment; None before it was there and once it was gone."""
        if self.gone_at and self.gone_at < moment:
            return None
        here = [step.card for step in self.steps if step.at < moment]
        return here[-1] if here else None

    def place(self, moment: datetime) -> Place | None:
        """Where the relation stood just before that moment."""
        card = self.card(moment)
        return card.place if card else None


def lived(
    now: Card,
    added_at: datetime,
    was: Sequence[Was],
    *,
    added: Cause = Cause.ADDED,
    whys: Mapping[datetime, Why | Cause] | None = None,
) -> Life:
    """The life of a card that is so now, from its log, oldest first; `whys` by their moments.

    A clock that was set back turns nothing around: no step is before the one it came after.
    """
    causes = whys or {}
    after: list[tuple[datetime, Card]] = []
    card = now
    for at, together in groupby(reversed(was), key=lambda one: one.at):
        after.append((at, card))
        card = replace(card, **{one.field: _READ[one.field](one.before) for one in together})
    steps = [Step(added_at, card, added)]
    for at, card in reversed(after):
        moment = max(at, steps[-1].at)
        steps.append(Step(moment, card, causes.get(at, Cause.EDITED)))
    return Life(tuple(steps))
