"""Deliveries on their way out: claimed by one process, told to Slack, marked with what came of it.

The client that posts sends nothing again by itself, and no row goes back into the line unless Slack
said that the message does not stand there.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from storage.delivery import DELIVERY, SENDING, WAITING, Delivery, State, change, of_row
from storage.schema import padded

# A replica that dies delays no longer. One that takes longer to compose, for it may ask Slack for
# names, is overtaken: then whoever begins first is the one that tells Slack.
LEASE = timedelta(seconds=15)
# What rests longer is waited for by nobody: the tick finds it when its time has come.
SOON = timedelta(seconds=5)
# Longer than one call of Slack may take: after it nobody is waiting for the answer any more.
ANSWER = timedelta(seconds=45)


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
        _over(DELIVERY.c.not_before, real + SOON),
    )
    query = sa.select(DELIVERY.c.team_id).where(*due).distinct()
    return sorted(conn.execute(query.execution_options(every_team=True)).scalars())


def claim(
    conn: sa.Connection, team: str, *, now: datetime, real: datetime, resting: Sequence[str] = ()
) -> Claimed | None:
    """Take what has been due longest, for LEASE; None where nothing can go out at this moment.

    Nothing is taken for those who are `resting`, because they were told something just now.
    """
    free = (
        sa.select(DELIVERY)
        .where(
            DELIVERY.c.team_id == team,
            DELIVERY.c.state == WAITING,
            DELIVERY.c.due <= now,
            _over(DELIVERY.c.claimed_until, real),
            _over(DELIVERY.c.not_before, real),
            DELIVERY.c.to.not_in(padded(resting)),
        )
        .order_by(DELIVERY.c.due, DELIVERY.c.key)
        .limit(1)
        # In a statement of its own: below an UPDATE, PostgreSQL may run it again for every row.
        .with_for_update(skip_locked=True)
    )
    row = conn.execute(free).one_or_none()
    if row is None:
        return None
    change(conn, team, row.key, State.WAITING, claimed_until=real + LEASE)
    return Claimed(of_row(row), row.failures)


def begin(
    conn: sa.Connection, team: str, key: str, *, real: datetime, unasked_at: datetime | None = None
) -> bool:
    """Slack is told now; False where it was withdrawn meanwhile.

    `unasked_at`, the workspace's time, where the person has not asked for it.
    """
    return change(
        conn,
        team,
        key,
        State.WAITING,
        state=State.SENDING,
        claimed_until=real + ANSWER,
        unasked_at=unasked_at,
    )


def unasked_since(conn: sa.Connection, team: str, to: str, since: datetime) -> bool:
    """Whether the person was told something unasked at that moment or later.

    Locks what is on its way to her until the transaction ends, so that two replicas that both
    want to tell her something come one after the other.
    """
    hers = (DELIVERY.c.team_id == team, DELIVERY.c.to == to)
    still = DELIVERY.c.state == WAITING
    lately = DELIVERY.c.unasked_at >= since
    query = sa.select(DELIVERY.c.unasked_at).where(*hers, still | lately)
    rows = conn.execute(query.order_by(DELIVERY.c.key).with_for_update()).scalars().all()
    return any(at is not None and at >= since for at in rows)


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
    """Back into the line until that real time; whether it counts as a failure of its own.

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


def postpone(conn: sa.Connection, team: str, key: str, due: datetime) -> None:
    """Let it become due later."""
    change(conn, team, key, State.WAITING, due=due, claimed_until=None)


def give_up_lost(conn: sa.Connection, real: datetime) -> list[str]:
    """The keys, of all libraries, of what was being told by a process that died.

    Nobody knows whether it was said.
    """
    over = (DELIVERY.c.state == SENDING, DELIVERY.c.claimed_until <= real)
    lost = sa.update(DELIVERY).where(*over).returning(DELIVERY.c.key)
    values = {"state": State.PERHAPS, "reason": "process_died", "claimed_until": None}
    query = lost.values(**values).execution_options(every_team=True)
    return list(conn.execute(query).scalars())


def release(conn: sa.Connection) -> None:
    """No process but this one is there: nothing is in anybody's hands, of any library."""
    taken = (DELIVERY.c.state == WAITING, DELIVERY.c.claimed_until.is_not(None))
    query = sa.update(DELIVERY).where(*taken).values(claimed_until=None)
    conn.execute(query.execution_options(every_team=True))


def _over(moment: sa.ColumnElement[datetime], real: datetime) -> sa.ColumnElement[bool]:
    return sa.or_(moment.is_(None), moment <= real)
