"""Rounds read: one, and those that are due, wait for somebody, or are about something."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from bot.errors import UserError
from bot.round import Kind, Round, Standing, State
from bot.translation import mark
from storage import partner_rows
from storage.round_tables import INVITED, ROUND
from storage.schema import among

_GONE = mark("This round is no longer there.")

COLUMNS = [field.name for field in fields(Round) if field.name in ROUND.c]
_OPEN = ROUND.c.state == State.OPEN
_UNDER_WAY = among(ROUND.c.state, (State.OPEN, State.REVEALED))
_SHOWN = among(ROUND.c.state, (State.REVEALED, State.CLOSED))
_LAST_SHOWN = (ROUND.c.revealed_at.desc(), ROUND.c.id.desc())
_BY_DEADLINE = (ROUND.c.deadline, ROUND.c.id)


def existing(conn: sa.Connection, team: str, round_id: int, *, lock: bool = False) -> Round:
    """One round; `lock` it, and its partner first, when it will change in this transaction.

    Raises:
        UserError: it is gone.
    """
    found = _load(conn, team, ROUND.c.id == round_id, lock=lock)
    if not found:
        raise UserError(_GONE)
    return found[0]


def under_way_with(conn: sa.Connection, team: str, kind: Kind, user: str) -> list[Round]:
    """The rounds, open or undecided, that a person was asked in or has called; locked."""
    hers = ROUND.c.id.in_(_invited(team, user)) | (ROUND.c.called_by == user)
    mine = _UNDER_WAY & (ROUND.c.kind == kind) & hers
    return _load(conn, team, mine, order=(ROUND.c.id,), lock=True)


def teams_with_due(conn: sa.Connection, kind: Kind, now: datetime) -> list[str]:
    """Every library in which the deadline of an open round has come."""
    query = sa.select(ROUND.c.team_id).where(_due(kind, now)).distinct()
    return sorted(conn.execute(query.execution_options(every_team=True)).scalars())


def due(conn: sa.Connection, team: str, kind: Kind, now: datetime) -> list[Round]:
    """The open rounds whose deadline has come, the earliest first."""
    return _load(conn, team, _due(kind, now), order=_BY_DEADLINE)


def open_about(conn: sa.Connection, team: str, kind: Kind, partner_id: int) -> list[Round]:
    """The open rounds about that partner, the earliest deadline first."""
    about = (ROUND.c.kind == kind) & (ROUND.c.partner_id == partner_id)
    return _load(conn, team, _OPEN & about, order=_BY_DEADLINE)


def shown_about(
    conn: sa.Connection, team: str, kind: Kind, partner_ids: Sequence[int]
) -> list[Round]:
    """The rounds about these partners whose answers are shown, the last shown first."""
    about = (ROUND.c.kind == kind) & among(ROUND.c.partner_id, partner_ids)
    return _load(conn, team, about & _SHOWN, order=_LAST_SHOWN)


def shown_since(conn: sa.Connection, team: str, kind: Kind, moment: datetime) -> list[Round]:
    """The rounds whose answers were shown since then, the last shown first."""
    lately = (ROUND.c.kind == kind) & (ROUND.c.revealed_at >= moment)
    return _load(conn, team, lately & _SHOWN, order=_LAST_SHOWN)


def undecided(conn: sa.Connection, team: str, kind: Kind) -> list[Round]:
    """The rounds whose answers are shown, and nothing is decided; the first opened first."""
    shown = (ROUND.c.kind == kind) & (ROUND.c.state == State.REVEALED)
    return _load(conn, team, shown, order=(ROUND.c.id,))


def of_subject(
    conn: sa.Connection, team: str, kind: Kind, subject_id: int, *, lock: bool = False
) -> list[Round]:
    """All rounds about that, the newest first; `lock` them when one will change."""
    about = (ROUND.c.kind == kind) & (ROUND.c.subject_id == subject_id)
    newest = (ROUND.c.opened_at.desc(), ROUND.c.id.desc())
    return _load(conn, team, about, order=newest, lock=lock)


def shown_of(conn: sa.Connection, team: str, kind: Kind, subject_ids: Sequence[int]) -> list[Round]:
    """The rounds about these whose answers are shown, the earliest deadline first."""
    shown = among(ROUND.c.state, (State.REVEALED, State.CLOSED))
    about = (ROUND.c.kind == kind) & among(ROUND.c.subject_id, subject_ids)
    return _load(conn, team, shown & about, order=_BY_DEADLINE)


def waiting_for(conn: sa.Connection, team: str, user: str, now: datetime) -> list[Round]:
    """The rounds that person has been asked in and may still answer, the most urgent first."""
    asked = ROUND.c.id.in_(_invited(team, user, Standing.WAITING))
    return _load(conn, team, _OPEN & (ROUND.c.deadline > now) & asked, order=_BY_DEADLINE)


def led_by(conn: sa.Connection, team: str, user: str) -> list[Round]:
    """The rounds that person called, until they are decided, the earliest deadline first."""
    return _load(conn, team, _UNDER_WAY & (ROUND.c.called_by == user), order=_BY_DEADLINE)


def without_caller(conn: sa.Connection, team: str) -> list[Round]:
    """The rounds under way whose caller has left: they fall to the coordinator."""
    return _load(conn, team, _UNDER_WAY & ROUND.c.caller_left, order=_BY_DEADLINE)


def _due(kind: Kind, now: datetime) -> sa.ColumnElement[bool]:
    return _OPEN & (ROUND.c.kind == kind) & (ROUND.c.deadline <= now)


def _invited(team: str, user: str, standing: Standing | None = None) -> sa.Select[Any]:
    query = sa.select(INVITED.c.round_id).where(
        INVITED.c.team_id == team, INVITED.c.user_id == user
    )
    return query if standing is None else query.where(INVITED.c.standing == standing)


def _load(
    conn: sa.Connection,
    team: str,
    which: sa.ColumnElement[bool],
    *,
    order: Sequence[sa.ColumnElement[Any]] = (),
    lock: bool = False,
) -> list[Round]:
    if lock:
        partner_rows.hold(conn, team, ROUND, which)
    query = sa.select(*(ROUND.c[name] for name in COLUMNS)).where(ROUND.c.team_id == team, which)
    query = query.order_by(*order)
    rows = conn.execute(query.with_for_update() if lock else query).mappings().all()
    standings = _standings(conn, team, [row["id"] for row in rows])
    return [Round(**row, standings=standings[row["id"]]) for row in rows]


def _standings(
    conn: sa.Connection, team: str, ids: Sequence[int]
) -> Mapping[int, dict[str, Standing]]:
    found: defaultdict[int, dict[str, Standing]] = defaultdict(dict)
    query = sa.select(INVITED).where(INVITED.c.team_id == team, among(INVITED.c.round_id, ids))
    for row in conn.execute(query.order_by(INVITED.c.user_id)) if ids else ():
        found[row.round_id][row.user_id] = row.standing
    return found
