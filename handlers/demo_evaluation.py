"""The lively house's evaluations until now, so that the next one has something to be held against.

As it all happened: opened, answered by both sides, shown, decided.
"""

from collections.abc import Mapping
from datetime import time, timedelta

from bot.circle import Level
from bot.evaluation import Evaluation
from bot.evaluation_questions import SCALES, Instrument, shipped
from bot.round import Kind, Round, Standing, Why
from bot.round_voice import THE_PARTNER
from handlers.demo_calendar import Calendar
from handlers.demo_furniture import DemoEvaluation
from storage import evaluation as evaluations
from storage import round as rounds
from storage.database import Connection

OPENED = time(9)
_LASTED = timedelta(days=8)
_DECIDED_AFTER = 2  # days


def look_back(
    conn: Connection,
    team: str,
    calendar: Calendar,
    partner_id: int,
    level: Level,
    told: DemoEvaluation,
) -> None:
    """Store one evaluation that is over."""
    instrument = shipped().get(told.instrument)
    opened = calendar.moment(told.days_ago, OPENED)
    due_on = calendar.ago(told.days_ago)
    asks = bool(told.theirs)
    new = Evaluation(
        partner_id, told.occasion, instrument, level, due_on, opened, asks_partner=asks
    )
    evaluation = evaluations.add(conn, team, new)
    round_id = _round(conn, team, evaluation, told)
    sheets = dict(told.ours) | ({THE_PARTNER: told.theirs} if asks else {})
    for voice, answers in sheets.items():
        notes = told.notes.get(voice, {})
        rounds.answer(
            conn,
            team,
            round_id,
            voice,
            answers=_answers(instrument, answers),
            notes=notes,
            now=opened,
        )
    shown = opened + _LASTED
    rounds.reveal(conn, team, round_id, why=Why.DEADLINE, now=shown)
    rounds.close(
        conn,
        team,
        round_id,
        decision=told.decision,
        reason=told.reason,
        by=told.by,
        now=shown + timedelta(days=_DECIDED_AFTER),
    )


def _round(conn: Connection, team: str, evaluation: Evaluation, told: DemoEvaluation) -> int:
    voices = [*told.ours, *([THE_PARTNER] if told.theirs else [])]
    opened = evaluation.opened_at
    new = Round(
        kind=Kind.EVALUATION,
        subject_id=evaluation.id,
        called_by=told.by,
        opened_at=opened,
        deadline=opened + _LASTED,
        standings=dict.fromkeys(voices, Standing.WAITING),
        named=False,
        partner_id=evaluation.partner_id,
    )
    return rounds.start(conn, team, new).id


def _answers(instrument: Instrument, told: str) -> Mapping[str, str]:
    """One letter for each question, in order: 1 to 5, + or - for a criterion, ? for unknown."""
    letters = {"+": "met", "-": "not_yet", "?": "unknown"}
    found = {}
    for question, letter in zip(instrument.questions, told, strict=True):
        answer = letters.get(letter, letter)
        scale = SCALES[question.answers]
        if answer not in (*scale.points, scale.unknown):
            raise ValueError(f"demo.yaml: {answer!r} is no answer to {question.id}")
        found[question.id] = answer
    return found
