"""The contact persons of a row put together with those on the card."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.import_record import Person
from bot.partner import ContactPerson
from bot.text import fold


@dataclass(frozen=True)
class Told:
    """What a row notes of a person (by her place on the card): when told, and the wish to be left.

    What is False or None was not said.
    """

    place: int
    told: Person


def joined(
    known: Sequence[ContactPerson], said: Sequence[Person], source: str
) -> tuple[tuple[ContactPerson, ...], tuple[Told, ...]]:
    """The persons on the card afterwards, and what is noted of them.

    A person is the same by our number, by the address, by the whole name; and where neither has a
    name, by being the only one. Whoever is new has her details from `source`, if the row does not
    say otherwise. Nobody is taken off the card.
    """
    people = list(known)
    told: list[Told] = []
    for person in said:
        place = _place(people, person)
        if place is None:
            place = len(people)
            people.append(replace(person.new, source=person.source or source))
        else:
            people[place] = person.over(people[place])
        if person.told_on or person.no_contact:
            told.append(Told(place, person))
    return tuple(people), tuple(told)


def _place(people: Sequence[ContactPerson], person: Person) -> int | None:
    if person.id and (by_id := _only(people, "id", person.id)) is not None:
        return by_id
    for name in ("email", "name", "phone"):
        value = fold(getattr(person, name) or "")
        found = [n for n, one in enumerate(people) if value and fold(getattr(one, name)) == value]
        if len(found) == 1 and _may_be(people[found[0]], person):
            return found[0]
    nameless = [n for n, one in enumerate(people) if not fold(one.name)]
    return nameless[0] if len(people) == 1 and nameless and not person.name else None


def _only(people: Sequence[ContactPerson], name: str, value: object) -> int | None:
    found = [n for n, one in enumerate(people) if getattr(one, name) == value]
    return found[0] if found else None


def _may_be(one: ContactPerson, person: Person) -> bool:
    """Two names are two people, whatever mailbox or telephone they share."""
    return not (one.name and person.name) or fold(one.name) == fold(person.name)
