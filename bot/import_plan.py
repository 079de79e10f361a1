"""What a file would do to the register: what is new, changed, the same, doubtful or refused.

Which partner a row means is said in bot/import_match.py, what a row does to a card in
bot/import_step.py. What is doubtful is left out unless somebody says otherwise.
"""

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.errors import UserError
from bot.import_choice import Sort, sort_of
from bot.import_draft import Draft, Register
from bot.import_forgotten import bare, stands_in
from bot.import_match import LIKELY, Meant
from bot.import_people import Told, same_mails
from bot.import_record import Line, Reason, Record, Refused
from bot.import_step import Step, stepped, without_forgotten
from bot.import_story import NOTHING, Past, untold, untold_checks
from bot.import_story_scrub import unnamed, unnamed_idea
from bot.import_traits import Clue
from bot.partner import Partner
from bot.privacy import Standing
from bot.tjek import Check


@dataclass(frozen=True)
class Doubtful:
    """Rows that are left out unless somebody decides otherwise, and why.

    Where they are likely partners we have, `sort` tells how and `meant` which: one, or several of
    that name. One that stands in the file only has no number.
    """

    record: Record
    reasons: tuple[Reason, ...]
    sort: Sort | None = None
    meant: tuple[Partner, ...] = ()

    @property
    def refused(self) -> Refused:
        """For the file of rows that were not read in."""
        return Refused(lines_of(self.record), self.reasons)


@dataclass(frozen=True)
class Plan:
    """All that the file would do. `notes` say what to look at in rows that are read in."""

    new: tuple[Step, ...] = ()
    changed: tuple[Step, ...] = ()
    same: int = 0
    doubtful: tuple[Doubtful, ...] = ()
    refused: tuple[Refused, ...] = ()
    notes: tuple[tuple[int, Reason], ...] = ()
    settled: tuple[Doubtful, ...] = ()  # somebody has decided to read them in
    ideas: tuple[Check, ...] = ()  # new checks that have no partner
    hidden: frozenset[int] = frozenset()  # rows left out in which somebody forgotten may stand

    @property
    def does(self) -> bool:
        """Whether anything is to be stored."""
        return bool(self.new or self.changed or self.ideas)

    @property
    def counts(self) -> dict[str, int]:
        """How many of each, as the log keeps them; of what only our own JSON has, if there is."""
        told = Counter({"checks": len(self.ideas)})
        for step in (*self.new, *self.changed):
            told += step.story.counts
        return {
            "new": len(self.new),
            "changed": len(self.changed),
            "same": self.same,
            "doubtful": len(self.doubtful),
            "refused": len(self.refused),
            **+told,
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
            does = (step.numbers, step.before, step.after, step.last_contact, step.told, step.story)
            told.update(repr(does).encode())
        told.update(repr(self.ideas).encode())
        told.update(repr(sorted(self.counts.items())).encode())
        return told.hexdigest()[:16]


def plan(
    found: Draft,
    partners: Mapping[int, Partner],
    standings: Mapping[int, Standing],
    register: Register,
    source: str,
    past: Past = NOTHING,
) -> Plan:
    """What becomes of the partners meant; `source` is where their persons' details come from.

    `partners` are those of Draft.meant, by number, `standings` what is noted of their persons, and
    `past` what has happened to them.
    """
    new: list[Step] = []
    changed: list[Step] = []
    refused = list(found.refused)
    notes: list[tuple[int, Reason]] = []
    same = 0
    for number, records in found.targets.items():
        before = partners.get(number)
        try:
            said = [unnamed(record, before, register) for record in records]
            step = stepped(before, said, register, source, numbered=number in found.numbered)
            step, kept_out = without_forgotten(step, register)
        except UserError as error:
            lines = tuple(line for record in records for line in lines_of(record))
            refused.append(Refused(lines, (Reason.of(error),)))
            continue
        twice = same_mails(before.people if before else (), step.after.people)
        notes += [(step.numbers[0], reason) for reason in (*kept_out, *twice)]
        news = _news(step, standings)
        step = replace(step, told=news, story=untold(step.story, number, past))
        if before is None:
            new.append(step)
        elif step.does:
            changed.append(step)
        else:
            same += 1
    doubtful = (*map(_unclear, found.unclear), *_likely(found.likely, found, partners))
    settled = (
        *(_unclear(record) for record, meant in found.settled if not meant),
        *_likely([(record, meant) for record, meant in found.settled if meant], found, partners),
    )
    made = Plan(
        tuple(new),
        tuple(changed),
        same,
        tuple(sorted(doubtful, key=lambda one: one.record.numbers)),
        tuple(sorted(refused, key=lambda one: one.number)),
        tuple(notes),
        settled,
    )
    hidden = frozenset(one.number for one in made.left_out if stands_in(one, register))
    ideas = untold_checks((unnamed_idea(one, register) for one in found.ideas), past)
    return replace(made, hidden=hidden, ideas=ideas)


def _unclear(record: Record) -> Doubtful:
    return Doubtful(record, tuple(doubt.reason for doubt in record.doubts))


def _likely(
    rows: Sequence[tuple[Record, Meant]], found: Draft, partners: Mapping[int, Partner]
) -> Iterator[Doubtful]:
    for record, meant in rows:
        known = partners.get(meant.id) or Partner(found.targets[meant.id][0].name)
        several = tuple(partners[number] for number in meant.among if number in partners)
        which = several if meant.clue is Clue.SEVERAL else (known,)
        why = Reason(LIKELY[meant.clue], {"name": known.name})
        yield Doubtful(record, (why,), sort_of(meant), which)


def _news(step: Step, standings: Mapping[int, Standing]) -> tuple[Told, ...]:
    """What the rows note of persons and is not noted yet; nothing is ever taken back."""
    found = []
    for one in step.told:
        standing = standings.get(one.of(step.after).id, Standing())
        told_on = None if standing.informed else one.told.told_on
        wish = bool(one.told.no_contact) and not standing.no_contact
        if told_on or wish:
            found.append(replace(one, told=replace(one.told, told_on=told_on, no_contact=wish)))
    return tuple(found)


def lines_of(record: Record) -> tuple[Line, ...]:
    """The rows that a record came from; our own JSON has numbers only."""
    return record.lines or tuple(Line(number, ()) for number in record.numbers)
