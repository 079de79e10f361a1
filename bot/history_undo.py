"""One change undone: what may be, what becomes of the card, and whether it was changed since."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from bot.edits import edited, edited_person
from bot.errors import UserError
from bot.history import FIELDS, Past, of_another_card, values
from bot.intake import faults
from bot.partner import Change, ContactPerson, Partner, Status
from bot.translation import mark
from bot.workspace import Workspace

# What is one thing to who reads it: undone together where they were changed together.
_PAIRS = (frozenset({"next_step", "next_step_on"}),)
# A card's words that the library keeps lists of.
_LISTED = ("branch", "keywords", "target_groups", "age_groups", "goals")

OF_THE_CIRCLE = mark(
    "A place in the circle is not put back by one click. Press “Move in the circle” on the card,"
    " and say what has happened."
)
OF_A_MERGER = mark(
    "That came from making two cards one. Within thirty days you can undo all of it on the card."
    " Otherwise correct it on the card by hand."
)
OF_ANOTHER_CARD = mark(
    "That was changed on the other card, before the two were made one. Correct it on the card by"
    " hand."
)
OF_THE_FORGOTTEN = mark(
    "Somebody has been anonymised since, and that is not undone. Correct the card by hand."
)
_OLD = mark("The card has no such field any more, so the change cannot be undone.")
ALREADY = mark("It is already as it was before that change.")
_KIND_OFF = mark(
    "Your library does not use that sort of partner any more. Choose another one on the card."
)
_NOT_LISTED = mark(
    "“{words}” is not on the library's list any more. Choose something else on the card, or ask"
    " the coordinator to put it back on the list."
)


def bar(past: Past, change: Change) -> str | None:
    """Why the change is not undone here (a msgid); None where it may be."""
    if change.field not in FIELDS:
        return _OLD
    if of_another_card(past, change):
        return OF_ANOTHER_CARD
    if any(change.at == one.at for one in past.mergers if one.parted_at is None):
        return OF_A_MERGER
    if change.field == "level" or (change.field == "status" and _is_of_a_move(past, change)):
        return OF_THE_CIRCLE
    if change.at in past.forgotten or _names_nobody(change.before):
        return OF_THE_FORGOTTEN
    return None


def meant(changes: Sequence[Change]) -> list[Change]:
    """The first of the changes of one moment, and the one that belongs to it, if there is one."""
    first = changes[0]
    names = next((pair for pair in _PAIRS if first.field in pair), {first.field})
    return [change for change in changes if change is first or change.field in names]


def undone(past: Past, changes: Sequence[Change]) -> Partner:
    """The partner without those changes; what others added to a list since stays in it.

    Raises:
        UserError: they may not be undone, or there is nothing left to undo.
    """
    for change in changes:
        if reason := bar(past, change):
            raise UserError(reason)
    result = _without(past.partner, changes)
    if result == past.partner:
        raise UserError(ALREADY)
    return result


def can_be_undone(past: Past, changes: Sequence[Change]) -> bool:
    """Whether undoing the first of the changes of one moment would change anything."""
    if any(bar(past, change) for change in meant(changes)):
        return False
    return _without(past.partner, meant(changes)) != past.partner


def _without(now: Partner, changes: Sequence[Change]) -> Partner:
    both = {change.field: values(change) for change in changes}
    after: dict[str, Any] = {name: value for name, (_, value) in both.items()}
    before: dict[str, Any] = {name: value for name, (value, _) in both.items()}
    if "people" in before:
        before["people"] = _people(before["people"], after["people"], now.people)
    return edited(replace(now, **after), replace(now, **before), now).merged


def changed_since(now: Partner, changes: Sequence[Change]) -> bool:
    """Whether one of these fields holds something else than the change left in it."""
    return any(values(change)[1] != getattr(now, change.field) for change in changes)


def check(library: Workspace, now: Partner, result: Partner) -> None:
    """Raise the UserError that a form would have raised, where the card cannot be like that."""
    stood = {fault.field for fault in faults(now)}
    for fault in faults(result):
        if fault.field not in stood:
            raise fault
    if result.kind is not now.kind and result.kind in library.kinds_off:
        raise UserError(_KIND_OFF)
    for name in _LISTED:
        _check_listed(library, now, result, name)


def coming_back(now: Partner, result: Partner) -> list[ContactPerson]:
    """The contact persons who are put back on the card."""
    here = {person.id for person in now.people}
    return [person for person in result.people if person.id not in here]


def colleagues(now: Partner, result: Partner) -> tuple[str, ...]:
    """Those who are tied to the partner again."""
    before, after = ({one.responsible, one.deputy, *one.known_by} for one in (now, result))
    return tuple(sorted(user for user in after - before if user))


def _check_listed(library: Workspace, now: Partner, result: Partner, name: str) -> None:
    own = {"branch": "branches"}.get(name, name)
    allowed = (*getattr(library, own), *_several(getattr(now, name)))
    strange = [word for word in _several(getattr(result, name)) if word not in allowed]
    # Where the library keeps no list anything goes, but for its goals.
    if strange and (getattr(library, own) or name == "goals"):
        raise UserError(_NOT_LISTED, words=", ".join(strange))


def _several(value: str | tuple[str, ...]) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else tuple(filter(None, (value,)))


def _is_of_a_move(past: Past, change: Change) -> bool:
    """An end has its own form, too, which keeps what was learned."""
    moved = any(move.at == change.at for move in past.course.moves)
    return moved or Status.ENDED in (change.before, change.after)


def _names_nobody(before: object) -> bool:
    """Whether somebody in it was forgotten: only the number of hers is left."""
    people = before if isinstance(before, list) else []
    reached = ("name", "email", "phone")
    return any(
        isinstance(person, dict) and not any(person[name] for name in reached) for person in people
    )


def _people(
    before: Sequence[ContactPerson], after: Sequence[ContactPerson], now: Sequence[ContactPerson]
) -> tuple[ContactPerson, ...]:
    """As before the change; what was changed of one of them since, beside it, stays."""
    left = {person.id: person for person in after}
    here = {person.id: person for person in now}
    return tuple(
        edited_person(left[person.id], person, here[person.id])
        if person.id in left and person.id in here
        else person
        for person in before
    )
