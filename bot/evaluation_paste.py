"""Answers in an ordinary mail, read as people write them: "1: 4", "1) 4 fordi ...", "2 ved ikke".

Nothing is guessed: what is not plainly an answer is handed back, to be looked at by a colleague.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from bot.evaluation_paste_words import (
    NUMBERED,
    QUOTED,
    SEVERAL,
    after_its_text,
    begins_the_original,
    each_of,
    is_name,
    is_name_of,
    is_our_heading,
    is_signed,
    speaks_of_meeting,
    value,
    wants_to_meet,
    without_the_scale,
)
from bot.evaluation_questions import LAST, Instrument
from bot.text import clean, fold


@dataclass(frozen=True)
class Unclear:
    """What stands at a question and is no answer to it, or answers that do not agree."""

    number: int  # of the question
    said: tuple[str, ...]


@dataclass(frozen=True)
class Reading:
    """What was understood of a mail. Notes go by question, or by LAST."""

    answers: Mapping[str, str] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)
    unclear: tuple[Unclear, ...] = ()
    unread: tuple[str, ...] = ()  # lines that belong to no question, in order
    meets: bool = False  # they answered "meeting", as the mail offers


@dataclass
class _Said:
    """What stands at one question."""

    answers: dict[str, str] = field(default_factory=dict)  # with the words it was said in
    bad: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class _Line:
    """A line that begins with a question's number."""

    number: int
    rest: str
    named: bool  # the question's text stood there too
    plain: bool = True  # it is a question's number, and no answer to the question above


def parse(
    text: str, instrument: Instrument, last: Sequence[str] = (), *, names: Iterable[str] = ()
) -> Reading:
    """Read a reply to the numbered questions of that instrument.

    The number after theirs is the open question, which has one of the texts `last`: anything may
    stand there. `names` are those of the partner's people, who sign with them.
    """
    reader = _Reader(instrument, last)
    for line in clean(text).split("\n"):
        for part in SEVERAL.split(line) if NUMBERED.match(line) else [line]:
            reader.take(part)
    reader.take_off(names)
    return reader.reading()


class _Reader:
    """Goes through the lines; what one without a number says belongs to the one above."""

    def __init__(self, instrument: Instrument, last: Sequence[str]) -> None:
        self._questions = instrument.questions
        self._open = len(instrument.questions) + 1  # the open question's number
        self._open_texts = last
        self._said: dict[int, _Said] = {}
        self._unread: list[str] = []
        self._last: list[str] | None = None  # the remarks that the last line of theirs is one of
        self._above: int | None = None  # the question that the next line may belong to
        self._below_its_text = False  # as where one answers in between the questions
        self._quoted = self._signed = self._after_empty = False

    def take(self, line: str) -> None:
        """The next line, or a part of one."""
        mark = QUOTED.match(line)
        bare = line[mark.end() :] if mark else line
        self._quoted = self._quoted or begins_the_original(fold(bare))
        if mark or self._quoted:
            self._take_quoted(bare)
        elif not line.strip() or is_our_heading(fold(line)):
            self._above = self._above if self._goes_on() else None
        elif self._signed or is_signed(fold(line)):
            self._signed = True
            self._unread.append(line)
        else:
            self._take_own(line.strip())
        self._after_empty = not line.strip()

    def take_off(self, names: Iterable[str]) -> None:
        """Take the name off with which somebody signs right below the last remark."""
        if self._last and is_name_of(self._last[-1], names):
            self._unread.append(self._last.pop())

    def reading(self) -> Reading:
        """All of it."""
        answers, notes, unclear = {}, {}, []
        for number, said in sorted(self._said.items()):
            key = LAST if number == self._open else self._questions[number - 1].id
            if len(said.answers) == 1 and not said.bad:
                answers[key] = next(iter(said.answers))
            elif said.answers or said.bad:
                unclear.append(Unclear(number, (*said.answers.values(), *said.bad)))
            if said.remarks:
                notes[key] = "\n".join(said.remarks)
        folded = [fold(line) for line in self._unread]
        meets = any(map(wants_to_meet, folded))
        if not (answers or unclear):
            meets = meets or any(map(speaks_of_meeting, folded))
        return Reading(answers, notes, tuple(unclear), tuple(self._unread), meets)

    def _goes_on(self) -> bool:
        """Whether an empty line ends nothing: the answer is still to come, or is a longer text."""
        return self._above == self._open or self._waits()

    def _take_quoted(self, line: str) -> None:
        """Of our own mail: which question it is that an answer stands at, or below."""
        found = self._numbered(line)
        if found and found.named:
            self._take_numbered(found)

    def _is_their_name(self, line: str) -> bool:
        """Whether it stands by itself below the last remark, where people sign."""
        return self._after_empty and self._above in self._said and is_name(line)

    def _take_own(self, line: str) -> None:
        found = None if line.isdecimal() else self._numbered(line)
        if not (found and found.named and not found.rest):  # a question of ours ends no remark
            self._last = None
        if found and (found.plain or not self._waits()):
            self._take_numbered(found)
        elif self._is_their_name(line) or not self._take_below(line):
            self._above = None
            self._unread.append(line)

    def _take_numbered(self, found: _Line) -> None:
        self._above, self._below_its_text = found.number, found.named
        if found.rest:
            self._answer(found.number, found.rest)

    def _waits(self) -> bool:
        """Whether the question above has no answer yet."""
        return self._above is not None and self._above not in self._said

    def _take_below(self, line: str) -> bool:
        """A line without a number: the answer to what stands above, or more of its remark."""
        if self._above is None:
            return False
        if said := self._said.get(self._above):
            goes_on = bool(said.remarks) or self._below_its_text
            if goes_on:
                said.remarks.append(line)
                self._last = said.remarks
            return goes_on
        if self._above != self._open and self._value(self._above, line)[0] is None:
            return False
        self._answer(self._above, line)
        return True

    def _numbered(self, line: str) -> _Line | None:
        found = NUMBERED.match(line)
        number = int(found["number"]) if found else 0
        if found is None or not 1 <= number <= self._open:
            return None
        rest = without_the_scale(line[found.end() :].strip())
        after = self._after_text(number, rest)
        if after is not None:
            return _Line(number, without_the_scale(after), named=True)
        if not found["sign"] and self._value(number, rest)[0] is None:
            return None  # "2 timer var nok"
        return _Line(number, rest, named=False, plain=bool(found["sign"]))

    def _after_text(self, number: int, rest: str) -> str | None:
        if number < self._open:
            return after_its_text(self._questions[number - 1], rest)
        for text in self._open_texts:
            if rest.casefold().startswith(text.casefold()):
                return rest[len(text) :].strip()
        return None

    def _answer(self, number: int, text: str) -> None:
        said = self._said.setdefault(number, _Said())
        answer, remark = self._value(number, text)
        if number == self._open:
            said.remarks.append(text)
        elif answer is None:
            said.bad += each_of(self._questions[number - 1], text)
        else:
            said.answers.setdefault(answer, text)
            said.remarks += [remark] if remark else []

    def _value(self, number: int, text: str) -> tuple[str | None, str]:
        if number == self._open:
            return None, text
        return value(self._questions[number - 1], text)
