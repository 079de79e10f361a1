"""What an evaluation has agreed on: on Home with whoever was chosen, told once, and done."""

from collections.abc import Sequence
from datetime import datetime

from bot.errors import UserError
from bot.evaluation_step import Agreed
from bot.reminder import Value
from bot.reminder_budget import Kind as Budgeted
from bot.round_step import Step
from bot.workspace_roles import Action
from handlers.desk import Desk
from handlers.house import House
from handlers.language import translator
from handlers.tjek_step import DONE_ALREADY
from handlers.turn import Turn
from handlers.views import evaluation_step as views
from handlers.views import round_step
from handlers.views.parts import Reply
from storage import delivery as deliveries
from storage import evaluation as evaluations
from storage import evaluation_step as steps_of
from storage import partner as register_of
from storage.database import Connection
from storage.delivery import Delivery

CHOSEN = "evaluation_step"  # kind of delivery

MANY = 50  # more than anybody has of one evaluation


def register(desk: Desk) -> None:
    """Sign up."""
    desk.delivers(CHOSEN, chosen, unasked=True, says=Budgeted.REQUEST, value=Value.PROMISE)
    desk.action(views.DONE, done, Action.FINISH_STEP)


def put(
    conn: Connection,
    team: str,
    evaluation_id: int,
    steps: Sequence[Step],
    *,
    by: str,
    now: datetime,
) -> None:
    """Let those who see to the steps have them, in place of former ones, and hear of them once.

    In the transaction of the decision. Who has chosen herself need not be told.
    """
    new = steps_of.assign(conn, team, evaluation_id, steps, by=by, now=now)
    for earlier in deliveries.on_their_way(conn, team, evaluation_id, (CHOSEN,)):
        if earlier.to in new:
            deliveries.withdraw(conn, team, earlier.key)
    for user in new:
        if user != by:
            key = f"{CHOSEN}.{evaluation_id}.{user}.{now:%Y%m%d%H%M%S%f}"
            deliveries.put(conn, team, Delivery(CHOSEN, evaluation_id, user, now, key))


async def chosen(house: House, team: str, delivery: Delivery) -> Reply | None:
    """To the one who was chosen; nothing where all of it is done by then."""
    mine = await house.store.read(_waiting, team, delivery.subject_id, delivery.to)
    if not mine:
        return None
    t = await translator(house, team, delivery.to)
    today = house.clock.now().astimezone(t.zone).date()
    return views.chosen(t, mine, today)


async def done(turn: Turn) -> None:
    """It is done; a message that tells of others keeps those."""
    step, subject = await turn.write(_done, turn, int(turn.value))
    if turn.view:
        return
    told = round_step.is_in_message(turn.clicked["action_id"])
    reply = round_step.done(turn.t, subject)
    if told:
        mine = await turn.read(_waiting, step.evaluation_id, turn.user)
        if mine:
            rest = views.chosen(turn.t, mine, turn.today)
            reply = Reply(reply.text, [*reply.blocks, *rest.blocks])
    await turn.reply(reply, replace=told)


def subjects(conn: Connection, team: str, steps: Sequence[Agreed]) -> list[views.Mine]:
    """Each with the partner's name."""
    found = []
    for one in steps:
        number = evaluations.existing(conn, team, one.evaluation_id).partner_id
        found.append((one, register_of.existing(conn, team, number).name))
    return found


def _waiting(conn: Connection, team: str, evaluation_id: int, user: str) -> list[views.Mine]:
    every = steps_of.waiting_for(conn, team, user, limit=MANY)
    return subjects(conn, team, [one for one in every if one.evaluation_id == evaluation_id])


def _done(conn: Connection, team: str, turn: Turn, number: int) -> tuple[Agreed, str]:
    step = steps_of.get(conn, team, number)
    if step is None or step.user_id != turn.user:
        raise UserError(DONE_ALREADY)
    steps_of.finish(conn, team, step, now=turn.now)
    ((_, subject),) = subjects(conn, team, [step])
    return step, subject
