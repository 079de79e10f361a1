"""Trials: at most one runs with a partner, and its day of decision is asked about."""

from collections.abc import Sequence
from dataclasses import fields
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from bot.circle_partner import check_may_move
from bot.circle_question import decide
from bot.circle_trial import Outcome, Trial, check_may_be_tried
from bot.errors import UserError
from bot.translation import mark
from storage import circle_question, partner
from storage.circle_tables import TRIAL
from storage.schema import among, next_ids

_GONE = mark("That trial is no longer there.")
_RUNS = mark("They are on trial already. Open the card to choose another day.")
_SETTLED = mark("That was decided meanwhile. Open the card to see how it stands.")
_CHANGED = mark("A colleague has chosen another day meanwhile. Open the card to see which.")

_NAMES = [field.name for field in fields(Trial)]
_COLUMNS = [TRIAL.c[name] for name in _NAMES]


def begin(conn: sa.Connection, team: str, trial: Trial) -> Trial:
    """Store a new trial, have its day asked about, and return it as stored.

    Raises:
        UserError: one runs already, or the partner is gone or is no collaboration.
    """
    found = partner.existing(conn, team, trial.partner_id, lock=True)
    check_may_move(found)
    check_may_be_tried(found)
    if running(conn, team, [trial.partner_id]):
        raise UserError(_RUNS)
    (new_id,) = next_ids(conn, team)
    row = {name: getattr(trial, name) for name in _NAMES}
    row |= {"id": new_id, "version": 1, "outcome": None, "settled_by": None, "settled_at": None}
    conn.execute(sa.insert(TRIAL).values(team_id=team, **row))
    stored = existing(conn, team, new_id)
    circle_question.put(conn, team, decide(stored))
    return stored


def postpone(
    conn: sa.Connection, team: str, seen: Trial, *, decide_on: date, now: datetime
) -> Trial:
    """Try on until another day, and return the trial as stored.

    Raises:
        UserError: it was settled or put off meanwhile; nothing is overwritten.
    """
    before = _locked(conn, team, seen.id)
    if before.version != seen.version:
        raise UserError(_CHANGED)
    after = _written(conn, team, before, decide_on=decide_on)
    circle_question.withdraw_about(conn, team, after.id, now=now)
    circle_question.put(conn, team, decide(after))
    return after


def settle(
    conn: sa.Connection, team: str, trial_id: int, outcome: Outcome, *, by: str, now: datetime
) -> Trial:
    """Close the trial and return it; a move settles it by itself.

    Raises:
        UserError: it is gone, or was settled meanwhile.
    """
    before = _locked(conn, team, trial_id)
    circle_question.withdraw_about(conn, team, trial_id, now=now)
    return _written(conn, team, before, outcome=outcome, settled_by=by, settled_at=now)


def get(conn: sa.Connection, team: str, trial_id: int) -> Trial | None:
    """One trial, settled or not."""
    found = _loaded(conn, _trials(team).where(TRIAL.c.id == trial_id))
    return found[0] if found else None


def existing(conn: sa.Connection, team: str, trial_id: int) -> Trial:
    """As get(); raises UserError where there is none."""
    found = get(conn, team, trial_id)
    if found is None:
        raise UserError(_GONE)
    return found


def running(conn: sa.Connection, team: str, partner_ids: Sequence[int]) -> dict[int, Trial]:
    """The trial of each of these partners that is on trial."""
    query = _trials(team).where(among(TRIAL.c.partner_id, partner_ids), TRIAL.c.outcome.is_(None))
    return {trial.partner_id: trial for trial in _loaded(conn, query)}


def of_partner(conn: sa.Connection, team: str, partner_id: int) -> list[Trial]:
    """All trials of the partner, the oldest first."""
    return _loaded(conn, _trials(team).where(TRIAL.c.partner_id == partner_id))


def _locked(conn: sa.Connection, team: str, trial_id: int) -> Trial:
    """The running trial, read again once its partner is locked."""
    partner_id = existing(conn, team, trial_id).partner_id
    partner.existing(conn, team, partner_id, lock=True)
    current = existing(conn, team, trial_id)
    if current.outcome:
        raise UserError(_SETTLED)
    return current


def _written(conn: sa.Connection, team: str, before: Trial, **values: object) -> Trial:
    mine = sa.update(TRIAL).where(TRIAL.c.team_id == team, TRIAL.c.id == before.id)
    conn.execute(mine.values(**values, version=before.version + 1))
    return existing(conn, team, before.id)


def _trials(team: str) -> sa.Select[Any]:
    return sa.select(*_COLUMNS).where(TRIAL.c.team_id == team)


def _loaded(conn: sa.Connection, query: sa.Select[Any]) -> list[Trial]:
    ordered = query.order_by(TRIAL.c.noted_at, TRIAL.c.id)
    return [Trial(**row) for row in conn.execute(ordered).mappings()]
