"""Which partner of the register a row means.

Asked in this order: the number of our own export, the CVR number, the address of a contact person,
the website, the host of a mail address, the name. What of these points to one partner whose name
fits as well is that partner. Where the name does not fit it is only likely, and somebody decides.
What many share (a municipality's CVR number, its mail) tells nothing by itself.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from bot.import_traits import CROWD, Clue, Traits
from bot.likeness import SIMILAR, similarity
from bot.translation import mark

# A word that more names hold tells nothing by itself ("kultur").
_TELLING = 20
_SHORTEST_WORD = 4
_SHORTEST_HALF = 4
# A name within another ("Springbræt" in "Springbræt Aarhus") tells something from here on.
_SHORTEST_WITHIN = 6
_NOBODY: frozenset[str] = frozenset()


# What is said where it is only likely.
LIKELY = {
    Clue.NUMBER: mark("It has the number of “{name}”, but another name."),
    Clue.CVR: mark("It has the CVR number of “{name}”, but another name."),
    Clue.PERSON: mark("It has a contact person of “{name}”, but another name."),
    Clue.WEBSITE: mark("It has the website of “{name}”, but another name."),
    Clue.NAME: mark("It is called the same as “{name}”, but has another CVR number."),
    Clue.SEVERAL: mark("You have several partners called “{name}”."),
    Clue.SIMILAR: mark("It is called nearly the same as “{name}”."),
}


@dataclass(frozen=True)
class Meant:
    """The partner (its id) that a row means, why, and whether that is certain.

    Where it may be one of several of that name these are `among`, without those of the file itself.
    """

    id: int
    clue: Clue
    certain: bool
    among: tuple[int, ...] = ()


class Known:
    """The partners of the register, and those of the file that came before, to be recognised.

    `moved` leads from the numbers of partners that were made one with another to that; `crowded`
    are marks of the file that many of its rows share.
    """

    def __init__(
        self,
        known: Iterable[Traits],
        moved: dict[int, int],
        crowded: Collection[str] = frozenset(),
    ) -> None:
        self._moved = moved
        self._crowded = crowded
        self._names: dict[int, frozenset[str]] = {}
        self._called: set[str] = set()
        self._cvrs: dict[int, str] = {}
        self._by: defaultdict[str, list[int]] = defaultdict(list)
        self._alike: defaultdict[str, list[str]] = defaultdict(list)
        for one in known:
            self.add(one, one.id)

    def add(self, one: Traits, number: int) -> None:
        """Know one more, or more of the one with that number."""
        self._names[number] = self._names.get(number, _NOBODY) | one.names
        self._cvrs[number] = one.cvr or self._cvrs.get(number, "")
        for name in one.names - self._called:
            for key in _keys(name):
                self._alike[key].append(name)
        self._called |= one.names
        for those in one.marks.values():
            for each in those:
                self._by[each].append(number)

    def meant(self, row: Traits) -> Meant | None:
        """The partner that the row means; None for one that nobody knows yet."""
        numbered = self._by_number(row)
        if numbered and numbered.certain:
            return numbered
        named = self._by_clue(row) or self._by_name(row)
        if named and named.certain:
            return named
        return numbered or named or self._likely(row)

    def _by_number(self, row: Traits) -> Meant | None:
        number = self._moved.get(row.id, row.id)
        if number not in self._names:
            return None
        same = bool(row.cvr) and row.cvr == self._cvrs[number]
        certain = not row.names or same or self._agree(row, number)
        return Meant(number, Clue.NUMBER, certain)

    def _by_clue(self, row: Traits) -> Meant | None:
        for clue, holders in self._pointing(row):
            fitting = [number for number in holders if self._names[number] & row.names]
            if not fitting and len(holders) <= CROWD:
                fitting = [number for number in holders if self._agree(row, number)]
            if len(fitting) == 1 and not self._contradicts(row, fitting[0]):
                return Meant(fitting[0], clue, certain=True)
        return None

    def _by_name(self, row: Traits) -> Meant | None:
        called = self._holders(row.marks.get(Clue.NAME, ()))
        fitting = [number for number in called if not self._contradicts(row, number)]
        if len(fitting) == 1:
            return Meant(fitting[0], Clue.NAME, certain=True)
        if fitting:
            registered = tuple(number for number in fitting if number > 0)
            return Meant(fitting[0], Clue.SEVERAL, certain=False, among=registered)
        return Meant(called[0], Clue.NAME, certain=False) if called else None

    def _likely(self, row: Traits) -> Meant | None:
        for clue, holders in self._pointing(row):
            telling = clue is not Clue.MAIL_DOMAIN  # a host that two share is /partner dubletter's
            if telling and 0 < len(holders) <= CROWD:
                return Meant(holders[0], clue, certain=False)
        near = {
            other
            for name in row.names
            for key in _keys(name)
            if len(self._alike.get(key, ())) <= _TELLING
            for other in self._alike.get(key, ())
            if _similar(name, other)
        }
        alike = self._holders(f"{Clue.NAME}:{name}" for name in sorted(near))
        alike = [number for number in alike if not self._contradicts(row, number)]
        return Meant(alike[0], Clue.SIMILAR, certain=False) if alike else None

    def _pointing(self, row: Traits) -> Iterator[tuple[Clue, Sequence[int]]]:
        for clue in (Clue.CVR, Clue.PERSON, Clue.WEBSITE, Clue.MAIL_DOMAIN):
            mine = row.marks.get(clue)
            if mine:
                yield clue, self._holders([one for one in mine if one not in self._crowded])

    def _holders(self, asked: Iterable[str]) -> list[int]:
        found = {number for one in asked for number in self._by.get(one, ())}
        if not found:
            return []
        return sorted(found, key=lambda number: (number < 0, abs(number)))

    def _contradicts(self, row: Traits, number: int) -> bool:
        """Two CVR numbers are two companies."""
        return bool(row.cvr and self._cvrs[number]) and row.cvr != self._cvrs[number]

    def _agree(self, row: Traits, number: int) -> bool:
        return any(
            name == other or _similar(name, other) or _within(name, other)
            for name in row.names
            for other in self._names[number]
        )


def _keys(name: str) -> set[str]:
    """One slip leaves a word of a name as it was, or the first half of all, or the last."""
    words = {word for word in name.split() if len(word) >= _SHORTEST_WORD}
    letters = name.replace(" ", "")
    half = len(letters) // 2
    if half < _SHORTEST_HALF:
        return words
    return words | {f"<{letters[:half]}", f"<{letters[: half - 1]}", f">{letters[-half:]}"}


def _similar(name: str, other: str) -> bool:
    if [word for word in name.split() if word.isdigit()] != [
        word for word in other.split() if word.isdigit()
    ]:  # the third troop and the fourth are two
        return False
    return name != other and similarity(name, other) >= SIMILAR


def _within(name: str, other: str) -> bool:
    shorter, longer = sorted((name, other), key=len)
    return len(shorter) >= _SHORTEST_WITHIN and f" {shorter} " in f" {longer} "
