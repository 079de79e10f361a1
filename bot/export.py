"""What can be taken out of the register: in which form, which rows, and of which partners."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from pathlib import PurePath

from bot.circle import Level, Move
from bot.contact import Contact
from bot.errors import UserError
from bot.evaluation_told import Told
from bot.partner import ContactPerson, Kind, Partner, Room
from bot.privacy import Standing
from bot.text import fold
from bot.tjek import Check
from bot.translation import Translator, mark
from bot.workspace import Workspace

NOTHING = mark("There is nothing in the register that fits. Choose fewer conditions.")
_NOT_A_TABLE = mark("--what goes with csv and xlsx only; the other formats have their own rows.")
_NO_FORMAT = mark(
    "I cannot see from “{name}” what it is to be. Say it with --format: xlsx, csv, vcard, mail,"
    " kumu or json."
)
_UNKNOWN = mark("No partner has “{value}”. Those in use: {known}.")

# What tells the values of one cell apart.
_APART = re.compile(r'[,;|\n"]')
# How a spreadsheet tells a formula from a text (OWASP, CSV Injection); wide forms count as well.
_LIVE = ("=", "+", "-", "@", "\t", "\r", "\n")

Cell = str | int | float | bool | date | None  # of a table


class Format(StrEnum):
    """What the file is. Kumu draws networks, the circle among them (kumu.io)."""

    XLSX = "xlsx"
    CSV = "csv"
    VCARD = "vcard"
    MAIL = "mail"
    KUMU = "kumu"
    JSON = "json"


class What(StrEnum):
    """The rows of a table: a sheet each."""

    PARTNERS = "partners"
    PEOPLE = "people"
    CONTACTS = "contacts"
    MOVES = "moves"
    CHECKS = "checks"
    EVALUATIONS = "evaluations"


SUFFIX: Mapping[Format, str] = {
    Format.XLSX: ".xlsx",
    Format.CSV: ".csv",
    Format.VCARD: ".vcf",
    Format.MAIL: ".txt",
    Format.KUMU: ".json",
    Format.JSON: ".json",
}
# A .json is taken for the whole register: the last of the two above.
_BY_SUFFIX = {suffix: each for each, suffix in SUFFIX.items()}
TITLE: Mapping[What, str] = {
    What.PARTNERS: mark("Partners"),
    What.PEOPLE: mark("Contact persons"),
    What.CONTACTS: mark("Contacts"),
    What.MOVES: mark("Moves in the circle"),
    What.CHECKS: mark("Checks"),
    What.EVALUATIONS: mark("Evaluations"),
}
_STEM: Mapping[Format, str] = {
    Format.VCARD: TITLE[What.PEOPLE],
    Format.MAIL: mark("Mail list"),
    Format.KUMU: mark("The circle"),
}
# What is loaded of each partner; its persons come with it.
_NEEDED: Mapping[Format, frozenset[What]] = {
    Format.VCARD: frozenset(),
    Format.MAIL: frozenset(),
    Format.KUMU: frozenset({What.CONTACTS}),
    Format.JSON: frozenset(What),
}


@dataclass(frozen=True)
class Filters:
    """Which partners: of several values of one kind any will do, of several kinds all must fit."""

    levels: tuple[Level, ...] = ()
    kinds: tuple[Kind, ...] = ()
    keywords: tuple[str, ...] = ()
    rooms: tuple[Room, ...] = ()
    branches: tuple[str, ...] = ()
    goals: tuple[str, ...] = ()

    def __str__(self) -> str:
        """As the log keeps it; empty for the whole register."""
        names = ("level", "kind", "keyword", "room", "branch", "goal")
        values = (self.levels, self.kinds, self.keywords, self.rooms, self.branches, self.goals)
        chosen = zip(names, values, strict=True)
        return "; ".join(f"{name}: {', '.join(of)}" for name, of in chosen if of)


@dataclass(frozen=True)
class Wanted:
    """A file that somebody asks for. `what` is None for all of the format's rows."""

    format: Format
    what: What | None = None
    filters: Filters = field(default_factory=Filters)

    @property
    def tables(self) -> tuple[What, ...]:
        """The tables of a spreadsheet, in the order of its sheets."""
        return (self.what,) if self.what else tuple(What)

    @property
    def needed(self) -> frozenset[What]:
        """What must be read beside partners and persons."""
        if self.format in _NEEDED:
            return _NEEDED[self.format]
        contacts = {What.CONTACTS} if What.PARTNERS in self.tables else set()  # for the last one
        return frozenset({*self.tables, *contacts})

    @property
    def archived(self) -> bool:
        """Whether archived partners are in it: they are out of the lists, not of the register."""
        return self.format in (Format.XLSX, Format.CSV, Format.JSON)

    @property
    def ideas(self) -> bool:
        """Whether checks of ideas that have no partner are in it; they fit no condition."""
        return What.CHECKS in self.needed and not str(self.filters)


@dataclass(frozen=True)
class Entry:
    """All that is taken out of one partner. `standings` by person, or by partner for one person."""

    partner: Partner
    standings: Mapping[int, Standing] = field(default_factory=dict)
    contacts: tuple[Contact, ...] = ()
    moves: tuple[Move, ...] = ()
    checks: tuple[Check, ...] = ()
    evaluations: tuple[Told, ...] = ()

    @property
    def last_contact(self) -> date | None:
        """The day of the last contact, where contacts were read."""
        return max((contact.on for contact in self.contacts), default=None)

    @property
    def reachable(self) -> Iterator[ContactPerson]:
        """Its persons but for those who wish no contact."""
        if self.partner.kind is Kind.INDIVIDUAL and self.standing(self.partner.id).no_contact:
            return
        for person in self.partner.people:
            if not self.standing(person.id).no_contact:
                yield person

    def standing(self, person_id: int) -> Standing:
        """What is noted of that person."""
        return self.standings.get(person_id, Standing())


@dataclass(frozen=True)
class Taken:
    """One time that something was taken out, as the log has it."""

    by: str | None  # a Slack user id; None at the command line
    at: datetime
    format: Format
    what: What | None
    filters: str
    counts: Mapping[str, int] | None  # None where it was begun and not finished


@dataclass(frozen=True)
class Paper:
    """How a file is worded: the library's language, its own words, and its colleagues' names."""

    t: Translator
    library: Workspace
    names: Mapping[str, str] = field(default_factory=dict)  # by Slack user id
    unwilling: frozenset[str] = frozenset()  # folded addresses of those who wish no contact


def checked(wanted: Wanted) -> Wanted:
    """With the one table of a CSV; UserError where rows are asked for that the format has not."""
    if wanted.what and wanted.format not in (Format.CSV, Format.XLSX):
        raise UserError(_NOT_A_TABLE)
    if wanted.format is Format.CSV:
        return replace(wanted, what=wanted.what or What.PARTNERS)
    return wanted


def format_of(name: str) -> Format:
    """The format that a file's name ends in; raises UserError."""
    found = _BY_SUFFIX.get(PurePath(name).suffix.lower())
    if found is None:
        raise UserError(_NO_FORMAT, name=name)
    return found


def file_name(t: Translator, wanted: Wanted, today: date) -> str:
    """What the file is called: what and when, never whom."""
    only = TITLE[wanted.what] if wanted.what else None
    title = t(only or _STEM.get(wanted.format, TITLE[What.PARTNERS]))
    return f"{title.lower().replace(' ', '-')}-{today.isoformat()}{SUFFIX[wanted.format]}"


def spelled(typed: Sequence[str], known: Sequence[str]) -> tuple[str, ...]:
    """Keywords, branches or goals as we spell them; raises UserError for one not in use."""
    found: list[str] = []
    for word in typed:
        alike = [one for one in known if fold(one) == fold(word)]
        if not alike:
            raise UserError(_UNKNOWN, value=word, known=", ".join(known) or "–")
        found += alike
    return tuple(found)


def defused(text: str) -> str:
    """The text with an apostrophe in front where a spreadsheet would take it for a formula."""
    first = text.lstrip("'")[:1]  # one that has an apostrophe already gets one more, to lose again
    live = unicodedata.normalize("NFKC", first).startswith(_LIVE)
    return f"'{text}" if live else text


def as_typed(text: str) -> str:
    """The text as it was before defused(); any other as it is."""
    return text[1:] if text.startswith("'") and defused(text[1:]) == text else text


def listed(values: Iterable[str]) -> str:
    """The values in one cell; in quotation marks one that has a sign which tells them apart."""
    return ", ".join(
        '"' + value.replace('"', '""') + '"' if _APART.search(value) else value for value in values
    )
