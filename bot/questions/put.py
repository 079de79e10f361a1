"""What a library has put otherwise than it is shipped: every change is kept, none overwritten.

Who changed what, and taking it back, are then one list read backwards. What can be put so (a
question of the check, one of an evaluation) is a frozen dataclass of texts and switches.
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import Field, dataclass, replace
from datetime import datetime
from typing import Any, ClassVar, Generic, Protocol, TypeVar


class Editable(Protocol):
    """One thing as a library puts it."""

    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]
    PARTS: ClassVar[Mapping[str, str]]  # its fields, with what a form calls each

    @property
    def key(self) -> Hashable:
        """What it is known by through all changes; of a new one empty until stored."""

    @property
    def on(self) -> bool:
        """Whether it is asked."""


P = TypeVar("P", bound=Editable)


@dataclass(frozen=True)
class Change(Generic[P]):
    """Something as somebody has put it."""

    put: P
    by: str  # a Slack user id
    at: datetime
    id: int = 0  # 0 until stored


@dataclass(frozen=True)
class Step(Generic[P]):
    """A change with what it replaced; None where it was added."""

    change: Change[P]
    before: P | None

    @property
    def parts(self) -> tuple[str, ...]:
        """The parts that it changed; all of what it added."""
        after = self.change.put
        return tuple(after.PARTS) if self.before is None else changed(self.before, after)


@dataclass(frozen=True)
class Merge(Generic[P]):
    """Two edits of one put together, and what to tell the second of the two."""

    merged: P
    theirs_changed: tuple[str, ...]
    both_changed: tuple[str, ...]  # of these, the ones that I changed to something else


def changed(before: P, after: P) -> tuple[str, ...]:
    """The parts in which two differ, in the order of PARTS."""
    return tuple(name for name in after.PARTS if getattr(before, name) != getattr(after, name))


def english_left(before: P, after: P) -> tuple[str, ...]:
    """The English texts that stand as they did while the Danish they translate was changed."""
    parts = changed(before, after)
    danish = [name for name in parts if name.endswith("_da")]
    english = [f"{name.removesuffix('_da')}_en" for name in danish]
    return tuple(name for name in english if name not in parts and getattr(after, name))


def in_step(before: P, after: P) -> P:
    """It without the English that was left behind by a change of the Danish.

    Two people must not answer two questions under one number: the Danish, which is always there,
    stands for it until somebody writes the English anew.
    """
    return _with(after, dict.fromkeys(english_left(before, after), ""))


def merged(base: P, mine: P, theirs: P) -> Merge[P]:
    """Put what I changed since `base` on top of what is stored now."""
    my_parts, their_parts = changed(base, mine), changed(base, theirs)
    return Merge(
        merged=_with(theirs, {name: getattr(mine, name) for name in my_parts}),
        theirs_changed=their_parts,
        both_changed=tuple(
            name
            for name in their_parts
            if name in my_parts and getattr(mine, name) != getattr(theirs, name)
        ),
    )


def history(changes: Sequence[Change[P]], shipped: Mapping[Any, P]) -> list[Step[P]]:
    """The newest step first; `changes` begin with the oldest."""
    before = dict(shipped)
    told = []
    for change in changes:
        told.append(Step(change, before.get(change.put.key)))
        before[change.put.key] = change.put
    return told[::-1]


def taken_back(step: Step[P], now: P) -> P:
    """It as it is now, without what that step did; what the step added is switched off."""
    if step.before is None:
        return _with(now, {"on": False})
    return _with(now, {name: getattr(step.before, name) for name in step.parts})


def in_force(step: Step[P], now: P) -> bool:
    """Whether anything of what that step did still holds."""
    return taken_back(step, now) != now


def _with(put: P, parts: Mapping[str, Any]) -> P:
    return replace(put, **parts)
