from datetime import timedelta

from bot.circle_trial import Trial
from bot.partner import ContactPerson, Purpose
from storage import circle_trial, privacy
from storage import evaluation_sense as sense
from storage import partner as register_of
from tests.handlers.evaluation_shown import LOW, MIDDLING, decide, shown
from tests.handlers.library import Library, said
from tests.handlers.library_settings import decide as decide_goals
from tests.handlers.tjek_rounds import (
    ALI,
    KAREN,
    METTE,
    direct,
    press_direct,
    ready,
    settled,
    told,
    wound,
)

PEOPLE = (ContactPerson("Anne Holm", email="anne@springbraet.example"),)


async def gone_on(library: Library) -> None:
    """Decided, so that the weekly message does not ask for it."""
    await decide(library, "evaluation_go_on")
    await library.close()


async def test_the_card_and_the_history_tell_what_came_of_it(library: Library) -> None:
    await ready(library)
    await shown(library)
    await library.write("Springbræt")
    card = said(await library.message())
    assert "Sidst evalueret i november. Det er ikke besluttet endnu" in card
    await decide(library, "evaluation_go_on")
    await library.close()
    await library.write("Springbræt")
    card = said(await library.message())
    assert "Sidst evalueret i november: vi fortsætter som nu." in card
    assert "Næste gang: omkring november 2027." in card
    await library.press("Historik")
    assert "Evalueret: vi fortsætter som nu" in said(await library.view())


async def test_the_digest_tells_that_it_goes_on(library: Library) -> None:
    await ready(library)
    await shown(library)
    await decide(library, "evaluation_go_on")
    await library.close()
    await library.write("venner")
    assert "Vi har set på, hvordan det går med Springbræt, og fortsætter som nu." in await told(
        library, METTE
    )


async def test_what_both_find_hard_is_told_to_the_partner(library: Library) -> None:
    await ready(library)
    await shown(library, {METTE: LOW, ALI: LOW}, LOW | {"worth": "1"}, people=PEOPLE)
    await decide(library, "evaluation_copy")
    mail = said(await library.view())
    assert "i den lave ende: - Er udbyttet tiden værd? I gav 1, vi gav 2. - Gør det en" in mail
    assert "I gav 2, vi gav 2. Det vil vi gerne tale med jer om." in mail
    assert "ens på det" not in mail


async def test_the_result_goes_back_to_the_partner_in_either_language(library: Library) -> None:
    await ready(library)
    theirs = MIDDLING | {"roles": "2"}
    await shown(library, theirs=theirs, people=PEOPLE)
    await decide(library, "evaluation_adjust")
    step = {"step.0": "I ringer til Nadia om lokaler", "who.0": [ALI], "on.0": "2026-12-14"}
    await library.submit({**step, "agreed": "Anne er sur"})
    await settled(library)
    await library.press("Se mailen")
    mail = said(await library.view())
    assert "Kære Anne Tak for jeres svar på, hvordan det går med lektiecaféen." in mail
    assert "- Ved alle, hvem der gør hvad? I gav 2, vi gav 4." in mail
    assert "- Gør det en forskel for dem, det er lavet til?" in mail
    assert "- I ringer til Nadia om lokaler, senest mandag den 14. december" in mail
    assert "Vi spørger igen omkring november 2027." in mail
    assert "Venlig hilsen Mette" in mail
    assert "sur" not in mail
    assert "Ali" not in mail
    view = await library.view()
    ids = {"action_id": "evaluation_mail_language", "block_id": "evaluation_mail_language"}
    done = await library.control("click", user=METTE, view_id=view["id"], value="en", **ids)
    assert done["ok"], done
    mail = said(await library.view())
    assert "Dear Anne, Thank you for your answers" in mail
    assert "Does everybody know who does what? You gave 2, we gave 4." in mail
    done = await library.submit({})
    assert done["ok"], done


async def test_the_mail_greets_nobody_who_does_not_wish_to_be_written_to(library: Library) -> None:
    await ready(library)
    asked = await shown(library, theirs=MIDDLING, people=(*PEOPLE, ContactPerson("Bo Lind")))
    partner = await library.store.read(register_of.existing, "T01", asked.partner_id)
    await library.store.write(
        privacy.wishes_no_contact, "T01", partner.id, partner.people[0].id, wish=True
    )
    await decide(library, "evaluation_go_on")
    await settled(library)
    await library.press("Se mailen")
    mail = said(await library.view())
    assert "Kære Bo Tak for jeres svar" in mail
    assert "Anne" not in mail


async def test_nobody_copies_what_is_not_shown(library: Library) -> None:
    await ready(library)
    await shown(library, {})
    await decide(library, "evaluation_skip")
    assert "Se mailen" not in said(await library.view())


async def test_a_year_without_answers_has_taught_nothing_yet(library: Library) -> None:
    await ready(library)
    await library.write("erfaringer")
    assert "Der er ingen svar på evalueringer det seneste år." in said(await library.view())


async def test_the_years_evaluations_are_told_a_page_at_a_time(library: Library) -> None:
    await ready(library)
    low = await shown(library, {METTE: LOW, ALI: LOW}, MIDDLING)
    await decide(library, "evaluation_adjust")
    await library.submit({"step.0": "Ring om lokaler", "who.0": [METTE], "on.0": "2026-12-14"})
    await settled(library)
    await library.close()
    for number in range(6):
        await shown(library, name=f"Partner {number}")
        await decide(library, "evaluation_go_on")
        await library.close()
    await library.write("lessons")
    first = said(await library.view())
    assert "Det seneste år: 7 evalueringer med 7 partnere." in first
    assert "Lavt i de nyeste svar: Resultater hos 1 af 7." in first
    assert "I besluttede: vi fortsætter som nu (6) og vi justerer (1)." in first
    assert "vi fortsætter som nu (6)" in first
    assert "Springbræt, november Lavt: Resultater (vi 2,0 · Springbræt 4,5)." in first
    assert "Vi justerer. 0 af 1 skridt er gjort." in first
    assert "Mette" not in first
    assert "Partner 0" not in first
    await library.press("Næste")
    second = said(await library.view())
    assert "Partner 0, november" in second
    assert "Side 2 af 2" in second
    assert low.round_id


async def test_low_and_tied_to_none_of_the_librarys_goals_is_asked(library: Library) -> None:
    await ready(library)
    await decide_goals(library, goals=("Flere børn læser",))
    await shown(library, {METTE: LOW, ALI: LOW}, purposes=(Purpose.NEW_USERS,))
    await gone_on(library)
    await wound(library, 24 * 4)
    (message,) = [m for m in await direct(library, METTE) if "stadig mening" in said(m)]
    assert "og kortet har ingen af bibliotekets mål." in said(message)


async def test_low_and_tied_to_a_goal_is_not_asked(library: Library) -> None:
    await ready(library)
    await decide_goals(library, goals=("Flere børn læser",))
    await shown(library, {METTE: LOW, ALI: LOW}, goals=("Flere børn læser",))
    await gone_on(library)
    await wound(library, 24 * 4)
    assert not [m for m in await direct(library, METTE) if "stadig mening" in said(m)]


async def test_low_twice_is_asked_privately_whether_it_makes_sense(library: Library) -> None:
    await ready(library)
    first = await shown(library, {METTE: LOW, ALI: LOW}, purposes=(Purpose.NEW_USERS,))
    await gone_on(library)
    await wound(library, 24 * 4)
    assert not [m for m in await direct(library, KAREN) if "Giver det stadig" in said(m)]
    again = await shown(library, {METTE: LOW, ALI: LOW}, partner_id=first.partner_id)
    await gone_on(library)
    await wound(library, 24 * 5)
    for user in (METTE, KAREN):
        (message,) = [m for m in await direct(library, user) if "stadig mening" in said(m)]
        assert "Resultaterne for Springbræt har ligget lavt to gange i træk." in said(message)
    assert not [m for m in await direct(library, ALI) if "stadig mening" in said(m)]
    await press_direct(library, METTE, "Tag en snak")
    assert "Noteret: I tager en snak om Springbræt." in said((await direct(library, METTE))[-1])
    partner = await library.store.read(register_of.existing, "T01", first.partner_id)
    assert partner.next_step == "Tal om, hvorvidt det stadig giver mening, som det er"
    await press_direct(library, KAREN, "Flyt i cirklen")
    assert "@U02 har svaret." in said((await direct(library, KAREN))[-1])
    await wound(library, 24 * 7)
    found = await library.store.read(sense.answered, "T01", again.evaluation_id)
    assert found is not None
    assert found.answer == "talk"


async def test_low_and_tied_to_nothing_is_all_right_for_a_reason(library: Library) -> None:
    await ready(library)
    asked = await shown(library, {METTE: LOW, ALI: LOW})
    await gone_on(library)
    await wound(library, 24 * 5)
    (message,) = [m for m in await direct(library, METTE) if "stadig mening" in said(m)]
    assert "der står ikke på kortet, hvad I vil med det" in said(message)
    await press_direct(library, METTE, "Det er i orden, fordi …")
    assert "reason" in str(await library.submit({"reason": " "}))
    done = await library.submit({"reason": "Vi gør det for byens skyld"})
    assert done["ok"], done
    await settled(library)
    assert "Det er i orden, som det er med Springbræt." in said((await direct(library, METTE))[-1])
    found = await library.store.read(sense.answered, "T01", asked.evaluation_id)
    assert found is not None
    assert found.reason == "Vi gør det for byens skyld"


async def test_where_it_leads_in_the_circle_the_step_is_the_answer(library: Library) -> None:
    await ready(library)
    asked = await shown(library, {METTE: LOW, ALI: LOW})
    await gone_on(library)
    await wound(library, 24 * 5)
    await press_direct(library, METTE, "Flyt i cirklen")
    assert "Vi samarbejder med Springbræt." in said(await library.view())
    await library.close()  # she thinks again: nothing is answered, and nobody else is in its way
    assert await library.store.read(sense.answered, "T01", asked.evaluation_id) is None
    await press_direct(library, KAREN, "Flyt i cirklen")
    await library.press("Flyt et skridt ud", KAREN)
    for values in ({"why": "people_changed"}, {"reason": "Anne er gået på pension"}):
        done = await library.submit(values, KAREN)
        assert done["ok"], done
    await settled(library)
    found = await library.store.read(sense.answered, "T01", asked.evaluation_id)
    assert found is not None
    assert (found.answer, found.by) == ("move", KAREN)
    partner = await library.store.read(register_of.existing, "T01", asked.partner_id)
    assert partner.level == "network"
    (message,) = [m for m in await direct(library, KAREN) if "Springbræt" in said(m)]
    assert "Noteret: Springbræt er flyttet i cirklen." in said(message)
    await press_direct(library, METTE, "Det er i orden, fordi …")
    assert "@U01 har svaret." in said((await direct(library, METTE))[-1])


async def test_an_answer_that_came_meanwhile_stands_and_so_does_the_step(library: Library) -> None:
    await ready(library)
    asked = await shown(library, {METTE: LOW, ALI: LOW})
    await gone_on(library)
    await wound(library, 24 * 5)
    await press_direct(library, METTE, "Flyt i cirklen")
    await press_direct(library, KAREN, "Tag en snak")
    await library.press("Slut pænt af")
    done = await library.submit({"hello": "no"})
    assert done["ok"], done
    found = await library.store.read(sense.answered, "T01", asked.evaluation_id)
    assert found is not None
    assert (found.answer, found.by) == ("talk", KAREN)
    partner = await library.store.read(register_of.existing, "T01", asked.partner_id)
    assert partner.level == "network"


async def test_a_trial_that_is_decided_on_the_way_is_the_answer_too(library: Library) -> None:
    await ready(library)
    asked = await shown(library, {METTE: LOW, ALI: LOW})
    await gone_on(library)
    await wound(library, 24 * 5)
    now = library.house.clock.now()
    trial = Trial(asked.partner_id, now.date(), now.date() + timedelta(days=60), METTE, now)
    await library.store.write(circle_trial.begin, "T01", trial)
    await press_direct(library, METTE, "Flyt i cirklen")
    await library.press("Beslut nu")
    await library.press("Ja, partnerskab")
    found = await library.store.read(sense.answered, "T01", asked.evaluation_id)
    assert found is not None
    assert found.answer == "move"


async def test_what_was_ended_is_not_asked_about(library: Library) -> None:
    await ready(library)
    await shown(library, {METTE: LOW, ALI: LOW})
    await decide(library, "evaluation_end")
    await library.submit({"hello": "no"})
    await wound(library, 24 * 5)
    assert not [m for m in await direct(library, METTE) if "stadig mening" in said(m)]


async def test_a_step_comes_in_the_weekly_message_with_its_day(library: Library) -> None:
    await ready(library)
    await shown(library)
    await decide(library, "evaluation_adjust")
    await library.submit({"step.0": "Ring om lokaler", "who.0": [METTE], "on.0": "2026-12-03"})
    await wound(library, 24 * 9)
    found = [m for m in await direct(library, METTE) if "Ring om lokaler" in said(m)]
    (weekly,) = found
    assert "Springbræt: Ring om lokaler (" in said(weekly)
    assert "Senere" in said(weekly)
    await press_direct(library, METTE, "Gjort")
    await settled(library)
    assert "Ring om lokaler" not in said(await library.home())


async def test_what_nobody_or_only_one_answered_is_told_too(library: Library) -> None:
    await ready(library)
    await shown(library, {}, name="Bødkerskolen")
    await shown(library, {METTE: LOW}, name="Byorkestret")
    await library.write("erfaringer")
    told = said(await library.view())
    assert "Bødkerskolen, november Der kom ingen svar denne gang." in told
    assert "Byorkestret, november Kun én svarede, så svaret er ikke vist." in told
    assert "To mangler endnu." in told
    assert "vi 2,0" not in told
