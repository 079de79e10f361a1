"""What a bench has found out, and how it counts."""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

_KILOBYTES = 1_000


@dataclass(frozen=True)
class Figures:
    """Lines to read, the one line that counts, and whether a limit was missed."""

    lines: list[str]
    verdict: str
    missed: bool


def peak() -> float:
    """The most memory that this process has held, in megabytes; Linux says it."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    (line,) = [line for line in status.splitlines() if line.startswith("VmHWM:")]
    return int(line.split()[1]) / _KILOBYTES


def most(told: Iterable[date], days: int) -> int:
    """How many of these, in their order, lie within so many days in a row."""
    window: deque[date] = deque()
    worst = 0
    for day in told:
        window.append(day)
        while (day - window[0]).days >= days:
            window.popleft()
        worst = max(worst, len(window))
    return worst
