"""Two who edit at once lose nothing: what each changed is put together, and what is told."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from functools import cache
from typing import Any, get_type_hints
from zlib import crc32

from pydantic import TypeAdapter

from bot.partner import Change, ContactPerson, Partner

_EDITABLE = tuple(
    field.name
    for field in fields(Partner)
    if field.name not in {"id", "version", "created_by", "created_at"}
)


@dataclass(frozen=True)
class Merge:
    """Two edits of one partner put together, and what to tell the second of the two."""

    merged: Partner
    theirs: Partner
    theirs_changed: tuple[str, ...]  # field names
    both_changed: tuple[str, ...]  # of these, the ones that I changed to something else


def edited(base: Partner, mine: Partner, theirs: Partner) -> Merge:
    """Put what I changed since `base` on top of what is stored now.

    Where both changed a list, what each added or took away is respected; any other value that both
    changed is mine. The id, version and origin are those of `theirs`.
    """
    my_fields, their_fields = _changed(base, mine), _changed(base, theirs)
    values: dict[str, Any] = {
        name: _joined(getattr(base, name), getattr(mine, name), getattr(theirs, name))
        for name in my_fields
    }
    return Merge(
        merged=replace(theirs, **values),
        theirs=theirs,
        theirs_changed=their_fields,
        both_changed=tuple(
            name
            for name in their_fields
            if name in my_fields and getattr(mine, name) != getattr(theirs, name)
        ),
    )


def edited_person(base: ContactPerson, mine: ContactPerson, theirs: ContactPerson) -> ContactPerson:
    """What I changed of a contact person since `base`, on top of what is stored now."""
    typed = [field.name for field in fields(ContactPerson) if field.name != "id"]
    changed = {n: getattr(mine, n) for n in typed if getattr(mine, n) != getattr(base, n)}
    return replace(theirs, **changed)


def stamp(text: str) -> str:
    """Another for each text: by it a form remembers which one it showed."""
    return f"{crc32(text.encode()):08x}"


def edited_text(shown: str, mine: str, theirs: str) -> str | None:
    """The one that holds of my text and the stored one; None where both of us wrote another.

    `shown` is the stamp of the text that my form showed. Where theirs was only taken away, there
    is nothing to lose: mine takes its place.
    """
    if stamp(mine) == shown:
        return theirs
    return mine if theirs in {"", mine} or stamp(theirs) == shown else None


def rewind(now: Partner, changes: Sequence[Change]) -> Partner:
    """The partner as it was before those changes, which are given in the order they were made.

    The version stays the present one. A field that the program no longer has is passed over.
    """
    readers = _readers()
    values: dict[str, Any] = {
        change.field: readers[change.field].validate_python(change.before)
        for change in reversed(changes)
        if change.field in readers
    }
    return replace(now, **values)


def _changed(before: Partner, after: Partner) -> tuple[str, ...]:
    return tuple(name for name in _EDITABLE if getattr(before, name) != getattr(after, name))


def _joined(base: object, mine: object, theirs: object) -> object:
    if not (isinstance(base, tuple) and isinstance(mine, tuple) and isinstance(theirs, tuple)):
        return mine
    if base == theirs:
        return mine
    old, my, their = ({_key(item): item for item in items} for items in (base, mine, theirs))
    joined = {key: item for key, item in their.items() if key in my or key not in old}
    joined |= {key: item for key, item in my.items() if item != old.get(key)}
    return tuple(joined.values())


def _key(item: object) -> object:
    """A contact person is the same one while its id is; everything else is its value."""
    return (item.id or item) if isinstance(item, ContactPerson) else item


@cache
def _readers() -> dict[str, TypeAdapter[Any]]:
    hints = get_type_hints(Partner)
    return {name: TypeAdapter(hints[name]) for name in _EDITABLE}
