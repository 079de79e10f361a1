"""The answers of a round laid out: where we see it differently first, as what to talk about.

"Don't know" is its own thing and no middle between yes and no: it never widens a spread, and what
many do not know is something to find out.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from bot.round import Round, Sheet
from bot.round_steps import check_shown, lays_out
from bot.round_voice import is_outside

# Neighbours of five (4 and 5) mean the same to those who talk about it; yes and partly do not.
_NEAR = Fraction(1, 4)  # of the whole scale
# When as many do not know as do, there is more to find out than to talk over.
_MANY = Fraction(1, 2)  # of those who answered the question
# One answer by itself agrees with nobody.
_AGREE = 2


@dataclass(frozen=True)
class Scale:
    """The answers to choose between, from one end to the other; `unknown` stands beside them."""

    points: tuple[str, ...]
    unknown: str = "unknown"


YES_TO_NO = Scale(("yes", "partly", "no"))
ONE_TO_FIVE = Scale(("1", "2", "3", "4", "5"))


class Group(StrEnum):
    """How we stand on one question."""

    APART = "apart"  # to talk about
    TOGETHER = "together"  # two or more, and everybody who has sent answers
    NOT_ALL = "not_all"  # nobody sees it differently, and not everybody has said the same
    FIND_OUT = "find_out"
    UNANSWERED = "unanswered"  # by everybody who has sent answers


@dataclass(frozen=True)
class Spread:
    """How one question was answered."""

    question: str
    counts: Mapping[str, int]  # of every point, in the scale's order, then of unknown
    voices: Mapping[str, tuple[str, ...]]  # who gave each answer; empty in a round without names
    silent: int  # sent their answers without one to this
    width: Fraction  # of dispersion(), over the points
    group: Group


@dataclass(frozen=True)
class Note:
    """What somebody wrote, word by word; `user` is None in a round without names."""

    text: str
    user: str | None = None


@dataclass(frozen=True)
class Reveal:
    """All that a round brought."""

    apart: tuple[Spread, ...]  # the widest spread first, those as wide in the order asked
    together: tuple[Spread, ...]  # in the order asked, as are the following three
    not_all: tuple[Spread, ...]
    find_out: tuple[Spread, ...]
    unanswered: tuple[Spread, ...]
    notes: Mapping[str, tuple[Note, ...]]  # by the id of what they are about

    @property
    def spreads(self) -> tuple[Spread, ...]:
        """Every question once."""
        return (*self.apart, *self.together, *self.not_all, *self.find_out, *self.unanswered)


def reveal(this: Round, sheets: Mapping[str, Sheet], scales: Mapping[str, Scale]) -> Reveal:
    """Lay out the sheets, ours only where there are enough of them.

    `scales` has every question of the round, in the order asked.

    Raises:
        UserError: the answers may not be seen yet.
    """
    check_shown(this)
    enough = lays_out(this)
    sheets = {voice: sheet for voice, sheet in sheets.items() if enough or is_outside(voice)}
    spreads = [_spread(this, sheets, question, scale) for question, scale in scales.items()]

    def group(which: Group) -> tuple[Spread, ...]:
        return tuple(spread for spread in spreads if spread.group is which)

    return Reveal(
        apart=tuple(sorted(group(Group.APART), key=lambda spread: -spread.width)),
        together=group(Group.TOGETHER),
        not_all=group(Group.NOT_ALL),
        find_out=group(Group.FIND_OUT),
        unanswered=group(Group.UNANSWERED),
        notes=_notes(this, sheets),
    )


def dispersion(counts: Sequence[int]) -> Fraction:
    """How far apart answers lie: 0 where all are equal, 1 where half stand at each end.

    Berry and Mielke's index of ordinal variation (1992, Perceptual and Motor Skills 74: 63-66):
    the sum of all pairs' distances on the scale, over the greatest that so many people can reach,
    (k - 1) * floor(N^2 / 4). Distances between people mean something among two or three of them
    already; van der Eijk's A (2001) looks for one peak or two, and so few answers have neither.
    """
    people = sum(counts)
    if people < 2:  # noqa: PLR2004 - it takes two to differ
        return Fraction(0)
    below = [sum(counts[:cut]) for cut in range(1, len(counts))]
    # Each step between two points is walked by every pair with one on either side of it.
    walked = sum(low * (people - low) for low in below)
    return Fraction(walked, len(below) * (people * people // 4))


def _spread(this: Round, sheets: Mapping[str, Sheet], question: str, scale: Scale) -> Spread:
    voices: dict[str, list[str]] = {answer: [] for answer in (*scale.points, scale.unknown)}
    for user, sheet in sheets.items():
        answer = sheet.answers.get(question)
        if answer in voices:
            voices[answer].append(user)
    counts = {answer: len(users) for answer, users in voices.items()}
    points = [counts[point] for point in scale.points]
    silent = len(sheets) - sum(counts.values())
    return Spread(
        question=question,
        counts=counts,
        voices={answer: tuple(users) for answer, users in voices.items()} if this.named else {},
        silent=silent,
        width=dispersion(points),
        group=_group(points, counts[scale.unknown], silent),
    )


def _group(points: Sequence[int], unknown: int, silent: int) -> Group:
    given = [place for place, people in enumerate(points) if people]
    if given and Fraction(given[-1] - given[0], len(points) - 1) > _NEAR:
        return Group.APART
    answered = sum(points) + unknown
    if not answered:
        return Group.UNANSWERED
    if Fraction(unknown, answered) >= _MANY:
        return Group.FIND_OUT
    everybody_agrees = sum(points) >= _AGREE and not unknown and not silent
    return Group.TOGETHER if everybody_agrees else Group.NOT_ALL


def _notes(this: Round, sheets: Mapping[str, Sheet]) -> Mapping[str, tuple[Note, ...]]:
    found: dict[str, list[Note]] = {}
    for user, sheet in sheets.items():
        for about, text in sheet.notes.items():
            found.setdefault(about, []).append(Note(text, user if this.named else None))
    if not this.named:  # the order in which people stand would tell whose it is
        for notes in found.values():
            notes.sort(key=lambda note: note.text)
    return {about: tuple(notes) for about, notes in found.items()}
