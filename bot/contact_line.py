"""Reading a typed line or a message: which partner is meant, and what kind of contact it was.

Words are compared as bot.text.fold spells them: "moede" is the one with ø.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import takewhile
from operator import eq

from bot.contact import Kind
from bot.text import bare_name, nearest, one_line, words

# A name of more words is told from others by its first ones.
LEAD_WORDS = 6
# What a message is about stands in its beginning.
MESSAGE_WORDS = 100

# The share of letters that must agree for a slip to be forgiven: one letter in five.
_ALIKE = 0.8
# A shorter word begins too many names, and too many sentences.
_SHORTEST_PART = 4
# In running text a single word of a longer name means them only when it is long: "byens" is not
# yet Byens Museum.
_LONG_PART = 6

_TELLING = {
    Kind.TALKED: r"tal(?:te|t|er)|snak\w*|ring(?:ede|et|er|e)|\w*opkald\w*|telefon\w*|tlf"
    r"|\w*samtale\w*|talk(?:ed|ing)?|spoken?|speak|call(?:ed)?|phone\w*",
    Kind.MET: r"\w*moed(?:et|er|es|e)|moed(?:te|tes|t)|\w*besoeg\w*|kaffe\w*|frokost\w*"
    r"|met|meeting\w*|visit\w*|coffee|lunch",
    Kind.MAIL: r"\w*mail\w*|skr(?:ev|evet|iver|ive)|brev(?:et)?|svarede|sms\w*|besked(?:er|en)?"
    r"|wrote|written|letter|message\w*|texted",
    Kind.EVENT: r"\w*arrangement\w*|event\w*|\w*oplaeg\w*|foredrag\w*|\w*workshop\w*|\w*koncert\w*"
    r"|\w*festival\w*|fernisering\w*|reception\w*|\w*messen?|\w*konference\w*|kulturnat\w*"
    r"|concert|conference|fair",
}
_KIND_OF_WORD = {kind: re.compile(pattern) for kind, pattern in _TELLING.items()}

_WORD = re.compile(r"[^\W_](?:[^\W_]|[\u0300-\u036f])*")
_BETWEEN = " \t.,:;!?-\u2010\u2013\u2014\u2019'\"\u201d\u00bb)"  # a name and what is said of it

Names = Iterable[tuple[int, str]]  # partner ids with a name of theirs; several rows for several


@dataclass(frozen=True)
class Reading:
    """A partner that the typed line begins with, and the text that remains."""

    partner_id: int
    text: str


class _Rank(IntEnum):
    WHOLE = 0  # all words of a name
    PART = 1  # its first words
    LOOSE = 2  # the same, a word only begun or misspelled
    INNER = 3  # later words of it: people say "Tinden" of Klatreklubben Tinden


@dataclass(frozen=True)
class _Fit:
    partner_id: int
    rank: _Rank
    length: int  # in words


def guess_kind(text: str) -> Kind:
    """What kind of contact the first telling word says it was, in Danish or English."""
    return next(_kinds(words(text)), Kind.TALKED)


def _kinds(folded: Iterable[str]) -> Iterator[Kind]:
    for word in folded:
        yield from (kind for kind, form in _KIND_OF_WORD.items() if form.fullmatch(word))


def lead_words(line: str) -> list[str]:
    """The beginnings of a line that may be a name: its first word, its first two, up to six."""
    typed = one_line(line)
    ends = dict.fromkeys(end for _, end in _tokens(typed))
    return [typed[:end] for end in list(ends)[:LEAD_WORDS]]


def split(line: str, names: Names) -> list[Reading]:
    """The partners that the beginning of the line names, with what remains of it for each.

    The most words win; a name that is only begun, or misspelled, counts where it explains more
    words than a whole one does. Several are several that fit; none leaves the list empty.
    """
    typed = one_line(line)
    tokens = _tokens(typed)
    heads = [word for word, _ in tokens]
    fits = [fit for partner_id, name in names for fit in _fits(heads, partner_id, name)]
    longest = 0
    meant: dict[int, int] = {}
    for rank in _Rank:
        of_rank = [fit for fit in fits if fit.rank is rank]
        reach = max((fit.length for fit in of_rank), default=0)
        if reach > longest:
            longest = reach
            meant |= {fit.partner_id: reach for fit in of_rank if fit.length == reach}
    best_first = sorted(meant.items(), key=lambda item: -item[1])
    return [
        Reading(partner_id, typed[tokens[length - 1][1] :].lstrip(_BETWEEN))
        for partner_id, length in best_first
    ]


def phrases(text: str) -> list[str]:
    """The runs of one to six folded words in the beginning of a text: names may be among them."""
    said = words(text)[:MESSAGE_WORDS]
    runs = (
        " ".join(said[start : start + length])
        for length in range(1, LEAD_WORDS + 1)
        for start in range(len(said) - length + 1)
    )
    return list(dict.fromkeys(runs))


def guess_partner(text: str, names: Names, *, channel: str = "") -> int | None:
    """The partner that a message is about, by its words or else by its channel's name.

    A whole name says more than the beginning of one, a longer more than a shorter, and the first
    more than a later. None where nobody is named, or two alike.
    """
    known = list(names)
    for said in (words(text)[:MESSAGE_WORDS], words(channel)):
        told: dict[int, tuple[bool, int, int]] = {}
        for partner_id, name in known:
            if strength := _mention(said, name):
                told[partner_id] = max(strength, told.get(partner_id, strength))
        if told:
            best = max(told.values())
            meant = [partner_id for partner_id, strength in told.items() if strength == best]
            return meant[0] if len(meant) == 1 else None
    return None


def _mention(said: Sequence[str], name: str) -> tuple[bool, int, int] | None:
    """How strongly the words name them: the whole name or not, its letters, how early."""
    found = []
    for known in _spellings(name):
        for start in range(len(said)):
            length = _agreeing(said[start:], known, eq)
            letters = sum(map(len, known[:length]))
            whole = length == len(known)
            if length and (whole or length > 1 or letters >= _LONG_PART):
                found.append((whole, letters, -start))
    return max(found, default=None)


def _fits(heads: Sequence[str], partner_id: int, name: str) -> Iterator[_Fit]:
    for known in _spellings(name):
        equal = _agreeing(heads, known, eq)
        if equal == len(known):
            yield _Fit(partner_id, _Rank.WHOLE, equal)
        elif _tells(heads[:equal]):
            yield _Fit(partner_id, _Rank.PART, equal)
        near = _agreeing(heads, known, _near)
        if _tells(heads[:near]):
            yield _Fit(partner_id, _Rank.LOOSE, near)
        for start in range(1, len(known)):
            inner = _agreeing(heads, known[start:], eq)
            if _tells(heads[:inner]):
                yield _Fit(partner_id, _Rank.INNER, inner)


def _tells(part: Sequence[str]) -> bool:
    """Whether the beginning of a name says which: "meet with Anne" is not about Meeting Point."""
    return len(part) > 1 or any(
        len(word) >= _SHORTEST_PART and next(_kinds([word]), None) is None for word in part
    )


def _agreeing(heads: Sequence[str], known: Sequence[str], alike: Callable[[str, str], bool]) -> int:
    """How many words the two begin with alike."""
    pairs = zip(heads, known, strict=False)
    return sum(1 for _ in takewhile(lambda pair: alike(*pair), pairs))


def _near(typed: str, word: str) -> bool:
    """Whether the word was meant: equal, only begun, or with a slip in it."""
    return typed == word or nearest(typed, [word], likeness=_ALIKE) is not None


def _spellings(name: str) -> list[list[str]]:
    """The words of a name as it stands, and without legal form and owner."""
    whole, bare = words(name), bare_name(name).split()
    return [spelling for spelling in ([whole] if whole == bare else [whole, bare]) if spelling]


def _tokens(line: str) -> list[tuple[str, int]]:
    """The folded words of a line, each with the place in the line where it ends."""
    return [(word, match.end()) for match in _WORD.finditer(line) for word in words(match[0])]
