"""What import is made of: rows, what a row says of a partner, and why it says nothing we can use.

How the parts fit (each raises UserError only, and then nothing of the file may be imported):

    sheet = bot.import_file.read(file, name)            # Sheet, or Register for our own JSON
    columns = bot.import_columns.recognise(sheet, words)
    columns = bot.import_columns.corrected(columns, {"Kol": "field"})   # where somebody said so
    columns = bot.import_columns.checked(columns)       # names are there, or UserError
    for found in bot.import_rows.records(sheet, columns, words, today):
        ...                                             # Record | Refused, as the file is read
    for found in bot.import_json.records(register, words, today):  # Record | Refused | Idea
        ...
    bot.import_refused.write(file, columns, refused, t)  # a CSV; columns=None for a Register

Rows of one partner that follow each other are one Record already (bot/import_join.py). A file and
its columns: bot/import_sheet.py.

`Sheet.lines()` reads from the beginning each time it is called, so that a preview, a correction of
columns and the import itself can each go through the file. Reading keeps no line; what a caller
keeps of 40,000 of them is the caller's to weigh.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from bot.errors import UserError
from bot.import_story import Story
from bot.partner import ContactPerson
from bot.text import cpr_hidden, fold
from bot.translation import Translator, mark
from bot.workspace import Workspace

_IN_COLUMN = mark("Column “{column}”: {reason}")
CPR_HIDDEN = mark("[CPR number taken out]")

# What bot/guard.py says at a form, as said of a row in a file.
_OF_A_ROW = {
    "This looks like a CPR number, and it must not stand here. Take it out, and you can"
    " save.": mark("This looks like a CPR number, and it must not stand there. Take it out."),
    "This is too long ({length} characters, there is room for {limit}). It is still here; shorten"
    " it.": mark("This is too long ({length} characters, there is room for {limit}). Shorten it."),
    "The note is too long ({length} characters, there is room for {limit}). It is still here;"
    " shorten it, or put the rest in a document.": mark(
        "The note is too long ({length} characters, there is room for {limit}). Shorten it, or put"
        " the rest in a document."
    ),
}

Cell = str | date  # a blank one is ""; numbers are text without a needless ".0"


@dataclass(frozen=True, slots=True)
class Reason:
    """A sentence for the coordinator with its values, and the column that it is about, if any."""

    msgid: str
    values: Mapping[str, object] = field(default_factory=dict)
    column: str = ""
    of_field: str = ""  # what it is called (a msgid), where the column is not known

    @classmethod
    def of(cls, error: UserError, column: str = "") -> "Reason":
        """What the error says."""
        return cls(_OF_A_ROW.get(error.msgid, error.msgid), dict(error.values), column)

    def sentence(self, t: Translator) -> str:
        """In a person's language, without a personal number that it may be about."""
        said = t(self.msgid, **self.values) if self.values else t(self.msgid)
        said = cpr_hidden(said, t(CPR_HIDDEN))
        column = self.column or (t(self.of_field) if self.of_field else "")
        return t(_IN_COLUMN, column=column, reason=said) if column else said


@dataclass(frozen=True, slots=True)
class Line:
    """One row. `number` is the row as a spreadsheet counts it: the headers are row 1."""

    number: int
    cells: tuple[Cell, ...]
    fault: Reason | None = None  # why the row cannot be read, e.g. a second encoding


@dataclass(frozen=True, slots=True)
class Words:
    """The library's own words, to map what the file says to.

    `keywords`, `branches` and `target_groups` are those in use in the register, beside the ones in
    the settings. `colleagues` are names by Slack user id; a name may be written there twice, as
    real name and display name, with a "|" between.
    """

    library: Workspace
    keywords: tuple[str, ...] = ()
    branches: tuple[str, ...] = ()
    target_groups: tuple[str, ...] = ()
    colleagues: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Doubt:
    """One value that we are not sure of.

    `taken` tells whether the record carries our guess (a near miss) or leaves the field as it is
    (a word that means nothing to us). The sentence says which.
    """

    field: str
    value: str  # as written
    reason: Reason
    taken: bool


@dataclass(frozen=True, slots=True)
class Person:
    """A contact person as the row tells; what is None stays as it is."""

    name: str | None = None
    title: str | None = None
    email: str | None = None
    phone: str | None = None
    note: str | None = None
    source: str | None = None
    id: int = 0  # from our own export
    told_on: date | None = None  # was told that we have the details
    told_how: str = ""
    no_contact: bool | None = None  # wishes no contact; never False from a blank cell

    @property
    def new(self) -> ContactPerson:
        """As a person who is not in the register yet."""
        return self.over(ContactPerson())

    def over(self, known: ContactPerson) -> ContactPerson:
        """The known person with what the row says instead; blank cells erase nothing."""
        said = {
            name: value
            for name in ("name", "title", "email", "phone", "note", "source")
            if (value := getattr(self, name)) is not None
        }
        return ContactPerson(**{**vars(known), **said})


@dataclass(frozen=True, slots=True)
class Record:
    """What one partner's rows say; only what stands in the file, checked and in its one form.

    `fields` are fields of `bot.partner.Partner` with values as Partner has them (tuples, enums,
    dates, Slack user ids), so that `replace(partner, **record.fields)` is the partner afterwards:
    a blank cell has no key there. Never in it: id, version, people, created_*. What goes
    across fields (a next step's date without a step) is for `bot.intake.checked` of the whole.
    `ours` is for our own JSON, whose numbers may be of another library's register, and whose values
    are not checked one by one.
    """

    numbers: tuple[int, ...]  # the rows it came from
    fields: Mapping[str, Any]
    people: tuple[Person, ...] = ()
    last_contact: date | None = None  # None: unknown, or not said
    id: int = 0  # the partner's number from our own export; 0 for none
    doubts: tuple[Doubt, ...] = ()
    ours: bool = False
    lines: tuple[Line, ...] = ()  # as read, for the file of refused rows; none of our own JSON
    own: Person | None = None  # what is noted of a partner who is a person herself
    story: Story | None = None  # of our own JSON: what happened to the partner

    @property
    def name(self) -> str:
        """What the organisation is called; empty where only its number is given."""
        return str(self.fields.get("name", ""))

    @property
    def cvr(self) -> str:
        """Its CVR number, or nothing."""
        return str(self.fields.get("cvr", ""))

    @property
    def emails(self) -> tuple[str, ...]:
        """The folded addresses of its persons."""
        return tuple(fold(person.email) for person in self.people if person.email)


@dataclass(frozen=True, slots=True)
class Refused:
    """Rows that cannot be imported, and why: every reason, so that one correction is enough."""

    lines: tuple[Line, ...]
    reasons: tuple[Reason, ...]

    @property
    def number(self) -> int:
        """The first row of them."""
        return self.lines[0].number

    def sentences(self, t: Translator) -> list[str]:
        """Why, in a person's language."""
        return [reason.sentence(t) for reason in self.reasons]
