"""What is to be said later or to somebody else, and whether it was said: each thing once, by key.

A feature puts a delivery in the transaction of its effect; storage/delivery_sending.py takes it
from there. `due` is the workspace's time; leases and pauses are real time, which is never wound.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa

from storage.schema import METADATA, among, insert_once, team_column
from storage.types import OneOf, PlainText, UtcDateTime


class State(StrEnum):
    """What has become of a delivery."""

    WAITING = "waiting"
    SENDING = "sending"  # Slack is being told; whoever dies now leaves it so
    SAID = "said"
    PERHAPS = "perhaps"  # Slack's answer was lost: it may stand there
    DROPPED = "dropped"  # when its moment came there was nothing to say any more
    WITHDRAWN = "withdrawn"
    DEAD = "dead"  # Slack will never take it; `reason` says why


@dataclass(frozen=True)
class Delivery:
    """Something to be said: `to` a channel's id, or a person's for a direct message.

    `to` is empty where nobody hears of it, because what was said before is brought up to date.

    `key` is the same for the same thing, whoever asks for it and however often.
    """

    kind: str
    subject_id: int
    to: str
    due: datetime
    key: str
    thread_ts: str = ""

    @property
    def to_person(self) -> bool:
        """Whether it is a direct message."""
        return self.to[:1] in {"U", "W"}


@dataclass(frozen=True)
class Outcome:
    """What became of a delivery; `ts` once it is said, `reason` where it is not."""

    state: State
    ts: str | None
    reason: str


# Literals, because a partial index serves no query whose value is bound.
WAITING: sa.ColumnClause[State] = sa.literal_column(f"'{State.WAITING}'")
SENDING: sa.ColumnClause[State] = sa.literal_column(f"'{State.SENDING}'")
DEAD: sa.ColumnClause[State] = sa.literal_column(f"'{State.DEAD}'")
PERHAPS: sa.ColumnClause[State] = sa.literal_column(f"'{State.PERHAPS}'")
_STATE: sa.ColumnClause[State] = sa.column("state")

DELIVERY = sa.Table(
    "delivery",
    METADATA,
    team_column(),
    sa.Column("key", PlainText, primary_key=True),
    sa.Column("kind", PlainText, nullable=False),
    sa.Column("subject_id", sa.Integer, nullable=False),
    sa.Column("to", PlainText, nullable=False),
    sa.Column("due", UtcDateTime, nullable=False),
    sa.Column("thread_ts", PlainText, nullable=False),
    sa.Column("state", OneOf(State), nullable=False),
    sa.Column("reason", PlainText, nullable=False),
    sa.Column("failures", sa.Integer, nullable=False),
    sa.Column("not_before", UtcDateTime),
    sa.Column("claimed_until", UtcDateTime),
    sa.Column("unasked_at", UtcDateTime),
    sa.Column("channel", PlainText),
    sa.Column("ts", PlainText),
    sa.Index(
        "ix_delivery_due",
        "team_id",
        "due",
        sqlite_where=_STATE == WAITING,
        postgresql_where=_STATE == WAITING,
    ),
    sa.Index(
        "ix_delivery_sending",
        "team_id",
        "claimed_until",
        sqlite_where=_STATE == SENDING,
        postgresql_where=_STATE == SENDING,
    ),
    sa.Index(
        "ix_delivery_perhaps",
        "team_id",
        "claimed_until",
        sqlite_where=_STATE == PERHAPS,
        postgresql_where=_STATE == PERHAPS,
    ),
    sa.Index(
        "ix_delivery_dead",
        "team_id",
        "due",
        sqlite_where=_STATE == DEAD,
        postgresql_where=_STATE == DEAD,
    ),
    sa.Index("ix_delivery_unasked", "team_id", "to", "unasked_at"),
)


def put(conn: sa.Connection, team: str, delivery: Delivery) -> bool:
    """Ask for it to be said; False where that key was put before, whatever became of it."""
    row = {
        "team_id": team,
        "key": delivery.key,
        "kind": delivery.kind,
        "subject_id": delivery.subject_id,
        "to": delivery.to,
        "due": delivery.due,
        "thread_ts": delivery.thread_ts,
        "state": State.WAITING,
        "reason": "",
        "failures": 0,
    }
    return insert_once(conn, DELIVERY, row)


def withdraw(conn: sa.Connection, team: str, key: str) -> bool:
    """It is not to be said any more; False where it is too late. Its key stays used."""
    return change(conn, team, key, State.WAITING, state=State.WITHDRAWN, claimed_until=None)


def said(conn: sa.Connection, team: str, key: str) -> str | None:
    """The `ts` of the message, None while it is not said."""
    found = outcome(conn, team, key)
    return found.ts if found else None


def place(conn: sa.Connection, team: str, key: str) -> tuple[str, str] | None:
    """The channel and the `ts` of the message, None while it is not said."""
    query = sa.select(DELIVERY.c.channel, DELIVERY.c.ts).where(*mine(team, key))
    row = conn.execute(query).one_or_none()
    return (row.channel, row.ts) if row and row.ts else None


def places(
    conn: sa.Connection, team: str, kind: str, subject_id: int, to: str, *, before: datetime
) -> list[tuple[str, str]]:
    """Where those of that kind about that stand with a person, of what was due by then."""
    query = sa.select(DELIVERY.c.channel, DELIVERY.c.ts).where(
        DELIVERY.c.team_id == team,
        DELIVERY.c.kind == kind,
        DELIVERY.c.subject_id == subject_id,
        DELIVERY.c.to == to,
        DELIVERY.c.due < before,
        DELIVERY.c.ts.is_not(None),
    )
    return [(row.channel, row.ts) for row in conn.execute(query.order_by(DELIVERY.c.due))]


def outcome(conn: sa.Connection, team: str, key: str) -> Outcome | None:
    """What became of it; None where nobody has put it."""
    query = sa.select(DELIVERY.c.state, DELIVERY.c.ts, DELIVERY.c.reason)
    row = conn.execute(query.where(*mine(team, key))).one_or_none()
    return Outcome(row.state, row.ts, row.reason) if row else None


def get(conn: sa.Connection, team: str, key: str) -> Delivery | None:
    """What was put; None where nobody has."""
    row = conn.execute(sa.select(DELIVERY).where(*mine(team, key))).one_or_none()
    return of_row(row) if row else None


def on_their_way(
    conn: sa.Connection, team: str, subject_id: int, kinds: Sequence[str]
) -> list[Delivery]:
    """What of these kinds about that is still to be said, or being told to Slack."""
    query = sa.select(DELIVERY).where(
        DELIVERY.c.team_id == team,
        DELIVERY.c.state.in_((State.WAITING, State.SENDING)),
        DELIVERY.c.subject_id == subject_id,
        among(DELIVERY.c.kind, kinds),
    )
    return [of_row(row) for row in conn.execute(query)]


def put_before(conn: sa.Connection, team: str, kind: str, to: str, *, about: str) -> list[datetime]:
    """When one was due of that kind to that person, with a key that ends so."""
    query = sa.select(DELIVERY.c.due).where(
        DELIVERY.c.team_id == team,
        DELIVERY.c.to == to,
        DELIVERY.c.kind == kind,
        DELIVERY.c.key.endswith(f".{about}", autoescape=True),
    )
    return list(conn.execute(query).scalars())


def change(
    conn: sa.Connection,
    team: str,
    key: str,
    *states: State,
    **values: Any,  # noqa: ANN401 - columns of every type
) -> bool:
    """Change a delivery that is in one of these states; whether it was."""
    changed = sa.update(DELIVERY).where(*mine(team, key), DELIVERY.c.state.in_(states))
    return conn.execute(changed.values(**values)).rowcount == 1


def of_row(row: sa.Row[Any]) -> Delivery:
    """A delivery as it is stored."""
    return Delivery(row.kind, row.subject_id, row.to, row.due, row.key, row.thread_ts)


def mine(team: str, key: str) -> tuple[sa.ColumnElement[bool], ...]:
    """The condition for that one delivery."""
    return DELIVERY.c.team_id == team, DELIVERY.c.key == key
