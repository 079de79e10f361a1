"""`python bench/evaluation.py`: evaluations due on one morning, from nine o'clock to the reveal.

The coordinator has put so many on the same morning, each with two colleagues of its own. The
sandbox keeps Slack's limits, and the bot its noise budget. Measured is how long it takes until all
threads are open, against what those limits allow for all that is posted meanwhile; then, answer
by answer, from the last one of a round to the reveal. Afterwards the sandbox's log is searched: no
answer may stand in anything that was sent before its reveal.
"""

import argparse
import asyncio
import os
import statistics
import sys
import tempfile
import time
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import aiohttp
import evaluation_log as wire
import processes
import sqlalchemy as sa

from bot.circle import Level
from bot.evaluation_questions import LAST, shipped
from bot.evaluation_room import opens_on
from bot.partner import Partner
from bot.round import Kind
from bot.round_voice import THE_PARTNER
from bot.timetable import calendar_of
from bot.timetable_week import NINE
from bot.workspace import Workspace
from sandbox.rates import TEAM_RATE
from storage import evaluation_year, migrate, round_queries
from storage import partner as register
from storage import round as rounds
from storage import workspace as settings_of
from storage.database import Connection
from storage.partner_tables import PARTNER

DUE = (1, 50, 500)
MOST_OVER = 1.2  # times what the limits allow until the threads are open, and GRACE
GRACE = 3.0  # seconds
SLOWEST = 10.0  # seconds from the last answer to the reveal, at the median

WEDNESDAY = 2
TEAM, HOST = "T01", "U01"
PER_CHANNEL = 3  # parent messages a week
INSTRUMENT = shipped().get("collaboration")
YEARS = timedelta(days=800)
PATIENCE = 900.0


@dataclass(frozen=True)
class Morning:
    """What one morning came to; seconds."""

    due: int
    opened: float
    posts: int
    reveals: list[float]
    leaks: int

    @property
    def allowed(self) -> float:
        """Seconds for that many messages at the pace that the limits of the workspace allow."""
        return self.posts / TEAM_RATE

    @property
    def within(self) -> bool:
        """Whether it was quick enough, and nothing was seen too early."""
        in_time = self.opened <= MOST_OVER * self.allowed + GRACE
        return in_time and statistics.median(self.reveals) <= SLOWEST and not self.leaks


def main() -> int:
    """Print the figures; 1 when a limit is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--due", type=int, nargs="*", default=DUE, help="on one morning")
    options = parser.parse_args()
    mornings = []
    for due in options.due:
        with tempfile.TemporaryDirectory() as folder:
            mornings.append(asyncio.run(_nine_o_clock(Path(folder), due)))
        print(_told(mornings[-1]))
    print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    missed = [one.due for one in mornings if not one.within]
    told = ", ".join(f"{one.due} in {one.opened:.1f} s" for one in mornings)
    leaks = sum(one.leaks for one in mornings)
    print(f"evaluation: open {told}; answers seen before the reveal {leaks}; missed {missed}")
    return int(bool(missed))


def _told(one: Morning) -> str:
    middle, slowest = statistics.median(one.reveals), max(one.reveals)
    return (
        f"{one.due} due: threads open after {one.opened:.1f} s, {one.posts} messages by then"
        f" (the limits allow {one.allowed:.1f} s); last answer to reveal {middle:.2f} s,"
        f" slowest {slowest:.2f} s"
    )


async def _nine_o_clock(folder: Path, due: int) -> Morning:
    database = folder / "partnerbot.db"
    await migrate.upgrade(f"sqlite:///{database}", backup=False)
    morning = _morning()
    engine = sa.create_engine(f"sqlite:///{database}")
    with engine.begin() as conn:
        for number in range(due):
            _put(conn, number, morning)
        settings = Workspace(coordinators=(HOST,), switched_on=True, partner_channel="C01")
        settings_of.save_settings(conn, TEAM, settings, now=datetime.now(UTC) - YEARS)
    with ExitStack() as stack:
        url = stack.enter_context(processes.sandbox(limits=True))
        async with aiohttp.ClientSession() as http:
            await _people(http, url, due)
            stack.enter_context(processes.bot(url, database, winds=True))
            opened, posts = await _opened(http, url, morning, due)
            reveals = await _revealed(http, url, engine, due)
            leaks = await wire.leaks(http, url)
    engine.dispose()
    return Morning(due, opened, posts, reveals, leaks)


def _morning() -> date:
    """A Wednesday on which rounds begin: no weekly message, and no digest."""
    calendar = calendar_of(Workspace())
    day = datetime.now(UTC).date() + timedelta(days=7)
    while day.weekday() != WEDNESDAY or not opens_on(day, calendar):
        day += timedelta(days=1)
    return day


def _put(conn: Connection, number: int, morning: date) -> None:
    """A collaboration of some years, talked to lately, whose evaluation is put on that morning."""
    long_ago = datetime.now(UTC) - YEARS
    one, other = _two(number)
    partner = Partner(
        f"Foreningen {number:03}",
        level=Level.COLLABORATION,
        responsible=one,
        known_by=(other,),
        channel=_channel(number),
        start=long_ago.date(),
    )
    stored = register.add(conn, TEAM, partner, by=one, now=long_ago)
    coming = evaluation_year.next_of(conn, TEAM, stored.id, datetime.now(UTC).date())
    if coming is None:
        raise SystemExit("nothing is due")
    evaluation_year.move(
        conn,
        TEAM,
        stored.id,
        coming.due.occasion,
        coming.due.about,
        to_on=morning,
        by=HOST,
        now=datetime.now(UTC),
    )


def _two(number: int) -> tuple[str, str]:
    return f"U7{number:03}", f"U8{number:03}"


def _channel(number: int) -> str:
    return f"C7{number // PER_CHANNEL:03}"


async def _people(http: aiohttp.ClientSession, url: str, due: int) -> None:
    members: dict[str, list[str]] = {}
    for number in range(due):
        for user in _two(number):
            told = {"id": user, "name": user.lower(), "tz": "Europe/Copenhagen"}
            await wire.control(http, url, "members", told)
            members.setdefault(_channel(number), ["@app"]).append(user)
    for channel, users in members.items():
        room: wire.Json = {"id": channel, "name": channel.lower(), "members": users}
        await wire.control(http, url, "channels", room)


async def _opened(
    http: aiohttp.ClientSession, url: str, morning: date, due: int
) -> tuple[float, int]:
    """Seconds from nine o'clock to the last thread, and how many messages were posted by then."""
    nine = calendar_of(Workspace()).moment(morning, NINE)
    body = {"now": nine.isoformat(), "jump": True}
    winding = asyncio.create_task(wire.control(http, url, "clock", body))
    began, seen, threads, posts = time.monotonic(), 0, 0, 0
    while threads < due:
        if time.monotonic() > began + PATIENCE:
            raise SystemExit(f"only {threads} of {due} threads were opened")
        await asyncio.sleep(wire.LOOK_SECONDS)
        said = await wire.log(http, url, seen)
        seen = said[-1]["seq"] if said else seen
        kinds = [wire.kind_of(entry) for entry in said if wire.is_post(entry)]
        threads, posts = threads + kinds.count("evaluation.opened"), posts + len(kinds)
    seconds = time.monotonic() - began
    winding.cancel()
    with suppress(asyncio.CancelledError):
        await winding
    return seconds, posts


async def _revealed(
    http: aiohttp.ClientSession, url: str, engine: sa.Engine, due: int
) -> list[float]:
    """Seconds from the last answer of each round to its reveal."""
    with engine.connect() as conn:
        found = [round_queries.open_about(conn, TEAM, Kind.EVALUATION, n) for n in _ids(conn)]
    found_rounds = [this for [this] in found]
    if len(found_rounds) != due:
        raise SystemExit(f"only {len(found_rounds)} rounds are open")
    sent: dict[int, float] = {}
    shown: dict[int, float] = {}
    watching = asyncio.create_task(wire.watch(http, url, due, shown))
    for this in found_rounds:
        last, *others = [who for who in this.standings if who != THE_PARTNER]
        with engine.begin() as conn:
            for who in (*others, THE_PARTNER):
                answers = {one.id: "3" for one in INSTRUMENT.questions}
                notes = {LAST: wire.UNSEEN}
                rounds.answer(
                    conn, TEAM, this.id, who, answers=answers, notes=notes, now=this.opened_at
                )
        where = {"channel": this.channel, "ts": this.ts}
        click = {"user": last, "action_id": "evaluation_answer", "message": where, "wait": "ack"}
        await wire.control(http, url, "click", click | {"value": str(this.id)})
        view = await wire.view_of(http, url, last)
        asked = [f"evaluation_choice.{one.id}" for one in INSTRUMENT.questions]
        values = {name: {name: "4"} for name in asked}
        submit = {"user": last, "view_id": view, "values": values, "wait": "ack"}
        sent[this.id] = time.monotonic()
        await wire.submit(http, url, submit)
    await asyncio.wait([watching], timeout=PATIENCE)
    if len(shown) < due:
        raise SystemExit(f"only {len(shown)} of {due} rounds were shown")
    return [shown[number] - moment for number, moment in sent.items()]


def _ids(conn: Connection) -> list[int]:
    query = sa.select(PARTNER.c.id).where(PARTNER.c.team_id == TEAM)
    return list(conn.execute(query.order_by(PARTNER.c.id)).scalars())


if __name__ == "__main__":
    sys.exit(main())
