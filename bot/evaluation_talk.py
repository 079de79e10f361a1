"""Where to begin the talk after an evaluation: where we and they differ, then where we do.

Last comes what everybody finds hard: that is nobody's difference, and still worth a word.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from bot.evaluation_figures import Side, in_place, mean, spreads_of
from bot.evaluation_questions import LOW, Answers, Question
from bot.round_spread import Reveal, Spread

# What there is time for; more is no talk any more.
MOST = 3
# A 4 and a 5 mean the same to those who talk about it, as in bot/round_spread.py.
_NEAR = 1
# Nearer to "only a little" than to "so-so".
_LOW = Fraction(int(LOW[-1]) * 2 + 1, 2)
# From 1 to 5 is as far as from not yet to in place.
_WIDTH: Mapping[Answers, int] = {Answers.FIVE: 4, Answers.CRITERION: 1}


class Because(StrEnum):
    """Why it is worth talking about."""

    BETWEEN = "between"  # us and them
    AMONG_US = "among_us"
    LOW = "low"


@dataclass(frozen=True)
class Answered:
    """One question with each side's figures; a side of which nobody knows has no mean."""

    question: Question
    means: Mapping[Side, Fraction]  # of a criterion the share that say yes
    counts: Mapping[Side, Mapping[str, int]]  # of every answer, in the scale's order


@dataclass(frozen=True)
class Talk:
    """One thing to talk about."""

    about: Answered
    because: Because


def to_talk_about(questions: Sequence[Question], sides: Mapping[Side, Reveal]) -> tuple[Talk, ...]:
    """At most MOST, each question once."""
    asked = {one.question.id: one for one in answered(questions, sides)}
    between = [one for one in asked.values() if _differ(one)]
    found = [
        *(Talk(one, Because.BETWEEN) for one in sorted(between, key=_gap, reverse=True)),
        *(Talk(asked[one.question], Because.AMONG_US) for one in sides[Side.OURS].apart),
        *(Talk(one, Because.LOW) for one in _lowest_first(asked.values())),
    ]
    once = {talk.about.question.id: talk for talk in reversed(found)}
    return tuple(talk for talk in found if once[talk.about.question.id] is talk)[:MOST]


def low_on_both(
    questions: Sequence[Question], sides: Mapping[Side, Reveal]
) -> tuple[Answered, ...]:
    """What neither we nor they find good, and see alike; at most MOST."""
    low = _lowest_first(answered(questions, sides))
    return tuple(one for one in low if len(one.means) == len(Side) and not _differ(one))[:MOST]


def answered(questions: Sequence[Question], sides: Mapping[Side, Reveal]) -> tuple[Answered, ...]:
    """Every question with both sides' answers, in the order asked."""
    spreads = {side: spreads_of(one) for side, one in sides.items()}
    return tuple(
        _answered(one, {side: spreads[side][one.id] for side in Side}) for one in questions
    )


def _answered(question: Question, spreads: Mapping[Side, Spread]) -> Answered:
    means = {side: mean(question.answers, [spread]) for side, spread in spreads.items()}
    return Answered(
        question,
        {side: value for side, value in means.items() if value is not None},
        {side: spread.counts for side, spread in spreads.items()},
    )


def _differ(one: Answered) -> bool:
    if len(one.means) < len(Side):
        return False
    if one.question.answers is Answers.CRITERION:
        return len(set(map(in_place, one.means.values()))) > 1
    return max(one.means.values()) - min(one.means.values()) > _NEAR


def _gap(one: Answered) -> Fraction:
    widest = max(one.means.values()) - min(one.means.values())
    return widest / _WIDTH[one.question.answers]


def _lowest_first(asked: Iterable[Answered]) -> list[Answered]:
    """Those that are low, by the lower side and then by the other; marks before criteria.

    Before they are cut at MOST, for the worst must not be what is left out.
    """
    return sorted(
        filter(_is_low, asked),
        key=lambda one: (one.question.answers is Answers.CRITERION, sorted(one.means.values())),
    )


def _is_low(one: Answered) -> bool:
    if one.question.answers is Answers.CRITERION:
        return bool(one.means) and not any(map(in_place, one.means.values()))
    return bool(one.means) and max(one.means.values()) <= _LOW
