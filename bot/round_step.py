"""A step as it is planned: what the decision after a round leaves to be done, by whom and when."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class Step:
    """What is to be done, by when, and who sees to it."""

    text: str
    on: date
    who: tuple[str, ...] = ()  # Slack user ids


@dataclass(frozen=True)
class Lost:
    """A step that is to be done, and who saw to it has left."""

    number: int  # of the check or the step; no two have the same
    user_id: str  # who saw to it
    subject: str
    text: str
    due_on: date


def left_over(steps: Iterable[tuple[T, object, str]], here: Collection[str]) -> Sequence[T]:
    """Those of which all who see to them have left: the coordinator's now.

    Each with what it is one of, and with a colleague who sees to it.
    """
    every = list(steps)
    seen_to = {one for _, one, user in every if user in here}
    return [step for step, one, _ in every if one not in seen_to]
