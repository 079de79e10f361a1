"""Evaluations whose answers are shown, each with its round and its sheets."""

from collections.abc import Sequence

import sqlalchemy as sa

from bot.evaluation import Evaluation
from bot.round import Kind, Round
from storage import evaluation as evaluations
from storage import round_queries

Shown = tuple[Round, Evaluation]


def of_partners(conn: sa.Connection, team: str, partner_ids: Sequence[int]) -> list[Shown]:
    """All of them, the last shown first."""
    rounds = round_queries.shown_about(conn, team, Kind.EVALUATION, partner_ids)
    by_id = {one.id: one for one in evaluations.of_partners(conn, team, partner_ids)}
    return [(this, by_id[this.subject_id]) for this in rounds if this.subject_id in by_id]


def last_of(conn: sa.Connection, team: str, partner_id: int) -> Shown | None:
    """The last of that partner."""
    return next(iter(of_partners(conn, team, [partner_id])), None)
