"""The six criteria as they were answered, each time anew."""

from dataclasses import replace
from typing import Any

import sqlalchemy as sa

from bot.circle_gate import Answer, Gate
from bot.circle_partner import check_may_move
from bot.errors import UserError
from bot.translation import mark
from storage import duplicate_redirect, partner
from storage.circle_tables import GATE
from storage.schema import next_ids

_GONE = mark("Those answers are no longer there.")


def keep(conn: sa.Connection, team: str, gate: Gate) -> Gate:
    """Store the answers beside the former ones, and return them with their id.

    Raises:
        UserError: the partner is gone, or is a sponsor, a fund or a supplier.
    """
    found = partner.existing(conn, team, gate.partner_id, lock=True)
    check_may_move(found)
    gate = replace(gate, partner_id=found.id)
    (new_id,) = next_ids(conn, team)
    key = {"team_id": team, "id": new_id, "partner_id": gate.partner_id}
    rows = [
        {
            **key,
            "criterion": criterion,
            "standing": answer.standing,
            "note": answer.note,
            "by": gate.by,
            "at": gate.at,
        }
        for criterion, answer in gate.answers.items()
    ]
    conn.execute(sa.insert(GATE), rows)
    return replace(gate, id=new_id)


def get(conn: sa.Connection, team: str, gate_id: int) -> Gate:
    """The answers of one time; raises UserError where there are none."""
    found = _loaded(conn, sa.select(GATE).where(GATE.c.team_id == team, GATE.c.id == gate_id))
    if not found:
        raise UserError(_GONE)
    return found[0]


def note(conn: sa.Connection, team: str, gate: Gate) -> None:
    """Put the gate's notes in place of those that stood there; the caller holds the partner."""
    for criterion, answer in gate.answers.items():
        row = (GATE.c.id == gate.id) & (GATE.c.criterion == criterion)
        conn.execute(sa.update(GATE).where(GATE.c.team_id == team, row).values(note=answer.note))


def newest(conn: sa.Connection, team: str, partner_id: int) -> Gate | None:
    """The answers given last; None where nobody has answered yet."""
    found = of_partner(conn, team, duplicate_redirect.current(conn, team, partner_id))
    return found[-1] if found else None


def of_partner(conn: sa.Connection, team: str, partner_id: int) -> list[Gate]:
    """The criteria each time that they were answered, the oldest first."""
    query = sa.select(GATE).where(GATE.c.team_id == team, GATE.c.partner_id == partner_id)
    return _loaded(conn, query)


def _loaded(conn: sa.Connection, query: sa.Select[Any]) -> list[Gate]:
    gates: dict[int, Gate] = {}
    for row in conn.execute(query.order_by(GATE.c.id)):
        former = gates.get(row.id, Gate(row.partner_id, row.by, row.at, id=row.id))
        answer = {row.criterion: Answer(row.standing, row.note)}
        gates[row.id] = replace(former, answers={**former.answers, **answer})
    return list(gates.values())
