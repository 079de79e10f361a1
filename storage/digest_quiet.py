"""Who stands in the digest: those nobody looks after, and whom to look at; when each last did."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, time

import sqlalchemy as sa

from bot.circle import Level
from bot.digest import Digest, Unclaimed, turn_of
from bot.digest import unclaimed as wanting
from bot.digest_look import FOCUS_REST, Looked, Partnered
from bot.partner import Kind, RelationType, Status, Tie
from bot.reminder_cadence import Relation
from bot.timetable import Calendar
from storage import digest, duplicate_redirect, reminder_cadence
from storage.partner_tables import CHANGE, PARTNER, TIE

# Three of them are shown; the rest is enough for the thread.
_MOST = 25
_AT_ONCE = 1000  # partners in one statement: SQLite takes some 30,000 values


def named(team: str) -> Sequence[sa.ColumnElement[bool]]:
    """The partners whose names may stand in a channel: those that are not one person."""
    own = PARTNER.c
    organisation = own.kind.is_(None) | (own.kind != Kind.INDIVIDUAL)
    return own.team_id == team, own.archived.is_(False), organisation


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
) -> list[Unclaimed]:
    """Those that want a responsible and have none; `left` are no colleagues any more.

    `since`: the moment of the digest before.
    """
    told_on = _days(conn, team, today, calendar, _unclaimed)
    cadences = reminder_cadence.library(conn, team)
    relations = _unclaimed_relations(conn, team, calendar, left)
    let_go = _let_go(conn, team, since)
    wanted = [
        wanting(relation, cadences, today, let_go=relation.partner_id in let_go)
        for relation in relations
    ]
    found = [replace(one, told_on=told_on.get(one.partner_id)) for one in wanted if one]
    return sorted(found, key=turn_of)[:_MOST]


def looked_at(conn: sa.Connection, team: str, today: date, calendar: Calendar) -> list[Partnered]:
    """Those that we do something with, and when each was looked at last."""
    seen = _days(conn, team, today, calendar, _looked)
    own = PARTNER.c
    query = sa.select(own.id, own.branch, own.start).where(
        *named(team),
        own.relation_type == RelationType.PARTNER,
        own.status == Status.ACTIVE,
        own.level != Level.NETWORK,
    )
    return [
        Partnered(row.id, row.branch, row.start, seen.get(row.id)) for row in conn.execute(query)
    ]


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


def _let_go(conn: sa.Connection, team: str, since: datetime) -> set[int]:
    """Those whose responsible was taken off the card since then."""
    own = CHANGE.c
    query = sa.select(own.partner_id, own.after).where(
        own.team_id == team, own.field == "responsible", own.at >= since
    )
    return {row.partner_id for row in conn.execute(query) if row.after is None}


def _days(
    conn: sa.Connection,
    team: str,
    today: date,
    calendar: Calendar,
    which: Callable[[Digest], Iterable[int]],
) -> dict[int, date]:
    """When each of them stood in a digest last; one that was made one with another is that."""
    now_is = duplicate_redirect.all_moved(conn, team)
    since = calendar.moment(today - FOCUS_REST, time())
    found: dict[int, date] = {}
    for issue in reversed(digest.issues(conn, team, since)):
        for number in which(issue.told):
            found[now_is.get(number, number)] = calendar.day(issue.until)
    return found


def _unclaimed(told: Digest) -> Iterable[int]:
    return (one.partner_id for one in told.unclaimed.lines)


def _looked(told: Digest) -> Iterable[int]:
    look = told.look
    return (look.number,) if look and look.what is not Looked.ADVICE else ()
