"""What comes of an evaluation, in words: for its message in the channel, its thread and the card.

The round keeps the decision's own word and one text: with steps, what was agreed besides; with a
move in the circle, from where to where.
"""

from dataclasses import dataclass
from datetime import date, datetime

from bot.circle import Level, Move
from bot.circle_words import WAYS
from bot.evaluation import Decision, Evaluation, Unanswered
from bot.round import Round, State
from bot.translation import Translator, mark

# What was decided as a clause: by itself, behind a colon and in a list alike.
_WORDS: dict[str, str] = {
    Decision.GO_ON: mark("we go on as now"),
    Decision.ADJUST: mark("we adjust"),
    Decision.MOVE: mark("we move them in the circle"),
    Decision.END: mark("we part on good terms"),
    Unanswered.LATER: mark("we ask again in a month"),
    Unanswered.MEETING: mark("we take it at a meeting"),
    Unanswered.SKIP: mark("we skip it this time"),
}
# The same of a move, by the place where it led.
_NOW: dict[Level, str] = {
    Level.NETWORK: mark("now they are in our network"),
    Level.COLLABORATION: mark("now it is a collaboration"),
    Level.PARTNERSHIP: mark("now it is a partnership"),
}
_TO = ">"


@dataclass(frozen=True)
class Ended:
    """An evaluation that something has come of."""

    evaluation: Evaluation
    this: Round

    @property
    def at(self) -> datetime:
        """When it was decided."""
        return self.this.closed_at or self.this.opened_at

    @property
    def by(self) -> str:
        """Who has decided: a Slack user id."""
        return self.this.closed_by or self.this.called_by

    @property
    def moved(self) -> bool:
        """Whether it was a step through the circle, which is told as that."""
        return self.this.decision in (Decision.MOVE, Decision.END)


def is_decided(this: Round) -> bool:
    """Whether somebody has said what comes of it."""
    return this.state is State.CLOSED and this.decision in _WORDS


def decided_in_words(t: Translator, this: Round) -> str:
    """What was decided, as a clause; empty while nothing is."""
    if this.decision == Decision.MOVE and is_decided(this):
        return t(_NOW[Level(this.reason.partition(_TO)[2])])
    return word_of(t, this.decision) if is_decided(this) else ""


def word_of(t: Translator, decision: str) -> str:
    """A decision as a clause, of whichever round; empty for none."""
    return t(_WORDS[decision]) if decision in _WORDS else ""


def way_of(t: Translator, this: Round) -> str:
    """From where to where they were moved; empty where they were not."""
    if this.decision != Decision.MOVE:
        return ""
    before, _, after = this.reason.partition(_TO)
    return t(WAYS[Level(before), Level(after)])


def agreed_in(this: Round) -> str:
    """What was agreed besides the steps, word by word."""
    return this.reason if this.decision == Decision.ADJUST else ""


def decided_by(move: Move) -> tuple[Decision, str]:
    """The decision that a step through the circle is, and what the round keeps of it."""
    if move.ends:
        return Decision.END, ""
    return Decision.MOVE, f"{move.from_level}{_TO}{move.to_level}"


def around(t: Translator, day: date, today: date) -> str:
    """When it is asked again, as far as one can say it: around May 2027."""
    return t("around {month}", month=t.month(day, today))
