"""Partners that the bot itself has found a colleague for: all of them in one message to her."""

from collections.abc import Iterable
from itertools import groupby

from bot.reminder import Thing, Value
from bot.reminder import offer as waits
from bot.reminder_handover import Handover
from bot.timetable import calendar_of
from handlers.delivery_budget import calendar_for
from handlers.desk import Desk
from handlers.house import House
from handlers.language import translator
from handlers.reminder_shown import shown_of
from handlers.reminder_waiting import Reader
from handlers.views import reminder_left as views
from handlers.views.parts import Reply
from storage import delivery as deliveries
from storage import reminder as told_of
from storage import reminder_handover as handovers
from storage import workspace as settings_of
from storage.database import Connection
from storage.delivery import Delivery

OFFERS = "reminder.offers"  # kind of delivery

MOST = 10  # lines in one message; the rest waits on Home, and for the weekly one


def register(desk: Desk) -> None:
    """Sign up: no colleague has chosen her by name, so it is a message of the bot's own."""
    desk.delivers(OFFERS, offers, told, unasked=True, value=Value.ROUND)


def tell(conn: Connection, team: str, made: Iterable[Handover]) -> None:
    """One message to each whom these were offered to in one moment."""
    for to, hers in groupby(sorted(made, key=lambda one: (one.to, one.id)), lambda one: one.to):
        first = next(hers)
        key = f"{OFFERS}.{first.id}"
        deliveries.put(conn, team, Delivery(OFFERS, first.id, to, first.at, key))


async def offers(house: House, team: str, delivery: Delivery) -> Reply | None:
    """To the one who is asked; nothing where the weekly message was faster."""
    client = await house.teams.client(team)
    if client is None:
        return None
    calendar = await calendar_for(house, client, team, delivery.to)
    reader = Reader(team, delivery.to, house.clock.now(), calendar)
    things = await house.store.read(_unheard, reader, delivery)
    if not things:
        return None
    shown = await house.store.read(shown_of, reader, things[:MOST])
    t = await translator(house, team, delivery.to)
    return views.offers(t, things[:MOST], shown, more=len(things[MOST:]))


def told(conn: Connection, team: str, delivery: Delivery, _channel: str, _ts: str) -> None:
    """She has heard of them; the weekly message names each once more at most."""
    calendar = calendar_of(settings_of.settings(conn, team))
    reader = Reader(team, delivery.to, delivery.due, calendar)
    things = _unheard(conn, reader, delivery)[:MOST]
    told_of.mentioned(conn, team, delivery.to, things, reader.today)


def _unheard(conn: Connection, reader: Reader, delivery: Delivery) -> list[Thing]:
    """What was offered in the same moment, waits still, and that she has not been told of."""
    first = handovers.existing(conn, reader.team, delivery.subject_id)
    heard = told_of.past(conn, reader.team, reader.user)
    offered = handovers.offered_to(conn, reader.team, reader.user, reader.now)
    together = [one for one in offered if (one.by, one.at) == (first.by, first.at)]
    things = [waits(one, reader.now, reader.calendar) for one in together]
    return [thing for thing in things if thing and thing.key not in heard]
