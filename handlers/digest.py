"""Venner af huset: once a week in its channel, decided when it is sent; for a colleague at once.

Its job puts one delivery for the week; both have unique keys, so no restart and no second bot says
it again.
"""

import logging
from dataclasses import replace
from datetime import date, datetime

from slackblocks import Block

from bot.errors import UserError
from bot.reminder_budget import Kind as Budgeted
from bot.timetable import Calendar, Row, calendar_of
from bot.timetable_week import PartnerMorning, Tuesdays, week_of
from bot.workspace_roles import Action, may
from handlers import circle_picture, digest_click, digest_greeting, digest_thread, digest_unsaid
from handlers.desk import Desk
from handlers.digest_made import LONGEST, made, page
from handlers.house import House
from handlers.language import of_the_library, settings
from handlers.turn import Turn, UnknownBlocksError
from handlers.views import digest as views
from handlers.views import digest_greeting as greeting_views
from handlers.views import digest_picture
from handlers.views.circle_picture import image
from handlers.views.digest_plain import plainer
from handlers.views.parts import Reply
from handlers.workspace_channel import usable_by
from storage import delivery as deliveries
from storage import digest as digests
from storage import digest_greeting as greetings
from storage import workspace as settings_of
from storage.database import Connection
from storage.delivery import Delivery

log = logging.getLogger(__name__)

KIND = "digest"
PLAIN = "digest_plain"  # in its place, where Slack refuses its blocks


def register(desk: Desk) -> None:
    """Sign up."""
    desk.runs(Row(KIND, PartnerMorning()), plan)
    desk.delivers(
        KIND,
        compose,
        digest_thread.hang,
        unasked=True,
        dead=digest_unsaid.tell_coordinators,
        says=Budgeted.DIGEST,
        until=until,
        instead=plain_instead,
    )
    desk.delivers(PLAIN, compose_plain, digest_thread.hang)
    digest_thread.register(desk)
    desk.delivers(digest_unsaid.KIND, digest_unsaid.compose, unasked=True)
    desk.action(views.KNOW, digest_click.know, Action.KNOW_PARTNER)
    desk.action(views.TAKE, digest_click.take, Action.TAKE_PARTNER)
    digest_greeting.register(desk)


def plan(conn: Connection, team: str, planned: datetime, _: datetime) -> None:
    """Put the week's, where the library has a channel for it."""
    library = settings_of.settings(conn, team)
    if library.digest_channel is None:
        return
    week = week_of(calendar_of(library).day(planned))
    number = int(week.replace("-W", ""))
    digest = Delivery(KIND, number, library.digest_channel, planned, f"{KIND}.{week}")
    deliveries.put(conn, team, digest)


async def compose(house: House, team: str, delivery: Delivery) -> Reply | None:
    """What there is to tell at this moment; None where that is nothing, or its week is over."""
    library = await settings(house, team)
    client = await house.teams.client(team)
    now, calendar = house.clock.now(), calendar_of(library)
    late = now >= until(delivery, calendar)
    if client is None or late or delivery.to != library.digest_channel:
        return None
    try:
        await usable_by(client, delivery.to)
    except UserError as wrong:
        log.warning("The digest is not said in its channel: %s", wrong.msgid)
        await house.store.write(digest_unsaid.tell_coordinators, team, delivery)
        return None
    told = await made(house, client, team, now)
    if told is None:
        return None
    await house.store.write(digests.keep, team, delivery.key, told, until=now)
    t = await of_the_library(house, team)
    as_now = await page(house, client, team, t, told, calendar.day(now))
    return as_now.message()


def until(delivery: Delivery, calendar: Calendar) -> datetime:
    """When it is of no use any more: then the next one tells all."""
    return Tuesdays(calendar).until(delivery.due)


def plain_instead(conn: Connection, team: str, delivery: Delivery) -> bool:
    """Put the same in plainer blocks; once, so that what is refused then is told."""
    key = f"{delivery.key}{digests.PLAIN}"
    plain = Delivery(PLAIN, delivery.subject_id, delivery.to, delivery.due, key)
    return deliveries.put(conn, team, plain)


async def compose_plain(house: House, team: str, delivery: Delivery) -> Reply | None:
    """The same, in its plainer blocks."""
    reply = await compose(house, team, delivery)
    return plainer(reply) if reply else None


async def preview(turn: Turn) -> None:
    """`/partner venner`: what the next one would tell, for one's own eyes."""
    day = await digest_greeting.next_day(turn)
    told = await made(turn.house, turn.client, turn.team, turn.now, on=day)
    way = await _greeting(turn, day) if day else []
    if told is None:
        await turn.reply(_with(await _before(turn), way))
        return
    library = await turn.library()
    if day and library.switched_on and library.digest_channel:
        way = [greeting_views.comes(turn.t, day, turn.today), *way]
    as_now = await page(turn.house, turn.client, turn.team, turn.t, told, turn.today)
    picture = await circle_picture.shown(turn.house, turn.client, turn.team, turn.t)
    missing = [digest_picture.instead(turn.t, turn.house.pictures.missing(turn.team))]
    drawn = image(picture, "digest_picture") or missing
    above, below = as_now.message(alone=True), as_now.rest()
    try:
        await turn.reply(_with(views.whole(above, drawn, below), way))
    except UnknownBlocksError:  # a picture that Slack has only just got may be refused
        if picture is None:
            raise
        await circle_picture.not_shown(turn.house, turn.team, picture)
        await turn.reply(_with(views.whole(above, missing, below), way))


async def _before(turn: Turn) -> Reply:
    """The last one, where there is nothing new since."""
    last = next(iter(await turn.read(digests.issues, turn.now - LONGEST)), None)
    if last is None:
        return views.nothing_yet(turn.t)
    day = calendar_of(await turn.library()).day(last.until)
    as_now = await page(turn.house, turn.client, turn.team, turn.t, last.told, day)
    return views.again(turn.t, as_now.message(alone=True))


async def _greeting(turn: Turn, day: date) -> list[Block]:
    """Its way in, for a coordinator."""
    if not may(turn.role, Action.LIBRARY_SETTINGS):
        return []
    greeting = await turn.read(greetings.of_week, week_of(day))
    return [greeting_views.way(turn.t, greeting.text)]


def _with(reply: Reply, below: list[Block]) -> Reply:
    return replace(reply, blocks=[*reply.blocks, *below])
