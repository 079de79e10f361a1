"""All evaluations of a year whose answers are shown, with what was agreed on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from bot.evaluation_figures import Held
from bot.evaluation_step import Agreed
from bot.round import Kind
from storage import evaluation as evaluations
from storage import evaluation_step as steps_of
from storage import round_queries, round_sheets
from storage.partner_tables import PARTNER
from storage.schema import among


@dataclass(frozen=True)
class Found:
    """The evaluations, their steps, and the partners' names by number."""

    held: Sequence[Held]
    steps: Sequence[Agreed]
    names: Mapping[int, str]


def since(conn: sa.Connection, team: str, moment: datetime) -> Found:
    """Those whose answers were shown since then."""
    rounds = round_queries.shown_since(conn, team, Kind.EVALUATION, moment)
    numbers = list(dict.fromkeys(this.partner_id for this in rounds if this.partner_id))
    by_id = {one.id: one for one in evaluations.of_partners(conn, team, numbers)}
    sheets = round_sheets.all_shown(conn, team, [this.id for this in rounds])
    held = [
        Held(by_id[this.subject_id], this, sheets.get(this.id, {}))
        for this in rounds
        if this.subject_id in by_id
    ]
    columns = (PARTNER.c.id, PARTNER.c.name)
    named = sa.select(*columns).where(PARTNER.c.team_id == team, among(PARTNER.c.id, numbers))
    return Found(
        held,
        steps_of.of(conn, team, [one.evaluation.id for one in held]),
        {row.id: row.name for row in conn.execute(named)},
    )
