"""Which rows of a file go to which partner, and what the register knows that this asks for."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from bot.errors import UserError
from bot.import_match import Known, Meant
from bot.import_record import Record, Refused
from bot.import_traits import Clue, Traits, crowded, traits
from bot.translation import mark

# The largest Danish library has a few thousand partners, and all of a plan is held in memory.
MOST = 20_000

TOO_MANY = mark(
    "There are more than {most} partners in the file. Divide it, and read in one part at a time."
)


class Likely(StrEnum):
    """What becomes of a row that is likely a partner we have."""

    LEAVE = "leave"
    SAME = "same"
    NEW = "new"


@dataclass(frozen=True)
class Choice:
    """What somebody decides about the doubtful rows; by default they are left out."""

    likely: Likely = Likely.LEAVE
    unclear: bool = False  # take rows in which a value was not understood, as far as it was


@dataclass(frozen=True)
class Register:
    """What the register knows that a plan asks for, beside the partners themselves."""

    team: str
    known: tuple[Traits, ...]
    moved: Mapping[int, int] = field(default_factory=dict)  # of those made one with another
    busy: frozenset[int] = frozenset()  # partners with something running in the circle
    last: Mapping[int, date] = field(default_factory=dict)  # the last contact
    forgotten: frozenset[str] = frozenset()  # tombstones


@dataclass
class Draft:
    """Which rows go to which partner; `targets` by its number, negative for one that is new."""

    targets: dict[int, list[Record]] = field(default_factory=lambda: defaultdict(list))
    numbered: set[int] = field(default_factory=set)  # of targets that our own number led to
    likely: list[tuple[Record, Meant]] = field(default_factory=list)
    unclear: list[Record] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)

    @property
    def meant(self) -> list[int]:
        """The numbers of the partners that must be loaded to go on."""
        named = {meant.id for _, meant in self.likely}
        return sorted(number for number in {*self.targets, *named} if number > 0)


def draft(records: Iterable[Record | Refused], register: Register, choice: Choice) -> Draft:
    """Find out whom every row means.

    Raises:
        UserError: there are too many.
    """
    found = Draft()
    rows: list[tuple[Record, Traits]] = []
    for seen, one in enumerate(records):
        if seen == MOST:
            raise UserError(TOO_MANY, most=MOST)
        if isinstance(one, Refused):
            found.refused.append(one)
        elif one.doubts and not choice.unclear:
            found.unclear.append(one)
        else:
            rows.append((one, _traits(one)))
    known = Known(register.known, dict(register.moved), crowded(row for _, row in rows))
    for new, (record, row) in enumerate(rows, 1):
        _assign(found, known, (record, row), choice.likely, -new)
    return found


def _traits(record: Record) -> Traits:
    said = record.fields
    names = (record.name, *said.get("other_names", ()))
    return traits(record.id, names, record.cvr, str(said.get("website", "")), record.emails)


def _assign(
    found: Draft, known: Known, row: tuple[Record, Traits], likely: Likely, new: int
) -> None:
    record, own = row
    meant = known.meant(own)
    if meant and meant.clue is Clue.NUMBER and not meant.certain and record.ours:
        meant = known.meant(replace(own, id=0))  # the numbers of another library's register
    if meant and not meant.certain and (likely is Likely.LEAVE or meant.clue is Clue.SEVERAL):
        if likely is not Likely.NEW:
            found.likely.append((record, meant))
            return
        meant = None
    elif meant and not meant.certain and likely is Likely.NEW:
        meant = None
    target = meant.id if meant else new
    if meant and meant.clue is Clue.NUMBER:
        found.numbered.add(target)
    found.targets[target].append(record)
    known.add(own, target)
