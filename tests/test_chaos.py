"""The short form of `make chaos`: killed over and over, nothing is lost and nothing said twice."""

import asyncio
import os
import sys
from asyncio.subprocess import PIPE, STDOUT
from pathlib import Path

HOUSE = Path(__file__).parents[1]
PATIENCE = 600  # seconds; it takes two minutes, most of which it waits

ONE = ("--kills", "25", "--messages", "250", "--seconds", "70")
THREE = ("--kills", "12", "--messages", "120", "--seconds", "50", "--replicas", "3")


async def last_line(*options: str) -> str:
    chaos = await asyncio.create_subprocess_exec(
        *(sys.executable, str(HOUSE / "bench" / "chaos.py"), *options),
        env={**os.environ, "PYTHONPATH": str(HOUSE)},
        stdout=PIPE,
        stderr=STDOUT,
    )
    try:
        async with asyncio.timeout(PATIENCE):
            told, _ = await chaos.communicate()
    finally:
        if chaos.returncode is None:
            chaos.terminate()
            await chaos.wait()
    assert chaos.returncode == 0, told.decode()
    return told.decode().splitlines()[-1]


async def test_killed_over_and_over_it_says_everything_once() -> None:
    """One bot on SQLite and three on PostgreSQL, at the same time, for both mostly wait."""
    async with asyncio.TaskGroup() as both:
        one, three = (both.create_task(last_line(*options)) for options in (ONE, THREE))
    assert one.result() == "due 250 said 250 twice 0 lost 0"
    assert three.result() == "due 120 said 120 twice 0 lost 0"
