"""A step through the circle, as each of its forms and buttons takes it."""

from bot.circle import Move
from bot.circle_partner import MOVED, check_may_move
from bot.errors import UserError
from bot.partner import Partner
from handlers import circle_said
from handlers.turn import Turn
from handlers.views.circle import About
from handlers.views.circle_moved import Taken
from storage import circle, circle_question
from storage.database import Connection


def about(turn: Turn) -> About:
    """What the pressed button is about."""
    return About.read(turn.value)


def same_level(partner: Partner, here: About) -> Partner:
    """The partner, who is where the person saw them; raises UserError where that has changed."""
    check_may_move(partner)
    if partner.level is not here.level:
        raise UserError(MOVED)
    return partner


def step(conn: Connection, team: str, move: Move, question_id: int) -> Taken:
    """Move the partner, and answer the question that led to it where there is one.

    The responsible is told, where a colleague took it.

    Raises:
        UserError: the question was answered or the partner moved meanwhile.
    """
    if question_id:
        circle_question.answer(conn, team, question_id, now=move.at)
    partner, stored = circle.move(conn, team, move)
    return Taken(partner, stored, told=circle_said.put(conn, team, partner, stored))
