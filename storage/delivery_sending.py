"""Deliveries on their way out: claimed by one process, told to Slack, marked with what came of it.

The client that posts sends nothing again by itself, and no row goes back into the line unless Slack
said that the message does not stand there; what Slack did not say is storage/delivery_lost.py's.

Leases and rests are moments of the machine's clock, and somebody may set that back. One that is
further off than it can ever have been made is over.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from storage.delivery import DELIVERY, WAITING, Delivery, State, change, of_row
from storage.schema import among, padded

# A replica that dies delays no longer. One that takes longer to compose, for it may ask Slack for
# names, is overtaken: then whoever begins first is the one that tells Slack.
LEASE = timedelta(seconds=15)
# What rests longer is waited for by nobody: the tick finds it when its time has come.
SOON = timedelta(seconds=5)
# Longer than one call of Slack may take: after it nobody is waiting for the answer any more.
ANSWER = timedelta(seconds=45)
WRONG = timedelta(days=1)  # what was said later than that was said while the clock was wrong
LONGEST_REST = timedelta(minutes=15)  # whoever asks for more is asked again in between
SKEW = timedelta(minutes=1)  # what the clocks of two replicas may differ by


@dataclass(frozen=True)
class Claimed:
    """A delivery in this process's hands, and how often it has failed before."""

    delivery: Delivery
    failures: int


def teams_with_due(conn: sa.Connection, now: datetime, real: datetime) -> list[str]:
    """Every library for which something is to be said now, or tried again SOON after `real`."""
    due = (
        DELIVERY.c.state == WAITING,
        DELIVERY.c.due <= now,
        over(DELIVERY.c.not_before, real + SOON, LONGEST_REST),
    )
    query = sa.select(DELIVERY.c.team_id).where(*due).distinct()
    return sorted(conn.execute(query.execution_options(every_team=True)).scalars())


def claim(
    conn: sa.Connection,
    team: str,
    *,
    now: datetime,
    real: datetime,
    resting: Sequence[str] = (),
    most: int = 1,
) -> list[Claimed]:
    """Take what has been due longest, for LEASE; nothing where nothing can go out at this moment.

    Up to `most`, and one at a time for each channel and person. Nothing is taken for those who are
    `resting`, because they were told something just now. What is for nobody, and only brings an
    older message up to date, comes when nobody waits for anything else.
    """
    own = DELIVERY.c
    free = (
        sa.select(DELIVERY)
        .where(
            own.team_id == team,
            own.state == WAITING,
            own.due <= now,
            over(own.claimed_until, real, LEASE),
            over(own.not_before, real, LONGEST_REST),
            own.to.not_in(padded(resting)),
        )
        .order_by(own.due, own.key)
        .limit(most)
        # In a statement of its own: below an UPDATE, PostgreSQL may run it again for every row.
        .with_for_update(skip_locked=True)
    )
    rows = conn.execute(free.where(own.to != "")).all() or conn.execute(free.where(own.to == ""))
    first: dict[str, Claimed] = {}
    for row in rows:
        first.setdefault(row.to, Claimed(of_row(row), row.failures))
    taken = list(first.values())
    _hold(conn, team, [one.delivery.key for one in taken], real + LEASE)
    return taken


def put_back(conn: sa.Connection, team: str, keys: Sequence[str]) -> None:
    """What was taken, and no time is left for: whoever comes next may have it at once."""
    _hold(conn, team, keys, None)


def _hold(conn: sa.Connection, team: str, keys: Sequence[str], until: datetime | None) -> None:
    if keys:
        own = DELIVERY.c
        held = sa.update(DELIVERY).where(own.team_id == team, own.state == WAITING)
        conn.execute(held.where(among(own.key, keys)).values(claimed_until=until))


def begin(
    conn: sa.Connection,
    team: str,
    key: str,
    *,
    real: datetime,
    thread_ts: str | None = None,
    unasked_at: datetime | None = None,
) -> bool:
    """Slack is told now; False where it was withdrawn meanwhile.

    `thread_ts` is where it is said, if not where it was put, for whoever has to look for it;
    `unasked_at`, the workspace's time, where the person has not asked for it.
    """
    return change(
        conn,
        team,
        key,
        State.WAITING,
        state=State.SENDING,
        claimed_until=real + ANSWER,
        thread_ts=DELIVERY.c.thread_ts if thread_ts is None else thread_ts,
        unasked_at=unasked_at,
    )


def unasked(
    conn: sa.Connection, team: str, to: str, *, since: datetime, now: datetime
) -> tuple[list[tuple[str, datetime]], list[tuple[str, str]]]:
    """What they were told unasked since then, by kind and moment; and what is due, by key and kind.

    Locks what is on its way to them until the transaction ends, so that two replicas that both
    want to tell them something come one after the other.
    """
    own = DELIVERY.c
    still = own.state == WAITING
    query = (
        sa.select(own.key, own.kind, own.due, own.unasked_at, still.label("waits"))
        .where(
            own.team_id == team, own.to == to, still | own.unasked_at.between(since, now + WRONG)
        )
        .order_by(own.key)
    )
    rows = conn.execute(query.with_for_update()).all()
    said = [(row.kind, row.unasked_at) for row in rows if row.unasked_at and not row.waits]
    return said, [(row.key, row.kind) for row in rows if row.waits and row.due <= now]


def mark_said(conn: sa.Connection, team: str, key: str, *, channel: str, ts: str) -> bool:
    """Slack has it, as that message; False where that is known already."""
    values = {"state": State.SAID, "channel": channel, "ts": ts, "reason": ""}
    on_its_way = (State.SENDING, State.PERHAPS)
    return change(conn, team, key, *on_its_way, **values, claimed_until=None)


def settle(
    conn: sa.Connection, team: str, key: str, state: State, reason: str = "", *, at: State
) -> bool:
    """It will not be said, or nobody knows whether it was: what has become of it, and why.

    `at` is how far it had come here: what another process has begun meanwhile stays as it is.
    """
    return change(conn, team, key, at, state=state, reason=reason, claimed_until=None)


def try_again(
    conn: sa.Connection,
    team: str,
    key: str,
    *,
    not_before: datetime,
    reason: str,
    failed: bool,
    at: State,
) -> None:
    """Back into the line until that real time, LONGEST_REST off at most; whether it has failed.

    `at` as for settle().
    """
    change(
        conn,
        team,
        key,
        at,
        state=State.WAITING,
        reason=reason,
        not_before=not_before,
        failures=DELIVERY.c.failures + int(failed),
        claimed_until=None,
        unasked_at=None,
    )


def rest(conn: sa.Connection, team: str, to: str, until: datetime) -> None:
    """Take nothing for that channel or person, or of what is for nobody, before that real time."""
    own = DELIVERY.c
    theirs = (own.team_id == team, own.state == WAITING, own.to == to)
    conn.execute(sa.update(DELIVERY).where(*theirs).values(not_before=until))


def postpone(conn: sa.Connection, team: str, key: str, due: datetime) -> None:
    """Let it become due later."""
    change(conn, team, key, State.WAITING, due=due, claimed_until=None)


def release(conn: sa.Connection) -> None:
    """No process but this one is there: nothing is in anybody's hands, of any library."""
    taken = (DELIVERY.c.state == WAITING, DELIVERY.c.claimed_until.is_not(None))
    query = sa.update(DELIVERY).where(*taken).values(claimed_until=None)
    conn.execute(query.execution_options(every_team=True))


def over(
    moment: sa.ColumnElement[datetime], real: datetime, most: timedelta
) -> sa.ColumnElement[bool]:
    """Whether that moment has come, or never was; `most` is how far off it can have been made."""
    return sa.or_(moment.is_(None), moment <= real, moment > real + most + SKEW)
