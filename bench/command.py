"""`python bench/command.py`: from `/partner tjek` to the view that a person sees.

The bot with a register of 10,000 partners, half of its people speaking the second language, against
a bare Bolt app that opens the very same view. They take turns, each at a sandbox of its own. The
next command is always the next person's, so that the first round of the house finds nothing
remembered of anybody: role and language are looked up.

Time is the sandbox's own: its log says when it sent the command and when `views.open` came with the
trigger of that command, in microseconds of one clock.
"""

import argparse
import asyncio
import itertools
import json
import math
import os
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any

import aiohttp
import processes
import sqlalchemy as sa

from bot.partner import ContactPerson, Partner
from bot.workspace import Language
from storage import migrate
from storage import partner as register
from storage import workspace as settings

MOST_MORE = 10.0  # milliseconds at p50, alone
MOST_TIMES = 2.0  # at p99, with a crowd

TEAM = "T01"
PATIENCE = 30.0  # seconds for all views of a crowd
SILENCE = 30  # milliseconds after which a look into the log is worth while

Json = dict[str, Any]


class Workspace:
    """A sandbox with an app in it, where people type."""

    def __init__(self, url: str, http: aiohttp.ClientSession) -> None:
        self._control = f"{url}/_sandbox"
        self._http = http
        self._people = itertools.cycle(processes.STAFF)
        self._seen = 0
        self.view: Json = {}  # the last one that was opened

    async def ask(self, people: int = 1) -> list[float]:
        """The next so many people type `/partner tjek` at once; milliseconds until each view."""
        users = list(itertools.islice(self._people, people))
        await asyncio.gather(*(self._type(user) for user in users))
        try:
            async with asyncio.timeout(PATIENCE):
                log = await self._log()
                while len(times := self._times(log)) < people:
                    log = await self._log()
        except TimeoutError:
            raise SystemExit(f"of {people} people, some wait for their view in vain") from None
        self._seen = log[-1]["seq"]
        return times

    async def _type(self, user: str) -> None:
        body = {
            "user": user,
            "channel": processes.CHANNEL,
            "command": "/partner",
            "text": "tjek",
            "wait": "ack",
        }
        async with self._http.post(f"{self._control}/slash", json=body) as answer:
            told = await answer.json()
        if not told["ok"]:
            raise SystemExit(f"the command of {user} was not acknowledged: {told}")

    async def _log(self) -> list[Json]:
        idle = f"{self._control}/idle?quiet_ms={SILENCE}"
        async with self._http.get(idle) as answer:
            await answer.read()
        async with self._http.get(f"{self._control}/log?since={self._seen}") as answer:
            log: list[Json] = await answer.json()
        return log

    def _times(self, log: Iterable[Json]) -> list[float]:
        sent: dict[str, float] = {}
        came: dict[str, float] = {}
        for entry in log:
            if entry["kind"] == "envelope":
                sent[entry["request"]["payload"]["trigger_id"]] = _began(entry)
            elif entry["name"] == "views.open" and entry["response"]["ok"]:
                came[entry["request"]["trigger_id"]] = _began(entry)
                self.view = _json(entry["request"]["view"])
        return [came[trigger] - sent[trigger] for trigger in sent.keys() & came.keys()]


def _began(entry: Json) -> float:
    """When an exchange began, in milliseconds; `at` is when it was over."""
    over: float = datetime.fromisoformat(entry["at"]).timestamp() * 1000
    return over - float(entry["ms"])


def _json(view: str | Json) -> Json:
    whole: Json = json.loads(view) if isinstance(view, str) else view
    return whole


def main() -> int:
    """Print the figures; 1 when a limit is missed."""
    options = _options()
    with tempfile.TemporaryDirectory() as folder:
        return asyncio.run(_compare(Path(folder), options))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--partners", type=int, default=10_000, help="in the register")
    parser.add_argument("--rounds", type=int, default=145, help="one person at a time")
    parser.add_argument("--crowd", type=int, default=50, help="people at once")
    parser.add_argument("--crowds", type=int, default=30, help="one after another")
    parser.add_argument("--no-limits", action="store_true", help="only print")
    return parser.parse_args()


async def _compare(folder: Path, options: argparse.Namespace) -> int:
    database = folder / "partnerbot.db"
    await migrate.upgrade(f"sqlite:///{database}", backup=False)
    _fill(database, options.partners)
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as http:
        with ExitStack() as stack:
            bot_url, bare_url = (stack.enter_context(processes.sandbox()) for _ in range(2))
            stack.enter_context(processes.bot(bot_url, database))
            bot = Workspace(bot_url, http)
            await bot.ask()
            view = folder / "view.json"
            view.write_text(json.dumps(bot.view))
            stack.enter_context(processes.bare(bare_url, view))
            bare = Workspace(bare_url, http)
            await bare.ask()
            alone = await _take_turns(bot, bare, people=1, rounds=options.rounds)
            crowd = await _take_turns(bot, bare, people=options.crowd, rounds=options.crowds)
    return _verdict(alone, crowd, options)


def _fill(database: Path, partners: int) -> None:
    """The register, and every second person's choice of English."""
    now = datetime.now(UTC)
    engine = sa.create_engine(f"sqlite:///{database}")
    with engine.begin() as conn:
        for partner in _partners(partners):
            register.add(conn, TEAM, partner, by="U02", now=now)
        for user in processes.STAFF[::2]:
            settings.set_language(conn, TEAM, user, Language.ENGLISH, now)
    engine.dispose()


def _partners(count: int) -> Iterator[Partner]:
    for number in range(count):
        yield Partner(
            f"Foreningen Springbræt {number}",
            keywords=("musik", "unge"),
            people=(ContactPerson(f"Kontakt {number}", email=f"post@forening{number}.example"),),
            responsible=processes.STAFF[number % len(processes.STAFF)],
        )


async def _take_turns(
    bot: Workspace, bare: Workspace, *, people: int, rounds: int
) -> tuple[list[float], list[float]]:
    by_bot: list[float] = []
    by_bare: list[float] = []
    for _ in range(rounds):
        by_bot += await bot.ask(people)
        by_bare += await bare.ask(people)
    return by_bot, by_bare


def _verdict(
    alone: tuple[list[float], list[float]],
    crowd: tuple[list[float], list[float]],
    options: argparse.Namespace,
) -> int:
    for name, (by_bot, by_bare) in (("alone", alone), (f"{options.crowd} at once", crowd)):
        _tell(f"{name}, bot", by_bot)
        _tell(f"{name}, bare", by_bare)
    bot, bare = (median(times) for times in alone)
    bot_late, bare_late = (_percentile(times, 99) for times in crowd)
    ratio = bot_late / bare_late
    print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    print(
        f"alone: bot {bot:.1f} ms, bare {bare:.1f} ms, +{bot - bare:.1f} ms"
        f" (limit +{MOST_MORE:.0f}); {options.crowd} at once: p99 bot {bot_late:.0f} ms,"
        f" bare {bare_late:.0f} ms, ratio {ratio:.2f} (limit {MOST_TIMES:.0f})"
    )
    missed = bot - bare > MOST_MORE or ratio > MOST_TIMES
    return int(missed and not options.no_limits)


def _tell(name: str, times: list[float]) -> None:
    p50, p99 = median(times), _percentile(times, 99)
    print(f"{name:16} {len(times):5} commands, p50 {p50:6.1f} ms, p99 {p99:6.1f} ms")


def _percentile(times: list[float], percent: int) -> float:
    """The nearest rank: a time that was measured, none in between."""
    return sorted(times)[math.ceil(len(times) * percent / 100) - 1]


if __name__ == "__main__":
    sys.exit(main())
