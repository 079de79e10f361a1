"""Trials: at most one runs with a partner, and its day of decision is asked about."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

import sqlalchemy as sa

from bot.circle_partner import check_may_move
from bot.circle_question import decide
from bot.circle_trial import LOGGED, Outcome, PutOff, Trial, check_may_be_tried
from bot.errors import UserError
from bot.translation import mark
from storage import circle_question, partner
from storage.circle_running import Running
from storage.circle_tables import TRIAL
from storage.partner_tables import CHANGE

_RUNS = mark("They are on trial already. Open the card to choose another day.")

_TRIALS = Running(
    TRIAL,
    Trial,
    ("outcome", "settled_by", "settled_at"),
    gone=mark("That trial is no longer there."),
    closed=mark("That was decided meanwhile. Open the card to see how it stands."),
    changed=mark("A colleague has chosen another day meanwhile. Open the card to see which."),
)

get = _TRIALS.get
existing = _TRIALS.existing


def begin(conn: sa.Connection, team: str, trial: Trial) -> Trial:
    """Store a new trial, have its day asked about, and return it as stored.

    Raises:
        UserError: one runs already, or the partner is gone or is no collaboration.
    """
    found = partner.existing(conn, team, trial.partner_id, lock=True)
    check_may_move(found)
    check_may_be_tried(found)
    if running(conn, team, [found.id]):
        raise UserError(_RUNS)
    stored = _TRIALS.add(conn, team, replace(trial, partner_id=found.id))
    circle_question.put(conn, team, decide(stored))
    return stored


def postpone(
    conn: sa.Connection, team: str, seen: Trial, *, decide_on: date, by: str, now: datetime
) -> Trial:
    """Try on until another day, log that it was put off, and return the trial as stored.

    Raises:
        UserError: it was settled or put off meanwhile; nothing is overwritten.
    """
    before = _TRIALS.locked(conn, team, seen.id, seen.version)
    after = _TRIALS.write(conn, team, before, decide_on=decide_on)
    circle_question.withdraw_about(conn, team, after.id, now=now)
    circle_question.put(conn, team, decide(after))
    if after.decide_on != before.decide_on:
        days = (before.decide_on, after.decide_on)
        partner.log_beside(conn, team, after.partner_id, LOGGED, *days, by=by, now=now)
    return after


def settle(
    conn: sa.Connection, team: str, trial_id: int, outcome: Outcome, *, by: str, now: datetime
) -> Trial:
    """Close the trial and return it; a move settles it by itself.

    Raises:
        UserError: it is gone, or was settled meanwhile.
    """
    before = _TRIALS.locked(conn, team, trial_id)
    circle_question.withdraw_about(conn, team, trial_id, now=now)
    settled = {"outcome": outcome, "settled_by": by, "settled_at": now}
    return _TRIALS.write(conn, team, before, **settled)


def running(conn: sa.Connection, team: str, partner_ids: Sequence[int]) -> dict[int, Trial]:
    """The trial of each of these partners that is on trial."""
    return {trial.partner_id: trial for trial in _TRIALS.open_with(conn, team, partner_ids)}


def of_partner(conn: sa.Connection, team: str, partner_id: int) -> list[Trial]:
    """All trials of the partner, the oldest first."""
    return _TRIALS.where(conn, team, TRIAL.c.partner_id == partner_id)


def put_off(conn: sa.Connection, team: str, partner_id: int) -> list[PutOff]:
    """When trials of the partner were put off, the oldest first."""
    query = sa.select(CHANGE.c.by, CHANGE.c.at, CHANGE.c.before, CHANGE.c.after).where(
        CHANGE.c.team_id == team, CHANGE.c.partner_id == partner_id, CHANGE.c.field == LOGGED
    )
    return [
        PutOff(row.by, row.at, date.fromisoformat(row.before), date.fromisoformat(row.after))
        for row in conn.execute(query.order_by(CHANGE.c.id))
    ]
