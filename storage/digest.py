"""Which digests were written, and what each of them holds: numbers only, no text of anybody's.

A digest counts as told once its delivery is on its way, so nothing is told in two of them.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from pydantic import TypeAdapter

from bot.digest import Digest
from storage.delivery import DELIVERY, State
from storage.schema import METADATA, team_column, upsert
from storage.types import Json, PlainText, UtcDateTime

DIGEST = sa.Table(
    "digest",
    METADATA,
    team_column(),
    sa.Column("key", PlainText, primary_key=True),  # its delivery's
    sa.Column("until", UtcDateTime, nullable=False),
    sa.Column("told", Json, nullable=False),
    sa.Index("ix_digest_until", "team_id", "until"),
)

# What the key ends with where Slack refused the digest's blocks, and it is said in plainer ones.
PLAIN = ".plain"
_TOLD: TypeAdapter[Digest] = TypeAdapter(Digest)
# Where Slack's answer was lost it may stand there, and then it was read.
_SAID = (State.SENDING, State.PERHAPS, State.SAID)


@dataclass(frozen=True)
class Issue:
    """One digest; it tells of what was before `until`. `ts` is empty where nobody knows it."""

    key: str
    until: datetime
    told: Digest
    channel: str
    ts: str


def is_plain(key: str) -> bool:
    """Whether that one is said in plainer blocks, and with it what changes it or hangs below it."""
    return key.endswith(PLAIN)


def keep(conn: sa.Connection, team: str, key: str, told: Digest, *, until: datetime) -> None:
    """What is about to be told; what was written for that delivery before gives way to it."""
    row = {
        "team_id": team,
        "key": key,
        "until": until,
        "told": _TOLD.dump_python(told, mode="json"),
    }
    upsert(conn, DIGEST, row)


def get(conn: sa.Connection, team: str, key: str) -> Digest | None:
    """What was written for that delivery, told or not."""
    query = sa.select(DIGEST.c.told).where(DIGEST.c.team_id == team, DIGEST.c.key == key)
    row = conn.execute(query).one_or_none()
    return _TOLD.validate_python(row.told) if row else None


def issues(conn: sa.Connection, team: str, since: datetime) -> list[Issue]:
    """The digests that were told since then, the newest first."""
    query = _said(sa.select(DIGEST, DELIVERY.c.to, DELIVERY.c.ts), team)
    query = query.where(DIGEST.c.until >= since)
    return [
        Issue(row.key, row.until, _TOLD.validate_python(row.told), row.to, row.ts or "")
        for row in conn.execute(query.order_by(DIGEST.c.until.desc(), DIGEST.c.key.desc()))
    ]


def last(conn: sa.Connection, team: str) -> Digest | None:
    """The newest that was told; None where there was none yet."""
    query = _said(sa.select(DIGEST.c.told), team).order_by(DIGEST.c.until.desc()).limit(1)
    told = conn.execute(query).scalar()
    return _TOLD.validate_python(told) if told else None


def last_until(conn: sa.Connection, team: str) -> datetime | None:
    """What was before that is told; None where there was no digest yet."""
    query = _said(sa.select(DIGEST.c.until), team).order_by(DIGEST.c.until.desc()).limit(1)
    until: datetime | None = conn.execute(query).scalar()
    return until


def until_before(conn: sa.Connection, team: str, key: str) -> datetime | None:
    """Up to when the one before that told of what was; None where there was none."""
    own = sa.select(DIGEST.c.until).where(DIGEST.c.team_id == team, DIGEST.c.key == key)
    query = _said(sa.select(DIGEST.c.until), team)
    earlier = query.where(DIGEST.c.until < own.scalar_subquery())
    until: datetime | None = conn.execute(earlier.order_by(DIGEST.c.until.desc()).limit(1)).scalar()
    return until


def _said(query: sa.Select[Any], team: str) -> sa.Select[Any]:
    same = (DELIVERY.c.team_id == DIGEST.c.team_id) & (DELIVERY.c.key == DIGEST.c.key)
    mine = query.join(DELIVERY, same).where(DIGEST.c.team_id == team, DELIVERY.c.team_id == team)
    return mine.where(DELIVERY.c.state.in_(_SAID))
