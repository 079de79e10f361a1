"""How relations have moved through the circle: each step kept, with who, when and why."""

from dataclasses import fields, replace
from typing import Any

import sqlalchemy as sa

from bot.circle import Level, Move
from bot.circle_partner import MOVED, check_may_move, moved, still_stands
from bot.circle_question import overtaken
from bot.circle_trial import outcome_of
from bot.errors import UserError
from bot.partner import Partner
from bot.translation import mark
from storage import circle_activity, circle_question, circle_trial, partner
from storage.circle_tables import MOVE
from storage.schema import next_ids

_GONE = mark("That is no longer part of the card's history.")

_NAMES = [field.name for field in fields(Move)]
_COLUMNS = [MOVE.c[name] for name in _NAMES]


def move(conn: sa.Connection, team: str, step: Move) -> tuple[Partner, Move]:
    """Move the partner, and return it and the step as stored.

    The card, its version and its log change with it. A trial is settled by it, open questions that
    it answers are withdrawn, and back in the network nothing runs any more: so what begins with
    the step (an activity, a question for later) is stored after it.

    Raises:
        UserError: the partner is gone, carries no level, or was moved meanwhile.
    """
    before = partner.existing(conn, team, step.partner_id, lock=True)
    check_may_move(before)
    if not still_stands(before, step):
        raise UserError(MOVED)
    step = replace(step, partner_id=before.id)
    after = partner.update(conn, team, before, moved(before, step), by=step.by, now=step.at)
    (new_id,) = next_ids(conn, team)
    row = {name: getattr(step, name) for name in _NAMES} | {"id": new_id}
    conn.execute(sa.insert(MOVE).values(team_id=team, **row))
    _close_what_it_ends(conn, team, step)
    return after, _existing(conn, team, new_id)


def history(conn: sa.Connection, team: str, partner_id: int) -> list[Move]:
    """How the partner has moved, the oldest step first."""
    return _loaded(conn, _moves(team).where(MOVE.c.partner_id == partner_id))


def get(conn: sa.Connection, team: str, move_id: int) -> Move | None:
    """One step."""
    found = _loaded(conn, _moves(team).where(MOVE.c.id == move_id))
    return found[0] if found else None


def keep_learned(conn: sa.Connection, team: str, move_id: int, learned: str) -> Move:
    """Put what was learned with the step, in place of what stood there, and return it.

    Raises:
        UserError: there is no such step.
    """
    mine = sa.update(MOVE).where(MOVE.c.team_id == team, MOVE.c.id == move_id)
    conn.execute(mine.values(learned=learned))
    return _existing(conn, team, move_id)


def _close_what_it_ends(conn: sa.Connection, team: str, step: Move) -> None:
    done: dict[str, Any] = {"by": step.by, "now": step.at}
    trial = circle_trial.running(conn, team, [step.partner_id]).get(step.partner_id)
    if trial:
        circle_trial.settle(conn, team, trial.id, outcome_of(step), **done)
    if step.to_level is Level.NETWORK:
        circle_activity.finish_all(conn, team, step.partner_id, **done)
    circle_question.withdraw(conn, team, step.partner_id, overtaken(step), now=step.at)


def _existing(conn: sa.Connection, team: str, move_id: int) -> Move:
    found = get(conn, team, move_id)
    if found is None:
        raise UserError(_GONE)
    return found


def _moves(team: str) -> sa.Select[Any]:
    return sa.select(*_COLUMNS).where(MOVE.c.team_id == team)


def _loaded(conn: sa.Connection, query: sa.Select[Any]) -> list[Move]:
    # By id, which grows within the team: a clock set back must not turn the history around.
    return [Move(**row) for row in conn.execute(query.order_by(MOVE.c.id)).mappings()]
