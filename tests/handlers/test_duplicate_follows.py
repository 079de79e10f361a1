"""What a partner has gathered goes along when two cards become one, and comes back.

Other systems lost it: the merged record's history, its tasks and its notes (Twenty issue 6276,
Django-CRM issue 636).
"""

from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.circle import Level
from bot.partner import ContactPerson
from tests.handlers.duplicates import card, joined, parted, stored
from tests.handlers.library import Json, Library, said
from tests.handlers.tjek_rounds import (
    ALI,
    METTE,
    SOFIE,
    YES,
    answers,
    asked,
    decided,
    direct,
    parent,
    press_direct,
    ready,
    settled,
    thread,
    wound_past_deadline,
)

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
ANNE = ContactPerson("Anne Holm", "formand", "anne@springbraet.dk", source="messen")
NEXT = "send datoer til Freja"


async def two(library: Library, **of_new: Any) -> tuple[int, int]:
    """Springbræt, which stays, and Læsefidusen, which becomes part of it."""
    old = await library.known("Springbræt", people=(ANNE,))
    await library.control("clock", advance=60)
    return old, await library.known("Læsefidusen", **of_new)


async def test_history_tasks_and_notes_go_along_and_come_back(library: Library) -> None:
    today = library.house.clock.now().date()
    step: Json = {"next_step": NEXT, "next_step_on": today - timedelta(days=3)}
    old, new = await two(library, responsible=METTE, **step)
    await library.write("kontakt læsefidusen talte om sommeren")
    await library.write("niveau læsefidusen")
    assert (await library.submit({"activity": "yes"}))["ok"]
    assert (await library.submit({"what": "Læsekreds"}))["ok"]
    before = await card(library, "læsefidusen")
    assert NEXT in said(await library.home(METTE))

    await joined(library, old, new)
    shown = await card(library, "springbræt")
    for words in ("talte om sommeren", "Læsekreds", "fra netværk til samarbejde", NEXT, "Anne"):
        assert words in shown, words
    assert f"Springbræt: {NEXT}" in said(await library.home(METTE))

    await parted(library, "springbræt")
    assert await card(library, "læsefidusen") == before
    shown = await card(library, "springbræt")
    for words in ("talte om sommeren", "Læsekreds", "fra netværk til samarbejde", NEXT):
        assert words not in shown, words
    assert f"Læsefidusen: {NEXT}" in said(await library.home(METTE))
    assert (await stored(library, new)).level is Level.COLLABORATION


async def test_a_round_under_way_goes_on_and_is_decided_for_the_one_card(library: Library) -> None:
    await ready(library)
    old, new = await two(library)
    await asked(library, words="læsefidusen: fast VR-rum", own={"money": "unknown"})
    await answers(library, ALI, {"money": "unknown"})
    await library.close()
    await joined(library, old, new)
    await answers(library, SOFIE, {"hours": "no"})
    (message,) = await thread(library)
    assert "er her (3 af 3)" in said(message)
    step: Json = {"next_step.find_out": "Spor og Penge", "who": [ALI]}
    assert (await decided(library, "find_out", reason="Vi ved for lidt", **step))["ok"]
    await library.close()
    shown = await card(library, "springbræt")
    assert "fast VR-rum" in shown
    assert "Spor og Penge" in shown
    assert "Spor og Penge" in said(await library.home(ALI))
    assert (await stored(library, old)).next_step == "Spor og Penge – Ali"

    await parted(library, "springbræt")
    assert "fast VR-rum" in await card(library, "læsefidusen")
    assert "fast VR-rum" not in await card(library, "springbræt")
    await library.home(ALI)
    await library.press_on_home("Gjort", ALI)
    assert "Spor og Penge" not in said(await library.home(ALI))
    kept = await stored(library, old)
    assert kept.next_step == "Spor og Penge – Ali", "it was noted on this card since"


async def test_a_round_that_nobody_ends_is_shown_at_its_deadline(library: Library) -> None:
    await ready(library)
    old, new = await two(library)
    await asked(library, words="læsefidusen: fast VR-rum", own=YES)
    await library.close()
    await joined(library, old, new)
    assert "har svaret" in said(await parent(library))
    await press_direct(library, ALI, "Svar")
    assert "fast VR-rum" in said(await library.view(ALI))
    await wound_past_deadline(library)
    assert [one for one in await thread(library) if "1 af 3" in said(one)]
    assert (await stored(library, new)).id == old


async def test_a_round_goes_on_when_two_are_taken_apart(library: Library) -> None:
    await ready(library)
    old, new = await two(library)
    await joined(library, old, new)
    await asked(library, words="springbræt: fast VR-rum", own=YES)
    await library.close()
    await parted(library, "springbræt")
    await answers(library, ALI, {})
    await answers(library, SOFIE, {})
    assert "3 af 3" in said((await thread(library))[0])
    assert (await decided(library, "go_on", reason="Ja"))["ok"]
    await library.close()
    assert "fast VR-rum" in await card(library, "springbræt")
    assert "fast VR-rum" not in await card(library, "læsefidusen")


async def test_what_is_about_to_be_said_is_said_of_the_one_card(library: Library) -> None:
    await ready(library)
    old, new = await two(library, responsible=ALI)
    now = library.house.clock.now().astimezone(COPENHAGEN)
    late = now.replace(hour=23) - now  # nobody is written to at that hour
    await library.control("clock", advance=late.total_seconds(), jump=True)
    await library.write("niveau læsefidusen")
    assert (await library.submit({"activity": "yes"}))["ok"]
    assert (await library.submit({"what": "Læsekreds"}))["ok"]
    await library.close()
    await joined(library, old, new)
    assert not [one for one in await direct(library, ALI) if "Læsekreds" in said(one)]
    # The week's message comes first, and at first there is one a week.
    await library.control("clock", advance=14 * 24 * 60 * 60)
    await settled(library)
    told = [said(one) for one in await direct(library, ALI) if "Læsekreds" in said(one)]
    assert len(told) == 1
    assert "Springbræt" in told[0]
