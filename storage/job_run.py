"""What ran when: for each moment that a job was planned for, whether it has run.

A job is claimed before it begins and completed in the transaction of its effect. Those of today do
both in one (handlers/tick.py), so that a process that dies leaves nothing; a job that has to leave
the database in between claims first, and may be taken over once its lease is out.
"""

from datetime import datetime, timedelta

import sqlalchemy as sa

from storage.schema import METADATA, insert_once, team_column
from storage.types import PlainText, UtcDateTime

# Longer than any job takes, and short enough that a morning's job still runs that morning.
LEASE = timedelta(minutes=10)

_JOB_RUN = sa.Table(
    "job_run",
    METADATA,
    team_column(),
    sa.Column("job", PlainText, primary_key=True),
    sa.Column("planned_for", UtcDateTime, primary_key=True),
    sa.Column("claimed_until", UtcDateTime, nullable=False),
    sa.Column("completed_at", UtcDateTime),
)


def claim(conn: sa.Connection, team: str, job: str, planned_for: datetime, now: datetime) -> bool:
    """Take the job for LEASE; False where it has run, or somebody is at it."""
    key = {"team_id": team, "job": job, "planned_for": planned_for}
    until = now + LEASE
    if insert_once(conn, _JOB_RUN, {**key, "claimed_until": until}):
        return True
    taken_over = _one(team, job, planned_for).where(_JOB_RUN.c.claimed_until <= now)
    return conn.execute(taken_over.values(claimed_until=until)).rowcount == 1


def let_go(conn: sa.Connection, team: str, job: str, planned_for: datetime) -> None:
    """Give back what was claimed and did not succeed: whoever claims next has it at once."""
    mine = (_JOB_RUN.c.job == job, _JOB_RUN.c.planned_for == planned_for)
    open_run = (_JOB_RUN.c.team_id == team, *mine, _JOB_RUN.c.completed_at.is_(None))
    conn.execute(sa.delete(_JOB_RUN).where(*open_run))


def complete(
    conn: sa.Connection, team: str, job: str, planned_for: datetime, now: datetime
) -> bool:
    """Mark as run; False where somebody took it over and was first: then undo the effect, too."""
    done = _one(team, job, planned_for).values(completed_at=now)
    return conn.execute(done).rowcount == 1


def last(conn: sa.Connection, team: str, job: str, now: datetime) -> datetime | None:
    """The newest moment planned until now that has run; None before the first.

    Those planned for later ran while the clock was wrong, and make no job wait until then.
    """
    mine = (_JOB_RUN.c.team_id == team, _JOB_RUN.c.job == job, _JOB_RUN.c.planned_for <= now)
    query = sa.select(_JOB_RUN.c.planned_for).where(*mine, _JOB_RUN.c.completed_at.is_not(None))
    newest: datetime | None = conn.execute(
        query.order_by(_JOB_RUN.c.planned_for.desc()).limit(1)
    ).scalar()
    return newest


def _one(team: str, job: str, planned_for: datetime) -> sa.Update:
    """The run, unless it is completed."""
    mine = (_JOB_RUN.c.job == job, _JOB_RUN.c.planned_for == planned_for)
    return sa.update(_JOB_RUN).where(
        _JOB_RUN.c.team_id == team, *mine, _JOB_RUN.c.completed_at.is_(None)
    )
