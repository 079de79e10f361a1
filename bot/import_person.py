"""The contact persons of a row: one, several in their own columns, or several in one cell."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import zip_longest
from typing import Any

from bot import intake
from bot.contact import EARLIEST
from bot.errors import UserError
from bot.import_day import past_day
from bot.import_record import Cell, Doubt, Person, Reason
from bot.import_sheet import Column
from bot.import_words import yes
from bot.partner import ContactPerson
from bot.text import one_line
from bot.translation import mark

_UNEVEN = mark(
    "{names} persons and {addresses} addresses stand here, and I have put them together in their"
    " order. See that each has her own."
)
_READ_AS = mark("“{value}” is read as {number} persons: {names}. See that it is right.")
_NO_NUMBER = mark("“{value}” is no number from our own export. Leave the cell empty.")

_DIGITS = 15  # of a number of our own; a longer one is somebody else's

_NO_TEXT = ("id", "told_on", "no_contact")
_BETWEEN = re.compile(r"[;|\n]")
_LOOSELY = re.compile(r"[;|\n,/&]|\s(?:og|samt|and)\s", re.IGNORECASE)
_BOTH = re.compile(r"[;|\n&]|\s(?:og|samt|and)\s", re.IGNORECASE)  # a comma says less than "og"
_IN_BRACKETS = re.compile(r"\([^)]*\)")
_MAIL = re.compile(r"[^\s;,|/<>&]+@[^\s;,|/<>&]+")
_AND = re.compile(r"(?:[\s;,|/&+]|og|eller|samt|and|or)*", re.IGNORECASE)
_NAMED_MAIL = re.compile(r"(?P<name>[^<]*)<[^>]+>")
_AFTER_NAMED_MAIL = re.compile(r"[;|\n]|(?<=>)[\s,/&]*(?:(?:og|and)\b)?", re.IGNORECASE)


@dataclass
class Found:
    """What a row says of persons, and what is wrong or doubtful about it."""

    people: list[Person] = field(default_factory=list)
    reasons: list[Reason] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)


def people(cells: Sequence[tuple[Column, Cell]], today: date) -> Found:
    """The persons that the row's filled cells tell of."""
    found = Found()
    by_person: dict[int, list[tuple[Column, Cell]]] = defaultdict(list)
    for column, cell in cells:
        by_person[column.person].append((column, cell))
    for number in sorted(by_person):
        _read(by_person[number], today, found)
    return found


def _read(cells: Sequence[tuple[Column, Cell]], today: date, found: Found) -> None:
    texts: dict[str, list[tuple[Column, str]]] = defaultdict(list)
    for column, cell in cells:
        if column.field not in ("person.told_on", "person.no_contact", "person.id"):
            texts[column.field].append((column, _text(cell)))
    common = _common(cells, today, found)
    first = common.pop("id", 0)
    for place, each in enumerate(_several(texts, found) or [{}]):
        own = {"id": 0 if place else first}
        person = _checked({**each, **common, **own}, texts, found)
        if person:
            found.people.append(person)


def _text(cell: Cell) -> str:
    return cell if isinstance(cell, str) else cell.isoformat()


def _common(cells: Sequence[tuple[Column, Cell]], today: date, found: Found) -> dict[str, Any]:
    """What is no text: the number, the day of being told, and whether contact is wished."""
    common: dict[str, Any] = {}
    for column, cell in cells:
        try:
            if column.field == "person.told_on":
                _told_on(common, column, cell, today, found)
            elif column.field == "person.no_contact":
                common["no_contact"], reason = yes(_text(cell))
                if reason:
                    found.doubts.append(
                        Doubt(column.field, _text(cell), _in(reason, column), taken=False)
                    )
            elif column.field == "person.id":
                common["id"] = number(cell)
        except UserError as error:
            found.reasons.append(Reason.of(error, column.header))
    return common


def _told_on(common: dict[str, Any], column: Column, cell: Cell, today: date, found: Found) -> None:
    try:
        common["told_on"] = past_day(cell, today, EARLIEST)
    except UserError as error:
        reason = Reason.of(error, column.header)
        found.doubts.append(Doubt(column.field, _text(cell), reason, taken=False))


def number(cell: Cell) -> int:
    """A number of our own, as the export writes it; raises UserError."""
    text = _text(cell)
    if not (text.isascii() and text.isdecimal() and len(text) <= _DIGITS and int(text)):
        raise UserError(_NO_NUMBER, value=text[:60])
    return int(text)


def _several(texts: Mapping[str, list[tuple[Column, str]]], found: Found) -> list[dict[str, Any]]:
    """The texts of each person."""
    people: list[dict[str, Any]] = []
    mails = _mails(texts)
    names = _names(texts, len(mails), found)
    phones = [text for _, text in texts.get("person.phone", ())]
    titles = _only(texts, "person.title")
    many = max(len(names), len(mails))
    if len(names) > 1 and len(mails) > 1 and len(names) != len(mails):
        column, written = texts["person.email"][0]
        reason = Reason(_UNEVEN, {"names": len(names), "addresses": len(mails)}, column.header)
        found.doubts.append(Doubt(column.field, written, reason, taken=True))
    numbers = _apart(phones[0], many) if phones else []
    roles = _apart(titles, many) if titles else []
    for place, (name, mail, phone, title) in enumerate(
        zip_longest(names, mails, numbers, roles, fillvalue="")
    ):
        named = _NAMED_MAIL.fullmatch(mail)
        each = {
            "name": name or (named["name"].strip(' "') if named else ""),
            "email": mail,
            "phone": phone,
            "title": title,
        }
        if not place:
            each["note"] = _note(texts)
            each["source"] = _only(texts, "person.source")
        people.append({key: text for key, text in each.items() if text})
    return people


def _names(
    texts: Mapping[str, list[tuple[Column, str]]], addresses: int, found: Found
) -> list[str]:
    """The persons' names; where a comma may stand in one name, that they were told apart."""
    whole = _only(texts, "person.name")
    if not whole:
        parts = [_only(texts, field) for field in ("person.first", "person.last")]
        return list(filter(None, [one_line(" ".join(filter(None, parts)))]))
    names, more = _split(_BETWEEN, whole), _split(_LOOSELY, whole)
    full, agree = all(map(_is_full, more)), len(more) == addresses
    if len(more) == len(names) or not (full or agree):
        return names
    if not (full and (agree or len(_split(_BOTH, whole)) == len(more))):
        column, _ = texts["person.name"][0]
        said = {"value": one_line(whole), "number": len(more), "names": " · ".join(more)}
        found.doubts.append(
            Doubt(column.field, whole, Reason(_READ_AS, said, column.header), taken=True)
        )
    return more


def _is_full(name: str) -> bool:
    """Whether it is a first and a last name, and no title or place: “Anne Holm, formand”."""
    parts = _IN_BRACKETS.sub(" ", name).split()
    return len(parts) > 1 and parts[0][0].isupper() and parts[-1][0].isupper()


def _split(between: re.Pattern[str], text: str) -> list[str]:
    return [part.strip() for part in between.split(text) if part.strip()]


def _mails(texts: Mapping[str, list[tuple[Column, str]]]) -> list[str]:
    found: list[str] = []
    for _, text in texts.get("person.email", ()):
        if "<" in text:
            found += _split(_AFTER_NAMED_MAIL, text)
        elif text.count("@") > 1 and _AND.fullmatch(_MAIL.sub("", text)):
            found += _MAIL.findall(text)
        else:
            found.append(text)
    return found


def _apart(text: str, many: int) -> list[str]:
    """One for each person where there are as many; otherwise the text is the first one's."""
    parts = _split(_LOOSELY, text)
    return parts if len(parts) == many > 1 else [text]


def _note(texts: Mapping[str, list[tuple[Column, str]]]) -> str:
    """The note, and further telephone numbers with their heading: a person has room for one."""
    notes = [text for _, text in texts.get("person.note", ())]
    more = [f"{column.header}: {text}" for column, text in texts.get("person.phone", ())[1:]]
    return "\n".join([*notes, *more])


def _only(texts: Mapping[str, list[tuple[Column, str]]], field: str) -> str:
    return " ".join(text for _, text in texts.get(field, ()))


def _checked(
    said: Mapping[str, Any], texts: Mapping[str, list[tuple[Column, str]]], found: Found
) -> Person | None:
    """The person with everything in its one form; each fault with the column that it is about."""
    kept = {name: said[name] for name in _NO_TEXT if said.get(name)}
    typed = {name: text for name, text in said.items() if name not in _NO_TEXT}
    try:
        tidy = intake.checked_person(_typed(typed))
    except UserError:
        for name, text in typed.items():
            try:
                intake.checked_person(_typed({name: text}))
            except UserError as error:
                found.reasons.append(Reason.of(error, _header(texts, name)))
    else:
        kept |= {name: getattr(tidy, name) or None for name in typed}
    return Person(**kept) if any(kept.values()) else None


def _typed(texts: Mapping[str, Any]) -> ContactPerson:
    """A number is enough to know a person of ours by; intake asks for a name as well."""
    return ContactPerson(**{"name": "x", **texts})


def _header(texts: Mapping[str, list[tuple[Column, str]]], name: str) -> str:
    """The heading that a person's value stands under; a name may stand under two."""
    columns = texts.get(f"person.{name}") or texts.get("person.first") or texts.get("person.last")
    return columns[0][0].header if columns else ""


def _in(reason: Reason, column: Column) -> Reason:
    return Reason(reason.msgid, reason.values, column.header)
