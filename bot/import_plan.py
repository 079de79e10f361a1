"""What a file would do to the register: what is new, changed, the same, doubtful or refused.

Which partner a row means is said in bot/import_match.py, what a row does to a card in
bot/import_step.py. What is doubtful is left out unless somebody says otherwise.
"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from bot.errors import UserError
from bot.import_draft import Draft, Register
from bot.import_forgotten import bare, stands_in
from bot.import_match import LIKELY
from bot.import_people import Told
from bot.import_record import Line, Reason, Record, Refused
from bot.import_step import Step, stepped, without_forgotten
from bot.partner import Partner
from bot.privacy import Standing


@dataclass(frozen=True)
class Doubtful:
    """Rows that are left out unless somebody decides otherwise, and why."""

    record: Record
    reasons: tuple[Reason, ...]

    @property
    def refused(self) -> Refused:
        """For the file of rows that were not read in."""
        return Refused(lines_of(self.record), self.reasons)


@dataclass(frozen=True)
class Plan:
    """All that the file would do. `notes` say what was left out of rows that are read in."""

    new: tuple[Step, ...] = ()
    changed: tuple[Step, ...] = ()
    same: int = 0
    doubtful: tuple[Doubtful, ...] = ()
    refused: tuple[Refused, ...] = ()
    notes: tuple[tuple[int, Reason], ...] = ()
    ours: bool = False  # from our own JSON, of which only cards and persons are read in
    hidden: frozenset[int] = frozenset()  # rows left out in which somebody forgotten may stand

    @property
    def counts(self) -> dict[str, int]:
        """How many of each, as the log keeps them."""
        return {
            "new": len(self.new),
            "changed": len(self.changed),
            "same": self.same,
            "doubtful": len(self.doubtful),
            "refused": len(self.refused),
        }

    @property
    def left_out(self) -> tuple[Refused, ...]:
        """The rows that would not be read in, in the order of the file."""
        every = (*self.refused, *(one.refused for one in self.doubtful))
        told = (bare(one) if one.number in self.hidden else one for one in every)
        return tuple(sorted(told, key=lambda one: one.number))

    @property
    def digest(self) -> str:
        """Short, and another where the plan does something else."""
        told = hashlib.sha256()
        for step in (*self.new, *self.changed):
            does = (step.numbers, step.before, step.after, step.last_contact, step.told)
            told.update(repr(does).encode())
        told.update(repr(sorted(self.counts.items())).encode())
        return told.hexdigest()[:16]


def plan(
    found: Draft,
    partners: Mapping[int, Partner],
    standings: Mapping[int, Standing],
    register: Register,
    source: str,
) -> Plan:
    """What becomes of the partners meant; `source` is where their persons' details come from.

    `partners` are those of Draft.meant, by number, `standings` what is noted of their persons.
    """
    new: list[Step] = []
    changed: list[Step] = []
    refused = list(found.refused)
    notes: list[tuple[int, Reason]] = []
    same = 0
    for number, records in found.targets.items():
        before = partners.get(number)
        try:
            step = stepped(before, records, register, source, numbered=number in found.numbered)
            step, kept_out = without_forgotten(step, register)
        except UserError as error:
            lines = tuple(line for record in records for line in lines_of(record))
            refused.append(Refused(lines, (Reason.of(error),)))
            continue
        notes += [(step.numbers[0], reason) for reason in kept_out]
        step = replace(step, told=_news(step, standings))
        if before is None:
            new.append(step)
        elif step.changed or step.last_contact or step.told:
            changed.append(step)
        else:
            same += 1
    doubtful = (*_unclear(found), *_likely(found, partners))
    made = Plan(
        tuple(new),
        tuple(changed),
        same,
        tuple(sorted(doubtful, key=lambda one: one.record.numbers)),
        tuple(sorted(refused, key=lambda one: one.number)),
        tuple(notes),
    )
    hidden = frozenset(one.number for one in made.left_out if stands_in(one, register))
    ours = any(one.ours for records in found.targets.values() for one in records)
    return replace(made, hidden=hidden, ours=ours)


def _unclear(found: Draft) -> Iterator[Doubtful]:
    for record in found.unclear:
        yield Doubtful(record, tuple(doubt.reason for doubt in record.doubts))


def _likely(found: Draft, partners: Mapping[int, Partner]) -> Iterator[Doubtful]:
    for record, meant in found.likely:
        known = partners.get(meant.id)
        name = known.name if known else found.targets[meant.id][0].name
        yield Doubtful(record, (Reason(LIKELY[meant.clue], {"name": name}),))


def _news(step: Step, standings: Mapping[int, Standing]) -> tuple[Told, ...]:
    """What the rows note of persons and is not noted yet; nothing is ever taken back."""
    found = []
    for one in step.told:
        standing = standings.get(step.after.people[one.place].id, Standing())
        told_on = None if standing.informed else one.told.told_on
        wish = bool(one.told.no_contact) and not standing.no_contact
        if told_on or wish:
            found.append(replace(one, told=replace(one.told, told_on=told_on, no_contact=wish)))
    return tuple(found)


def lines_of(record: Record) -> tuple[Line, ...]:
    """The rows that a record came from; our own JSON has numbers only."""
    return record.lines or tuple(Line(number, ()) for number in record.numbers)
