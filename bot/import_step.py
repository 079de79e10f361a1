"""What the rows of one partner do to its card.

A blank cell erases nothing. A list on a card grows, and a note comes below the one that stands
there, unless the row has our own number: then the cell is the whole list, or the whole note. The
name on a card changes only by that number; a name that is spelled otherwise becomes one of its
other names.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date
from typing import Any

from bot import intake
from bot.circle import Level
from bot.circle_partner import carries_level, check_may_move
from bot.errors import UserError
from bot.import_draft import Register
from bot.import_note import below
from bot.import_people import Told, joined
from bot.import_record import Reason, Record
from bot.import_story import Story
from bot.import_story import joined as told_as_one
from bot.partner import ContactPerson, Kind, Partner, Status
from bot.privacy import identifiers, people_of, tombstones
from bot.text import bare_name, fold
from bot.translation import mark

_UNDER_WAY = mark(
    "Something is under way with “{name}”: an activity, a trial or a question. Move them with"
    " /partner level, and take the place in the circle out of the row."
)
_FORGOTTEN = mark("A contact person of “{name}” has been anonymised, and is not read in again.")
_NOT_FOUND = mark("The row has a number but no name, and I know no partner with that number.")

_LISTS = ("keywords", "target_groups", "age_groups", "rooms", "purposes", "goals")
_SHOWN = tuple(
    one.name
    for one in fields(Partner)
    if one.name not in {"id", "version", "created_by", "created_at"}
)
_INWARDS = list(Level)


@dataclass(frozen=True)
class Step:
    """One partner to be stored: `before` is None for a new one. `told` by place among people."""

    numbers: tuple[int, ...]
    before: Partner | None
    after: Partner
    last_contact: date | None = None  # to be noted: later than any that we know of
    told: tuple[Told, ...] = ()
    story: Story = field(default_factory=Story)  # what happened, of our own JSON

    @property
    def does(self) -> bool:
        """Whether anything is to be stored."""
        return bool(self.changed or self.last_contact or self.told or self.story.tells)

    @property
    def moves(self) -> bool:
        """Whether the file puts the partner elsewhere in the circle, and its story does not say."""
        return "level" in self.changed and not self.story.leads_to(self.after.level)

    @property
    def changed(self) -> tuple[str, ...]:
        """The fields that differ, as on the card."""
        if self.before is None:
            return ()
        return tuple(
            name for name in _SHOWN if getattr(self.before, name) != getattr(self.after, name)
        )


def stepped(
    before: Partner | None,
    records: Sequence[Record],
    register: Register,
    source: str,
    *,
    numbered: bool,
) -> Step:
    """All rows of one partner put on top of what is known.

    Raises:
        UserError: it could not be stored so.
    """
    after = before or Partner("")
    told: tuple[Told, ...] = ()
    for record in records:
        after = replace(after, **_fields(after, record.fields, numbered=numbered))
        people, more = _people(after, record, source, numbered=numbered)
        after, told = replace(after, people=people), (*told, *more)
    if before is None and not fold(after.name):
        raise UserError(_NOT_FOUND)
    after = _placed(before, _checked(after, records), records, register)
    numbers = tuple(number for record in records for number in record.numbers)
    contact = max((one.last_contact for one in records if one.last_contact), default=None)
    known = register.last.get(before.id) if before else None
    if contact and known and contact <= known:
        contact = None
    story = told_as_one(record.story for record in records)
    return Step(numbers, before, after, contact, told, story)


def _people(
    now: Partner, record: Record, source: str, *, numbered: bool
) -> tuple[tuple[ContactPerson, ...], tuple[Told, ...]]:
    """Those on the card afterwards, and what is noted of them.

    Our own JSON may be of another library, whose numbers mean others here; and where it does not
    say whence somebody's details came, nobody knew.
    """
    if not record.ours:
        return joined(now.people, record.people, source)
    said = record.people if numbered else tuple(replace(one, id=0) for one in record.people)
    people, told = joined(now.people, said, "")
    if record.own and now.kind is Kind.INDIVIDUAL:
        told = (*told, Told(None, record.own))
    return people, told


def _checked(after: Partner, records: Sequence[Record]) -> Partner:
    """As it may be stored. The values of rows were checked as they were read."""
    if any(record.ours for record in records):
        return intake.checked(after)
    wrong = intake.across(after)
    if wrong:
        raise wrong[0]
    return after


def _fields(now: Partner, said: Mapping[str, Any], *, numbered: bool) -> dict[str, Any]:
    """What the row says, as it goes on top of the card."""
    values = dict(said)
    if "known_by" in values:
        values["known_by"] = _united(now.known_by, values["known_by"])
    if numbered or not now.name:
        return values
    name = str(values.pop("name", ""))
    more = [name, *values.get("other_names", ())]
    values["other_names"] = _more_names(now, more)
    if now.note and "note" in values:
        values["note"] = below(now.note, str(values["note"]))
    for each in _LISTS:
        if each in values:
            values[each] = _united(getattr(now, each), values[each])
    return values


def _united(known: Sequence[str], more: Sequence[str]) -> tuple[str, ...]:
    """Without one that differs in spelling only."""
    kept = {fold(value): value for value in reversed((*known, *more))}
    return tuple(value for value in dict.fromkeys((*known, *more)) if kept[fold(value)] is value)


def _more_names(now: Partner, names: Sequence[str]) -> tuple[str, ...]:
    kept = list(now.other_names)
    known = {bare_name(name) for name in (now.name, *kept)}
    for name in names:
        if fold(name) and bare_name(name) not in known:
            known.add(bare_name(name))
            kept.append(name)
    return tuple(kept)


def _placed(
    before: Partner | None, after: Partner, records: Sequence[Record], register: Register
) -> Partner:
    """The card with its place in the circle, under the same rules as a move in Slack."""
    if before is None:
        whole = any(record.ours for record in records)
        carries = whole or carries_level(after.relation_type)
        return after if carries else replace(after, level=Level.NETWORK)
    if after.level is before.level:
        return after
    check_may_move(after)
    if before.id in register.busy:
        raise UserError(_UNDER_WAY, name=before.name)
    inwards = _INWARDS.index(after.level) > _INWARDS.index(before.level)
    said = any("status" in record.fields for record in records)
    return replace(after, status=Status.ACTIVE) if inwards and not said else after


def without_forgotten(step: Step, register: Register) -> tuple[Step, tuple[Reason, ...]]:
    """The step without persons who were anonymised, and that they were left out.

    Raises:
        UserError: the new partner is such a person herself.
    """
    if not register.forgotten:
        return step, ()
    known = {person.id for person in step.before.people} if step.before else set()
    gone = {
        place
        for place, person in enumerate(step.after.people)
        if person.id not in known and _is_forgotten(person, step.after, register)
    }
    alone = people_of(step.after)[len(step.after.people) :]
    if step.before is None and any(_is_forgotten(one, step.after, register) for one in alone):
        raise UserError(_FORGOTTEN, name=step.after.name)
    if not gone:
        return step, ()
    places = [place for place in range(len(step.after.people)) if place not in gone]
    people = tuple(step.after.people[place] for place in places)
    told = tuple(
        one if one.place is None else replace(one, place=places.index(one.place))
        for one in step.told
        if one.place not in gone
    )
    left = replace(step, after=replace(step.after, people=people), told=told)
    return left, (Reason(_FORGOTTEN, {"name": step.after.name}),)


def _is_forgotten(person: ContactPerson, partner: Partner, register: Register) -> bool:
    own = identifiers(person, partner)
    return not register.forgotten.isdisjoint(tombstones(register.team, partner, own))
