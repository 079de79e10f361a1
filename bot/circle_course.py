"""How it goes with a partner: what runs, what is tried, what is in place, and the way so far."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.circle import Move
from bot.circle_activity import Activity
from bot.circle_gate import Gate
from bot.circle_question import Question
from bot.circle_trial import PutOff, Trial, outcome_of
from bot.partner import Partner


@dataclass(frozen=True)
class Course:
    """One partner's."""

    moves: Sequence[Move] = ()  # the oldest first
    running: Sequence[Activity] = ()  # what ends first on top
    over: Sequence[Activity] = ()  # the oldest first
    trials: Sequence[Trial] = ()  # the oldest first
    put_off: Sequence[PutOff] = ()  # the oldest first
    gate: Gate | None = None  # the newest
    hello_on: date | None = None  # when an old friend is greeted

    @property
    def begun(self) -> bool:
        """Whether there is anything to tell."""
        told = (self.moves, self.running, self.over, self.trials, self.gate, self.hello_on)
        return any(told)

    @property
    def trial(self) -> Trial | None:
        """The one that runs."""
        return next((trial for trial in self.trials if trial.outcome is None), None)

    @property
    def over_alone(self) -> list[Activity]:
        """What ended without a step through the circle; back in the network all of it ends."""
        steps = {move.at for move in self.moves}
        return [activity for activity in self.over if activity.over_at not in steps]

    def decided_by(self, move: Move) -> Trial | None:
        """The trial that ended with that step; storage settles it at the same moment."""
        settled = (trial for trial in self.trials if trial.settled_at == move.at)
        return next((trial for trial in settled if trial.outcome is outcome_of(move)), None)


@dataclass(frozen=True)
class Asked:
    """A question with what one must know to answer it."""

    question: Question
    partner: Partner
    activity: Activity | None = None  # that the question is about
    others: Sequence[Activity] = ()  # that run beside it
    trial: Trial | None = None
    contacts: int = 0  # since the trial began
    gate: Gate | None = None
