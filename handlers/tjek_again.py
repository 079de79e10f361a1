"""The last time this partner was checked, next to this time."""

from bot.round import Kind, Round, State
from bot.tjek import Check
from bot.tjek_again import Again, Views, again, view_of_all, view_of_one
from bot.tjek_round import Outcome, outcome
from storage import round_queries, round_sheets
from storage import tjek as checks_of
from storage.database import Connection

LOOKED_AT = 20  # former checks, from the newest, for one whose answers may be seen


def since_last_time(
    conn: Connection, team: str, check: Check, now: Outcome | None = None
) -> Again | None:
    """What is seen differently than in the newest former check; None where there is none.

    `now` is what a round brought; without it, what the one who began the check has answered.
    """
    if check.partner_id is None:
        return None
    seen = view_of_all(now) if now else view_of_one(check)
    for former in checks_of.of_partner(conn, team, check.partner_id, LOOKED_AT):
        before = _seen(conn, team, former) if _is_former(former, check) else None
        if before:
            return again(check, seen, former, before)
    return None


def latest(conn: Connection, team: str, check_id: int, *, lock: bool = False) -> Round | None:
    """The newest round about a check that was not called off; `lock` as in tjek_said.loaded."""
    rounds = round_queries.of_subject(conn, team, Kind.TJEK, check_id, lock=lock)
    return next((one for one in rounds if one.state is not State.CANCELLED), None)


def _is_former(former: Check, check: Check) -> bool:
    return former.id != check.id and former.started_at < check.started_at


def _seen(conn: Connection, team: str, former: Check) -> Views | None:
    """How it was answered then; None while colleagues are still answering unseen."""
    this = latest(conn, team, former.id)
    if this is None or (this.state is State.CLOSED and former.decision is None):
        return view_of_one(former)
    if this.state is State.OPEN:
        return None
    found = outcome(former, this, round_sheets.shown(conn, team, this.id))
    return view_of_all(found) if found.answered else None  # what was begun was never sent
