"""Partners offered to a colleague: put, answered, and withdrawn when another is offered."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from bot.errors import UserError
from bot.partner import Tie
from bot.reminder_handover import OPEN_FOR, Handover, State
from bot.translation import mark
from storage.partner_tables import TIE
from storage.reminder_tables import HANDOVER
from storage.schema import among, next_ids

_GONE = mark("This offer is no longer there.")

_COLUMNS = [HANDOVER.c[field.name] for field in fields(Handover)]


def offer(conn: sa.Connection, team: str, new: Handover) -> Handover:
    """Store an offer and return it as stored; the caller holds the partner.

    One that is open is withdrawn: a partner is offered to one colleague at a time.
    """
    mine = (HANDOVER.c.team_id == team, HANDOVER.c.partner_id == new.partner_id)
    opened = sa.update(HANDOVER).where(*mine, HANDOVER.c.state == State.OFFERED)
    conn.execute(opened.values(state=State.WITHDRAWN, settled_at=new.at))
    (new_id,) = next_ids(conn, team)
    stored = replace(new, id=new_id, version=1)
    row = {field.name: getattr(stored, field.name) for field in fields(Handover)}
    conn.execute(sa.insert(HANDOVER).values(team_id=team, **row))
    return stored


def existing(conn: sa.Connection, team: str, number: int, *, lock: bool = False) -> Handover:
    """One offer; raises UserError where there is none."""
    query = sa.select(*_COLUMNS).where(HANDOVER.c.team_id == team, HANDOVER.c.id == number)
    found = _loaded(conn, query.with_for_update() if lock else query)
    if not found:
        raise UserError(_GONE)
    return found[0]


def get_many(conn: sa.Connection, team: str, numbers: Sequence[int]) -> list[Handover]:
    """The offers of these ids that exist, the oldest first."""
    mine = (HANDOVER.c.team_id == team, among(HANDOVER.c.id, numbers))
    return _loaded(conn, sa.select(*_COLUMNS).where(*mine))


def settle(conn: sa.Connection, team: str, settled: Handover) -> Handover:
    """Store what has come of it; it was loaded with `lock=True` in the same transaction."""
    after = replace(settled, version=settled.version + 1)
    mine = (HANDOVER.c.team_id == team, HANDOVER.c.id == settled.id)
    values = {"state": after.state, "settled_at": after.settled_at, "version": after.version}
    conn.execute(sa.update(HANDOVER).where(*mine).values(**values))
    return after


def offered_to(conn: sa.Connection, team: str, user: str, now: datetime) -> list[Handover]:
    """What waits for that colleague's answer, the oldest first."""
    return _loaded(conn, _open(team, now).where(HANDOVER.c.to == user))


def open_about(
    conn: sa.Connection, team: str, partner_ids: Sequence[int], now: datetime
) -> dict[int, Handover]:
    """The open offers of these partners."""
    query = _open(team, now).where(among(HANDOVER.c.partner_id, partner_ids))
    return {one.partner_id: one for one in _loaded(conn, query)}


def on_offer(conn: sa.Connection, team: str, now: datetime) -> list[int]:
    """The partners that wait for a colleague's answer, the longest first; a number per partner."""
    return [one.partner_id for one in _loaded(conn, _open(team, now))]


def asked_by(conn: sa.Connection, team: str, user: str, since: datetime) -> list[Handover]:
    """What that colleague has offered since then: of each partner the newest, the oldest first."""
    query = sa.select(*_COLUMNS).where(
        HANDOVER.c.team_id == team, HANDOVER.c.by == user, HANDOVER.c.at > since
    )
    newest = {one.partner_id: one for one in _loaded(conn, query)}
    return sorted(newest.values(), key=lambda one: (one.at, one.id))


def declined_among(conn: sa.Connection, team: str, numbers: Sequence[int]) -> set[int]:
    """Those of these offers to which the answer was no."""
    query = sa.select(HANDOVER.c.id).where(
        HANDOVER.c.team_id == team,
        among(HANDOVER.c.id, numbers),
        HANDOVER.c.state == State.DECLINED,
    )
    return set(conn.execute(query).scalars())


def asked_before(
    conn: sa.Connection, team: str, partner_ids: Sequence[int]
) -> Mapping[int, set[str]]:
    """Who was asked about each of these partners and did not say yes; without a word is no."""
    query = sa.select(HANDOVER.c.partner_id, HANDOVER.c.to).where(
        HANDOVER.c.team_id == team,
        among(HANDOVER.c.partner_id, partner_ids),
        HANDOVER.c.state != State.ACCEPTED,
    )
    found: defaultdict[int, set[str]] = defaultdict(set)
    for number, to in conn.execute(query):
        found[number].add(to)
    return found


def _open(team: str, now: datetime) -> sa.Select[Any]:
    """Those that wait for an answer; with another responsible they are over."""
    whose = (
        sa.select(TIE.c.user_id)
        .where(TIE.c.team_id == team, TIE.c.partner_id == HANDOVER.c.partner_id)
        .where(TIE.c.tie == Tie.RESPONSIBLE)
        .scalar_subquery()
    )
    waits = (HANDOVER.c.state == State.OFFERED, HANDOVER.c.at > now - OPEN_FOR)
    stands = HANDOVER.c.responsible.is_not_distinct_from(whose)
    return sa.select(*_COLUMNS).where(HANDOVER.c.team_id == team, *waits, stands)


def _loaded(conn: sa.Connection, query: sa.Select[Any]) -> list[Handover]:
    rows = conn.execute(query.order_by(HANDOVER.c.at, HANDOVER.c.id)).mappings()
    return [Handover(**row) for row in rows]
