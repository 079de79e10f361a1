"""The noise budget where messages leave: what was said to whom before, put to bot/reminder_budget.

What a colleague hears is counted in her own days; what a channel hears, in the library's.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.reminder_budget import BY_A_COLLEAGUE, FROM, LATEST, REMEMBERED, Said, gives_way, may
from bot.reminder_budget import Kind as Budgeted
from bot.timetable import Calendar, calendar_of
from bot.timetable_week import NINE
from bot.workspace import Frequency, Member
from handlers import access
from handlers.house import House
from handlers.language import settings
from handlers.tick_plan import Kind
from storage import delivery_sending as sending
from storage import workspace as settings_of
from storage.database import Connection
from storage.delivery import Delivery

DAY = timedelta(days=1)


def wanted(member: Member, kind: Kind | None = None) -> bool:
    """Whether she hears from the bot unasked at all: her own choice in the settings.

    What a colleague asks her by name is not the bot's to keep from her.
    """
    by_a_colleague = kind is not None and kind.says in BY_A_COLLEAGUE
    return by_a_colleague or member.frequency is not Frequency.NEVER


async def calendar_for(house: House, client: AsyncWebClient, team: str, user: str) -> Calendar:
    """The library's working days in the time zone that Slack has of her, or in the library's."""
    library = calendar_of(await settings(house, team))
    try:
        zone = (await access.known(house, client, team, user)).get("tz")
        return replace(library, zone=ZoneInfo(zone)) if zone else library
    except (SlackApiError, ZoneInfoNotFoundError, ValueError):  # ValueError: no name of a zone
        return library


def moment(
    conn: Connection,
    team: str,
    delivery: Delivery,
    kinds: Mapping[str, Kind],
    *,
    now: datetime,
    calendar: Calendar,
) -> datetime | None:
    """When it may be said: `now`, or later; None where it is of no use by then.

    Whoever is away hears of it when she is back. What is worth more to her and waits, too, has this
    day; whether it is said shows when it is, so tomorrow this is decided anew.
    """
    kind = kinds[delivery.kind]
    said, waiting = sending.unasked(conn, team, delivery.to, since=now - REMEMBERED, now=now)
    log = [Said(kinds[name].says, at) for name, at in said if name in kinds]
    others = [kinds[name] for key, name in waiting if key != delivery.key and name in kinds]
    worth_more = [one for one in others if one.unasked and gives_way(kind.value, [one.value])]
    member = settings_of.member(conn, team, delivery.to) if delivery.to_person else Member()
    switched_on = settings_of.switched_on_at(conn, team)
    by_hand = kind.asked and kind.asked(conn, team, delivery)
    return may(
        Budgeted.INVITATION if by_hand else kind.says,
        log,
        now,
        calendar,
        at=_hour(delivery.due.astimezone(calendar.zone).time()),
        not_before=_back_on(member, calendar.day(now) + DAY if worth_more else None),
        until=kind.until(delivery, calendar) if kind.until else None,
        begun_on=calendar.day(switched_on) if switched_on else None,
    )


def _back_on(member: Member, tomorrow: date | None) -> date | None:
    """When she is back, and not before tomorrow where something else may be said today."""
    return max(filter(None, (member.away_until, tomorrow)), default=None)


def _hour(wanted_at: time) -> time:
    """The hour at which it is said on another day: what came at night is told in the morning."""
    return wanted_at if FROM <= wanted_at <= LATEST else NINE
