"""What the columns of a table are: by heading, by spelling, by content, and by what somebody says.

A heading with several meanings ("Type", "Relation") is decided by what stands below it.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from bot.errors import UserError
from bot.import_fields import FIELDS, OF_PERSONS, field_named
from bot.import_header import allows_two, heading, is_left_out, letter, meanings
from bot.import_looks import is_cvr, is_day, is_mail, is_phone, is_web
from bot.import_record import Words
from bot.import_sheet import Column, Columns, Sheet, Sure
from bot.import_words import Vocabulary, is_closed, understands, vocabulary
from bot.text import fold, looks_like_cpr, one_line, shortened
from bot.translation import mark

_NO_NAME = mark(
    "I cannot see which column has the partners' names. Choose it, or write a heading such as"
    " “Name” above it."
)
_NO_COLUMN = mark("The file has no column “{column}”. It has: {known}.")
_NO_FIELD = mark("“{field}” is nothing that a partner has. Choose one of: {known}.")
_TWICE = mark(
    "“{field}” can be one column only, and both “{one}” and “{other}” are chosen. Take one of"
    " them out."
)

_EXAMPLES = 3
_EXAMPLE_LENGTH = 40
_MOSTLY = 0.6  # of the filled cells: lists have remarks and "ukendt" in between
_SEVERAL = 2  # one number of eight digits may pass a CVR number's check by chance
_LOOKS: Sequence[tuple[str, Callable[[str], bool]]] = (
    ("person.email", is_mail),
    ("cvr", is_cvr),
    ("person.phone", is_phone),
    ("website", is_web),
    ("last_contact", is_day),
)
# What a column without a heading may be by its words; the field with the clearest words first.
_WORDED = ("level", "kind", "status", "rooms")


def recognise(sheet: Sheet, words: Words) -> Columns:
    """What each column is, as far as it can be seen."""
    if sheet.fields:
        return Columns(tuple(_given(sheet, *each) for each in enumerate(sheet.fields)))
    known = vocabulary(words)
    width = max([len(sheet.headers), *(len(line.cells) for line in sheet.sample)])
    ours = is_left_out(sheet.headers)
    columns = [_by_heading(sheet, number, known, first=ours) for number in range(width)]
    columns = _of_persons(columns)
    columns = _once(columns)
    columns = _by_content(sheet, columns, known)
    return Columns(tuple(_counted(columns)), sheet.sheets, sheet.title)


def corrected(columns: Columns, chosen: Mapping[str, str]) -> Columns:
    """With the fields that somebody chose: heading or letter to a field's key or label.

    An empty field leaves the column out. Raises UserError where one of them does not exist.
    """
    found = list(columns.all)
    for column, field in chosen.items():
        place = _place(columns, column)
        key = field_named(field) if field else ""
        if key is None:
            raise UserError(_NO_FIELD, field=field, known=", ".join(FIELDS))
        sure = Sure.GIVEN if key else Sure.UNKNOWN
        found[place] = mine = replace(found[place], field=key, sure=sure)
        for other in found:
            if key and other.field == key and other.number != place and not allows_two(key):
                if other.sure is Sure.GIVEN:
                    raise UserError(_TWICE, field=field, one=other.header, other=mine.header)
                found[other.number] = replace(other, field="", sure=Sure.UNKNOWN)
    pairs = zip(columns.all, found, strict=True)  # what was left as it was, nobody chose
    return replace(columns, all=tuple([a if a.field == b.field else b for a, b in pairs]))


def checked(columns: Columns) -> Columns:
    """The same, if partners can be told apart by them; raises UserError."""
    read = {column.field for column in columns.read}
    if not read & {"name", "id", "person.name", "person.last", "person.email"}:
        raise UserError(_NO_NAME)
    return columns


def _place(columns: Columns, named: str) -> int:
    for column in columns.all:
        if heading(column.header) == heading(named) or fold(column.header) == fold(named):
            return column.number
    for column in columns.all:
        if letter(column.number) == named.upper():
            return column.number
    known = ", ".join(column.header for column in columns.all)
    raise UserError(_NO_COLUMN, column=named, known=known)


def _given(sheet: Sheet, number: int, field: str) -> Column:
    """A column of address cards, which have no headings."""
    examples = _examples(_below(sheet, number))
    return Column(number, "", field, Sure.FILE, examples=examples, nameless=True)


def _below(sheet: Sheet, number: int) -> list[str]:
    """What stands in the column's first lines, blanks left out."""
    cells = (line.cells[number] for line in sheet.sample if number < len(line.cells))
    return [cell if isinstance(cell, str) else cell.isoformat() for cell in cells if cell]


def _examples(texts: Sequence[str]) -> tuple[str, ...]:
    fit = (text for text in texts if not looks_like_cpr(text))
    shown = (shortened(one_line(text), _EXAMPLE_LENGTH) for text in fit)
    return tuple(dict.fromkeys(shown))[:_EXAMPLES]


def _by_heading(sheet: Sheet, number: int, known: Vocabulary, *, first: bool) -> Column:
    """`first`: of several meanings the first is meant, whatever stands below."""
    header = sheet.headers[number] if number < len(sheet.headers) else ""
    below = _below(sheet, number)
    fields, sure, person = meanings(header) if header else ((), Sure.UNKNOWN, 0)
    field = _fitting(fields[:1] if first else fields, below, known)
    return Column(
        number,
        header or letter(number),
        field,
        sure if field else Sure.UNKNOWN,
        person if field.startswith("person.") else 0,
        _examples(below),
        nameless=not header,
    )


def _fitting(fields: Sequence[str], below: Sequence[str], known: Vocabulary) -> str:
    """Of several meanings the one whose words stand there most; the first of equals."""
    return max(fields, key=lambda field: _share(below, _test(field, known)), default="")


def _test(field: str, known: Vocabulary) -> Callable[[str], bool]:
    looks = dict(_LOOKS).get(field)
    if looks:
        return looks
    if is_closed(field):
        return lambda text: understands(known, field, text)
    return lambda _text: False


def _share(texts: Sequence[str], test: Callable[[str], bool]) -> float:
    return sum(map(test, texts)) / len(texts) if texts else 0.0


def _of_persons(columns: list[Column]) -> list[Column]:
    """Two names in a row are the organisation's and the person's.

    A table of persons has the organisation under "Partner" and the person under "Name".
    """
    named = [column for column in columns if column.field == "name"]
    persons = any(column.field in ("person.id", "person.name") for column in columns)
    bare = [column for column in named if heading(column.header) in ("navn", "name")]
    of_person = bare[0] if len(named) > 1 and len(bare) == 1 and not _has_name(columns) else None
    theirs = any(column.field == "person.id" for column in columns)
    return [
        replace(column, field=OF_PERSONS[column.field])
        if column is of_person or (theirs and persons and column.field == "note")
        else column
        for column in columns
    ]


def _has_name(columns: Sequence[Column]) -> bool:
    return any(column.field in ("person.name", "person.last") for column in columns)


def _once(columns: list[Column]) -> list[Column]:
    """Of two columns for one field the first surest; the other is not read until somebody says."""
    taken: set[str] = set()
    kept = {}
    for column in sorted(columns, key=lambda each: list(Sure).index(each.sure)):
        second = column.field in taken and not allows_two(column.field)
        kept[column.number] = replace(column, field="", sure=Sure.UNKNOWN) if second else column
        if column.field:
            taken.add(column.field)
    return [kept[column.number] for column in columns]


def _by_content(sheet: Sheet, columns: list[Column], known: Vocabulary) -> list[Column]:
    """A column that no heading explains, by what stands in it; a heading unknown to us is left."""
    taken = {column.field for column in columns}
    found = []
    for column in columns:
        field = "" if column.field else _seen(sheet, column, known, taken)
        taken.add(field)
        found.append(replace(column, field=field, sure=Sure.CONTENT) if field else column)
    if not taken & {"name", "id"}:
        return _named(sheet, found)
    return found


def _seen(sheet: Sheet, column: Column, known: Vocabulary, taken: set[str]) -> str:
    below = _below(sheet, column.number)
    headed = column.number < len(sheet.headers) and bool(sheet.headers[column.number])
    if headed and meanings(column.header)[0]:
        return ""  # a second column of what is read already, or one of our own that says nothing
    for field, test in _LOOKS:
        if field == "last_contact" and headed:
            continue  # a date that is called something else is the date of something else
        enough = len(below) >= _SEVERAL or field != "cvr"
        if field not in taken and enough and _share(below, test) > _MOSTLY:
            return field
    for field in _WORDED:
        if field not in taken and _share(below, _test(field, known)) > _MOSTLY:
            return field
    return ""


def _named(sheet: Sheet, columns: list[Column]) -> list[Column]:
    """The first column of texts that differ is taken for the names."""
    for column in columns:
        below = _below(sheet, column.number)
        differ = len({fold(text) for text in below if not text.isdecimal()})
        if column.field or differ <= len(below) * _MOSTLY:
            continue
        headed = column.number < len(sheet.headers) and bool(sheet.headers[column.number])
        if headed and meanings(column.header)[0]:
            continue
        columns[column.number] = replace(column, field="name", sure=Sure.CONTENT)
        break
    return columns


def _counted(columns: list[Column]) -> list[Column]:
    """With the persons of a row counted: the same heading again begins the next person."""
    times: Counter[str] = Counter()
    found = []
    for column in columns:
        if column.field.startswith("person.") and not column.person:
            key = f"{column.field}:{heading(column.header)}"
            found.append(replace(column, person=times[key]))
            times[key] += 1
        else:
            found.append(column)
    persons = {column.person for column in found if column.field not in ("person.phone", "")}
    return [
        replace(column, person=0)
        if column.field == "person.phone" and column.person not in persons
        else column
        for column in found
    ]
