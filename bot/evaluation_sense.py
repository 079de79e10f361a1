"""Does it still make sense as it is? Asked of few people, seldom, and never in a channel.

To go down in the circle, or to leave it as it is, is as good an answer as any (Byg partnerskaber!,
page 33).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from fractions import Fraction

from bot import guard
from bot.errors import UserError
from bot.evaluation import Decision
from bot.evaluation_figures import Held, Side, lines
from bot.evaluation_lessons import LOW
from bot.text import fold

RESULTS = "results"  # the theme that says what comes of it
REASON_LENGTH = 300
# First they talk about the answers themselves; after a month it is the next evaluation's.
AFTER = timedelta(days=3)
UNTIL = timedelta(days=30)

# Of these it has been decided what becomes of the relation.
_SETTLED = (Decision.MOVE, Decision.END)


class Why(StrEnum):
    """Why it is asked."""

    TWICE = "twice"  # the results were low twice running
    NO_PURPOSE = "no_purpose"  # low, and tied to nothing that the library wants


class Answer(StrEnum):
    """What is answered."""

    TALK = "talk"
    MOVE = "move"
    FINE = "fine"  # for a reason


@dataclass(frozen=True)
class Answered:
    """What somebody has answered to it."""

    evaluation_id: int
    answer: Answer
    by: str  # a Slack user id
    at: datetime
    reason: str = ""


def why_ask(shown: Sequence[Held], *, has_purpose: bool) -> Why | None:
    """Why it is asked after the first of these, a partner's evaluations, the last shown first.

    None where it is not: it went well, or it is decided already what becomes of the relation.
    """
    if not shown or shown[0].this.decision in _SETTLED:
        return None
    found = [mean for mean in map(_our_results, shown) if mean is not None]
    if not found or _our_results(shown[0]) is None or found[0] >= LOW:
        return None
    if len(found) > 1 and found[1] < LOW:
        return Why.TWICE
    return None if has_purpose else Why.NO_PURPOSE


def is_time(shown_at: datetime, now: datetime) -> bool:
    """Whether it may be asked now."""
    return AFTER <= now - shown_at <= UNTIL


def checked_reason(text: str) -> str:
    """Why it is all right as it is, in one line; raises UserError, for an empty one too."""
    line = guard.line(text, field="reason", limit=REASON_LENGTH)
    if not fold(line):
        raise UserError(
            "Write one line about why, so that the next one understands.", field="reason"
        )
    return line


def _our_results(held: Held) -> Fraction | None:
    """Our own mean of the results; None where it was not asked or nobody knows."""
    for line in lines(held, ()):
        if line.theme.id == RESULTS and Side.OURS in line.now:
            return line.now[Side.OURS].value
    return None
