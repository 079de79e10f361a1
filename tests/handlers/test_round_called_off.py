"""What somebody answered in a round that never showed it is hers alone, wherever others look."""

import json

import pytest

from bot.partner import ContactPerson
from tests.handlers.library import Library, said
from tests.handlers.tjek_rounds import (
    ALI,
    KAREN,
    METTE,
    NO,
    SOFIE,
    TOM,
    YES,
    answers,
    asked,
    direct,
    page,
    pages,
    parent,
    press_parent,
    press_thread,
    ready,
    settled,
    told,
    wound,
    wound_past_deadline,
    wound_to_wednesday,
)

SECRET = "Anne Holm svarer aldrig"
NOT_FINISHED = "er ikke færdig med tjekket endnu"


async def springbraet(library: Library) -> int:
    """A partner with a contact person, so that somebody may ask what we have on her."""
    await ready(library)
    return await library.known("Springbræt", people=(ContactPerson("Anne Holm", id=0),))


async def holding_the_card(library: Library, user: str = SOFIE) -> None:
    """That colleague has the partner's card before her, with [Vis] beside the check."""
    await library.write("springbræt", user)
    assert "Vis" in json.dumps(await library.message(user))


async def asked_and_answered_in_it(library: Library, note: str = SECRET) -> None:
    """Mette asks from the first form; everything she says, she says in the round."""
    await asked(library, words="springbræt: sommerfest")
    await library.press("Svar selv")
    await pages(library, METTE, NO, {"note.fit": note, "note.able": note})
    await settled(library)


async def called_off(library: Library, user: str = METTE) -> None:
    await library.close(user)
    await press_parent(library, user, "Til Mette: se runden")
    done = await library.press("Aflys runden", user, confirm=True)
    assert done["ok"], done
    await settled(library)
    await library.close(user)


async def sent_to(library: Library, user: str) -> str:
    """All that Slack holds for that member: messages, modals, Home and files."""
    return json.dumps(await library.state(user), ensure_ascii=False)


async def everybody_looks(library: Library) -> None:
    """Wherever a colleague can look, there is neither the answer nor the note."""
    for user in (SOFIE, KAREN, TOM, ALI):
        await library.home(user)
        await library.write("springbræt", user)
        await library.write("aldrig", user)
        await library.write("tjek springbræt", user)
        seen = await sent_to(library, user)
        assert "svarer aldrig" not in seen
        assert "Taler imod" not in seen
        assert "Stopklods" not in seen
        await library.close(user)
    await library.write("oplysninger anne", KAREN)
    done = await library.submit({"purpose": "bad om det"}, KAREN)
    assert done["ok"], done
    document = await sent_to(library, KAREN)
    assert "Det har vi om Anne Holm" in document
    assert "svarer aldrig" not in document
    await library.close(KAREN)


async def test_an_old_button_shows_nobody_what_was_answered_in_a_round_called_off(
    library: Library,
) -> None:
    await springbraet(library)
    await asked_and_answered_in_it(library)
    await holding_the_card(library)
    await called_off(library)
    await library.press("Vis", SOFIE)
    shown = await told(library, SOFIE)
    assert NOT_FINISHED in shown
    assert "@U02" in shown
    await library.close(SOFIE)
    await everybody_looks(library)


async def test_it_is_hers_to_go_on_with_and_to_show(library: Library) -> None:
    await springbraet(library)
    await asked_and_answered_in_it(library)
    await called_off(library)
    await library.write("tjek")
    await library.press("Fortsæt")
    assert SECRET in said(await library.view())
    await pages(library, METTE, NO)
    assert "Stopklods" in said(await library.view())
    await holding_the_card(library)
    await library.press("Vis", SOFIE)
    assert "Stopklods" in said(await library.view(SOFIE))


async def test_what_she_changed_in_it_is_hers_alone_too(library: Library) -> None:
    await springbraet(library)
    await asked(library, words="springbræt: sommerfest", own={})
    await holding_the_card(library)
    await press_parent(library, METTE, "Til Mette: se runden")
    await library.press("Ret mine svar")
    await pages(library, METTE, NO, {"note.fit": SECRET})
    await settled(library)
    await called_off(library)
    await library.press("Vis", SOFIE)
    assert NOT_FINISHED in await told(library, SOFIE)
    await library.close(SOFIE)
    await everybody_looks(library)


async def test_a_note_that_she_emptied_in_the_round_stays_away(library: Library) -> None:
    await springbraet(library)
    await library.write("tjek springbræt: sommerfest")
    await library.submit({})
    await pages(library, METTE, {}, {"note.fit": SECRET})
    await library.press("Spørg kolleger")
    await library.submit({"invited": [ALI, SOFIE]})
    await settled(library)
    await library.press("Ret mine svar")
    await pages(library, METTE, {}, {"note.fit": ""})
    await settled(library)
    await called_off(library)
    await library.write("tjek")
    await library.press("Fortsæt")
    assert "svarer aldrig" not in await sent_to(library, METTE)


async def test_who_took_herself_out_has_what_she_had_before(library: Library) -> None:
    await springbraet(library)
    await library.write("tjek springbræt: sommerfest")
    await library.submit({})
    await page(library, YES, METTE, **{"note.fit": "Fint nok"})
    await library.press("Tilbage")
    await library.press("Tilbage")
    await library.press("Spørg kolleger")
    await library.submit({"invited": [ALI, SOFIE]})
    await settled(library)
    await library.press("Jeg svarer ikke selv")
    await called_off(library)
    await library.write("tjek")
    await library.press("Fortsæt")
    assert "Fint nok" in said(await library.view())


async def test_nor_does_anybody_see_it_once_the_one_who_asked_has_left(library: Library) -> None:
    await springbraet(library)
    await asked_and_answered_in_it(library)
    await answers(library, ALI, NO, {"note.fit": SECRET})
    await holding_the_card(library, KAREN)
    await library.control("members", id=METTE, name="Mette", deleted=True)
    await settled(library)
    await press_parent(library, KAREN, "Til koordinatoren: se runden")
    await library.press("Aflys runden", KAREN, confirm=True)
    await settled(library)
    await library.close(KAREN)
    await library.press("Vis", KAREN)
    assert NOT_FINISHED in await told(library, KAREN)
    await library.close(KAREN)
    for user in (SOFIE, TOM):
        assert "svarer aldrig" not in await sent_to(library, user)


async def test_nothing_is_seen_of_it_when_people_are_reminded(library: Library) -> None:
    await springbraet(library)
    await wound_to_wednesday(library)
    await asked_and_answered_in_it(library)
    now = library.house.clock.now()
    nudged = 0
    while not nudged and (library.house.clock.now() - now).days < 40:
        await wound(library, 12)
        nudged = "Dit mangler." in json.dumps(await direct(library, SOFIE), ensure_ascii=False)
    assert nudged
    await everybody_looks(library)
    assert "1 af 3 har svaret." in said(await parent(library))


async def test_the_next_check_of_the_partner_does_not_tell_of_it(library: Library) -> None:
    await springbraet(library)
    await asked_and_answered_in_it(library)
    await called_off(library)
    await library.write("tjek springbræt: kor", SOFIE)
    await library.submit({}, SOFIE)
    await pages(library, SOFIE, {})
    shown = said(await library.view(SOFIE))
    assert "Taler for" in shown
    assert "Siden sidst" not in shown


async def test_nor_of_a_draft_that_was_never_sent_and_decided_without_answers(
    library: Library,
) -> None:
    await springbraet(library)
    await library.write("tjek springbræt: sommerfest")
    await library.submit({})
    await page(library, NO, METTE, **{"note.fit": SECRET})
    await library.press("Tilbage")
    await library.press("Tilbage")
    await library.press("Spørg kolleger")
    await library.submit({"invited": [ALI, SOFIE]})
    await settled(library)
    await library.close()
    await wound_past_deadline(library)
    await everybody_looks(library)
    done = await press_thread(library, METTE, "Beslut uden svar")
    assert done["ok"]
    view = await library.view()
    ids = {"action_id": "tjek_round_choice", "block_id": "tjek_round_choice"}
    await library.control("click", user=METTE, view_id=view["id"], value="go_on", **ids)
    done = await library.submit({"tjek_round_choice": "go_on", "reason": "Det haster"})
    assert done["ok"], done
    await settled(library)
    await everybody_looks(library)
    await library.write("tjek springbræt: kor", SOFIE)
    await library.submit({}, SOFIE)
    await pages(library, SOFIE, {})
    assert "Siden sidst" not in said(await library.view(SOFIE))


async def test_a_check_finished_before_and_untouched_in_it_stays_finished(
    library: Library,
) -> None:
    await springbraet(library)
    await asked(library, words="springbræt: sommerfest", own={"hours": "no"})
    await answers(library, ALI, NO, {"note.fit": SECRET})
    await called_off(library)
    await holding_the_card(library)
    await library.press("Vis", SOFIE)
    shown = said(await library.view(SOFIE))
    assert "Stopklods: Timer (13)" in shown
    assert "svarer aldrig" not in shown


@pytest.mark.parametrize("user", [SOFIE, KAREN])
async def test_an_old_button_to_a_check_that_is_gone_on_with_shows_nothing(
    library: Library, user: str
) -> None:
    await springbraet(library)
    await library.write("tjek springbræt: sommerfest")
    await library.submit({"length": "short"})
    await page(library, YES, METTE)
    await holding_the_card(library, user)
    await library.press("Svar også på de 9 andre")
    await library.press("Vis", user)
    assert NOT_FINISHED in await told(library, user)
