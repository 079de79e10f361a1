"""Deliveries of which nobody knows whether they were said, because Slack's answer was lost.

They are `perhaps`, and are settled by whoever finds out first: it is looked for in Slack, and then
it is said, or goes back into the line. `claimed_until` is when that may begin. It is empty where it
never may: a backup cannot know what the bot has said since (storage/backup_restore.py).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from storage.delivery import DELIVERY, PERHAPS, SENDING, Delivery, State, change, mine, of_row
from storage.delivery_sending import ANSWER, LONGEST_REST, over

# What Slack took and did not answer stands there by then, or never will.
LOOKED_FOR_AFTER = timedelta(seconds=30)
# Several calls of Slack; whoever takes longer is overtaken, and what it found out no longer counts.
LEASE = timedelta(minutes=2)


@dataclass(frozen=True)
class Lost:
    """A delivery in this process's hands until then, and how often it has failed before."""

    delivery: Delivery
    failures: int
    until: datetime


def answer_lost(conn: sa.Connection, team: str, key: str, *, real: datetime, reason: str) -> bool:
    """Slack did not say whether it took it."""
    until = real + LOOKED_FOR_AFTER
    values = {"state": State.PERHAPS, "reason": reason, "claimed_until": until}
    return change(conn, team, key, State.SENDING, **values)


def give_up(conn: sa.Connection, real: datetime, *, alone: bool = False) -> list[str]:
    """The keys, of all libraries, of what was being told by a process that died.

    Where no process but this one is there, by any other.
    """
    died = [DELIVERY.c.state == SENDING]
    if not alone:
        died.append(over(DELIVERY.c.claimed_until, real, ANSWER))
    lost = sa.update(DELIVERY).where(*died).returning(DELIVERY.c.key)
    values = {"state": State.PERHAPS, "reason": "process_died"}
    query = lost.values(**values).execution_options(every_team=True)
    return list(conn.execute(query).scalars())


def teams(conn: sa.Connection, real: datetime) -> list[str]:
    """Every library for which something may be settled now."""
    query = sa.select(DELIVERY.c.team_id).where(*_open(real)).distinct()
    return sorted(conn.execute(query.execution_options(every_team=True)).scalars())


def claim(conn: sa.Connection, team: str, *, real: datetime) -> Lost | None:
    """Take what has waited longest, for LEASE; None where nothing may be settled now."""
    free = (
        sa.select(DELIVERY)
        .where(DELIVERY.c.team_id == team, *_open(real))
        .order_by(DELIVERY.c.claimed_until, DELIVERY.c.key)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    row = conn.execute(free).one_or_none()
    if row is None:
        return None
    until = real + LEASE
    change(conn, team, row.key, State.PERHAPS, claimed_until=until)
    return Lost(of_row(row), row.failures, until)


def say_again(
    conn: sa.Connection, team: str, lost: Lost, *, not_before: datetime, reason: str
) -> bool:
    """Back into the line until that real time; False where somebody else has settled it."""
    values = {"state": State.WAITING, "reason": reason, "not_before": not_before}
    failures = lost.failures + 1
    return _settle(conn, team, lost, **values, failures=failures, unasked_at=None)


def give_out(conn: sa.Connection, team: str, lost: Lost, reason: str) -> bool:
    """It is tried no more; False where somebody else has settled it."""
    return _settle(conn, team, lost, state=State.DEAD, reason=reason)


def look_again(conn: sa.Connection, team: str, lost: Lost, at: datetime) -> None:
    """Slack could not be asked: look for it from that real time on."""
    _settle(conn, team, lost, failures=lost.failures + 1, claimed_until=at)


def _settle(conn: sa.Connection, team: str, lost: Lost, **values: object) -> bool:
    """Change it, unless it is in somebody else's hands by now."""
    own = (*mine(team, lost.delivery.key), DELIVERY.c.state == PERHAPS)
    changed = sa.update(DELIVERY).where(*own, DELIVERY.c.claimed_until == lost.until)
    return conn.execute(changed.values(**{"claimed_until": None, **values})).rowcount == 1


def _open(real: datetime) -> tuple[sa.ColumnElement[bool], ...]:
    until = DELIVERY.c.claimed_until
    return DELIVERY.c.state == PERHAPS, until.is_not(None), over(until, real, LONGEST_REST)
