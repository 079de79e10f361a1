"""Everything we have on one contact person, also one who has left the card, and who asked for it.

What edits changed is kept with the partner, so a person's former details are found there.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any

import sqlalchemy as sa

from bot.partner import Change, ContactPerson, Partner
from bot.privacy import (
    ABOUT_PARTNER,
    ABOUT_PERSON,
    Standing,
    hints,
    identifiers,
    people_of,
    traces,
)
from bot.privacy_everything import Event, Everything, LogLine, Mention, Place
from bot.text import fold, words
from storage import duplicate_snapshot, evaluation_voice, privacy, privacy_disclosure
from storage import partner as register
from storage.duplicate_redirect import numbers_of, second_numbers
from storage.partner_tables import CHANGE, PARTNER, PERSON
from storage.privacy_texts import ELSEWHERE

_DETAILS = tuple(field.name for field in fields(ContactPerson) if field.name != "id")
_PLACES = {"note": Place.NOTE, "next_step": Place.NEXT_STEP}


@dataclass(frozen=True)
class Known:
    """A person that a search found. `former`: she has left the card."""

    partner_id: int
    partner_name: str
    person: ContactPerson
    former: bool


def people_named(conn: sa.Connection, team: str, query: str) -> list[Known]:
    """Whose name begins with all the words, or whose mail it is; those on a card come first."""
    mine = (PERSON.c.team_id == PARTNER.c.team_id) & (PERSON.c.partner_id == PARTNER.c.id)
    present = (
        sa.select(PERSON, PARTNER.c.name.label("partner_name"))
        .select_from(PERSON.join(PARTNER, mine))
        .where(PERSON.c.team_id == team)
        .order_by(PERSON.c.id)
    )
    on_cards = [
        Known(row["partner_id"], row["partner_name"], _person(row), former=False)
        for row in conn.execute(present).mappings()
    ]
    on_cards += [
        Known(one.id, one.name, ContactPerson(one.name, id=one.id), former=False)
        for one in privacy.individuals(conn, team)
    ]
    here = {known.person.id for known in on_cards} | second_numbers(conn, team)
    gone = (known for known in _former(conn, team) if known.person.id not in here)
    return [known for known in (*on_cards, *gone) if _is_meant(query, known.person)]


def versions(
    conn: sa.Connection, team: str, partner: Partner, person_id: int
) -> list[ContactPerson]:
    """All that was ever noted of the person, the newest first; empty when there is nothing."""
    present = [person for person in people_of(partner) if person.id == person_id]
    if present and person_id == partner.id:
        return list(dict.fromkeys([*present, *_earlier(conn, team, partner)]))
    numbers = numbers_of(conn, team, person_id)
    logged = [
        person
        for edit in reversed(_edits(conn, team, partner.id))
        for side in (edit.after, edit.before)
        for number in numbers
        if (person := _among(side, number))
    ]
    return list(dict.fromkeys([*present, *logged]))


def everything_about(
    conn: sa.Connection, team: str, partner_id: int, person_id: int
) -> Everything | None:
    """All that is kept; None when there is no such person, or she is forgotten."""
    partner = register.get(conn, team, partner_id)
    known = versions(conn, team, partner, person_id) if partner else []
    if partner is None or not known:
        return None
    own = [identifiers(version, partner) for version in known]
    surely = tuple(mentions(conn, team, partner, person_id, traces(own)))
    perhaps = mentions(conn, team, partner, person_id, hints(own))
    return Everything(
        person=known[0],
        partner=partner,
        former=all(person.id != person_id for person in people_of(partner)),
        standing=privacy.standings(conn, team, [partner.id]).get(person_id, Standing()),
        mentions=surely,
        unsure=tuple(mention for mention in perhaps if mention not in surely),
        log=tuple(_log(conn, team, partner, person_id)),
    )


def mentions(
    conn: sa.Connection, team: str, partner: Partner, person_id: int, found: re.Pattern[str]
) -> Iterator[Mention]:
    """The texts about the partner in which the person is `found`, her own row left out."""
    for name in ABOUT_PARTNER:
        value = getattr(partner, name)
        for text in value if isinstance(value, tuple) else (value,):
            if found.search(text):
                yield Mention(_PLACES.get(name, Place.ORGANISATION), text)
    for other in partner.people:
        texts = (getattr(other, name) for name in ABOUT_PERSON if other.id != person_id)
        yield from (Mention(Place.PERSON, text) for text in texts if found.search(text))
    yield from duplicate_snapshot.mentions(conn, team, partner.id, person_id, found)
    for texts_of in ELSEWHERE:
        for row in texts_of.rows(conn, team, partner.id, to_read=True):
            written = (row[column] for column in texts_of.columns if found.search(row[column]))
            yield from (Mention(texts_of.where, text, row[texts_of.at]) for text in written)


def _log(conn: sa.Connection, team: str, partner: Partner, person_id: int) -> list[LogLine]:
    numbers, edits = numbers_of(conn, team, person_id), _edits(conn, team, partner.id)
    told = [(number, line) for edit in edits for number in numbers for line in _lines(edit, number)]
    # Another number of hers left when two cards became one, she did not.
    lines = [line for n, line in told if n == person_id or line.event is not Event.REMOVED]
    if partner.created_at and all(line.event is not Event.ADDED for line in lines):
        lines.append(LogLine(partner.created_at, Event.ADDED, partner.created_by))
    lines += privacy_disclosure.of_person(conn, team, numbers)
    lines += evaluation_voice.of_person(conn, team, numbers)
    return sorted(lines, key=lambda line: line.at)


def _lines(edit: Change, person_id: int) -> Iterator[LogLine]:
    before, after = _among(edit.before, person_id), _among(edit.after, person_id)
    if after and not before:
        yield LogLine(edit.at, Event.ADDED, edit.by)
    elif before and not after:
        yield LogLine(edit.at, Event.REMOVED, edit.by)
    elif before and after and before != after:
        changed = (name for name in _DETAILS if getattr(before, name) != getattr(after, name))
        yield LogLine(edit.at, Event.CHANGED, edit.by, tuple(changed))


def _edits(conn: sa.Connection, team: str, partner_id: int, field: str = "people") -> list[Change]:
    changes = register.changes_since(conn, team, partner_id, 0)
    return [change for change in changes if change.field == field]


def _earlier(conn: sa.Connection, team: str, partner: Partner) -> Iterator[ContactPerson]:
    """Of one who is the partner herself: other names, and when she was a contact person too."""
    for edit in reversed(_edits(conn, team, partner.id, "name")):
        yield from (
            ContactPerson(str(name), id=partner.id) for name in (edit.after, edit.before) if name
        )
    on_the_card = {person.id for person in partner.people}
    for edit in reversed(_edits(conn, team, partner.id)):
        sides = (edit.after, edit.before)
        listed = (person for side in sides if isinstance(side, list) for person in side)
        for person in listed:
            if person["id"] not in on_the_card and fold(person["name"]) == fold(partner.name):
                yield _person(person)


def _former(conn: sa.Connection, team: str) -> Iterator[Known]:
    """Everybody who was on a card when an edit of its persons began, as last noted."""
    mine = (CHANGE.c.team_id == PARTNER.c.team_id) & (CHANGE.c.partner_id == PARTNER.c.id)
    query = (
        sa.select(CHANGE.c.partner_id, PARTNER.c.name, CHANGE.c.before)
        .select_from(CHANGE.join(PARTNER, mine))
        .where(CHANGE.c.team_id == team, CHANGE.c.field == "people")
        .order_by(CHANGE.c.id)
    )
    last = {
        person["id"]: Known(partner_id, name, _person(person), former=True)
        for partner_id, name, people in conn.execute(query)
        for person in people
    }
    yield from last.values()


def _is_meant(query: str, person: ContactPerson) -> bool:
    if person.email and fold(person.email) == fold(query):
        return True
    named, sought = words(person.name), words(query)
    return bool(sought) and all(any(name.startswith(word) for name in named) for word in sought)


def _among(people: object, person_id: int) -> ContactPerson | None:
    """The person in a logged list, unless only the empty mark of a forgotten one is there."""
    listed = people if isinstance(people, list) else []
    for person in listed:
        if person["id"] == person_id and any(person[name] for name in _DETAILS):
            return _person(person)
    return None


def _person(row: Mapping[str, Any] | sa.RowMapping) -> ContactPerson:
    return ContactPerson(**{name: row[name] for name in _DETAILS}, id=row["id"])
