"""Why an evaluation that is over has no answers to show."""

from enum import StrEnum

from bot.evaluation_partner import rather_meet
from bot.round import Round, count


class Empty(StrEnum):
    """What there is to say instead."""

    NOBODY = "nobody"  # has answered
    MEETS = "meets"  # nobody has either, and the partner would rather talk about it
    ONE = "one"  # of us alone has, so it would be plain whose it is


def why_empty(this: Round) -> Empty:
    """Of a round of which is_empty() says so."""
    if count(this).answered:
        return Empty.ONE
    return Empty.MEETS if rather_meet(this) else Empty.NOBODY
