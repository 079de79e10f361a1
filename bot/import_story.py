"""What our own JSON tells of a partner beside the card: contacts, moves, checks, evaluations.

They are nobody's: a file never says who noted, moved or checked (`unsigned`, bot/export_json.py).
What the register has already is not told twice, and nothing of it is changed.
"""

from collections import Counter
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

from bot.circle import Level, Move
from bot.contact import Contact
from bot.evaluation_told import Told
from bot.text import fold
from bot.tjek import Check

T = TypeVar("T")
CheckKey = tuple[datetime, str]  # when it was begun, and of what
EvaluationKey = tuple[datetime, str]  # when it was opened, and with which instrument


@dataclass(frozen=True, slots=True)
class Story:
    """All that happened; without who did it.

    `born`: when the partner came into the register. `word` goes where somebody is named who was
    anonymised here, in the library's language.
    """

    contacts: tuple[Contact, ...] = ()
    moves: tuple[Move, ...] = ()
    checks: tuple[Check, ...] = ()
    born: datetime | None = None
    word: str = ""
    evaluations: tuple[Told, ...] = ()

    @property
    def counts(self) -> Counter[str]:
        """How many there are of each."""
        many = {
            "contacts": self.contacts,
            "moves": self.moves,
            "checks": self.checks,
            "evaluations": self.evaluations,
        }
        return Counter({name: len(those) for name, those in many.items()})

    @property
    def tells(self) -> bool:
        """Whether anything happened."""
        return bool(self.contacts or self.moves or self.checks or self.evaluations)

    def leads_to(self, level: Level) -> bool:
        """Whether the last of the moves led there."""
        last = max(self.moves, key=lambda move: move.at, default=None)
        return last is not None and last.to_level is level


@dataclass(frozen=True, slots=True)
class Idea:
    """A check of an idea that has no partner, and which of the file's entries it is."""

    number: int
    check: Check
    word: str = ""  # as of a Story


@dataclass(frozen=True)
class Past:
    """What the register tells already: by partner, also of what was undone; and all checks."""

    contacts: Mapping[int, Sequence[Contact]] = field(default_factory=dict)
    moves: Mapping[int, Sequence[Move]] = field(default_factory=dict)
    checks: frozenset[CheckKey] = frozenset()
    evaluations: Mapping[int, frozenset[EvaluationKey]] = field(default_factory=dict)


NOTHING = Past()


def joined(stories: Iterable[Story | None]) -> Story:
    """One story of several of the same partner."""
    told = [one for one in stories if one]
    return Story(
        tuple(contact for one in told for contact in one.contacts),
        tuple(move for one in told for move in one.moves),
        tuple(check for one in told for check in one.checks),
        min((one.born for one in told if one.born), default=None),
        evaluations=tuple(each for one in told for each in one.evaluations),
    )


def untold(story: Story, number: int, past: Past) -> Story:
    """What of it the register does not tell yet of the partner of that number."""
    return Story(
        _untold_contacts(story.contacts, past.contacts.get(number, ())),
        _without(story.moves, past.moves.get(number, ()), _of_move),
        untold_checks(story.checks, past),
        story.born,
        evaluations=_untold_evaluations(story, past.evaluations.get(number, frozenset())),
    )


def untold_checks(checks: Iterable[Check], past: Past) -> tuple[Check, ...]:
    """Those that are not in the register, each once."""
    new = {key_of(check): check for check in checks if key_of(check) not in past.checks}
    return tuple(new.values())


def key_of(check: Check) -> CheckKey:
    """What tells a check from all others; of what it was comes to may be written later."""
    return check.started_at, fold(check.idea)


def _untold_contacts(told: Sequence[Contact], known: Sequence[Contact]) -> tuple[Contact, ...]:
    """Without those that stand here alike, and those that somebody here corrected or undid."""
    standing = [one for one in known if one.undone_at is None]
    touched = {one.noted_at for one in known if one.undone_at or one.version > 1}
    left = _without(told, standing, _of_contact)
    return tuple(one for one in left if one.noted_at not in touched)


def _untold_evaluations(story: Story, known: Collection[EvaluationKey]) -> tuple[Told, ...]:
    new = {(one.opened_at, one.instrument.id): one for one in story.evaluations}
    return tuple(one for key, one in new.items() if key not in known)


def _of_contact(one: Contact) -> Hashable:
    return one.on, one.kind, fold(one.about), fold(one.with_whom)


def _of_move(one: Move) -> Hashable:
    return one.at, one.from_level, one.to_level, one.why


def _without(told: Sequence[T], known: Sequence[T], key: Callable[[T], Hashable]) -> tuple[T, ...]:
    """As many of each as are not known yet; in a file, too, two may be alike."""
    here = Counter(map(key, known))
    left: list[T] = []
    for one in told:
        if here[key(one)]:
            here[key(one)] -= 1
        else:
            left.append(one)
    return tuple(left)
