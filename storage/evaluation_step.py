"""What evaluations have agreed on: a row for each who sees to a step, on Home until it is done."""

from collections.abc import Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from bot.evaluation_step import Agreed
from bot.round_step import Step
from storage.evaluation_tables import EVALUATION, STEP
from storage.schema import among, next_ids

_COLUMNS = [STEP.c[field.name] for field in fields(Agreed)]
_OPEN = STEP.c.done_at.is_(None)
_ABOUT = (EVALUATION.c.team_id == STEP.c.team_id) & (EVALUATION.c.id == STEP.c.evaluation_id)


def assign(
    conn: sa.Connection,
    team: str,
    evaluation_id: int,
    steps: Sequence[Step],
    *,
    by: str,
    now: datetime,
) -> list[str]:
    """Put these steps in place of the evaluation's former ones; to whom one of them is new.

    The caller holds the round. With whom the same step stands already it stays, done or not.
    """
    wanted = dict.fromkeys((user, one.text, one.on) for one in steps for user in one.who)
    before = {(one.user_id, one.text, one.due_on): one for one in of(conn, team, [evaluation_id])}
    stale = [one.id for key, one in before.items() if key not in wanted]
    conn.execute(sa.delete(STEP).where(STEP.c.team_id == team, among(STEP.c.id, stale)))
    new = [key for key in wanted if key not in before]
    row = {"team_id": team, "evaluation_id": evaluation_id, "by": by, "at": now}
    for number, (user, text, on) in zip(next_ids(conn, team, len(new)), new, strict=True):
        values = row | {"id": number, "user_id": user, "text": text, "due_on": on}
        conn.execute(sa.insert(STEP).values(**values))
    return list(dict.fromkeys(user for user, _, _ in new))


def waiting_for(conn: sa.Connection, team: str, user: str, *, limit: int) -> list[Agreed]:
    """What that colleague has to see to, the first due first."""
    return _loaded(conn, team, (STEP.c.user_id == user) & _OPEN, limit=limit)


def waiting_about(
    conn: sa.Connection, team: str, user: str, *, limit: int
) -> list[tuple[Agreed, int]]:
    """As waiting_for(), each with the partner that its evaluation is about."""
    hers = _query(team, (STEP.c.user_id == user) & _OPEN, limit)
    rows = conn.execute(hers.join(EVALUATION, _ABOUT).add_columns(EVALUATION.c.partner_id))
    return [(Agreed(*step), partner_id) for *step, partner_id in rows]


def get(conn: sa.Connection, team: str, number: int) -> Agreed | None:
    """One of them, while it is to be done."""
    found = _loaded(conn, team, (STEP.c.id == number) & _OPEN)
    return found[0] if found else None


def partner_of(conn: sa.Connection, team: str, number: int) -> int | None:
    """The partner that a step is about, done or not; None where it is gone."""
    query = sa.select(EVALUATION.c.partner_id).join(STEP, _ABOUT)
    mine = query.where(STEP.c.team_id == team, STEP.c.id == number)
    return conn.execute(mine).scalar_one_or_none()


def of(conn: sa.Connection, team: str, evaluation_ids: Sequence[int]) -> list[Agreed]:
    """All steps of these evaluations, done or not, the first due first."""
    return _loaded(conn, team, among(STEP.c.evaluation_id, evaluation_ids))


def every_open(conn: sa.Connection, team: str) -> list[Agreed]:
    """All that is to be done, whoever sees to it."""
    return _loaded(conn, team, _OPEN)


def hand_on(conn: sa.Connection, team: str, number: int, *, of: str, to: str) -> bool:
    """From one colleague to another; False where it is not hers to be done any more."""
    step = get(conn, team, number)
    if step is None or step.user_id != of:
        return False
    # The same, which the other has perhaps done before.
    hers = (*_same(team, step), STEP.c.user_id == to)
    conn.execute(sa.delete(STEP).where(*hers))
    mine = (STEP.c.team_id == team, STEP.c.id == number, _OPEN)
    return conn.execute(sa.update(STEP).where(*mine).values(user_id=to)).rowcount == 1


def finish(conn: sa.Connection, team: str, step: Agreed, *, now: datetime) -> None:
    """It is done, for everybody who was to see to it."""
    conn.execute(sa.update(STEP).where(*_same(team, step), _OPEN).values(done_at=now))


def _same(team: str, step: Agreed) -> tuple[sa.ColumnElement[bool], ...]:
    return (
        STEP.c.team_id == team,
        STEP.c.evaluation_id == step.evaluation_id,
        STEP.c.text == step.text,
        STEP.c.due_on == step.due_on,
    )


def _loaded(
    conn: sa.Connection, team: str, which: sa.ColumnElement[bool], *, limit: int | None = None
) -> list[Agreed]:
    return [Agreed(*row) for row in conn.execute(_query(team, which, limit))]


def _query(team: str, which: sa.ColumnElement[bool], limit: int | None) -> sa.Select[Any]:
    query = sa.select(*_COLUMNS).where(STEP.c.team_id == team, which)
    return query.order_by(STEP.c.due_on, STEP.c.id).limit(limit)
