"""What an evaluation brought: figures, where to begin the talk, what goes well, and remarks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.evaluation_figures import Course, Held, Line, Side, brought, courses, lines, spreads_of
from bot.evaluation_questions import SCALES, Answers, Instrument, Question
from bot.evaluation_talk import Talk, to_talk_about
from bot.round import Standing
from bot.round_spread import Reveal, Spread
from bot.round_steps import lays_out

# "Yes, mostly" and "yes, fully".
_WELL = ("4", "5")
# One answer alone is not everybody's.
_SEVERAL = 2


@dataclass(frozen=True)
class Written:
    """What somebody wrote, word by word; `about` is None of what was written at the end."""

    side: Side
    about: Question | None
    text: str


@dataclass(frozen=True)
class GoesWell:
    """A question to which everybody who has answered it says 4 or 5, and of which sides that is."""

    question: Question
    sides: frozenset[Side]


@dataclass(frozen=True)
class FindOut:
    """A question to which many do not know the answer, of the sides of which it is so."""

    question: Question
    unknown: Mapping[Side, int]
    answered: Mapping[Side, int]


@dataclass(frozen=True)
class Result:
    """All of it. A side that was asked and is silent has 0 in `answered`, and no figures."""

    held: Held
    asked: Mapping[Side, int]
    answered: Mapping[Side, int]
    lines: tuple[Line, ...]
    to_talk_about: tuple[Talk, ...]
    going_well: tuple[GoesWell, ...]
    find_out: tuple[FindOut, ...]
    written: tuple[Written, ...]  # in the order asked, ours before theirs; the last words last
    courses: tuple[Course, ...]

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to show: nobody answered, or too few of us alone."""
        return not self.held.sheets

    @property
    def ours_kept_back(self) -> bool:
        """Whether so few of us answered that it would be plain whose answers they are."""
        return bool(self.answered[Side.OURS]) and not lays_out(self.held.this)


def result(held: Held, earlier: Sequence[Held]) -> Result:
    """What came of it, beside the `earlier` evaluations of the same partner.

    Raises:
        UserError: the answers may not be seen yet.
    """
    instrument, sides = held.evaluation.instrument, brought(held)
    return Result(
        held=held,
        asked={side: len(how) for side, how in held.standings.items()},
        answered={
            side: list(how.values()).count(Standing.ANSWERED)
            for side, how in held.standings.items()
        },
        lines=lines(held, earlier),
        to_talk_about=to_talk_about(instrument.questions, sides),
        going_well=_going_well(instrument, sides),
        find_out=_find_out(instrument, sides),
        written=_written(instrument, sides),
        courses=courses(held, earlier),
    )


def _going_well(instrument: Instrument, sides: Mapping[Side, Reveal]) -> tuple[GoesWell, ...]:
    spreads = {side: spreads_of(one) for side, one in sides.items()}
    return tuple(
        GoesWell(question, frozenset(side for side, one in found.items() if _answers(one)))
        for question in instrument.questions
        if question.answers is Answers.FIVE
        and _goes_well(found := {side: spreads[side][question.id] for side in sides})
    )


def _goes_well(found: Mapping[Side, Spread]) -> bool:
    well = sum(spread.counts[point] for spread in found.values() for point in _WELL)
    return well >= _SEVERAL and well == sum(map(_answers, found.values()))


def _answers(spread: Spread) -> int:
    return sum(spread.counts.values())


def _find_out(instrument: Instrument, sides: Mapping[Side, Reveal]) -> tuple[FindOut, ...]:
    found: dict[str, dict[Side, Spread]] = {}
    for side, one in sides.items():
        for spread in one.find_out:
            found.setdefault(spread.question, {})[side] = spread
    return tuple(
        FindOut(
            question,
            {side: how.counts[SCALES[question.answers].unknown] for side, how in spreads.items()},
            {side: _answers(how) for side, how in spreads.items()},
        )
        for question in instrument.questions
        if (spreads := found.get(question.id))
    )


def _written(instrument: Instrument, sides: Mapping[Side, Reveal]) -> tuple[Written, ...]:
    by_id = {one.id: one for one in instrument.questions}
    written_to = (key for one in sides.values() for key in one.notes)
    return tuple(
        Written(side, by_id.get(key), note.text)
        for key in dict.fromkeys([*by_id, *sorted(written_to)])
        for side, one in sides.items()
        for note in one.notes.get(key, ())
    )
