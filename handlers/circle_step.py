"""A step through the circle, as each of its forms and buttons takes it."""

from collections.abc import Collection
from datetime import date

from bot.circle import WHYS_DOWN, Level, Move, outwards
from bot.circle_activity import over_by, still_running
from bot.circle_partner import MOVED, check_may_move
from bot.errors import UserError
from bot.evaluation_sense import Answer
from bot.partner import Partner
from bot.translation import mark
from handlers import circle_said, evaluation_moved
from handlers.turn import Turn
from handlers.views import evaluation_sense
from handlers.views.circle import About
from handlers.views.circle_moved import Taken
from storage import circle, circle_activity, circle_question
from storage import partner as register_of
from storage.database import Connection

_STILL_ON = mark(
    "You still collaborate, for this is on: {what}. Open the card again to see all that is."
)


def about(turn: Turn) -> About:
    """What the pressed button is about."""
    return About.read(turn.value)


def same_level(partner: Partner, here: About) -> Partner:
    """The partner, who is where the person saw them; raises UserError where that has changed."""
    check_may_move(partner)
    if partner.level is not here.level:
        raise UserError(MOVED)
    return partner


def check_leads_there(
    conn: Connection, team: str, move: Move, today: date, over: Collection[int] = ()
) -> None:
    """Raise UserError where something else is on that keeps the relation; `over`: what is not.

    It may have been added while the dialogue was open.
    """
    if move.why not in WHYS_DOWN:
        return
    partner = register_of.existing(conn, team, move.partner_id, lock=True)
    running = circle_activity.running(conn, team, [partner.id])
    still = still_running(running, today, over or over_by(running, move.why))
    suggested = outwards(move.from_level, move.why, running=bool(still))
    if still and suggested.level is not move.to_level:
        raise UserError(_STILL_ON, what=still[0].what)


def step(conn: Connection, team: str, move: Move, here: About) -> Taken:
    """Move the partner, and answer the question or decide the round that led to it.

    The responsible is told, where a colleague took it.

    Raises:
        UserError: the question was answered or the partner moved meanwhile.
    """
    if here.question_id:
        circle_question.answer(conn, team, here.question_id, now=move.at)
    ends = move.to_level is Level.NETWORK
    if here.round_id:
        evaluation_moved.decided(conn, team, here.round_id, move)
    before = register_of.existing(conn, team, move.partner_id, lock=True)
    over = circle_activity.running(conn, team, [before.id]) if ends else []
    partner, stored = circle.move(conn, team, move)
    if here.sense_id:
        evaluation_moved.answered(conn, team, here.sense_id, move)
    told = circle_said.put(conn, team, partner, stored)
    return Taken(partner, stored, told=told, over=tuple(one.what for one in over))


def tell(turn: Turn, here: About, taken: Taken) -> None:
    """In the message whose question led to the step, where one did."""
    if here.sense_id:
        said = evaluation_sense.answered(turn.t, taken.partner, Answer.MOVE)
        turn.renew_message(evaluation_sense.message(here.sense_id), said)
