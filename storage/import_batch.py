"""A plan turned into rows, before the database is asked for anything but numbers.

SQLite has one writer, and PostgreSQL locks a library's numbers: what can be done before the
transaction is done here, and in a thread.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import cast

import sqlalchemy as sa

from bot.circle import Move, Why
from bot.contact import Contact, Kind
from bot.import_plan import Plan
from bot.import_step import Step
from bot.partner import Partner
from storage import partner as register
from storage import partner_rows, partner_words
from storage.circle_tables import MOVE
from storage.contact_tables import CONTACT
from storage.import_tables import IMPORT, IMPORT_PARTNER
from storage.partner_rows import FACETS, TIES, Row
from storage.partner_tables import CHANGE, PARTNER, PERSON, TAG, TIE, WORD
from storage.partner_text import Text

# In which order the tables are written: what is referred to first.
ORDER = (
    PARTNER,
    TAG,
    PERSON,
    TIE,
    CHANGE,
    MOVE,
    CONTACT,
    IMPORT,
    IMPORT_PARTNER,
)


@dataclass(frozen=True)
class Origin:
    """Whose import it is, when and of which file.

    `source` is where the persons' details come from, `about` the line of a last contact.
    """

    team: str
    by: str
    at: datetime
    file: str = ""
    source: str = ""
    about: str = ""


@dataclass
class Batch:
    """Rows to insert by table, partners to update with the version they had, and what goes first.

    `deleted` are the partners whose rows of that table are written anew.
    """

    number: int  # of the import
    inserted: dict[sa.Table, list[Row]] = field(default_factory=lambda: defaultdict(list))
    updated: list[Row] = field(default_factory=list)
    deleted: dict[sa.Table, list[int]] = field(default_factory=lambda: defaultdict(list))
    words: list[tuple[str, int, int]] = field(default_factory=list)  # word, origin, partner
    versions: dict[int, int] = field(default_factory=dict)
    informed: list[Row] = field(default_factory=list)
    unwilling: list[Row] = field(default_factory=list)
    new_texts: list[Text] = field(default_factory=list)  # to be found by
    texts: list[Text] = field(default_factory=list)


def needed(*steps: Step) -> int:
    """How many numbers the rows take at most: the import, partners, persons, log, move, contact."""
    return 1 + sum(3 + len(step.after.people) + len(step.changed) for step in steps)


def back(steps: Sequence[Step], ids: range, origin: Origin) -> Batch:
    """The rows of an undoing: what was changed, changed back. It is no import and no move."""
    numbers = iter(ids)
    made = Batch(next(numbers))
    for step in steps:
        _change(made, step, numbers, origin)
    made.inserted.pop(IMPORT_PARTNER, None)
    made.inserted.pop(MOVE, None)
    return made


def batch(plan: Plan, ids: range, origin: Origin) -> Batch:
    """The rows of everything that is new or changed; `ids` are as many as needed()."""
    numbers = iter(ids)
    made = Batch(next(numbers))
    made.inserted[IMPORT].append(
        {
            "team_id": origin.team,
            "id": made.number,
            "by": origin.by,
            "at": origin.at,
            "file": origin.file,
            "counts": plan.counts,
        }
    )
    for step in plan.new:
        _add(made, step, numbers, origin)
    for step in plan.changed:
        _change(made, step, numbers, origin)
    made.words.sort()
    return made


def _add(made: Batch, step: Step, numbers: Iterator[int], origin: Origin) -> None:
    after = _numbered(step.after, next(numbers), numbers)
    own = {"team_id": origin.team, "id": after.id, "version": 1}
    born = {"created_by": origin.by, "created_at": origin.at, "touched_at": origin.at}
    made.inserted[PARTNER].append({**own, **born, **partner_rows.own_row(after)})
    made.inserted[TAG] += partner_rows.tag_rows(origin.team, after, FACETS)
    made.inserted[PERSON] += partner_rows.person_rows(origin.team, after)
    made.inserted[TIE] += partner_rows.tie_rows(origin.team, after)
    made.new_texts.append(_worded(made, origin.team, after))
    _remember(made, origin, step, after, 1)
    _beside(made, step, after, numbers, origin)


def _change(made: Batch, step: Step, numbers: Iterator[int], origin: Origin) -> None:
    before, team = step.before, origin.team
    if before is None:
        raise ValueError("what is changed was there before")
    after = _numbered(step.after, before.id, numbers)
    names = step.changed
    version = before.version + bool(names)
    made.versions[before.id] = before.version
    own = partner_rows.own_row(after) if names else {}
    made.updated.append({"own_id": before.id, "version": version, "touched_at": origin.at, **own})
    facets = [name for name in names if name in FACETS]
    if facets:
        made.deleted[TAG].append(before.id)
        made.inserted[TAG] += partner_rows.tag_rows(team, after, FACETS)
    if "people" in names:
        made.deleted[PERSON].append(before.id)
        made.inserted[PERSON] += partner_rows.person_rows(team, after)
    if not TIES.keys().isdisjoint(names):
        made.deleted[TIE].append(before.id)
        made.inserted[TIE] += partner_rows.tie_rows(team, after)
    if not partner_words.INDEXED.isdisjoint(names):
        made.deleted[WORD].append(before.id)
        made.texts.append(_worded(made, team, after))
    key = {"team_id": team, "partner_id": before.id, "by": origin.by, "at": origin.at}
    for name in names:
        values = {
            "before": register.plain(getattr(before, name)),
            "after": register.plain(getattr(after, name)),
        }
        row = {**key, "id": next(numbers), "version": version, "field": name, **values}
        made.inserted[CHANGE].append(row)
    if "level" in names:
        move = Move(before.id, before.level, after.level, Why.READ_IN, origin.by, origin.at)
        made.inserted[MOVE].append({"team_id": team, **vars(move), "id": next(numbers)})
    _remember(made, origin, step, after, version)
    _beside(made, step, after, numbers, origin)


def _worded(made: Batch, team: str, partner: Partner) -> Text:
    """Note the partner's words, as little as can be said of each: they are most of the rows."""
    rows, text = partner_words.rows_of(team, partner)
    made.words += [(str(row["word"]), cast("int", row["origin"]), partner.id) for row in rows]
    return text


def _numbered(partner: Partner, number: int, numbers: Iterator[int]) -> Partner:
    people = (one if one.id else replace(one, id=next(numbers)) for one in partner.people)
    return replace(partner, id=number, people=tuple(people))


def _beside(
    made: Batch, step: Step, after: Partner, numbers: Iterator[int], origin: Origin
) -> None:
    """The last contact, and what the file notes of persons."""
    if step.last_contact:
        day, by = step.last_contact, origin.by
        contact = Contact(after.id, Kind.READ_IN, day, by, origin.at, origin.about)
        row = {**vars(contact), "id": next(numbers), "version": 1}
        made.inserted[CONTACT].append({"team_id": origin.team, **row})
    for one in step.told:
        person = after.people[one.place]
        key: Row = {"team_id": origin.team, "person_id": person.id, "partner_id": after.id}
        if one.told.told_on:
            told = {"informed_on": one.told.told_on, "informed_by": origin.by}
            made.informed.append({**key, **told})
        if one.told.no_contact:
            made.unwilling.append({**key, "no_contact": True})


def _remember(made: Batch, origin: Origin, step: Step, after: Partner, version: int) -> None:
    """What the import did, for its undoing."""
    noted: dict[int, list[object]] = {}
    for one in step.told:
        here = noted.setdefault(after.people[one.place].id, [None, False])
        here[:] = _iso(one.told.told_on) or here[0], here[1] or bool(one.told.no_contact)
    row = {"team_id": origin.team, "import_id": made.number, "partner_id": after.id}
    what = {"version": version, "new": step.before is None}
    told = [[person, *said] for person, said in noted.items()]
    made.inserted[IMPORT_PARTNER].append({**row, **what, "noted": told})


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
