"""The rows of the tables, cell by cell.

Nowhere does a table say who noted a contact, moved a relation or made a check: added up by
colleague it would measure people. Who is responsible for a partner is what the register is for.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from bot.circle import Move
from bot.circle_words import WHY
from bot.contact import Contact
from bot.export import Cell, Entry, Paper, What, listed
from bot.export_evaluation import COLUMNS, evaluation_rows
from bot.partner import ContactPerson, Partner, RelationType
from bot.tjek import Check
from bot.translation import mark
from bot.words import (
    AGE,
    CONTACT,
    DECISION,
    FIELD,
    FORM,
    LEVEL,
    RELATION_TYPE,
    STATUS,
    called,
    shown,
)


@dataclass(frozen=True)
class _Table:
    """The names of a table's columns, and its rows of one partner."""

    columns: tuple[str, ...]
    rows: Callable[[Paper, Entry], Iterator[list[Cell]]]


_NUMBER = mark("Partner's number")
_OF = (_NUMBER, mark("Partner"))

_PARTNER = (
    "name",
    "other_names",
    "kind",
    "relation_type",
    "level",
    "status",
    "area",
    "branch",
    "keywords",
    "target_groups",
    "age_groups",
    "rooms",
    "purposes",
    "goals",
    "website",
    "cvr",
    "start",
    "agreement_link",
    "case_number",
    "next_step",
    "next_step_on",
    "responsible",
    "deputy",
    "note",
    "picture_link",
    "archived",
)


def header(paper: Paper, what: What) -> list[str]:
    """The names of the columns."""
    return [paper.t(name) for name in _TABLES[what].columns]


def rows(paper: Paper, what: What, entry: Entry) -> Iterator[list[Cell]]:
    """The partner's rows in that table."""
    return _TABLES[what].rows(paper, entry)


def idea_row(paper: Paper, check: Check) -> list[Cell]:
    """A check of an idea that has no partner."""
    return [None, check.partner_name, *_check(paper, check)]


def level_name(paper: Paper, partner: Partner) -> str:
    """Its place in the circle; a sponsor, a fund and a supplier have none."""
    return paper.t(LEVEL[partner.level]) if in_circle(partner) else ""


def in_circle(partner: Partner) -> bool:
    """Whether the relation has a place in the circle."""
    return partner.relation_type is RelationType.PARTNER


def _partner(paper: Paper, entry: Entry) -> Iterator[Cell]:
    partner, t = entry.partner, paper.t
    own: Mapping[str, Cell] = {
        "kind": called(t, paper.library, partner.kind) if partner.kind else "",
        "level": level_name(paper, partner),
        "age_groups": listed(_age(paper, group) for group in partner.age_groups),
        "rooms": listed(called(t, paper.library, room) for room in partner.rooms),
        "relation_type": paper.t(RELATION_TYPE[partner.relation_type]),
        "status": paper.t(STATUS[partner.status]),
        "responsible": _colleague(paper, partner.responsible),
        "deputy": _colleague(paper, partner.deputy),
    }
    for name in _PARTNER:
        value = own[name] if name in own else getattr(partner, name)
        yield listed(shown(paper.t, one) for one in value) if isinstance(value, tuple) else value
    yield entry.last_contact
    yield _day(paper, partner.created_at)


def _partner_rows(paper: Paper, entry: Entry) -> Iterator[list[Cell]]:
    yield [entry.partner.id, *_partner(paper, entry)]


def _age(paper: Paper, group: str) -> str:
    """In words where it has them: a spreadsheet takes a bare 6-12 for the sixth of December."""
    return paper.t(AGE[group]) if group in AGE else group


def _person_rows(_paper: Paper, entry: Entry) -> Iterator[list[Cell]]:
    for person in entry.partner.people:
        yield [*_of(entry), *_person(entry, person)]


def _person(entry: Entry, person: ContactPerson) -> list[Cell]:
    standing = entry.standing(person.id)
    ways = ("", "") if standing.no_contact else (person.email, person.phone)  # as on the card
    told = standing.informed.on if standing.informed else None
    about = (person.id, person.name, person.title, *ways, person.note, person.source)
    return [*about, told, standing.no_contact]


def _contact_rows(paper: Paper, entry: Entry) -> Iterator[list[Cell]]:
    for contact in entry.contacts:
        yield [*_of(entry), *_contact(paper, contact)]


def _contact(paper: Paper, contact: Contact) -> list[Cell]:
    how = paper.t(CONTACT[contact.kind])
    return [contact.on, how, contact.about, contact.with_whom, contact.link]


def _move_rows(paper: Paper, entry: Entry) -> Iterator[list[Cell]]:
    for move in entry.moves:
        yield [*_of(entry), *_move(paper, move)]


def _move(paper: Paper, move: Move) -> list[Cell]:
    levels = (paper.t(LEVEL[level]) for level in (move.from_level, move.to_level))
    why = paper.t(mark("it ended") if move.ends else WHY[move.why])
    return [_day(paper, move.at), *levels, why, move.reason, move.learned, move.told]


def _check_rows(paper: Paper, entry: Entry) -> Iterator[list[Cell]]:
    for check in entry.checks:
        yield [*_of(entry), *_check(paper, check)]


def _check(paper: Paper, check: Check) -> list[Cell]:
    return [
        check.idea,
        paper.t(FORM[check.form]),
        check.short and not check.gone_on,
        _day(paper, check.finished_at),
        paper.t(DECISION[check.decision]) if check.decision else "",
        check.reason,
        _day(paper, check.decided_at),
    ]


def _of(entry: Entry) -> list[Cell]:
    return [entry.partner.id, entry.partner.name]


def _colleague(paper: Paper, user: str | None) -> str:
    return paper.names.get(user, user) if user else ""


def _day(paper: Paper, moment: datetime | None) -> date | None:
    return moment.astimezone(paper.t.zone).date() if moment else None


# Another sheet is another row here; what is loaded for it, in storage/export.py.
_TABLES: Mapping[What, _Table] = {
    What.PARTNERS: _Table(
        (_NUMBER, *(FIELD[name] for name in _PARTNER), mark("Last contact"), mark("Added on")),
        _partner_rows,
    ),
    What.PEOPLE: _Table(
        (
            *_OF,
            mark("Person's number"),
            mark("Name"),
            mark("Title or role"),
            mark("Mail"),
            mark("Phone"),
            mark("Note"),
            mark("Where we have the details from"),
            mark("Was told on"),
            mark("Wishes no contact"),
        ),
        _person_rows,
    ),
    What.CONTACTS: _Table(
        (
            *_OF,
            mark("Date"),
            mark("How it happened"),
            mark("What it was about"),
            mark("With whom of theirs"),
            mark("Link"),
        ),
        _contact_rows,
    ),
    What.MOVES: _Table(
        (
            *_OF,
            mark("Date"),
            mark("From"),
            mark("To"),
            mark("What moved it"),
            mark("Why"),
            mark("What we learned"),
            mark("Who is told"),
        ),
        _move_rows,
    ),
    What.CHECKS: _Table(
        (
            *_OF,
            mark("The idea"),
            mark("What it would be"),
            mark("Short check"),
            mark("Finished on"),
            mark("Conclusion"),
            mark("Why"),
            mark("Decided on"),
        ),
        _check_rows,
    ),
    What.EVALUATIONS: _Table((*_OF, *COLUMNS), evaluation_rows),
}
