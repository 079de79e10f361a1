"""Evaluations to be stored: opened, answered by both sides, and shown."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta

import sqlalchemy as sa

from bot.circle import Level
from bot.evaluation import Decision, Evaluation, Occasion
from bot.evaluation_questions import LAST, shipped
from bot.round import Kind, Round, Standing, Why
from storage import evaluation, round_queries
from storage import round as rounds
from storage.database import Connection
from storage.evaluation_tables import REMARK, STEP
from storage.schema import next_ids

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
DEADLINE = NOW + timedelta(days=10)
LATER = DEADLINE + timedelta(hours=1)
PULSE = shipped().get("pulse")
COLLABORATION = shipped().get("collaboration")


def new(partner_id: int, **more: object) -> Evaluation:
    """One that is due today."""
    fields: dict[str, object] = {
        "occasion": Occasion.YEARLY,
        "instrument": COLLABORATION,
        "level": Level.COLLABORATION,
        "due_on": date(2026, 11, 24),
        "opened_at": NOW,
        "subject": "Lektiecaféen",
        **more,
    }
    return Evaluation(partner_id, **fields)  # type: ignore[arg-type] # as its fields are


def opened(
    conn: Connection, /, team: str, partner_id: int, voices: Iterable[str], **more: object
) -> Round:
    """An evaluation with its round open."""
    stored = evaluation.add(conn, team, new(partner_id, **more))
    return rounds.start(
        conn,
        team,
        Round(
            kind=Kind.EVALUATION,
            subject_id=stored.id,
            called_by="U1",
            opened_at=stored.opened_at,
            deadline=stored.opened_at + (DEADLINE - NOW),
            standings=dict.fromkeys(voices, Standing.WAITING),
            named=False,
            partner_id=partner_id,
            channel="C1",
        ),
    )


def answer(
    conn: Connection,
    team: str,
    this: Round,
    voice: str,
    answers: Mapping[str, str | None],
    note: str = "",
) -> Round:
    """What that voice answers."""
    notes = {LAST: note}
    return rounds.answer(
        conn, team, this.id, voice, answers=answers, notes=notes, now=this.opened_at
    )


def reveal(conn: Connection, team: str, this: Round) -> Round:
    """The round with its answers shown."""
    rounds.reveal(conn, team, this.id, why=Why.DEADLINE, now=this.deadline)
    return round_queries.existing(conn, team, this.id)


def agree(conn: Connection, team: str, this: Round, at: datetime) -> None:
    """A decision with a step and a remark, of which the step is done."""
    decided = {"decision": Decision.ADJUST, "reason": "roller", "by": "U1", "now": this.deadline}
    rounds.close(conn, team, this.id, **decided)  # type: ignore[arg-type] # as its words are
    own = {"team_id": team, "evaluation_id": this.subject_id}
    step = {"user_id": "U2", "text": "skriv nummeret op", "due_on": at.date(), "by": "U1"}
    numbers = next_ids(conn, team, 2)
    row = {**own, **step, "id": numbers[0], "at": at, "done_at": at}
    conn.execute(sa.insert(STEP).values(**row))
    remark = {"user_id": "U3", "text": "spørg Anne Holm først", "at": at}
    conn.execute(sa.insert(REMARK).values(**own, **remark, id=numbers[1]))
