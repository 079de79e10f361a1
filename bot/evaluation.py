"""How does it go with this partner? Everybody answers in writing first, then they talk about it.

After the toolbox to Byg partnerskaber! ("Plej dit partnerskab"): cooperation, progress, results,
again and again. The answers are a round (bot/round.py); this is what it is about, and what follows.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bot.circle import Level
from bot.evaluation_questions import Instrument
from bot.round import Round, Standing
from bot.round_voice import is_outside


class Occasion(StrEnum):
    """Why it is asked now."""

    ACTIVITY = "activity"  # what we did together is over
    YEARLY = "yearly"
    PULSE = "pulse"  # half-way between two yearly ones, so that there is a trend
    TRIAL = "trial"  # before the day on which a trial is decided
    BY_HAND = "by_hand"  # a colleague wants to know


class Decision(StrEnum):
    """What the responsible decides once the answers are shown."""

    GO_ON = "go_on"  # as now
    ADJUST = "adjust"  # steps with names and days
    MOVE = "move"  # in the circle
    END = "end"  # kindly


class Unanswered(StrEnum):
    """What follows a round that nobody answered, which is an answer too."""

    LATER = "later"  # again in a month
    MEETING = "meeting"  # it is talked about instead
    SKIP = "skip"  # this time


@dataclass(frozen=True)
class Evaluation:
    """One evaluation of the relation with a partner; its round has it as `subject_id`."""

    partner_id: int
    occasion: Occasion
    instrument: Instrument  # as it was put when it opened, however it is edited since
    level: Level  # as it was then
    due_on: date  # the day that the rules named, whenever it was opened
    opened_at: datetime
    subject: str = ""  # what we do together; empty where it is the relation as a whole
    activity_id: int | None = None
    asks_partner: bool = True  # or only us: a pulse, or they were asked less than half a year ago
    id: int = 0  # 0 until stored


def ours(this: Round) -> Mapping[str, Standing]:
    """How the colleagues stand who were asked."""
    return {who: how for who, how in this.standings.items() if not is_outside(who)}


def theirs(this: Round) -> Mapping[str, Standing]:
    """How the partner's own people stand who were asked, by their voices."""
    return {who: how for who, how in this.standings.items() if is_outside(who)}
