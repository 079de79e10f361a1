"""The demo as somebody meets it: one command, then the control API and a real browser.

PARTNERBOT_SHOTS names a folder for pictures of what the browser showed.
"""

import re
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.async_api import Locator, expect

from bot.questions import load
from tests.demos import DESK, PHONE, Demo, Window, demo_in, ended, in_chromium, window_on
from tests.handlers.wire import free_port

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


async def checked(demo: Demo) -> None:
    """A whole check of Pixelværket, with its decision."""
    await demo.write("tjek Pixelværket", channel="C01")
    await demo.submit_ok({"idea": IDEA})
    for page in PAGES:
        values = {f"question.{q.id}": ANSWERS[q.id] for q in page.questions}
        await demo.submit_ok(values)
    await demo.press("Ja, hvis …", values={"reason": {"reason": REASON}})
    await demo.control("close", user="U02", view_id=(await demo.view())["id"])


async def card(demo: Demo) -> str:
    return await demo.card("pixelværket")


@pytest.fixture
async def demo(tmp_path: Path) -> AsyncIterator[Demo]:
    async with demo_in(tmp_path) as demo:
        yield demo


# Over the control API.


async def test_what_was_done_is_there_after_a_kill(demo: Demo) -> None:
    await demo.start()
    await checked(demo)
    assert (await demo.control("message", user="U02", channel="C01", text="Så er det tjekket."))[
        "ok"
    ]
    assert (await demo.control("clock", advance=86_400))["ok"]
    wound = await demo.now()

    await demo.kill()
    await demo.start()

    assert f"{IDEA}: Ja, hvis … – {REASON}" in await card(demo)
    channels = (await demo.state("U03"))["channels"]
    there = [message["text"] for c in channels if c["id"] == "C01" for message in c["messages"]]
    assert "Så er det tjekket." in there
    assert timedelta() <= await demo.now() - wound < timedelta(hours=1)
    assert demo.complaints() == ""


async def test_partners_have_a_form_at_an_address_that_stays(demo: Demo) -> None:
    kept = demo.folder / ".demo" / "lively" / "form-port"
    await demo.start()
    port = kept.read_text()
    async with demo.http.get(f"http://127.0.0.1:{port}/e/{'N' * 32}") as answer:
        assert answer.status == 404
        assert "Linket fører ingen steder hen" in await answer.text()
    await demo.kill()
    await demo.start()
    assert kept.read_text() == port


async def test_fresh_starts_over(demo: Demo) -> None:
    await demo.start()
    began = await demo.now()
    await checked(demo)
    assert (await demo.control("clock", advance=86_400))["ok"]
    assert await demo.stop() == 0

    await demo.start("--fresh")

    assert IDEA not in await card(demo)
    assert await demo.now() - began < timedelta(hours=1)
    assert demo.complaints() == ""


async def test_the_empty_scene_has_nobody_in_the_register(demo: Demo) -> None:
    await demo.start("--scene", "empty")
    assert "Jeg fandt ingen partner, der hedder ”pixelværket”." in await card(demo)


async def test_a_taken_port_is_one_sentence_and_the_one_who_has_it_loses_nothing(
    demo: Demo,
) -> None:
    await demo.start()
    await checked(demo)
    second = await demo.command("--port", str(demo.port), "--fresh")
    assert await ended(second) == 1
    assert demo.complaints().count("\n") == 1
    assert f"Port {demo.port} is taken" in demo.complaints()
    demo.processes.remove(second)
    await demo.kill()
    await demo.start()
    assert IDEA in await card(demo)


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


@pytest.fixture
async def window(
    request: pytest.FixtureRequest, demo: Demo, tmp_path: Path
) -> AsyncIterator[Window]:
    await demo.start()
    async with window_on(demo, getattr(request, "param", DESK), tmp_path) as window:
        yield window


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
        await result.get_by_role("textbox", name="Din begrundelse").fill(REASON)
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
        newest = home.locator("[data-block-id^='own.']").first
        await expect(newest).to_contain_text("Klatreklubben Tinden")
        await window.shoot("home")
        buttons = home.locator("[data-block-id^='own_buttons.']").first
        await buttons.get_by_role("button", name="Vis").click()
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
