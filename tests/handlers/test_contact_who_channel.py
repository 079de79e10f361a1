"""An answer is shown in the channel after it was kept, and only where the bot may write."""

import pytest

from tests.handlers.library import Json, Library, said
from tests.handlers.library_settings import decide
from tests.handlers.wire import fault, held_up, let_go


async def asked(library: Library, words: str = "Springbræt", **more: str) -> None:
    """A question stands in the channel."""
    settings: Json = {"coordinators": ("U01",), "partner_channel": "C01", "switched_on": True}
    await decide(library, **settings)
    await library.write(f"hvem {words}", "U06")
    await library.press("Spørg i kanalen", "U06")
    assert (await library.submit({"who_about": "partner"} | more, "U06"))["ok"]


async def updates(library: Library) -> int:
    """How often a message in a channel was to be changed."""
    return len([entry for entry in await library.log("api") if entry["name"] == "chat.update"])


async def test_switched_off_an_old_question_stays_as_it_is(library: Library) -> None:
    await library.known()
    await asked(library)
    await decide(library, switched_on=False)
    await library.press_in_channel("Jeg kender dem", "U03")
    assert "Nu står du på kortet" in said(await library.message("U03", "C01"))
    assert "@U03" not in said((await library.in_channel())[0])
    assert await updates(library) == 0


async def test_switched_on_again_the_next_answer_shows_them_all(library: Library) -> None:
    await library.known()
    await asked(library)
    await decide(library, switched_on=False)
    await library.press_in_channel("Jeg kender dem", "U03")
    await decide(library, switched_on=True)
    await library.press_in_channel("Jeg kender dem", "U02")
    assert "@U03 og @U02 kender dem." in said((await library.in_channel())[0])


@pytest.mark.parametrize("change", [{"is_ext_shared": True}, {"is_archived": True}])
async def test_in_a_channel_that_others_see_now_nobody_is_named(
    library: Library, change: Json
) -> None:
    await library.known()
    await asked(library)
    await library.control("channels", id="C01", **change)
    await library.press_in_channel("Jeg kender dem", "U03")
    assert await updates(library) == 0
    assert "@U03" not in said((await library.in_channel())[0])


async def test_a_channel_that_cannot_be_looked_up_is_not_written_in(library: Library) -> None:
    await library.known()
    await asked(library)
    await fault(library, "conversations.info", error="internal_error")
    await library.press_in_channel("Jeg kender dem", "U03")
    assert "Nu står du på kortet" in said(await library.message("U03", "C01"))
    assert "@U03" not in said((await library.in_channel())[0])


async def test_the_answer_to_a_form_does_not_wait_for_the_channel(library: Library) -> None:
    await library.known()
    await asked(library, "robotter", who_about="topic")
    await library.press_in_channel("Jeg kender nogen", "U03")
    view = await library.view("U03")
    await held_up(library, "chat.update")
    values = {"who_name": {"who_name": "Robotlauget"}}
    done = await library.control(
        "submit", user="U03", view_id=view["id"], values=values, wait="ack"
    )
    assert "Robotlauget er nu i registret" in said(done["view"])
    await let_go(library, "chat.update")
    await library.look("idle?quiet_ms=100")
    assert "Robotlauget kendes af @U03." in said((await library.in_channel())[0])
