"""What was handled already: Slack sends an event again when it heard no answer in time."""

from datetime import datetime

import sqlalchemy as sa

from storage.schema import METADATA, insert_once, team_column
from storage.types import PlainText, UtcDateTime

_SEEN = sa.Table(
    "seen",
    METADATA,
    team_column(),
    sa.Column("key", PlainText, primary_key=True),
    sa.Column("at", UtcDateTime, nullable=False),
    sa.Index("ix_seen_at", "team_id", "at"),
)


def mark(conn: sa.Connection, team: str, key: str, now: datetime) -> bool:
    """Mark as handled, in the transaction of the effect; False when it was there already."""
    return insert_once(conn, _SEEN, {"team_id": team, "key": key, "at": now})


def forget(conn: sa.Connection, team: str, before: datetime) -> None:
    """Drop marks older than Slack's last retry can be."""
    conn.execute(sa.delete(_SEEN).where(_SEEN.c.team_id == team, _SEEN.c.at < before))
