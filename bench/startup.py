"""`python bench/startup.py`: from `partnerbot run` to Ready, and its memory at rest.

Against a bare Bolt app at the same sandbox, one after the other in turn; medians. The very first
start, which makes the database, is shown beside them; being only one, it counts for no limit.
"""

import argparse
import os
import sys
import tempfile
import time
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import processes
import psutil

MOST_SECONDS = 2.5
MOST_MEMORY = 2.5  # times the bare app's

MEGABYTE = 1_000_000


@dataclass(frozen=True)
class Start:
    """One start: seconds to Ready, and resident megabytes after a rest."""

    seconds: float
    memory: float


def main() -> int:
    """Print the figures; 1 when a limit is missed."""
    options = _options()
    bots, bares = [], []
    with tempfile.TemporaryDirectory() as folder, processes.sandbox() as url:
        database = Path(folder) / "partnerbot.db"
        first = _start(processes.bot(url, database), options.rest)
        for _ in range(options.starts):
            bots.append(_start(processes.bot(url, database), options.rest))
            bares.append(_start(processes.bare(url), options.rest))
    bot, bare = _middle(bots), _middle(bares)
    _tell("first start", first, bare)
    _tell("bot", bot, bare)
    _tell("bare", bare, bare)
    print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    ratio = bot.memory / bare.memory
    print(
        f"startup: bot {bot.seconds:.2f} s, bare {bare.seconds:.2f} s (limit {MOST_SECONDS});"
        f" memory bot {bot.memory:.0f} MB, bare {bare.memory:.0f} MB,"
        f" ratio {ratio:.2f} (limit {MOST_MEMORY})"
    )
    missed = bot.seconds > MOST_SECONDS or ratio > MOST_MEMORY
    return int(missed and not options.no_limits)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--starts", type=int, default=5, help="of each")
    parser.add_argument("--rest", type=float, default=1.0, help="seconds before memory is read")
    parser.add_argument("--no-limits", action="store_true", help="only print")
    return parser.parse_args()


def _start(app: AbstractContextManager[processes.Started], rest: float) -> Start:
    with app as started:
        time.sleep(rest)
        memory = psutil.Process(started.pid).memory_info().rss
    return Start(started.seconds, memory / MEGABYTE)


def _middle(starts: list[Start]) -> Start:
    return Start(median(s.seconds for s in starts), median(s.memory for s in starts))


def _tell(name: str, start: Start, bare: Start) -> None:
    ratio = start.memory / bare.memory
    print(f"{name:12} {start.seconds:5.2f} s {start.memory:6.1f} MB  {ratio:.2f} times bare")


if __name__ == "__main__":
    sys.exit(main())
