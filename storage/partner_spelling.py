"""Which known words a mistyped one may have meant.

Letters here are Danish ones: the folded "aa", "ae" and "oe" count as one letter each, because the
slip of one key on a Danish keyboard changes å, æ or ø.
"""

from collections.abc import Collection, Iterator, Sequence
from string import ascii_lowercase, digits

# Shorter words have too many neighbours; "two in long words" is generous only where it is safe.
SHORTEST_FORGIVEN = 4
SHORTEST_FORGIVEN_TWICE = 8
# A word begun with a slip in it is recognised from this length on.
SHORTEST_BEGUN = 6
# Slips among the first letters are tried out one by one; behind them the beginning finds the word.
HEAD = 4

_DANISH = {"å": "aa", "æ": "ae", "ø": "oe"}
_ALPHABET = ascii_lowercase + digits + "".join(_DANISH)


def slips_forgiven(word: str) -> int:
    """How many typing errors a folded word of that length may hold."""
    if len(word) < SHORTEST_FORGIVEN:
        return 0
    return 1 if len(word) < SHORTEST_FORGIVEN_TWICE else 2


def shortest_meant(typed: str) -> int:
    """The length of the shortest word that the typed one can stand for; å counts as two letters."""
    return len(typed) - 2 * slips_forgiven(typed)


def respelled(typed: str) -> set[str]:
    """All words that one slip within the first letters could have turned into the typed one."""
    found: set[str] = set()
    for word in {typed, _danish(typed)}:
        for at in range(min(HEAD + 1, len(word) + 1)):
            before, behind = word[:at], word[at:]
            found.update(before + letter + behind for letter in _ALPHABET)
            found.update(before + letter + behind[1:] for letter in _ALPHABET)
            found.add(before + behind[1:])
            found.add(before + behind[1:2] + behind[:1] + behind[2:])
    return {*_folded(" ".join(found)).split()} - {typed}


def nearest(typed: str, known: Collection[str], *, limit: int) -> list[str]:
    """The known words within the forgiven slips, the nearest first; swapped letters are one slip.

    Where enough is typed, the beginning of a known word counts as the whole.
    """
    forgiven = slips_forgiven(typed)
    shortest = shortest_meant(typed)
    words = [word for word in known if len(word) >= shortest]
    if not words:
        return []
    readings = [(typed, words, words)]
    danish = _danish(" ".join(words)).split(" ")
    if _danish(typed) != typed:
        readings.append((_danish(typed), danish, words))
    else:  # then only those with such letters read differently
        differing = [(form, word) for form, word in zip(danish, words, strict=True) if form != word]
        readings.append((typed, [form for form, _ in differing], [word for _, word in differing]))
    slips: dict[str, int] = {}
    for read, forms, spelled in readings:
        for at, distance in _within(read, forms, forgiven):
            slips[spelled[at]] = min(distance, slips.get(spelled[at], distance))
    return sorted(slips, key=lambda word: (slips[word], word))[:limit]


def _within(typed: str, forms: Sequence[str], forgiven: int) -> Iterator[tuple[int, int]]:
    """The places of the forms that are near enough, and how near."""
    from rapidfuzz import process  # noqa: PLC0415 - needed for a misspelled word, not at start-up
    from rapidfuzz.distance import OSA  # noqa: PLC0415 - as above

    size = len(typed)
    groups = [forms]
    if size >= SHORTEST_BEGUN:
        # Where two slips are forgiven, a letter too many or too few is a second one at the cut.
        lengths = (size,) if forgiven > 1 else (size - 1, size, size + 1)
        groups += [[form[:length] for form in forms] for length in lengths]
    for group in groups:
        near = process.extract(typed, group, scorer=OSA.distance, score_cutoff=forgiven, limit=None)
        yield from ((at, distance) for _, distance, at in near)


def _danish(folded: str) -> str:
    for letter, pair in _DANISH.items():
        folded = folded.replace(pair, letter)
    return folded


def _folded(danish: str) -> str:
    for letter, pair in _DANISH.items():
        danish = danish.replace(letter, pair)
    return danish
