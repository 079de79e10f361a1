"""A demo in processes of its own, as somebody at a command line has it."""

import asyncio
import os
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import aiohttp
import psutil
import pytest
from playwright.async_api import Locator, Page, async_playwright, expect

from tests.handlers.library import MANIFEST, Json, Library, said
from tests.handlers.wire import free_port

PATIENCE = 30  # seconds for a process to start, or for a view to come, on a busy machine
FEW_SECONDS = 10  # what a killed demo's sandbox may take to go

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
in_chromium = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason=f"no browser at {CHROMIUM}"),
]

DESK, PHONE = (1280, 800), (390, 844)


@dataclass
class Address:
    """All that is known here of a sandbox in a process of its own."""

    url: str


@dataclass
class Demo(Library):
    """`partnerbot demo` in a folder of its own, started and ended as one likes."""

    folder: Path
    port: int
    processes: list[Process] = field(default_factory=list)

    @property
    def url(self) -> str:
        return self.sandbox.url

    async def start(self, *options: str) -> None:
        """Until it is ready; what it says before that is nothing."""
        process = await self.command("--port", str(self.port), *options)
        assert process.stdout
        async with asyncio.timeout(PATIENCE):
            line = (await process.stdout.readline()).decode()
        assert line == f"Ready: {self.url}\n", self.complaints()

    async def command(self, *options: str) -> Process:
        """`partnerbot demo` with these options."""
        return await self._run(sys.executable, "-m", "bot", "demo", "--no-open", *options)

    async def in_shell(self, *options: str) -> None:
        """The same as a child of a shell that stands for make."""
        line = '"$@" & wait'
        told = (sys.executable, "-m", "bot", "demo", "--no-open", "--port", str(self.port))
        shell = await self._run("sh", "-c", line, "make", *told, *options, MAKELEVEL="1")
        assert shell.stdout
        async with asyncio.timeout(PATIENCE):
            assert (await shell.stdout.readline()).startswith(b"Ready: "), self.complaints()

    async def _run(self, *command: str, **more: str) -> Process:
        environment = {"PATH": os.environ["PATH"], "HOME": str(self.folder)}
        with (self.folder / "stderr").open("ab") as complaints:
            process = await asyncio.create_subprocess_exec(
                *command,
                env=environment | {"PYTHONPATH": str(MANIFEST.parent)} | more,
                cwd=self.folder,
                stdout=PIPE,
                stderr=complaints,
            )
        self.processes.append(process)
        return process

    async def stop(self) -> int:
        """As Ctrl-C does."""
        self.processes[-1].send_signal(signal.SIGINT)
        return await ended(self.processes[-1])

    async def kill(self) -> None:
        """`kill -9`; returns when the port is free again and no process is left."""
        process = self.processes[-1]
        children = psutil.Process(process.pid).children(recursive=True)
        assert children, "the sandbox is a process of its own"
        process.kill()
        await ended(process)
        await self.silence()
        _, alive = await asyncio.to_thread(psutil.wait_procs, children, FEW_SECONDS)
        assert alive == []

    async def silence(self) -> None:
        """Wait until nobody answers at the port any more."""
        # A port that is just being closed refuses a call, or resets it.
        async with asyncio.timeout(FEW_SECONDS):
            with suppress(ConnectionError):
                while True:
                    _, writer = await asyncio.open_connection("127.0.0.1", self.port)
                    writer.close()
                    with suppress(ConnectionError):
                        await writer.wait_closed()

    def complaints(self) -> str:
        """What was written to stderr since the start."""
        return (self.folder / "stderr").read_text(encoding="utf-8")

    async def now(self) -> datetime:
        return datetime.fromisoformat((await self.state())["now"])

    async def submit_ok(self, values: Json) -> None:
        done = await self.submit(values)
        assert done["ok"], done

    async def card(self, name: str) -> str:
        await self.write(name, channel="C01")
        return said(await self.message(channel="C01"))


async def ended(process: Process) -> int:
    async with asyncio.timeout(PATIENCE):
        return await process.wait()


@asynccontextmanager
async def demo_in(folder: Path) -> AsyncIterator[Demo]:
    """A demo that is not started yet; what is left of its processes is ended."""
    async with aiohttp.ClientSession() as http:
        port = free_port()
        sandbox: Any = Address(f"http://127.0.0.1:{port}")
        out_of_reach: Any = None  # store and house live in the demo's own process
        demo = Demo(sandbox, http, out_of_reach, out_of_reach, folder, port)
        yield demo
        for process in demo.processes:
            with suppress(ProcessLookupError):
                process.kill()
            await process.communicate()


@dataclass
class Window:
    """A browser window on the demo."""

    page: Page
    demo: Demo
    shots: Path
    complaints: list[str] = field(default_factory=list)

    async def at(self, user: str, channel: str = "C01") -> None:
        await self.page.goto(f"{self.demo.url}/?user={user}&channel={channel}")
        await self.page.locator("html[data-ready]").wait_for()

    async def write(self, line: str, channel: str = "partnerskaber") -> None:
        """Write to the channel, and press Enter, once no form lies above it."""
        await expect(self.page.get_by_role("dialog")).to_have_count(0)
        composer = self.page.get_by_role("textbox", name=f"Skriv til #{channel}")
        await composer.fill(line)
        await composer.press("Enter")
        await expect(composer).to_have_value("")

    def dialog(self, title: str) -> Locator:
        return self.page.get_by_role("dialog", name=title)

    async def answer(self) -> Locator:
        """The newest message; it is only for whoever looks."""
        newest = self.page.get_by_role("log").get_by_role("article").last
        await expect(newest).to_contain_text("Kun du kan se denne")
        return newest

    async def shoot(self, name: str) -> None:
        width = self.page.viewport_size["width"] if self.page.viewport_size else 0
        await self.page.screenshot(path=self.shots / f"demo-{name}-{width}.png")

    async def fits(self) -> None:
        """Nothing needs scrolling sideways."""
        wider = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert await self.page.evaluate(wider) == 0


@asynccontextmanager
async def window_on(demo: Demo, size: tuple[int, int], folder: Path) -> AsyncIterator[Window]:
    """A browser of that width and height; its pictures go to PARTNERBOT_SHOTS or the folder."""
    shots = Path(os.environ.get("PARTNERBOT_SHOTS", folder))
    width, height = size
    expect.set_options(timeout=PATIENCE * 1000)
    async with AsyncExitStack() as stack:
        playwright = await stack.enter_async_context(async_playwright())
        browser = await playwright.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        stack.push_async_callback(browser.close)
        context = await browser.new_context(viewport={"width": width, "height": height})
        stack.push_async_callback(context.close)
        context.set_default_timeout(PATIENCE * 1000)
        window = Window(await context.new_page(), demo, shots)
        window.page.on("pageerror", lambda error: window.complaints.append(str(error)))
        yield window
    assert window.complaints == []
