"""What an old button does: in an invitation, below the answers, and for who may show them."""

import pytest

from bot.circle_question import Kind as Asked
from storage import circle_question as questions
from storage import partner as register_of
from tests.handlers.library import Library, elements, said
from tests.handlers.tjek_rounds import (
    ALI,
    METTE,
    SOFIE,
    answers,
    asked,
    decided,
    decided_in_form,
    direct,
    let_in,
    parent,
    press_direct,
    press_parent,
    press_thread,
    ready,
    revealed,
    settled,
    thread,
    told,
    wound_past_deadline,
)
from tests.handlers.wire import fault

KAREN = "U01"
SHOW = "Vis svarene nu"


def buttons(message: dict[str, object]) -> list[str]:
    return [e["text"]["text"] for _, e in elements(message) if e["type"] == "button"]


# Shown early


async def test_who_has_not_answered_cannot_show_the_others_answers(library: Library) -> None:
    await ready(library)
    await asked(library, ALI, SOFIE, "U07")
    await answers(library, ALI)
    await library.close()
    await press_parent(library, METTE, "Til Mette: se runden")
    view = await library.view()
    assert SHOW not in buttons(view)
    assert "Når du selv og mindst én til har svaret, behøver du ikke vente på fristen." in said(
        view
    )
    await answers(library, SOFIE)
    await library.close()
    await press_parent(library, METTE, "Til Mette: se runden")
    assert SHOW not in buttons(await library.view())


async def test_one_answer_alone_is_not_shown_early(library: Library) -> None:
    await ready(library)
    await asked(library, own={})
    await library.close()
    await press_parent(library, METTE, "Til Mette: se runden")
    view = await library.view()
    assert SHOW not in buttons(view)
    assert "Når mindst to har svaret, behøver du ikke vente på fristen." in said(view)
    await answers(library, ALI)
    old = await library.view()
    assert SHOW not in buttons(old)
    await library.close()
    await press_parent(library, METTE, "Til Mette: se runden")
    assert SHOW in buttons(await library.view())


async def test_an_old_button_shows_nothing_that_may_not_be_shown(library: Library) -> None:
    await ready(library)
    await asked(library, ALI, SOFIE, "U07", own={})
    await fault(library, "chat.update", error="cant_update_message", times=9)
    await answers(library, ALI)
    await library.close()
    await press_parent(library, METTE, "Til Mette: se runden")
    await press_direct(library, ALI, "Jeg kan ikke denne gang")
    await settled(library)
    await library.press(SHOW, confirm=True)
    assert "Kun én har svaret indtil nu" in await told(library, METTE)
    assert not await thread(library)


# Invitations


@pytest.mark.parametrize("words", ["Svar", "Kun de 5 vigtigste", "Jeg kan ikke denne gang"])
async def test_an_invitation_whose_round_is_over_says_so_from_now_on(
    library: Library, words: str
) -> None:
    await ready(library)
    await asked(library, own={})
    await answers(library, ALI)
    await fault(library, "chat.update", error="cant_update_message", times=9)
    await wound_past_deadline(library)
    done = await press_direct(library, SOFIE, words)
    assert done["ok"], done
    await settled(library)
    message = (await direct(library, SOFIE))[-1]
    assert "Runden om Pixelværket: fast VR-rum er slut." in said(message)
    assert "skriv det i tråden" in said(message)
    assert buttons(message) == ["Se svarene"]
    assert not (await library.state(SOFIE))["views"]


async def test_an_invitation_to_a_round_called_off_says_so(library: Library) -> None:
    await ready(library)
    await asked(library, own={})
    await library.close()
    await press_parent(library, METTE, "Til Mette: se runden")
    await fault(library, "chat.update", error="cant_update_message", times=9)
    await library.press("Aflys runden", confirm=True)
    await settled(library)
    await press_direct(library, SOFIE, "Svar")
    message = (await direct(library, SOFIE))[-1]
    assert "er aflyst. Ingen har set nogen svar." in said(message)
    assert not buttons(message)


async def test_who_declines_last_is_not_offered_to_answer_after_all(library: Library) -> None:
    await ready(library)
    await asked(library, ALI, own={})
    await press_direct(library, ALI, "Jeg kan ikke denne gang")
    await settled(library)
    message = (await direct(library, ALI))[-1]
    assert "er slut." in said(message)
    assert "Jeg vil gerne svare alligevel" not in buttons(message)


async def test_in_the_channel_a_late_press_changes_nothing_for_the_others(
    library: Library,
) -> None:
    await ready(library)
    await asked(library, own={})
    await let_in(library)
    await press_parent(library, "U07", "Svar")
    assert "dem, der er spurgt" in await told(library, "U07")
    assert "1 af 3 har svaret." in said(await parent(library))


async def test_the_button_of_a_caller_who_left_is_the_coordinators(library: Library) -> None:
    await ready(library)
    await asked(library, own={})
    await library.control("members", id=METTE, name="Mette", deleted=True)
    await settled(library)
    assert "Til koordinatoren: se runden" in buttons(await parent(library, KAREN))


# The decision, and another one


async def test_what_is_decided_can_be_changed_where_it_was_written(library: Library) -> None:
    await ready(library)
    number = await library.known("Springbræt")
    await asked(library, ALI, words="springbræt: sommerfest", own={})
    await answers(library, ALI, {"money": "unknown"})
    day = f"{library.house.clock.now().date().replace(year=2027)}"
    step = {"next_step.go_on_if": "Hvis de har frivillige", "next_step_on": day}
    done = await decided(library, "go_on_if", reason="Vi vil gerne", who=[ALI], **step)
    assert done["ok"], done
    await library.close()
    shown = (await thread(library))[0]
    assert "Svarene om Springbræt" in said(shown)
    assert buttons(shown) == ["Ret beslutningen"]
    assert "skriver beslutningen" not in said(shown)
    await press_thread(library, ALI, "Ret beslutningen")
    assert "Det kan kun den, der har spurgt." in await told(library, ALI)

    await press_thread(library, METTE, "Ret beslutningen")
    form = await library.view()
    assert "Vi vil gerne" in said(form)
    done = await decided_in_form(library, "kindly_no", reason="Vi mangler timer")
    assert done["ok"], done
    assert "Beslutningen er ændret. Mette: Pænt nej – Vi mangler timer" in said(
        (await thread(library))[-1]
    )
    assert "Beslutningen: Pænt nej" in said(await parent(library))
    partner = await library.store.read(register_of.existing, "T01", number)
    assert (partner.next_step, partner.next_step_on) == ("", None)


async def test_a_no_that_became_a_yes_is_not_asked_about_again(library: Library) -> None:
    await ready(library)
    number = await library.known("Springbræt")
    await asked(library, ALI, words="springbræt: sommerfest", own={"hours": "no"})
    await answers(library, ALI)
    await decided(library, "kindly_no", reason="Vi mangler timer")
    await library.press("Skriv brevet")
    await library.submit({"reasons": ["hours"]})
    await library.submit({})
    found = await library.store.read(questions.open_of, "T01", number)
    assert [one.kind for one in found] == [Asked.AFTER_NO]
    await library.close()
    await library.write("springbræt")
    await library.press("Vis")
    await library.press("Ret beslutningen")
    done = await decided_in_form(library, "go_on", reason="Vi fandt timer")
    assert done["ok"], done
    assert await library.store.read(questions.open_of, "T01", number) == []


async def test_a_form_from_before_the_decision_does_not_change_it(library: Library) -> None:
    await ready(library, coordinators=(KAREN, "U05"))
    await asked(library, ALI, own={})
    await answers(library, ALI)
    await library.control("members", id=METTE, name="Mette", deleted=True)
    await settled(library)
    for user in (KAREN, "U05"):
        await press_thread(library, user, "Skriv beslutningen")
    done = await decided_in_form(library, "go_on", KAREN, reason="Ja")
    assert done["ok"], done
    done = await library.submit({"tjek_round_choice": "kindly_no", "reason": "Nej"}, "U05")
    assert "allerede skrevet" in next(iter(done["errors"].values()))
    assert "Beslutningen: Ja, vi går videre" in said(await parent(library, KAREN))


@pytest.mark.parametrize("way", ["Lad det ligge", "Spørg igen"])
async def test_where_nobody_answered_the_three_ways_go_once_one_is_taken(
    library: Library, way: str
) -> None:
    await ready(library)
    await asked(library, ALI)
    await library.close()
    await wound_past_deadline(library)
    message = (await thread(library))[0]
    assert len(buttons(message)) == 3
    old = await parent(library)
    await press_thread(library, METTE, way)
    if way == "Spørg igen":
        await library.submit({})
    await settled(library)
    channels = (await library.state(METTE))["channels"]
    here = next(c for c in channels if c["id"] == "C01")
    (now,) = [m for m in here["messages"] if m["ts"] == old["ts"]]
    assert not buttons(now["replies"][0])
    ended = "Vi lader tjekket af" if way == "Lad det ligge" else "Der kom ingen svar om"
    assert ended in said(now)


async def test_a_decision_without_answers_can_be_changed_too(library: Library) -> None:
    await ready(library)
    await asked(library, ALI)
    await library.close()
    await wound_past_deadline(library)
    await press_thread(library, METTE, "Beslut uden svar")
    await decided_in_form(library, "go_on", reason="Det haster")
    assert buttons((await thread(library))[0]) == ["Ret beslutningen"]
    assert not revealed(await thread(library))


# Drafts


async def test_a_check_that_colleagues_were_asked_about_waits_as_a_round_alone(
    library: Library,
) -> None:
    await ready(library)
    await asked(library)
    home = said(await library.home(METTE))
    assert "Du har spurgt om Pixelværket: fast VR-rum, og dit eget svar mangler." in home
    assert "ikke færdigt" not in home
    await library.close()
    await library.write("tjek")
    assert "Slet kladden" not in buttons(await library.view())


async def test_who_answers_the_few_sees_the_numbers_of_the_whole(library: Library) -> None:
    await ready(library)
    await asked(library, own={})
    await press_direct(library, ALI, "Kun de 5 vigtigste")
    labels = [b["label"]["text"] for b in (await library.view(ALI))["blocks"] if "label" in b]
    assert [label.partition(".")[0] for label in labels[:5]] == ["1", "2", "8", "13", "14"]
