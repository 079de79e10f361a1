"""The demo: the sandbox as a child process, and the bot beside it on a database of its own.

The child ends when its standard input closes, so it goes with this process however that ends.
"""

import asyncio
import logging
import os
import shutil
import signal
import socket
import sys
import webbrowser
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import datetime
from pathlib import Path

import aiohttp
import typer
from pydantic import SecretStr

from bot.errors import UserError
from bot.settings import Settings, SettingsError
from bot.translation import mark
from handlers.demo_house import move_in
from handlers.manifest import manifest_file
from handlers.serve import serve
from storage import migrate
from storage import partner as register_of
from storage.database import Connection, Store
from storage.lock import only_bot

log = logging.getLogger(__name__)

SCENES = {"lively": "default", "empty": "empty"}  # what the sandbox calls them
FORMS_ABOVE = 1000  # the port of the forms for partners, seen from the demo's own
PARENT_SECONDS = 1.0  # between two looks at whether `make` still lives

NO_SUCH_SCENE = mark("There is no scene “{scene}”. Choose one of: {scenes}.")
SANDBOX_FAILED = mark("The sandbox did not start. What it said stands above.")


async def play(data: Path, *, port: int, scene: str, fresh: bool, browser: bool) -> None:
    """Run sandbox and bot until told to stop; what happens is kept in `data`."""
    if scene not in SCENES:
        raise UserError(NO_SUCH_SCENE, scene=scene, scenes=", ".join(SCENES))
    data /= scene  # each scene lives on by itself
    database = data / "partnerbot.db"
    _see_that_none_runs(port, database)
    await asyncio.to_thread(_make_room, data, fresh=fresh)
    async with _sandbox(data, port, SCENES[scene]) as url:
        if scene == "lively":
            await _furnish(f"sqlite:///{database}", url)
        leash = asyncio.create_task(_end_with_make())
        try:
            await serve(
                _settings(url, database, _form_port(data, port)),
                lambda: _ready(url, browser=browser),
            )
        finally:
            leash.cancel()


def _see_that_none_runs(port: int, database: Path) -> None:
    """Ask before anything is deleted: a demo that runs keeps what it lives on."""
    try:
        socket.create_server(("127.0.0.1", port)).close()
    except (OSError, OverflowError):
        raise SettingsError(
            f"Port {port} is taken, perhaps by a demo that runs already: stop that one, or choose"
            " another with --port (make demo PORT=8138)."
        ) from None
    if database.exists():
        with only_bot(f"sqlite:///{database}"):
            pass


def _make_room(data: Path, *, fresh: bool) -> None:
    if fresh:
        shutil.rmtree(data, ignore_errors=True)
    data.mkdir(parents=True, exist_ok=True)


def _form_port(data: Path, port: int) -> int:
    """Where partners answer: the same port each time while it is free, as links were sent.

    At first not just any one, which is a call's on its way out a moment later.
    """
    kept = data / "form-port"
    wanted = int(kept.read_text()) if kept.exists() else port + FORMS_ABOVE
    for free in (wanted, 0):
        with suppress(OSError, OverflowError), socket.create_server(("127.0.0.1", free)) as found:
            chosen = int(found.getsockname()[1])
            kept.write_text(str(chosen))
            return chosen
    raise SettingsError("No port on 127.0.0.1 is free.")


def _settings(url: str, database: Path, form_port: int) -> Settings:
    return Settings(
        _env_file=None,
        slack_bot_token=SecretStr("xoxb-sandbox"),
        slack_app_token=SecretStr("xapp-sandbox"),
        slack_signing_secret=SecretStr("sandbox-signing-secret"),
        slack_client_id=None,  # one workspace, whatever else this machine runs
        slack_client_secret=None,
        slack_api_url=f"{url}/api/",
        database_url=f"sqlite:///{database}",
        partnerbot_public_url=f"http://127.0.0.1:{form_port}",
        partnerbot_port=form_port,
        partnerbot_clock_url=f"{url}/_sandbox/clock",
    )


def _ready(url: str, *, browser: bool) -> None:
    typer.echo(f"Ready: {url}")
    sys.stdout.flush()
    display = sys.platform in {"darwin", "win32"} or os.environ.get("DISPLAY")
    if browser and sys.stdout.isatty() and display:
        webbrowser.open(url)


@asynccontextmanager
async def _sandbox(data: Path, port: int, scene: str) -> AsyncIterator[str]:
    child = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "sandbox", "--port", str(port), "--until-stdin-closes"),
        *("--scene", scene, "--manifest", str(manifest_file()), "--data", str(data / "sandbox")),
        *("--accept", "files:read"),  # so that one can try to fetch one's partners
        stdin=PIPE,
        stdout=PIPE,
        process_group=0,  # Ctrl-C reaches the bot alone, which then lets the sandbox go
    )
    try:
        yield await _address(child)
    finally:
        if child.stdin:
            child.stdin.close()
        await child.wait()


async def _address(child: Process) -> str:
    if child.stdout is None:
        raise RuntimeError("The sandbox was started without a pipe")
    said = (await child.stdout.readline()).decode()
    if not said.startswith("Sandbox: "):
        raise UserError(SANDBOX_FAILED)
    return said.removeprefix("Sandbox: ").strip()


async def _furnish(database: str, url: str) -> None:
    """Move the demo's partners in, the first time."""
    await migrate.prepare(database)
    where = f"{url}/_sandbox/state?user=U01"
    async with aiohttp.ClientSession() as session, session.get(where) as answer:
        state = await answer.json()
    team, now = str(state["team"]["id"]), datetime.fromisoformat(state["now"])
    store = await Store.open(database)
    try:
        await store.write(_move_in_once, team, now)
    finally:
        await store.close()


def _move_in_once(conn: Connection, team: str, now: datetime) -> None:
    if not register_of.count(conn, team):
        move_in(conn, team, now)


async def _end_with_make() -> None:
    """`make` killed outright takes nobody along; without this the port would stay taken."""
    parent = os.getppid()
    while "MAKELEVEL" in os.environ:
        await asyncio.sleep(PARENT_SECONDS)
        if os.getppid() != parent:
            log.warning("make has gone; so do I")
            os.kill(os.getpid(), signal.SIGTERM)
            return
