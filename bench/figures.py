"""What a part of `data.py` has found out."""

from dataclasses import dataclass
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
