"""What is said of any round: its message in the channel, and what each of those asked has from it.

Which words that takes only the feature that asks knows; it hands in how it draws them.
"""

import logging
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from aiohttp import ClientError
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.reminder import Thing, Value, What
from bot.round import Round, State
from handlers import access
from handlers import round as rounds
from handlers.delivery import NotYet
from handlers.delivery_slack import NEVER
from handlers.house import House
from handlers.language import settings
from handlers.views.parts import Reply
from storage import delivery as deliveries
from storage import reminder as told_of
from storage import round_queries
from storage.database import Connection
from storage.delivery import Delivery

log = logging.getLogger(__name__)

NEVER_RENEWED = NEVER | {"message_not_found", "cant_update_message", "edit_window_closed"}

Subject = TypeVar("Subject")  # what the round is about: a check, an evaluation


@dataclass(frozen=True)
class InChannel(Generic[Subject]):
    """The message that a feature's threads hang on: how it is loaded, and how it is drawn."""

    load: Callable[[Connection, str, int], tuple[Round, Subject]]
    draw: Callable[[House, str, Round, Subject], Awaitable[Reply]]

    async def opened(self, house: House, team: str, delivery: Delivery) -> Reply | None:
        """The thread hangs on it, so a round that is over has one too."""
        this, subject = await house.store.read(self.load, team, delivery.subject_id)
        called_off = this.state is State.CANCELLED
        return None if called_off else await self.draw(house, team, this, subject)

    async def renewal(self, house: House, team: str, delivery: Delivery) -> None:
        """Bring it up to date, and try again where Slack does not answer."""
        try:
            await self._renew(house, team, delivery.subject_id)
        except SlackApiError as error:
            if error.response.get("error") not in NEVER_RENEWED:
                raise

    async def renew(self, house: House, team: str, number: int) -> None:
        """The same at once; the next answer shows it too, and so does what is said later."""
        try:
            await self._renew(house, team, number)
        except (SlackApiError, ClientError, TimeoutError) as error:
            log.warning("A round is not shown as it stands: %s", type(error).__name__)

    async def _renew(self, house: House, team: str, number: int) -> None:
        """Once more where it changed meanwhile."""
        client = await house.teams.client(team)
        shown = None
        while client and (now := await house.store.read(self.load, team, number)) != shown:
            this, subject = shown = now
            if not this.ts:
                return
            message: dict[str, Any] = (await self.draw(house, team, this, subject)).payload()
            await client.chat_update(channel=this.channel, ts=this.ts, **message)


async def renew_invitation(
    house: House, team: str, this: Round, user: str, draw: Callable[[], Awaitable[Reply | None]]
) -> None:
    """What a person has from the round reads so from now on; of what is gone, nothing."""
    places = await house.store.read(told, team, this, user, house.clock.now())
    client = await house.teams.client(team)
    reply = await draw() if places and client else None
    if client and reply:
        for channel, ts in places:
            await update(client, channel, ts, reply)


def told(
    conn: Connection, team: str, this: Round, user: str, now: datetime
) -> list[tuple[str, str]]:
    """The messages that she has from the round, by their channel and `ts`.

    Raises:
        NotYet: her invitation is on its way; one that the noise budget keeps for later is not.
    """
    kinds = (rounds.INVITATION, rounds.NUDGE, rounds.UNPLACED)
    asked, *_ = keys = [rounds.delivery_of(what, this, user, this.deadline).key for what in kinds]
    invitations = [rounds.kind_of(this.kind, rounds.INVITATION)]
    on_their_way = deliveries.on_their_way(conn, team, this.id, invitations)
    if any(delivery.key == asked and delivery.due <= now for delivery in on_their_way):
        raise NotYet
    places = (deliveries.place(conn, team, key) for key in keys)
    return [place for place in places if place]


def nudged(conn: Connection, team: str, delivery: Delivery, *_: str) -> None:
    """A reminder counts as a mention of the round, of which the weekly message tells, too."""
    this = round_queries.existing(conn, team, delivery.subject_id)
    on = delivery.due.date()
    thing = Thing(What.ROUND, this.id, Value.ROUND, on, this.partner_id)
    told_of.mentioned(conn, team, delivery.to, [thing], on)


def cannot_be_opened(conn: Connection, team: str, delivery: Delivery) -> None:
    """Slack does not take the message in the channel: who leads the round hears of it, once."""
    this = round_queries.existing(conn, team, delivery.subject_id)
    rounds.tell_leaders(conn, team, rounds.UNPLACED, this, delivery.due)


def why_unplaced(conn: Connection, team: str, this: Round) -> str | None:
    """Slack's reason why the round is not in its channel; None where it is, or will be."""
    if not this.channel:
        return rounds.NO_CHANNEL
    key = rounds.delivery_of(rounds.OPENED, this, this.channel, this.deadline).key
    became = deliveries.outcome(conn, team, key)
    return became.reason if became and became.state is deliveries.State.DEAD else None


async def stewards(house: House, team: str, this: Round) -> tuple[str, ...]:
    """Who may show and decide: the one who called it, or the coordinators once she has left."""
    if not this.caller_left:
        return (this.called_by,)
    return (await settings(house, team)).coordinators


async def names_of(house: House, team: str, users: Iterable[str]) -> dict[str, str]:
    """What colleagues call each other, with the whole name where two have the same first one."""
    client = await house.teams.client(team)
    if client is None:
        return {}
    found = await access.profiles(house, client, team, users)
    first = {user: access.first_name(profile) for user, profile in found.items()}
    known = list(first.values())
    return {
        user: name if known.count(name) == 1 else str(found[user].get("real_name") or name)
        for user, name in first.items()
    }


async def channel_name(house: House, team: str, channel: str) -> str:
    """What the channel is called; empty where the bot cannot see it any more."""
    client = await house.teams.client(team)
    if client is None or not channel:
        return ""
    try:
        answer = await client.conversations_info(channel=channel)
    except SlackApiError:
        return ""
    return str(answer["channel"].get("name", ""))


async def update(client: AsyncWebClient, channel: str, ts: str, reply: Reply) -> None:
    """A message reads so from now on, unless it is gone; raises NotYet where Slack says so."""
    message: dict[str, Any] = reply.payload()
    try:
        await client.chat_update(channel=channel, ts=ts, **message)
    except SlackApiError as error:
        name = error.response.get("error")
        if name == "ratelimited":
            raise NotYet from error
        if name not in NEVER_RENEWED:
            raise
