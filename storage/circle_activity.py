"""What we do together with partners, and the question that comes after each."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

import sqlalchemy as sa

from bot.circle_activity import Activity
from bot.circle_partner import check_may_move
from bot.circle_question import what_now
from bot.translation import mark
from storage import circle_question, partner
from storage.circle_running import Running
from storage.circle_tables import ACTIVITY

_ACTIVITIES = Running(
    ACTIVITY,
    Activity,
    ("over_at", "over_by"),
    gone=mark("That activity is no longer there."),
    closed=mark("That activity was ended meanwhile. Open the card to see how it stands."),
    changed=mark(
        "A colleague has changed this activity while you were writing. Open it again to see how."
    ),
)

get = _ACTIVITIES.get
existing = _ACTIVITIES.existing


def begin(conn: sa.Connection, team: str, activity: Activity) -> Activity:
    """Store a new activity, have it asked about after its end, and return it as stored.

    Raises:
        UserError: the partner is gone, or is a sponsor, a fund or a supplier.
    """
    found = partner.existing(conn, team, activity.partner_id, lock=True)
    check_may_move(found)
    stored = _ACTIVITIES.add(conn, team, replace(activity, partner_id=found.id))
    return _asked_about(conn, team, stored)


def change(conn: sa.Connection, team: str, corrected: Activity, *, now: datetime) -> Activity:
    """Put another text and end in place, ask on the new day, and return it as stored.

    Its `version` is the one that the person saw.

    Raises:
        UserError: the activity was ended or changed meanwhile; nothing is overwritten.
    """
    before = _ACTIVITIES.locked(conn, team, corrected.id, corrected.version)
    texts = {"what": corrected.what, "ends_on": corrected.ends_on}
    after = _ACTIVITIES.write(conn, team, before, **texts)
    circle_question.withdraw_about(conn, team, after.id, now=now)
    return _asked_about(conn, team, after)


def finish(conn: sa.Connection, team: str, activity_id: int, *, by: str, now: datetime) -> Activity:
    """Mark as over and return it; nobody is asked about it any more.

    Raises:
        UserError: it is gone, or was ended meanwhile.
    """
    before = _ACTIVITIES.locked(conn, team, activity_id)
    circle_question.withdraw_about(conn, team, activity_id, now=now)
    return _ACTIVITIES.write(conn, team, before, over_by=by, over_at=now)


def finish_all(
    conn: sa.Connection, team: str, partner_id: int, *, by: str, now: datetime
) -> list[Activity]:
    """As finish(), whatever runs with the partner; the caller holds the partner."""
    every = running(conn, team, [partner_id])
    return [finish(conn, team, activity.id, by=by, now=now) for activity in every]


def running(conn: sa.Connection, team: str, partner_ids: Sequence[int]) -> list[Activity]:
    """What runs with these partners, what ends first before what has no end."""
    found = _ACTIVITIES.open_with(conn, team, partner_ids)
    return sorted(found, key=lambda activity: activity.ends_on or date.max)


def of_partner(conn: sa.Connection, team: str, partner_id: int) -> list[Activity]:
    """All activities with the partner, over or not, the oldest first."""
    return _ACTIVITIES.where(conn, team, ACTIVITY.c.partner_id == partner_id)


def over(conn: sa.Connection, team: str, partner_id: int) -> list[Activity]:
    """What is over with the partner, the oldest first."""
    ended = (ACTIVITY.c.partner_id == partner_id) & ACTIVITY.c.over_at.is_not(None)
    return _ACTIVITIES.where(conn, team, ended)


def _asked_about(conn: sa.Connection, team: str, activity: Activity) -> Activity:
    question = what_now(activity)
    if question:
        circle_question.put(conn, team, question)
    return activity
