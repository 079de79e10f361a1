"""What a colleague has heard of and put off, and when she did anything in the bot last."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime

import sqlalchemy as sa

from bot.reminder import Past, Thing, What
from storage.delivery import DELIVERY, State
from storage.reminder_tables import READER, TOLD
from storage.schema import next_ids, upsert

_ABOUT_PARTNERS = frozenset({What.STEP, What.CARE, What.AGREEMENT})
_READ = (State.SAID, State.PERHAPS)


def past(conn: sa.Connection, team: str, user: str) -> dict[str, Past]:
    """What that colleague has heard of, by the key of the thing; no message that is on its way."""
    of_team = (DELIVERY.c.team_id == TOLD.c.team_id) & (DELIVERY.c.team_id == team)
    query = (
        sa.select(TOLD)
        .outerjoin(DELIVERY, of_team & (DELIVERY.c.key == TOLD.c.letter))
        .where(TOLD.c.team_id == team, TOLD.c.user_id == user)
        .where(TOLD.c.letter.is_(None) | DELIVERY.c.state.in_(_READ))
        .order_by(TOLD.c.on, TOLD.c.id)
    )
    found: defaultdict[str, list[sa.Row[tuple[object, ...]]]] = defaultdict(list)
    for row in conn.execute(query):
        number = row.partner_id if row.what in _ABOUT_PARTNERS else row.subject_id
        found[f"{row.what}.{number}"].append(row)
    return {key: _past(rows) for key, rows in found.items()}


def mentioned(
    conn: sa.Connection,
    team: str,
    user: str,
    things: Iterable[Thing],
    on: date,
    *,
    letter: str | None = None,
) -> None:
    """She was told of these unasked; with a `letter`, as soon as that delivery is said."""
    _add(conn, team, user, things, on, letter=letter)


def put_off(
    conn: sa.Connection, team: str, user: str, thing: Thing, *, on: date, until: date
) -> None:
    """She wants to hear of it from that day on only."""
    _add(conn, team, user, [thing], on, until=until)


def clicked(conn: sa.Connection, team: str, user: str, now: datetime) -> None:
    """She did something in the bot."""
    upsert(conn, READER, {"team_id": team, "user_id": user, "clicked_at": now})


def unanswered(conn: sa.Connection, team: str, user: str) -> bool:
    """Whether anything unasked has come since she last did anything in the bot.

    Only then is it noted that she did: who comes and goes is nobody's business.
    """
    return conn.execute(_since_click(conn, team, user).limit(1)).first() is not None


def silent(conn: sa.Connection, team: str, user: str, kind: str) -> int:
    """How many deliveries of that kind have come since she last did anything in the bot."""
    query = _since_click(conn, team, user).where(DELIVERY.c.kind == kind)
    return len(conn.execute(query).all())


def _since_click(conn: sa.Connection, team: str, user: str) -> sa.Select[tuple[str]]:
    last = sa.select(READER.c.clicked_at).where(READER.c.team_id == team, READER.c.user_id == user)
    clicked_at = conn.execute(last).scalar_one_or_none()
    query = sa.select(DELIVERY.c.key).where(
        DELIVERY.c.team_id == team,
        DELIVERY.c.to == user,
        DELIVERY.c.state.in_(_READ),
        DELIVERY.c.unasked_at.is_not(None),
    )
    return query.where(DELIVERY.c.unasked_at > clicked_at) if clicked_at else query


def _add(
    conn: sa.Connection,
    team: str,
    user: str,
    things: Iterable[Thing],
    on: date,
    *,
    until: date | None = None,
    letter: str | None = None,
) -> None:
    every = list(things)
    rows = [
        {
            "team_id": team,
            "id": new_id,
            "user_id": user,
            "what": thing.what,
            "subject_id": 0 if thing.what in _ABOUT_PARTNERS else thing.subject_id,
            "partner_id": thing.partner_id,
            "on": on,
            "until": until,
            "letter": letter,
        }
        for thing, new_id in zip(every, next_ids(conn, team, len(every)), strict=True)
    ]
    if rows:
        conn.execute(sa.insert(TOLD), rows)


def _past(rows: list[sa.Row[tuple[object, ...]]]) -> Past:
    offs = [row for row in rows if row.until]
    return Past(
        tuple(row.on for row in rows if row.until is None),
        offs[-1].on if offs else None,
        offs[-1].until if offs else None,
    )
