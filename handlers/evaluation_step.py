"""What an evaluation has agreed on: on Home with whoever was chosen, told once, and done."""

from collections.abc import Sequence
from datetime import datetime

from bot.errors import UserError
from bot.evaluation_step import Agreed
from bot.reminder import Value
from bot.reminder_budget import Kind as Budgeted
from bot.round_step import Step
from bot.workspace_roles import Action
from handlers.delivery import NotYet
from handlers.desk import Desk
from handlers.house import House
from handlers.language import translator
from handlers.round_said import update
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
# Nothing is said: who was told of a step that is taken off again is told so where she was.
TAKEN_OFF = "evaluation_step.taken_off"

MANY = 50  # more than anybody has of one evaluation


def register(desk: Desk) -> None:
    """Sign up."""
    desk.delivers(CHOSEN, chosen, unasked=True, says=Budgeted.REQUEST, value=Value.PROMISE)
    desk.delivers(TAKEN_OFF, taken_off)
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
    before = steps_of.of(conn, team, [evaluation_id])
    new = steps_of.assign(conn, team, evaluation_id, steps, by=by, now=now)
    kept = {one.id for one in steps_of.of(conn, team, [evaluation_id])}
    gone = [one for one in before if one.id not in kept and not one.done_at]
    for user in dict.fromkeys(one.user_id for one in gone):
        key = f"{TAKEN_OFF}.{evaluation_id}.{user}.{now:%Y%m%d%H%M%S%f}"
        deliveries.put(conn, team, Delivery(TAKEN_OFF, evaluation_id, user, now, key))
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


async def taken_off(house: House, team: str, delivery: Delivery) -> None:
    """What she was told of the steps tells what is left of them."""
    places = await house.store.read(_told, team, delivery)
    client = await house.teams.client(team)
    if client is None or not places:
        return
    left = await chosen(house, team, delivery)
    if left is None:
        by, subject = await house.store.read(_decided, team, delivery.subject_id)
        left = round_step.taken_off(await translator(house, team, delivery.to), by, subject)
    for channel, ts in places:
        await update(client, channel, ts, left)


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


def _told(conn: Connection, team: str, delivery: Delivery) -> list[tuple[str, str]]:
    """The messages from before; what is said later tells what holds then."""
    number, to, now = delivery.subject_id, delivery.to, delivery.due
    on_their_way = deliveries.on_their_way(conn, team, number, (CHOSEN,))
    if any(one.to == to and one.due < now for one in on_their_way):
        raise NotYet
    return deliveries.places(conn, team, CHOSEN, number, to, before=now)


def _decided(conn: Connection, team: str, evaluation_id: int) -> tuple[str, str]:
    """Who has decided, and about which partner."""
    number = evaluations.existing(conn, team, evaluation_id).partner_id
    this = evaluations.round_of(conn, team, evaluation_id)
    by = (this.closed_by or this.called_by) if this else ""
    return by, register_of.existing(conn, team, number).name


def _done(conn: Connection, team: str, turn: Turn, number: int) -> tuple[Agreed, str]:
    step = steps_of.get(conn, team, number)
    if step is None or step.user_id != turn.user:
        raise UserError(DONE_ALREADY)
    steps_of.finish(conn, team, step, now=turn.now)
    ((_, subject),) = subjects(conn, team, [step])
    return step, subject
