"""Partners that are offered to a colleague: who is asked how often, and when it is over."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.contact import Contact, Kind
from bot.partner import Partner, RelationType
from bot.workspace import Frequency
from storage import contact as contacts_of
from storage import partner as register_of
from storage.database import Connection
from tests.handlers.deliveries import TEAM
from tests.handlers.library import Json, Library, elements, said
from tests.handlers.library_settings import decide
from tests.handlers.test_reminder import (
    ALI,
    DAY,
    METTE,
    SOFIE,
    WEEK,
    chose,
    hand_to_ali,
    letters,
    partner_morning,
    put_later,
    quiet,
    stored,
    use,
    wind,
)

KAREN = "U01"
ASKS = "spørger, om du vil være tovholder for"


@pytest.fixture
async def on(library: Library) -> Library:
    await decide(library, coordinators=(KAREN,), switched_on=True)
    await wind(library, library.house.clock.now() + 5 * WEEK)
    return library


async def give(library: Library, number: int, to: str | None) -> None:
    """As on the card."""

    def save(conn: Connection, team: str) -> Partner:
        before = register_of.existing(conn, team, number, lock=True)
        after = replace(before, responsible=to)
        now = library.house.clock.now()
        return register_of.update(conn, team, before, after, by=SOFIE, now=now)

    await library.store.write(save, TEAM)


async def leaves(library: Library, partners: int, **ties: Any) -> list[int]:
    """Mette leaves with that many partners, and Karen hears of it on a working morning."""
    await partner_morning(library, before=DAY - timedelta(hours=1))
    numbers = [await quiet(library, f"Forening {n:02}", **ties) for n in range(partners)]
    await library.control("members", id=METTE, deleted=True)
    await letters(library, KAREN)
    return numbers


async def ask_all(library: Library) -> str:
    """What Karen is told after the press."""
    done = await use(library, "reminder_left_ask", KAREN, nth=0)
    assert done["ok"], done
    channels = (await library.state(KAREN))["channels"]
    private = [m for c in channels if c["is_im"] for m in c["messages"] if m["ephemeral"]]
    return said(private[-1])


def asked_about(messages: list[Json]) -> int:
    return sum(said(one).count(ASKS) for one in messages)


async def test_who_knows_twelve_of_them_is_asked_in_one_message(on: Library) -> None:
    await leaves(on, 12, deputy=SOFIE)
    told = await ask_all(on)
    assert "Jeg spørger om 12 af dem." in told
    (letter,) = await letters(on, SOFIE)
    assert asked_about([letter]) == 10
    assert "Og to mere på fanen Home" in said(letter)
    assert "Du får den, fordi du kender dem" in said(letter)


async def test_pressed_again_it_asks_nobody_twice(on: Library) -> None:
    await leaves(on, 2, deputy=SOFIE)
    await quiet(on, "Repair Café Vest")
    await ask_all(on)
    assert asked_about(await letters(on, SOFIE)) == 2
    await use(on, "reminder_decline", SOFIE)
    again = await ask_all(on)
    assert "Én af dem venter på svar." in again
    assert "Ingen har noteret, at de kender Repair Café Vest." in again
    assert "Alle, der kender Forening 00, er spurgt eller er væk." in again
    await wind(on, on.house.clock.now() + 3 * DAY)
    assert asked_about(await letters(on, SOFIE)) == 1  # the other, in the one message


async def listed(library: Library) -> str:
    """What the coordinator reads of them."""
    done = await use(library, "reminder_left_list", KAREN, nth=0)
    assert done["ok"], done
    shown = said(await library.view(KAREN))
    await library.close(KAREN)
    return shown


async def test_the_list_tells_what_one_must_know_to_find_somebody(on: Library) -> None:
    museum, _ = await leaves(on, 2, deputy=SOFIE, known_by=(ALI,))
    now = on.house.clock.now()
    met = Contact(museum, Kind.MET, now.replace(month=9).date(), ALI, now)
    await on.store.write(contacts_of.note, TEAM, met)
    shown = await listed(on)
    assert "Forening 00 · netværk Sidste kontakt i september. Kendes af Sofie og Ali." in shown
    assert "Forening 01 · netværk Ingen kontakt er noteret. Kendes af Sofie og Ali." in shown
    await ask_all(on)
    assert "Kendes af Sofie og Ali. Sofie er spurgt." in await listed(on)
    await use(on, "reminder_decline", SOFIE)
    assert "Kendes af Sofie og Ali. Har ikke sagt ja: Sofie." in await listed(on)


async def test_a_step_of_one_who_left_says_on_the_coordinators_home_why_it_is_there(
    on: Library,
) -> None:
    day = on.house.clock.now().date()
    await on.known(responsible=METTE, next_step="sende datoer", next_step_on=day)
    assert "sende datoer" not in said(await on.home(KAREN))
    await on.control("members", id=METTE, name="mette", real_name="Mette", deleted=True)
    home = said(await on.home(KAREN))
    assert "Springbræt: sende datoer" in home
    assert "Der er ingen tovholder lige nu, og du er koordinator." in home


async def test_the_coordinator_sees_on_home_whom_she_asked_and_what_they_say(on: Library) -> None:
    await leaves(on, 2, deputy=SOFIE)
    await ask_all(on)
    home = said(await on.home(KAREN))
    assert "Forening 00: Du har spurgt @U06." in home
    await use(on, "reminder_decline", SOFIE)
    await use(on, "reminder_accept", SOFIE)
    home = said(await on.home(KAREN))
    assert "@U06 sagde ja og er nu tovholder for Forening 01." in home
    assert "Forening 00: @U06 kan ikke lige nu." in home


async def test_who_said_no_gives_way_to_the_next(on: Library) -> None:
    (number,) = await leaves(on, 1, deputy=SOFIE, known_by=(ALI,))
    await ask_all(on)
    await use(on, "reminder_decline", SOFIE)
    await ask_all(on)
    await use(on, "reminder_accept", ALI)
    assert (await stored(on, number)).responsible == ALI


async def test_what_no_colleague_has_chosen_keeps_to_the_budget(on: Library) -> None:
    await leaves(on, 1, deputy=SOFIE)
    await chose(on, SOFIE, frequency=Frequency.NEVER)
    await ask_all(on)
    await wind(on, on.house.clock.now() + WEEK)
    assert not await letters(on, SOFIE)
    assert ASKS in said(await on.home(SOFIE))


async def test_an_offer_takes_nothing_from_whoever_has_it_by_then(on: Library) -> None:
    number = await hand_to_ali(on)
    await letters(on, ALI)
    await give(on, number, SOFIE)
    assert ASKS not in said(await on.home(ALI))
    await use(on, "reminder_accept", ALI, nth=0)
    assert (await stored(on, number)).responsible == SOFIE
    await partner_morning(on)
    assert "Byens Museum" in said((await letters(on, SOFIE))[-1])  # who has it is asked


async def test_an_answer_that_comes_too_late_is_none(on: Library) -> None:
    number = await hand_to_ali(on)
    await letters(on, ALI)
    await wind(on, on.house.clock.now() + 2 * WEEK)
    await use(on, "reminder_accept", ALI, nth=0)
    assert (await stored(on, number)).responsible == METTE


async def test_an_offer_that_is_over_before_it_is_told_is_not_told(on: Library) -> None:
    number = await hand_at_night(on)
    await give(on, number, SOFIE)
    await wind(on, on.house.clock.now() + DAY)
    assert not await letters(on, ALI)


async def hand_at_night(library: Library) -> int:
    """Ali hears of it in the morning."""
    number = await quiet(library)
    morning = await partner_morning(library)
    await wind(library, morning + timedelta(hours=12))
    await put_later(library, "hand_over", number)
    assert (await library.submit({"to": ALI}))["ok"]
    assert not await letters(library, ALI)
    return number


async def test_a_step_is_handed_over_with_its_partner_and_stands_where_that_is_said(
    on: Library,
) -> None:
    morning = await partner_morning(on, before=DAY / 2)
    step: Json = {"next_step": "sende datoer", "next_step_on": morning.date()}
    number = await on.known(responsible=METTE, **step)
    await partner_morning(on)
    await use(on, "reminder_later", value=f"hand_over:step.{number}")
    form = said(await on.view(METTE))
    assert "Springbræt Næste skridt: sende datoer" in form
    assert "Jeg spørger, om din kollega vil være tovholder. Indtil der er svar, er du det." in form
    assert (await on.submit({"to": ALI}))["ok"]
    (letter,) = await letters(on, ALI)
    assert "Næste skridt: sende datoer (" in said(letter)
    assert "Næste skridt: sende datoer (" in said(await on.home(ALI))


async def test_who_hands_over_a_colleagues_reads_nothing_about_herself(on: Library) -> None:
    number = await quiet(on, deputy=SOFIE)
    away = (on.house.clock.now() + 4 * WEEK).date()
    await chose(on, METTE, away_until=away)
    await partner_morning(on)
    await use(on, "reminder_later", SOFIE, value=f"hand_over:care.{number}")
    form = said(await on.view(SOFIE))
    assert "Jeg spørger, om din kollega vil være tovholder." in form
    assert "er du det" not in form


async def test_what_is_no_partner_is_called_what_it_is(on: Library) -> None:
    sponsor = {"relation_type": RelationType.SPONSOR, "next_step": "ring"}
    morning = await partner_morning(on, before=DAY / 2)
    number = await quiet(on, next_step_on=morning.date(), **sponsor)
    on_day = on.house.clock.now().replace(month=9)
    contact = Contact(number, Kind.TALKED, on_day.date(), METTE, on_day)
    await on.store.write(contacts_of.note, TEAM, contact)
    await partner_morning(on)
    await use(on, "reminder_later", value=f"hand_over:step.{number}")
    assert (await on.submit({"to": ALI}))["ok"]
    (letter,) = await letters(on, ALI)
    assert "Byens Museum (sponsor, sidste kontakt i september)." in said(letter)


async def test_whoever_asked_sees_on_home_that_it_waits_and_that_nobody_answered(
    on: Library,
) -> None:
    await hand_to_ali(on)
    waits = "Byens Museum: Du har spurgt @U03. Indtil der er svar, er den din."
    assert waits in said(await on.home(METTE))
    assert waits not in said(await on.home(ALI))
    await wind(on, on.house.clock.now() + 15 * DAY)
    home = await on.home(METTE)
    assert "Byens Museum: @U03 har ikke svaret i to uger. Den er stadig din." in said(home)
    await on.press_on_home("Spørg en anden", METTE)
    assert "Byens Museum" in said(await on.view(METTE))
    await on.close(METTE)
    await wind(on, on.house.clock.now() + 2 * WEEK)
    assert "har ikke svaret" not in said(await on.home(METTE))


async def test_a_no_stands_in_her_letter_and_on_home_at_once(on: Library) -> None:
    await hand_to_ali(on)
    await use(on, "reminder_decline", ALI)
    shown = said((await letters(on, METTE))[0])
    assert "@U03 kan ikke lige nu. Byens Museum er stadig din." in shown
    assert "Har I talt sammen?" in shown
    home = said(await on.home(METTE))
    assert "Byens Museum: @U03 kan ikke lige nu. Den er stadig din." in home


async def test_a_yes_stands_in_her_letter_and_on_home_at_once(on: Library) -> None:
    morning = await partner_morning(on, before=DAY / 2)
    number = await on.known(responsible=METTE, next_step="ring", next_step_on=morning.date())
    await partner_morning(on)
    await use(on, "reminder_later", value=f"hand_over:step.{number}")
    assert (await on.submit({"to": ALI}))["ok"]
    await on.close(METTE)
    await use(on, "reminder_accept", ALI)
    yes = "@U03 sagde ja og er nu tovholder for Springbræt."
    assert yes in said((await letters(on, METTE))[0])
    assert yes in said(await on.home(METTE))


async def test_a_coordinator_hears_of_a_no_although_it_is_not_hers(on: Library) -> None:
    await leaves(on, 1, deputy=SOFIE)
    await ask_all(on)
    await use(on, "reminder_decline", SOFIE)
    await wind(on, on.house.clock.now() + 2 * DAY)
    letter = (await letters(on, KAREN))[-1]
    assert "@U06 kan ikke tage Forening 00 lige nu." in said(letter)
    assert "Du får det at vide, fordi du har spurgt." in said(letter)
    ways = [element["action_id"] for _, element in elements(letter)]
    assert not any(way.startswith("reminder_release") for way in ways)
    assert any(way.startswith("reminder_ask_other") for way in ways)


async def test_a_deputy_hears_of_the_answer_and_keeps_it_as_it_was(on: Library) -> None:
    number = await quiet(on, deputy=SOFIE)
    away = (on.house.clock.now() + 4 * WEEK).date()
    await chose(on, METTE, away_until=away)
    await partner_morning(on)
    done = await use(on, "reminder_later", SOFIE, value=f"hand_over:care.{number}")
    assert done["ok"], done
    assert (await on.submit({"to": ALI}, SOFIE))["ok"]
    assert "du hører, hvad svaret er" in said(await on.view(SOFIE))
    await on.close(SOFIE)
    await use(on, "reminder_decline", ALI)
    await wind(on, on.house.clock.now() + 2 * DAY)
    assert "@U03 kan ikke tage Byens Museum lige nu." in said((await letters(on, SOFIE))[-1])
