"""Which names differ by a slip or so: "Pixelværket" and "Pikselværket".

Ten thousand names are fifty million pairs. Only those are compared that stand side by side in the
alphabet, or share something: a telling word, or half of their letters.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

# A word that more names hold tells nothing by itself ("kultur").
_TELLING = 20
_SHORTEST_WORD = 4
# Each is compared with so many that follow in the alphabet, and among those that share half a name.
_NEIGHBOURS = 6
_SHORTEST_HALF = 3
# Under this share of equal letters, two names are two names (0 to 100); as in bot.likeness.
_SIMILAR = 85
# And so much of what is left of them without the words that both have.
_REST = 80


class Marks:
    """Who carries each mark; all marks in turn, and in `shared` those that several carry.

    Most are one partner's: a number is kept of it, and a set only where there are more, for what
    Python's collector of garbage must look through holds up everybody.
    """

    def __init__(self, marked: Iterable[tuple[str, int]] = ()) -> None:
        self._first: dict[str, int] = {}
        self.shared: dict[str, set[int]] = {}
        self.add(marked)

    def add(self, marked: Iterable[tuple[str, int]]) -> None:
        """Some more marks, each with who carries it."""
        first, shared = self._first, self.shared
        for mark, item in marked:
            if mark in shared:
                shared[mark].add(item)
            elif first.setdefault(mark, item) != item:
                shared[mark] = {first[mark], item}

    def holders(self, mark: str) -> Collection[int]:
        """Who carries a mark that is known."""
        return self.shared.get(mark) or (self._first[mark],)

    def __iter__(self) -> Iterator[str]:
        return iter(self._first)


def alike(names: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The names that differ by a slip or so, compared where they share something telling.

    `names` are in the order of the alphabet.
    """
    from rapidfuzz import fuzz  # noqa: PLC0415 - loaded when somebody asks for duplicates

    spellings = (
        [name.replace(" ", "") for name in names],
        ["".join(sorted(name.split())) for name in names],  # the same words in another order
    )
    for at, others in _candidates(names).items():
        close = {other for spelled in spellings for other in _close(spelled, at, others)}
        for other in sorted(close):
            # The third troop and the fourth are two.
            same = _numbers(names[at]) == _numbers(names[other])
            if same and fuzz.ratio(*_apart(names[at], names[other])) >= _REST:
                yield names[at], names[other]


def _close(spelled: Sequence[str], at: int, others: Collection[int]) -> Iterator[int]:
    """Those of the others that have nearly all letters of the one; a list at a time, for speed."""
    from rapidfuzz import fuzz, process  # noqa: PLC0415 - as above

    choices = {other: spelled[other] for other in others}
    found = process.extract(
        spelled[at], choices, scorer=fuzz.ratio, score_cutoff=_SIMILAR, limit=None
    )
    return (other for _, _, other in found)


def _numbers(name: str) -> list[str]:
    return [word for word in name.split() if word.isdigit()]


def _apart(one: str, other: str) -> tuple[str, str]:
    """What is left of two names without the words of both; where one has no more, all of them.

    Two music schools are not one because of "musikskole".
    """
    mine, theirs = one.split(), other.split()
    left = ["".join(sorted(word for word in mine if word not in theirs))]
    left.append("".join(sorted(word for word in theirs if word not in mine)))
    return (left[0], left[1]) if all(left) else ("", "")


def _candidates(names: Sequence[str]) -> Mapping[int, set[int]]:
    """The places of names to compare: of each the later ones that share something with it."""
    found: defaultdict[int, set[int]] = defaultdict(set)
    _set_side_by_side(found, range(len(names)), _NEIGHBOURS)  # one with a longer ending
    words = Marks((word, at) for at, name in enumerate(names) for word in name.split())
    for word, holders in words.shared.items():
        if len(word) >= _SHORTEST_WORD and len(holders) <= _TELLING:
            _set_side_by_side(found, holders, _TELLING)
    halves = Marks((half, at) for at, name in enumerate(names) for half in _halves(name))
    for half, holders in halves.shared.items():
        if len(half) > _SHORTEST_HALF:
            _set_side_by_side(found, holders, _reach(holders))
    return found


def _set_side_by_side(
    found: defaultdict[int, set[int]], holders: Collection[int], reach: int
) -> None:
    inside = sorted(holders)
    for at, one in enumerate(inside, 1):
        if later := inside[at : at + reach]:
            found[one].update(later)


def _halves(name: str) -> Iterator[str]:
    """One slip leaves the first half of a name as it was, or the last; a letter may be missing."""
    parts = name.split()
    for letters in {"".join(parts), "".join(sorted(parts))}:
        for length in {len(letters) // 2, (len(letters) - 1) // 2}:
            yield f"<{letters[:length]}"
            yield f">{letters[len(letters) - length :]}"


def near(block: Collection[int]) -> Iterator[tuple[int, int]]:
    """Every two of a block; in a big one only those that stand side by side."""
    inside = sorted(block)
    for at, one in enumerate(inside, 1):
        for other in inside[at : at + _reach(inside)]:
            yield one, other


def _reach(block: Collection[int]) -> int:
    return len(block) if len(block) <= _TELLING else _NEIGHBOURS
