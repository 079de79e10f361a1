"""The short form of `make chaos`: killed over and over, nothing is lost and nothing said twice."""

import asyncio
import os
import re
import sys
from asyncio.subprocess import PIPE, STDOUT
from pathlib import Path

HOUSE = Path(__file__).parents[1]
PATIENCE = 600  # seconds; it takes one minute, most of which it waits

ONE = ("--kills", "12", "--messages", "150", "--seconds", "18", "--hurry")
THREE = ("--kills", "8", "--messages", "90", "--seconds", "16", "--replicas", "3", "--hurry")


# Each way in which a post goes wrong comes in each of them.
FAULTS = {
    "429",
    "500, nothing done",
    "503",
    "answer dropped",
    "answered late",
    "internal_error",
    "never answered",
    "never answered, nothing done",
}


async def told(*options: str) -> list[str]:
    chaos = await asyncio.create_subprocess_exec(
        *(sys.executable, str(HOUSE / "bench" / "chaos.py"), *options),
        env={**os.environ, "PYTHONPATH": str(HOUSE)},
        stdout=PIPE,
        stderr=STDOUT,
    )
    try:
        async with asyncio.timeout(PATIENCE):
            said, _ = await chaos.communicate()
    finally:
        if chaos.returncode is None:
            chaos.terminate()
            await chaos.wait()
    assert chaos.returncode == 0, said.decode()
    return said.decode().splitlines()


async def test_killed_over_and_over_it_says_everything_once() -> None:
    """One bot on SQLite and three on PostgreSQL, at the same time, for both mostly wait."""
    async with asyncio.TaskGroup() as both:
        one, three = (both.create_task(told(*options)) for options in (ONE, THREE))
    assert one.result()[-1] == "due 150 said 150 twice 0 lost 0"
    assert three.result()[-1] == "due 90 said 90 twice 0 lost 0"
    for lines in (one.result(), three.result()):
        (wrong,) = (line for line in lines if line.startswith("went wrong: "))
        assert all(re.search(rf"[:,] \d+ {fault}(, \d|$)", wrong) for fault in FAULTS), wrong
