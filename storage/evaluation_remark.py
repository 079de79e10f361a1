"""What was kept of the talk about evaluations."""

from collections.abc import Sequence
from dataclasses import fields, replace

import sqlalchemy as sa

from bot.evaluation_remark import Remark
from storage.evaluation_tables import REMARK
from storage.schema import next_ids

_COLUMNS = [REMARK.c[field.name] for field in fields(Remark)]


def add(conn: sa.Connection, team: str, new: Remark) -> Remark:
    """Store one and return it as stored; the caller holds the evaluation."""
    (new_id,) = next_ids(conn, team)
    stored = replace(new, id=new_id)
    row = {field.name: getattr(stored, field.name) for field in fields(Remark)}
    conn.execute(sa.insert(REMARK).values(team_id=team, **row))
    return stored


def remarks_of(conn: sa.Connection, team: str, evaluation_id: int) -> Sequence[Remark]:
    """All of them about one evaluation, the oldest first."""
    query = sa.select(*_COLUMNS).where(
        REMARK.c.team_id == team, REMARK.c.evaluation_id == evaluation_id
    )
    rows = conn.execute(query.order_by(REMARK.c.at, REMARK.c.id)).mappings()
    return [Remark(**row) for row in rows]
