"""The decision after a round: corrected, beside the partner's own step, on a day of work."""

from datetime import timedelta
from typing import Any

from bot.partner import Partner
from storage import partner as register_of
from tests.handlers.library import Library, elements, said
from tests.handlers.tjek_rounds import (
    ALI,
    METTE,
    SOFIE,
    answers,
    asked,
    decided,
    decided_in_form,
    press_thread,
    ready,
    thread,
    working_day,
)

WORDS = "springbræt: sommerfest"
THEIR_STEP = "Send Freja tre mulige datoer"
DAYS = ("mandag", "tirsdag", "onsdag", "torsdag", "fredag")
CONDITION = "next_step.go_on_if"


async def shown(library: Library, **partner: Any) -> int:
    """The answers about a partner are there to be talked about."""
    await ready(library)
    number = await library.known("Springbræt", **partner)
    await asked(library, ALI, words=WORDS, own={"hours": "no"})
    await answers(library, ALI)
    return number


async def go_on_if(library: Library, **fields: Any) -> None:
    day = f"{working_day(library, 7)}"
    typed = {CONDITION: "Hvis klubben selv har nøgler", "next_step_on": day}
    done = await decided(library, "go_on_if", reason="Vi vil gerne", **typed | fields)
    assert done["ok"], done


async def partner(library: Library, number: int) -> Partner:
    return await library.store.read(register_of.existing, "T01", number)


async def chosen(library: Library, block: str) -> str:
    view = await library.view()
    return next(str(e["initial_option"]["value"]) for b, e in elements(view) if b == block)


async def test_a_colleagues_next_step_is_kept_unless_one_says_otherwise(library: Library) -> None:
    day = working_day(library, 9)
    own = {"next_step": THEIR_STEP, "next_step_on": day}
    number = await shown(library, responsible=SOFIE, **own)
    await go_on_if(library)
    kept = await partner(library, number)
    assert (kept.next_step, kept.next_step_on) == (THEIR_STEP, day)
    assert "Ja, hvis klubben selv har nøgler" in said((await thread(library))[-1])
    await library.close()

    await press_thread(library, METTE, "Ret beslutningen")
    view = await library.view()
    assert "Partneren har allerede et næste skridt" in str(view)
    assert THEIR_STEP in str(view)
    assert await chosen(library, "theirs") == "keep"
    done = await library.submit({"theirs": "replace"})
    assert done["ok"], done
    assert (await partner(library, number)).next_step == "Få afklaret, om klubben selv har nøgler"


async def test_ones_own_next_step_is_replaced_unless_one_keeps_it(library: Library) -> None:
    number = await shown(library, responsible=METTE, next_step=THEIR_STEP)
    await press_thread(library, METTE, "Skriv beslutningen")
    await decided_in_form(library, "find_out", reason="Hm")
    assert await chosen(library, "theirs") == "replace"
    fields = {"next_step.find_out": "Spor", "who": [ALI], "theirs": "keep"}
    done = await library.submit(fields)
    assert done["ok"], done
    assert (await partner(library, number)).next_step == THEIR_STEP


async def test_a_correction_begins_with_all_that_was_filled_in(library: Library) -> None:
    number = await shown(library)
    await go_on_if(library, who=[ALI, SOFIE])
    await library.close()
    await press_thread(library, METTE, "Ret beslutningen")
    held = dict(elements(await library.view()))
    assert held[CONDITION]["initial_value"] == "Hvis klubben selv har nøgler"
    assert held["next_step_on"]["initial_date"] == f"{working_day(library, 7)}"
    assert held["who"]["initial_users"] == [ALI, SOFIE]
    assert "theirs" not in held, "the partner's next step is this decision's own"
    done = await library.submit({"reason": "Vi vil meget gerne"})
    assert done["ok"], done
    now = await partner(library, number)
    assert now.next_step == "Få afklaret, om klubben selv har nøgler – Ali og Sofie"
    assert now.next_step_on == working_day(library, 7)


async def test_a_step_on_a_day_off_is_moved_and_that_is_said(library: Library) -> None:
    number = await shown(library)
    today = library.house.clock.now().date()
    sunday = today + timedelta(days=20 - today.weekday())
    await go_on_if(library, next_step_on=f"{sunday}")
    shown_last = said(await library.view())
    assert f"Søndag den {sunday.day}. " in shown_last
    assert "er ikke en arbejdsdag, så jeg har valgt den næste." in shown_last
    moved = (await partner(library, number)).next_step_on
    assert moved
    assert moved > sunday
    day = f"{DAYS[moved.weekday()]} den {moved.day}. "
    assert f"afklaret senest {day}" in said((await thread(library))[-1])


async def test_who_corrects_after_the_letter_is_told_what_the_partner_knows(
    library: Library,
) -> None:
    told = "Partneren fik brevet med det pæne nej"
    await shown(library)
    await decided(library, "kindly_no", reason="Vi mangler timer")
    await library.close()
    await press_thread(library, METTE, "Ret beslutningen")
    assert told not in said(await library.view())
    await library.close()
    await library.write("springbræt")
    await library.press("Vis")
    await library.press("Skriv brevet")
    await library.submit({"reasons": ["hours"]})
    await library.submit({})
    await library.close()
    await press_thread(library, METTE, "Ret beslutningen")
    assert told in said(await library.view())
