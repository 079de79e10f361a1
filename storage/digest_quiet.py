"""Whom the digest asks somebody to take: those nobody looks after."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime

import sqlalchemy as sa

from bot.digest import Digest
from bot.digest_unclaimed import Unclaimed, turn_of
from bot.digest_unclaimed import unclaimed as wanting
from bot.partner import Tie
from bot.reminder_cadence import Relation
from bot.timetable import Calendar
from storage import digest_seen, reminder_cadence
from storage.contact_tables import CONTACT, by_us
from storage.partner_tables import CHANGE, ORGANISATION, PARTNER, TIE
from storage.schema import among

# Three of them are shown; the rest is enough for the thread.
_MOST = 25
_AT_ONCE = 1000  # partners in one statement: SQLite takes some 30,000 values


def named(team: str) -> Sequence[sa.ColumnElement[bool]]:
    """The partners whose names may stand in a channel: those that are not one person."""
    own = PARTNER.c
    return own.team_id == team, own.archived.is_(False), ORGANISATION


def responsibles(conn: sa.Connection, team: str) -> list[str]:
    """Every colleague who is responsible for a partner."""
    query = sa.select(TIE.c.user_id).where(TIE.c.team_id == team, TIE.c.tie == Tie.RESPONSIBLE)
    return list(conn.execute(query.distinct().order_by(TIE.c.user_id)).scalars())


def unclaimed(
    conn: sa.Connection,
    team: str,
    today: date,
    calendar: Calendar,
    left: Collection[str],
    *,
    since: datetime,
    until: datetime,
) -> list[Unclaimed]:
    """Those that want a responsible and have none; `left` are no colleagues any more.

    `since`: the moment of the digest before, and `until` that of this one.
    """
    told_on = digest_seen.partner_days(conn, team, today, calendar, _told)
    cadences = reminder_cadence.library(conn, team)
    relations = _unclaimed_relations(conn, team, calendar, left)
    let_go = _let_go(conn, team, since, until)
    wanted = [
        wanting(relation, cadences, today, let_go=relation.partner_id in let_go)
        for relation in relations
    ]
    found = [replace(one, told_on=told_on.get(one.partner_id)) for one in wanted if one]
    shown = sorted(found, key=turn_of)[:_MOST]
    last_by = _last_by(conn, team, [one.partner_id for one in shown])
    return [replace(one, last_by=last_by.get(one.partner_id, "")) for one in shown]


def _last_by(conn: sa.Connection, team: str, partner_ids: Sequence[int]) -> dict[int, str]:
    """Who of us was in contact with each of them last; nobody where a list told of it."""
    own = CONTACT.c
    by = sa.case((by_us(), own.noted_by), else_="").label("by")
    query = sa.select(own.partner_id, by).where(
        own.team_id == team, among(own.partner_id, partner_ids), own.undone_at.is_(None)
    )
    rows = conn.execute(query.order_by(own.on, own.noted_at, own.id))
    return {row.partner_id: row.by for row in rows}


def _unclaimed_relations(
    conn: sa.Connection, team: str, calendar: Calendar, left: Collection[str]
) -> Iterator[Relation]:
    taken = sa.exists().where(
        TIE.c.team_id == team,
        TIE.c.partner_id == PARTNER.c.id,
        TIE.c.tie == Tie.RESPONSIBLE,
        TIE.c.user_id.not_in(sorted(left)),
    )
    query = sa.select(PARTNER.c.id).where(*named(team), ~taken).order_by(PARTNER.c.id)
    numbers = conn.execute(query).scalars().all()
    for first in range(0, len(numbers), _AT_ONCE):
        few = numbers[first : first + _AT_ONCE]
        yield from reminder_cadence.relations(conn, team, few, calendar.zone)


def _let_go(conn: sa.Connection, team: str, since: datetime, until: datetime) -> set[int]:
    """Those whose responsible was taken off the card in that time."""
    own = CHANGE.c
    query = sa.select(own.partner_id, own.after).where(
        own.team_id == team, own.field == "responsible", own.at >= since, own.at < until
    )
    return {row.partner_id for row in conn.execute(query) if row.after is None}


def _told(told: Digest) -> Iterable[int]:
    return (one.partner_id for one in told.unclaimed.lines)
