"""Contact persons of two cards that become one: who is on both, and what is known of her."""

from dataclasses import replace

from bot.guard import NOTE_LENGTH
from bot.intake import LINE_LENGTH
from bot.partner import ContactPerson, Partner
from bot.text import fold, shortened, words


def united_people(kept: Partner, gone: Partner) -> tuple[tuple[ContactPerson, ...], dict[int, int]]:
    """All persons, each once; and of those on both cards the number that goes, to that which stays.

    Nothing is lost: what differs goes into the note of the person.
    """
    people = {person.id: person for person in kept.people}
    same: dict[int, int] = {}
    for theirs in gone.people:
        ours = next((p for p in kept.people if _is_same(p, theirs)), None)
        if ours is None or ours.id in same.values():
            people[theirs.id] = theirs
            continue
        same[theirs.id] = ours.id
        people[ours.id] = _united(ours, theirs)
    return tuple(people.values()), same


def _is_same(ours: ContactPerson, theirs: ContactPerson) -> bool:
    """Within one organisation a whole name is one person; half a name needs a mail or number."""
    mine, other = words(ours.name), words(theirs.name)
    if mine == other and len(mine) > 1:
        return True
    reached = any(
        fold(getattr(ours, name)) and fold(getattr(ours, name)) == fold(getattr(theirs, name))
        for name in ("email", "phone")
    )
    return reached and (set(mine) <= set(other) or set(other) <= set(mine))


def _united(ours: ContactPerson, theirs: ContactPerson) -> ContactPerson:
    name = max(ours.name, theirs.name, key=lambda one: len(words(one)))
    filled = {
        one: getattr(ours, one) or getattr(theirs, one) for one in ("title", "email", "phone")
    }
    left = [
        getattr(theirs, one)
        for one, value in filled.items()
        if fold(getattr(theirs, one)) not in ("", fold(value))
    ]
    notes = [
        ours.note,
        theirs.note if fold(theirs.note) != fold(ours.note) else "",
        ", ".join(left),
    ]
    sources = dict.fromkeys(filter(None, (ours.source, theirs.source)))
    return replace(
        ours,
        name=name,
        note=shortened("\n".join(filter(None, notes)), NOTE_LENGTH),
        source=shortened(", ".join(sources), LINE_LENGTH),
        **filled,
    )
