"""What a year of evaluations has taught the house: which themes are low, and what was done.

Of partners only: there is no figure per colleague, and the two sides are never one figure.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from bot.evaluation_figures import Held, Line, lines
from bot.evaluation_step import Agreed, together
from bot.questions import Bilingual
from bot.round import Round

# As long as it takes until everybody is asked again.
YEAR = timedelta(days=365)
# Below "so-so".
LOW = Fraction(3)
# What fits on a screen.
PER_PAGE = 6


@dataclass(frozen=True)
class Followed:
    """What came of one evaluation, and how far its steps have come."""

    this: Round
    partner_id: int
    low: tuple[Line, ...]  # the themes in which a side is below LOW
    steps: int = 0
    done: int = 0


@dataclass(frozen=True)
class Theme:
    """A theme over all of them: with how many partners it was asked, and where it is low."""

    name: Bilingual
    asked: int
    low: int


@dataclass(frozen=True)
class Lessons:
    """All of it; the partners to look at first, then the others, the last shown first."""

    since: date
    themes: tuple[Theme, ...]  # those that are low somewhere, the most often first
    decided: Mapping[str, int]  # how many by the decision's word; "" where there is none yet
    followed: tuple[Followed, ...]


def is_low(line: Line, *, whole: bool = False) -> bool:
    """Whether one of the sides is below LOW; of criteria that is no mean.

    With `whole` only figures of all the questions count: one answer is no theme of the year.
    """
    return any(
        figure.of == 0 and figure.value < LOW and not (whole and figure.is_partial)
        for figure in line.now.values()
    )


def lessons(
    held: Sequence[Held], steps: Sequence[Agreed], names: Mapping[int, str], since: date
) -> Lessons:
    """What these evaluations have taught; those of partners without a name are left out.

    Raises:
        UserError: the answers of one may not be seen yet.
    """
    known = [one for one in held if one.evaluation.partner_id in names]
    known.sort(key=lambda one: one.at, reverse=True)
    told = [(one, lines(one, ())) for one in known]
    followed = [_followed(one, every, steps) for one, every in told]
    return Lessons(
        since,
        _themes(told),
        _counted(followed),
        tuple(sorted(followed, key=lambda one: not one.low)),
    )


def _followed(held: Held, every: Sequence[Line], steps: Sequence[Agreed]) -> Followed:
    own = [one for one in steps if one.evaluation_id == held.evaluation.id]
    to_do = [one for one in own if one.done_at is None]
    number = len(together(own))
    return Followed(
        held.this,
        held.evaluation.partner_id,
        tuple(one for one in every if is_low(one)),
        number,
        number - len(together(to_do)),
    )


def _themes(told: Sequence[tuple[Held, Sequence[Line]]]) -> tuple[Theme, ...]:
    """The newest evaluation of each partner counts, so that what was mended is not low."""
    asked: dict[str, list[tuple[Bilingual, bool]]] = {}
    seen: set[tuple[int, str]] = set()
    for held, every in told:
        for line in every:
            key = (held.evaluation.partner_id, line.theme.id)
            if key not in seen:
                seen.add(key)
                asked.setdefault(line.theme.id, []).append(
                    (line.theme.name, is_low(line, whole=True))
                )
    themes = [
        Theme(found[0][0], len(found), sum(low for _, low in found)) for found in asked.values()
    ]
    return tuple(sorted((one for one in themes if one.low), key=lambda one: -one.low))


def _counted(followed: Sequence[Followed]) -> Mapping[str, int]:
    counts: dict[str, int] = {}
    for one in followed:
        counts[one.this.decision] = counts.get(one.this.decision, 0) + 1
    return counts
