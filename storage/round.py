"""Rounds: opened, answered until they are shown, shown exactly once, and closed by a decision.

Whatever changes a round locks its row first, so that of two at the same moment one comes second.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

import sqlalchemy as sa

from bot.errors import UserError
from bot.round import Kind, Round, Standing, State, Why
from bot.round_steps import check_answer, check_cancel, check_correct, check_decide, check_sheet
from bot.round_voice import OUTSIDE
from bot.translation import mark
from storage import round_sheets
from storage.round_queries import COLUMNS, existing, under_way_with
from storage.round_tables import INVITED, ROUND
from storage.schema import insert_once, next_ids

_ASKED = mark(
    "There is a round about this already. Wait for its answers, or have it called off first."
)


def start(conn: sa.Connection, team: str, new: Round) -> Round:
    """Store a new round and return it as stored; bot.round.called makes it.

    Raises:
        UserError: one about the same is open.
    """
    (new_id,) = next_ids(conn, team)
    row = {name: getattr(new, name) for name in COLUMNS} | {"id": new_id}
    if not insert_once(conn, ROUND, {"team_id": team, **row}):
        raise UserError(_ASKED)
    key = {"team_id": team, "round_id": new_id}
    rows = [{**key, "user_id": user, "standing": how} for user, how in new.standings.items()]
    conn.execute(sa.insert(INVITED), rows)
    return existing(conn, team, new_id)


def stands_in_channel(conn: sa.Connection, team: str, round_id: int, ts: str) -> None:
    """Remember the message that the thread hangs on."""
    _write(conn, team, round_id, ts=ts)


def answer(
    conn: sa.Connection,
    team: str,
    round_id: int,
    user: str,
    *,
    answers: Mapping[str, str | None],
    notes: Mapping[str, str],
    now: datetime,
    sent: bool = True,
) -> Round:
    """Merge into the person's sheet: None or an empty note clears, what is not named stays.

    Until it is `sent` it is a draft, which counts for nothing and is never shown; once sent, later
    changes count at once.

    Raises:
        UserError: it is too late, she is not invited, or a sheet without an answer is sent.
    """
    this = existing(conn, team, round_id, lock=True)
    check_answer(this, user, now)
    round_sheets.write(conn, team, round_id, user, answers, notes, now)
    if sent or this.standings[user] is Standing.ANSWERED:
        check_sheet(round_sheets.own(conn, team, round_id, user))
        return _stand(conn, team, this, user, Standing.ANSWERED)
    if this.standings[user] is not Standing.WAITING:
        return _stand(conn, team, this, user, Standing.WAITING)  # she takes part after all
    return this


def decline(conn: sa.Connection, team: str, round_id: int, user: str, now: datetime) -> Round:
    """The person does not take part; what she has answered is deleted.

    Raises:
        UserError: it is too late, or she is not invited.
    """
    this = existing(conn, team, round_id, lock=True)
    check_answer(this, user, now)
    round_sheets.withdraw(conn, team, round_id, user)
    return _stand(conn, team, this, user, Standing.DECLINED)


def leave(conn: sa.Connection, team: str, kind: Kind, user: str) -> list[Round]:
    """The person is gone from Slack: no round waits for her, and what she answered stays.

    Also one of the partner's people in a shared channel, whose voice her id is a part of. The
    rounds under way that she was asked in or had called, as they are now.
    """
    voices = (user, f"{OUTSIDE}{user}")
    return [
        _without(conn, team, this, voice)
        for voice in voices
        for this in under_way_with(conn, team, kind, voice)
    ]


def reveal(
    conn: sa.Connection, team: str, round_id: int, *, why: Why, now: datetime
) -> Round | None:
    """Show all answers to all; None where the round is not open: somebody else was first.

    Drafts go. In a round without names, the names do too.
    """
    this = existing(conn, team, round_id, lock=True)
    if this.state is not State.OPEN:
        return None
    _write(conn, team, round_id, state=State.REVEALED, why=why, revealed_at=now)
    round_sheets.settle(conn, team, this, now)
    return replace(this, state=State.REVEALED, why=why, revealed_at=now)


def cancel(conn: sa.Connection, team: str, round_id: int, *, by: str, now: datetime) -> Round:
    """Call an open round off; its answers are deleted, unseen.

    Raises:
        UserError: it is not open.
    """
    check_cancel(existing(conn, team, round_id, lock=True))
    _write(conn, team, round_id, state=State.CANCELLED, closed_by=by, closed_at=now)
    round_sheets.withdraw(conn, team, round_id)
    return existing(conn, team, round_id)


def close(
    conn: sa.Connection,
    team: str,
    round_id: int,
    *,
    decision: str,
    reason: str,
    by: str,
    now: datetime,
) -> Round:
    """Close a round that was shown, with the feature's own word for the decision.

    Raises:
        UserError: the answers are not shown yet, or it is decided.
    """
    check_decide(existing(conn, team, round_id, lock=True))
    return _decided(conn, team, round_id, decision, reason, by, now)


def correct(
    conn: sa.Connection,
    team: str,
    round_id: int,
    *,
    decision: str,
    reason: str,
    by: str,
    now: datetime,
) -> Round:
    """Put another decision in place of the one that a round was closed with.

    Raises:
        UserError: there is none yet.
    """
    check_correct(existing(conn, team, round_id, lock=True))
    return _decided(conn, team, round_id, decision, reason, by, now)


def _decided(
    conn: sa.Connection,
    team: str,
    round_id: int,
    decision: str,
    reason: str,
    by: str,
    now: datetime,
) -> Round:
    told = {"decision": decision, "reason": reason, "closed_by": by, "closed_at": now}
    _write(conn, team, round_id, state=State.CLOSED, **told)
    return existing(conn, team, round_id)


def _without(conn: sa.Connection, team: str, this: Round, user: str) -> Round:
    if user == this.called_by:
        _write(conn, team, this.id, caller_left=True)
        this = replace(this, caller_left=True)
    if this.state is State.OPEN and this.standings.get(user) is Standing.WAITING:
        return _stand(conn, team, this, user, Standing.LEFT)
    return this


def _stand(conn: sa.Connection, team: str, this: Round, user: str, how: Standing) -> Round:
    mine = (INVITED.c.team_id == team, INVITED.c.round_id == this.id, INVITED.c.user_id == user)
    conn.execute(sa.update(INVITED).where(*mine).values(standing=how))
    return replace(this, standings={**this.standings, user: how})


def _write(conn: sa.Connection, team: str, round_id: int, **values: object) -> None:
    mine = sa.update(ROUND).where(ROUND.c.team_id == team, ROUND.c.id == round_id)
    conn.execute(mine.values(**values))
