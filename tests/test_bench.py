import os
import re
import subprocess
import sys
from pathlib import Path

HOUSE = Path(__file__).parents[1]
NUMBER = r"-?\d+(\.\d+)?"


def last_line(bench: str, *options: str) -> str:
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, str(HOUSE / "bench" / bench), *options, "--no-limits"],
        env={**os.environ, "PYTHONPATH": str(HOUSE)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    lines: list[str] = done.stdout.splitlines()
    return lines[-1]


def test_the_command_bench_ends_with_both_figures_and_their_limits() -> None:
    tiny = ("--partners", "3", "--rounds", "2", "--crowd", "4", "--crowds", "1")
    said = last_line("command.py", *tiny)
    pattern = (
        "alone: bot N ms, bare N ms, \\+N ms \\(limit \\+10\\);"
        " 4 at once: p99 bot N ms, bare N ms, ratio N \\(limit 2\\)"
    )
    assert re.fullmatch(pattern.replace("N", NUMBER), said), said


def test_the_startup_bench_ends_with_both_figures_and_their_limits() -> None:
    said = last_line("startup.py", "--starts", "1", "--rest", "0")
    pattern = (
        "startup: bot N s, bare N s \\(limit 2.5\\);"
        " memory bot N MB, bare N MB, ratio N \\(limit 2.5\\)"
    )
    assert re.fullmatch(pattern.replace("N", NUMBER), said), said


def test_the_reveal_bench_ends_with_its_figures_and_their_limit() -> None:
    said = last_line("reveal.py", "--rounds", "1")
    pattern = (
        "reveal, a person: 10 people N ms, 60 people ratio N, 200 people ratio N \\(limit 2\\)"
    )
    assert re.fullmatch(pattern.replace("N", NUMBER), said), said
