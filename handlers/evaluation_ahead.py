"""The year of evaluations as it is planned at this moment."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from slack_sdk.web.async_client import AsyncWebClient

from bot.evaluation import Occasion
from bot.evaluation_open import Opening
from bot.evaluation_relation import Intervals, Moved, Relation
from bot.evaluation_room import House as Taken
from bot.evaluation_year import Line, year
from bot.round import Round
from bot.timetable import Calendar, calendar_of
from bot.workspace import Workspace
from handlers import access
from handlers.evaluation_open import begin
from handlers.house import House
from handlers.language import settings
from storage import evaluation_facts as facts
from storage.database import Connection

Key = tuple[int, Occasion, date]


@dataclass(frozen=True)
class Ahead:
    """The year, and the day on which it was worked out."""

    lines: Sequence[Line]
    calendar: Calendar
    today: date

    def line(self, key: Key) -> Line | None:
        """The one that is called so."""
        return next((one for one in self.lines if one.key == key), None)


async def ahead(
    house: House, client: AsyncWebClient, team: str, *, today: Key | None = None
) -> Ahead:
    """Work it out from what is stored, without those who are no colleagues any more.

    `today`: as if that one was moved to today.
    """
    library = await settings(house, team)
    calendar = calendar_of(library)
    day = calendar.day(house.clock.now())
    relations, taken = await house.store.read(_load, team, library, calendar, day)
    users = {user for one in relations for user in one.people}
    here = await access.still_here(house, client, team, sorted(users))
    found = [_as_if(one.with_only(here), today, day) for one in relations]
    # In a thread: of 5,000 relations it takes up to a second, in which nobody would be answered.
    lines = await asyncio.to_thread(year, found, Intervals.of(library), taken, calendar, day)
    return Ahead(lines, calendar, day)


async def open_line(house: House, team: str, line: Line) -> Round | None:
    """Open that one now; None where it is open, or nobody is there to be asked.

    Who has been asked in another round lately is spared this one.
    """
    relation, due = line.relation, line.due
    opening = Opening(
        relation.partner_id,
        due.occasion,
        due.due_on,
        due.activity_id,
        due.subject,
        due.instrument,
    )
    return await begin(house, team, opening, house.clock.now(), without=line.spared)


def _load(
    conn: Connection, team: str, library: Workspace, calendar: Calendar, today: date
) -> tuple[list[Relation], Taken]:
    channel = library.partner_channel or ""
    found = facts.relations(conn, team, calendar.zone, channel=channel)
    return found, facts.house(conn, team, calendar.zone, today)


def _as_if(relation: Relation, today: Key | None, day: date) -> Relation:
    if today is None or relation.partner_id != today[0]:
        return relation
    _, occasion, about = today
    stands = (one for one in relation.moved if (one.occasion, one.due_on) == (occasion, about))
    instrument = next((one.instrument for one in stands), "")
    moved = Moved(occasion, about, day, day, instrument)
    return replace(relation, moved=(moved, *relation.moved))
