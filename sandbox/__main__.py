"""`python -m sandbox`: the stand-in for Slack on its own."""

import argparse
import asyncio
import os
import signal
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

from sandbox.errors import CannotStartError
from sandbox.scene import scenes
from sandbox.server import Sandbox

PORT = 8137


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m sandbox",
        description="A workspace to try the bot in: Slack's Web API, Socket Mode and a page.",
    )
    parser.add_argument("--port", type=int, default=PORT, help="0 takes any free port")
    parser.add_argument("--manifest", type=Path, metavar="app.yaml", help="the app to play with")
    parser.add_argument("--data", type=Path, metavar="DIR", help="where the workspace lives on")
    parser.add_argument("--scene", choices=scenes(), default="default", help="how it begins")
    parser.add_argument("--accept", action="append", default=[], help="an optional scope to grant")
    parser.add_argument("--limits", choices=("on", "off"), default="on", help="Slack's rate limits")
    parser.add_argument(
        "--until-stdin-closes", action="store_true", help="end together with the starting process"
    )
    return parser.parse_args(arguments)


async def _run(options: argparse.Namespace) -> None:
    sandbox = await Sandbox.start(
        port=options.port,
        manifest=options.manifest,
        data=options.data,
        scene=options.scene,
        limits=options.limits == "on",
        accept=options.accept,
    )
    ended = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, ended.set)
    if options.until_stdin_closes:
        _watch_stdin(loop, ended)
    sys.stdout.write(f"Sandbox: {sandbox.url}\n")
    sys.stdout.flush()
    await ended.wait()
    await sandbox.stop()


def _watch_stdin(loop: asyncio.AbstractEventLoop, ended: asyncio.Event) -> None:
    def read_to_the_end() -> None:
        # Not sys.stdin: a thread that waits inside its buffer breaks the end of the interpreter.
        while os.read(sys.stdin.fileno(), 4096):
            pass
        loop.call_soon_threadsafe(ended.set)

    threading.Thread(target=read_to_the_end, daemon=True).start()


def main(arguments: Sequence[str] | None = None) -> int:
    """Run until told to end; 1 and a sentence when it cannot start."""
    options = _options(arguments)
    try:
        asyncio.run(_run(options))
    except CannotStartError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
