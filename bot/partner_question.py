"""What a partner can be asked about by a click: the answers on offer, and what one of them does."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from bot.errors import UserError
from bot.partner import Kind, Partner, Purpose, Room
from bot.translation import mark
from bot.workspace import Workspace

NOT_LISTED = mark("That answer is no longer on the list. Fill it in on the card.")

# Fields of Partner that hold one value; what is asked about else holds several.
ONE = ("kind", "branch", "responsible")
_WORDS: dict[str, type[Kind | Room | Purpose]] = {"kind": Kind, "rooms": Room, "purposes": Purpose}


def choices(name: str, library: Workspace) -> tuple[str, ...]:
    """The answers that the library offers for that field of Partner, as they are stored."""
    offered: dict[str, tuple[str, ...]] = {
        "age_groups": library.age_groups,
        "kind": tuple(kind for kind in Kind if kind not in library.kinds_off),
        "rooms": tuple(Room),
        "keywords": library.keywords,
        "purposes": tuple(Purpose),
        "goals": library.goals,
        "branch": library.branches,
    }
    return offered[name]


def answered(partner: Partner, name: str, values: Sequence[str], library: Workspace) -> Partner:
    """The partner with that answer; as it was where somebody has filled in the field meanwhile.

    Raises:
        UserError: the library has taken the answer off its list since the question was put.
    """
    if not values or not set(values) <= set(choices(name, library)):
        raise UserError(NOT_LISTED)
    return partner if getattr(partner, name) else filled(partner, name, values)


def filled(partner: Partner, name: str, values: Sequence[str]) -> Partner:
    """The partner with these values, as they are stored, in that field."""
    read = _WORDS.get(name, str)
    typed = tuple(read(value) for value in values)
    changes: dict[str, Any] = {name: typed[0] if name in ONE else typed}
    return replace(partner, **changes)
