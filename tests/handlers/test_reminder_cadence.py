"""How often is asked about partners, chosen for the library and for one partner on its card."""

from datetime import timedelta

import pytest

from bot.partner import RelationType
from bot.reminder_cadence import Cadence, Place
from storage import reminder_cadence as care_of
from tests.handlers.deliveries import TEAM
from tests.handlers.library import Library, said
from tests.handlers.library_settings import decide, open_menu

KAREN, METTE = "U01", "U02"


@pytest.fixture
async def ours(library: Library) -> Library:
    await decide(library, coordinators=(KAREN,))
    return library


async def open_cadences(library: Library, user: str = KAREN) -> None:
    await open_menu(library, user)
    view = await library.view(user)
    ids = {"action_id": "reminder_cadences", "block_id": "library.cadences"}
    done = await library.control("click", user=user, view_id=view["id"], **ids)
    assert done["ok"], done


async def chosen(library: Library) -> dict[Place, Cadence]:
    return await library.store.read(care_of.library, TEAM)


async def test_the_library_chooses_its_own_days_and_goes_back_to_the_usual(ours: Library) -> None:
    await open_cadences(ours)
    shown = said(await ours.view(KAREN))
    assert "Netværk: jeg spørger 270" in shown
    assert "Normalt 180 og 270." in shown
    assert "På vej: står på Home. Jeg spørger: kommer om tirsdagen." in shown
    assert (await ours.submit({"ask.network": "300", "on_the_way.network": "200"}, KAREN))["ok"]
    assert await chosen(ours) == {Place.NETWORK: Cadence(200, 300)}
    await ours.close(KAREN)
    await open_cadences(ours)
    assert (await ours.submit({"ask.network": "270", "on_the_way.network": "180"}, KAREN))["ok"]
    assert await chosen(ours) == {}


async def test_days_that_cannot_be_meant_are_told_at_their_field(ours: Library) -> None:
    await open_cadences(ours)
    told = await ours.submit({"ask.trial": "3"}, KAREN)
    assert told["errors"] == {"ask.trial": "Vælg et antal dage fra 7 til 730."}
    told = await ours.submit({"ask.trial": "45", "on_the_way.trial": "60"}, KAREN)
    assert list(told["errors"]) == ["on_the_way.trial"]
    told = await ours.submit({"ask.trial": "45", "on_the_way.trial": "0"}, KAREN)
    assert told["errors"] == {"on_the_way.trial": "Vælg et antal dage fra 1 til 45."}
    assert await chosen(ours) == {}


async def test_two_coordinators_who_change_different_places_keep_both(ours: Library) -> None:
    await decide(ours, coordinators=(KAREN, METTE))
    await open_cadences(ours)
    await open_cadences(ours, METTE)
    assert (await ours.submit({"ask.network": "300"}, KAREN))["ok"]
    assert (await ours.submit({"ask.possible": "90"}, METTE))["ok"]
    assert set(await chosen(ours)) == {Place.NETWORK, Place.POSSIBLE}


async def test_a_partner_has_its_own_days_until_they_are_emptied(ours: Library) -> None:
    number = await ours.known()
    await ours.write("Springbræt")
    await ours.press("Hvor tit?")
    assert "på vej efter 180 dage, og jeg spørger efter 270" in said(await ours.view())
    told = await ours.submit({"ask": "30"})
    assert told["errors"] == {"on_the_way": "Skriv begge tal, eller lad begge felter stå tomme."}
    assert (await ours.submit({"ask": "30", "on_the_way": "20"}))["ok"]
    await ours.close()
    own, _ = await ours.store.read(care_of.own, TEAM, number)
    assert own == Cadence(20, 30)
    await ours.write("Springbræt")
    assert "Jeg spørger efter 30 dage uden kontakt, når der er en tovholder." in said(
        await ours.message()
    )
    await ours.press("Hvor tit?")
    assert (await ours.submit({"ask": None, "on_the_way": None}))["ok"]
    assert await ours.store.read(care_of.own, TEAM, number) == (None, None)


async def test_a_sponsors_agreement_has_an_end_that_is_to_come(ours: Library) -> None:
    number = await ours.known("Sparekassen", relation_type=RelationType.SPONSOR)
    today = ours.house.clock.now().date()
    await ours.write("Sparekassen")
    await ours.press("Aftalen")
    told = await ours.submit({"agreement_ends": str(today - timedelta(days=2))})
    assert told["errors"] == {"agreement_ends": "Vælg en dag, i dag eller senere."}
    ends = today + timedelta(days=100)
    assert (await ours.submit({"agreement_ends": str(ends)}))["ok"]
    assert await ours.store.read(care_of.own, TEAM, number) == (None, ends)
    await ours.close()
    await ours.write("Sparekassen")
    assert "Aftalen udløber" in said(await ours.message())
