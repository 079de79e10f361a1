"""Our own JSON read in: partner by partner, never the whole of it at once.

Of a partner it is all that was taken out: the card, the contact persons and what is noted of them,
contacts, moves and checks; then the checks that have no partner.
"""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import IO, TYPE_CHECKING, Any

from pydantic import ValidationError

from bot.errors import UserError
from bot.export_json import CHECK, ENTRY, VERSION
from bot.import_json_record import record_of
from bot.import_limits import MOST_LINES
from bot.import_record import Line, Reason, Record, Refused, Words
from bot.import_sheet import Register
from bot.import_story import Idea
from bot.import_story_read import WrongError, check_of, story_of
from bot.import_text import Encoding, opened
from bot.text import shortened
from bot.translation import Translator, mark

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
_WRONG_IDEA = mark(
    "This check without a partner cannot be read: “{field}” is not as I write it. Put it right, or"
    " take the register out once more."
)

_WRITTEN_AS = Encoding("utf-8-sig")
_BLOCK = 1 << 18
_LONGEST = 5_000_000  # characters of one partner with all its contacts and checks
_NUL = "\\u0000"  # which PostgreSQL keeps in no text
_LISTS = ("partners", "ideas")
# What stands in place of the name of somebody who was anonymised here.
_SOMEBODY = mark("[anonymised]")


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
    return Register(_moment(head.get("made_at")), lambda: _Reader(file).entries())


def records(register: Register, words: Words, today: date) -> Iterator[Record | Refused | Idea]:
    """Partner after partner, then the ideas; raises UserError where the file breaks.

    The file may be another library's, or old: who is no colleague is not put on a card.
    """
    word = Translator(words.library.language)(_SOMEBODY)
    for number, (of, text) in enumerate(register.read(), start=1):
        if number > MOST_LINES:
            raise UserError(_TOO_MANY, limit=MOST_LINES)
        line, is_partner = Line(number, (text,)), of == _LISTS[0]
        try:
            if is_partner:
                entry = ENTRY.validate_json(_storable(text))
                story = replace(story_of(entry, today), word=word)
                yield record_of(line, entry, story, words)
            else:
                check = CHECK.validate_json(_storable(text))
                yield Idea(number, check_of(check, "", today), word)
        except (ValidationError, WrongError) as error:
            reason = Reason(_WRONG if is_partner else _WRONG_IDEA, {"field": _place(error)})
            yield Refused((line,), (reason,))


def _storable(text: str) -> str:
    if _NUL in text:
        raise WrongError(_NUL)
    return text


def _place(error: ValidationError | WrongError) -> str:
    if isinstance(error, WrongError):
        return shortened(str(error), 60)
    return shortened(".".join(str(part) for part in error.errors()[0]["loc"]), 60)


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

    def entries(self) -> Iterator[tuple[str, str]]:
        """How each partner and each idea is written, with the list that it is in."""
        for name, element in self.members():
            if name in _LISTS and element:
                yield name, element[1]

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
