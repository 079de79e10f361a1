"""Everybody concerned hears of an evaluation in time: to answer it, and to decide what follows."""

from datetime import timedelta

from bot.evaluation import Decision, Occasion
from tests.handlers.evaluation_shown import decide, is_closed, round_now, shown
from tests.handlers.evaluations import opened, partner
from tests.handlers.library import Library, said
from tests.handlers.test_reminder import ALI, METTE, letters, on, partner_morning, use, wind

__all__ = ["on"]  # the fixture

DAY = timedelta(days=1)
MISSING = "Springbræt: beslutningen mangler."


async def test_who_leads_it_is_reminded_twice_of_a_decision_that_is_not_taken(on: Library) -> None:
    await shown(on)
    await partner_morning(on)
    letter = said((await letters(on))[-1])
    assert f"{MISSING} Svarene om Springbræt er vist. Du skriver beslutningen." in letter
    assert not [one for one in await letters(on, ALI) if MISSING in said(one)]
    await partner_morning(on)
    assert MISSING not in said((await letters(on))[-1]) or len(await letters(on)) == 1
    for _ in range(4):
        await partner_morning(on)
    told = [said(one) for one in await letters(on) if MISSING in said(one)]
    assert len(told) == 2
    assert "Det er anden gang, jeg nævner det her." in told[-1]
    assert "Svarene om Springbræt er vist." in said(await on.home(METTE))


async def test_the_reminder_leads_to_the_decision_and_is_settled_with_it(on: Library) -> None:
    asked = await shown(on)
    await partner_morning(on)
    await use(on, "evaluation_look")
    assert "Fortsæt som nu" in said(await on.view(METTE))
    await on.press("Fortsæt som nu", METTE)
    assert is_closed(await round_now(on, asked), Decision.GO_ON)
    await on.close(METTE)
    assert MISSING not in said((await letters(on))[-1])
    for _ in range(3):
        await partner_morning(on)
    assert not [one for one in await letters(on) if MISSING in said(one)]


async def test_where_nobody_answered_the_reminder_says_so(on: Library) -> None:
    await shown(on, {})
    await partner_morning(on)
    letter = said((await letters(on))[-1])
    assert f"{MISSING} Der kom ingen svar om Springbræt. Du vælger, hvad der så skal ske." in letter
    await decide(on, "evaluation_meeting")
    assert MISSING not in said((await letters(on))[-1])


async def test_what_a_colleague_asks_by_hand_reaches_all_at_once(on: Library) -> None:
    await opened(on, await partner(on))
    await wind(on, on.house.clock.now() + 2 * DAY)
    await opened(on, await partner(on, "Bødkerskolen"), Occasion.BY_HAND)
    assert "Hvordan går det med Bødkerskolen?" in said((await letters(on, ALI))[-1])
    assert len(await letters(on, ALI)) == 2


async def test_a_step_that_is_due_today_reads_so_on_home(on: Library) -> None:
    await shown(on)
    await decide(on, "evaluation_adjust")
    day = on.house.clock.now().date()
    await on.submit({"step.0": "Ring om lokaler", "who.0": [METTE], "on.0": day.isoformat()})
    await on.close(METTE)
    assert "Springbræt: Ring om lokaler (i dag)" in said(await on.home(METTE))


async def test_who_changes_an_adjustment_reads_what_becomes_of_the_steps(on: Library) -> None:
    await shown(on)
    await decide(on, "evaluation_adjust")
    day = on.house.clock.now().date()
    await on.submit({"step.0": "Ring om lokaler", "who.0": [METTE], "on.0": day.isoformat()})
    await on.close(METTE)
    await letters(on)
    await decide(on, "evaluation_correct")
    view = said(await on.view(METTE))
    assert "De skridt, I aftalte, bliver taget af alles liste, medmindre I justerer igen." in view
