"""Two who change the settings at once lose nothing."""

from dataclasses import dataclass

from bot.workspace import Workspace


@dataclass(frozen=True)
class Merge:
    """Two edits of the settings put together, and what to tell the second of the two."""

    merged: Workspace
    theirs_changed: tuple[str, ...]  # names of settings
    both_changed: tuple[str, ...]  # of these, the ones that I changed to something else


def edited(base: Workspace, mine: Workspace, theirs: Workspace) -> Merge:
    """Put what I changed since `base` on top of what is stored now.

    Where both changed a list or a set of names, what each added, took away or renamed is respected;
    any other setting that both changed is mine. Check the result: each of two coordinators may have
    taken the other's name away.
    """
    my_changes, their_changes = _changed(base, mine), _changed(base, theirs)
    joined = {
        name: _joined(getattr(base, name), getattr(mine, name), getattr(theirs, name))
        for name in my_changes
    }
    return Merge(
        merged=theirs.model_copy(update=joined),
        theirs_changed=their_changes,
        both_changed=tuple(
            name
            for name in their_changes
            if name in my_changes and getattr(mine, name) != getattr(theirs, name)
        ),
    )


def _changed(before: Workspace, after: Workspace) -> tuple[str, ...]:
    names = Workspace.model_fields
    return tuple(name for name in names if getattr(before, name) != getattr(after, name))


def _joined(base: object, mine: object, theirs: object) -> object:
    if base == theirs:
        return mine
    if isinstance(base, tuple) and isinstance(mine, tuple) and isinstance(theirs, tuple):
        kept = [item for item in theirs if item in mine or item not in base]
        return tuple(dict.fromkeys([*kept, *(item for item in mine if item not in base)]))
    if isinstance(base, dict) and isinstance(mine, dict) and isinstance(theirs, dict):
        taken = base.keys() - mine.keys()
        renamed = {key: name for key, name in mine.items() if name != base.get(key)}
        return {key: name for key, name in theirs.items() if key not in taken} | renamed
    return mine
