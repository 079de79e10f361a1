"""The demo as somebody meets it: one command, then the control API and a real browser.

PARTNERBOT_SHOTS names a folder for pictures of what the browser showed.
"""

import asyncio
import os
import re
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import aiohttp
import psutil
import pytest
from playwright.async_api import Browser, BrowserContext, Locator, Page, async_playwright, expect

from bot.questions import load
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

PAGES = load("tjek").pages
IDEA = "spilværksted om fredagen"
REASON = "Når vi har talt med filialen om fredagene."
ANSWERS = dict.fromkeys((question.id for question in load("tjek").questions), "yes") | {
    "departments": "partly",
    "breadth": "no",
    "trace": "unknown",
    "hours": "no",
    "money": "unknown",
}
WORDS = {"yes": "Ja", "partly": "Delvist", "no": "Nej", "unknown": "Ved ikke"}
SIGNATURE = """Med venlig hilsen

Jonas Bertelsen
Daglig leder

Klatreklubben Tinden
Havnegade 4, 8000 Aarhus C
Tlf. 86 12 34 56
jonas@tinden-eksempel.dk
www.tinden-eksempel.dk
CVR-nr. 10150817
"""


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

    async def check(self) -> None:
        """A whole check of Pixelværket, with its decision."""
        await self.write("tjek Pixelværket", channel="C01")
        await self.submit_ok({"idea": IDEA})
        for page in PAGES:
            values = {f"question.{q.id}": ANSWERS[q.id] for q in page.questions}
            await self.submit_ok(values)
        await self.press("Ja, hvis …", values={"reason": {"reason": REASON}})
        await self.control("close", user="U02", view_id=(await self.view())["id"])

    async def submit_ok(self, values: Json) -> None:
        done = await self.submit(values)
        assert done["ok"], done

    async def card(self, name: str = "pixelværket") -> str:
        await self.write(name, channel="C01")
        return said(await self.message(channel="C01"))


async def ended(process: Process) -> int:
    async with asyncio.timeout(PATIENCE):
        return await process.wait()


@pytest.fixture
async def demo(tmp_path: Path) -> AsyncIterator[Demo]:
    async with AsyncExitStack() as stack:
        http = await stack.enter_async_context(aiohttp.ClientSession())
        port = free_port()
        sandbox: Any = Address(f"http://127.0.0.1:{port}")
        out_of_reach: Any = None  # store and house live in the demo's own process
        demo = Demo(sandbox, http, out_of_reach, out_of_reach, tmp_path, port)
        yield demo
        for process in demo.processes:
            with suppress(ProcessLookupError):
                process.kill()
            await process.communicate()


# Over the control API.


async def test_what_was_done_is_there_after_a_kill(demo: Demo) -> None:
    await demo.start()
    await demo.check()
    assert (await demo.control("message", user="U02", channel="C01", text="Så er det tjekket."))[
        "ok"
    ]
    assert (await demo.control("clock", advance=86_400))["ok"]
    wound = await demo.now()

    await demo.kill()
    await demo.start()

    assert f"{IDEA}: Ja, hvis … – {REASON}" in await demo.card()
    channels = (await demo.state("U03"))["channels"]
    there = [message["text"] for c in channels if c["id"] == "C01" for message in c["messages"]]
    assert "Så er det tjekket." in there
    assert timedelta() <= await demo.now() - wound < timedelta(hours=1)
    assert demo.complaints() == ""


async def test_fresh_starts_over(demo: Demo) -> None:
    await demo.start()
    began = await demo.now()
    await demo.check()
    assert (await demo.control("clock", advance=86_400))["ok"]
    assert await demo.stop() == 0

    await demo.start("--fresh")

    assert IDEA not in await demo.card()
    assert await demo.now() - began < timedelta(hours=1)
    assert demo.complaints() == ""


async def test_the_empty_scene_has_nobody_in_the_register(demo: Demo) -> None:
    await demo.start("--scene", "empty")
    assert "Jeg fandt ingen partner, der hedder ”pixelværket”." in await demo.card()


async def test_a_taken_port_is_one_sentence_and_the_one_who_has_it_loses_nothing(
    demo: Demo,
) -> None:
    await demo.start()
    await demo.check()
    second = await demo.command("--port", str(demo.port), "--fresh")
    assert await ended(second) == 1
    assert demo.complaints().count("\n") == 1
    assert f"Port {demo.port} is taken" in demo.complaints()
    demo.processes.remove(second)
    await demo.kill()
    await demo.start()
    assert IDEA in await demo.card()


async def test_a_second_demo_on_the_same_data_is_one_sentence(demo: Demo) -> None:
    await demo.start()
    second = await demo.command("--port", str(free_port()), "--fresh")
    assert await ended(second) == 1
    assert demo.complaints().count("\n") == 1
    assert "already running" in demo.complaints()


async def test_an_unknown_scene_names_those_there_are(demo: Demo) -> None:
    assert await ended(await demo.command("--scene", "crowded")) == 1
    assert demo.complaints() == "There is no scene “crowded”. Choose one of: lively, empty.\n"


async def test_it_goes_when_make_is_killed(demo: Demo) -> None:
    await demo.in_shell()
    demo.processes[-1].kill()
    await demo.silence()


# In a browser.


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
        """Write to the channel, and press Enter."""
        composer = self.page.get_by_role("textbox", name=f"Skriv til #{channel}")
        await composer.fill(line)
        await composer.press("Enter")

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


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        yield browser
        await browser.close()


@pytest.fixture
async def window(
    request: pytest.FixtureRequest, demo: Demo, browser: Browser, tmp_path: Path
) -> AsyncIterator[Window]:
    width, height = getattr(request, "param", DESK)
    context: BrowserContext = await browser.new_context(viewport={"width": width, "height": height})
    context.set_default_timeout(PATIENCE * 1000)
    expect.set_options(timeout=PATIENCE * 1000)
    shots = Path(os.environ.get("PARTNERBOT_SHOTS", tmp_path))
    window = Window(await context.new_page(), demo, shots)
    window.page.on("pageerror", lambda error: window.complaints.append(str(error)))
    await demo.start()
    yield window
    await context.close()
    assert window.complaints == []


async def tick(window: Window, number: int, words: dict[str, str] = WORDS) -> Locator:
    """Answer every question of that page; the page."""
    page = PAGES[number - 1]
    dialog = window.dialog(f"Tjek {number}/4 · {page.title.da}")
    for question in page.questions:
        asked = dialog.get_by_role("radiogroup", name=f"{question.number}. {question.text.da}")
        await asked.get_by_role("radio", name=words[ANSWERS[question.id]], exact=True).check()
    return dialog


@pytest.mark.parametrize("window", [DESK, PHONE], indirect=True, ids=["desk", "phone"])
class TestTjek:
    """Fourteen questions from the command to the decision, as Mette."""

    pytestmark = in_chromium

    async def test_from_the_command_to_the_card_and_through_a_kill(self, window: Window) -> None:
        await window.at("U02")
        await window.write("/partner tjek")
        await self.begin(window)
        await self.go_back_and_forth(window)
        await self.finish(window)
        await self.decide(window)
        await self.see_it_on_the_card(window, "card")
        await window.demo.kill()
        await window.demo.start()
        await window.at("U02")
        await self.see_it_on_the_card(window, "restarted")

    async def begin(self, window: Window) -> None:
        start = window.dialog("Tjek · Hvem og hvad?")
        partner = start.get_by_role("combobox", name="Partner")
        await partner.press_sequentially("pixel")
        found = start.get_by_role("option", name="Pixelværket")
        await expect(found).to_be_visible()
        await window.shoot("pick")
        await found.click()
        await expect(partner).to_have_value("Pixelværket")
        await start.get_by_label("Beskriv idéen i én linje").fill(IDEA)
        await window.fits()
        await window.shoot("start")
        await start.get_by_role("button", name="Næste").click()

    async def go_back_and_forth(self, window: Window) -> None:
        first = await tick(window, 1)
        await expect(first).to_contain_text(f"Pixelværket – {IDEA}")
        await window.shoot("page1")
        await first.get_by_role("button", name="Næste").click()
        second = await tick(window, 2)
        await second.get_by_label("Noter til denne side").fill("Hvad skal vi kunne se?")
        await second.get_by_role("button", name="Tilbage").click()
        again = window.dialog("Tjek 1/4 · Passer det?")
        breadth = again.get_by_role("radiogroup", name="4. ")
        await expect(breadth.get_by_role("radio", name="Nej")).to_be_checked()
        await again.get_by_role("button", name="Næste").click()
        await expect(second.get_by_label("Noter til denne side")).to_have_value(
            "Hvad skal vi kunne se?"
        )
        await window.fits()
        await window.shoot("page2")
        await second.get_by_role("button", name="Næste").click()

    async def finish(self, window: Window) -> None:
        third = await tick(window, 3)
        await window.shoot("page3")
        await third.get_by_role("button", name="Næste").click()
        fourth = await tick(window, 4)
        await window.shoot("page4")
        await fourth.get_by_role("button", name="Se resultatet").click()

    async def decide(self, window: Window) -> None:
        result = window.dialog("Tjek · Resultatet")
        for line in ("Stopklods: Timer (13)", "Taler for: Mål, Lyst", "Taler imod: Bredde"):
            await expect(result).to_contain_text(line)
        await expect(result).to_contain_text("Skal undersøges: Spor (6), Penge (14)")
        await expect(result).to_contain_text("Hvad skal vi kunne se?")
        await window.fits()
        await window.shoot("result")
        await result.get_by_role("button", name="Ja, hvis …").click()
        await expect(result).to_contain_text("Skriv én linje om hvorfor")
        await window.shoot("missing")
        await result.get_by_role("textbox", name="Hvorfor?").fill(REASON)
        await result.get_by_role("button", name="Ja, hvis …").click()
        await expect(result.get_by_role("textbox")).to_have_count(0)
        await expect(result).to_contain_text(REASON)
        await window.shoot("decided")
        await result.get_by_role("button", name="Luk", exact=True).click()
        await expect(result).to_have_count(0)

    async def see_it_on_the_card(self, window: Window, shot: str) -> None:
        await window.write("/partner pixelværket")
        card = await window.answer()
        await expect(card).to_contain_text("Pixelværket er i vores netværk.")
        await expect(card).to_contain_text(f"{IDEA}: Ja, hvis … – {REASON}")
        await window.fits()
        await window.shoot(shot)
        await card.get_by_role("button", name="Vis", exact=True).first.click()
        result = window.dialog("Tjek · Resultatet")
        await expect(result).to_contain_text(REASON)
        await result.get_by_role("button", name="Luk", exact=True).click()
        await expect(result).to_have_count(0)


class TestRegister:
    """Adding, finding and correcting a partner, as Mette."""

    pytestmark = in_chromium

    async def test_a_pasted_signature_becomes_a_card(self, window: Window) -> None:
        await window.at("U02")
        await window.write("/partner ny")
        form = window.dialog("Tilføj partner")
        await form.get_by_label("Hvem er det?").fill("Klatreklubben Tinden")
        await form.get_by_label("Kontaktperson").fill(SIGNATURE)
        await form.get_by_role("button", name="Gem").click()
        await expect(
            form.locator(".field-error", has_text="hvor I kender hinanden fra")
        ).to_be_visible()
        await window.shoot("add-source")
        await expect(form.get_by_label("Kontaktperson")).to_have_value(SIGNATURE)
        await form.get_by_label("Hvor kender I hinanden fra?").fill("fra frivilligmessen")
        await form.get_by_role("button", name="Gem").click()
        done = window.dialog("Tilføjet")
        await expect(done).to_contain_text("Klatreklubben Tinden er med.")
        await window.shoot("added")
        await self.is_all_there(done)
        await done.get_by_role("button", name="Luk", exact=True).click()
        await window.write("/partner tinden")
        card = await window.answer()
        await expect(card).to_contain_text("Klatreklubben Tinden er i vores netværk.")
        await self.is_all_there(card)
        await self.is_on_home(window)

    async def is_all_there(self, place: Locator) -> None:
        for piece in ("Jonas Bertelsen", "Daglig leder", "jonas@tinden-eksempel.dk", "10150817"):
            await expect(place).to_contain_text(piece)
        await expect(place).to_contain_text(re.compile(r"86 ?12 ?34 ?56"))

    async def is_on_home(self, window: Window) -> None:
        await window.at("U02", "@home")
        home = window.page.get_by_role("region", name="Home")
        await expect(home).to_contain_text("Hej Mette")
        row = home.locator(".section", has_text="Klatreklubben Tinden")
        await window.shoot("home")
        await row.get_by_role("button", name="Vis").click()
        await expect(window.dialog("Partner")).to_contain_text("jonas@tinden-eksempel.dk")

    async def test_one_we_may_have_is_shown_before_a_second_is_made(self, window: Window) -> None:
        await window.at("U02")
        await window.write("/partner ny Foreningen Pixelværket ApS")
        form = window.dialog("Tilføj partner")
        await form.get_by_role("button", name="Gem").click()
        await expect(form).to_contain_text("Pixelværket (samme navn)")
        await expect(form.get_by_role("button", name="Opret alligevel")).to_be_visible()
        await window.shoot("lookalike")
        await form.get_by_role("button", name="Åbn den").click()
        await expect(window.dialog("Partner")).to_contain_text("Pixelværket er i vores netværk.")

    async def test_a_card_is_corrected(self, window: Window) -> None:
        await window.at("U02")
        await window.write("/partner pixelværket")
        card = await window.answer()
        await card.get_by_role("button", name="Flere valg").click()
        await window.page.get_by_role("menuitem", name="Ret: hvem de er").click()
        form = window.dialog("Hvem de er")
        await form.get_by_label("CVR-nummer").fill("12345678")
        await form.get_by_role("button", name="Gem").click()
        await expect(form.locator(".field-error", has_text="CVR")).to_be_visible()
        await window.shoot("edit-error")
        await form.get_by_label("CVR-nummer").fill("10150817")
        await form.get_by_role("button", name="Gem").click()
        saved = window.dialog("Gemt")
        await saved.get_by_role("button", name="Vis").click()
        await expect(window.dialog("Partner")).to_contain_text("CVR: 10150817")


class TestOthers:
    """Whoever chose English, and whoever is a guest."""

    pytestmark = in_chromium

    async def test_emma_is_spoken_to_in_english(self, window: Window) -> None:
        await window.at("U02")
        await window.page.get_by_label("Vis som").select_option("U05")
        await expect(window.page.locator("#app")).to_have_attribute("data-user", "U05")
        await window.write("/partner")
        await expect(await window.answer()).to_contain_text("Hi Emma.")
        await window.write("/partner check")
        start = window.dialog("Check · Who and what?")
        await self.is_english(start)
        await window.shoot("emma-start")
        await start.get_by_label("Describe the idea in one line").fill("Reading circle")
        await start.get_by_role("button", name="Next").click()
        for number, page in enumerate(PAGES, 1):
            await self.answer_in_english(window.dialog(f"Check {number}/4 · {page.title.en}"))
        result = window.dialog("Check · The result")
        await expect(result).to_contain_text("Speaks for:")
        await self.is_english(result)
        await window.shoot("emma-result")

    async def answer_in_english(self, dialog: Locator) -> None:
        await self.is_english(dialog)
        for asked in await dialog.get_by_role("radiogroup").all():
            await asked.get_by_role("radio", name="Yes").check()
        await dialog.locator("footer").get_by_role("button").last.click()
        await expect(dialog).to_have_count(0)

    async def is_english(self, dialog: Locator) -> None:
        await expect(dialog).to_be_visible()
        assert not re.search("[æøå]", await dialog.inner_text(), re.IGNORECASE)

    async def test_petra_is_told_whom_to_ask(self, window: Window) -> None:
        await window.at("U04", "C02")
        await window.write("/partner tjek", "venner-af-huset")
        refusal = "Partnerbot er for bibliotekets ansatte. Spørg den, der inviterede dig."
        await expect(await window.answer()).to_contain_text(refusal)
        await expect(window.page.get_by_role("dialog")).to_have_count(0)
        await window.shoot("petra")
        await window.at("U04", "@home")
        await expect(window.page.get_by_role("region", name="Home")).to_have_text(refusal)
