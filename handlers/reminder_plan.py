"""When the weekly messages are put down to be said: each at nine in its reader's own time zone."""

from datetime import datetime, timedelta

from bot.reminder import Value
from bot.reminder_budget import Kind as Budgeted
from bot.timetable import Calendar, calendar_of
from bot.timetable_week import Tuesdays, week_of
from handlers.access import profiles
from handlers.clock import survived
from handlers.delivery_budget import calendar_for
from handlers.house import House
from handlers.language import settings
from handlers.reminder_left import look_again
from storage import delivery as deliveries
from storage import job_run
from storage import reminder_cadence as care_of
from storage import workspace as settings_of
from storage.database import Connection
from storage.delivery import Delivery

WEEKLY = "reminder.weekly"  # kind of delivery
VALUE = Value.PROMISE  # it may hold one, and holds all rounds that wait
SAYS = Budgeted.MESSAGE

# Between two looks whether it is a partner morning anywhere: a new colleague, or one who moves, is
# seen as soon.
_LOOK = timedelta(hours=1)
# From Tokyo to Nuuk: somebody's Tuesday may begin a day before the library's.
_DAY = timedelta(days=1)


def key_of(planned: datetime, calendar: Calendar, user: str) -> str:
    """One message to each in a week, whatever happens."""
    return f"{WEEKLY}.{week_of(calendar.day(planned))}.{user}"


def until(delivery: Delivery, calendar: Calendar) -> datetime:
    """With the week's last working day it has lost its use: the next one says it all."""
    return Tuesdays(calendar).until(delivery.due)


class Planner:
    """Looks at every tick whether it is time to plan, which is cheap as long as it is not.

    Only what has come since the look before is planned: who is tied to a partner on a Thursday gets
    her first message on Tuesday. After a time without the bot, the moments that have run stand in
    for the look.
    """

    def __init__(self) -> None:
        self._next: dict[str, datetime] = {}
        self._looked: dict[str, datetime] = {}

    async def plan(self, house: House, now: datetime) -> None:
        """Put what is due in each library; what goes wrong in one holds up no other."""
        for team in await house.teams.all():
            await survived("Planning the weekly messages", self._plan(house, team, now))

    async def _plan(self, house: House, team: str, now: datetime) -> None:
        library = await settings(house, team)
        ahead = self._next.get(team, now)
        if not library.switched_on or now < ahead <= now + _LOOK:
            return
        self._next[team] = now + _LOOK  # also where it goes wrong: not at every tick again
        self._next[team] = await self._look(house, team, now)

    async def _look(self, house: House, team: str, now: datetime) -> datetime:
        """Put what is due in one library; when to look again."""
        calendar = calendar_of(await settings(house, team))
        today = calendar.day(now)
        day = Tuesdays(calendar).day_in(today + _DAY)
        client = await house.teams.client(team)
        if day is None or today < day - _DAY or client is None:
            return now + _LOOK
        since = await self._since(house, team, now)
        following, planned = now + _LOOK, []
        readers = await house.store.read(care_of.readers, team)
        await profiles(house, client, team, readers)
        for user in readers:
            own = await calendar_for(house, client, team, user)
            tuesdays = Tuesdays(own)
            moment = tuesdays.due(since, now)
            if moment:
                key = key_of(moment, own, user)
                planned.append(Delivery(WEEKLY, 0, user, moment, key))
            following = min(following, tuesdays.following(now) or following)
        # The library's own has run although nobody was there to be told.
        moments = [Tuesdays(calendar).due(since, now), *(one.due for one in planned)]
        if run := max(filter(None, moments), default=None):
            await house.store.write(_put, team, planned, run, now, house.clock.real())
        self._looked[team] = now
        if planned:
            await survived("Looking for who has left", look_again(house, client, team, now))
        return following

    async def _since(self, house: House, team: str, now: datetime) -> datetime:
        looked = self._looked.get(team)
        if looked is None or looked > now:  # the clock may have been set back
            looked = await house.store.read(job_run.last, team, WEEKLY, now)
        begun = await house.store.read(settings_of.switched_on_at, team) or now
        return max(looked or begun, begun)


def _put(
    conn: Connection,
    team: str,
    planned: list[Delivery],
    run: datetime,
    now: datetime,
    real: datetime,
) -> None:
    for delivery in planned:
        deliveries.put(conn, team, delivery)
    if job_run.claim(conn, team, WEEKLY, run, real):
        job_run.complete(conn, team, WEEKLY, run, now)
