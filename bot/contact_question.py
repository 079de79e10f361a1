"""At most one quick question about a partner after a person's own action, answered by one click."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from bot.errors import UserError
from bot.partner import Kind, Partner, RelationType, Room
from bot.workspace import Workspace

# Fields of Partner. Those that the pictures of white spots count come first.
QUESTIONS = ("age_groups", "kind", "rooms", "keywords")


def choices(name: str, library: Workspace) -> tuple[str, ...]:
    """The answers that the library offers to one of QUESTIONS, as they are stored."""
    offered: dict[str, tuple[str, ...]] = {
        "age_groups": library.age_groups,
        "kind": tuple(kind for kind in Kind if kind not in library.kinds_off),
        "rooms": tuple(Room),
        "keywords": library.keywords,
    }
    return offered[name]


def next_question(partner: Partner, asked: Collection[str], library: Workspace) -> str | None:
    """The field to ask about: one that is empty, was not asked before, and has answers to offer.

    Sponsors, funds and suppliers are asked nothing: they stand in none of the pictures.
    """
    if partner.relation_type is not RelationType.PARTNER or partner.archived:
        return None
    for name in QUESTIONS:
        if name not in asked and not getattr(partner, name) and choices(name, library):
            return name
    return None


def answered(partner: Partner, name: str, values: Sequence[str], library: Workspace) -> Partner:
    """The partner with that answer; as it was where somebody has filled in the field meanwhile.

    Raises:
        UserError: the library has taken the answer off its list since the question was put.
    """
    if not values or not set(values) <= set(choices(name, library)):
        raise UserError("That answer is no longer on the list. Fill it in on the card.")
    if getattr(partner, name):
        return partner
    match name:
        case "kind":
            return replace(partner, kind=Kind(values[0]))
        case "rooms":
            return replace(partner, rooms=tuple(Room(value) for value in values))
        case "keywords":
            return replace(partner, keywords=tuple(values))
        case _:
            return replace(partner, age_groups=tuple(values))
