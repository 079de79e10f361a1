"""A large file: something to look at meanwhile, and then what came of it."""

import json

import pytest

from storage import partner
from tests.bot.import_files import workbook
from tests.handlers.library import Json, Library, said
from tests.handlers.test_import import answer, chosen, ours, previewed, read_in

__all__ = ["ours"]

WAITING = "Jeg læser filen og ser efter, hvad der vil ske."


async def submitted_at_once(library: Library) -> Json:
    """Press the form's button, and look as soon as it is answered."""
    view = await library.view("U01")
    how = {"user": "U01", "view_id": view["id"], "values": {}, "wait": "ack"}
    return await library.control("submit", **how)


async def clicked_at_once(library: Library, name: str, value: object) -> None:
    view = await library.view("U01")
    ids = {"view_id": view["id"], "block_id": name, "action_id": name}
    await library.control("click", user="U01", value=value, wait="ack", **ids)


async def shown(library: Library) -> str:
    await library.look("idle")
    return said(await library.view("U01"))


async def changes(library: Library) -> list[str]:
    """What the calls that change a modal said, in order."""
    calls = [call for call in await library.log("api") if call["name"] == "views.update"]
    views = (call["request"]["view"] for call in calls)
    return [said(json.loads(view) if isinstance(view, str) else view) for view in views]


async def test_while_a_large_file_is_read_it_says_so_and_then_what_would_happen(
    ours: Library,
) -> None:
    await chosen(ours)
    async with ours.house.reading:
        assert (await submitted_at_once(ours))["ok"]
        view = await ours.view("U01")
        assert WAITING in said(view)
        assert view["submit"] is None
    assert "2 er nye" in await shown(ours)
    assert (await ours.submit({}, "U01"))["ok"]
    assert await ours.store.read(partner.count, "T01") == 2


async def test_a_file_that_is_too_large_says_so_where_the_preview_would_be(
    ours: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.import_limits.MOST_PARTNERS", 1)
    await chosen(ours)
    async with ours.house.reading:
        assert (await submitted_at_once(ours))["ok"]
    assert "Der er mere end 1 partnere i filen. Del den" in await shown(ours)


async def test_while_a_file_is_stored_it_says_so_and_home_knows_afterwards(ours: Library) -> None:
    await ours.home("U01")
    await previewed(ours)
    async with ours.house.reading:
        assert (await submitted_at_once(ours))["ok"]
        assert "Jeg læser filen ind." in said(await ours.view("U01"))
    assert "foreninger.csv er læst ind: 2 var nye" in await shown(ours)
    drawn = [call for call in await ours.log("api") if call["name"] == "views.publish"]
    assert len(drawn) > 1


async def test_whoever_closes_the_window_meanwhile_is_left_alone(
    ours: Library, caplog: pytest.LogCaptureFixture
) -> None:
    await previewed(ours)
    async with ours.house.reading:
        await submitted_at_once(ours)
        view = await ours.view("U01")
        await ours.control("close", user="U01", view_id=view["id"], wait="ack")
    await ours.look("idle")
    assert await ours.store.read(partner.count, "T01") == 2
    assert not [record for record in caplog.records if record.levelname == "ERROR"]


async def test_while_an_answer_is_worked_out_nothing_can_be_pressed(
    ours: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("handlers.import_form.AT_ONCE", 0)
    await previewed(ours)
    await answer(ours, "import_take.6", "take")
    async with ours.house.reading:
        await clicked_at_once(ours, "import_again", None)
    assert "3 er nye" in await shown(ours)
    first, last = (await changes(ours))[-2:]
    assert WAITING in first
    assert "3 er nye" in last


async def test_what_goes_wrong_with_an_answer_is_said_where_the_preview_would_be(
    ours: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("handlers.import_form.AT_ONCE", 0)
    await previewed(ours)
    ours.sandbox.engine.team().files.clear()
    await clicked_at_once(ours, "import_again", None)
    assert "Filen er ikke i Slack længere." in await shown(ours)


async def test_the_ways_back_and_to_another_sheet_can_take_their_time(
    ours: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    sheets = {"Nu": [("Navn",), ("Springbræt",)], "Før": [("Navn",), ("Rotary",)]}
    await previewed(ours, workbook(sheets), "liste.xlsx")
    monkeypatch.setattr("handlers.import_form.AT_ONCE", 0)
    for name, value, text in (("import_back", None, "Springbræt"), ("import_sheet", "1", "Rotary")):
        async with ours.house.reading:
            await clicked_at_once(ours, name, value)
        await ours.look("idle")
        assert text in str(await ours.view("U01"))
        assert WAITING in (await changes(ours))[-2]


async def test_while_an_import_is_undone_it_says_so(
    ours: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    await read_in(ours)
    monkeypatch.setattr("handlers.import_form.AT_ONCE", 0)
    await ours.press("Fortryd indlæsningen", "U01")
    assert "Indlæsningen er fortrudt." in await shown(ours)
    first, _ = (await changes(ours))[-2:]
    assert "Jeg fortryder indlæsningen." in first


async def test_an_answer_and_the_button_pressed_together_show_what_would_happen_now(
    ours: Library,
) -> None:
    await previewed(ours)
    done = await ours.submit({"import_take.6": "take"}, "U01")
    assert done["ok"], done
    assert "3 er nye" in said(await ours.view("U01"))
    assert await ours.store.read(partner.count, "T01") == 0
    assert (await ours.submit({}, "U01"))["ok"]
    assert await ours.store.read(partner.count, "T01") == 3


async def test_the_form_of_a_wrong_file_still_says_it_at_the_field(ours: Library) -> None:
    done = await chosen(ours, b"\x89PNG\r\n\x1a\n" + bytes(100), "liste.csv")
    assert "billede" in done["errors"]["file"]
