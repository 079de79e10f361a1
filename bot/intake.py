"""At the register's door: what was typed is tested before it is stored.

`faults` tells all that is wrong with a partner, `checked` returns it ready to store or raises the
first fault. The `field` of a fault is the dataclass field's name; "people" stands for any fault of
a partner's contact persons.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, TypeVar

from bot import guard, identifiers
from bot.errors import UserError
from bot.goal import GOAL_LENGTH
from bot.partner import ContactPerson, Partner
from bot.text import fold, one_line

# Two lines on a telephone; the longest Danish institution names need 120 characters.
NAME_LENGTH = 200
# A word from the library's own lists is an option in Slack, which holds 75.
TAG_LENGTH = 75
LINE_LENGTH = 300
LINK_LENGTH = 500

_CHANNEL = re.compile("[CG][A-Z0-9]+")  # as Slack numbers channels

_Record = TypeVar("_Record", Partner, ContactPerson)
_Rule = Callable[[Any, str], object]  # the value and its field's name; raises UserError


def checked(partner: Partner) -> Partner:
    """The partner as it may be stored; raises the first of its faults.

    Texts are cleaned, identifiers brought to one form, doubled values and blank persons left out.
    """
    tidy, wrong = _examined(partner)
    if wrong:
        raise wrong[0]
    return tidy


def faults(partner: Partner) -> list[UserError]:
    """Everything that keeps the partner from being stored."""
    return _examined(partner)[1]


def across(partner: Partner) -> list[UserError]:
    """What is wrong between fields of which each by itself is right."""
    wrong: list[UserError] = []
    if partner.next_step_on and not partner.next_step:
        wrong.append(
            UserError("Write what the next step is, or take its date away.", field="next_step")
        )
    if partner.deputy and partner.deputy == partner.responsible:
        wrong.append(
            UserError(
                "A deputy steps in for the responsible, so choose somebody else.", field="deputy"
            )
        )
    return wrong


def checked_person(person: ContactPerson) -> ContactPerson:
    """The contact person as it may be stored; raises the first fault."""
    tidy, wrong = _examined_person(person)
    if wrong:
        raise wrong[0]
    return tidy


def _examined(partner: Partner) -> tuple[Partner, list[UserError]]:
    tidy, wrong = _applied(_PARTNER_RULES, partner)
    people = [_examined_person(person) for person in partner.people if _is_filled(person)]
    for their_fault in (fault for _, their_faults in people for fault in their_faults):
        their_fault.field = "people"
        wrong.append(their_fault)
    wrong += across(tidy)
    return replace(tidy, people=tuple(person for person, _ in people)), wrong


def _examined_person(person: ContactPerson) -> tuple[ContactPerson, list[UserError]]:
    tidy, wrong = _applied(_PERSON_RULES, person)
    if not (fold(tidy.name) or tidy.email or tidy.phone):
        wrong.append(
            UserError(
                "Write the person's name, or at least an e-mail address or a telephone number.",
                field="name",
            )
        )
    return tidy, wrong


def _applied(rules: Mapping[str, _Rule], record: _Record) -> tuple[_Record, list[UserError]]:
    values: dict[str, Any] = {}
    wrong: list[UserError] = []
    for name, rule in rules.items():
        value = getattr(record, name)
        if not value and rule is not _name:
            continue  # a blank is right everywhere but in a partner's name
        try:
            values[name] = rule(value, name)
        except UserError as fault:
            fault.field = name
            wrong.append(fault)
    return replace(record, **values), wrong


def _is_filled(person: ContactPerson) -> bool:
    texts = (person.name, person.title, person.email, person.phone, person.note, person.source)
    return any(map(fold, texts))


def _line(text: str, field: str, limit: int = LINE_LENGTH) -> str:
    return guard.line(text, field=field, limit=limit)


def _note(text: str, field: str) -> str:
    return guard.note(text, field=field)


def _name(text: str, field: str) -> str:
    if not fold(text):
        raise UserError("Write what the organisation is called.", field=field)
    return _line(text, field, NAME_LENGTH)


def _values(texts: Sequence[str], field: str, limit: int = TAG_LENGTH) -> tuple[str, ...]:
    """The texts in their order, without blanks and without one that differs in spelling only."""
    kept: dict[str, str] = {}
    for text in texts:
        kept.setdefault(fold(text), _line(text, field, limit))
    kept.pop("", None)
    return tuple(kept.values())


def _once(values: Sequence[object], _field: str) -> tuple[object, ...]:
    return tuple(dict.fromkeys(values))


def _identifier(text: str, field: str, read: Callable[[str], str]) -> str:
    typed = guard.within(one_line(text), field=field, limit=LINK_LENGTH)
    return read(typed) if fold(typed) else ""


def _phone(text: str, field: str) -> str:
    number = identifiers.phone(guard.within(one_line(text), field=field, limit=TAG_LENGTH))
    return number if number.startswith("+") else guard.without_cpr(number, field=field)


def _channel(text: str, field: str) -> str:
    channel = guard.within(one_line(text), field=field, limit=TAG_LENGTH)
    if fold(channel) and not _CHANNEL.fullmatch(channel):
        raise UserError("That is no channel in Slack. Choose one from the list.", field=field)
    return channel if fold(channel) else ""


_web = partial(_identifier, read=identifiers.website)

_PARTNER_RULES: Mapping[str, _Rule] = {
    "name": _name,
    "other_names": partial(_values, limit=NAME_LENGTH),
    "website": _web,
    "cvr": partial(_identifier, read=identifiers.cvr),
    "area": _line,
    "branch": partial(_line, limit=TAG_LENGTH),
    "keywords": _values,
    "target_groups": _values,
    "age_groups": _values,
    "rooms": _once,
    "purposes": _once,
    "goals": partial(_values, limit=GOAL_LENGTH),
    "agreement_link": _web,
    "case_number": _line,
    "next_step": _line,
    "note": _note,
    "picture_link": _web,
    "channel": _channel,
    "known_by": _once,
}
_PERSON_RULES: Mapping[str, _Rule] = {
    "name": partial(_line, limit=NAME_LENGTH),
    "title": partial(_line, limit=NAME_LENGTH),
    "email": partial(_identifier, read=identifiers.email),
    "phone": _phone,
    "note": _note,
    "source": _line,
}

# What storage itself keeps about a row is nobody's edit.
