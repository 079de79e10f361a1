"""What a decision leaves to be done reaches whoever was chosen for it."""

from datetime import timedelta
from typing import Any

from bot.workspace import Language
from storage import partner as register_of
from storage import workspace as settings_of
from tests.handlers.library import Json, Library, elements, said
from tests.handlers.tjek_rounds import (
    ALI,
    METTE,
    SOFIE,
    answers,
    asked,
    decided,
    decided_in_form,
    direct,
    press_direct,
    press_thread,
    ready,
    settled,
)

STEP = "next_step.find_out"
WHAT = "Spor og Penge"


async def shown(library: Library, words: str = "Pixelværket: fast VR-rum") -> None:
    """The answers are there to be talked about."""
    await ready(library)
    await asked(library, ALI, words=words, own={"money": "unknown"})
    await answers(library, ALI, {"money": "unknown"})


async def find_out(library: Library, *who: str, what: str = WHAT, **more: Any) -> Json:
    given = {STEP: what, "who": list(who or (ALI,)), **more}
    done = await decided(library, "find_out", reason="Vi ved for lidt", **given)
    assert done["ok"], done
    await library.close()
    return done


async def told(library: Library, user: str) -> list[str]:
    """What the bot has written to that person about next steps."""
    return [said(one) for one in await direct(library, user) if "skridt" in said(one)]


def five_days_on(library: Library) -> str:
    day = library.house.clock.now().date()
    for _ in range(5):
        day += timedelta(days=1)
        while day.weekday() > 4:
            day += timedelta(days=1)
    return f"{day.day}."


async def test_who_is_chosen_is_told_and_has_it_on_home_until_it_is_done(library: Library) -> None:
    await shown(library)
    await find_out(library)
    (message,) = await told(library, ALI)
    assert "@U02 har skrevet dig på det næste skridt med Pixelværket: fast VR-rum:" in message
    assert WHAT in message
    home = said(await library.home(ALI))
    assert f"Pixelværket: fast VR-rum: {WHAT} (" in home
    assert five_days_on(library) in home
    assert WHAT not in said(await library.home(METTE))
    await library.press_on_home("Gjort", ALI)
    assert WHAT not in said(await library.home(ALI))


async def test_from_the_message_it_is_done_too(library: Library) -> None:
    await shown(library)
    await find_out(library, ALI, SOFIE)
    await press_direct(library, ALI, "Gjort")
    assert "Gjort: det næste skridt med Pixelværket" in (await told(library, ALI))[-1]
    assert WHAT not in said(await library.home(SOFIE))
    await press_direct(library, SOFIE, "Gjort")
    assert "Det er allerede gjort" in str(await library.state(SOFIE))


async def test_who_chose_herself_is_not_told_but_has_it_on_home(library: Library) -> None:
    await shown(library)
    await find_out(library, METTE)
    assert not await told(library, METTE)
    assert WHAT in said(await library.home(METTE))


async def test_it_is_said_in_the_language_of_the_one_who_reads_it(library: Library) -> None:
    await shown(library)
    now = library.house.clock.now()
    await library.store.write(settings_of.set_language, "T01", SOFIE, Language.ENGLISH, now)
    library.house.forget("T01")
    await find_out(library, SOFIE)
    assert "has put you down for the next step with" in said((await direct(library, SOFIE))[-1])


async def test_a_changed_decision_changes_who_sees_to_it(library: Library) -> None:
    await shown(library)
    await find_out(library)
    for who, what in (([ALI, SOFIE], WHAT), ([SOFIE], "Penge")):
        await press_thread(library, METTE, "Ret beslutningen")
        given: Json = {"reason": "Vi ved for lidt", STEP: what, "who": who}
        done = await decided_in_form(library, "find_out", **given)
        assert done["ok"], done
        await library.close()
    assert len(await told(library, ALI)) == 1
    assert len(await told(library, SOFIE)) == 2
    assert WHAT not in said(await library.home(ALI))
    assert "fast VR-rum: Penge (" in said(await library.home(SOFIE))
    await press_thread(library, METTE, "Ret beslutningen")
    await decided_in_form(library, "go_on", reason="Vi fandt ud af det")
    assert "Penge" not in said(await library.home(SOFIE))


async def test_a_partners_step_stands_once_and_goes_from_the_card_when_it_is_done(
    library: Library,
) -> None:
    await ready(library)
    number = await library.known("Springbræt", responsible=ALI)
    await asked(library, ALI, words="springbræt: sommerfest", own={"money": "unknown"})
    await answers(library, ALI, {"money": "unknown"})
    await find_out(library)
    partner = await library.store.read(register_of.existing, "T01", number)
    assert partner.next_step.startswith(WHAT)
    assert said(await library.home(ALI)).count(WHAT) == 1
    await library.press_on_home("Gjort", ALI)
    partner = await library.store.read(register_of.existing, "T01", number)
    assert (partner.next_step, partner.next_step_on) == ("", None)
    assert WHAT not in said(await library.home(ALI))


async def test_a_step_that_is_past_is_asked_about_without_blame(library: Library) -> None:
    await shown(library)
    await find_out(library)
    await library.control("clock", advance=20 * 86400, jump=True)
    await settled(library)
    assert "Er det gjort?" in said(await library.home(ALI))


async def test_the_form_proposes_a_working_day_and_says_who_hears_of_it(library: Library) -> None:
    await shown(library)
    await press_thread(library, METTE, "Skriv beslutningen")
    view = await library.view()
    ids = {"action_id": "tjek_round_choice", "block_id": "tjek_round_choice"}
    await library.control("click", user=METTE, view_id=view["id"], value="find_out", **ids)
    view = await library.view()
    days = {name: str(e.get("initial_date")) for name, e in elements(view)}
    assert days["next_step_on"].endswith(f"-{int(five_days_on(library)[:-1]):02}")
    assert "Dem, du vælger, får besked af mig" in said(view)
