"""Evaluations whose answers are shown, made up in memory."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from bot.circle import Level
from bot.evaluation import Evaluation, Occasion
from bot.evaluation_figures import Held
from bot.evaluation_questions import shipped
from bot.round import Kind, Round, Sheet, Standing, State
from bot.round_voice import THE_PARTNER

NOW = datetime(2026, 11, 24, 8, tzinfo=UTC)
FINE = dict.fromkeys(("easy", "roles", "forward", "agreed", "difference", "worth"), "4")
LOW = FINE | {"difference": "2", "worth": "2"}


def held(
    *ours: Mapping[str, str],
    theirs: Mapping[str, str] | None = None,
    instrument: str = "collaboration",
    number: int = 1,
    partner_id: int = 7,
    decision: str = "",
    days_ago: int = 0,
) -> Held:
    """Answered by these of ours, and by the partner."""
    at = NOW - timedelta(days=days_ago)
    asks = shipped().get(instrument)
    evaluation = Evaluation(
        partner_id, Occasion.YEARLY, asks, Level.PARTNERSHIP, at.date(), at, id=number
    )
    sheets = {f"{place}": Sheet(answers) for place, answers in enumerate(ours, 1)}
    standings = {f"U0{place}": Standing.ANSWERED for place in range(1, len(ours) + 1)}
    if theirs is not None:
        sheets["@#9"] = Sheet(theirs)
        standings[THE_PARTNER] = Standing.ANSWERED
    this = Round(
        kind=Kind.EVALUATION,
        subject_id=number,
        called_by="U01",
        opened_at=at,
        deadline=at,
        standings=standings or {"U01": Standing.DECLINED},
        named=False,
        partner_id=partner_id,
        state=State.CLOSED if decision else State.REVEALED,
        revealed_at=at,
        decision=decision,
        closed_by="U01" if decision else None,
        closed_at=at if decision else None,
        id=number + 100,
    )
    return Held(evaluation, this, sheets)
