from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.circle import Level, Move, Why
from bot.circle_activity import Activity
from bot.circle_trial import Trial
from bot.partner import ContactPerson, Partner
from bot.reminder_handover import Handover, State
from bot.workspace import Language
from storage import circle, circle_activity, circle_trial
from storage import reminder_handover as handovers
from storage.database import Connection
from tests.handlers.library import Library, said
from tests.handlers.library_settings import decide
from tests.handlers.test_home import CHANNEL, TEAM, add, buttons, speak

AT = datetime(2026, 11, 20, 8, tzinfo=UTC)
KAREN = "U01"


async def coordinated(library: Library, **more: Any) -> None:
    await decide(library, coordinators=(KAREN,), switched_on=True, **CHANNEL, **more)


# Everybody.


async def test_everybody_sees_where_the_partners_stand_and_what_has_moved(
    library: Library,
) -> None:
    numbers = await add(
        library,
        Partner("Byens Museum", level=Level.COLLABORATION),
        *(Partner(f"Forening {n}") for n in range(5)),
    )
    for number in numbers[1:]:
        step = Move(number, Level.NETWORK, Level.COLLABORATION, Why.ACTIVITY, "U03", AT)
        await library.store.write(circle.move, TEAM, step)
    up = Move(numbers[0], Level.COLLABORATION, Level.PARTNERSHIP, Why.FRAME, "U03", AT)
    await library.store.write(circle.move, TEAM, up)
    shown = said(await library.home())
    assert "Cirklen Partnerskaber: 1 · Samarbejder: 5 · Netværk: 0" in shown
    assert "Flyttet siden 26. okt. Byens Museum – fra samarbejde til partnerskab" in shown
    assert "Forening 4 – fra netværk til samarbejde" in shown
    assert "Og 3 mere." in shown
    assert "Forening 2" not in shown
    await library.write("")
    assert "Cirklen" not in said(await library.message())


async def test_nothing_has_moved(library: Library) -> None:
    await add(library, Partner("Byens Museum"))
    assert "Siden 26. okt. er ingen flyttet i cirklen." in said(await library.home())


async def test_a_leader_without_a_partner_sees_the_house_and_her_page(library: Library) -> None:
    await add(library, Partner("Byens Museum", responsible="U03"))
    shown = await library.home("U06")
    assert "Dine partnere" not in said(shown)
    assert "Partnerskaber: 0 · Samarbejder: 0 · Netværk: 1" in said(shown)
    assert "Kvartalets side" in buttons(shown)
    assert "Kvartalets side" in buttons(await library.home("U03"))


async def test_what_has_a_day_is_on_the_way_for_whoever_it_is(library: Library) -> None:
    today = library.house.clock.now().date()
    trial, runs = await add(
        library,
        Partner("Byorkestret", responsible="U02", level=Level.COLLABORATION),
        Partner("Danseskolen Trin", known_by=("U02",), level=Level.COLLABORATION),
    )
    on = Trial(trial, today, today + timedelta(days=8), "U02", AT)
    await library.store.write(circle_trial.begin, TEAM, on)
    ends = Activity(runs, "forestilling", "U02", AT, ends_on=today + timedelta(days=3))
    await library.store.write(circle_activity.begin, TEAM, ends)
    shown = said(await library.home())
    assert (
        "På vej Torsdag den 26. november: det, I laver med Danseskolen Trin, slutter"
        " Tirsdag den 1. december: Byorkestret har været på prøve, og I skal beslutte"
    ) in shown
    assert "På vej" not in said(await library.home("U03"))


# The coordinator.


async def test_the_coordinator_sees_what_lacks_and_where_to_go(library: Library) -> None:
    await coordinated(library)
    anne = ContactPerson("Anne Holm", source="visitkort")
    (one, *_) = await add(
        library,
        Partner("Byens Museum", responsible="U03", people=(anne,)),
        Partner("Springbræt"),
        Partner("Kodeklubben"),
    )
    asks = Handover(one, "U06", "U03", library.house.clock.now(), responsible="U03")
    await library.store.write(handovers.offer, TEAM, asks)
    shown = await library.home(KAREN)
    assert "Til dig som koordinator To af vores partnere mangler en tovholder." in said(shown)
    assert "Én partner er ved at blive givet videre." in said(shown)
    assert "Én kontaktperson mangler at få besked" in said(shown)
    assert "Ingen evaluering er i gang." in said(shown)
    assert {"Hvide pletter", "Mål", "Kvartalets side", "Se året"} <= {*buttons(shown)}
    assert "koordinator" not in said(await library.home("U03"))


async def test_a_list_leads_to_the_cards_and_is_empty_once_they_have_somebody(
    library: Library,
) -> None:
    await coordinated(library)
    await add(library, *(Partner(f"Forening {n:02}") for n in range(41)))
    await library.home(KAREN)
    await library.press_on_home("Se listen", KAREN)
    view = await library.view(KAREN)
    assert "Uden tovholder" in said(view)
    assert "Forening 00 · netværk Der er ikke noteret nogen kontakt endnu." in said(view)
    assert "Side 1 af 3" in said(view)
    await library.press("Næste", KAREN)
    assert "Forening 20" in said(await library.view(KAREN))
    await library.press("Forrige", KAREN)
    assert "Side 1 af 3" in said(await library.view(KAREN))
    await library.press("Vis", KAREN)
    assert "Forening 00" in said(await library.view(KAREN))


async def test_those_on_offer_are_listed_without_a_colleagues_name(library: Library) -> None:
    await coordinated(library)
    (one,) = await add(library, Partner("Byens Museum", responsible="U03"))
    asks = Handover(one, "U06", "U03", library.house.clock.now(), responsible="U03")
    await library.store.write(handovers.offer, TEAM, asks)
    await library.home(KAREN)
    await library.press_on_home("Se listen", KAREN)
    view = said(await library.view(KAREN))
    assert "På vej videre" in view
    assert "Byens Museum" in view
    assert "U03" not in view
    await library.close(KAREN)
    await library.store.write(_declined, one, library.house.clock.now())
    await library.press_on_home("Se listen", KAREN)
    assert "Der er nogen til det hele nu." in said(await library.view(KAREN))


def _declined(conn: Connection, number: int, now: datetime) -> None:
    offer = handovers.open_about(conn, TEAM, [number], now)[number]
    handovers.settle(conn, TEAM, replace(offer, state=State.DECLINED, settled_at=now))


async def test_the_list_is_the_coordinators(library: Library) -> None:
    await coordinated(library)
    await add(library, Partner("Byens Museum"))
    view = await library.home(KAREN)
    await decide(library, coordinators=("U03",))
    ids = {"action_id": "home_list.unheld", "block_id": "home_lacks.home_list.unheld"}
    await library.control("click", user=KAREN, **ids, view_id=view["id"])
    assert "Det kan kun koordinatoren" in said(await library.view(KAREN))


@pytest.mark.parametrize(("user", "heading"), [(KAREN, "You coordinate"), ("U05", "The circle")])
async def test_the_house_speaks_english_to_who_chose_it(
    library: Library, user: str, heading: str
) -> None:
    await coordinated(library)
    await add(library, Partner("Byens Museum"))
    await speak(library, user, Language.ENGLISH)
    shown = said(await library.home(user))
    assert heading in shown
    assert "Partnerships: 0 · Collaborations: 0 · Network: 1" in shown
    assert "Since 26 Oct nobody has moved in the circle." in shown
