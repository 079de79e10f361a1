"""`python bench/overview.py`: the network seen as a whole, with 1,000, 10,000 and 100,000 partners.

The week's digest, the white spots and the facts of the circle's picture are made as the bot makes
them, beside the statements that they sent, once more as they are; Home is the sandbox's time from
opening it to the view, with the circle's picture drawn before. Then the picture of 400 partners:
drawn in its child process, then from memory, and how long the bot takes to acknowledge while one is
drawn. Medians. The figures come last: how each grows with ten times as many (1 is linear), and what
is held against a limit.
"""

import argparse
import asyncio
import os
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from pathlib import Path
from statistics import median

import aiohttp
import overview_register
import processes
from overview_house import TEAM, Front, inside

from bot.goal_gap import gaps
from handlers.circle_picture import drawn
from handlers.digest_made import made, page
from storage import circle_picture, goal_gap, migrate

SIZES = (1_000, 10_000, 100_000)
MIDDLE = 10_000  # at which the limits are
LABELS = 400
ROUNDS = 5
COMMANDS = 20  # while one is drawn
MOST_TIMES = 5.0  # the digest against its own statements
MOST_GROWTH = 1.0  # linear, and a fifth for what one run tells
UNSURE = 0.2
MOST_HOME = 150.0  # milliseconds
MOST_COLD, MOST_WARM = 1000.0, 50.0
MOST_ACK = 500.0  # of the three seconds that Slack waits

PARTS = ("digest", "white spots", "circle", "home")


@dataclass(frozen=True)
class Sized:
    """Milliseconds with so many partners, and how many times its own statements the digest took."""

    partners: int
    took: Mapping[str, float]
    digest_times: float


@dataclass(frozen=True)
class Picture:
    """Milliseconds."""

    cold: float
    warm: float
    ack: float  # the slowest acknowledgement while one was drawn


def main() -> int:
    """Print the figures; 1 when a limit is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--partners", type=int, nargs="+", default=SIZES)
    parser.add_argument("--labels", type=int, default=LABELS, help="partners in the picture")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--no-limits", action="store_true")
    options = parser.parse_args()
    sizes = [_sized(count, options.rounds) for count in options.partners]
    picture = _picture(options.labels, options.rounds)
    for one in sizes:
        took = ", ".join(f"{name} {one.took[name]:.0f} ms" for name in PARTS)
        print(f"{one.partners} partners: {took}; digest {one.digest_times:.1f} times its SQL")
    print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    growth = {name: _growth(sizes, name) for name in PARTS}
    grown = ", ".join(f"{name} {times:.2f}" for name, times in growth.items())
    middle = next((one for one in sizes if one.partners == MIDDLE), sizes[-1])
    print(
        f"overview: growth {grown} (limit {MOST_GROWTH:.0f});"
        f" digest {middle.digest_times:.1f} times its SQL (limit {MOST_TIMES:.0f}),"
        f" home {middle.took['home']:.0f} ms (limit {MOST_HOME:.0f});"
        f" picture cold {picture.cold:.0f} ms (limit {MOST_COLD:.0f}),"
        f" cached {picture.warm:.0f} ms (limit {MOST_WARM:.0f}),"
        f" acknowledged meanwhile in {picture.ack:.0f} ms (limit {MOST_ACK:.0f})"
    )
    missed = (
        max(growth.values()) > MOST_GROWTH + UNSURE
        or middle.digest_times > MOST_TIMES
        or middle.took["home"] > MOST_HOME
        or picture.cold > MOST_COLD
        or picture.warm > MOST_WARM
        or picture.ack > MOST_ACK
    )
    return int(missed and not options.no_limits)


def _sized(count: int, rounds: int) -> Sized:
    with tempfile.TemporaryDirectory() as folder, processes.sandbox() as url:
        database = Path(folder) / "partnerbot.db"
        asyncio.run(_filled(database, count))
        took, times = asyncio.run(_from_within(database, url, rounds))
        with processes.bot(url, database):
            took["home"] = asyncio.run(_homes(url, rounds))
    return Sized(count, took, times)


async def _filled(database: Path, count: int) -> None:
    await migrate.upgrade(f"sqlite:///{database}", backup=False)
    await overview_register.fill(database, TEAM, count)


async def _from_within(database: Path, url: str, rounds: int) -> tuple[dict[str, float], float]:
    """Of each part the milliseconds, and of the digest how many times its statements."""
    async with inside(database, url) as bot:
        house, today = bot.house, bot.house.clock.now().date()

        async def digest() -> None:
            told = await made(house, bot.client, TEAM, house.clock.now())
            if told is None:
                raise SystemExit("there was nothing to tell")
            await page(house, bot.client, TEAM, bot.t, told, today)

        async def spots() -> None:
            gaps(await house.store.read(goal_gap.facts, TEAM, today))

        async def circle() -> None:
            await house.store.read(circle_picture.facts, TEAM, today, bot.t.zone)

        await digest()  # who is a colleague is in memory from here on
        parts = {"digest": digest, "white spots": spots, "circle": circle}
        took = {
            name: median([await bot.takes(part) for _ in range(rounds)])
            for name, part in parts.items()
        }
        bare = median([await bot.statements_take(digest) for _ in range(rounds)])
    return took, took["digest"] / bare


async def _homes(url: str, rounds: int) -> float:
    async with aiohttp.ClientSession() as http:
        front = Front(url, http)
        await front.home()
        await front.circle()  # drawn for the first, once a week and after a change
        return median([await front.home() for _ in range(rounds)])


def _picture(labels: int, rounds: int) -> Picture:
    with tempfile.TemporaryDirectory() as folder, processes.sandbox() as url:
        database = Path(folder) / "partnerbot.db"
        asyncio.run(_filled(database, labels))
        cold, warm = asyncio.run(_drawn(database, url, rounds))
        with processes.bot(url, database):
            return Picture(cold, warm, asyncio.run(_acknowledged(url)))


async def _drawn(database: Path, url: str, rounds: int) -> tuple[float, float]:
    """The picture each time anew, and from memory."""
    cold, warm = [], []
    for _ in range(rounds):
        async with inside(database, url) as bot:
            picture = partial(drawn, bot.house, TEAM, bot.t)
            cold.append(await bot.takes(picture))
            warm += [await bot.takes(picture) for _ in range(rounds)]
    return median(cold), median(warm)


async def _acknowledged(url: str) -> float:
    """The slowest, while a picture is drawn for the first who asks."""
    async with aiohttp.ClientSession() as http:
        front = Front(url, http)
        await front.asks("hjælp")
        first = [await front.asks("cirkel")]
        return max([*first, *[await front.asks("hjælp") for _ in range(COMMANDS)]])


def _growth(sizes: Sequence[Sized], name: str) -> float:
    """How much longer it takes with more, against how many more: the worst step; 1 is linear."""
    steps = [
        (after.took[name] / before.took[name]) / (after.partners / before.partners)
        for before, after in pairwise(sizes)
    ]
    return max(steps, default=0.0)


if __name__ == "__main__":
    sys.exit(main())
