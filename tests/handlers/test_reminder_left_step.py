"""What somebody who has left Slack was to see to after a check comes to the coordinator."""

import pytest

from bot.circle import Level
from bot.evaluation import Evaluation, Occasion
from bot.evaluation_questions import shipped
from bot.round_step import Step
from bot.tjek import Check
from storage import evaluation as evaluations
from storage import evaluation_step as agreed_of
from storage import tjek as checks_of
from storage import tjek_step as steps_of
from tests.handlers.deliveries import TEAM
from tests.handlers.library import Library, said
from tests.handlers.library_settings import decide
from tests.handlers.test_reminder import (
    ALI,
    METTE,
    SOFIE,
    WEEK,
    letters,
    partner_morning,
    quiet,
    use,
    wind,
)

KAREN = "U01"
LACKS = "Ét næste skridt mangler en, der tager sig af det."


async def chosen(library: Library, *who: str) -> int:
    """Those were chosen to see to something after a check."""
    now = library.house.clock.now()
    check = await library.store.write(checks_of.start, TEAM, Check(METTE, now, idea="VR-rum"))
    step = Step("Spor og Penge", (now + WEEK).date(), who)
    await library.store.write(steps_of.assign, TEAM, check.id, step, by=METTE, now=now)
    return check.id


async def evaluated(library: Library, *who: str) -> None:
    """An evaluation has left those something to do."""
    now = library.house.clock.now()
    number = await library.known("Byens Museum", responsible=SOFIE)
    instrument = shipped().get("pulse")
    new = Evaluation(number, Occasion.PULSE, instrument, Level.PARTNERSHIP, now.date(), now)
    evaluation = await library.store.write(evaluations.add, TEAM, new)
    steps = [Step("Ring om lokaler", (now + WEEK).date(), who)]
    await library.store.write(agreed_of.assign, TEAM, evaluation.id, steps, by=METTE, now=now)


async def away_for_good(library: Library, *users: str) -> None:
    for user in users:
        library.house.profiles.put({"deleted": True, "real_name": "Ali"}, TEAM, user)


@pytest.fixture
async def on(library: Library) -> Library:
    """A library that let the bot speak long ago, with somebody for whom something may wait."""
    await decide(library, coordinators=(KAREN,), switched_on=True)
    await wind(library, library.house.clock.now() + 5 * WEEK)
    await library.known(responsible=SOFIE)
    return library


async def test_a_coordinator_hears_of_it_and_takes_it(on: Library) -> None:
    await chosen(on, ALI)
    assert LACKS not in said(await on.home(KAREN))
    await away_for_good(on, ALI)
    await partner_morning(on)
    (letter,) = await letters(on, KAREN)
    assert f"Ali er ikke længere i Slack. {LACKS}" in said(letter)
    assert "Spørg dem, der kender dem" not in said(letter)
    assert LACKS in said(await on.home(KAREN))
    await use(on, "reminder_left_list", KAREN)
    assert "VR-rum: Spor og Penge (" in said(await on.view(KAREN))
    await on.press("Jeg tager den", KAREN)
    assert "Der er nogen til det hele nu." in said(await on.view(KAREN))
    await on.close(KAREN)
    home = said(await on.home(KAREN))
    assert LACKS not in home
    assert "VR-rum: Spor og Penge (" in home
    assert not await letters(on, ALI)


async def test_what_an_evaluation_left_her_to_do_comes_to_the_coordinator_too(
    on: Library,
) -> None:
    await evaluated(on, ALI)
    await away_for_good(on, ALI)
    await partner_morning(on)
    (letter,) = await letters(on, KAREN)
    assert LACKS in said(letter)
    await use(on, "reminder_left_list", KAREN)
    assert "Byens Museum: Ring om lokaler (" in said(await on.view(KAREN))
    await on.press("Jeg tager den", KAREN)
    await on.close(KAREN)
    assert "Byens Museum: Ring om lokaler (" in said(await on.home(KAREN))


async def test_what_a_colleague_sees_to_as_well_is_not_left_over(on: Library) -> None:
    await chosen(on, ALI, SOFIE)
    await away_for_good(on, ALI)
    await partner_morning(on)
    assert not await letters(on, KAREN)
    assert LACKS not in said(await on.home(KAREN))


async def test_who_is_back_keeps_it(on: Library) -> None:
    number = await chosen(on, ALI)
    await away_for_good(on, ALI)
    await on.home(KAREN)
    await on.press_on_home("Se listen", KAREN)
    on.house.profiles.drop(TEAM, ALI)
    await on.press("Jeg tager den", KAREN)
    assert "Det er allerede gjort" in str(await on.state(KAREN))
    assert await on.store.read(steps_of.get, TEAM, number, ALI)


async def test_a_weekly_message_goes_to_nobody_who_has_left(on: Library) -> None:
    await quiet(on, responsible=ALI)
    await away_for_good(on, ALI)
    await partner_morning(on)
    assert not await letters(on, ALI)
    assert "Kom ikke frem" not in said(await on.home(KAREN))
