"""Rounds at the desk: what is put down to be said when one opens, and when its answers are shown.

All of it in the transaction of what has happened, so that a restart in between loses nothing. How
many messages a reveal takes only the feature that asks can know: it hands in `Pieces`.
"""

from collections.abc import Callable
from datetime import datetime

from bot.round import Round, Why, to_nudge, to_reveal
from storage import delivery as deliveries
from storage import round as rounds
from storage.database import Connection
from storage.delivery import Delivery

# Kinds of delivery; the feature composes them.
OPENED = "round_opened"  # the message that the thread hangs on
INVITATION = "round_invitation"
NUDGE = "round_nudge"
REVEAL = "round_reveal"
DECISION = "round_decision"

Pieces = Callable[[Connection, str, Round], int]


def opened(conn: Connection, team: str, this: Round, now: datetime) -> None:
    """The message in the channel, an invitation to each, and the one reminder for later."""
    _put(conn, team, OPENED, this, this.channel, now)
    for user in this.standings:
        if user != this.called_by:
            _put(conn, team, INVITATION, this, user, now)
        if this.nudge_at:
            _put(conn, team, NUDGE, this, user, this.nudge_at)


def settle(conn: Connection, team: str, this: Round, now: datetime, pieces: Pieces) -> Round:
    """The round as it is after somebody answered, declined or left: shown where all are in."""
    why = to_reveal(this, now)
    return (show(conn, team, this, why, now, pieces) if why else None) or this


def show(
    conn: Connection, team: str, this: Round, why: Why, now: datetime, pieces: Pieces
) -> Round | None:
    """Show all answers; None where somebody else has done it already."""
    shown = rounds.reveal(conn, team, this.id, why=why, now=now)
    if shown is not None:
        for number in range(pieces(conn, team, shown)):
            _put(conn, team, REVEAL, shown, this.channel, now, f".{number:02}", shown.ts)
    return shown


def decided(conn: Connection, team: str, this: Round, now: datetime) -> None:
    """The decision is said in the thread."""
    _put(conn, team, DECISION, this, this.channel, now, thread_ts=this.ts)


def piece_of(delivery: Delivery) -> int:
    """Which of a reveal's messages it is."""
    return int(delivery.key.rpartition(".")[2])


def still_missing(this: Round, user: str, now: datetime) -> bool:
    """Whether she is to be reminded at this moment."""
    return user in to_nudge(this, now)


def stands(conn: Connection, team: str, delivery: Delivery, _channel: str, ts: str) -> None:
    """The message in the channel is there: the thread hangs on it."""
    rounds.stands_in_channel(conn, team, delivery.subject_id, ts)


def _put(
    conn: Connection,
    team: str,
    kind: str,
    this: Round,
    to: str,
    due: datetime,
    ending: str = "",
    thread_ts: str = "",
) -> None:
    key = f"{kind}.{this.id}.{to}{ending}"
    deliveries.put(conn, team, Delivery(kind, this.id, to, due, key, thread_ts))
