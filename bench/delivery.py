"""`python bench/delivery.py`: 1,000 messages at nine o'clock, and how fast what is due is claimed.

The bot has the weekly message for 1,000 colleagues, each with a partner nobody has talked to for
long. The sandbox keeps Slack's limits and its clock is wound to nine; the time is until the last of
the messages stands there, against what those limits allow. Then the claims, in delivery_claims.py.
"""

import argparse
import asyncio
import os
import sys
import tempfile
import time
from contextlib import ExitStack, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import aiohttp
import delivery_claims
import processes
import sqlalchemy as sa

from bot.partner import Partner
from bot.timetable import calendar_of
from bot.timetable_week import Tuesdays
from bot.workspace import Workspace
from sandbox.rates import TEAM_BURST, TEAM_RATE
from storage import migrate
from storage import partner as register
from storage import workspace as settings_of
from storage.database import Connection

LEAST = 0.9  # of what the limits allow
LEAST_TIMES = 1.0  # procrastinate's claims

TEAM = "T01"
LONG_AGO = timedelta(days=400)  # more than any cadence
LOOK_SECONDS = 0.5
PATIENCE = 3.0  # times what the limits allow, and a minute

Json = dict[str, Any]


def main() -> int:
    """Print the figures; 1 when a limit is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--messages", type=int, default=1_000, help="to as many people")
    parser.add_argument("--claims", type=int, default=2_000, help="due things in each database")
    parser.add_argument("--no-limits", action="store_true", help="only print")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        share, told = asyncio.run(_nine_o_clock(Path(folder), options.messages))
    claims = asyncio.run(delivery_claims.compare(options.claims))
    for line in claims.lines:
        print(line)
    print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    print(
        f"delivery: {told}, {share:.2f} of what the limits allow (limit {LEAST});"
        f" {claims.verdict} (limit {LEAST_TIMES:.0f})"
    )
    missed = share < LEAST or claims.ratio < LEAST_TIMES
    return int(missed and not options.no_limits)


async def _nine_o_clock(folder: Path, messages: int) -> tuple[float, str]:
    """The share of what the limits allow, and the figures in words."""
    people = [*processes.STAFF, *(f"U1{number:03}" for number in range(messages))][:messages]
    database = folder / "partnerbot.db"
    await migrate.upgrade(f"sqlite:///{database}", backup=False)
    _fill(database, people)
    with ExitStack() as stack:
        url = stack.enter_context(processes.sandbox(limits=True))
        async with aiohttp.ClientSession() as http:
            for user in people:  # for all of them it is nine at the same moment
                await _control(http, url, "members", {"id": user, "tz": "Europe/Copenhagen"})
            stack.enter_context(processes.bot(url, database, winds=True))
            seconds, refused = await _wound(http, url, messages)
    allowed = max(messages - TEAM_BURST, 0) / TEAM_RATE
    told = f"{messages} messages in {seconds:.1f} s, {refused} refused as too many"
    return allowed / seconds, told


def _fill(database: Path, people: list[str]) -> None:
    """A partner for each, and the bot switched on."""
    now = datetime.now(UTC)
    engine = sa.create_engine(f"sqlite:///{database}")
    with engine.begin() as conn:
        settings_of.save_settings(
            conn, TEAM, Workspace(coordinators=("U01",), switched_on=True), now=now
        )
        for number, user in enumerate(people):
            _quiet(conn, number, user, now - LONG_AGO)
    engine.dispose()


def _quiet(conn: Connection, number: int, user: str, since: datetime) -> None:
    partner = Partner(f"Foreningen Springbræt {number}", responsible=user)
    register.add(conn, TEAM, partner, by=user, now=since)


async def _wound(http: aiohttp.ClientSession, url: str, messages: int) -> tuple[float, int]:
    """Seconds from nine o'clock to the last message, and how many tries Slack turned away."""
    nine = Tuesdays(calendar_of(Workspace())).following(datetime.now(UTC))
    if nine is None:
        raise SystemExit("there is no partner morning for years")
    body = {"now": nine.isoformat(), "jump": True}
    winding = asyncio.create_task(_control(http, url, "clock", body))
    began = time.monotonic()
    deadline = began + 60 + PATIENCE * messages / TEAM_RATE
    said, refused, seen = 0, 0, 0
    while said < messages:
        if time.monotonic() > deadline:
            raise SystemExit(f"only {said} of {messages} messages were said")
        await asyncio.sleep(LOOK_SECONDS)
        async with http.get(f"{url}/_sandbox/log?since={seen}") as answer:
            log: list[Json] = await answer.json()
        posts = [entry for entry in log if entry["name"] == "chat.postMessage"]
        taken = [entry for entry in posts if entry["response"]["ok"]]
        said, refused = said + len(taken), refused + len(posts) - len(taken)
        seen = log[-1]["seq"] if log else seen
        last = time.monotonic()
    winding.cancel()
    with suppress(asyncio.CancelledError):
        await winding
    return last - began, refused


async def _control(http: aiohttp.ClientSession, url: str, call: str, body: Json) -> None:
    async with http.post(f"{url}/_sandbox/{call}", json=body) as answer:
        await answer.read()


if __name__ == "__main__":
    sys.exit(main())
