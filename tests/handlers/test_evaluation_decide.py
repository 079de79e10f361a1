from datetime import timedelta

import pytest

from bot.circle import Level
from bot.circle_trial import Trial
from bot.evaluation import Decision, Occasion, Unanswered
from storage import circle_trial as trials
from storage import evaluation_step as steps_of
from storage import partner as register_of
from tests.handlers.evaluation_shown import (
    MIDDLING,
    decide,
    is_closed,
    last_said,
    round_now,
    shown,
    thread,
)
from tests.handlers.library import Library, said
from tests.handlers.tjek_rounds import (
    ALI,
    METTE,
    SOFIE,
    direct,
    parent,
    press_direct,
    ready,
    settled,
    told,
)


async def test_to_go_on_is_one_click_and_stands_in_the_thread(library: Library) -> None:
    await ready(library)
    asked = await shown(library)
    done = await decide(library, "evaluation_go_on")
    assert done["ok"], done
    assert is_closed(await round_now(library, asked), Decision.GO_ON)
    assert "Mette: Vi fortsætter som nu." in await last_said(library)
    assert "Vi spørger igen omkring november 2027." in await last_said(library)
    assert "Vi fortsætter som nu." in said(await parent(library))
    assert "Beslutningen er skrevet, og de andre kan læse den i tråden." in said(
        await library.view()
    )


async def test_only_who_leads_it_decides(library: Library) -> None:
    await ready(library)
    asked = await shown(library)
    await decide(library, "evaluation_go_on", user=ALI)
    assert "@U02" in await told(library, ALI) or "Mette" in await told(library, ALI)
    assert not is_closed(await round_now(library, asked), Decision.GO_ON)


async def test_an_adjustment_has_steps_that_their_people_are_told_of(library: Library) -> None:
    await ready(library)
    asked = await shown(library)
    await decide(library, "evaluation_adjust")
    assert "Hvad gør vi anderledes?" in said(await library.view())
    assert "hører det fra mig, senest i ugens besked" in said(await library.view())
    step = {"step.0": "Send forårets plan", "who.0": [ALI], "on.0": "2026-12-14"}
    done = await library.press("Ét skridt mere")
    assert done["ok"], done
    second = {"step.1": "Ring om lokaler", "who.1": [ALI, SOFIE], "on.1": "2026-12-12"}
    done = await library.submit({**step, **second, "agreed": "Vi ringer sammen hver måned"})
    assert done["ok"], done
    await settled(library)
    assert "Lørdag den 12. december: Dér arbejder ingen" in said(await library.view())
    about = "Hvordan går det med Springbræt? Vi justerer. Næste skridt står i tråden."
    assert about in said(await parent(library))
    said_in_thread = await last_said(library)
    assert "Mette: Vi justerer." in said_in_thread
    assert "Send forårets plan – Ali, senest mandag den 14. december" in said_in_thread
    assert "Ring om lokaler – Ali og Sofie, senest mandag den 14. december" in said_in_thread
    assert "Vi ringer sammen hver måned" in said_in_thread
    assert is_closed(await round_now(library, asked), Decision.ADJUST)

    await library.close()
    await library.write("Springbræt")
    card = said(await library.message())
    assert "Send forårets plan – @U03, senest mandag den 14. december" in card

    (message,) = await direct(library, ALI)
    assert "@U02 har skrevet dig på de næste skridt med Springbræt:" in said(message)
    await press_direct(library, ALI, "Gjort")
    (message,) = await direct(library, ALI)
    assert "Gjort: det næste skridt med Springbræt" in said(message)
    assert "Ring om lokaler" in said(message)
    home = said(await library.home(SOFIE))
    assert "Springbræt: Ring om lokaler (mandag den 14. december" in home
    await library.press_on_home("Gjort", SOFIE)
    assert "Ring om lokaler" not in said(await library.home(ALI))
    every = await library.store.read(steps_of.of, "T01", [asked.evaluation_id])
    assert all(one.done_at for one in every)
    await press_direct(library, ALI, "Gjort")
    answer = "Det er allerede gjort eller taget af igen, eller også tager en anden sig af det nu."
    assert answer in await told(library, ALI)


async def test_an_adjustment_needs_a_step_a_day_and_somebody(library: Library) -> None:
    await ready(library)
    await shown(library)
    await decide(library, "evaluation_adjust")
    done = await library.submit({"step.0": "  ", "who.0": [ALI], "on.0": "2026-12-14"})
    assert "hvad I gør anderledes" in str(done)
    done = await library.submit({"step.0": "Ring", "who.0": [ALI], "on.0": "2026-11-01"})
    assert "Vælg en dag, i dag eller senere." in str(done)


async def test_a_move_in_the_circle_is_the_decision_once_it_is_made(library: Library) -> None:
    await ready(library)
    asked = await shown(library)
    await decide(library, "evaluation_move")
    assert not is_closed(await round_now(library, asked), Decision.MOVE)
    done = await library.submit({"repeated": "yes", "framed": "yes"})
    assert done["ok"], done
    done = await library.submit({})
    assert done["ok"], done
    await settled(library)
    partner = await library.store.read(register_of.existing, "T01", asked.partner_id)
    assert partner.level is Level.PARTNERSHIP
    assert is_closed(await round_now(library, asked), Decision.MOVE)
    assert "Mette: Vi flytter dem i cirklen fra samarbejde til partnerskab." in await last_said(
        library
    )
    assert "Nu er det et partnerskab." in said(await parent(library))
    await library.close()
    await decide(library, "evaluation_correct")
    assert "Pladsen i cirklen bliver stående. Flyt den på kortet" in said(await library.view())


async def test_to_end_kindly_ends_the_round_too(library: Library) -> None:
    await ready(library)
    asked = await shown(library)
    await decide(library, "evaluation_end")
    done = await library.submit({"hello": "no"})
    assert done["ok"], done
    await settled(library)
    assert is_closed(await round_now(library, asked), Decision.END)
    assert "Mette: Vi slutter pænt af." in await last_said(library)


async def test_a_decision_is_put_right_and_its_steps_go(library: Library) -> None:
    await ready(library)
    asked = await shown(library)
    await decide(library, "evaluation_adjust")
    await library.submit({"step.0": "Ring om lokaler", "who.0": [ALI], "on.0": "2026-12-14"})
    await settled(library)
    await library.close()
    done = await decide(library, "evaluation_correct")
    assert done["ok"], done
    assert "Nu står der: vi justerer." in said(await library.view())
    await library.press("Fortsæt som nu")
    await settled(library)
    assert is_closed(await round_now(library, asked), Decision.GO_ON)
    assert "Beslutningen er ændret. Mette: Vi fortsætter som nu." in await last_said(library)
    assert "Ring om lokaler" not in said(await library.home(ALI))
    (message,) = await direct(library, ALI)
    assert said(message) == "Springbræt: @U02 har taget skridtet af igen."
    await library.close()
    await decide(library, "evaluation_correct")
    await library.press("Flyt i cirklen …")
    await library.submit({"repeated": "yes", "framed": "yes"})
    await library.submit({})
    await settled(library)
    assert is_closed(await round_now(library, asked), Decision.MOVE)


async def test_of_what_was_told_the_steps_that_hold_still_stand(library: Library) -> None:
    await ready(library)
    await shown(library)
    await decide(library, "evaluation_adjust")
    await library.press("Ét skridt mere")
    first = {"step.0": "Ring om lokaler", "who.0": [ALI], "on.0": "2026-12-14"}
    second = {"step.1": "Lav en nøgleliste", "who.1": [ALI], "on.1": "2026-12-15"}
    await library.submit(first | second)
    await settled(library)
    await library.close()
    await decide(library, "evaluation_correct")
    await library.press("Justér …")
    done = await library.submit(first | second | {"step.1": ""})
    assert done["ok"], done
    await settled(library)
    (message,) = await direct(library, ALI)
    assert "Ring om lokaler" in said(message)
    assert "nøgleliste" not in said(message)


async def test_an_old_button_shows_what_stands_now(library: Library) -> None:
    await ready(library)
    asked = await shown(library)
    (reveal, *_) = await thread(library)
    where = {"channel": "C01", "ts": reveal["ts"]}
    await decide(library, "evaluation_go_on")
    await library.close()
    old = {"action_id": "evaluation_end", "block_id": "evaluation_ways"}
    await library.control("click", user=METTE, message=where, value=str(asked.round_id), **old)
    assert is_closed(await round_now(library, asked), Decision.GO_ON)


async def test_nobody_answered_and_it_is_asked_again_in_a_month(library: Library) -> None:
    await ready(library)
    asked = await shown(library, {})
    await decide(library, "evaluation_later")
    assert is_closed(await round_now(library, asked), Unanswered.LATER)
    told = await last_said(library)
    assert "Ingen hos os svarede denne gang. Vi spørger igen om en måned." in told


async def test_nobody_answered_and_it_is_taken_at_a_meeting(library: Library) -> None:
    await ready(library)
    asked = await shown(library, {})
    await decide(library, "evaluation_meeting")
    assert is_closed(await round_now(library, asked), Unanswered.MEETING)
    assert "Tal med Springbræt om, hvordan det går" in said(await library.home())
    assert "Vi tager det på et møde." in await last_said(library)
    await library.close()
    await decide(library, "evaluation_correct")
    await library.press("Spring over i år")
    await settled(library)
    assert is_closed(await round_now(library, asked), Unanswered.SKIP)
    assert "Ingen hos os svarede. Vi springer over denne gang." in await last_said(library)
    assert "Vi springer over denne gang." in said(await parent(library))
    assert "Tal med Springbræt" not in said(await library.home())


@pytest.mark.parametrize(
    ("way", "decision"),
    [("Et samarbejde er fint", Decision.GO_ON), ("Ja, partnerskab", Decision.MOVE)],
)
async def test_a_trial_that_is_decided_now_decides_the_round(
    library: Library, way: str, decision: Decision
) -> None:
    await ready(library)
    asked = await shown(library, occasion=Occasion.TRIAL)
    now = library.house.clock.now()
    bare = Trial(asked.partner_id, now.date(), now.date() + timedelta(days=30), METTE, now)
    await library.store.write(trials.begin, "T01", bare)
    await decide(library, "evaluation_move")
    await library.press("Beslut nu")
    done = await library.press(way)
    assert done["ok"], done
    await settled(library)
    assert is_closed(await round_now(library, asked), decision)
    (first, *_) = await thread(library)
    assert "Justér …" not in said(first)


async def test_one_answer_that_is_kept_back_is_shown_nowhere_said_to_be(library: Library) -> None:
    await ready(library)
    await shown(library, {METTE: MIDDLING})
    kept = "Kun én har svaret, så svaret er ikke vist."
    assert f"Hvordan går det med Springbræt? {kept}" in said(await parent(library))
    home = said(await library.home())
    assert "Kun én har svaret om Springbræt, så svaret er ikke vist." in home
    await library.press_on_home("Skriv beslutningen")
    view = said(await library.view())
    assert kept in view
    assert "Prøv om en måned" in view
    assert "Justér …" not in view
    await decide(library, "evaluation_later")
    assert "Kun én svarede, så svaret er ikke vist. Vi spørger igen" in await last_said(library)
    await library.close()
    await decide(library, "evaluation_correct")
    await library.press("Spring over i år")
    await settled(library)
    told = "Kun én svarede, så svaret er ikke vist. Vi springer over denne gang."
    assert told in await last_said(library)
