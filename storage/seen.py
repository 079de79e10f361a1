"""What was handled already: Slack sends an event again when it heard no answer in time."""

from datetime import datetime, timedelta

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


# Slack's last retry of an event comes within a day; after that a mark guards against nothing.
KEPT = timedelta(days=7)


def mark(conn: sa.Connection, team: str, key: str, now: datetime) -> bool:
    """Mark as handled, in the transaction of the effect; False when it was there already.

    Marks that are too old to matter go at the same time, so that the table stays small.
    """
    conn.execute(sa.delete(_SEEN).where(_SEEN.c.team_id == team, _SEEN.c.at < now - KEPT))
    return insert_once(conn, _SEEN, {"team_id": team, "key": key, "at": now})
