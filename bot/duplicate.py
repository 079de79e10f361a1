"""Which of all partners may be one and the same, and how sure that makes us.

Ten thousand partners are fifty million pairs. Only those are compared that share something: a CVR
number, an address, a person, or something of the name (bot/duplicate_names.py).
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import combinations, product
from math import prod

from bot.duplicate_names import Marks, alike, near
from bot.likeness import Reason

# What more partners share is a municipality's: its CVR number, its mail, its web server.
_CROWD = 4

# How far each reason convinces by itself (0 to 1); several convince more than the best of them.
_WEIGHT: Mapping[Reason, float] = {
    Reason.CVR: 0.9,
    Reason.NAME: 0.85,
    Reason.WEBSITE: 0.8,
    Reason.SIMILAR_NAME: 0.7,
    Reason.PERSON: 0.5,
    Reason.MAIL_DOMAIN: 0.4,
}
# A large register has very many pairs: while there are all of them, their reasons are a number.
_BIT = {reason: 1 << n for n, reason in enumerate(_WEIGHT)}


@dataclass(frozen=True)
class Traits:
    """What a partner is recognised by, each in one spelling."""

    id: int
    names: frozenset[str]  # as bot.text.bare_name makes them
    cvr: str = ""
    sites: frozenset[str] = frozenset()
    mail_domains: frozenset[str] = frozenset()
    people: frozenset[str] = frozenset()  # their mail addresses, telephone numbers and whole names
    archived: bool = False


@dataclass(frozen=True)
class Pair:
    """Two that may be one, the lower number first, with the reasons, the strongest first."""

    one_id: int
    other_id: int
    reasons: tuple[Reason, ...]
    score: float  # 0 to 1


_Found = defaultdict[tuple[int, int], int]


def ordered(one: int, other: int) -> tuple[int, int]:
    """The key of a pair, whichever is named first."""
    return (one, other) if one < other else (other, one)


class Comparison:
    """All partners, told of in parts, and the pairs among them."""

    def __init__(self) -> None:
        """Nobody is known yet."""
        self._names = Marks()
        self._marks = {
            Reason.CVR: Marks(),
            Reason.WEBSITE: Marks(),
            Reason.MAIL_DOMAIN: Marks(),
            Reason.PERSON: Marks(),
        }
        self._archived: set[int] = set()

    def add(self, partners: Iterable[Traits]) -> None:
        """Some more of them; each once."""
        for one in partners:
            self._names.add((name, one.id) for name in one.names)
            of = {Reason.WEBSITE: one.sites, Reason.MAIL_DOMAIN: one.mail_domains}
            of |= {Reason.PERSON: one.people, Reason.CVR: frozenset(filter(None, [one.cvr]))}
            for reason, marks in of.items():
                self._marks[reason].add((mark, one.id) for mark in marks)
            if one.archived:
                self._archived.add(one.id)

    def pairs(self, apart: Collection[tuple[int, int]] = ()) -> "Likely":
        """Those that may be one, the likeliest first; without the pairs decided to be `apart`.

        Of two in the archive nobody needs to know.
        """
        found: _Found = defaultdict(int)
        for reason, marks in self._marks.items():
            for ids in marks.shared.values():
                if len(ids) <= _CROWD:
                    for key in combinations(sorted(ids), 2):
                        found[key] |= _BIT[reason]
        for key, reason in _named_alike(self._names):
            found[key] |= _BIT[reason]
        return Likely(
            (*key, bits)
            for key, bits in found.items()
            if key not in apart and not self._archived.issuperset(key)
        )


class Likely:
    """Pairs, the likeliest first."""

    def __init__(self, pairs: Iterable[tuple[int, int, int]]) -> None:
        """`pairs` are two numbers of partners each, and their reasons' bits."""
        self._pairs = sorted((-_score(bits), one, other, bits) for one, other, bits in pairs)

    def __len__(self) -> int:
        return len(self._pairs)

    def __getitem__(self, some: slice) -> list[Pair]:
        return [
            Pair(one, other, _reasons(bits), -score)
            for score, one, other, bits in self._pairs[some]
        ]

    def about(self, partners: Collection[int]) -> "Likely":
        """Only those with one of these."""
        return Likely(
            (one, other, bits)
            for _, one, other, bits in self._pairs
            if one in partners or other in partners
        )


@cache
def _score(bits: int) -> float:
    return round(1 - prod(1 - _WEIGHT[reason] for reason in _reasons(bits)), 3)


def _reasons(bits: int) -> tuple[Reason, ...]:
    """The strongest first."""
    if bits & _BIT[Reason.NAME]:
        bits &= ~_BIT[Reason.SIMILAR_NAME]  # another of their names
    return tuple(reason for reason, bit in _BIT.items() if bits & bit)


def _named_alike(named: Marks) -> Iterator[tuple[tuple[int, int], Reason]]:
    for ids in named.shared.values():
        for key in near(ids):
            yield key, Reason.NAME
    for name, another in alike(sorted(named)):
        for one, other in product(named.holders(name), named.holders(another)):
            if one != other:
                yield ordered(one, other), Reason.SIMILAR_NAME
