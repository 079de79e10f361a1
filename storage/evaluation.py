"""Evaluations as they were opened; their answers are in their rounds (storage/round.py)."""

from collections.abc import Sequence
from dataclasses import fields, replace
from typing import Any

import sqlalchemy as sa

from bot.errors import UserError
from bot.evaluation import Evaluation
from bot.evaluation_questions import Instrument
from bot.round import Kind, Round
from bot.translation import mark
from storage import round_queries
from storage.evaluation_tables import EVALUATION
from storage.schema import among, next_ids

_GONE = mark("This evaluation is no longer there.")

_COLUMNS = [EVALUATION.c[field.name] for field in fields(Evaluation)]


def add(conn: sa.Connection, team: str, new: Evaluation) -> Evaluation:
    """Store a new one and return it as stored; the caller holds the partner."""
    (new_id,) = next_ids(conn, team)
    stored = replace(new, id=new_id)
    row = {field.name: getattr(stored, field.name) for field in fields(Evaluation)}
    row |= {"team_id": team, "instrument": stored.instrument.model_dump(mode="json")}
    conn.execute(sa.insert(EVALUATION).values(**row))
    return stored


def existing(conn: sa.Connection, team: str, evaluation_id: int) -> Evaluation:
    """One of them.

    Raises:
        UserError: it is gone.
    """
    found = _load(conn, team, EVALUATION.c.id == evaluation_id)
    if not found:
        raise UserError(_GONE)
    return found[0]


def with_round(
    conn: sa.Connection, team: str, round_id: int, *, lock: bool = False
) -> tuple[Round, Evaluation]:
    """A round and what it is about; `lock` the round where either will change.

    Raises:
        UserError: one of them is gone.
    """
    this = round_queries.existing(conn, team, round_id, lock=lock)
    return this, existing(conn, team, this.subject_id)


def round_of(
    conn: sa.Connection, team: str, evaluation_id: int, *, lock: bool = False
) -> Round | None:
    """The round of an evaluation; there is one at most."""
    rounds = round_queries.of_subject(conn, team, Kind.EVALUATION, evaluation_id, lock=lock)
    return rounds[0] if rounds else None


def of_partners(conn: sa.Connection, team: str, partner_ids: Sequence[int]) -> Sequence[Evaluation]:
    """All evaluations of these partners, the newest first."""
    return _load(conn, team, among(EVALUATION.c.partner_id, partner_ids))


def _load(conn: sa.Connection, team: str, which: sa.ColumnElement[bool]) -> list[Evaluation]:
    query: sa.Select[Any] = sa.select(*_COLUMNS).where(EVALUATION.c.team_id == team, which)
    newest = query.order_by(EVALUATION.c.opened_at.desc(), EVALUATION.c.id.desc())
    return [_evaluation(row) for row in conn.execute(newest).mappings()]


def _evaluation(row: sa.RowMapping) -> Evaluation:
    return Evaluation(**{**row, "instrument": Instrument.model_validate(row["instrument"])})
