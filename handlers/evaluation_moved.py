"""A step through the circle that answers what an evaluation asked, in the same transaction."""

from contextlib import suppress
from datetime import datetime

from bot.circle import Move
from bot.errors import UserError
from bot.evaluation import Decision
from bot.evaluation_decision import decided_by
from bot.evaluation_sense import Answer, Answered
from bot.round import Kind, State
from bot.round_steps import check_steward
from handlers import evaluation_step
from handlers import round as desk_of
from handlers.views.circle import About
from storage import evaluation_sense as sense
from storage import round as rounds
from storage import round_queries
from storage import workspace as settings_of
from storage.database import Connection


def decided(conn: Connection, team: str, round_id: int, move: Move) -> None:
    """Close the round with it, or put its decision right.

    The step itself holds whatever has become of the round meanwhile.
    """
    decision, reason = decided_by(move)
    _end(conn, team, round_id, move.partner_id, (decision, reason), move.by, move.at)


def stayed(conn: Connection, team: str, here: About, by: str, at: datetime) -> None:
    """The trial is over and they stay where they are: the round is closed with going on."""
    _end(conn, team, here.round_id, here.partner_id, (Decision.GO_ON, ""), by, at)


def answered(conn: Connection, team: str, evaluation_id: int, move: Move) -> None:
    """Whether it still makes sense is answered with it, unless somebody has answered meanwhile."""
    with suppress(UserError):
        sense.answer(conn, team, Answered(evaluation_id, Answer.MOVE, move.by, move.at))


def _end(
    conn: Connection, team: str, round_id: int, partner_id: int, way: tuple[str, str], by: str,
    at: datetime,
) -> None:  # fmt: skip
    this = round_queries.existing(conn, team, round_id, lock=True)
    if this.kind is not Kind.EVALUATION or this.partner_id != partner_id:
        return
    try:
        check_steward(this, by, settings_of.settings(conn, team).coordinators)
    except UserError:
        return
    corrects = this.state is State.CLOSED
    if not corrects and this.state is not State.REVEALED:
        return
    decision, reason = way
    ending = rounds.correct if corrects else rounds.close
    this = ending(conn, team, round_id, decision=decision, reason=reason, by=by, now=at)
    evaluation_step.put(conn, team, this.subject_id, (), by=by, now=at)
    desk_of.decided(conn, team, this, at, corrected=corrects)
