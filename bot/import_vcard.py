"""Address cards: vCard 2.1 (1996), 3.0 and 4.0, as telephones, Outlook and Google write them.

A card is a person; its organisation is the partner. One without an organisation is an individual's
own, and one without a person is the organisation's.
"""

import re
from collections.abc import Iterator
from typing import IO, Any

from bot.errors import UserError
from bot.import_record import Line, Reason
from bot.text import fold, one_line
from bot.translation import mark

_HALF = mark(
    "Card {row} has no end, so the file stops in the middle. Part of it is missing: take it out of"
    " your address book again."
)
_UNREADABLE = mark("The card cannot be read. Take it out of your address book again, as vCard 3.0.")
_TOO_LONG = mark("Card {row} is longer than {limit} characters. Take its picture out.")

FIELDS = (
    "name",
    "person.name",
    "person.title",
    "person.email",
    "person.phone",
    "website",
    "keywords",
    "note",
    "person.note",
    "kind",
)
_READ = "FN|N|ORG|TITLE|ROLE|EMAIL|TEL|URL|NOTE|CATEGORIES|ADR|VERSION"
_PROPERTY = re.compile(rf"(?:[\w-]+\.)?(?:{_READ})[;:]", re.IGNORECASE)
_ANY_PROPERTY = re.compile(r"(?:[\w-]+\.)?[A-Z][A-Z0-9-]*[;:]", re.IGNORECASE)
_BEGIN = re.compile(rb"\s*BEGIN\s*:\s*VCARD\s*", re.IGNORECASE)
_END = re.compile(rb"\s*END\s*:\s*VCARD\s*", re.IGNORECASE)
_QUOTED = re.compile(r"QUOTED-PRINTABLE[^:]*:", re.IGNORECASE)
_SHOWN = 300  # characters of a card that cannot be read
_LONGEST = 5_000_000  # bytes: a card with a picture from a telephone


def cards(file: IO[bytes]) -> Iterator[Line]:
    """A line for each card; cards are counted from 1. UserError where the last one has no end."""
    file.seek(0)
    for number, raw in enumerate(_apart(file), start=1):
        text = _decoded(raw)
        found = _properties(text)
        if found is None:
            yield Line(number, (one_line(text)[:_SHOWN],), Reason(_UNREADABLE))
        else:
            yield Line(number, _cells(found))


def _apart(file: IO[bytes]) -> Iterator[bytes]:
    card: list[bytes] | None = None
    number, size = 1, 0
    while line := file.readline(_LONGEST):
        size += len(line)
        if size > _LONGEST:
            raise UserError(_TOO_LONG, row=number, limit=_LONGEST)
        if _BEGIN.fullmatch(line.lstrip(b"\xef\xbb\xbf")):
            if card is not None:
                raise UserError(_HALF, row=number)
            card, size = [], 0
        elif card is not None and _END.fullmatch(line):
            yield b"".join(card)
            card, number, size = None, number + 1, 0
        elif card is not None:
            card.append(line)
    if card is not None:
        raise UserError(_HALF, row=number)


def _decoded(raw: bytes) -> str:
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")


def _properties(text: str) -> dict[str, list[Any]] | None:
    """The values by property; None where the card cannot be read."""
    import vobject  # noqa: PLC0415 - loaded for cards only

    lines = ["BEGIN:VCARD", *_needed(text), "END:VCARD"]
    try:
        card = vobject.readOne("\r\n".join(lines) + "\r\n", allowQP=True)
    except (vobject.base.VObjectError, ValueError, LookupError, TypeError, AttributeError):
        return None
    found: dict[str, list[Any]] = {}
    for child in card.getChildren() if card else ():
        found.setdefault(child.name, []).append(child.value)
    return found


def _needed(text: str) -> Iterator[str]:
    """The lines of the properties that are read, with their continuations; pictures stay out."""
    kept = quoted = False
    for line in text.splitlines():
        if quoted or line[:1] in (" ", "\t"):
            if kept:
                yield line
            quoted = quoted and line.endswith("=")
        elif _ANY_PROPERTY.match(line):
            kept = _PROPERTY.match(line) is not None
            quoted = _QUOTED.search(line) is not None and line.endswith("=")
            if kept:
                yield line


def _cells(card: dict[str, list[Any]]) -> tuple[str, ...]:
    person = _text(card.get("FN")) or _named(card)
    organisations = [_text([name]) for name in _first(card, "ORG")]
    organisation = next(iter(organisations), "")
    mails, phones = _texts(card, "EMAIL"), [_number(text) for text in _texts(card, "TEL")]
    notes = [*organisations[1:], *_texts(card, "NOTE"), *mails[1:], *phones[1:]]
    return (
        organisation or person,
        "" if fold(person) == fold(organisation) else person,
        _text(card.get("TITLE")) or _text(card.get("ROLE")),
        "".join(mails[:1]),
        "".join(phones[:1]),
        "".join(_texts(card, "URL")[:1]),
        "; ".join(_text([word]) for word in _first(card, "CATEGORIES")),
        _address(card),
        "\n".join(filter(None, notes)),
        "" if organisation else "individual",
    )


def _named(card: dict[str, list[Any]]) -> str:
    """The person's name from its parts: 2.1 has cards without the whole name."""
    name = next(iter(card.get("N", ())), None)
    parts = (getattr(name, part, "") for part in ("given", "additional", "family"))
    return one_line(" ".join(_text([part]) for part in parts))


def _address(card: dict[str, list[Any]]) -> str:
    address = next(iter(card.get("ADR", ())), None)
    parts = [_text([getattr(address, part, "")]) for part in ("street", "code", "city")]
    street, place = parts[0], one_line(" ".join(parts[1:]))
    return ", ".join(filter(None, (street, place)))


def _number(text: str) -> str:
    return text.removeprefix("tel:").partition(";")[0]


def _first(card: dict[str, list[Any]], name: str) -> list[Any]:
    value: Any = next(iter(card.get(name, ())), [])
    return value if isinstance(value, list) else [value]


def _texts(card: dict[str, list[Any]], name: str) -> list[str]:
    return [text for value in card.get(name, ()) if (text := _text([value]))]


def _text(values: list[Any] | None) -> str:
    """The first value; a list inside it, as names with two words have, becomes one text."""
    value: Any = next(iter(values or ()), "")
    joined = " ".join(map(str, value)) if isinstance(value, list) else str(value)
    return "\n".join(one_line(line) for line in joined.splitlines()).strip()
