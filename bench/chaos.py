"""`make chaos`: the bot killed over and over while Slack has a bad day, and what was said then.

Messages fall due one after the other, most of them to a person, some in a channel or in a thread.
Meanwhile the bot's process is killed (`kill -9`) at random moments and started again, and the
sandbox drops answers, refuses with 429 and 5xx, answers late or not at all, and disconnects. Then
it becomes quiet, the bot settles what is left, and what stands in the sandbox is counted.

With the optional history scopes nothing may be lost and nothing said twice. Without them nothing
may be lost, and each duplicate is one whose answer was lost: the log must say so. The last line is
`due N said N twice N lost N`; 1 is returned where that is not so.
"""

import argparse
import asyncio
import multiprocessing
import os
import random
import re
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from multiprocessing.context import ForkServerProcess
from multiprocessing.synchronize import Event
from pathlib import Path

import chaos_bot
import chaos_slack
import sqlalchemy as sa
from chaos_slack import BadDay

from bot.workspace import Workspace
from handlers.delivery_lost import ABSENT, FOUND, PERHAPS_TWICE
from sandbox.server import Sandbox
from storage import delivery as deliveries
from storage import workspace as settings_of
from storage.database import Connection, Store
from storage.delivery import DELIVERY, Delivery, State
from tests.storage.databases import in_a_loop_of_its_own, postgres_server, sqlite_url

TEAM = "T01"
PATIENCE = 120.0  # seconds in which something must come of it once it is quiet
STILLBORN = 0.1  # of all kills: as likely as not before the bot is ready
TO_CHANNELS, IN_THREADS = 0.03, 0.03  # of all messages
UNSETTLED = (State.WAITING, State.SENDING, State.PERHAPS)

CONTEXT = multiprocessing.get_context("forkserver")  # a life begins in no time: all is loaded


@dataclass
class Lives:
    """The bots: as many at once as there are replicas."""

    environment: dict[str, str]
    log: Path
    hurry: bool
    processes: list[ForkServerProcess] = field(default_factory=list)
    readies: list[Event] = field(default_factory=list)  # set once that one is ready

    def begin(self) -> None:
        """Let one more live."""
        self.readies.append(ready := CONTEXT.Event())
        life = (self.environment, self.log, ready)
        bot = CONTEXT.Process(target=chaos_bot.live, args=life, kwargs={"hurry": self.hurry})
        bot.start()
        self.processes.append(bot)

    def end(self, bot: ForkServerProcess) -> None:
        """`kill -9`."""
        bot.kill()
        bot.join()
        self.processes.remove(bot)

    def end_all(self) -> None:
        """The same for whoever is left."""
        for bot in list(self.processes):
            self.end(bot)


def main() -> int:
    options = _options()
    print(f"seed {options.seed}; {options.replicas} bots, history {options.history}")
    os.environ["PYTHONPATH"] = os.pathsep.join(map(str, (chaos_slack.HOUSE, Path(__file__).parent)))
    CONTEXT.set_forkserver_preload(["__main__", "chaos_bot"])
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # and leave no bot behind
    began = time.monotonic()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        url = stack.enter_context(_database(folder, options.replicas))
        return asyncio.run(_run(options, folder / "log", url, began))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--messages", type=int, default=2000)
    parser.add_argument("--seconds", type=float, default=300, help="in which they fall due")
    parser.add_argument("--replicas", type=int, default=1, help="several share a PostgreSQL")
    parser.add_argument("--history", action=argparse.BooleanOptionalAction, default=True)
    parser.add_argument("--hurry", action="store_true", help="look for lost answers sooner")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    return parser.parse_args()


@contextmanager
def _database(folder: Path, replicas: int) -> Iterator[str]:
    """The address of an empty database: a file for one bot, a PostgreSQL for several."""
    if replicas == 1:
        yield sqlite_url(folder / "partnerbot.db")
        return
    with postgres_server() as server:
        yield in_a_loop_of_its_own(server.emptied)


async def _run(options: argparse.Namespace, log: Path, url: str, began: float) -> int:
    draw = random.Random(options.seed)
    sandbox = await chaos_slack.opened(history=options.history)
    store = await Store.open(url)
    lives = Lives(_environment(sandbox, url), log, options.hurry)
    try:
        due = _messages(options, draw, sandbox)
        await store.write(_put, TEAM, due)
        day = BadDay(sandbox, draw, every=options.seconds / options.messages * 3)
        await _bad_day(options, draw, lives, day)
        print(f"quiet after {time.monotonic() - began:.0f} s")
        left = await _settled(store)
        lives.end_all()
        return _tell(options, [one.key for one in due], sandbox, log, day, left, began)
    finally:
        lives.end_all()
        await store.close()
        await sandbox.stop()


def _environment(sandbox: Sandbox, url: str) -> dict[str, str]:
    return {
        "SLACK_API_URL": f"{sandbox.url}/api/",
        "SLACK_BOT_TOKEN": "xoxb-sandbox",
        "SLACK_APP_TOKEN": "xapp-sandbox",
        "DATABASE_URL": url,
    }


def _messages(options: argparse.Namespace, draw: random.Random, sandbox: Sandbox) -> list[Delivery]:
    now, people = datetime.now(UTC), chaos_slack.people(sandbox)
    threads = chaos_slack.threads(sandbox)
    found = []
    for number in range(options.messages):
        due = now + timedelta(seconds=draw.uniform(0, options.seconds))
        where, chance = (people[number % len(people)], ""), draw.random()
        if chance < TO_CHANNELS:
            where = (draw.choice(chaos_slack.CHANNELS), "")
        elif chance < TO_CHANNELS + IN_THREADS:
            where = draw.choice(threads)
        found.append(Delivery(chaos_bot.KIND, number, where[0], due, f"chaos.{number}", where[1]))
    return found


def _put(conn: Connection, team: str, due: list[Delivery]) -> None:
    on, now = Workspace(switched_on=True), datetime.now(UTC)
    settings_of.save_settings(conn, team, on, now=now)
    for delivery in due:
        deliveries.put(conn, team, delivery)


async def _bad_day(
    options: argparse.Namespace, draw: random.Random, lives: Lives, day: BadDay
) -> None:
    """Kills at random moments, until there were enough and the last message has fallen due."""
    began, mean = time.monotonic(), options.seconds / max(1, options.kills)
    for _ in range(options.replicas):
        lives.begin()
        await asyncio.to_thread(lives.readies[-1].wait, PATIENCE)
    going_wrong = asyncio.create_task(day.run())
    for _ in range(options.kills):
        if draw.random() > STILLBORN:
            await asyncio.to_thread(lives.readies[-1].wait, PATIENCE)
        await asyncio.sleep(draw.uniform(0, 2 * mean))
        await asyncio.to_thread(lives.end, draw.choice(lives.processes))
        lives.begin()
    await asyncio.sleep(max(0.0, began + options.seconds - time.monotonic()))
    going_wrong.cancel()
    await asyncio.gather(going_wrong, return_exceptions=True)
    day.over()


async def _settled(store: Store) -> int:
    """Wait until nothing is left to be said; how much is, when nothing comes of it any more."""
    left = await store.read(_left, TEAM)
    ends = time.monotonic() + PATIENCE
    while left and time.monotonic() < ends:
        await asyncio.sleep(1)
        before, left = left, await store.read(_left, TEAM)
        if left < before:
            ends = time.monotonic() + PATIENCE
    return left


def _left(conn: Connection, team: str) -> int:
    query = sa.select(sa.func.count()).where(
        DELIVERY.c.team_id == team, DELIVERY.c.state.in_(UNSETTLED)
    )
    return conn.execute(query).scalar_one()


def _tell(
    options: argparse.Namespace,
    due: list[str],
    sandbox: Sandbox,
    log: Path,
    day: BadDay,
    left: int,
    began: float,
) -> int:
    """Print the counts; 1 where one is not as it must be."""
    told = log.read_text(encoding="utf-8") if log.exists() else ""
    stands = chaos_slack.standing(sandbox)
    again = _keys(told, PERHAPS_TWICE)
    twice = {key: times for key in due if (times := stands[key]) > 1}
    unexplained = [key for key, times in twice.items() if times > 1 + again[key]]
    lost = [key for key in due if not stands[key]]
    print("went wrong:", ", ".join(f"{times} {what}" for what, times in sorted(day.hit.items())))
    print(
        f"{options.kills} kills; answers lost: {sum(_keys(told, FOUND).values())} found there,"
        f" {sum(_keys(told, ABSENT).values())} not there and said,"
        f" {sum(again.values())} said again without looking"
    )
    if twice:
        print(f"most often: {max(twice.values())} times; without a lost answer: {unexplained}")
    if left or lost:
        print(f"left over: {left}; lost: {', '.join(lost[:10])}")
    print(f"{time.monotonic() - began:.0f} s")
    print(f"due {len(due)} said {len(due) - len(lost)} twice {len(twice)} lost {len(lost)}")
    return int(bool(lost or left or unexplained or (options.history and twice)))


def _keys(log: str, what: str) -> Counter[str]:
    return Counter(re.findall(rf"{re.escape(what)}: \S+ (\S+)", log))


if __name__ == "__main__":
    sys.exit(main())
