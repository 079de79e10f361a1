"""What is said while an evaluation is under way: composed anew at the moment it is said."""

from functools import partial

from bot.evaluation import Evaluation, Occasion, ours
from bot.reminder import MENTIONS, Past, Value, What
from bot.reminder_budget import Kind as Budgeted
from bot.round import Kind, Round, Standing, State
from handlers import round as rounds
from handlers.desk import Desk
from handlers.house import House
from handlers.language import of_the_library, translator
from handlers.round_said import (
    InChannel,
    cannot_be_opened,
    channel_name,
    names_of,
    nudged,
    renew_invitation,
    stewards,
    why_unplaced,
)
from handlers.round_steps import has_ended
from handlers.views import evaluation as views
from handlers.views import evaluation_invited as invited_views
from handlers.views.parts import Reply
from storage import delivery as deliveries
from storage import evaluation as evaluations
from storage import partner as register_of
from storage import reminder as told_of
from storage.database import Connection
from storage.delivery import Delivery


def register(desk: Desk) -> None:
    """Sign up."""
    desk.delivers(
        _kind(rounds.OPENED),
        opening,
        rounds.stands,
        unasked=True,
        dead=cannot_be_opened,
        says=Budgeted.PARENT,
        value=Value.ROUND,
    )
    asks, tells = Budgeted.ROUND, Budgeted.REQUEST
    desk.delivers(
        _kind(rounds.INVITATION),
        invitation,
        unasked=True,
        says=asks,
        value=Value.ROUND,
        asked=_is_a_colleagues,
    )
    desk.delivers(_kind(rounds.UNPLACED), unplaced, unasked=True, says=tells, value=Value.ROUND)
    desk.delivers(_kind(rounds.NUDGE), nudge, nudged, unasked=True, value=Value.ROUND)
    desk.delivers(_kind(rounds.UNSHOWN), unshown)
    desk.delivers(_kind(rounds.RENEWAL), IN_CHANNEL.renewal)
    desk.delivers(_kind(rounds.STANDING), standing)


def _kind(what: str) -> str:
    return rounds.kind_of(Kind.EVALUATION, what)


def partner_name(conn: Connection, team: str, evaluation: Evaluation) -> str:
    """What the partner is called now; raises UserError where it is gone."""
    return register_of.existing(conn, team, evaluation.partner_id).name


async def opening(house: House, team: str, delivery: Delivery) -> Reply | None:
    """The message that the thread hangs on, while there is something to answer.

    The channel's noise budget may have kept it until the answers are in; they then come first.
    """
    this, _ = await house.store.read(evaluations.with_round, team, delivery.subject_id)
    if has_ended(this, house.clock.now()):
        return None
    return await IN_CHANNEL.opened(house, team, delivery)


async def invitation(house: House, team: str, delivery: Delivery) -> Reply | None:
    """To one of those asked: on a day on which she hears of nothing else.

    Not where her weekly message has asked her meanwhile. Home and the channel have it all the
    while, for her, too, who wants to hear nothing from the bot.
    """
    this, evaluation, name = await _loaded(house, team, delivery)
    if this.state is not State.OPEN:
        return None
    if await house.store.read(_times_told, team, this, delivery.to):
        return None
    leads = delivery.to in await stewards(house, team, this)
    t = await translator(house, team, delivery.to)
    return invited_views.invitation(t, evaluation, this, name, leads=leads)


async def nudge(house: House, team: str, delivery: Delivery) -> Reply | None:
    """The one reminder, for who has still not answered; the weekly message may have been it."""
    this, evaluation, name = await _loaded(house, team, delivery)
    now = house.clock.now()
    if not rounds.still_missing(this, delivery.to, now):
        return None
    if await house.store.read(_times_told, team, this, delivery.to) >= MENTIONS:
        return None
    t = await translator(house, team, delivery.to)
    return invited_views.nudge(t, evaluation, this, name, now)


async def unplaced(house: House, team: str, delivery: Delivery) -> Reply | None:
    """To who leads it: that there is no thread, and the way to answer all the same."""
    this, evaluation, name = await _loaded(house, team, delivery)
    reason = await house.store.read(why_unplaced, team, this)
    if reason is None or this.state is not State.OPEN:
        return None
    return invited_views.unplaced(
        await translator(house, team, delivery.to),
        evaluation,
        this,
        name,
        channel=await channel_name(house, team, this.channel),
        reason=reason,
        user=delivery.to,
    )


async def unshown(house: House, team: str, delivery: Delivery) -> Reply | None:
    """To who leads it: why the answers are not in the channel, and where they are."""
    this, _, name = await _loaded(house, team, delivery)
    reason = await house.store.read(rounds.why_unshown, team, this)
    if reason is None:
        return None
    t = await translator(house, team, delivery.to)
    channel = await channel_name(house, team, this.channel)
    return invited_views.unshown(t, this, name, channel=channel, reason=reason)


async def standing(house: House, team: str, delivery: Delivery) -> None:
    """What a person has from the round reads as it should now."""
    this, _ = await house.store.read(evaluations.with_round, team, delivery.subject_id)
    draw = partial(_as_it_stands, house, team, delivery)
    await renew_invitation(house, team, this, delivery.to, draw)


async def _as_it_stands(house: House, team: str, delivery: Delivery) -> Reply | None:
    this, evaluation, name = await _loaded(house, team, delivery)
    t = await translator(house, team, delivery.to)
    if this.state is not State.OPEN:
        return invited_views.over(t, this, name)
    leads = delivery.to in await stewards(house, team, this)
    match this.standings.get(delivery.to):
        case Standing.ANSWERED:
            return invited_views.answered(t, evaluation, this, name, leads=leads)
        case Standing.DECLINED:
            return invited_views.declined(t, this, leads=leads)
        case Standing.WAITING:
            return invited_views.invitation(t, evaluation, this, name, leads=leads)
        case _:
            return None


async def _in_channel(house: House, team: str, this: Round, evaluation: Evaluation) -> Reply:
    names = await names_of(house, team, ours(this))
    name = await house.store.read(partner_name, team, evaluation)
    return views.in_channel(await of_the_library(house, team), evaluation, this, name, names)


IN_CHANNEL = InChannel(evaluations.with_round, _in_channel)


async def _loaded(house: House, team: str, delivery: Delivery) -> tuple[Round, Evaluation, str]:
    return await house.store.read(_load, team, delivery.subject_id)


def _load(conn: Connection, team: str, number: int) -> tuple[Round, Evaluation, str]:
    this, evaluation = evaluations.with_round(conn, team, number)
    return this, evaluation, partner_name(conn, team, evaluation)


def _is_a_colleagues(conn: Connection, team: str, delivery: Delivery) -> bool:
    """Whether a colleague has opened it, whom others then ask why nothing has come."""
    _, evaluation = evaluations.with_round(conn, team, delivery.subject_id)
    return evaluation.occasion is Occasion.BY_HAND


def _times_told(conn: Connection, team: str, this: Round, user: str) -> int:
    """How often she has been told of it: by the invitation, and by her weekly messages."""
    key = rounds.delivery_of(rounds.INVITATION, this, user, this.deadline).key
    invited = deliveries.place(conn, team, key) is not None
    past = told_of.past(conn, team, user).get(f"{What.ROUND}.{this.id}", Past())
    return int(invited) + len(past.mentioned)
