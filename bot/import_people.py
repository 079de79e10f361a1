"""The contact persons of a row put together with those on the card."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.import_note import below
from bot.import_record import Person, Reason
from bot.partner import ContactPerson, Partner
from bot.text import fold
from bot.translation import mark

_SAME_MAIL = mark(
    "{one} and {other} have the same mail address, {mail}. Look whether they are one person."
)


@dataclass(frozen=True)
class Told:
    """What a row notes of a person (by her place on the card): when told, and the wish to be left.

    What is False or None was not said. One who is the partner herself has no place.
    """

    place: int | None
    told: Person

    def of(self, partner: Partner) -> ContactPerson:
        """Whom it is noted of; by the partner's own number if she is the partner."""
        if self.place is None:
            return ContactPerson(partner.name, id=partner.id)
        return partner.people[self.place]


def joined(
    known: Sequence[ContactPerson], said: Sequence[Person], source: str
) -> tuple[tuple[ContactPerson, ...], tuple[Told, ...]]:
    """The persons on the card afterwards, and what is noted of them.

    A person is the same by our number, by the address, by the whole name; and where neither has a
    name, by being the only one. Whoever is new has her details from `source`, if the row does not
    say otherwise. Nobody is taken off the card. A note comes below the one that stands there,
    unless the row has our own number: then it is the whole note.

    Raises:
        UserError: there is no room for both notes.
    """
    people = list(known)
    told: list[Told] = []
    for person in said:
        place = _place(people, person)
        if place is None:
            place = len(people)
            people.append(replace(person.new, source=person.source or source))
        else:
            people[place] = _over(people[place], person)
        if person.told_on or person.no_contact:
            told.append(Told(place, person))
    return tuple(people), tuple(told)


def same_mails(
    known: Sequence[ContactPerson], people: Sequence[ContactPerson]
) -> tuple[Reason, ...]:
    """Whoever is new and has the address of another, which may be the same person twice."""
    there = {person.id for person in known}
    found = []
    for place, person in enumerate(people):
        before = (one for one in people[:place] if _has_mail_of(one, person))
        other = next(before, None) if person.email and person.id not in there else None
        if other:
            names = {"one": other.called, "other": person.called, "mail": person.email}
            found.append(Reason(_SAME_MAIL, names))
    return tuple(found)


def _has_mail_of(one: ContactPerson, person: ContactPerson) -> bool:
    return fold(one.email) == fold(person.email)


def _over(known: ContactPerson, person: Person) -> ContactPerson:
    numbered = person.id and person.id == known.id
    if numbered or person.note is None:
        return person.over(known)
    return replace(person, note=below(known.note, person.note)).over(known)


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
