"""The digest of this moment, and the names of those in it."""

import asyncio
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from slack_sdk.web.async_client import AsyncWebClient

from bot.circle_picture import Missing
from bot.digest import Coming, Contacts, Digest, digest, signed
from bot.partner import Partner
from bot.timetable import calendar_of
from bot.timetable_week import week_of
from bot.translation import Translator
from bot.workspace import Workspace
from handlers import access
from handlers.house import House
from handlers.language import settings
from handlers.views import digest as views
from handlers.views.digest_lines import Known, ours
from handlers.views.digest_look import ADVICE
from handlers.views.parts import Reply
from storage import digest as digests
from storage import digest_facts, digest_quiet, duplicate_redirect, partner_values
from storage import digest_greeting as greetings
from storage import partner as register_of
from storage import workspace as settings_of
from storage.database import Connection
from storage.digest_window import Window

# A summer without one, and some days: what is older than that is no news any more.
LONGEST = timedelta(days=70)
# The first one has no other before it: it tells what the others will, and no longer history. But a
# library adds its first partners, and then switches on: those are its new friends.
FIRST = timedelta(days=7)


async def made(
    house: House, client: AsyncWebClient, team: str, now: datetime, *, on: date | None = None
) -> Digest | None:
    """What there is to tell up to now, as said today or on that day; None where that is nothing.

    Slack is asked on the way: what is noted meanwhile is the next one's.
    """
    library = await settings(house, team)
    calendar = calendar_of(library)
    day = on or calendar.day(now)
    greeting = await house.store.read(greetings.of_week, team, week_of(day))
    responsibles = await house.store.read(digest_quiet.responsibles, team)
    here = await access.still_here(house, client, team, responsibles)
    last, since = await house.store.read(_since, team, now)
    friends_since = since if last else now - LONGEST
    window = Window(since, now, day, calendar, library.digest_channel, friends_since)
    left = frozenset(responsibles).difference(here)
    facts = await house.store.read(digest_facts.facts, team, window, left=left, advice=len(ADVICE))
    return await asyncio.to_thread(digest, replace(facts, greeted=bool(greeting.text)), day)


@dataclass(frozen=True)
class Page:
    """A digest, and everything else that its messages say."""

    known: Known
    told: Digest
    set_up_by: Sequence[str]  # first names
    greeting: str

    def message(self, *, alone: bool = False) -> Reply:
        """What stands in the channel; `alone` where there is no thread."""
        return views.message(self.known, self.told, self.set_up_by, self.greeting, alone=alone)

    def rest(self, missing: Missing | None = None) -> Reply | None:
        """What hangs below it."""
        return views.rest(self.known, self.told, missing)


async def page(
    house: House, client: AsyncWebClient, team: str, t: Translator, told: Digest, day: date
) -> Page:
    """That digest as it looks now; `day` is the one that it was made on."""
    library = await settings(house, team)
    partners = await house.store.read(_partners, team, _numbers(told))
    users = _users(told, partners.values())
    coordinators = library.coordinators
    greeting = await house.store.read(greetings.of_week, team, told.week)
    names = await _names(house, client, team, {*users, *coordinators, greeting.by} - {""})
    friends = (*told.friends.lines, *told.friends.rest)
    new = [partners[one.partner_id] for one in friends if one.partner_id in partners]
    topics = await house.store.read(_topics, team, library, new)
    known = Known(t, day, partners, names, library, told.met, topics=topics)
    set_up_by = [names[user] for user in coordinators if user in names]
    by = names.get(greeting.by, "")
    return Page(known, told, set_up_by, signed(greeting.text, by))


async def _names(
    house: House, client: AsyncWebClient, team: str, users: Collection[str]
) -> dict[str, str]:
    """First names of those who are still colleagues."""
    here = await access.still_here(house, client, team, sorted(users))
    called = await access.first_names(house, client, team, here)
    return {user: name for user, name in called.items() if name}


def _since(conn: Connection, team: str, now: datetime) -> tuple[datetime | None, datetime]:
    """When the last one was, and from when on this one tells."""
    last = digests.last_until(conn, team)
    if last:
        return last, max(last, now - LONGEST)
    week = now - FIRST
    return None, max(week, settings_of.switched_on_at(conn, team) or week)


def _partners(conn: Connection, team: str, numbers: Collection[int]) -> dict[int, Partner]:
    """By the numbers that they had then."""
    moved = duplicate_redirect.all_moved(conn, team)
    now_is = {number: moved.get(number, number) for number in numbers}
    found = register_of.get_many(conn, team, sorted(set(now_is.values())))
    by_id = {partner.id: partner for partner in found}
    return {number: by_id[now] for number, now in now_is.items() if now in by_id}


def _topics(
    conn: Connection, team: str, library: Workspace, new: Sequence[Partner]
) -> Collection[str]:
    """Their keywords that may stand in a channel: what one card alone says may be a person."""
    words = {word for partner in new for word in partner.keywords}
    shared = partner_values.shared_keywords(conn, team, words.difference(library.keywords))
    return shared | words.intersection(library.keywords)


def _numbers(told: Digest) -> set[int]:
    sections = (told.friends, told.since, told.unclaimed, told.coming)
    numbers = {one.partner_id for section in sections for one in (*section.lines, *section.rest)}
    if told.look and told.look.of_partner:
        numbers.add(told.look.number)
    return {number for number in numbers if number is not None}


def _users(told: Digest, partners: Iterable[Partner]) -> set[str]:
    users = {one.by for one in told.since.lines if isinstance(one, Contacts)}
    users |= {one.last_by for one in (*told.unclaimed.lines, *told.unclaimed.rest)}
    coming: tuple[Coming, ...] = (*told.coming.lines, *told.coming.rest)
    users |= {user for one in coming for user in one.who}
    for partner in partners:
        users |= {*ours(partner)}
    return users - {""}
