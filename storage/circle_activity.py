"""What we do together with partners, and the question that comes after each."""

from collections.abc import Sequence
from dataclasses import fields
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from bot.circle_activity import Activity
from bot.circle_partner import check_may_move
from bot.circle_question import what_now
from bot.errors import UserError
from bot.translation import mark
from storage import circle_question, partner
from storage.circle_tables import ACTIVITY
from storage.schema import among, next_ids

_GONE = mark("That activity is no longer there.")
_OVER = mark("That activity was ended meanwhile. Open the card to see how it stands.")
_CHANGED = mark(
    "A colleague has changed this activity while you were writing. Open it again to see how."
)

_NAMES = [field.name for field in fields(Activity)]
_COLUMNS = [ACTIVITY.c[name] for name in _NAMES]


def begin(conn: sa.Connection, team: str, activity: Activity) -> Activity:
    """Store a new activity, have it asked about after its end, and return it as stored.

    Raises:
        UserError: the partner is gone, or is a sponsor, a fund or a supplier.
    """
    check_may_move(partner.existing(conn, team, activity.partner_id, lock=True))
    (new_id,) = next_ids(conn, team)
    row = {name: getattr(activity, name) for name in _NAMES}
    row |= {"id": new_id, "version": 1, "over_by": None, "over_at": None}
    conn.execute(sa.insert(ACTIVITY).values(team_id=team, **row))
    return _asked_about(conn, team, existing(conn, team, new_id))


def change(conn: sa.Connection, team: str, corrected: Activity, *, now: datetime) -> Activity:
    """Put another text and end in place, ask on the new day, and return it as stored.

    Its `version` is the one that the person saw.

    Raises:
        UserError: the activity was ended or changed meanwhile; nothing is overwritten.
    """
    before = _locked(conn, team, corrected.id)
    if before.version != corrected.version:
        raise UserError(_CHANGED)
    after = _written(conn, team, before, what=corrected.what, ends_on=corrected.ends_on)
    circle_question.withdraw_about(conn, team, after.id, now=now)
    return _asked_about(conn, team, after)


def finish(conn: sa.Connection, team: str, activity_id: int, *, by: str, now: datetime) -> Activity:
    """Mark as over and return it; nobody is asked about it any more.

    Raises:
        UserError: it is gone, or was ended meanwhile.
    """
    before = _locked(conn, team, activity_id)
    circle_question.withdraw_about(conn, team, activity_id, now=now)
    return _written(conn, team, before, over_by=by, over_at=now)


def finish_all(
    conn: sa.Connection, team: str, partner_id: int, *, by: str, now: datetime
) -> list[Activity]:
    """As finish(), whatever runs with the partner; the caller holds the partner."""
    every = running(conn, team, [partner_id])
    return [finish(conn, team, activity.id, by=by, now=now) for activity in every]


def get(conn: sa.Connection, team: str, activity_id: int) -> Activity | None:
    """One activity, over or not."""
    found = _loaded(conn, _activities(team).where(ACTIVITY.c.id == activity_id))
    return found[0] if found else None


def existing(conn: sa.Connection, team: str, activity_id: int) -> Activity:
    """As get(); raises UserError where there is none."""
    found = get(conn, team, activity_id)
    if found is None:
        raise UserError(_GONE)
    return found


def running(conn: sa.Connection, team: str, partner_ids: Sequence[int]) -> list[Activity]:
    """What runs with these partners, what ends first before what has no end."""
    query = _activities(team).where(
        among(ACTIVITY.c.partner_id, partner_ids), ACTIVITY.c.over_at.is_(None)
    )
    return sorted(_loaded(conn, query), key=lambda activity: activity.ends_on or date.max)


def of_partner(conn: sa.Connection, team: str, partner_id: int) -> list[Activity]:
    """All activities with the partner, over or not, the oldest first."""
    return _loaded(conn, _activities(team).where(ACTIVITY.c.partner_id == partner_id))


def _locked(conn: sa.Connection, team: str, activity_id: int) -> Activity:
    """The running activity, read again once its partner is locked."""
    partner_id = existing(conn, team, activity_id).partner_id
    partner.existing(conn, team, partner_id, lock=True)
    current = existing(conn, team, activity_id)
    if current.over_at:
        raise UserError(_OVER)
    return current


def _written(conn: sa.Connection, team: str, before: Activity, **values: object) -> Activity:
    mine = sa.update(ACTIVITY).where(ACTIVITY.c.team_id == team, ACTIVITY.c.id == before.id)
    conn.execute(mine.values(**values, version=before.version + 1))
    return existing(conn, team, before.id)


def _asked_about(conn: sa.Connection, team: str, activity: Activity) -> Activity:
    question = what_now(activity)
    if question:
        circle_question.put(conn, team, question)
    return activity


def _activities(team: str) -> sa.Select[Any]:
    return sa.select(*_COLUMNS).where(ACTIVITY.c.team_id == team)


def _loaded(conn: sa.Connection, query: sa.Select[Any]) -> list[Activity]:
    ordered = query.order_by(ACTIVITY.c.noted_at, ACTIVITY.c.id)
    return [Activity(**row) for row in conn.execute(ordered).mappings()]
