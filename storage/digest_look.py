"""What the digest may have a look at, and when it last did."""

from collections.abc import Iterable
from datetime import date

import sqlalchemy as sa

from bot.digest import Digest
from bot.digest_look import Lookable, Looked, Partnered
from bot.goal_gap import gaps
from bot.timetable import Calendar
from storage import digest, digest_seen, goal_gap
from storage.circle_picture import together
from storage.digest_quiet import named
from storage.partner_tables import PARTNER


def lookable(
    conn: sa.Connection, team: str, today: date, calendar: Calendar, *, advice: int
) -> Lookable:
    """All of it; `advice` is how many pieces there are."""
    last = digest.last(conn, team)
    return Lookable(
        partners=_partners(conn, team, today, calendar),
        gaps=gaps(goal_gap.facts(conn, team, today)),
        gaps_seen=digest_seen.days(conn, team, today, calendar, _gap),
        advice=advice,
        after_jubilee=bool(last and last.look and last.look.what is Looked.JUBILEE),
    )


def _partners(conn: sa.Connection, team: str, today: date, calendar: Calendar) -> list[Partnered]:
    """Those that we do something with, and when each was looked at last."""
    seen = digest_seen.partner_days(conn, team, today, calendar, _partner)
    own = PARTNER.c
    query = sa.select(own.id, own.branch, own.start).where(*named(team), *together(team))
    return [
        Partnered(row.id, row.branch, row.start, seen.get(row.id)) for row in conn.execute(query)
    ]


def _partner(told: Digest) -> Iterable[int]:
    look = told.look
    return (look.number,) if look and look.of_partner else ()


def _gap(told: Digest) -> Iterable[str]:
    return (told.look.gap.key,) if told.look and told.look.gap else ()
