"""What a person has from a round, brought up to date when she, or the round, moves on."""

from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.round import Kind, Standing, State
from handlers import round as desk_of
from handlers.delivery import NotYet
from handlers.desk import Desk
from handlers.house import House
from handlers.language import translator
from handlers.tjek_said import NEVER_RENEWED, invitation, loaded
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
    now = house.clock.now()
    places = await house.store.read(desk_of.told, team, this, delivery.to, now)
    client = await house.teams.client(team)
    reply = await _as_it_stands(house, team, delivery) if places and client else None
    if client and reply:
        for channel, ts in places:
            await _update(client, channel, ts, reply)


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


async def _update(client: AsyncWebClient, channel: str, ts: str, reply: Reply) -> None:
    message: dict[str, Any] = reply.payload()
    try:
        await client.chat_update(channel=channel, ts=ts, **message)
    except SlackApiError as error:
        name = error.response.get("error")
        if name == "ratelimited":
            raise NotYet from error
        if name not in NEVER_RENEWED:
            raise
