"""Which row the headings stand in, and what each of them means."""

import re
from collections.abc import Sequence

from bot.import_fields import FIELDS, WHY, names
from bot.import_looks import is_data
from bot.import_record import Cell, Line
from bot.import_sheet import Columns, Sure
from bot.text import words
from bot.translation import Translator
from bot.workspace import Language

# A title, a date and a blank row may stand above the headings; more is another table.
SEARCHED = 10
_TITLE_CELLS = 2
_ENOUGH = 2  # known headings make a row of headings

# A misspelled heading has this share of its letters (per cent); short ones have too many
# neighbours ("By" and "Bo").
_NEAR = 82
_SHORTEST = 5

_IN_BRACKETS = re.compile(r"\([^)]*\)|\[[^]]*\]|\*")
_OF_A_NOTE = re.compile(r"[^(]+\((.+)\)")
_NUMBERED = re.compile(
    r"^(?:(?P<before>\d)(?: |(?=[^\W\d]))(?P<rest>.+)|(?P<text>.*\D) ?(?P<after>\d))$"
)
_PERSONS = re.compile(
    r"^(?:kontaktperson(?:en|ens|s)?|kontakt|formand(?:en|ens|s)?|leder(?:en|ens|s)?"
    r"|contact(?: person)?"
    r"|person(?:en|ens|s)?|primaer kontakt|primary contact)s? (?P<rest>.+)$"
)
_PERSONS_FIELD = {"name": "person.name", "note": "person.note"}


def heading(text: str) -> str:
    """A heading as compared: its folded words, without what stands in brackets."""
    return " ".join(words(_IN_BRACKETS.sub(" ", text)) or words(text))


def own_heading(text: str) -> str:
    """What stands in the brackets behind our own word for a note, else the heading as it is."""
    match = _OF_A_NOTE.fullmatch(text)
    ours = match and heading(text) in {
        heading(Translator(language)(FIELDS["note.headed"].label)) for language in Language
    }
    return match[1] if match and ours else text


def meanings(text: str) -> tuple[tuple[str, ...], Sure, int]:
    """The fields a heading may mean, how sure, and which person of the row it counts (0: first)."""
    written = heading(text)
    for spelled, person in _numbers(written):
        found = _exactly(spelled)
        if found:
            return found, Sure.HEADER, person
    for spelled, person in _numbers(written):
        near = _nearly(spelled)
        if near:
            return near, Sure.SPELLING, person
    return (), Sure.UNKNOWN, 0


def find(lines: Sequence[Line]) -> int | None:
    """Which of the first lines holds the headings; None where the first one is a partner."""
    for place, line in enumerate(lines[:SEARCHED]):
        if _known(line) >= _ENOUGH and not _has_data(line):
            return place
        if len(list(filter(None, line.cells))) > _TITLE_CELLS:
            break
    first = lines[0]
    if _has_data(first):
        return None
    if _known(first):
        return 0
    wide = len(list(filter(None, first.cells))) > 1
    below = any(_has_data(line) for line in lines[1:SEARCHED])
    return 0 if wide and below else None


def headed(lines: Sequence[Line], place: int | None) -> tuple[str, ...]:
    """The headings in that line, as texts."""
    if place is None:
        return ()
    return tuple(cell if isinstance(cell, str) else cell.isoformat() for cell in lines[place].cells)


def is_left_out(headers: Sequence[str]) -> bool:
    """Whether they are of our file of rows that were left out, in which each has one meaning."""
    ours = {heading(Translator(language)(WHY)) for language in Language}
    return any(heading(header) in ours for header in headers)


def all_known(columns: Columns) -> bool:
    """Whether every column is known by its heading, also those of ours that are not read."""
    return all(
        meanings(column.header)[1] is Sure.HEADER
        and (column.field or meanings(column.header)[0] == ("",))
        for column in columns.all
    )


def letter(number: int) -> str:
    """What Excel calls a column; 0 is A."""
    before, rest = divmod(number, 26)
    return (letter(before - 1) if before else "") + chr(ord("A") + rest)


def _known(line: Line) -> int:
    texts = [cell for cell in line.cells if isinstance(cell, str) and cell]
    return len({text for text in texts if meanings(text)[0]})


def _has_data(line: Line) -> bool:
    return any(_is_data(cell) for cell in line.cells if cell)


def _is_data(cell: Cell) -> bool:
    return not isinstance(cell, str) or is_data(cell)


def _numbers(written: str) -> list[tuple[str, int]]:
    """The heading as it is, and without the number that counts persons."""
    match = _NUMBERED.match(written)
    if not match:
        return [(written, 0)]
    number = int(match["before"] or match["after"])
    return [(written, 0), ((match["rest"] or match["text"]).strip(), max(number - 1, 0))]


def _exactly(spelled: str) -> tuple[str, ...]:
    found = names().get(spelled)
    if found:
        return found
    of_person = _PERSONS.match(spelled)
    theirs = names().get(of_person["rest"], ()) if of_person else ()
    fields = (_PERSONS_FIELD.get(each, each) for each in theirs)
    return tuple(each for each in fields if each.startswith("person."))


def _nearly(spelled: str) -> tuple[str, ...]:
    from rapidfuzz import process  # noqa: PLC0415 - loaded at the first heading that is not ours
    from rapidfuzz.distance import OSA  # noqa: PLC0415 - as above

    if len(spelled) < _SHORTEST:
        return ()
    best = process.extractOne(
        spelled, names().keys(), scorer=OSA.normalized_similarity, score_cutoff=_NEAR / 100
    )
    return names()[best[0]] if best else ()


def allows_two(field: str) -> bool:
    """Whether several columns may go into the field."""
    return not FIELDS[field].once
