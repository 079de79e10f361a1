"""Whom the circle's questions are asked of: somebody always, and the sentence says who."""

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from bot.circle import Level
from bot.workspace import Member
from storage import circle_question
from storage import workspace as settings_of
from storage.database import Connection
from storage.partner_tables import PARTNER
from tests.handlers.library import Library, said
from tests.handlers.library_settings import decide
from tests.handlers.test_circle import (
    DAY,
    EARLIER,
    TEAM,
    add,
    ahead,
    at_work,
    begin,
    close,
    fill,
    home,
    later,
    press_home,
    today,
)

KAREN, METTE, ALI, SOFIE = "U01", "U02", "U03", "U06"
ASKED = "Er der en aktivitet nu?"


async def nobodys(library: Library, name: str = "Springbræt", **more: Any) -> int:
    return await add(library, name, **{"responsible": None, **more})


async def leaves(library: Library, user: str) -> None:
    done = await library.control("members", id=user, name="x", deleted=True)
    assert done["ok"], done
    assert (await library.look("idle?quiet_ms=50"))["idle"]


async def is_away(library: Library, user: str, days: int) -> None:
    back = today(library) + timedelta(days=days)
    chosen = Member(away_until=back)
    await library.store.write(settings_of.save_member, TEAM, user, chosen, EARLIER)


async def talked_about(library: Library, user: str = METTE) -> str:
    """It is to be asked about in a month; the sentence that promises it."""
    await begin(library, user=user)
    shown = said(await fill(library, user, activity="maybe"))
    await fill(library, user)
    await close(library, user)
    return shown


async def who_is_asked(library: Library, words: str = ASKED, *, left: str = "") -> set[str]:
    people = {KAREN, METTE, ALI, SOFIE} - {left}
    return {user for user in people if words in said(await home(library, user))}


async def test_who_asks_for_it_is_asked_where_nobody_is_tied_to_them(library: Library) -> None:
    await decide(library, coordinators=(KAREN,))
    await nobodys(library)
    assert "Skal jeg spørge dig igen?" in await talked_about(library)
    await later(library, 30)
    assert await who_is_asked(library) == {METTE}


async def test_where_nobody_is_responsible_those_are_asked_who_know_them(library: Library) -> None:
    await nobodys(library, known_by=(ALI, SOFIE))
    assert "Skal jeg spørge @U03, @U06 igen?" in await talked_about(library)
    await later(library, 30)
    assert await who_is_asked(library) == {ALI, SOFIE}


async def test_the_responsible_is_asked_and_her_deputy_while_she_is_away(library: Library) -> None:
    await add(library, responsible=METTE, deputy=ALI, known_by=(SOFIE,))
    assert "Skal jeg spørge @U02 igen?" in await talked_about(library, SOFIE)
    await later(library, 30)
    assert await who_is_asked(library) == {METTE}
    await is_away(library, METTE, 5)
    assert await who_is_asked(library) == {METTE, ALI}


async def test_a_responsible_who_has_left_hides_the_question_from_nobody(library: Library) -> None:
    await add(library, responsible=METTE, known_by=(SOFIE,))
    await talked_about(library, ALI)
    await later(library, 30)
    await leaves(library, METTE)
    assert await who_is_asked(library, left=METTE) == {SOFIE}


async def test_where_all_have_left_the_coordinator_sees_it(library: Library) -> None:
    await decide(library, coordinators=(KAREN,))
    await nobodys(library)
    await talked_about(library)
    await later(library, 30)
    await leaves(library, METTE)
    assert await who_is_asked(library, left=METTE) == {KAREN}


async def test_a_next_step_of_a_partner_that_nobody_has_is_the_coordinators(
    library: Library,
) -> None:
    await decide(library, coordinators=(KAREN,))
    await nobodys(library, next_step="ring om foråret", next_step_on=today(library))
    assert await who_is_asked(library, "ring om foråret") == {KAREN}


async def test_after_an_activity_the_one_who_began_it_is_asked(library: Library) -> None:
    number = await nobodys(library)
    await begin(library)
    await fill(library, activity="yes")
    shown = said(await fill(library, what="en lektiecafé", ends_on=ahead(library, 5)))
    assert "To uger efter aktiviteten spørger jeg dig på fanen Home, hvad der så skal ske." in shown
    assert "Ingen er tovholder for dem, så jeg spørger dig" in shown
    await later(library, 19)
    assert await who_is_asked(library, "Hvad nu?") == {METTE}
    (question,) = await library.store.read(circle_question.open_of, TEAM, number)
    assert question.by == METTE


async def test_the_day_of_a_trial_is_asked_of_the_responsible(library: Library) -> None:
    await add(library, level=Level.COLLABORATION, responsible=SOFIE)
    await begin(library)
    await fill(library, repeated="yes", framed="maybe")
    days = at_work(library, 30)
    shown = said(await fill(library, decide_on=ahead(library, days)))
    assert "Den dag spørger jeg @U06 på fanen Home, hvad I har besluttet." in shown
    await later(library, days)
    assert await who_is_asked(library, "I dag skal I beslutte") == {SOFIE}


async def test_a_responsible_who_has_left_is_not_said_to_hear_of_it(library: Library) -> None:
    await decide(library, switched_on=True)
    await add(library, responsible=SOFIE)
    await leaves(library, SOFIE)
    await begin(library)
    await fill(library, activity="yes")
    shown = said(await fill(library, what="en lektiecafé"))
    assert "@U06 er tovholder, men er ikke i Slack længere, så jeg spørger dig" in shown
    assert "får besked" not in shown


@pytest.mark.parametrize("days", [0, 1])
async def test_maybe_twice_is_asked_about_once_and_on_the_later_day(
    library: Library, days: int
) -> None:
    number = await add(library)
    await talked_about(library)
    if days:
        await later(library, days)
    await talked_about(library)
    (question,) = await library.store.read(circle_question.open_of, TEAM, number)
    assert question.due_on == today(library) + 30 * DAY


async def test_hello_is_said_by_the_one_who_ended_it(library: Library) -> None:
    await nobodys(library, level=Level.COLLABORATION)
    await begin(library)
    await library.press("Slut pænt af")
    shown = said(await fill(library, reason="foreningen er nedlagt"))
    assert "minder jeg dig om at sige hej." in shown
    await close(library)
    await later(library, 365)
    assert await who_is_asked(library, "Vil I sige hej?") == {METTE}
    await press_home(library, "Vi har sagt hej")
    await close(library)
    await later(library, 365)
    assert await who_is_asked(library, "Vil I sige hej?") == {METTE}


async def test_an_old_button_about_a_partner_that_is_gone_is_a_sentence(library: Library) -> None:
    number = await add(library)
    await begin(library)
    await fill(library, activity="yes")
    await fill(library, what="en lektiecafé", ends_on=ahead(library, 5))
    await close(library)
    await library.write("springbræt")
    await library.press("Se forløbet")
    mine = sa.delete(PARTNER).where(PARTNER.c.team_id == TEAM, PARTNER.c.id == number)

    def remove(conn: Connection) -> None:
        conn.execute(mine)

    await library.store.write(remove)
    await library.press("Den er slut …")
    assert "ikke i registret længere" in said(await library.view())
