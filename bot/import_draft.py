"""Which rows of a file go to which partner, and what the register knows that this asks for."""

from collections import defaultdict, deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from bot.errors import UserError
from bot.import_choice import Choice, Likely
from bot.import_limits import MOST_PARTNERS, TOO_MANY
from bot.import_match import Known, Meant
from bot.import_record import Record, Refused
from bot.import_story import Idea
from bot.import_traits import Clue, Traits, crowded, traits


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
    settled: list[tuple[Record, Meant | None]] = field(default_factory=list)  # decided to be read
    refused: list[Refused] = field(default_factory=list)
    ideas: list[Idea] = field(default_factory=list)

    @property
    def meant(self) -> list[int]:
        """The numbers of the partners that must be loaded to go on."""
        doubts = (*self.likely, *self.settled)
        named = {number for _, meant in doubts if meant for number in (meant.id, *meant.among)}
        return sorted(number for number in {*self.targets, *named} if number > 0)


def draft(records: Iterable[Record | Refused | Idea], register: Register, choice: Choice) -> Draft:
    """Find out whom every row means.

    Raises:
        UserError: there are too many.
    """
    found = Draft()
    rows: deque[tuple[Record, Traits]] = deque()
    for one in records:
        if isinstance(one, Refused):
            found.refused.append(one)
        elif isinstance(one, Idea):
            found.ideas.append(one)
        elif one.doubts and not choice.takes(one):
            found.unclear.append(one)
        else:
            found.settled += [(one, None)] if one.doubts else []
            rows.append((one, _traits(one)))
    known = Known(register.known, dict(register.moved), crowded(row for _, row in rows))
    for new in range(1, len(rows) + 1):
        # Taken out, for the traits of all rows take more room than the rows.
        _assign(found, known, rows.popleft(), choice, -new)
        if len(found.targets) > MOST_PARTNERS:
            raise UserError(TOO_MANY, most=MOST_PARTNERS)
    return found


def _traits(record: Record) -> Traits:
    said = record.fields
    names = (record.name, *said.get("other_names", ()))
    return traits(record.id, names, record.cvr, str(said.get("website", "")), record.emails)


def _assign(
    found: Draft, known: Known, row: tuple[Record, Traits], choice: Choice, new: int
) -> None:
    record, own = row
    meant = known.meant(own)
    if meant and meant.clue is Clue.NUMBER and not meant.certain and record.ours:
        meant = known.meant(replace(own, id=0))  # the numbers of another library's register
    target = meant.id if meant else new
    if meant and not meant.certain:
        answer, partner = choice.answer(record, meant)
        if answer is Likely.LEAVE:
            found.likely.append((record, meant))
            return
        found.settled.append((record, meant))
        target = new if answer is Likely.NEW else partner
    if meant and meant.clue is Clue.NUMBER and target == meant.id:
        found.numbered.add(target)
    found.targets[target].append(record)
    known.add(own, target)
