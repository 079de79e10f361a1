"""The demo as a newcomer meets it: a real process, a real browser, kill -9 and back again."""

import asyncio
import os
import signal
import socket
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from playwright.async_api import Page, async_playwright, expect

HOUSE = Path(__file__).parents[1]
CHROMIUM = Path("/usr/bin/chromium")
QUIET = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run"
    " --disable-background-networking --disable-component-update --disable-sync"
)
PATIENCE = 30  # seconds for a start on a busy machine

needs_browser = pytest.mark.skipif(
    not CHROMIUM.exists(), reason="no Chromium at /usr/bin/chromium: apt install chromium"
)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


async def start(folder: Path, port: int, *more: str) -> Process:
    return await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "demo", "--no-open", "--port", str(port), *more),
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(HOUSE)},
        stdout=PIPE,
        stderr=PIPE,
    )


async def line(bot: Process) -> str:
    assert bot.stdout
    async with asyncio.timeout(PATIENCE):
        return (await bot.stdout.readline()).decode().strip()


async def gone(port: int) -> None:
    """Return once nobody listens there any more."""
    async with asyncio.timeout(PATIENCE):
        while True:
            try:
                _, writer = await asyncio.open_connection("127.0.0.1", port)
            except OSError:
                return
            writer.close()
            with suppress(OSError):
                await writer.wait_closed()


async def kill(bot: Process, port: int) -> None:
    bot.send_signal(signal.SIGKILL)
    await bot.wait()
    await gone(port)


@asynccontextmanager
async def running(folder: Path, port: int, *more: str) -> AsyncIterator[Process]:
    bot = await start(folder, port, *more)
    try:
        assert await line(bot) == f"Ready: http://127.0.0.1:{port}"
        yield bot
    finally:
        if bot.returncode is None:
            bot.terminate()
            await bot.wait()
        await gone(port)


async def control(port: int, call: str, **body: Any) -> Any:
    url = f"http://127.0.0.1:{port}/_sandbox/{call}"
    async with aiohttp.ClientSession() as session:
        if body:
            async with session.post(url, json=body) as answer:
                return await answer.json()
        async with session.get(url) as answer:
            return await answer.json()


async def words(port: int, text: str, user: str = "U02") -> str:
    """What the newest private answer to `/partner text` says, as raw JSON text."""
    typed = {"user": user, "channel": "C01", "command": "/partner", "text": text}
    assert (await control(port, "slash", **typed))["ok"]
    state = await control(port, f"state?user={user}")
    here = next(channel for channel in state["channels"] if channel["id"] == "C01")
    return str([m for m in here["messages"] if m["ephemeral"]][-1]["blocks"])


async def test_what_was_stored_is_there_after_kill_9(tmp_path: Path) -> None:
    port = free_port()
    async with running(tmp_path, port) as bot:
        assert "Springbræt" in await words(port, "springbræt lektiehjælp")
        typed = {"user": "U02", "channel": "C01", "command": "/partner", "text": "ny Fotoklubben"}
        await control(port, "slash", **typed)
        view = (await control(port, "state?user=U02"))["views"][-1]
        done = await control(port, "submit", user="U02", view_id=view["id"], values={})
        assert done["ok"], done
        before = (await control(port, "clock", advance=86400))["now"]
        await kill(bot, port)
    async with running(tmp_path, port):
        assert "Fotoklubben" in await words(port, "fotoklubben")
        assert (await control(port, "state?user=U02"))["now"] > before
    async with running(tmp_path, port, "--fresh"):
        assert "Jeg fandt ingen partner" in await words(port, "fotoklubben")


async def test_an_empty_scene_has_no_partner(tmp_path: Path) -> None:
    port = free_port()
    async with running(tmp_path, port, "--scene", "empty"):
        assert "Jeg fandt ingen partner" in await words(port, "springbræt")


async def test_a_taken_port_is_one_sentence(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        bot = await start(tmp_path, taken.getsockname()[1])
        async with asyncio.timeout(PATIENCE):
            _, said = await bot.communicate()
    assert bot.returncode == 1
    assert "Traceback" not in said.decode()
    assert said.decode().strip()


# In the browser.


@asynccontextmanager
async def browser(width: int, height: int) -> AsyncIterator[Page]:
    async with async_playwright() as play:
        chromium = await play.chromium.launch(
            executable_path=str(CHROMIUM), args=QUIET.split(), timeout=PATIENCE * 1000
        )
        page = await chromium.new_page(viewport={"width": width, "height": height})
        page.set_default_timeout(PATIENCE * 1000)
        expect.set_options(timeout=PATIENCE * 1000)
        try:
            yield page
        finally:
            await chromium.close()


async def visit(page: Page, port: int, user: str = "U02", channel: str = "C01") -> None:
    await page.goto(f"http://127.0.0.1:{port}/?user={user}&channel={channel}")
    await page.wait_for_selector("html[data-ready]")


async def write(page: Page, text: str) -> None:
    composer = page.get_by_role("textbox", name="Skriv til #partnerskaber")
    await composer.fill(text)
    await composer.press("Enter")


async def shoot(page: Page, folder: Path, name: str) -> None:
    await page.screenshot(path=folder / f"{name}.png")


async def answer_all(page: Page, folder: Path, answers: tuple[str, ...]) -> None:
    """Every question of the four pages, one kind of answer a page, once back and forth."""
    titles = ("Passer det?", "Virkning", "Styrke", "Kan vi?")
    for number, (title, answer) in enumerate(zip(titles, answers, strict=True), 1):
        dialog = page.get_by_role("dialog", name=f"Tjek {number}/4 · {title}")
        await expect(dialog).to_be_visible()
        for radio in await dialog.get_by_role("radio", name=answer, exact=True).all():
            await radio.check()
        await shoot(page, folder, f"tjek-{number}")
        if number == 2:
            await dialog.get_by_role("button", name="Tilbage").click()
            first = page.get_by_role("dialog", name="Tjek 1/4 · Passer det?")
            kept = first.get_by_role("radio", name=answers[0], exact=True).first
            await expect(kept).to_be_checked()
            await first.get_by_role("button", name="Næste").click()
            await expect(dialog.get_by_role("radio", name=answer, exact=True).last).to_be_checked()
        last = number == len(titles)
        await dialog.get_by_role("button", name="Se resultatet" if last else "Næste").click()


@pytest.mark.browser
@needs_browser
@pytest.mark.parametrize("size", [(1280, 800), (390, 844)], ids=["wide", "phone"])
async def test_a_check_from_the_first_word_to_the_card_after_a_restart(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    shots = Path(os.environ.get("PARTNERBOT_SHOTS", tmp_path))
    port = free_port()
    async with browser(*size) as page:
        async with running(tmp_path, port) as bot:
            await visit(page, port)
            await write(page, "/partner tjek")
            form = page.get_by_role("dialog", name="Tjek · Hvem og hvad?")
            await form.get_by_role("combobox", name="Partner").fill("springbræt")
            await form.get_by_role("option").first.click()
            await form.get_by_label("Beskriv idéen i én linje").fill("strikkeaften i foyeren")
            await shoot(page, shots, "tjek-0")
            await form.get_by_role("button", name="Næste").click()
            await answer_all(page, shots, ("Ja", "Delvist", "Nej", "Ved ikke"))
            result = page.get_by_role("dialog", name="Tjek · Resultatet")
            await expect(result).to_contain_text("Taler imod: Døråbner, Profil, Læring")
            await expect(result).to_contain_text("Skal undersøges: Timer (13), Penge (14)")
            await shoot(page, shots, "tjek-5-result")
            await result.get_by_label("Hvorfor?").fill("Vi har ikke timerne i år.")
            await result.get_by_role("button", name="Pænt nej").click()
            await expect(result).to_contain_text("Pænt nej, fordi: Vi har ikke timerne i år.")
            await shoot(page, shots, "tjek-6-decided")
            await result.get_by_role("button", name="Luk").last.click()
            await expect(result).to_be_hidden()
            await kill(bot, port)
        async with running(tmp_path, port):
            await visit(page, port)
            await write(page, "/partner springbræt lektiehjælp")
            log = page.get_by_role("log", name="Beskeder")
            await expect(log).to_contain_text("Pænt nej – Vi har ikke timerne i år.")
            await shoot(page, shots, "card")


@pytest.mark.browser
@needs_browser
async def test_each_is_spoken_to_in_her_own_language_and_a_guest_is_refused(
    tmp_path: Path,
) -> None:
    port = free_port()
    async with running(tmp_path, port), browser(1280, 800) as page:
        for user, words_ in (
            ("U02", "Hej Mette"),
            ("U05", "Hi Emma"),
            ("U04", "Partnerbot er for bibliotekets ansatte."),
        ):
            await visit(page, port, user, "@home")
            await expect(page.locator("main")).to_contain_text(words_)
