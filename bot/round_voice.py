"""Whose answer it is in a round: a colleague's, by her Slack user id, or the partner's."""

from collections.abc import Collection
from itertools import count

# A voice that begins so is the partner's: what follows is a contact person's number, one of their
# people's Slack user id in a shared channel, or 0 for the organisation as such.
OUTSIDE = "@"
THE_PARTNER = f"{OUTSIDE}0"


def is_outside(voice: str) -> bool:
    """Whether who answers is the partner's, and no colleague."""
    return voice.startswith(OUTSIDE)


def is_asked_by_mail(voice: str) -> bool:
    """Whether who answers is the partner's, and is asked by link or mail instead of in Slack.

    In no other way than by asking for a talk does such a one decline.
    """
    return is_outside(voice) and voice.removeprefix(OUTSIDE).isdecimal()


def of_person(number: int) -> str:
    """The voice of the contact person of that number; of the organisation as such for 0."""
    return f"{OUTSIDE}{number}"


def forgotten(taken: Collection[str]) -> str:
    """The voice of one of theirs who was anonymised: no person has such a number.

    `taken` are the voices of the round that she was asked in.
    """
    return next(voice for number in count(1) if (voice := of_person(-number)) not in taken)
