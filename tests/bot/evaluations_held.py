"""Evaluations with their answers, as short as a test wants them."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from bot.circle import Level
from bot.evaluation import Evaluation, Occasion
from bot.evaluation_figures import Held
from bot.evaluation_questions import Instrument, shipped
from bot.round import Kind, Round, Sheet, Standing, State

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
SIX = shipped().get("collaboration")
YEARLY = shipped().get("partnership")
PULSE = shipped().get("pulse")


def answered(*answers: int | str, instrument: Instrument = SIX, **notes: str) -> Sheet:
    """In the order asked; 0 is "don't know", an empty text is no answer."""
    given = {
        one.id: "unknown" if answer == 0 else str(answer)
        for one, answer in zip(instrument.questions, answers, strict=False)
        if answer != ""
    }
    return Sheet(given, notes)


def held(
    sheets: Mapping[str, Sheet],
    *,
    instrument: Instrument = SIX,
    silent: tuple[str, ...] = (),
    days_ago: int = 0,
    state: State = State.REVEALED,
) -> Held:
    """Who answered as the sheets say, keyed as they are after a reveal; the silent did not."""
    at = NOW - timedelta(days=days_ago)
    standings = dict.fromkeys(sheets, Standing.ANSWERED) | dict.fromkeys(silent, Standing.WAITING)
    this = Round(
        kind=Kind.EVALUATION,
        subject_id=1,
        called_by="U02",
        opened_at=at,
        deadline=at,
        standings=standings,
        named=False,
        state=state,
        revealed_at=at,
    )
    evaluation = Evaluation(1, Occasion.YEARLY, instrument, Level.COLLABORATION, at.date(), at)
    return Held(evaluation, this, sheets)
