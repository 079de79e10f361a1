"""Several rows of one partner as one: most lists have a row for each contact person."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from bot.import_record import Doubt, Reason, Record, Refused
from bot.import_words import LISTS
from bot.text import fold
from bot.translation import mark
from bot.words import FIELD

_DIFFERS = mark("Two rows of “{name}” say different things here. I keep what the first one says.")


def joined(one: Record, another: Record) -> Record:
    """Both as one partner: what the first does not say is taken from the second.

    Lists and persons are put together, the latest contact counts, and where the two disagree the
    first is kept and the doubt told.
    """
    fields = dict(one.fields)
    doubts = [*one.doubts, *another.doubts]
    for name, value in another.fields.items():
        mine = fields.get(name)
        if mine is None:
            fields[name] = value
        elif name in LISTS:
            fields[name] = tuple(dict.fromkeys((*mine, *value)))
        elif name == "note":
            fields[name] = mine if value in mine else f"{mine}\n{value}"
        elif not _same(mine, value):
            doubts.append(_differs(one, name, value))
    persons = [*one.people, *(person for person in another.people if person not in one.people)]
    days = [day for day in (one.last_contact, another.last_contact) if day]
    return replace(
        one,
        numbers=(*one.numbers, *another.numbers),
        fields=fields,
        people=tuple(persons),
        last_contact=max(days, default=None),
        id=one.id or another.id,
        doubts=tuple(doubts),
        lines=(*one.lines, *another.lines),
    )


def _same(one: object, other: object) -> bool:
    return one == other or (isinstance(one, str) and fold(one) == fold(str(other)))


def _differs(record: Record, name: str, value: object) -> Doubt:
    return Doubt(
        name,
        str(value),
        Reason(_DIFFERS, {"name": record.name}, of_field=FIELD.get(name, "")),
        taken=False,
    )


def gathered(found: Iterable[Record | Refused]) -> Iterator[Record | Refused]:
    """Neighbouring records of one partner as one; the file may hold 40,000 others."""
    last: Record | None = None
    for each in found:
        if isinstance(each, Record) and last and _is_one(last, each):
            last = joined(last, each)
            continue
        if last:
            yield last
        last = each if isinstance(each, Record) else None
        if isinstance(each, Refused):
            yield each
    if last:
        yield last


def _is_one(one: Record, another: Record) -> bool:
    """By our own number, else by the name where no two CVR numbers speak against it.

    A CVR number alone tells nothing here: a municipality's schools and libraries all have hers.
    """
    if one.id and another.id:
        return one.id == another.id
    contradict = one.cvr and another.cvr and one.cvr != another.cvr
    return bool(one.name) and fold(one.name) == fold(another.name) and not contradict
