"""An import taken back: field by field, but for what somebody has changed since."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime, timedelta
from typing import Any

from bot.edits import edited, rewind
from bot.errors import UserError
from bot.import_step import Step
from bot.partner import Change, ContactPerson, Partner
from bot.privacy import Standing
from bot.translation import mark

# As long as an import can be undone; after a month so much has happened on the cards that it is
# easier to put right by hand.
UNDO = timedelta(days=30)

WORKED_ON = mark("it has been worked on since")
MERGED = mark("it has been made one with another")
CHANGED_SINCE = mark("changed since the import: {fields}")

_OF_PERSON = tuple(one.name for one in fields(ContactPerson) if one.name != "id")


@dataclass(frozen=True)
class Imported:
    """One file that was read in; `by` and `undone_by` are Slack user ids."""

    id: int
    by: str
    at: datetime
    file: str
    counts: Mapping[str, int]
    undone_by: str | None = None
    undone_at: datetime | None = None
    last_id: int | None = None  # its rows have the numbers from `id` to this one


@dataclass(frozen=True)
class Stay:
    """A partner that stays as it is, and why (a msgid).

    `fields` are those that somebody has changed since; `in_part`: something else of it went back.
    """

    name: str
    why: str
    fields: tuple[str, ...] = ()
    in_part: bool = False


@dataclass(frozen=True)
class Noted:
    """What an import noted of a person (her id), of whom just that was not noted before."""

    person: int
    told_on: date | None = None
    no_contact: bool = False
    how: int = 0  # characters that tell in what way; the words may name somebody

    def told(self, by: str) -> tuple[object, ...]:
        """When she was told, in how many words and by whom, once `by` has read it in."""
        return (self.told_on, self.how, by) if self.told_on else ()


@dataclass(frozen=True)
class Trace:
    """What an import by `by` did to partners that were there, and what is noted of persons now.

    `changes` and `noted` by partner, `standings` by person.
    """

    by: str
    changes: Mapping[int, Sequence[Change]] = field(default_factory=dict)
    noted: Mapping[int, Sequence[Noted]] = field(default_factory=dict)
    standings: Mapping[int, Standing] = field(default_factory=dict)


@dataclass(frozen=True)
class Undoing:
    """What an undoing does: the new partners (ids) that go, and those that change back.

    `noted` is what is not noted of persons any more, `story` how many contacts, moves and checks go
    from those who stay.
    """

    gone: tuple[int, ...]
    back: tuple[Step, ...]
    stays: tuple[Stay, ...]
    noted: tuple[Noted, ...] = ()
    story: Mapping[str, int] = field(default_factory=dict)


def check_undo(at: datetime, undone_at: datetime | None, now: datetime) -> None:
    """Raise the UserError that says why an import stands, if it cannot be undone."""
    if undone_at:
        raise UserError("That import has been undone already.")
    if now - at > UNDO:
        raise UserError("That import is more than thirty days old, so it cannot be undone.")


def is_as_noted(noted: Sequence[Noted], by: str, now: Mapping[int, Standing]) -> bool:
    """Whether of a new partner's persons (by id) is noted what the import noted, and no more."""
    said = {person: (_told(one), one.no_contact) for person, one in now.items()}
    here = {person: what for person, what in said.items() if what != ((), False)}
    return here == {one.person: (one.told(by), one.no_contact) for one in noted}


def _told(standing: Standing) -> tuple[object, ...]:
    """As Noted.told()."""
    told = standing.informed
    return (told.on, len(told.how), standing.informed_by) if told else ()


def changed_back(now: Sequence[Partner], trace: Trace) -> Undoing:
    """How these partners, which were there before the import, go back."""
    steps: list[Step] = []
    stays: list[Stay] = []
    noted: list[Noted] = []
    for partner in now:
        after, kept = _back(partner, trace.changes.get(partner.id, ()))
        if after != partner:
            steps.append(Step((), partner, after))
        unsaid, all_unsaid = _unsaid(after, trace)
        noted += unsaid
        kept |= {} if all_unsaid else {"people": None}
        if kept:
            stays.append(Stay(partner.name, CHANGED_SINCE, tuple(kept), after != partner))
    return Undoing((), tuple(steps), tuple(stays), tuple(noted))


def _back(now: Partner, changes: Sequence[Change]) -> tuple[Partner, dict[str, None]]:
    """The partner without what the import changed, and the fields of which something stays.

    Of a list, what the import added goes, and what somebody has added since stays.
    """
    before = rewind(now, changes)
    after = rewind(now, [replace(change, before=change.after) for change in changes])
    result = edited(after, before, now)
    people, all_back = _people_back(now.people, before.people, after.people)
    values: dict[str, Any] = {"people": people}
    kept = [
        name
        for name in result.both_changed
        if name != "people" and not isinstance(getattr(now, name), tuple)
    ]
    values |= {name: getattr(now, name) for name in kept}
    stays = dict.fromkeys(kept if all_back else [*kept, "people"])
    return replace(result.merged, **values), stays


def _people_back(
    now: Sequence[ContactPerson], before: Sequence[ContactPerson], after: Sequence[ContactPerson]
) -> tuple[tuple[ContactPerson, ...], bool]:
    """Whoever was added goes, if nobody has changed anything about her."""
    old = {person.id: person for person in before}
    read_in = {person.id: person for person in after}
    people: list[ContactPerson] = []
    whole = True
    for person in now:
        if person.id not in read_in:
            people.append(person)
        elif person.id in old:
            back, all_back = _person_back(person, old[person.id], read_in[person.id])
            people.append(back)
            whole = whole and all_back
        elif person != read_in[person.id]:
            people.append(person)
            whole = False
    return tuple(people), whole


def _person_back(
    now: ContactPerson, before: ContactPerson, after: ContactPerson
) -> tuple[ContactPerson, bool]:
    changed = [n for n in _OF_PERSON if getattr(before, n) != getattr(after, n)]
    mine = {n: getattr(before, n) for n in changed if getattr(now, n) == getattr(after, n)}
    back = replace(now, **mine)
    return back, all(getattr(back, n) == getattr(before, n) for n in changed)


def _unsaid(after: Partner, trace: Trace) -> tuple[list[Noted], bool]:
    """What is not noted of the persons any more, and whether that is all that the import noted.

    Whoever it added and who stays on the card keeps what it noted of her.
    """
    unsaid: list[Noted] = []
    whole = True
    kept = _added(trace.changes.get(after.id, ())) & {person.id for person in after.people}
    for one in trace.noted.get(after.id, ()):
        if one.person in kept:
            continue
        now = trace.standings.get(one.person, Standing())
        mine = _told(now) == one.told(trace.by)
        whole = whole and (mine or not one.told_on)
        told_on = one.told_on if mine else None
        back = replace(one, told_on=told_on, no_contact=one.no_contact and now.no_contact)
        if back.told_on or back.no_contact:
            unsaid.append(back)
    return unsaid, whole


def _added(changes: Sequence[Change]) -> set[int]:
    """The persons (ids) who were not on the card before these changes."""
    none = Partner("")
    before = rewind(none, changes).people
    after = rewind(none, [replace(change, before=change.after) for change in changes]).people
    return {person.id for person in after} - {person.id for person in before}
