"""Who sees to what a decision has left to be done: a row for each, on Home until it is done."""

from dataclasses import fields
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from bot.round_step import Step
from bot.tjek_step import Task
from storage.schema import METADATA, team_column
from storage.tjek_tables import TJEK
from storage.types import PlainText, UtcDateTime

TJEK_STEP = sa.Table(
    "tjek_step",
    METADATA,
    team_column(),
    sa.Column("tjek_id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("user_id", PlainText, primary_key=True),
    sa.Column("text", PlainText, nullable=False),
    sa.Column("due_on", sa.Date, nullable=False),
    sa.Column("by", PlainText, nullable=False),
    sa.Column("at", UtcDateTime, nullable=False),
    sa.Column("done_at", UtcDateTime),
    sa.ForeignKeyConstraint(
        ["team_id", "tjek_id"], ["tjek.team_id", "tjek.id"], ondelete="CASCADE"
    ),
    sa.Index("ix_tjek_step_user", "team_id", "user_id", "done_at"),
)

_COLUMNS = [TJEK_STEP.c[field.name] for field in fields(Task)]
_OPEN = TJEK_STEP.c.done_at.is_(None)


def assign(
    conn: sa.Connection, team: str, tjek_id: int, step: Step | None, *, by: str, now: datetime
) -> list[str]:
    """Put the step, or none, in place of the check's former one; to whom it is new.

    The caller holds the check. With whom the same step stands already it stays, done or not.
    """
    before = {task.user_id: task for task in _loaded(conn, team, TJEK_STEP.c.tjek_id == tjek_id)}
    wanted = dict.fromkeys(step.who, (step.text, step.on)) if step else {}
    same = {user for user, one in before.items() if wanted.get(user) == (one.text, one.due_on)}
    stale = TJEK_STEP.c.user_id.not_in(sorted(same))
    mine = (TJEK_STEP.c.team_id == team, TJEK_STEP.c.tjek_id == tjek_id)
    conn.execute(sa.delete(TJEK_STEP).where(*mine, stale))
    new = [user for user in wanted if user not in same]
    row = {"team_id": team, "tjek_id": tjek_id, "by": by, "at": now}
    for user in new:
        text, on = wanted[user]
        values = row | {"user_id": user, "text": text, "due_on": on}
        conn.execute(sa.insert(TJEK_STEP).values(**values))
    return new


def waiting_for(conn: sa.Connection, team: str, user: str, *, limit: int) -> list[Task]:
    """What that colleague has to see to, the first due first."""
    return _loaded(conn, team, (TJEK_STEP.c.user_id == user) & _OPEN, limit=limit)


def waiting_about(
    conn: sa.Connection, team: str, user: str, *, limit: int
) -> list[tuple[Task, int | None]]:
    """As waiting_for(), each with the partner of the register that its check is about, if any."""
    check = (TJEK.c.team_id == TJEK_STEP.c.team_id) & (TJEK.c.id == TJEK_STEP.c.tjek_id)
    hers = _query(team, (TJEK_STEP.c.user_id == user) & _OPEN, limit)
    rows = conn.execute(hers.join(TJEK, check).add_columns(TJEK.c.partner_id))
    return [(Task(*task), partner_id) for *task, partner_id in rows]


def get(conn: sa.Connection, team: str, tjek_id: int, user: str) -> Task | None:
    """What that colleague sees to after that check, while it is to be done."""
    which = (TJEK_STEP.c.tjek_id == tjek_id) & (TJEK_STEP.c.user_id == user) & _OPEN
    found = _loaded(conn, team, which)
    return found[0] if found else None


def every_open(conn: sa.Connection, team: str) -> list[Task]:
    """All that is to be done, whoever sees to it."""
    return _loaded(conn, team, _OPEN)


def hand_on(conn: sa.Connection, team: str, tjek_id: int, *, of: str, to: str) -> bool:
    """From one colleague to another; False where it is not hers to be done any more."""
    if get(conn, team, tjek_id, of) is None:
        return False
    whose = TJEK_STEP.c.user_id
    check = (TJEK_STEP.c.team_id == team, TJEK_STEP.c.tjek_id == tjek_id)
    conn.execute(sa.delete(TJEK_STEP).where(*check, whose == to))  # the same, perhaps done before
    moved = sa.update(TJEK_STEP).where(*check, whose == of, _OPEN)
    return conn.execute(moved.values(user_id=to)).rowcount == 1


def finish(conn: sa.Connection, team: str, tjek_id: int, *, now: datetime) -> None:
    """It is done, for everybody who was to see to it."""
    mine = (TJEK_STEP.c.team_id == team, TJEK_STEP.c.tjek_id == tjek_id, _OPEN)
    conn.execute(sa.update(TJEK_STEP).where(*mine).values(done_at=now))


def _loaded(
    conn: sa.Connection, team: str, which: sa.ColumnElement[bool], *, limit: int | None = None
) -> list[Task]:
    return [Task(*row) for row in conn.execute(_query(team, which, limit))]


def _query(team: str, which: sa.ColumnElement[bool], limit: int | None) -> sa.Select[Any]:
    query = sa.select(*_COLUMNS).where(TJEK_STEP.c.team_id == team, which)
    return query.order_by(TJEK_STEP.c.due_on, TJEK_STEP.c.tjek_id).limit(limit)
