"""What a person has from a round, brought up to date when she, or the round, moves on."""

from functools import partial

from bot.round import Kind, Standing, State
from handlers import round as desk_of
from handlers.desk import Desk
from handlers.house import House
from handlers.language import translator
from handlers.round_said import renew_invitation
from handlers.tjek_said import invitation, loaded
from handlers.views import round as views
from handlers.views import tjek_answer as answer_views
from handlers.views.parts import Reply
from handlers.views.tjek import heading_of
from storage.delivery import Delivery


def register(desk: Desk) -> None:
    """Sign up."""
    desk.delivers(desk_of.kind_of(Kind.TJEK, desk_of.STANDING), renewed)


async def renewed(house: House, team: str, delivery: Delivery) -> None:
    """Her invitation and her reminder as they should read now; of what is gone, nothing."""
    this, _ = await house.store.read(loaded, team, delivery.subject_id)
    draw = partial(_as_it_stands, house, team, delivery)
    await renew_invitation(house, team, this, delivery.to, draw)


async def _as_it_stands(house: House, team: str, delivery: Delivery) -> Reply | None:
    this, check = await house.store.read(loaded, team, delivery.subject_id)
    t = await translator(house, team, delivery.to)
    if this.state is not State.OPEN:
        return answer_views.over(t, this, heading_of(check))
    match this.standings.get(delivery.to):
        case Standing.ANSWERED:
            return answer_views.answered(t, this, heading_of(check))
        case Standing.DECLINED:
            return views.declined(t, this)
        case Standing.WAITING:
            return await invitation(house, team, delivery)
        case _:
            return None
