import re
from datetime import timedelta
from typing import Any

import pytest

from bot.circle import Level
from bot.evaluation import Occasion
from bot.partner import RelationType
from bot.round import Why
from bot.round_voice import THE_PARTNER
from storage import evaluation as evaluations
from storage import round as rounds
from tests.handlers.evaluations import KAREN, NADIA, open_one, open_rounds, opened, partner
from tests.handlers.library import Library, elements, said
from tests.handlers.tjek_rounds import (
    ALI,
    METTE,
    direct,
    messages,
    parent,
    press_direct,
    ready,
    settled,
    thread,
    told,
    wound,
)

TEAM, ASK = "T01", "Spørg, hvordan det går"


async def offered(library: Library, user: str) -> bool:
    await library.write("Springbræt", user=user)
    card = await library.message(user)
    return ASK in [e.get("text", {}).get("text") for _, e in elements(card)]


async def form(library: Library, user: str = METTE) -> str:
    """The form, as it reads."""
    await library.write("Springbræt", user=user)
    done = await library.press(ASK, user)
    assert done["ok"], done
    return said(await library.view(user))


async def test_the_responsible_asks_from_the_card_and_the_thread_opens_at_once(
    library: Library,
) -> None:
    await ready(library)
    number = await partner(library)
    shown = await form(library)
    assert "Jeg spørger dem af jer, der kender Springbræt." in shown
    assert "Alle i kanalen kan se det." in shown
    assert "I blev spurgt" not in shown
    assert "I er få" not in shown
    done = await library.submit({"instrument": "pulse", "subject": "lektiecaféen"})
    assert done["ok"], done
    await settled(library)
    assert "Runden om Springbræt er åben indtil fredag den 4. december" in said(
        await library.view()
    )
    assert "Tråden kommer i #C01 om et øjeblik." in said(await library.view())
    thread = said(await parent(library))
    assert "Det handler om lektiecaféen. Vi bruger ét minut på at se efter." in thread
    (this,) = await open_rounds(library, number)
    assert this.called_by == METTE
    assert len(await direct(library, ALI)) == 1


async def test_both_sides_are_asked_about_the_same_from_the_letter_to_the_answers(
    library: Library,
) -> None:
    await ready(library)
    number = await partner(library)
    await form(library)
    await library.submit({"instrument": "collaboration", "subject": "lektiecaféen"})
    await settled(library)
    about = "Det handler om lektiecaféen."
    (invited,) = await direct(library, ALI)
    assert about in said(invited)
    (this,) = await open_rounds(library, number)
    done = await press_direct(library, ALI, "Svar – to minutter")
    assert done["ok"], done
    assert f"Hvordan går det med Springbræt? {about}" in said(await library.view(ALI))
    for user in (METTE, ALI):
        await library.store.write(
            rounds.answer, TEAM, this.id, user, answers={"easy": "4"}, notes={}, now=this.opened_at
        )
    left = this.deadline - library.house.clock.now()
    await wound(library, left.total_seconds() / 3600 + 1, jump=True)
    answers = said((await thread(library))[0])
    assert answers.startswith(f"Springbræt: svarene er her (2 af 4) {about}")
    assert f"2 af 4 har svaret. Svarene står i tråden. {about}" in said(await parent(library))


async def test_the_usual_questions_stand_first(library: Library) -> None:
    await ready(library)
    number = await partner(library, level=Level.PARTNERSHIP)
    await form(library)
    view = await library.view()
    block = next(b for b in view["blocks"] if b["block_id"] == "instrument")
    first = block["element"]["options"][0]
    assert first["value"] == "partnership"
    assert first["description"]["text"] == "15 spørgsmål, tre minutter"
    assert block["element"]["initial_option"]["value"] == "partnership"
    await library.submit({"instrument": "partnership"})
    await settled(library)
    (evaluation,) = await library.store.read(evaluations.of_partners, TEAM, [number])
    assert evaluation.instrument.id == "partnership"


async def test_those_who_may_are_the_responsible_the_deputy_and_the_coordinator(
    library: Library,
) -> None:
    await ready(library)
    await partner(library)
    assert [await offered(library, user) for user in (METTE, ALI, KAREN, NADIA)] == [
        True,
        True,
        True,
        False,
    ]


@pytest.mark.parametrize(
    "fields",
    [{"level": Level.NETWORK}, {"relation_type": RelationType.FUND}, {"archived": True}],
)
async def test_there_is_no_button_where_there_is_nothing_to_ask(
    library: Library, fields: dict[str, Any]
) -> None:
    await ready(library)
    await partner(library, **fields)
    assert not await offered(library, METTE)


async def test_it_says_when_you_were_asked_last_and_that_you_are_few(library: Library) -> None:
    await ready(library)
    this = await open_one(library, known_by=())
    now = library.house.clock.now()
    await library.store.write(rounds.reveal, TEAM, this.id, why=Why.DEADLINE, now=now)
    shown = await form(library)
    assert "I blev spurgt i november." in shown
    assert "I er få, så de andre kan måske gætte, hvem der har svaret hvad." in shown
    await library.submit({"instrument": "collaboration"})
    await settled(library)
    (again,) = await open_rounds(library, this.partner_id or 0)
    assert THE_PARTNER not in again.standings  # they were asked this month


async def test_while_one_is_open_there_is_no_second(library: Library) -> None:
    await ready(library)
    this = await open_one(library)
    await library.write("Springbræt")
    await library.press(ASK)
    assert "Der er allerede en åben runde om Springbræt." in await told(library, METTE)
    assert len(await open_rounds(library, this.partner_id or 0)) == 1


async def test_one_that_opened_while_the_form_stood_is_said_there(library: Library) -> None:
    await ready(library)
    number = await partner(library)
    await form(library)
    await opened(library, number)
    done = await library.submit({"instrument": "collaboration"})
    assert "Der er allerede en åben runde om Springbræt." in str(done)
    assert len(await open_rounds(library, number)) == 1


async def test_nobody_to_ask_is_said_with_what_to_do(library: Library) -> None:
    await ready(library)
    await partner(library, responsible=None, deputy=None, known_by=())
    await library.write("Springbræt", user=KAREN)
    await library.press(ASK, KAREN)
    assert "Ingen, der kender Springbræt, er på arbejde og kan spørges." in await told(
        library, KAREN
    )


async def test_who_was_made_responsible_for_nothing_meanwhile_cannot(library: Library) -> None:
    await ready(library)
    await partner(library)
    await form(library)
    await library.write("Springbræt", user=NADIA)
    await library.press("Jeg er tovholder", NADIA)
    done = await library.submit({"instrument": "collaboration"})
    assert "Det er tovholderen, afløseren og koordinatoren, der kan spørge" in str(done)


async def test_a_cpr_number_is_refused_at_its_field_and_nothing_typed_is_lost(
    library: Library,
) -> None:
    await ready(library)
    number = await partner(library)
    await form(library)
    done = await library.submit({"instrument": "pulse", "subject": "Anne 010180-1234"})
    assert done["errors"].keys() == {"subject"}
    assert await open_rounds(library, number) == []
    done = await library.submit({"instrument": "pulse", "subject": "dans"})
    assert done["ok"], done


async def test_before_it_is_switched_on_nobody_is_asked(library: Library) -> None:
    await ready(library, switched_on=False)
    number = await partner(library)
    await library.write("Springbræt")
    await library.press(ASK)
    assert "Jeg skriver ikke til nogen, før" in await told(library, METTE)
    assert await open_rounds(library, number) == []


async def test_without_a_channel_the_form_says_how_you_are_asked(library: Library) -> None:
    await ready(library, partner_channel=None)
    await partner(library)
    await form(library)
    await library.submit({"instrument": "collaboration"})
    await settled(library)
    assert "Der er ingen kanal, hvor jeg kan skrive om det" in said(await library.view())


async def test_the_fourth_thread_of_a_week_waits_and_the_invitations_do_not(
    library: Library,
) -> None:
    await ready(library)
    for number, name in enumerate(("Ann", "Bo", "Cilla", "Dan")):
        asked = {"responsible": f"U0{number + 5}", "deputy": None, "known_by": ()}
        await opened(library, await partner(library, name, **asked))
    threads = [said(one) for one in await messages(library) if "Hvordan går det" in said(one)]
    assert len(threads) == 3
    assert "Dan" in said((await direct(library, "U08"))[-1])
    await wound(library, timedelta(days=15).total_seconds() / 3600, jump=True)
    # Its time has passed meanwhile, and the thread is there for what was answered.
    threads = [said(one) for one in await messages(library) if "Dan" in said(one)]
    assert len(threads) == 1


async def test_called_off_by_hand_the_next_is_due_as_before(library: Library) -> None:
    await ready(library)
    number = await partner(library)
    await library.write("Springbræt")
    (before,) = re.findall(r"omkring \w+", said(await library.message()))
    await wound(library, 24 * 60, jump=True)
    assert await opened(library, number, Occasion.BY_HAND)
    await library.write("Springbræt")
    assert "En evaluering er i gang til fredag den " in said(await library.message())
    (this,) = await open_rounds(library, number)
    now = library.house.clock.now()
    await library.store.write(rounds.cancel, TEAM, this.id, by=METTE, now=now)
    await library.write("Springbræt")
    after = said(await library.message())
    assert re.findall(r"omkring \w+", after) == [before]
    assert "er i gang" not in after


async def test_asked_on_a_saturday_night_it_says_when_the_thread_comes(library: Library) -> None:
    await ready(library)
    await partner(library)
    await wound(library, 5 * 24 + 13.5, jump=True)
    await form(library)
    assert (await library.submit({"instrument": "pulse"}))["ok"]
    done = said(await library.view())
    assert "Tråden kommer i #C01 mandag den 30. november kl. 9, når I er på arbejde." in done


async def test_where_the_channel_has_enough_threads_it_says_so(library: Library) -> None:
    await ready(library)
    for number, name in enumerate(("Ann", "Bo", "Cilla")):
        asked = {"responsible": f"U0{number + 5}", "deputy": None, "known_by": ()}
        await opened(library, await partner(library, name, **asked))
    await partner(library)
    await form(library)
    assert (await library.submit({"instrument": "pulse"}))["ok"]
    done = said(await library.view())
    assert "#C01 har fået nye tråde nok for nu. Den her kommer mandag den 7. december." in done
