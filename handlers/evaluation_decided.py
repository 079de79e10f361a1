"""The decision told in the thread, and the buttons below the answers brought up to date."""

import logging
from typing import Any

from aiohttp import ClientError
from slack_sdk.errors import SlackApiError

from bot.evaluation import Evaluation
from bot.evaluation_decision import is_decided
from bot.evaluation_step import together
from bot.round import Kind, Round
from bot.round_step import Step
from handlers import access, evaluation_reveal
from handlers import round as desk_of
from handlers.desk import Desk
from handlers.house import House
from handlers.language import of_the_library
from handlers.views import evaluation_decided as views
from handlers.views.parts import Reply
from storage import delivery as deliveries
from storage import evaluation as evaluations
from storage import evaluation_step as steps_of
from storage import evaluation_year as year
from storage.database import Connection
from storage.delivery import Delivery

log = logging.getLogger(__name__)


def register(desk: Desk) -> None:
    """Sign up."""
    kind = desk_of.kind_of(Kind.EVALUATION, desk_of.DECISION)
    desk.delivers(kind, desk_of.in_thread(decision))


async def decision(house: House, team: str, delivery: Delivery) -> Reply | None:
    """What was decided, below the answers, whose buttons are those that are left now."""
    this, _, steps = await house.store.read(_loaded, team, delivery.subject_id)
    if not is_decided(this):
        return None
    await put_right(house, team, this)
    users = {user for step in steps for user in step.who} | {this.closed_by or this.called_by}
    client = await house.teams.client(team)
    names = await access.first_names(house, client, team, users) if client else {}
    t = await of_the_library(house, team)
    today = house.clock.now().astimezone(t.zone).date()
    again = await house.store.read(year.next_on, team, this.partner_id or 0, today)
    said = views.Said(this, steps, names, again, corrected=desk_of.is_correction(delivery))
    return views.in_thread(t, said, today)


async def put_right(house: House, team: str, this: Round) -> None:
    """The first message with the answers shows the buttons that are left now."""
    shown = desk_of.first_of_reveal(this, house.clock.now())
    place = await house.store.read(deliveries.place, team, shown.key)
    client = await house.teams.client(team)
    said = await evaluation_reveal.reveal(house, team, shown)
    if client is None or place is None or said is None:
        return
    channel, ts = place
    message: dict[str, Any] = said.payload()
    try:
        await client.chat_update(channel=channel, ts=ts, **message)
    except (SlackApiError, ClientError, TimeoutError) as error:
        # An old button shows what stands now: it is asked on the round as it is stored.
        log.warning("The answers keep an old button: %s", type(error).__name__)


def _loaded(conn: Connection, team: str, number: int) -> tuple[Round, Evaluation, tuple[Step, ...]]:
    this, evaluation = evaluations.with_round(conn, team, number)
    return this, evaluation, together(steps_of.of(conn, team, [evaluation.id]))
