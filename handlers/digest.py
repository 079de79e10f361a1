"""Venner af huset: once a week in its channel, decided when it is sent; for a colleague at once.

A run of the job puts one delivery for the week; both have unique keys, so no restart and no second
bot says it again.
"""

import logging
from dataclasses import replace
from datetime import datetime

from bot.errors import UserError
from bot.reminder_budget import Kind as Budgeted
from bot.timetable import Calendar, calendar_of
from bot.timetable_week import Tuesdays, week_of
from bot.workspace_roles import Action, may
from handlers import digest_click, digest_greeting, digest_unsaid
from handlers.clock import survived
from handlers.desk import Desk
from handlers.digest_made import made, shown
from handlers.house import House
from handlers.language import of_the_library, settings
from handlers.turn import Turn
from handlers.views import digest as views
from handlers.views import digest_greeting as greeting_views
from handlers.views.parts import Reply
from handlers.workspace_channel import usable_by
from storage import delivery as deliveries
from storage import digest as digests
from storage import digest_greeting as greetings
from storage import job_run
from storage.database import Connection
from storage.delivery import Delivery

log = logging.getLogger(__name__)

KIND = "digest"
REST = "digest_rest"


def register(desk: Desk) -> None:
    """Sign up."""
    desk.each_tick(Weeks().look)
    desk.delivers(
        KIND,
        compose,
        after,
        unasked=True,
        dead=digest_unsaid.tell_coordinators,
        says=Budgeted.DIGEST,
        until=until,
    )
    desk.delivers(REST, compose_rest)
    desk.delivers(digest_unsaid.KIND, digest_unsaid.compose, unasked=True)
    desk.action(views.KNOW, digest_click.know, Action.KNOW_PARTNER)
    desk.action(views.TAKE, digest_click.take, Action.TAKE_PARTNER)
    digest_greeting.register(desk)


class Weeks:
    """Which week each library's digest was planned for last."""

    def __init__(self) -> None:
        self._last: dict[str, datetime] = {}

    async def look(self, house: House, now: datetime) -> None:
        """Plan the week's digest of each library whose morning has come."""
        for team in await house.teams.all():
            await survived("Planning the digest", self._plan(house, team, now))

    async def _plan(self, house: House, team: str, now: datetime) -> None:
        library = await settings(house, team)
        last = self._last.get(team)
        if last is None or last > now:  # the clock may have been set back
            last = await house.store.read(job_run.last, team, KIND, now)
        # A library begins with its next morning, and not with what the week's has missed.
        calendar = calendar_of(library)
        planned = Tuesdays(calendar).due(last, now) if last else now
        if planned is None:
            return
        # While nothing may be said, a week only passes.
        wanted = library.digest_channel if last and library.switched_on else None
        week = week_of(calendar.day(planned))
        number = int(week.replace("-W", ""))
        digest = Delivery(KIND, number, wanted, planned, f"{KIND}.{week}") if wanted else None
        real = house.clock.real()
        await house.store.write(_run_once, team, planned, now, real, digest)
        self._last[team] = planned


def _run_once(
    conn: Connection,
    team: str,
    planned: datetime,
    now: datetime,
    real: datetime,
    digest: Delivery | None,
) -> None:
    if not job_run.claim(conn, team, KIND, planned, real):
        return
    if digest:
        deliveries.put(conn, team, digest)
    job_run.complete(conn, team, KIND, planned, now)


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
    told = await made(house, client, team)
    if told is None:
        return None
    await house.store.write(digests.keep, team, delivery.key, told, until=now)
    t = await of_the_library(house, team)
    return await shown(house, client, team, t, told, calendar.day(now))


def until(delivery: Delivery, calendar: Calendar) -> datetime:
    """When it is of no use any more: then the next one tells all."""
    return Tuesdays(calendar).until(delivery.due)


def after(conn: Connection, team: str, delivery: Delivery, channel: str, ts: str) -> None:
    """It stands there: what there was no room for hangs below it."""
    told = digests.get(conn, team, delivery.key)
    if told and told.has_more:
        key = f"{delivery.key}.rest"
        rest = Delivery(REST, delivery.subject_id, channel, delivery.due, key, ts)
        deliveries.put(conn, team, rest)


async def compose_rest(house: House, team: str, delivery: Delivery) -> Reply | None:
    """The thread's first answer."""
    told = await house.store.read(digests.get, team, delivery.key.removesuffix(".rest"))
    client = await house.teams.client(team)
    if told is None or client is None:
        return None
    t = await of_the_library(house, team)
    day = calendar_of(await settings(house, team)).day(house.clock.now())
    return await shown(house, client, team, t, told, day, rest=True)


async def preview(turn: Turn) -> None:
    """`/partner venner`: what the next one would tell, for one's own eyes."""
    house, day = turn.house, await digest_greeting.next_day(turn)
    told = await made(house, turn.client, turn.team, on=day)
    reply = told and await shown(house, turn.client, turn.team, turn.t, told, turn.today)
    if told and reply:
        below = await shown(house, turn.client, turn.team, turn.t, told, turn.today, rest=True)
        reply = views.whole(reply, below)
    before = await turn.read(digests.last_until)
    reply = reply or (views.nothing(turn.t) if before else views.nothing_yet(turn.t))
    if day and may(turn.role, Action.LIBRARY_SETTINGS):
        greeting = await turn.read(greetings.of_week, week_of(day))
        reply = replace(reply, blocks=[*reply.blocks, greeting_views.way(turn.t, greeting.text)])
    await turn.reply(reply)
