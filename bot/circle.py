"""Netværkscirklen: the level of a relation, and what moves it (Byg partnerskaber!, pages 12-13)."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from bot import guard
from bot.errors import UserError
from bot.text import fold


class Level(StrEnum):
    """The circle's three rings, from the outside in. A trial is not a fourth."""

    NETWORK = "network"
    COLLABORATION = "collaboration"
    PARTNERSHIP = "partnership"


# From the inside out: as the circle is drawn, and as what is counted in it is told.
RINGS = (Level.PARTNERSHIP, Level.COLLABORATION, Level.NETWORK)
# Where something is done together: it should be for something, and somebody should see to it. An
# acquaintance owes us nothing.
TOGETHER = (Level.PARTNERSHIP, Level.COLLABORATION)


class Why(StrEnum):
    """What moves a relation. Each is as good a reason as the other, whichever way it moves."""

    ACTIVITY = "activity"  # there is something to do together
    FRAME = "frame"  # it is repeated or developed, within a larger frame
    TRIAL = "trial"  # it was tried, and it holds
    ACTIVITY_OVER = "activity_over"
    REACHED = "reached"  # we did what we wanted
    LESS_OFTEN = "less_often"
    AGREEMENT_EXPIRED = "agreement_expired"
    PEOPLE_CHANGED = "people_changed"
    OTHER = "other"
    ENDED = "ended"  # back to the network, and an old friend of the house
    JUDGED = "judged"  # a colleague sees it otherwise than the dialogue does
    READ_IN = "read_in"  # it stood so in a file; never offered in a form


@dataclass(frozen=True)
class Transition:
    """A way through the circle, and what may move a relation along it."""

    from_level: Level
    to_level: Level
    whys: tuple[Why, ...]


# What a colleague is asked to choose from when a relation moves outwards, in this order.
WHYS_DOWN = (
    Why.ACTIVITY_OVER,
    Why.REACHED,
    Why.LESS_OFTEN,
    Why.AGREEMENT_EXPIRED,
    Why.PEOPLE_CHANGED,
    Why.OTHER,
)

# Of these, what is said of an activity.
FINISHED = (Why.ACTIVITY_OVER, Why.REACHED)

# Why.JUDGED stands in no row: it leads from any ring to any other.
TRANSITIONS = (
    Transition(Level.NETWORK, Level.COLLABORATION, (Why.ACTIVITY,)),
    Transition(Level.NETWORK, Level.PARTNERSHIP, (Why.FRAME,)),  # see skips_collaboration
    Transition(Level.COLLABORATION, Level.PARTNERSHIP, (Why.FRAME, Why.TRIAL)),
    Transition(Level.PARTNERSHIP, Level.COLLABORATION, WHYS_DOWN),
    Transition(Level.PARTNERSHIP, Level.NETWORK, (*WHYS_DOWN, Why.ENDED)),
    Transition(Level.COLLABORATION, Level.NETWORK, (*WHYS_DOWN, Why.ENDED)),
    Transition(Level.NETWORK, Level.NETWORK, (Why.ENDED,)),
)

# The reason stands behind a name on the card; the lines of an ending are read the year after.
REASON_LENGTH = LEARNED_LENGTH = TOLD_LENGTH = 300

_TO_BE_EXPLAINED = (Why.OTHER, Why.JUDGED)  # the code alone tells the next colleague nothing
_INWARDS = list(Level)


@dataclass(frozen=True)
class Move:
    """One step of a relation through the circle; never changed, but for what was learned."""

    partner_id: int
    from_level: Level
    to_level: Level
    why: Why
    by: str  # a Slack user id; "" of one that came with our own JSON
    at: datetime
    reason: str = ""
    learned: str = ""  # what worked, and what we take with us
    told: str = ""  # who hears of an ending, and from whom
    id: int = 0  # 0 until stored

    @property
    def ends(self) -> bool:
        """Whether it ends the relation. The contact is kept."""
        return self.why is Why.ENDED

    @property
    def inwards(self) -> bool:
        """Whether it leads towards a partnership."""
        return _INWARDS.index(self.to_level) > _INWARDS.index(self.from_level)


class Reply(StrEnum):
    """An answer in the dialogue; "maybe" is also an activity that is being talked about."""

    YES = "yes"
    MAYBE = "maybe"
    NO = "no"


class Offer(StrEnum):
    """What the dialogue holds out besides a level."""

    ASK_AGAIN = "ask_again"  # about the activity, in a month
    TRIAL = "trial"  # until a day on which it is decided
    GATE = "gate"  # the six criteria


@dataclass(frozen=True)
class Suggestion:
    """Where the answers lead. `why` is None where the relation stays, and that is fine, too."""

    level: Level
    why: Why | None = None
    offer: Offer | None = None


def triggers(from_level: Level, to_level: Level) -> tuple[Why, ...]:
    """What may move a relation that way, without Why.JUDGED; nothing where no way leads."""
    ways = (way for way in TRANSITIONS if (way.from_level, way.to_level) == (from_level, to_level))
    return next((way.whys for way in ways), ())


def skips_collaboration(from_level: Level, to_level: Level) -> bool:
    """Whether a ring is passed over on the way in. It happens, but is asked about first."""
    return (from_level, to_level) == (Level.NETWORK, Level.PARTNERSHIP)


def from_network(activity: Reply) -> Suggestion:
    """Where "is there an activity that you do together?" leads."""
    match activity:
        case Reply.YES:
            return Suggestion(Level.COLLABORATION, Why.ACTIVITY)
        case Reply.MAYBE:
            return Suggestion(Level.NETWORK, offer=Offer.ASK_AGAIN)
        case _:
            return Suggestion(Level.NETWORK)


def from_collaboration(repeated: Reply, framed: Reply) -> Suggestion:
    """Where "again, or building on it?" and "part of a larger frame?" lead: both make it one."""
    if repeated is Reply.YES and framed is Reply.YES:
        return Suggestion(Level.PARTNERSHIP, Why.FRAME, Offer.GATE)
    return Suggestion(Level.COLLABORATION, offer=Offer.TRIAL)


def outwards(level: Level, why: Why, *, running: bool) -> Suggestion:
    """Where one of WHYS_DOWN leads. With something else `running` it is a collaboration."""
    if running:
        return Suggestion(Level.COLLABORATION, why if level is Level.PARTNERSHIP else None)
    if level is Level.PARTNERSHIP and why not in FINISHED:
        return Suggestion(Level.COLLABORATION, why)
    return Suggestion(Level.NETWORK, why)


def net(steps: Iterable[Move]) -> list[Move]:
    """Each relation's steps as one move from where it stood to where it stands, the latest first.

    There and back is none, but an end is told wherever it began. Its reason is that of the newest
    step which leads the same way, rather one which leads to where it stands: in by two rings and
    out by one is not inwards for meeting less often.
    """
    taken: defaultdict[int, list[Move]] = defaultdict(list)
    for step in sorted(steps, key=_when):
        taken[step.partner_id].append(step)
    return sorted(filter(None, map(_as_one, taken.values())), key=_when, reverse=True)


def _as_one(steps: Sequence[Move]) -> Move | None:
    """The steps of one relation, the oldest first."""
    last = steps[-1]
    whole = replace(last, from_level=steps[0].from_level)
    if whole.from_level is whole.to_level and not whole.ends:
        return None
    way = (whole.inwards, whole.ends)
    such = [step for step in reversed(steps) if (step.inwards, step.ends) == way]
    why = max(such, key=lambda step: step.to_level is whole.to_level, default=last)
    return replace(
        why, from_level=whole.from_level, to_level=whole.to_level, at=last.at, id=last.id
    )


def _when(move: Move) -> tuple[datetime, int]:
    return move.at, move.id


def checked(move: Move) -> Move:
    """The move as it may be stored, its texts cleaned.

    Raises:
        UserError: with the name of the field; it leads nowhere, lacks its reason, or a text is too
            long or has a CPR number.
        ValueError: the form offered a way that is none.
    """
    if move.from_level is move.to_level and not move.ends:
        raise UserError(
            "That is where they are already. "
            "Choose another place in the circle, or close the form.",
            field="to_level",
        )
    if move.why is not Why.JUDGED and move.why not in triggers(move.from_level, move.to_level):
        raise ValueError(f"{move.why} moves nothing from {move.from_level} to {move.to_level}")
    reason = guard.line(move.reason, field="reason", limit=REASON_LENGTH)
    if move.why in _TO_BE_EXPLAINED and not fold(reason):
        raise UserError(
            "Write one line about why, so that the next one understands.", field="reason"
        )
    return replace(
        move,
        reason=reason,
        learned=checked_learned(move.learned),
        told=guard.line(move.told, field="told", limit=TOLD_LENGTH),
    )


def checked_learned(text: str) -> str:
    """What was learned as one line, which may be empty; raises UserError."""
    return guard.line(text, field="learned", limit=LEARNED_LENGTH)
