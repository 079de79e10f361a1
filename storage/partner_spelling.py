"""Which known words a mistyped one may have meant.

Letters here are Danish ones: the folded "aa", "ae" and "oe" count as one letter each, because the
slip of one key on a Danish keyboard changes å, æ or ø.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
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
    return {_folded(word) for word in found} - {typed, ""}


def nearest(typed: str, known: Collection[str], *, limit: int) -> list[str]:
    """The known words within the forgiven slips, the nearest first; swapped letters are one slip.

    Where enough is typed, the beginning of a known word counts as the whole.
    """
    forgiven = slips_forgiven(typed)
    slips: dict[str, int] = {}
    as_danish = {_danish(word): word for word in known}
    if _danish(typed) == typed:  # then only those with such letters read differently
        as_danish = {form: word for form, word in as_danish.items() if form != word}
    for read, forms in ((typed, {word: word for word in known}), (_danish(typed), as_danish)):
        for form, distance in _within(read, forms, forgiven):
            word = forms[form]
            slips[word] = min(distance, slips.get(word, distance))
    return sorted(slips, key=lambda word: (slips[word], word))[:limit]


def _within(typed: str, forms: Collection[str], forgiven: int) -> Iterator[tuple[str, int]]:
    from rapidfuzz import process  # noqa: PLC0415 - needed for a misspelled word, not at start-up
    from rapidfuzz.distance import OSA  # noqa: PLC0415 - as above

    size = len(typed)
    groups: list[Mapping[str, Sequence[str]]] = [
        {form: [form] for form in forms if abs(len(form) - size) <= forgiven}
    ]
    if size >= SHORTEST_BEGUN:
        # Where two slips are forgiven, a letter too many or too few is a second one at the cut.
        lengths = (size,) if forgiven > 1 else (size - 1, size, size + 1)
        groups += [_begun(forms, length) for length in lengths]
    for group in groups:
        for begun, distance, _ in process.extract_iter(
            typed, list(group), scorer=OSA.distance, score_cutoff=forgiven
        ):
            yield from ((form, distance) for form in group[begun])


def _begun(words: Iterable[str], length: int) -> Mapping[str, Sequence[str]]:
    """The words by their first letters."""
    begun = defaultdict(list)
    for word in words:
        begun[word[:length]].append(word)
    return begun


def _danish(folded: str) -> str:
    for letter, pair in _DANISH.items():
        folded = folded.replace(pair, letter)
    return folded


def _folded(danish: str) -> str:
    for letter, pair in _DANISH.items():
        danish = danish.replace(letter, pair)
    return danish
