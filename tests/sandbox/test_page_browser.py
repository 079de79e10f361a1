"""The page in a real browser: what a member does there becomes the right call."""

import asyncio
import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Locator, Page, Request, async_playwright, expect

from tests.sandbox import page_scene as scene
from tests.sandbox.page_scene import House, served

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

pytestmark = [
    pytest.mark.browser,
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.skipif(not CHROMIUM.exists(), reason=f"no browser at {CHROMIUM}"),
]


class Desk:
    """A browser window on a house."""

    def __init__(self, house: House, url: str, page: Page) -> None:
        self.house = house
        self.url = url
        self.page = page
        self.asked: list[str] = []
        self.complaints: list[str] = []
        page.on("request", self._note)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", lambda line: self.complaints.append(line.text))

    def _note(self, request: Request) -> None:
        self.asked.append(request.url)

    async def at(self, path: str = "/?channel=C01") -> Page:
        await self.page.goto(self.url + path)
        await self.page.locator("html[data-ready]").wait_for()
        return self.page

    def composer(self, name: str = "Skriv til #partnerskaber") -> Locator:
        return self.page.get_by_role("textbox", name=name)

    def modal(self, name: str = "Tilføj partner") -> Locator:
        return self.page.get_by_role("dialog", name=name)

    async def open(self, *blocks: scene.Json, **more: Any) -> Locator:
        """The page with a modal of these blocks."""
        self.house.world["views"] = [scene.modal("V1", "Tilføj partner", list(blocks), **more)]
        await self.at()
        await expect(self.modal()).to_be_visible()
        return self.modal()

    async def change(self, *blocks: scene.Json) -> None:
        """The app updates the modal on top."""
        self.house.world["views"][-1]["blocks"] = list(blocks)
        await self.house.happen()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        yield browser
        await browser.close()


@pytest_asyncio.fixture(loop_scope="module")
async def desk(browser: Browser) -> AsyncIterator[Desk]:
    house = House()
    async with served(house) as url:
        context = await browser.new_context(
            viewport={"width": 1280, "height": 800}, timezone_id="America/New_York"
        )
        context.set_default_timeout(10_000)
        window = Desk(house, url, await context.new_page())
        yield window
        await context.close()
    assert window.complaints == []
    assert all(asked.startswith(url) for asked in window.asked)


NAME, NOTE = scene.FORM[1], scene.FORM[2]
LEVEL = scene.FORM[3]


def form_field(name: str) -> scene.Json:
    return next(block for block in scene.FORM if block["block_id"] == f"b_{name}")


async def submitted(desk: Desk, dialog: Locator) -> scene.Json:
    await dialog.get_by_role("button", name="Gem").click()
    values: scene.Json = (await desk.house.hears("submit"))["values"]
    return values


# --- writing ---


async def test_a_command_is_completed_and_run(desk: Desk) -> None:
    page = await desk.at()
    await desk.composer().fill("/")
    await expect(page.get_by_role("option", name="/partner")).to_be_visible()
    await desk.composer().press("Enter")
    await expect(desk.composer()).to_have_value("/partner ")
    await desk.composer().press_sequentially("springbræt")
    await desk.composer().press("Enter")
    told = await desk.house.hears("slash")
    assert told == {
        "user": "U01", "wait": "ack", "channel": "C01", "command": "/partner", "text": "springbræt",
    }  # fmt: skip
    await expect(desk.composer()).to_have_value("")


async def test_other_lines_are_messages_and_shift_enter_makes_a_new_one(desk: Desk) -> None:
    await desk.at("/?channel=C02&user=U02")
    box = desk.composer("Skriv til #venner-af-huset")
    await box.fill("Hej")
    await box.press("Shift+Enter")
    await box.press_sequentially("/partner er smart")
    await box.press("Enter")
    told = await desk.house.hears("message")
    assert told["text"] == "Hej\n/partner er smart"
    assert (told["user"], told["channel"]) == ("U02", "C02")
    assert "thread_ts" not in told


async def test_a_line_that_could_not_be_sent_comes_back(desk: Desk) -> None:
    desk.house.answers["slash"] = lambda _: {"ok": False, "error": "operation_timeout"}
    page = await desk.at()
    await desk.composer().fill("/partner tjek")
    await page.get_by_role("button", name="Send").click()
    await expect(page.get_by_role("alert").filter(has_text="Prøv igen.")).to_be_visible()
    await expect(desk.composer()).to_have_value("/partner tjek")


async def test_a_thread_is_answered_in_its_own_pane_where_commands_do_not_work(desk: Desk) -> None:
    page = await desk.at("/?channel=C02")
    await page.get_by_role("link", name="2 svar").click()
    pane = page.get_by_role("complementary", name="Tråd")
    await expect(pane.get_by_text("Godt set!")).to_be_visible()
    box = pane.get_by_role("textbox", name="Svar i tråden")
    await box.fill("/partner hjælp")
    await box.press("Enter")
    await expect(page.get_by_text("/partner kan ikke bruges i en tråd.")).to_be_visible()
    await box.fill("Enig")
    await box.press("Enter")
    told = await desk.house.hears("message")
    assert told["thread_ts"] == desk.house.world["channels"][1]["messages"][0]["ts"]
    await pane.get_by_role("link", name="Luk tråden").click()
    await expect(pane).to_be_hidden()
    assert desk.house.calls == []


async def test_a_file_is_attached_to_a_message(desk: Desk) -> None:
    desk.house.answers["upload"] = lambda _: {"id": "F0NEW00001"}
    page = await desk.at()
    await page.get_by_role("button", name="Vedhæft og genveje").click()
    async with page.expect_file_chooser() as chosen:
        await page.get_by_role("menuitem", name="Vedhæft en fil").click()
    file: Any = {"name": "liste.csv", "mimeType": "text/csv", "buffer": b"navn\n"}
    await (await chosen.value).set_files(file)
    told = await desk.house.hears("upload")
    assert (told["name"], told["content_base64"]) == ("liste.csv", "bmF2bgo=")
    await expect(page.get_by_text("liste.csv")).to_be_visible()
    await page.get_by_role("button", name="Send").click()
    assert (await desk.house.hears("message"))["files"] == ["F0NEW00001"]
    await expect(page.get_by_text("liste.csv")).to_be_hidden()


async def test_shortcuts_start_from_the_plus_and_from_a_message(desk: Desk) -> None:
    page = await desk.at()
    await page.get_by_role("button", name="Vedhæft og genveje").click()
    await page.get_by_role("menuitem", name="Tilføj partner").click()
    assert await desk.house.hears("shortcut") == {
        "user": "U01", "wait": "ack", "callback_id": "add_partner",
    }  # fmt: skip
    message = page.get_by_role("article").filter(has_text="Er der nogen")
    await message.hover()
    await message.get_by_role("button", name="Flere handlinger").click()
    await page.get_by_role("menuitem", name="Notér kontakt").click()
    told = await desk.house.hears("shortcut")
    first = desk.house.world["channels"][0]["messages"][0]
    assert told["message"] == {"channel": "C01", "ts": first["ts"]}
    assert told["callback_id"] == "note_contact"


# --- elements in a message ---


async def test_a_button_tells_where_it_stands(desk: Desk) -> None:
    page = await desk.at()
    await page.get_by_role("button", name="Notér kontakt").first.click()
    card = desk.house.world["channels"][0]["messages"][2]
    assert await desk.house.hears("click") == {
        "user": "U01", "wait": "ack", "message": {"channel": "C01", "ts": card["ts"]},
        "action_id": "note", "block_id": "acts", "values": {},
    }  # fmt: skip


async def test_a_question_is_asked_before_the_click(desk: Desk) -> None:
    page = await desk.at()
    archive = page.get_by_role("button", name="Arkivér")
    asking = page.get_by_role("alertdialog", name="Arkivér Springbræt?")
    await archive.click()
    await expect(asking.locator("strong")).to_have_text("bliver")
    await asking.get_by_role("button", name="Behold").click()
    await expect(asking).to_be_hidden()
    await archive.click()
    await page.keyboard.press("Escape")
    await expect(asking).to_be_hidden()
    assert desk.house.calls == []
    await archive.click()
    await asking.get_by_role("button", name="Arkivér").click()
    assert (await desk.house.hears("click"))["confirm"] is True


async def test_a_choice_speaks_up_at_once_and_goes_back_after_a_no(desk: Desk) -> None:
    card = desk.house.world["channels"][0]["messages"][2]
    page = await desk.at()
    level = page.get_by_role("combobox", name="Flyt i cirklen")
    await level.click()
    await page.get_by_role("option", name="Samarbejde").click()
    told = await desk.house.hears("click")
    assert (told["action_id"], told["value"]) == ("level", "cooperation")
    assert told["values"] == {"acts": {"level": "cooperation"}}
    await expect(level).to_have_value("Samarbejde")
    card["blocks"][1]["elements"][4]["confirm"] = scene.SURE
    await page.reload()
    await level.click()
    await page.get_by_role("option", name="Partnerskab").click()
    await page.get_by_role("button", name="Behold").click()
    await expect(level).to_have_value("")
    assert desk.house.calls == []


async def test_a_menu_is_walked_by_keyboard(desk: Desk) -> None:
    page = await desk.at()
    await page.get_by_role("button", name="Flere valg").press("Enter")
    await expect(page.get_by_role("menuitem", name="Om en uge")).to_be_focused()
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("button", name="Flere valg")).to_be_focused()
    await page.keyboard.press("Enter")
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Enter")
    told = await desk.house.hears("click")
    assert (told["action_id"], told["value"]) == ("later", "30")


async def test_a_date_in_a_message_speaks_up_when_it_is_whole(desk: Desk) -> None:
    page = await desk.at()
    await page.get_by_label("Vælg en dato").fill("2026-12-24")
    assert (await desk.house.hears("click"))["value"] == "2026-12-24"


async def test_an_app_that_does_not_answer_is_said_so(desk: Desk) -> None:
    desk.house.answers["click"] = lambda _: {"ok": False, "error": "operation_timeout"}
    page = await desk.at()
    await page.get_by_role("button", name="Ret").click()
    sentence = "Vi havde problemer med at forbinde. Prøv igen."
    await expect(page.get_by_role("alert").filter(has_text=sentence)).to_be_visible()


# --- modals ---


async def test_a_form_carries_what_was_touched(desk: Desk) -> None:
    dialog = await desk.open(*scene.FORM)
    await dialog.get_by_label("Hvem er det?").fill("Springbræt")
    await dialog.get_by_label("Note").fill("én\nto")
    await dialog.get_by_role("radio", name="Delvist").check()
    await dialog.get_by_role("checkbox", name="Læringsrum").check()
    await dialog.get_by_label("Dato").fill("2026-12-24")
    await dialog.get_by_label("Klokken").fill("14:45")
    await dialog.get_by_label("Mødet").fill("2026-07-01T10:00")
    await dialog.get_by_label("Timer").fill("2.5")
    await dialog.get_by_label("Mail").fill("anne@example.org")
    await dialog.get_by_label("Beskrivelse").fill("lang tekst")
    assert await submitted(desk, dialog) == {
        "b_name": {"name": "Springbræt"},
        "b_note": {"note": "én\nto"},
        "b_pull": {"pull": "partly"},
        "b_rooms": {"rooms": ["meet", "learn"]},
        "b_date": {"date": "2026-12-24"},
        "b_time": {"time": "14:45"},
        "b_moment": {"moment": 1782892800},
        "b_hours": {"hours": "2.5"},
        "b_mail": {"mail": "anne@example.org"},
        "b_rich": {"rich": "lang tekst"},
    }


async def test_an_emptied_field_is_told_as_empty(desk: Desk) -> None:
    dialog = await desk.open(form_field("date"), form_field("rooms"), form_field("goals"))
    await dialog.get_by_label("Dato").fill("")
    await dialog.get_by_role("checkbox", name="Møderum").uncheck()
    await dialog.get_by_role("button", name="Fjern Leg").click()
    assert await submitted(desk, dialog) == {
        "b_date": {"date": None},
        "b_rooms": {"rooms": []},
        "b_goals": {"goals": []},
    }


async def test_selects_are_filtered_by_typing_and_chosen_by_keyboard(desk: Desk) -> None:
    dialog = await desk.open(LEVEL, form_field("owner"), form_field("knows"), form_field("channel"))
    level = dialog.get_by_role("combobox", name="Plads i cirklen")
    await expect(level).to_have_value("Netværk")
    await level.fill("part")
    await expect(dialog.get_by_role("option")).to_have_count(1)
    await level.press("Enter")
    await expect(level).to_have_value("Partnerskab")
    owner = dialog.get_by_role("combobox", name="Tovholder")
    await expect(owner).to_have_value("Mette Holm")
    await owner.fill("ingen af dem")
    await expect(dialog.get_by_text("Ingen fundet")).to_be_visible()
    await owner.press("Tab")
    await expect(owner).to_have_value("Mette Holm")
    knows = dialog.get_by_role("combobox", name="Kender dem")
    await knows.click()
    await dialog.get_by_role("option", name="Ali Demir").click()
    await dialog.get_by_role("option", name="Emma Clark").click()
    await dialog.get_by_role("option", name="Ali Demir").click()
    await dialog.get_by_role("option", name="Mette Holm").click()
    await knows.press("Backspace")
    channel = dialog.get_by_role("combobox", name="Kanal")
    await channel.press("ArrowDown")
    await expect(dialog.get_by_role("option", name="#ledelse")).to_have_count(0)
    await channel.press("ArrowDown")
    await channel.press("Enter")
    assert await submitted(desk, dialog) == {
        "b_level": {"level": "partnership"},
        "b_knows": {"knows": ["U05"]},
        "b_channel": {"channel": "C02"},
    }


async def test_an_optional_choice_can_be_cleared(desk: Desk) -> None:
    block = form_field("talk")
    element = {**block["element"], "initial_conversation": "C02"}
    dialog = await desk.open({**block, "element": element})
    talk = dialog.get_by_role("combobox", name="Samtale")
    await expect(talk).to_have_value("venner-af-huset")
    await dialog.get_by_role("button", name="Ryd valget").click()
    await expect(talk).to_have_value("")
    assert await submitted(desk, dialog) == {"b_talk": {"talk": None}}


async def test_an_external_select_asks_the_app_while_one_types(desk: Desk) -> None:
    desk.house.answers["suggest"] = lambda told: {
        "options": [scene.option(f"{told['value']}bræt", "p1", "forening"), scene.option("B", "p2")]
    }
    dialog = await desk.open(form_field("partner"))
    partner = dialog.get_by_role("combobox", name="Partner")
    await partner.click()
    await expect(dialog.get_by_text("Skriv mindst 2 tegn")).to_be_visible()
    await partner.press_sequentially("spring")
    await dialog.get_by_role("option", name="springbræt forening").click()
    told = await desk.house.hears("suggest")
    assert (told["view_id"], told["block_id"], told["action_id"]) == ("V1", "b_partner", "partner")
    await expect(partner).to_have_value("springbræt")
    assert await submitted(desk, dialog) == {"b_partner": {"partner": "p1"}}


async def test_groups_of_suggestions_and_their_failure(desk: Desk) -> None:
    group = {"label": scene.plain("Foreninger"), "options": [scene.option("Springbræt", "p1")]}
    desk.house.answers["suggest"] = lambda _: {"option_groups": [group]}
    dialog = await desk.open(form_field("partner"))
    partner = dialog.get_by_role("combobox", name="Partner")
    await partner.fill("sp")
    options = dialog.get_by_role("group", name="Foreninger").get_by_role("option")
    await expect(options).to_have_text("Springbræt")
    desk.house.answers["suggest"] = lambda _: {"ok": False, "error": "operation_timeout"}
    await partner.fill("spr")
    await expect(dialog.get_by_text("Forslagene kunne ikke hentes")).to_be_visible()


async def test_files_are_uploaded_and_told_by_id(desk: Desk) -> None:
    desk.house.answers["upload"] = lambda _: {"id": "F0NEW00001"}
    dialog = await desk.open(form_field("sheet"))
    file: Any = {"name": "liste.csv", "mimeType": "text/csv", "buffer": b"navn\n"}
    await dialog.get_by_label("Regneark").set_input_files(file)
    await expect(dialog.get_by_text("liste.csv")).to_be_visible()
    assert await submitted(desk, dialog) == {"b_sheet": {"sheet": ["F0NEW00001"]}}


async def test_submit_waits_and_errors_stand_under_their_fields(desk: Desk) -> None:
    gate = desk.house.gates["submit"] = asyncio.Event()
    wrong = {"b_name": "Skriv, hvem det er."}
    desk.house.answers["submit"] = lambda _: {"ok": False, "by": "client", "errors": wrong}
    dialog = await desk.open(NAME, NOTE)
    save = dialog.get_by_role("button", name="Gem")
    await save.click()
    await expect(save).to_be_disabled()
    await desk.house.happen()
    await expect(save).to_be_disabled()
    gate.set()
    await expect(save).to_be_enabled()
    name = dialog.get_by_label("Hvem er det?")
    await expect(dialog.get_by_text("Skriv, hvem det er.")).to_be_visible()
    await expect(name).to_be_focused()
    await expect(name).to_have_attribute("aria-invalid", "true")
    await desk.house.happen()
    await expect(dialog.get_by_text("Skriv, hvem det er.")).to_be_visible()
    await name.fill("Springbræt")
    await expect(dialog.get_by_text("Skriv, hvem det er.")).to_be_hidden()
    await expect(name).not_to_have_attribute("aria-invalid", "true")


async def test_a_modal_says_when_the_app_did_not_answer(desk: Desk) -> None:
    desk.house.answers["submit"] = lambda _: {
        "ok": False,
        "error": "operation_timeout",
        "errors": {},
    }
    dialog = await desk.open(NAME)
    await dialog.get_by_label("Hvem er det?").fill("Springbræt")
    await dialog.get_by_role("button", name="Gem").click()
    await expect(dialog.get_by_role("alert").first).to_have_text(
        "Vi havde problemer med at forbinde. Prøv igen."
    )
    await expect(dialog.get_by_label("Hvem er det?")).to_have_value("Springbræt")


async def test_an_error_without_its_field_stands_above_the_form(desk: Desk) -> None:
    wrong = {"b_gone": "Feltet er væk."}
    desk.house.answers["submit"] = lambda _: {"ok": False, "by": "app", "errors": wrong}
    dialog = await desk.open(NAME)
    await dialog.get_by_role("button", name="Gem").click()
    await expect(dialog.get_by_role("alert").first).to_have_text("Feltet er væk.")


async def test_a_click_that_fails_in_a_modal_is_said_in_the_modal(desk: Desk) -> None:
    gate = desk.house.gates["click"] = asyncio.Event()
    desk.house.answers["click"] = lambda _: {"ok": False, "error": "dispatch_failed"}
    dialog = await desk.open(*scene.FORM)
    await dialog.get_by_role("button", name="Udfyld mere").dblclick()
    gate.set()
    await expect(dialog.get_by_text("Vi havde problemer med at forbinde.")).to_be_visible()
    assert [name for name, _ in desk.house.calls] == ["click"]


async def test_an_update_keeps_what_is_typed_where_the_field_is_the_same(desk: Desk) -> None:
    dialog = await desk.open(NAME, NOTE)
    name = dialog.get_by_label("Hvem er det?")
    await name.press_sequentially("Springbræt")
    await name.evaluate("field => field.setSelectionRange(2, 5)")
    other = scene.field("Ny", {"type": "plain_text_input", "action_id": "n", "initial_value": "x"})
    await desk.change(scene.section("Vi har måske allerede *Springbræt*.", "warn"), NAME, other)
    await expect(dialog.get_by_text("Vi har måske allerede")).to_be_visible()
    await expect(dialog.get_by_label("Note")).to_have_count(0)
    await expect(name).to_have_value("Springbræt")
    await expect(name).to_be_focused()
    assert await name.evaluate("field => [field.selectionStart, field.selectionEnd]") == [2, 5]
    await expect(dialog.get_by_label("Ny")).to_have_value("x")
    assert await submitted(desk, dialog) == {"b_name": {"name": "Springbræt"}}


async def test_an_update_changes_an_untouched_field_and_its_choices(desk: Desk) -> None:
    dialog = await desk.open(LEVEL, NAME)
    level = dialog.get_by_role("combobox", name="Plads i cirklen")
    options = [scene.option("Muligt", "possible"), scene.option("Pænt nej", "no")]
    element = {**LEVEL["element"], "options": options, "initial_option": options[1]}
    await desk.change({**LEVEL, "element": element}, NAME)
    await expect(level).to_have_value("Pænt nej")
    await level.click()
    await expect(dialog.get_by_role("option")).to_have_text(["Muligt", "Pænt nej"])


async def test_a_button_in_a_modal_carries_the_form(desk: Desk) -> None:
    dialog = await desk.open(*scene.FORM)
    await dialog.get_by_label("Hvem er det?").fill("Springbræt")
    await dialog.get_by_role("button", name="Udfyld mere").click()
    told = await desk.house.hears("click")
    assert (told["view_id"], told["action_id"]) == ("V1", "more")
    assert told["values"] == {"b_name": {"name": "Springbræt"}}


async def test_a_field_that_dispatches_tells_the_app_on_enter(desk: Desk) -> None:
    dialog = await desk.open({**NAME, "dispatch_action": True})
    await dialog.get_by_label("Hvem er det?").fill("Spring")
    await dialog.get_by_label("Hvem er det?").press("Enter")
    assert (await desk.house.hears("click"))["value"] == "Spring"
    assert desk.house.calls == []


async def test_enter_in_a_field_submits(desk: Desk) -> None:
    dialog = await desk.open(NAME)
    await dialog.get_by_label("Hvem er det?").fill("Springbræt")
    await dialog.get_by_label("Hvem er det?").press("Enter")
    assert (await desk.house.hears("submit"))["view_id"] == "V1"


async def test_escape_closes_the_list_first_and_then_the_modal(desk: Desk) -> None:
    def close(_told: scene.Json) -> scene.Json:
        desk.house.world["views"].pop()
        return {}

    desk.house.answers["close"] = close
    dialog = await desk.open(LEVEL)
    await dialog.get_by_role("combobox").click()
    await desk.page.keyboard.press("Escape")
    await expect(dialog.get_by_role("option")).to_have_count(0)
    await expect(dialog).to_be_visible()
    await desk.page.keyboard.press("Escape")
    assert (await desk.house.hears("close"))["view_id"] == "V1"
    await expect(dialog).to_be_hidden()


async def test_a_modal_keeps_the_focus_inside_and_gives_it_back(desk: Desk) -> None:
    def opens(_told: scene.Json) -> scene.Json:
        desk.house.world["views"] = [scene.modal("V1", "Tilføj partner", [NAME])]
        return {}

    def closes(_told: scene.Json) -> scene.Json:
        desk.house.world["views"] = []
        return {}

    desk.house.answers = {"click": opens, "close": closes}
    page = await desk.at()
    await page.get_by_role("button", name="Ret").click()
    dialog = desk.modal()
    await expect(dialog.get_by_label("Hvem er det?")).to_be_focused()
    for _ in range(6):
        await page.keyboard.press("Tab")
        await expect(dialog.locator(":focus")).to_have_count(1)
    await dialog.get_by_role("button", name="Fortryd").click()
    await expect(dialog).to_be_hidden()
    await expect(page.get_by_role("button", name="Ret")).to_be_focused()


async def test_a_pushed_view_lies_above_one_that_keeps_its_input(desk: Desk) -> None:
    dialog = await desk.open(NAME, NOTE)
    await dialog.get_by_label("Hvem er det?").fill("Springbræt")
    desk.house.world["views"].append(scene.modal("V2", "Udfyld mere", [NAME]))
    await desk.house.happen()
    more = desk.modal("Udfyld mere")
    await expect(more.get_by_label("Hvem er det?")).to_have_value("")
    await expect(dialog).to_be_hidden()
    desk.house.world["views"].pop()
    await desk.house.happen()
    await expect(more).to_be_hidden()
    await expect(dialog.get_by_label("Hvem er det?")).to_have_value("Springbræt")


# --- the page itself ---


async def test_home_is_opened_and_its_buttons_name_the_view(desk: Desk) -> None:
    page = await desk.at()
    await page.get_by_role("link", name="Home").click()
    await desk.house.hears("home")
    await expect(page.get_by_role("heading", name="God morgen, Sofie 👋")).to_be_visible()
    await page.get_by_role("button", name="Notér kontakt").first.click()
    told = await desk.house.hears("click")
    assert (told["view_id"], told["action_id"]) == ("VHOME", "home_note")


async def test_news_appear_while_one_writes(desk: Desk) -> None:
    page = await desk.at()
    await desk.composer().press_sequentially("halvt fær")
    messages = desk.house.world["channels"][0]["messages"]
    messages.append(scene.message(scene.NOW - 10, "Noteret: *Springbræt*, i dag"))
    await desk.house.happen()
    await expect(page.get_by_text("Noteret: Springbræt, i dag")).to_be_in_viewport()
    await expect(desk.composer()).to_be_focused()
    await expect(desk.composer()).to_have_value("halvt fær")


async def test_a_draft_waits_in_its_channel(desk: Desk) -> None:
    page = await desk.at()
    await desk.composer().fill("halvt færdig")
    await page.get_by_role("link", name="generelt").click()
    await expect(desk.composer("Skriv til #generelt")).to_have_value("")
    await page.go_back()
    await expect(desk.composer()).to_have_value("halvt færdig")


async def test_the_address_says_who_and_where(desk: Desk) -> None:
    page = await desk.at("/")
    await page.get_by_label("Vis som").select_option("U02")
    await expect(page).to_have_url(re.compile("user=U02"))
    await page.get_by_role("link", name="venner-af-huset").click()
    await expect(page).to_have_url(f"{desk.url}/?user=U02&channel=C02")
    await expect(page).to_have_title("venner-af-huset – Byens Bibliotek")
    # a dash of that length stands between a name and its house
    await page.reload()
    await expect(page.get_by_label("Vis som")).to_have_value("U02")
    await expect(desk.composer("Skriv til #venner-af-huset")).to_be_visible()


async def test_a_channel_with_news_is_marked_until_it_is_seen(desk: Desk) -> None:
    page = await desk.at()
    link = page.get_by_role("link", name="venner-af-huset")
    await expect(link).not_to_have_attribute("data-unread", "")
    friends = desk.house.world["channels"][1]["messages"]
    friends.append(scene.message(scene.NOW + 60, "Venner af huset"))
    await desk.house.happen()
    await expect(link).to_have_attribute("data-unread", "")
    await link.click()
    await expect(link).not_to_have_attribute("data-unread", "")


async def test_the_clock_is_wound(desk: Desk) -> None:
    def wound(_told: scene.Json) -> scene.Json:
        desk.house.world["now"] = "2026-12-01T09:00:00+01:00"
        return {}

    desk.house.answers["clock"] = wound
    page = await desk.at()
    await page.get_by_role("button", name="Næste tirsdag").click()
    assert (await desk.house.hears("clock"))["now"] == "2026-12-01T09:00:00+01:00"
    await expect(page.get_by_text("Tirsdag den 1. december 2026")).to_be_visible()
    await page.get_by_role("button", name="+1 dag").click()
    assert (await desk.house.hears("clock"))["advance"] == 86400
    await page.get_by_role("button", name="+8 uger").click()
    assert (await desk.house.hears("clock"))["advance"] == 8 * 7 * 86400
    await page.get_by_role("button", name="Næste arbejdsmorgen").click()
    assert (await desk.house.hears("clock"))["now"] == "2026-12-02T08:00:00+01:00"


async def test_a_clock_that_cannot_go_says_why(desk: Desk) -> None:
    desk.house.answers["clock"] = lambda _: {"ok": False, "behind": ["bot"]}
    page = await desk.at()
    await page.get_by_role("button", name="+1 dag").click()
    await expect(page.get_by_text("appen er ikke fulgt med endnu")).to_be_visible()


async def test_a_phone_shows_one_pane_at_a_time(desk: Desk) -> None:
    await desk.page.set_viewport_size({"width": 390, "height": 844})
    page = await desk.at("/")
    places = page.get_by_role("navigation", name="Arbejdsrum")
    await expect(desk.composer()).to_be_hidden()
    await page.get_by_role("link", name="venner-af-huset").click()
    await expect(places).to_be_hidden()
    await page.get_by_role("link", name="2 svar").click()
    await expect(page.get_by_role("textbox", name="Svar i tråden")).to_be_visible()
    await expect(desk.composer("Skriv til #venner-af-huset")).to_be_hidden()
    wide = await page.evaluate("document.documentElement.scrollWidth")
    assert wide == 390
    await page.get_by_role("link", name="Tilbage til kanalen").click()
    await page.get_by_role("link", name="Tilbage til listen").click()
    await expect(places).to_be_visible()


@pytest.mark.parametrize("path", ["/?channel=C01", "/?channel=@home", "/?channel=C02"])
async def test_nothing_is_wider_than_a_phone(desk: Desk, path: str) -> None:
    await desk.page.set_viewport_size({"width": 390, "height": 844})
    page = await desk.at(path)
    surfaces = page.locator(".log, .home")
    wide = await surfaces.evaluate_all("all => all.map(one => one.scrollWidth - one.clientWidth)")
    assert wide == [0]


async def test_scripts_in_texts_do_not_run(desk: Desk) -> None:
    evil = "<img src=x onerror=alert(1)><script>alert(1)</script>"
    blocks = [scene.section(evil, "b"), {"type": "markdown", "block_id": "m", "text": evil}]
    desk.house.world["channels"][2]["messages"] = [scene.message(scene.NOW, evil, blocks)]
    desk.house.answers["suggest"] = lambda _: {"options": [scene.option(evil, "p1")]}
    desk.house.world["views"] = [scene.modal("V1", "Tilføj partner", [form_field("partner")])]
    page = await desk.at("/?channel=C03")
    await page.get_by_role("combobox", name="Partner").fill("spring")
    option = desk.modal().get_by_role("option")
    await expect(option).to_have_text(evil)
    await option.click()
    assert await page.locator("img[src=x], #app script").count() == 0
