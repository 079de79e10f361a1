"""A partner's next step whose day has passed: done, or put off, from Home itself."""

from datetime import timedelta

from bot.partner import Partner
from storage import partner as register_of
from tests.handlers.library import Json, Library, elements, said

METTE = "U02"
STEP = "send datoer til Freja"


async def overdue(library: Library) -> int:
    today = library.house.clock.now().date()
    late: Json = {"next_step": STEP, "next_step_on": today - timedelta(days=3)}
    number = await library.known("Springbræt", responsible=METTE, **late)
    assert "Er det gjort, eller er der en ny dato?" in said(await library.home(METTE))
    return number


async def stored(library: Library, number: int) -> Partner:
    return await library.store.read(register_of.existing, "T01", number)


async def test_a_step_that_is_done_goes_from_home_and_from_the_card(library: Library) -> None:
    number = await overdue(library)
    done = await library.press_on_home("Gjort")
    assert done["ok"], done
    assert STEP not in said(await library.home(METTE))
    now = await stored(library, number)
    assert (now.next_step, now.next_step_on) == ("", None)


async def test_a_step_gets_a_new_date(library: Library) -> None:
    number = await overdue(library)
    done = await library.press_on_home("Ny dato")
    assert done["ok"], done
    day = library.house.clock.now().date() + timedelta(days=40)
    done = await library.submit({"next_step_on": f"{day}"})
    assert done["ok"], done
    assert (await stored(library, number)).next_step_on == day
    await library.close()
    assert STEP not in said(await library.home(METTE))


async def test_a_step_to_come_is_not_asked_about(library: Library) -> None:
    today = library.house.clock.now().date()
    soon: Json = {"next_step": STEP, "next_step_on": today + timedelta(days=3)}
    await library.known("Springbræt", responsible=METTE, **soon)
    view = await library.home(METTE)
    assert STEP in said(view)
    assert "Ny dato" not in [e["text"]["text"] for _, e in elements(view) if "text" in e]


async def test_done_twice_or_meanwhile_another_step_is_left_alone(library: Library) -> None:
    number = await overdue(library)
    other = {"next_step": "ring til Freja", "next_step_on": None}
    before = await stored(library, number)
    await library.store.write(
        register_of.update,
        "T01",
        before,
        Partner(**{**vars(before), **other}),
        by="U03",
        now=library.house.clock.now(),
    )
    await library.press_on_home("Gjort")
    assert (await stored(library, number)).next_step == "ring til Freja"
