"""What makes a relation a partnership: six criteria to see and talk about, never a barrier.

After Byg partnerskaber!, page 13.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from bot import guard

# One line beside the criterion, read by those who meet the partner next.
NOTE_LENGTH = 300


class Criterion(StrEnum):
    """The guide's six, in its order."""

    GOAL = "goal"  # it serves the library's strategy
    TOGETHER = "together"  # something that neither could do alone
    METHOD = "method"  # a professional way of working together
    FRAME = "frame"  # clear whether one activity with an end, or a frame for several
    AGREEMENTS = "agreements"  # about expectations, roles and results
    EQUALITY = "equality"  # respect, and both gain


class Standing(StrEnum):
    """How far a criterion has come."""

    MET = "met"
    NOT_YET = "not_yet"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Answer:
    """One criterion's answer."""

    standing: Standing = Standing.UNKNOWN
    note: str = ""


@dataclass(frozen=True)
class Gate:
    """The criteria as they were answered once; answering anew is another gate."""

    partner_id: int
    by: str  # a Slack user id
    at: datetime
    answers: Mapping[Criterion, Answer] = field(default_factory=dict)
    id: int = 0  # 0 until stored


@dataclass(frozen=True)
class Result:
    """The gate laid out, each criterion in one of three lists, in the guide's order."""

    met: tuple[Criterion, ...]
    missing: tuple[Criterion, ...]
    unknown: tuple[Criterion, ...]  # also those that nobody answered


def checked(gate: Gate) -> Gate:
    """The gate as it may be stored: all six criteria, the notes cleaned.

    Raises:
        UserError: a note is too long or has a CPR number; the field is the criterion.
    """
    given = {criterion: gate.answers.get(criterion, Answer()) for criterion in Criterion}
    return replace(gate, answers={one: _checked(one, answer) for one, answer in given.items()})


def result(gate: Gate) -> Result:
    """What is in place, what is missing and what is not known."""

    def standing(wanted: Standing) -> tuple[Criterion, ...]:
        answers = ((one, gate.answers.get(one, Answer())) for one in Criterion)
        return tuple(one for one, answer in answers if answer.standing is wanted)

    return Result(standing(Standing.MET), standing(Standing.NOT_YET), standing(Standing.UNKNOWN))


def _checked(criterion: Criterion, answer: Answer) -> Answer:
    return replace(answer, note=guard.line(answer.note, field=criterion, limit=NOTE_LENGTH))
