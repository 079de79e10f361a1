"""What did not get through, until somebody sends it again or lets it be."""

from datetime import datetime

import sqlalchemy as sa

from bot.delivery_failed import SHOWN, Failed, one_of_each
from bot.timetable import Calendar
from storage.delivery import DEAD, DELIVERY, State, change, mine

MOST = 200  # that are looked through; who has more has one cause for them


def failed(conn: sa.Connection, team: str, now: datetime, calendar: Calendar) -> list[Failed]:
    """What did not get through lately, the newest first."""
    own = DELIVERY.c
    query = (
        sa.select(own.key, own.kind, own.subject_id, own.to, own.due, own.reason)
        .where(own.team_id == team, own.state == DEAD, own.due > now - SHOWN)
        .where(own.to != "")  # brought up to date is what got through long ago
        .order_by(own.due.desc(), own.key)
        .limit(MOST)
    )
    return one_of_each(
        Failed(row.key, row.kind, row.subject_id, row.to, calendar.day(row.due), row.reason)
        for row in conn.execute(query)
    )


def again(conn: sa.Connection, team: str, key: str, *, now: datetime) -> bool:
    """Into the line once more, with what belongs to it; False where it is not dead any more."""
    return _with_all_of_it(conn, team, key, **_anew(now))


def digest_again(
    conn: sa.Connection, team: str, key: str, *, now: datetime, channel: str | None
) -> bool:
    """The same for a digest, which may have been dropped for its channel; it goes to `channel`.

    False where it is said, or on its way.
    """
    where = {"to": channel} if channel else {}
    unsaid = (State.DEAD, State.DROPPED)
    return change(conn, team, key, *unsaid, **_anew(now), **where)


def _anew(now: datetime) -> dict[str, object]:
    """As if it had never been tried."""
    fresh = {"reason": "", "failures": 0, "not_before": None, "unasked_at": None}
    return {"state": State.WAITING, "due": now, **fresh}


def let_be(conn: sa.Connection, team: str, key: str) -> bool:
    """Nobody needs it any more; False as above."""
    return _with_all_of_it(conn, team, key, state=State.WITHDRAWN)


def kind_of(conn: sa.Connection, team: str, key: str) -> str | None:
    """What kind of delivery that is, None where there is none."""
    query = sa.select(DELIVERY.c.kind).where(*mine(team, key))
    kind: str | None = conn.execute(query).scalar_one_or_none()
    return kind


def _with_all_of_it(conn: sa.Connection, team: str, key: str, **values: object) -> bool:
    own = DELIVERY.c
    query = sa.select(own.kind, own.subject_id, own.to).where(*mine(team, key), own.state == DEAD)
    one = conn.execute(query).one_or_none()
    if one is None:
        return False
    all_of_it = (own.kind == one.kind, own.subject_id == one.subject_id, own.to == one.to)
    changed = sa.update(DELIVERY).where(own.team_id == team, own.state == DEAD, *all_of_it)
    return conn.execute(changed.values(**values)).rowcount > 0
