"""The coordinators' own line on top of one week's digest."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from storage.schema import METADATA, next_ids, team_column, upsert
from storage.types import PlainText, UtcDateTime

GREETING = sa.Table(
    "digest_greeting",
    METADATA,
    team_column(),
    sa.Column("week", PlainText, primary_key=True),  # as week_of()
    sa.Column("text", PlainText, nullable=False),
    sa.Column("by", PlainText, nullable=False),
    sa.Column("at", UtcDateTime, nullable=False),
)


@dataclass(frozen=True)
class Greeting:
    """One line, and who has written it; empty where nobody has."""

    text: str = ""
    by: str = ""


def keep(conn: sa.Connection, team: str, week: str, text: str, *, by: str, now: datetime) -> None:
    """Put it in place of what stood there, which was read with `lock`; empty takes it away."""
    upsert(conn, GREETING, {"team_id": team, "week": week, "text": text, "by": by, "at": now})


def of_week(conn: sa.Connection, team: str, week: str, *, lock: bool = False) -> Greeting:
    """That week's; `lock` before changing it."""
    if lock:
        next_ids(conn, team, 0)  # the first time there is nothing else to be locked
    query = sa.select(GREETING.c.text, GREETING.c.by)
    mine = (GREETING.c.team_id == team, GREETING.c.week == week)
    row = conn.execute(query.where(*mine)).one_or_none()
    return Greeting(row.text, row.by) if row else Greeting()
