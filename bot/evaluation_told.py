"""An evaluation once its answers are shown, as it can be told to anybody: no name stands in it.

Neither who asked, answered, decided or kept a remark, nor whose step something is: added up by
colleague that would measure people.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from bot.circle import Level
from bot.evaluation import Decision, Evaluation, Occasion, Unanswered
from bot.evaluation_questions import SCALES, Answers, Instrument
from bot.round import Round, Sheet, Standing, Why
from bot.round_voice import OUTSIDE, is_outside
from bot.translation import mark

# The number of one of theirs, as it stands by a sheet once no name does.
THEIRS = f"{OUTSIDE}#"

OCCASION: Mapping[Occasion, str] = {
    Occasion.ACTIVITY: mark("after an activity"),
    Occasion.YEARLY: mark("once a year"),
    Occasion.PULSE: mark("half-way through the year"),
    Occasion.TRIAL: mark("before a trial ended"),
    Occasion.BY_HAND: mark("a colleague wanted to know"),
}
DECISION: Mapping[str, str] = {
    Decision.GO_ON: mark("went on as it was"),
    Decision.ADJUST: mark("was adjusted"),
    Decision.MOVE: mark("moved in the circle"),
    Decision.END: mark("was ended kindly"),
    Unanswered.LATER: mark("nobody answered: asked again later"),
    Unanswered.MEETING: mark("nobody answered: taken up at a meeting"),
    Unanswered.SKIP: mark("nobody answered: left out this time"),
}


@dataclass(frozen=True, slots=True)
class Agreed:
    """A step that was agreed on."""

    text: str
    due_on: date
    at: datetime
    done_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Remark:
    """What somebody wanted kept of the talk."""

    text: str
    at: datetime


@dataclass(frozen=True)
class Told:
    """One evaluation with all that came of it. Voices are numbers, theirs after THEIRS."""

    partner_id: int
    occasion: Occasion
    instrument: Instrument
    level: Level
    due_on: date
    opened_at: datetime
    deadline: datetime
    subject: str = ""
    asks_partner: bool = True
    why: Why | None = None
    revealed_at: datetime | None = None
    invited: Mapping[str, Standing] = field(default_factory=dict)
    sheets: Mapping[str, Sheet] = field(default_factory=dict)
    decision: str = ""
    reason: str = ""
    closed_at: datetime | None = None
    steps: tuple[Agreed, ...] = ()
    remarks: tuple[Remark, ...] = ()


def told(
    about: Evaluation,
    this: Round,
    sheets: Mapping[str, Sheet],
    steps: tuple[Agreed, ...],
    remarks: tuple[Remark, ...],
) -> Told:
    """The evaluation of a round that is shown; `sheets` as they are then, without names.

    Every question is put in an order of its own: no number leads from one answer to another.
    """
    return Told(
        about.partner_id,
        about.occasion,
        about.instrument,
        about.level,
        about.due_on,
        about.opened_at,
        this.deadline,
        about.subject,
        about.asks_partner,
        this.why,
        this.revealed_at,
        _unsigned(this.standings),
        _apart(sheets),
        this.decision,
        this.reason,
        this.closed_at,
        steps,
        remarks,
    )


def mean(this: Told, theme_id: str, *, theirs: bool) -> float | None:
    """What one side says of a theme: from 1 to 5, or the share in place of criteria (0 to 1).

    None where nobody of that side has said anything but that they do not know.
    """
    sheets = [sheet for voice, sheet in this.sheets.items() if is_outside(voice) is theirs]
    values = [
        _value(question.answers, sheet.answers.get(question.id, ""))
        for question in this.instrument.of(theme_id)
        for sheet in sheets
    ]
    known = [value for value in values if value is not None]
    return round(sum(known) / len(known), 1) if known else None


def asked(this: Told, *, theirs: bool) -> tuple[int, int]:
    """How many of that side answered, and how many were asked."""
    side = [how for voice, how in this.invited.items() if is_outside(voice) is theirs]
    return side.count(Standing.ANSWERED), len(side)


def is_criteria(this: Told, theme_id: str) -> bool:
    """Whether the theme is in place or not, and not from 1 to 5."""
    return all(one.answers is Answers.CRITERION for one in this.instrument.of(theme_id))


def _value(answers: Answers, answer: str) -> int | None:
    if answer not in SCALES[answers].points:
        return None
    return int(answer) if answers is Answers.FIVE else int(answer == "met")


def _apart(sheets: Mapping[str, Sheet]) -> dict[str, Sheet]:
    """The same answers and notes, question by question in their own order on each side.

    Not by lot, so that what was read in goes out again as it came.
    """
    found: dict[str, Sheet] = {}
    for theirs in (False, True):
        voices = sorted(voice for voice in sheets if is_outside(voice) is theirs)
        answers = _dealt(voices, [sheets[voice].answers for voice in voices])
        notes = _dealt(voices, [sheets[voice].notes for voice in voices])
        found |= {one: Sheet(answers[one], notes[one]) for one in voices}
    return {voice: one for voice, one in sorted(found.items()) if one.answers or one.notes}


def _dealt(
    voices: Sequence[str], given: Sequence[Mapping[str, str]]
) -> Mapping[str, Mapping[str, str]]:
    dealt: dict[str, dict[str, str]] = {voice: {} for voice in voices}
    for about in sorted({about for one in given for about in one}):
        values = sorted(one[about] for one in given if about in one)
        for voice, value in zip(voices, values, strict=False):
            dealt[voice][about] = value
    return dealt


def _unsigned(standings: Mapping[str, Standing]) -> dict[str, Standing]:
    """By numbers that lead to nobody."""
    found: dict[str, Standing] = {}
    for side in ("", THEIRS):
        mine = sorted(how for voice, how in standings.items() if is_outside(voice) is bool(side))
        found |= {f"{side}{number}": how for number, how in enumerate(mine, 1)}
    return found
