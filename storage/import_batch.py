"""A plan turned into rows, before the database is asked for anything but numbers.

SQLite has one writer, and PostgreSQL locks a library's numbers: what can be done before the
transaction is done here, and in a thread.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

import sqlalchemy as sa

from bot.circle import Move, Why
from bot.contact import Contact, Kind
from bot.import_plan import Plan
from bot.import_step import Step
from bot.partner import Partner
from storage import import_story, partner_rows, partner_words
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
    *import_story.ORDER,
    IMPORT,
    IMPORT_PARTNER,
)

_PACKED = 10_000  # words stored by one statement


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

    `deleted` are the partners whose rows of that table are written anew; `touched` those of which
    only something beside the card has changed.
    """

    number: int  # of the import
    inserted: dict[sa.Table, list[Row]] = field(default_factory=lambda: defaultdict(list))
    updated: list[Row] = field(default_factory=list)
    touched: list[Row] = field(default_factory=list)
    deleted: dict[sa.Table, list[int]] = field(default_factory=lambda: defaultdict(list))
    versions: dict[int, int] = field(default_factory=dict)
    informed: list[Row] = field(default_factory=list)
    unwilling: list[Row] = field(default_factory=list)
    words: list[str] = field(default_factory=list)  # as partner_words.packed() makes them
    new_texts: list[Text] = field(default_factory=list)  # to be found by
    texts: list[Text] = field(default_factory=list)


@dataclass
class _Making:
    """A batch while it is made: whose it is, the numbers left, and the words not packed yet."""

    made: Batch
    origin: Origin
    numbers: Iterator[int]
    words: list[partner_words.Row] = field(default_factory=list)

    def worded(self, partner: Partner) -> Text:
        """Note the partner's words: they are most of the rows."""
        rows, text = partner_words.words_of(partner)
        self.words += rows
        if len(self.words) >= _PACKED:
            self.pack()
        return text

    def pack(self) -> None:
        if self.words:
            self.made.words.append(partner_words.packed(self.words))
            self.words.clear()


def needed(*steps: Step) -> int:
    """How many numbers the rows take at most: the import, partners, persons, log, move, contact."""
    return 1 + sum(
        3 + len(step.after.people) + len(step.changed) + import_story.needed(step.story)
        for step in steps
    )


def back(steps: Sequence[Step], ids: range, origin: Origin) -> Batch:
    """The rows of an undoing: what was changed, changed back. It is no import and no move."""
    numbers = iter(ids)
    making = _Making(Batch(next(numbers)), origin, numbers)
    for step in steps:
        _change(making, step)
    making.pack()
    return making.made


def batch(plan: Plan, ids: range, origin: Origin) -> Batch:
    """The rows of everything that is new or changed; `ids` are as many as needed()."""
    numbers = iter(ids)
    making = _Making(Batch(next(numbers)), origin, numbers)
    made = making.made
    run = {"by": origin.by, "at": origin.at, "file": origin.file, "counts": plan.counts}
    own = {"id": made.number, "last_id": ids[-1]}
    made.inserted[IMPORT].append({"team_id": origin.team, **own, **run})
    for step in plan.new:
        after = _add(making, step)
        _beside(making, step, after)
        _remember(making, step, after)
    for step in plan.changed:
        after = _change(making, step)
        _move(making, step)
        _beside(making, step, after)
        _remember(making, step, after)
    import_story.tell_checks(made.inserted, origin.team, plan.ideas, None, numbers)
    making.pack()
    return made


def _add(making: _Making, step: Step) -> Partner:
    made, origin = making.made, making.origin
    after = replace(_numbered(step.after, next(making.numbers), making.numbers), version=1)
    own = {"team_id": origin.team, "id": after.id, "version": after.version}
    born = {"created_by": origin.by, "created_at": origin.at, "touched_at": origin.at}
    if step.story.born:  # elsewhere, and nobody here knows by whom
        born |= {"created_by": "", "created_at": step.story.born}
    made.inserted[PARTNER].append({**own, **born, **partner_rows.own_row(after)})
    made.inserted[TAG] += partner_rows.tag_rows(origin.team, after, FACETS)
    made.inserted[PERSON] += partner_rows.person_rows(origin.team, after)
    made.inserted[TIE] += partner_rows.tie_rows(origin.team, after)
    made.new_texts.append(making.worded(after))
    return after


def _change(making: _Making, step: Step) -> Partner:
    """The card as it becomes, its version the next one if a field of it is another."""
    before, made, origin = step.before, making.made, making.origin
    if before is None:
        raise ValueError("what is changed was there before")
    made.versions[before.id] = before.version
    touched: Row = {"own_id": before.id, "touched_at": origin.at}
    names = step.changed
    if not names:
        made.touched.append(touched)
        return before
    after = _numbered(step.after, before.id, making.numbers)
    after = replace(after, version=before.version + 1)
    made.updated.append({**touched, "version": after.version, **partner_rows.own_row(after)})
    _rewrite(making, after, names)
    named = zip(names, making.numbers, strict=False)
    made.inserted[CHANGE] += partner_rows.log_rows(
        origin.team, before, after, named, by=origin.by, at=origin.at
    )
    return after


def _rewrite(making: _Making, after: Partner, changed: Sequence[str]) -> None:
    """The rows beside the partner's own of which one is another."""
    made, team = making.made, making.origin.team
    if not FACETS.keys().isdisjoint(changed):
        made.deleted[TAG].append(after.id)
        made.inserted[TAG] += partner_rows.tag_rows(team, after, FACETS)
    if "people" in changed:
        made.deleted[PERSON].append(after.id)
        made.inserted[PERSON] += partner_rows.person_rows(team, after)
    if not TIES.keys().isdisjoint(changed):
        made.deleted[TIE].append(after.id)
        made.inserted[TIE] += partner_rows.tie_rows(team, after)
    if not partner_words.INDEXED.isdisjoint(changed):
        made.deleted[WORD].append(after.id)
        made.texts.append(making.worded(after))


def _move(making: _Making, step: Step) -> None:
    before, origin = step.before, making.origin
    if before and step.moves:
        to = step.after.level
        move = Move(before.id, before.level, to, Why.READ_IN, origin.by, origin.at)
        row = {"team_id": origin.team, **vars(move), "id": next(making.numbers)}
        making.made.inserted[MOVE].append(row)


def _numbered(partner: Partner, number: int, numbers: Iterator[int]) -> Partner:
    people = (one if one.id else replace(one, id=next(numbers)) for one in partner.people)
    return replace(partner, id=number, people=tuple(people))


def _beside(making: _Making, step: Step, after: Partner) -> None:
    """What happened, the last contact, and what the file notes of persons."""
    made, origin = making.made, making.origin
    import_story.tell(made.inserted, origin.team, step.story, after.id, making.numbers)
    if step.last_contact:
        day, by = step.last_contact, origin.by
        contact = Contact(after.id, Kind.READ_IN, day, by, origin.at, origin.about)
        row = {**vars(contact), "id": next(making.numbers), "version": 1}
        made.inserted[CONTACT].append({"team_id": origin.team, **row})
    for one in step.told:
        person, how = one.of(after), one.told.told_how
        key: Row = {"team_id": origin.team, "person_id": person.id, "partner_id": after.id}
        if one.told.told_on:
            told = {"informed_on": one.told.told_on, "informed_how": how, "informed_by": origin.by}
            made.informed.append({**key, **told})
        if one.told.no_contact:
            made.unwilling.append({**key, "no_contact": True})


def _remember(making: _Making, step: Step, after: Partner) -> None:
    """What the import did, for its undoing."""
    noted: dict[int, list[object]] = {}
    for one in step.told:
        here = noted.setdefault(one.of(after).id, [None, False, 0])
        wish, how = here[1] or bool(one.told.no_contact), len(one.told.told_how)
        here[:] = (
            (_iso(one.told.told_on), wish, how) if one.told.told_on else (here[0], wish, here[2])
        )
    made = making.made
    row = {"team_id": making.origin.team, "import_id": made.number, "partner_id": after.id}
    what = {"version": after.version, "new": step.before is None}
    told = [[person, *said] for person, said in noted.items()]
    made.inserted[IMPORT_PARTNER].append({**row, **what, "noted": told})


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
