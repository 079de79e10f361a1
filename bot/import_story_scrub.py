"""Texts of our own JSON without those who were anonymised here after the file was made.

What is told of a partner may name somebody who is on its card no more. She is known by her
tombstones: by mail, telephone, or her whole name at that organisation.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

from bot.evaluation_told import Told
from bot.identifiers import phone
from bot.import_draft import Register
from bot.import_record import Record
from bot.import_story import Idea, Story
from bot.partner import ContactPerson, Partner
from bot.privacy import ABOUT_PARTNER, ABOUT_PERSON, scrubbed, tombstones, traces
from bot.tjek import Check, Sheet

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

T = TypeVar("T", bound="DataclassInstance")

_NAME = re.compile(r"[^\W_]+")
_MAIL = re.compile(r"[^\s<>(),;:\"]+@[^\s<>(),;:\"]+[^\W_]")
_NUMBER = re.compile(r"\+?\d[\d\s().-]{4,}\d")
_OWNERS = re.compile("['’]?s$")  # "Anne Holms"
_LONGEST_NAME = 5  # words
_OF_CONTACT = ("about", "with_whom")
_OF_MOVE = ("reason", "learned", "told")
_OF_CHECK = ("idea", "reason")
_OF_EVALUATION = ("subject", "reason")


def unnamed(record: Record, before: Partner | None, register: Register) -> Record:
    """The record with another word where its texts name them; `before` is the partner as it is."""
    if not register.forgotten or record.story is None:
        return record
    names = (record.name, *record.fields.get("other_names", ()))
    known = (before.name, *before.other_names) if before else ()
    place = Partner("", other_names=(*names, *known))
    found, word = _found(place, _texts(record, record.story), register), record.story.word
    if not found:
        return record
    of_card = {name: value for name, value in record.fields.items() if name in ABOUT_PARTNER}
    people = (_scrubbed(person, ABOUT_PERSON, found, word) for person in record.people)
    return replace(
        record,
        fields={**record.fields, **{n: scrubbed(v, found, word) for n, v in of_card.items()}},
        people=tuple(people),
        story=_story(record.story, found, word),
    )


def unnamed_idea(idea: Idea, register: Register) -> Check:
    """The same of a check that has no partner, at the organisation that it names."""
    if not register.forgotten:
        return idea.check
    place = Partner(idea.check.partner_name or idea.check.idea)
    found = _found(place, _of_check(idea.check), register)
    return _check(idea.check, found, idea.word) if found else idea.check


def _found(place: Partner, texts: Iterable[str], register: Register) -> re.Pattern[str] | None:
    """What finds those who are named in the texts and forgotten; None where nobody is."""
    named = list(dict.fromkeys(person for text in texts for person in _named(text)))
    if register.forgotten.isdisjoint(tombstones(register.team, place, *named)):
        return None
    hers = [
        person
        for person in named
        if not register.forgotten.isdisjoint(tombstones(register.team, place, person))
    ]
    return traces(hers)


def _named(text: str) -> Iterator[ContactPerson]:
    """Everybody whom the text may name."""
    words = list(_NAME.finditer(text))
    for first in range(len(words)):
        for last in range(first + 1, min(first + _LONGEST_NAME, len(words))):
            name = text[words[first].start() : words[last].end()]
            yield ContactPerson(name)
            if _OWNERS.search(name):
                yield ContactPerson(_OWNERS.sub("", name))
    for mail in _MAIL.findall(text):
        yield ContactPerson(email=mail)
    for number in _NUMBER.findall(text):
        yield ContactPerson(phone=phone(number))


def _texts(record: Record, story: Story) -> Iterator[str]:
    for name in ABOUT_PARTNER:
        value = record.fields.get(name, "")
        yield from (value,) if isinstance(value, str) else value
    for person in record.people:
        yield from _said(person, ABOUT_PERSON)
    for contact in story.contacts:
        yield from _said(contact, _OF_CONTACT)
    for move in story.moves:
        yield from _said(move, _OF_MOVE)
    for check in story.checks:
        yield from _of_check(check)
    for one in story.evaluations:
        yield from _of_evaluation(one)


def _of_check(check: Check) -> Iterator[str]:
    yield from _said(check, _OF_CHECK)
    for sheet in check.sheets.values():
        yield from sheet.notes.values()


def _of_evaluation(one: Told) -> Iterator[str]:
    yield from _said(one, _OF_EVALUATION)
    for sheet in one.sheets.values():
        yield from sheet.notes.values()
    yield from (step.text for step in one.steps)
    yield from (remark.text for remark in one.remarks)


def _said(one: object, names: Iterable[str]) -> Iterator[str]:
    return (text for name in names if (text := getattr(one, name)))


def _story(story: Story, found: re.Pattern[str], word: str) -> Story:
    return replace(
        story,
        contacts=tuple(_scrubbed(one, _OF_CONTACT, found, word) for one in story.contacts),
        moves=tuple(_scrubbed(one, _OF_MOVE, found, word) for one in story.moves),
        checks=tuple(_check(one, found, word) for one in story.checks),
        evaluations=tuple(_evaluation(one, found, word) for one in story.evaluations),
    )


def _evaluation(one: Told, found: re.Pattern[str], word: str) -> Told:
    sheets = {
        whose: replace(
            sheet, notes={about: found.sub(word, note) for about, note in sheet.notes.items()}
        )
        for whose, sheet in one.sheets.items()
    }
    return replace(
        _scrubbed(one, _OF_EVALUATION, found, word),
        sheets=sheets,
        steps=tuple(_scrubbed(step, ("text",), found, word) for step in one.steps),
        remarks=tuple(_scrubbed(remark, ("text",), found, word) for remark in one.remarks),
    )


def _check(check: Check, found: re.Pattern[str], word: str) -> Check:
    sheets = {
        whose: Sheet(
            sheet.answers, {page: found.sub(word, note) for page, note in sheet.notes.items()}
        )
        for whose, sheet in check.sheets.items()
    }
    return replace(_scrubbed(check, _OF_CHECK, found, word), sheets=sheets)


def _scrubbed(one: T, names: Iterable[str], found: re.Pattern[str], word: str) -> T:
    texts: Any = {name: scrubbed(getattr(one, name), found, word) for name in names}
    return replace(one, **texts)
