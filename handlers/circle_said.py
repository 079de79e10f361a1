"""What the responsible is told when a colleague has moved her partner in the circle."""

from bot.circle import Move
from bot.partner import Partner
from bot.reminder import Value
from handlers import delivery_budget
from handlers.desk import Desk
from handlers.house import House
from handlers.language import translator
from handlers.views import circle_moved as views
from handlers.views.parts import Reply
from storage import circle
from storage import delivery as deliveries
from storage import partner as register_of
from storage import workspace as settings_of
from storage.database import Connection
from storage.delivery import Delivery

MOVED = "circle_moved"  # kind of delivery


def register(desk: Desk) -> None:
    """Sign up."""
    desk.delivers(MOVED, moved, unasked=True, value=Value.PROMISE)


def put(conn: Connection, team: str, partner: Partner, move: Move) -> bool:
    """Have the responsible told of the step, unless it is her own; whether she will be.

    In the transaction of the step. Nothing is kept for the day when the bot may speak: an old step
    is no news then.
    """
    to = partner.responsible
    if to is None or to == move.by or not settings_of.settings(conn, team).switched_on:
        return False
    if not delivery_budget.wanted(settings_of.member(conn, team, to)):
        return False
    return deliveries.put(conn, team, Delivery(MOVED, move.id, to, move.at, f"{MOVED}.{move.id}"))


async def moved(house: House, team: str, delivery: Delivery) -> Reply | None:
    """As it stands when it is said; a step that another has followed is told of by that one."""
    found = await house.store.read(_still_news, team, delivery)
    if found is None:
        return None
    return views.told(await translator(house, team, delivery.to), *found)


def _still_news(conn: Connection, team: str, delivery: Delivery) -> tuple[Partner, Move] | None:
    move = circle.get(conn, team, delivery.subject_id)
    if move is None:
        return None
    partner = register_of.existing(conn, team, move.partner_id)
    newest = circle.history(conn, team, partner.id)[-1]
    return (partner, move) if (partner.responsible, newest) == (delivery.to, move) else None
