"""What a decision leaves to be done: on Home with whoever was chosen, told once, and done."""

from dataclasses import replace
from datetime import datetime

from bot.errors import UserError
from bot.partner import Partner
from bot.reminder import Value
from bot.reminder_budget import Kind as Budgeted
from bot.round_step import Step
from bot.tjek import Check
from bot.tjek_step import Task, belongs_to
from bot.translation import mark
from bot.workspace_roles import Action
from handlers.desk import Desk
from handlers.house import House
from handlers.language import translator
from handlers.tjek_page import get
from handlers.turn import Turn
from handlers.views import round_step
from handlers.views import tjek_step as views
from handlers.views.parts import Reply
from handlers.views.tjek import heading_of
from storage import delivery as deliveries
from storage import partner as register_of
from storage import tjek_step as steps
from storage.database import Connection
from storage.delivery import Delivery

CHOSEN = "tjek_step"  # kind of delivery

DONE_ALREADY = mark(
    "This is done already or has been taken off again, or somebody else sees to it now."
)


def register(desk: Desk) -> None:
    """Sign up."""
    desk.delivers(CHOSEN, chosen, unasked=True, says=Budgeted.REQUEST, value=Value.PROMISE)
    desk.action(views.DONE, done, Action.FINISH_STEP)


def put(
    conn: Connection, team: str, check: Check, step: Step | None, *, by: str, now: datetime
) -> None:
    """Let those who see to the step have it, in place of a former one, and hear of it once.

    In the transaction of the decision. Who has chosen herself need not be told.
    """
    new = steps.assign(conn, team, check.id, step, by=by, now=now)
    for earlier in deliveries.on_their_way(conn, team, check.id, (CHOSEN,)):
        if earlier.to in new:
            deliveries.withdraw(conn, team, earlier.key)
    for user in new:
        if user != by:
            key = f"{CHOSEN}.{check.id}.{user}.{now:%Y%m%d%H%M%S%f}"
            deliveries.put(conn, team, Delivery(CHOSEN, check.id, user, now, key))


async def chosen(house: House, team: str, delivery: Delivery) -> Reply | None:
    """To the one who was chosen: at once, as an invitation (handlers/tjek_said.py), or on Home."""
    found = await house.store.read(_waiting, team, delivery)
    if found is None:
        return None
    t = await translator(house, team, delivery.to)
    today = house.clock.now().astimezone(t.zone).date()
    return views.chosen(t, *found, today)


async def done(turn: Turn) -> None:
    """It is found out, or in order."""
    check = await turn.write(_done, turn, int(turn.value))
    if not turn.view:
        told = round_step.is_in_message(turn.clicked["action_id"])
        await turn.reply(round_step.done(turn.t, heading_of(check)), replace=told)


def _waiting(conn: Connection, team: str, delivery: Delivery) -> tuple[Task, str] | None:
    task = steps.get(conn, team, delivery.subject_id, delivery.to)
    return (task, heading_of(get(conn, team, task.tjek_id))) if task else None


def _done(conn: Connection, team: str, turn: Turn, number: int) -> Check:
    check = get(conn, team, number)
    partner = register_of.get(conn, team, check.partner_id, lock=True) if check.partner_id else None
    task = steps.get(conn, team, number, turn.user)
    if task is None:
        raise UserError(DONE_ALREADY)
    steps.finish(conn, team, number, now=turn.now)
    if partner and belongs_to(task, partner.next_step):
        _clear(conn, team, turn, partner)
    return check


def _clear(conn: Connection, team: str, turn: Turn, partner: Partner) -> None:
    after = replace(partner, next_step="", next_step_on=None)
    register_of.update(conn, team, partner, after, by=turn.user, now=turn.now)
