"""Duties towards contact persons: telling them, leaving them alone, and forgetting them.

The articles are those of the General Data Protection Regulation (EU) 2016/679.
"""

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from typing import Any

from bot import guard
from bot.errors import UserError
from bot.partner import ContactPerson, Kind, Partner
from bot.text import bare_name, fold

# Art. 14(3)(a): within a reasonable time, and at the latest within a month.
INFORM_WITHIN = timedelta(days=30)
LINE_LENGTH = 300

# Mailboxes of an organisation or an office in it: the next chairman reads them too.
_SHARED_MAILBOXES = frozenset(
    """
    admin administration booking bestyrelse bestyrelsen bibliotek contact event formand formanden
    hej hello info kasserer kontakt kontor kontoret leder mail office post reception sekretariat
    """.split()  # noqa: SIM905 - a column of quotes would be longer than the rules below
)
_NAME = re.compile(r"[^\W_]+")
_SHORTEST_NAME = 3  # shorter ones are initials and "af"
_OWNERS = "(?:['’]?s)?"  # "Anne Holms nummer"
_DANISH_NUMBER = 8  # digits
_APART = r"[\s().-]*"  # what may stand between two digits
_SHORTEST_NUMBER = 6  # fewer digits are a house number or a year

# Where in a partner and its other persons people write about people. Links are left whole.
ABOUT_PARTNER = ("keywords", "area", "next_step", "note")
ABOUT_PERSON = ("title", "note", "source")
# What of a partner is personal where the partner is a person, and what is left of it.
_OF_AN_INDIVIDUAL: Mapping[str, object] = {
    "name": "",
    "other_names": (),
    "website": "",
    "cvr": "",
    "picture_link": "",
}


@dataclass(frozen=True)
class Information:
    """That a person was told we have her details: when, and in what way."""

    on: date
    how: str


@dataclass(frozen=True)
class Standing:
    """What we owe a contact person. `by` is a colleague's Slack user id."""

    informed: Information | None = None
    informed_by: str | None = None
    no_contact: bool = False  # she wishes not to be contacted


@dataclass(frozen=True)
class Uninformed:
    """A contact person who has not been told yet, and the last day for it."""

    partner_id: int
    partner_name: str
    person: ContactPerson
    deadline: date


def checked_information(on: date, how: str, *, today: date) -> Information:
    """As it may be stored.

    Raises:
        UserError: for `informed_on` or `informed_how`.
    """
    if on > today:
        raise UserError(
            "That day has not come yet. Note it when the person has been told.",
            field="informed_on",
        )
    return Information(on, guard.line(how, field="informed_how", limit=LINE_LENGTH))


def deadline(created: date, first_contact: date | None) -> date:
    """The last day to inform a person whose details came from others (art. 14(3)).

    Within a month, and at the first contact if that comes before; never before we had them.
    """
    latest = created + INFORM_WITHIN
    return latest if first_contact is None else max(created, min(latest, first_contact))


def identifiers(person: ContactPerson, partner: Partner) -> ContactPerson:
    """The person with only what is hers alone there: no shared mailbox, switchboard or name."""
    theirs = [other for other in partner.people if not _is_same(person, other)]
    shared_mail = is_shared_mailbox(person.email) or _shares(person, theirs, "email")
    return ContactPerson(
        name="" if _shares(person, theirs, "name") else person.name,
        email="" if shared_mail else person.email,
        phone="" if _shares(person, theirs, "phone") else person.phone,
        id=person.id,
    )


def is_shared_mailbox(email: str) -> bool:
    """Whether it is an organisation's or an office's, and so says nothing of a person."""
    return email.partition("@")[0].strip().casefold() in _SHARED_MAILBOXES


def tombstones(team: str, partner: Partner, *own: ContactPerson) -> frozenset[str]:
    """Hashes that recognise forgotten persons when they are brought back, without keeping them.

    `own` comes from identifiers(). The salt is the team id, so that two libraries' lists cannot be
    compared. A name counts together with the organisation's, for there are many of each name. Who
    has the list can still test a guess: it is kept as carefully as the register.
    """
    organisations = {bare_name(name) for name in (partner.name, *partner.other_names)}
    names = {fold(one.name) for one in own}
    marks = {("name", place, name) for place in organisations for name in names}
    ways = [w for one in own for w in (("email", fold(one.email)), ("phone", _digits(one.phone)))]
    return frozenset(_hashed(team, *mark) for mark in (*marks, *ways) if mark[-1])


def people_of(partner: Partner) -> tuple[ContactPerson, ...]:
    """All persons whom a partner's record is about.

    One who is the partner herself is one of them, by the partner's own id (a team's ids are its
    tables' in common), unless she is among the contact persons.
    """
    named = {fold(person.name) for person in partner.people}
    if partner.kind is not Kind.INDIVIDUAL or fold(partner.name) in named:
        return partner.people
    return (*partner.people, ContactPerson(partner.name, id=partner.id))


def anonymised(person_id: int) -> ContactPerson:
    """What the log keeps of a forgotten person: that there was one."""
    return ContactPerson(id=person_id)


def of_the_person(partner: Partner, own: Sequence[ContactPerson]) -> frozenset[str]:
    """The partner's fields that are the person's own, where she is the partner herself."""
    names = {fold(version.name) for version in own}
    alone = partner.kind is Kind.INDIVIDUAL and fold(partner.name) in names
    return frozenset(_OF_AN_INDIVIDUAL) if alone else frozenset()


def traces(own: Sequence[ContactPerson]) -> re.Pattern[str]:
    """Finds the person's whole name, mail and telephone number in a text, however spaced.

    `own` are identifiers() of all that was ever noted of her. A single name may be anybody's: that
    is for hints().
    """
    names = (_NAME.findall(version.name) for version in own)
    return _any_of(
        *(_whole(re.escape(version.email)) for version in own if version.email),
        *(_whole(r"[\W_]+".join(parts) + _OWNERS) for parts in names if len(parts) > 1),
        *(_number(version.phone) for version in own),
    )


def hints(own: Sequence[ContactPerson]) -> re.Pattern[str]:
    """Finds any one of her names in a text: somebody must look whether it is she."""
    names = (name for version in own for name in _NAME.findall(version.name))
    return _any_of(*(_whole(name + _OWNERS) for name in names if len(name) >= _SHORTEST_NAME))


def without(partner: Partner, own: Sequence[ContactPerson], word: str) -> Partner:
    """The partner without that contact person, and with `word` where its texts name her.

    `own` is as in traces(), at least one. An organisation that bears her name keeps it.
    """
    found = traces(own)
    texts: dict[str, Any] = {
        name: scrubbed(getattr(partner, name), found, word) for name in ABOUT_PARTNER
    }
    if of_the_person(partner, own):
        # What is left stands for nobody, and nobody is to be told that we have her details.
        texts |= {**_OF_AN_INDIVIDUAL, "name": word, "kind": None}
    people = (person for person in partner.people if person.id != own[0].id)
    return replace(partner, **texts, people=tuple(_remarked(p, found, word) for p in people))


def scrubbed(value: object, found: re.Pattern[str], word: str, *person_ids: int) -> object:
    """A text, several texts, or a logged value with `word` wherever the person is `found`.

    Her own logged records, by their ids, are emptied.
    """
    match value:
        case str():
            return found.sub(lambda _: word, value)
        case tuple():
            return tuple(dict.fromkeys(scrubbed(item, found, word) for item in value))
        case list():
            return [scrubbed(item, found, word, *person_ids) for item in value]
        case {"id": int(number)} if number in person_ids:
            return asdict(anonymised(number))
        case Mapping():
            return {key: scrubbed(item, found, word) for key, item in value.items()}
        case _:
            return value


def _remarked(person: ContactPerson, found: re.Pattern[str], word: str) -> ContactPerson:
    remarks: dict[str, Any] = {
        name: scrubbed(getattr(person, name), found, word) for name in ABOUT_PERSON
    }
    return replace(person, **remarks)


def _is_same(person: ContactPerson, other: ContactPerson) -> bool:
    return person.id == other.id if person.id else person is other


def _shares(person: ContactPerson, others: Iterable[ContactPerson], name: str) -> bool:
    mine = fold(getattr(person, name))
    return any(mine == fold(getattr(other, name)) for other in others)


def _hashed(team: str, *parts: str) -> str:
    return hashlib.sha256("\0".join([team, *parts]).encode()).hexdigest()


def _digits(phone: str) -> str:
    return re.sub(r"\D", "", phone)


def _number(phone: str) -> str:
    """A pattern for the number with or without country code, its digits spaced in any way."""
    digits = _digits(phone)
    if len(digits) < _SHORTEST_NUMBER:
        return ""
    national = digits.removeprefix("45") if len(digits) > _DANISH_NUMBER else digits
    danish = len(national) == _DANISH_NUMBER
    country = r"(?:\(?(?:\+|00)?45" + _APART + ")?" if danish else r"(?:\+|00)?"
    return rf"(?<!\d){country}{_APART.join(national)}(?!\d)"


def _whole(pattern: str) -> str:
    return rf"(?<![^\W_]){pattern}(?![^\W_])"


def _any_of(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(filter(None, patterns)) or r"(?!)", re.IGNORECASE)
