import asyncio
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from bot.circle import Level, Move, Why
from bot.circle_picture import Missing, Way
from bot.partner import Kind, Room
from bot.translation import Translator
from bot.workspace import Language
from handlers import circle_picture
from handlers.circle_kept import KEPT, Kept, Pictures
from storage import circle
from storage import workspace as settings_of
from tests.handlers.library import Json, Library, elements, opened, said

PNG = b"\x89PNG\r\n"
DANISH = Translator(Language.DANISH)
FINDING = "Cirklen, uge 48: 1 partnerskab, 0 samarbejder, 1 i netværket."
NOT_ALLOWED = "Jeg må ikke sende filer endnu. Bed den, der passer Partnerbot, om at installere"
MISSING = "Billedet kom ikke med denne gang."


async def house(library: Library) -> int:
    """A partnership and one in the network; the number of the latter."""
    await library.known("Byens Museum", level=Level.PARTNERSHIP, kind=Kind.CULTURE)
    return await library.known("Danseskolen Trin", kind=Kind.FIRM, rooms=(Room.PERFORMATIVE,))


async def moved(library: Library, number: int) -> None:
    now = library.house.clock.now()
    step = Move(number, Level.NETWORK, Level.COLLABORATION, Why.ACTIVITY, "U03", now)
    await library.store.write(circle.move, "T01", step)


def picture(message: Json) -> str | None:
    """The file in the message's image block."""
    images = [block for block in message["blocks"] if block["type"] == "image"]
    return str(images[0]["slack_file"]["id"]) if images else None


async def content(library: Library, file: str) -> bytes:
    async with library.http.get(f"{library.sandbox.url}/_sandbox/files/{file}") as answer:
        return await answer.read()


async def uploads(library: Library) -> list[Json]:
    return await library.log("upload")


async def asked(library: Library, words: str = "cirkel", **more: Any) -> Json:
    await library.write(words, **more)
    return await library.message(more.get("user", "U02"))


async def test_the_circle_is_shown_with_what_it_says(library: Library) -> None:
    await house(library)
    message = await asked(library)
    assert f"{FINDING} Siden 26. okt. har ingen flyttet sig." in said(message)
    (image,) = [block for block in message["blocks"] if block["type"] == "image"]
    assert image["alt_text"] == message["text"]
    assert (await content(library, image["slack_file"]["id"])).startswith(PNG)
    assert [element["text"]["text"] for _, element in elements(message)] == [
        "Vis efter rum",
        "Se hvide pletter",
        "Hent som A3 (PDF)",
    ]


async def test_it_is_drawn_once_until_something_changes(library: Library) -> None:
    number = await house(library)
    first = picture(await asked(library))
    assert picture(await asked(library, user="U03")) == first
    assert len(await uploads(library)) == 1
    await moved(library, number)
    message = await asked(library)
    assert "1 samarbejde, 0 i netværket. Siden 26. okt. én indad (Danseskolen Trin)." in said(
        message
    )
    assert picture(message) != first
    assert len(await uploads(library)) == 2
    assert first
    assert (await content(library, first)).startswith(PNG)  # it stands in the answers before


async def test_what_does_not_show_does_not_draw_it_anew(library: Library) -> None:
    await house(library)
    first = picture(await asked(library))
    await library.known("En sponsor", relation_type="sponsor")
    assert picture(await asked(library)) == first
    assert len(await uploads(library)) == 1


async def test_another_process_finds_the_file_that_slack_has(tmp_path: Path) -> None:
    file = tmp_path / "partnerbot.db"
    async with opened(file, data=tmp_path / "slack") as library:
        await house(library)
        first = picture(await asked(library))
    async with opened(file, data=tmp_path / "slack") as library:
        assert picture(await asked(library)) == first
        assert not await uploads(library)


async def test_a_better_wording_hangs_on_the_picture_at_once(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As with a new version, which finds the file that Slack has from the one before."""
    await house(library)
    first = picture(await asked(library))
    monkeypatch.setattr(circle_picture, "finding", lambda *_: "Cirklen i andre ord.")
    library.house.pictures.drop_team("T01")
    message = await asked(library)
    assert "Cirklen i andre ord." in said(message)
    assert picture(message) not in {first, None}


async def test_ten_at_once_draw_it_once(library: Library) -> None:
    await house(library)
    client = await library.house.teams.client("T01")
    assert client is not None
    shown = (circle_picture.shown(library.house, client, "T01", DANISH) for _ in range(10))
    assert len({one and one.file_id for one in await asyncio.gather(*shown)}) == 1
    assert len(await uploads(library)) == 1


async def test_it_is_turned_around_in_place(library: Library) -> None:
    await house(library)
    by_kind = picture(await asked(library))
    await library.press("Vis efter rum")
    message = await library.message()
    assert picture(message) not in {by_kind, None}
    assert "Vis efter slags" in str(message["blocks"])
    await library.press("Vis efter slags")
    assert picture(await library.message()) == by_kind
    assert picture(await asked(library, "cirkel rum")) == picture(message)


async def test_in_english_for_who_wants_it(library: Library) -> None:
    await house(library)
    now = library.house.clock.now()
    await library.store.write(settings_of.set_language, "T01", "U02", Language.ENGLISH, now)
    told = said(await asked(library, "circle"))
    assert "The circle, week 48: 1 partnership, 0 collaborations, 1 in the network." in told
    assert "Since 26 Oct nobody has moved." in told


async def test_an_empty_register_has_a_picture_too(library: Library) -> None:
    message = await asked(library)
    assert "Cirklen, uge 48: her står ingen endnu." in said(message)
    assert picture(message)


async def test_a_guest_sees_nothing(library: Library) -> None:
    await house(library)
    await library.control("members", id="U03", name="ali", is_restricted=True)
    message = await asked(library, user="U03")
    assert picture(message) is None
    assert "Partnerbot er for bibliotekets ansatte" in said(message)


async def test_without_the_right_to_send_files_the_words_come(library: Library) -> None:
    await house(library)
    await library.control("faults", method="files.getUploadURLExternal", error="missing_scope")
    message = await asked(library)
    assert FINDING in said(message)
    assert NOT_ALLOWED in said(message)
    assert MISSING not in said(message)
    assert picture(message) is None
    assert picture(await asked(library))  # the next time it is tried again


async def test_a_picture_that_did_not_come_may_come_in_a_while(library: Library) -> None:
    await house(library)
    fault = {"method": "files.getUploadURLExternal", "error": "internal_error"}
    await library.control("faults", **fault)
    message = await asked(library)
    assert MISSING in said(message)
    assert NOT_ALLOWED not in said(message)


@pytest.mark.parametrize("times", [1, 2])
async def test_a_file_that_slack_looks_over_first_comes_a_little_later(
    library: Library, times: int
) -> None:
    await house(library)
    fault = {"method": "response_url", "match": "slack_file", "error": "invalid_blocks"}
    await library.control("faults", **fault, status=400, times=times)
    message = await asked(library)
    assert picture(message)
    assert MISSING not in said(message)


async def test_a_file_that_slack_does_not_show_is_left_out_and_sent_anew(library: Library) -> None:
    await house(library)
    first = picture(await asked(library))
    fault = {"method": "response_url", "match": "slack_file", "error": "invalid_blocks"}
    await library.control("faults", **fault, status=400, times=3)
    message = await asked(library)
    assert FINDING in said(message)
    assert MISSING in said(message)
    assert picture(await asked(library)) not in {first, None}


async def test_another_trouble_is_none_of_the_picture(library: Library) -> None:
    await house(library)
    first = picture(await asked(library))
    await library.control("faults", method="response_url", times=1, status=503)
    assert "Det gik galt hos mig" in said(await asked(library))
    assert picture(await asked(library)) == first


async def test_for_a_thread_it_is_a_file_with_words(library: Library) -> None:
    number = await house(library)
    now = library.house.clock.now()
    await moved(library, number)
    drawn = await circle_picture.drawn(
        library.house, "T01", DANISH, Way.ROOM, since=now - timedelta(days=7)
    )
    assert drawn.png.startswith(PNG)
    assert drawn.alt.endswith("Siden sidst én indad (Danseskolen Trin).")
    again = await circle_picture.drawn(library.house, "T01", DANISH)
    assert again.alt.endswith("Siden 26. okt. én indad (Danseskolen Trin).")
    assert not await uploads(library)


async def test_the_page_for_the_wall_comes_as_a_file(library: Library) -> None:
    await house(library)
    await library.known("Anne Holm", kind=Kind.INDIVIDUAL)
    await asked(library)
    await library.press("Hent som A3 (PDF)")
    assert "Cirklen til væggen er på vej" in said(await library.message())
    file = next(one for one in (await library.state())["files"] if one["name"].endswith(".pdf"))
    assert file["name"] == "cirklen-2026-11-23.pdf"
    (page,) = PdfReader(BytesIO(await content(library, file["id"]))).pages
    text = page.extract_text()
    assert "Biblioteket: cirklen, mandag den 23. november 2026" in text
    assert "Netværkscirklen, efter Byg partnerskaber!" in text
    assert "Byens Museum" in text
    assert "Holm" not in text


async def test_a_page_that_cannot_be_sent_is_told_of(library: Library) -> None:
    await house(library)
    await asked(library)
    await library.control("faults", method="files.getUploadURLExternal", error="missing_scope")
    await library.press("Hent som A3 (PDF)")
    channels = (await library.state())["channels"]
    told = [said(m) for channel in channels if channel["is_im"] for m in channel["messages"]]
    assert NOT_ALLOWED in told[-1]


def test_only_the_last_pictures_are_kept() -> None:
    pictures = Pictures()
    for number in range(KEPT + 1):
        pictures.put((f"T{number}", "kind", "da"), Kept("", "", ""))
    assert pictures.get(("T0", "kind", "da")) is None
    assert pictures.get((f"T{KEPT}", "kind", "da"))
    pictures.sent(f"T{KEPT}", allowed=False)
    assert pictures.missing(f"T{KEPT}") is Missing.NOT_ALLOWED
    pictures.drop_team(f"T{KEPT}")
    assert pictures.missing(f"T{KEPT}") is Missing.NOT_NOW
    assert pictures.get((f"T{KEPT}", "kind", "da")) is None
