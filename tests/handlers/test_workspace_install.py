"""Whoever installs the bot is its coordinator, where the library has none."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from storage import workspace as settings_of
from tests.handlers.library import said
from tests.handlers.test_install import Browser, Hosted, bot, browsing, slack
from tests.handlers.wire import free_port


@pytest.fixture
async def browser(tmp_path: Path) -> AsyncIterator[Browser]:
    port = free_port()
    async with (
        slack(tmp_path, port) as play,
        bot(play, tmp_path, port) as hosted,
        browsing(hosted) as browser,
    ):
        yield browser


async def coordinators(hosted: Hosted, team: str = "T02") -> tuple[str, ...]:
    return (await hosted.store.read(settings_of.settings, team)).coordinators


async def test_the_installer_is_the_coordinator_at_once(browser: Browser) -> None:
    await browser.install(user="U06")
    assert await coordinators(browser.hosted) == ("U06",)
    library = browser.hosted.library("T02")
    await library.write("indstillinger", user="U06")
    assert "Du er bibliotekets koordinator." in said(await library.view("U06"))


async def test_installing_again_takes_the_role_from_nobody(browser: Browser) -> None:
    await browser.install(user="U06")
    await browser.install(user="U02")
    assert await coordinators(browser.hosted) == ("U06",)
    assert await browser.hosted.store.read(settings_of.version, "T02") == 1


async def test_one_library_says_nothing_about_another(browser: Browser) -> None:
    await browser.install(user="U06")
    assert await coordinators(browser.hosted, "T03") == ()
