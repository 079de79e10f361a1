"""The demo's clock, wound in the page to a partner morning: what a colleague would get."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from playwright.async_api import expect

from bot.timetable import calendar_of
from bot.timetable_week import TUESDAY, Tuesdays, week_of
from handlers.demo_furniture import house
from tests.demos import DESK, PHONE, Demo, Window, demo_in, in_chromium, window_on

SOFIE, DIGESTS = "U06", "C02"
DAY = timedelta(days=1)
CALENDAR = calendar_of(house().library)


@pytest.fixture
async def demo(tmp_path: Path) -> AsyncIterator[Demo]:
    async with demo_in(tmp_path) as demo:
        await demo.start()
        yield demo


def partner_morning(now: datetime) -> datetime:
    """One that is a Tuesday, at least a day from now; in July it is far."""
    found = Tuesdays(CALENDAR).following(now + DAY)
    while found and CALENDAR.day(found).weekday() != TUESDAY:
        found = Tuesdays(CALENDAR).following(found)
    assert found
    return found


class TestClock:
    pytestmark = in_chromium

    async def test_a_partner_morning_is_one_click_away(self, demo: Demo, tmp_path: Path) -> None:
        morning = partner_morning(await demo.now())
        eve = (morning - timedelta(hours=16)).isoformat()
        assert (await demo.control("clock", now=eve, jump=True))["ok"]
        async with window_on(demo, DESK, tmp_path) as window:
            await self.on_the_desk(window, morning)
        async with window_on(demo, PHONE, tmp_path) as window:
            await window.at(SOFIE, DIGESTS)
            await window.fits()
            await window.shoot("digest")
            await window.at(SOFIE, await directly(demo))
            await window.fits()
            await window.shoot("weekly")
        assert demo.complaints() == ""

    async def on_the_desk(self, window: Window, morning: datetime) -> None:
        page = window.page
        await window.at(SOFIE, DIGESTS)
        await page.get_by_role("button", name="Næste tirsdag").click()
        week = int(week_of(CALENDAR.day(morning)).partition("-W")[2])
        digest = page.get_by_role("article").filter(has_text=f"Venner af huset · uge {week}")
        await expect(digest).to_contain_text("Hvem tager den?")
        await expect(digest).to_contain_text("kl. 9.00")
        await digest.get_by_role("button", name="Jeg tager den").first.click()
        await expect(digest).to_contain_text("Sofie har taget den")
        await window.shoot("digest")
        await window.at(SOFIE, await directly(window.demo))
        letter = page.get_by_role("article").filter(has_text="God morgen, Sofie.")
        await expect(letter).to_contain_text("Byens Museum")
        await window.shoot("weekly")


async def directly(demo: Demo) -> str:
    """Where the bot has written to her alone."""
    channels = (await demo.state(SOFIE))["channels"]
    (here,) = [one["id"] for one in channels if one["is_im"] and one["messages"]]
    return str(here)
