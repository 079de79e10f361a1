"""A year of a house, day after day through the real sending: who was told how much, and when.

The weekly message and the digest are the bot's own; besides, colleagues do things that others are
told of, and ask them to answer in rounds.
"""

import random
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest

from bot.partner import Partner
from bot.reminder import MENTION_DAYS, MENTIONS, Value
from bot.reminder_budget import BEGINNING, FROM, TO, Kind
from bot.reminder_week import SILENT
from bot.timetable import calendar_of
from bot.timetable_week import is_quiet, week_of
from bot.workspace import Workspace
from handlers import delivery_outbox, delivery_pace, tick_plan
from handlers.reminder_plan import WEEKLY
from storage import delivery as deliveries
from storage import partner as register_of
from storage import reminder as told_of
from storage.database import Connection
from storage.delivery import Delivery
from tests.handlers.deliveries import TEAM, Greeter
from tests.handlers.library import Json, Library, said
from tests.handlers.library_settings import decide

KAREN, METTE, ALI, SOFIE = "U01", "U02", "U03", "U06"
PEOPLE = (KAREN, METTE, ALI, SOFIE)
READS = {KAREN, METTE}  # the others never click
DIGESTS = "C02"
DAY = timedelta(days=1)
WEEKS = 53
CALENDAR = calendar_of(Workspace())
BY_NAME = ("Round", "Offer")  # what colleagues ask of her by name comes without waiting for room
PARTNERS = 12
# Nine on Tuesday, and once when people are not at work.
MOMENTS = ((1, time(9)), (3, time(21)))
MONTHLY = "så nu skriver jeg kun den første tirsdag i måneden."


@dataclass(frozen=True)
class Told:
    """One message that the sandbox received."""

    kind: str
    to: str
    at: datetime
    words: str

    @property
    def day(self) -> date:
        """The day on which it came."""
        return CALENDAR.day(self.at)


def sign_up(library: Library) -> None:
    kinds = {
        "News": tick_plan.Kind(Greeter("News").compose, unasked=True),
        "Promise": tick_plan.Kind(Greeter("Promise").compose, unasked=True, value=Value.PROMISE),
        "Round": tick_plan.Kind(
            Greeter("Round").compose, unasked=True, says=Kind.INVITATION, value=Value.ROUND
        ),
        "Offer": tick_plan.Kind(
            Greeter("Offer").compose, unasked=True, says=Kind.REQUEST, value=Value.ROUND
        ),
    }
    library.house.plan.kinds.update(kinds)


def partners(conn: Connection, team: str, now: datetime) -> None:
    """Quiet for long, some not quite; three have nobody."""
    for number in range(PARTNERS):
        new = Partner(f"Forening {number:02}", responsible=PEOPLE[number % len(PEOPLE)])
        since = now - timedelta(days=40 * number)
        register_of.add(conn, team, new, by=METTE, now=since)
    for number in range(3):
        register_of.add(conn, team, Partner(f"Klub {number}"), by=METTE, now=now)


def happens(conn: Connection, team: str, now: datetime, draw: random.Random) -> None:
    """What colleagues do at that moment, and who reads what she gets."""
    for user in PEOPLE:
        for kind, often in (("News", 0.15), ("Promise", 0.15), ("Round", 0.15), ("Offer", 0.05)):
            if draw.random() < often:
                key = f"{kind}.{user}.{now.isoformat()}"
                deliveries.put(conn, team, Delivery(kind, 1, user, now, key))
        if user in READS:
            told_of.clicked(conn, team, user, now)


async def a_year(library: Library) -> list[Told]:
    draw = random.Random(6)
    begun = library.house.clock.now()
    day = CALENDAR.day(begun) + DAY
    monday = day + timedelta(days=-day.weekday() % 7)
    await library.store.write(partners, TEAM, begun)
    for week in range(WEEKS):
        for weekday, at in MOMENTS:
            moment = CALENDAR.moment(monday + timedelta(days=7 * week + weekday), at)
            await library.store.write(happens, TEAM, moment, draw)
            done = await library.control("clock", now=moment.isoformat(), jump=True)
            assert done["ok"], done
    return [told_of_post(post) for post in await library.log("api") if is_message(post)]


def is_message(entry: Json) -> bool:
    return bool(entry["name"] == "chat.postMessage" and entry["response"]["ok"])


def told_of_post(entry: Json) -> Told:
    request = entry["request"]
    key = request["metadata"]["event_payload"]["key"]
    kind = WEEKLY if key.startswith(WEEKLY) else key.partition(".")[0]
    kind += ".thread" if request.get("thread_ts") else ""
    at = datetime.fromtimestamp(float(entry["response"]["ts"]), UTC)
    return Told(kind, request["channel"], at, said(request))


def within(told: Sequence[Told], one: Told, days: int) -> int:
    """How many came in so many days up to and with that one."""
    return sum(other.at <= one.at and (one.day - other.day).days < days for other in told)


def apart(days: Iterable[date]) -> list[int]:
    ordered = sorted(days)
    return [(b - a).days for a, b in pairwise(ordered)]


async def test_in_a_year_nobody_is_told_more_than_the_budget_has_room_for(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Real seconds, a hundred in such a year; they have tests of their own (test_delivery_pace.py).
    monkeypatch.setattr(delivery_outbox, "PACE_SECONDS", 0)
    monkeypatch.setattr(delivery_pace, "A_SECOND", 1000.0)
    sign_up(library)
    await decide(library, coordinators=(KAREN,), switched_on=True, digest_channel=DIGESTS)
    begun = CALENDAR.day(library.house.clock.now())
    year = await a_year(library)
    assert {one.kind for one in year} >= {WEEKLY, "digest", "News", "Promise", *BY_NAME}
    for user in PEOPLE:
        to_her = [one for one in year if one.to == user]
        own = [one for one in to_her if one.kind not in BY_NAME]
        assert own, user
        for one in own:
            assert within(to_her, one, 1) == 1
            assert within(to_her, one, 7) <= 2
            assert within(to_her, one, 56) <= 8
            assert CALENDAR.is_working(one.day)
            assert FROM <= one.at.astimezone(CALENDAR.zone).time() <= TO
        assert sum(one.day < begun + BEGINNING for one in own) <= 2
        rounds = [one for one in to_her if one.kind == "Round"]
        assert max(within(rounds, one, 365) for one in rounds) <= 12
        check_weekly(user, [one for one in own if one.kind == WEEKLY])
    digests = [one for one in year if one.to == DIGESTS and one.kind == "digest"]
    assert len({week_of(one.day) for one in digests}) == len(digests) > 3
    assert not any(is_quiet(one.day) for one in digests)


def check_weekly(user: str, weekly: Sequence[Told]) -> None:
    """A thing twice and a fortnight between; who does not click is told once that it gets rarer."""
    assert len({week_of(one.day) for one in weekly}) == len(weekly)
    assert not any(is_quiet(one.day) for one in weekly)
    mentioned: defaultdict[str, list[date]] = defaultdict(list)
    for one in weekly:
        for number in range(PARTNERS):
            if f"Forening {number:02} ·" in one.words:
                mentioned[f"{number}"].append(one.day)
    assert mentioned
    for days in mentioned.values():
        assert len(days) <= MENTIONS
        assert all(gap >= MENTION_DAYS for gap in apart(days))
    later = weekly[SILENT:] if user not in READS else []
    assert len({(one.day.year, one.day.month) for one in later}) == len(later)
    assert sum(MONTHLY in one.words for one in weekly) == (1 if later else 0)
