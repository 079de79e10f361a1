"""The processes that a bench compares: the bot, a bare Bolt app, and a sandbox for each of them.

Each is a process of its own, so that none shares an event loop with what it is measured against.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

HOUSE = Path(__file__).parents[1]
STAFF = [f"U{number:02d}" for number in range(6, 296)]  # of the sandbox's scene "large"
CHANNEL = "C03"

_STOPPING = 15.0  # seconds that a process told to stop is given
_OURS = ("SLACK_", "PARTNERBOT_", "DATABASE_URL")


@dataclass(frozen=True)
class Started:
    """A process that said it was ready: its id, what it said, and the seconds it took."""

    pid: int
    said: str
    seconds: float


@contextmanager
def sandbox(*, limits: bool = False) -> Iterator[str]:
    """A workspace of 300 people, mostly without rate limits; its address, no slash at the end."""
    rates = ("--limits", "on" if limits else "off")
    options = ("--port", "0", "--scene", "large", *rates, "--until-stdin-closes")
    command = ("-m", "sandbox", "--manifest", str(HOUSE / "app.yaml"), *options)
    with _running(command, "Sandbox: ", HOUSE) as started:
        yield started.said.strip()


@contextmanager
def bot(url: str, database: Path, address: str = "", *, winds: bool = False) -> Iterator[Started]:
    """`partnerbot run` at that sandbox, with that SQLite file, or the database at that address.

    `winds` where its time is the sandbox's.
    """
    settings = {
        "SLACK_API_URL": f"{url}/api/",
        "SLACK_BOT_TOKEN": "xoxb-sandbox",
        "SLACK_APP_TOKEN": "xapp-sandbox",
        "DATABASE_URL": address or f"sqlite:///{database}",
        **({"PARTNERBOT_CLOCK_URL": f"{url}/_sandbox/clock"} if winds else {}),
    }
    with _running(("-m", "bot", "run"), "Ready", database.parent, settings) as started:
        yield started


@contextmanager
def bare(url: str, view: Path | None = None) -> Iterator[Started]:
    """The bare Bolt app of bare.py at that sandbox; a slash command opens the view in the file."""
    command = (str(HOUSE / "bench" / "bare.py"), url, *([str(view)] if view else []))
    with _running(command, "Ready", HOUSE) as started:
        yield started


@contextmanager
def _running(
    command: Sequence[str], ready: str, folder: Path, settings: dict[str, str] | None = None
) -> Iterator[Started]:
    """Python with that command from the line that begins with `ready` to the end of the block."""
    inherited = {k: v for k, v in os.environ.items() if not k.startswith(_OURS)}
    environment = {**inherited, **(settings or {}), "PYTHONPATH": str(HOUSE)}
    began = time.monotonic()
    with (
        tempfile.TemporaryFile("w+") as complaints,
        subprocess.Popen(  # noqa: S603 - our own programs
            [sys.executable, *command],
            cwd=folder,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=complaints,
            text=True,
        ) as process,
    ):
        line = next((line for line in process.stdout or () if line.startswith(ready)), None)
        seconds = time.monotonic() - began
        try:
            if line is None:
                complaints.seek(0)
                raise SystemExit(f"{' '.join(command)} did not start:\n{complaints.read()}")
            yield Started(process.pid, line.removeprefix(ready), seconds)
        finally:
            _stop(process, ends_by_itself="--until-stdin-closes" in command)


def _stop(process: subprocess.Popen[str], *, ends_by_itself: bool) -> None:
    """A sandbox ends when its input closes; it is not told to, for then it would complain."""
    if process.stdin:
        process.stdin.close()
    if not ends_by_itself:
        process.terminate()
    try:
        process.wait(_STOPPING)
    except subprocess.TimeoutExpired:
        process.kill()
