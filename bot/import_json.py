"""Our own JSON read in: partner by partner, never the whole of it at once.

Of a partner it is the card, the contact persons, what is noted of them, and the day of the last
contact. Contacts, moves and checks are not read in, nor are checks that have no partner.
"""

import json
from collections.abc import Collection, Iterator
from datetime import UTC, datetime
from typing import IO, TYPE_CHECKING, Any

from pydantic import ValidationError

from bot.errors import UserError
from bot.export_json import ENTRY, VERSION
from bot.import_record import Doubt, Line, Person, Reason, Record, Refused
from bot.import_sheet import MOST_LINES, Register
from bot.import_text import Encoding, opened
from bot.partner import ContactPerson
from bot.privacy import Standing
from bot.text import shortened
from bot.translation import mark

if TYPE_CHECKING:
    from io import TextIOWrapper

_NOT_OURS = mark(
    "This JSON is not one that I wrote as “Partners and people for another Partnerbot (JSON)”. From"
    " another program take the list out as .xlsx or CSV."
)
_NEWER = mark("The file was written by a newer version of Partnerbot. Install that one first.")
_BROKEN = mark(
    "After {number} partners the file is not as I write it: part of it is missing, or was changed."
    " Fetch it again."
)
_TOO_MANY = mark(
    "The file has more than {limit} partners, and I read no more at a time. Split it in two."
)
_WRONG = mark(
    "This partner cannot be read: “{field}” is not as I write it. Put it right, or take the partner"
    " out of the register once more."
)

_NOBODY = mark("“{value}” is nobody in your Slack. The field stays as it is.")

_WRITTEN_AS = Encoding("utf-8-sig")
_BLOCK = 1 << 18
_LONGEST = 5_000_000  # characters of one partner with all its contacts and checks
_NUL = "\\u0000"  # which PostgreSQL keeps in no text
_LISTS = ("partners", "ideas")
_COLLEAGUES = ("responsible", "deputy")
_OWN = frozenset({"id", "version", "people", "known_by", "created_by", "created_at"})


def register(file: IO[bytes]) -> Register:
    """The file's register; UserError where it is another's JSON, or a newer one."""
    reader = _Reader(file)
    head: dict[str, Any] = {}
    for name, element in reader.members():
        if element is None:
            break
        head[name] = element[0]
    version = head.get("version")
    if head.get("format") != "partnerbot" or not isinstance(version, int):
        raise UserError(_NOT_OURS)
    if version > VERSION:
        raise UserError(_NEWER)
    return Register(_moment(head.get("made_at")), lambda: _Reader(file).partners())


def records(register: Register, colleagues: Collection[str]) -> Iterator[Record | Refused]:
    """Partner after partner; raises UserError where the file breaks.

    `colleagues` are Slack user ids: the file may be another library's, or old.
    """
    for number, text in enumerate(register.read(), start=1):
        if number > MOST_LINES:
            raise UserError(_TOO_MANY, limit=MOST_LINES)
        line = Line(number, (text,))
        if _NUL in text:
            yield Refused((line,), (Reason(_WRONG, {"field": _NUL}),))
            continue
        try:
            yield _record(line, text, colleagues)
        except ValidationError as error:
            where = ".".join(str(part) for part in error.errors()[0]["loc"])
            yield Refused((line,), (Reason(_WRONG, {"field": shortened(where, 60)}),))


def _record(line: Line, text: str, colleagues: Collection[str]) -> Record:
    entry = ENTRY.validate_json(text)
    partner = entry.partner
    fields = {
        name: value
        for name, value in vars(partner).items()
        if name not in _OWN and value not in ("", (), None)
    }
    people = tuple(_person(person, entry.standing(person.id)) for person in partner.people)
    strangers = [
        (name, fields.pop(name))
        for name in _COLLEAGUES
        if name in fields and fields[name] not in colleagues
    ]
    doubts = tuple(
        Doubt(name, user, Reason(_NOBODY, {"value": user}), taken=False) for name, user in strangers
    )
    number = (line.number,)
    return Record(number, fields, people, entry.last_contact, partner.id, doubts, ours=True)


def _person(person: ContactPerson, standing: Standing) -> Person:
    said = {
        name: value
        for name, value in vars(person).items()
        if value and name in ("name", "title", "email", "phone", "note", "source")
    }
    told = standing.informed.on if standing.informed else None
    return Person(**said, id=person.id, told_on=told, no_contact=standing.no_contact or None)


def _moment(text: object) -> datetime:
    try:
        return datetime.fromisoformat(str(text)).astimezone(UTC)
    except (ValueError, OverflowError):
        raise UserError(_NOT_OURS) from None


class _Reader:
    """One JSON object member by member; of the two lists element by element."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._decoder = json.JSONDecoder()
        self._text, self._at, self._ended = "", 0, False
        self._count = 0
        self._words: TextIOWrapper | None = None

    def partners(self) -> Iterator[str]:
        """How each partner is written."""
        for name, element in self.members():
            if name == _LISTS[0] and element:
                yield element[1]

    def members(self) -> Iterator[tuple[str, tuple[Any, str] | None]]:
        """Names with the value and how it is written; of a list its name alone, then each in it."""
        with opened(self._file, _WRITTEN_AS) as words:
            self._words = words
            self._expect("{")
            while not self._take("}"):
                name = str(self._value()[0])
                self._expect(":")
                if name in _LISTS and self._take("["):
                    yield name, None
                    yield from self._listed(name)
                else:
                    yield name, self._value()
                self._take(",")

    def _listed(self, name: str) -> Iterator[tuple[str, tuple[Any, str]]]:
        while not self._take("]"):
            yield name, self._value()
            self._count += name == _LISTS[0]
            self._take(",")

    def _value(self) -> tuple[Any, str]:
        """The next value, and how it is written."""
        self._skip()
        while True:
            try:
                value, end = self._decoder.raw_decode(self._text, self._at)
            except (ValueError, RecursionError):
                end = len(self._text)
            else:
                if end < len(self._text) or self._ended:
                    written = self._text[self._at : end]
                    self._at = end
                    return value, written
            if self._ended or end - self._at > _LONGEST:
                raise self._broken()
            self._read()

    def _take(self, sign: str) -> bool:
        self._skip()
        found = self._text.startswith(sign, self._at)
        self._at += found
        return found

    def _expect(self, sign: str) -> None:
        if not self._take(sign):
            raise self._broken()

    def _skip(self) -> None:
        """To the next sign, reading on where the text is at its end."""
        while True:
            while self._at < len(self._text) and self._text[self._at] in " \t\r\n":
                self._at += 1
            if self._at < len(self._text) or self._ended:
                return
            self._read()

    def _read(self) -> None:
        try:
            more = self._words.read(_BLOCK) if self._words else ""
        except UnicodeError as error:
            raise self._broken() from error
        self._ended = not more
        self._text, self._at = self._text[self._at :] + more, 0

    def _broken(self) -> UserError:
        return UserError(_BROKEN, number=self._count)
