import asyncio
import json
import re
from datetime import timedelta
from pathlib import Path

import pytest

from bot.errors import UserError
from bot.questions import load
from bot.workspace import Frequency, Member
from handlers.tjek_page import alone
from storage import tjek as checks_of
from storage import workspace as settings_of
from tests.handlers.library import Json, Library, opened, said
from tests.handlers.tjek_rounds import (
    ALI,
    GUEST,
    KAREN,
    METTE,
    NO,
    SOFIE,
    TOM,
    YES,
    answers,
    asked,
    decided,
    decided_in_form,
    direct,
    everybody_in,
    let_in,
    page,
    pages,
    parent,
    press_direct,
    press_parent,
    press_thread,
    ready,
    revealed,
    settled,
    thread,
    told,
    wound,
    wound_past_deadline,
    wound_to_wednesday,
)

ADDRESSED = ("trigger_id", "view_id", "user_id", "channel", "response_url", "url")


# Nothing is shown early, to anybody


def without_ids(text: str) -> str:
    """What differs between two runs of the same: Slack's ids and moments."""
    return re.sub(
        r"\b\d{10}\.\d+[\w.]*|\b[VDMF][A-Z0-9]{8,}\b|\b\d{13}\b|\"hash\": \"[^\"]*\"", "-", text
    )


async def told_to_others(library: Library, one: str) -> set[str]:
    """Everything that the bot has sent to Slack, but what only that member sees."""
    owner: dict[str, str] = {}  # of triggers, views, response_urls and direct messages
    found = set()
    for entry in await library.look("log"):
        request, response = entry["request"], entry["response"]
        if entry["kind"] == "envelope":
            payload = request["payload"]
            user = payload.get("user_id") or (payload.get("user") or {}).get("id", "")
            keys = (payload.get("trigger_id"), payload.get("response_url"))
            owner |= dict.fromkeys([key for key in keys if key], user)
            if view := payload.get("view"):
                owner[view["id"]] = user
            sent = response
        elif entry["kind"] == "api":
            place = next((request[key] for key in ADDRESSED if request.get(key)), "")
            user = owner.get(place, place)
            if entry["name"].startswith("views."):
                owner[response["view"]["id"]] = user
            if entry["name"] == "chat.postMessage":
                owner[response["channel"]] = place
            sent = request
        else:
            continue
        if user != one and sent:
            found.add(without_ids(json.dumps(sent, sort_keys=True)))
    return found


async def play_until_the_last(path: Path, ali: dict[str, str], note: str) -> set[str]:
    """Ali answers so; meanwhile everybody looks wherever one can look."""
    async with opened(path) as library:
        await ready(library)
        number = await library.known("Springbræt")
        await let_in(library, GUEST)
        await asked(library, words="springbræt: sommerfest", own={"hours": "partly"})
        await answers(library, ALI, ali, {"note.fit": note, "note.able": note})
        await library.close()
        await press_parent(library, METTE, "Til Mette: se runden")
        assert "Har svaret: @U02, @U03" in said(await library.view())
        for user in (METTE, SOFIE, KAREN, TOM):
            await library.home(user)
            await library.close(user)
            await library.write("springbræt", user)
            await library.press("Vis", user)
            await library.close(user)
            await library.write("tjek springbræt", user)
            await library.close(user)
        await press_parent(library, KAREN, "Til Mette: se runden")
        await press_parent(library, GUEST, "Svar")
        await press_direct(library, SOFIE, "Svar")
        await page(library, YES, SOFIE)
        await settled(library)
        assert number
        return await told_to_others(library, ALI)


async def test_no_payload_to_any_other_member_depends_on_an_answer(tmp_path: Path) -> None:
    yes = await play_until_the_last(tmp_path / "yes.db", {}, "Sig endelig ja")
    no = await play_until_the_last(tmp_path / "no.db", dict(NO, goals="unknown"), "Aldrig i livet")
    assert len(yes) > 25
    assert yes == no
    assert not [sent for sent in yes | no if "endelig" in sent or "Aldrig" in sent]


async def test_the_first_ones_own_answers_are_hidden_too_while_others_answer(
    library: Library,
) -> None:
    await ready(library)
    await library.known("Springbræt")
    await asked(library, words="springbræt: sommerfest", own={"hours": "no"})
    await library.write("springbræt", SOFIE)
    await library.press("Vis", SOFIE)
    shown = said(await library.view(SOFIE))
    assert "1 af 3 har svaret." in shown
    assert "Stopklods" not in shown
    await library.press("Svar", SOFIE)
    assert (await library.view(SOFIE))["title"]["text"].startswith("Tjek 1/4")


async def test_who_has_answered_is_told_to_the_caller_alone(library: Library) -> None:
    await ready(library)
    await asked(library, own={})
    await answers(library, SOFIE)
    await library.close()
    await press_parent(library, METTE, "Til Mette: se runden")
    shown = said(await library.view())
    assert "2 af 3 har svaret." in shown
    assert "Har svaret: @U02, @U06" in shown
    assert "@U03" not in shown
    await press_parent(library, ALI, "Til Mette: se runden")
    heard = await told(library, ALI)
    assert "Det kan kun den, der har spurgt. Det er @U02." in heard
    assert "@U06" not in heard
    sent = [entry["request"] for entry in await library.look("log") if entry["request"]]
    texts = [one["text"] for one in sent if "har spurgt. Det" in str(one.get("text"))]
    assert texts == ["Det kan kun den, der har spurgt. Det er Mette."]


# Answering


async def test_a_draft_is_kept_and_gone_on_with(library: Library) -> None:
    await ready(library)
    await asked(library, own={})
    await press_direct(library, ALI, "Svar")
    await page(library, NO, ALI)
    await library.close(ALI)
    await settled(library)
    assert "1 af 3 har svaret." in said(await parent(library))
    await press_direct(library, ALI, "Svar")
    assert (await library.view(ALI))["title"]["text"] == "Tjek 2/4 · Virkning"
    await library.press("Tilbage", ALI)
    goals = next(
        b for b in (await library.view(ALI))["blocks"] if b["block_id"] == "question.goals"
    )
    assert goals["element"]["initial_option"]["value"] == "no"


async def test_one_can_think_again_until_the_answers_are_shown(library: Library) -> None:
    await ready(library)
    await asked(library, own={})
    await answers(library, ALI, {"goals": "no"})
    await answers(library, ALI, {"goals": "yes"})
    assert "2 af 3 har svaret." in said(await parent(library))
    await answers(library, SOFIE)
    assert "I er enige hele vejen." in revealed(await thread(library))[0]
    assert "Runden om Pixelværket: fast VR-rum er slut." in said((await direct(library, ALI))[-1])


async def test_five_of_them_are_enough_and_the_rest_can_follow(library: Library) -> None:
    await ready(library)
    await asked(library, own={"breadth": "no"})
    await press_direct(library, ALI, "Kun de 5 vigtigste")
    done = await page(library, YES, ALI)
    assert done["ok"], done
    assert "Svar også på de 9 andre" in said(await library.view(ALI))
    await answers(library, SOFIE, {"breadth": "yes"})
    shown = revealed(await thread(library))[0]
    assert "Ja (Sofie) · Nej (Mette) · 1 uden svar" in shown


async def test_one_who_cannot_holds_nobody_up_and_is_not_named(library: Library) -> None:
    await ready(library)
    await asked(library, own={})
    await press_direct(library, ALI, "Jeg kan ikke denne gang")
    await settled(library)
    assert "Det er helt i orden." in said((await direct(library, ALI))[-1])
    assert "1 af 2 har svaret." in said(await parent(library))
    await answers(library, SOFIE)
    shown = revealed(await thread(library))[0]
    assert "(2 af 2)" in shown
    assert "Én kunne ikke denne gang." in shown
    assert "Ali" not in shown
    assert ALI not in shown


async def test_who_declined_may_answer_after_all(library: Library) -> None:
    await ready(library)
    await asked(library, own={})
    await press_direct(library, ALI, "Jeg kan ikke denne gang")
    await settled(library)
    await answers(library, ALI, words="Jeg vil gerne svare alligevel")
    assert "2 af 3 har svaret." in said(await parent(library))


async def test_somebody_leaves_slack_and_holds_nobody_up(library: Library) -> None:
    await ready(library)
    await asked(library, own={})
    await answers(library, SOFIE)
    await library.control("members", id=ALI, name="Ali", deleted=True)
    await settled(library)
    assert "(2 af 2)" in revealed(await thread(library))[0]


@pytest.mark.parametrize("user", ["U07", GUEST])
async def test_nobody_answers_uninvited(library: Library, user: str) -> None:
    await ready(library)
    await asked(library, own={})
    await let_in(library, GUEST)
    await press_parent(library, user, "Svar")
    heard = await told(library, user)
    assert "dem, der er spurgt" in heard or "bibliotekets ansatte" in heard
    await settled(library)
    assert "1 af 3 har svaret." in said(await parent(library))


async def test_questions_edited_meanwhile_are_put_as_they_were(library: Library) -> None:
    await ready(library)
    await asked(library, own={})
    now = load("tjek")
    first = now.pages[0].model_copy(update={"questions": now.pages[0].questions[1:]})
    edited = now.model_copy(update={"pages": (first, *now.pages[1:])})
    library.house.questions.put(edited, "T01")
    await press_direct(library, ALI, "Svar")
    assert "1. Trækker det i samme retning" in said(await library.view(ALI))


async def test_what_only_one_has_answered_is_no_agreement(library: Library) -> None:
    await ready(library)
    await asked(library, own={"drive": "partly"})
    await press_direct(library, ALI, "Kun de 5 vigtigste")
    assert "Spørgsmålene har de numre, de har i hele tjekket." in said(await library.view(ALI))
    few = {"goals": "yes", "drive": "unknown", "need": "yes", "hours": "yes", "money": "yes"}
    await page(library, few, ALI)
    await wound_past_deadline(library)
    (message,) = await thread(library)
    shown = said(message)
    assert "I er enige om 4 af 14 spørgsmål." in shown
    assert "Her er I enige: Mål, Behov, Timer og Penge taler for." in shown
    assert "Skal undersøges: Lyst (ved ikke: Ali; delvist: Mette)" in shown
    others = "Afdelinger, Bredde, Gentagelse, Spor, Nye brugere, Døråbner, Profil, Læring"
    assert f"Ikke alle har svaret: Ja (Mette): {others} og Færdigheder" in shown


async def test_a_short_check_asks_the_others_its_five_questions(library: Library) -> None:
    await ready(library)
    await library.write("tjek Pixelværket")
    await library.submit({"length": "short"})
    await page(library, YES, METTE)
    await library.press("Spørg kolleger")
    await library.submit({"invited": [ALI]})
    await settled(library)
    invited = said((await direct(library, ALI))[-1])
    assert "5 spørgsmål, cirka ét minut" in invited
    assert "vigtigste" not in invited
    await answers(library, ALI)
    assert "(2 af 2)" in revealed(await thread(library))[0]


# The deadline


async def test_at_the_deadline_what_is_there_is_shown(library: Library) -> None:
    await ready(library)
    await asked(library, own={"hours": "no"})
    await answers(library, ALI)
    await wound_past_deadline(library)
    (shown,) = revealed(await thread(library))
    assert "(2 af 3)" in shown
    assert "fast VR-rum er slut." in said((await direct(library, SOFIE))[-1])
    await wound(library, 30)
    assert len(await thread(library)) == 1


async def test_one_nudge_and_only_to_who_has_not_answered(library: Library) -> None:
    await ready(library)
    wednesday = await wound_to_wednesday(library)
    now = library.house.clock.now()
    for user in (METTE, ALI, SOFIE):  # the weekly message would tell of it, and be the reminder
        rarely = Member(frequency=Frequency.MONTHLY)
        await library.store.write(settings_of.save_member, "T01", user, rarely, now)
    friday = wednesday + timedelta(days=2)
    await asked(library, own={}, deadline=f"{friday}")
    await answers(library, SOFIE)
    before = {user: len(await direct(library, user)) for user in (METTE, ALI, SOFIE)}
    await wound(library, 24)
    new = {user: (await direct(library, user))[before[user] :] for user in before}
    assert not new[METTE]
    assert not new[SOFIE]
    (nudge,) = new[ALI]
    assert "Svarene om Pixelværket: fast VR-rum vises fredag den " in said(nudge)
    assert "Dit mangler." in said(nudge)
    await answers(library, ALI)
    assert "(3 af 3)" in revealed(await thread(library))[0]


async def nobody_answers(library: Library) -> None:
    await ready(library)
    await asked(library, ALI)
    await library.close()
    await wound_past_deadline(library)
    (told,) = await thread(library)
    assert "Der kom ingen svar om Pixelværket: fast VR-rum denne gang." in said(told)
    assert ALI not in said(told)


async def test_nobody_answered_ask_again(library: Library) -> None:
    await nobody_answers(library)
    await press_thread(library, METTE, "Spørg igen")
    done = await library.submit({})
    assert done["ok"], done
    await settled(library)
    await library.press("Svar selv")
    await pages(library, METTE, {})
    await answers(library, ALI)
    assert "(2 af 2)" in revealed(await thread(library))[0]


async def test_nobody_answered_decide_without(library: Library) -> None:
    await nobody_answers(library)
    await press_thread(library, METTE, "Beslut uden svar")
    done = await decided_in_form(library, "go_on", reason="Det haster")
    assert done["ok"], done
    assert "Mette: Ja, vi går videre – Det haster" in said((await thread(library))[-1])


async def test_nobody_answered_let_it_lie_and_nothing_waits(library: Library) -> None:
    await nobody_answers(library)
    await press_thread(library, ALI, "Lad det ligge")
    assert "Det kan kun den, der har spurgt." in await told(library, ALI)
    await press_thread(library, METTE, "Lad det ligge")
    await settled(library)
    assert "Vi lader tjekket af Pixelværket: fast VR-rum ligge." in said(await parent(library))
    await library.close()
    await library.write("tjek")
    assert "Du begyndte på et tjek" not in said(await library.view())
    assert "fast VR-rum" not in said(await library.home())


# Shown, and called off, by the one who called it


async def test_the_caller_may_show_the_answers_before_the_deadline(library: Library) -> None:
    await ready(library)
    await asked(library, own={})
    await answers(library, ALI)
    await library.close()
    await press_parent(library, METTE, "Til Mette: se runden")
    await library.press("Vis svarene nu", confirm=True)
    await settled(library)
    assert "(2 af 3)" in revealed(await thread(library))[0]


async def test_of_two_who_show_at_the_same_moment_one_does(library: Library) -> None:
    await ready(library)
    await asked(library, own={})
    await answers(library, ALI)
    await library.close()
    await press_parent(library, METTE, "Til Mette: se runden")
    await press_direct(library, SOFIE, "Svar")
    for _ in range(3):
        await page(library, YES, SOFIE)
    await asyncio.gather(library.press("Vis svarene nu", confirm=True), page(library, YES, SOFIE))
    await settled(library)
    assert len(revealed(await thread(library))) == 1


async def test_a_round_called_off_shows_nothing_and_leaves_the_check_to_its_owner(
    library: Library,
) -> None:
    await ready(library)
    await asked(library, own={"hours": "no"})
    await answers(library, ALI, {"goals": "no"})
    await library.close()
    await press_parent(library, METTE, "Til Mette: se runden")
    await library.press("Aflys runden", confirm=True)
    await settled(library)
    assert "er aflyst. Ingen har set nogen svar." in said(await parent(library))
    assert not await thread(library)
    assert "er aflyst. Ingen har set nogen svar." in said((await direct(library, SOFIE))[-1])
    await library.close()
    await library.write("")
    await library.press("Vis")
    shown = said(await library.view())
    assert "Stopklods: Timer (13)" in shown
    assert "Taler imod: Timer" in shown


async def test_meanwhile_nothing_is_decided_over_the_others_heads(library: Library) -> None:
    await ready(library)
    await asked(library, own={})
    (check,) = await library.store.read(checks_of.waiting_for, "T01", METTE, limit=5)
    with pytest.raises(UserError, match="answering already"):
        await library.store.read(alone, "T01", check.id, METTE)
    await library.close()
    await library.write("")
    told_of = said(await library.message())
    assert "Du har spurgt om Pixelværket: fast VR-rum. 1 af 3 har svaret." in told_of
    assert "ikke besluttet" not in told_of
    await everybody_in(library, {ALI: {}, SOFIE: {}})
    with pytest.raises(UserError, match="Write the decision in the thread first"):
        await library.store.read(alone, "T01", check.id, METTE)
    await decided(library, "go_on", reason="Vi er enige")
    with pytest.raises(UserError, match="written already"):
        await library.store.read(alone, "T01", check.id, METTE)


@pytest.mark.parametrize("change", [{"deleted": True}, {"is_restricted": True}])
async def test_the_caller_leaves_and_the_coordinator_decides(
    library: Library, change: Json
) -> None:
    await ready(library)
    await asked(library, own={})
    await library.control("members", id=METTE, name="Mette", **change)
    await settled(library)
    await everybody_in(library, {ALI: {}, SOFIE: {}})
    shown = revealed(await thread(library, ALI))[0]
    assert "@U01 skriver beslutningen" in shown
    done = await press_thread(library, ALI, "Skriv beslutningen")
    assert done["ok"]
    assert "Så er det koordinatorens opgave. Spørg @U01." in await told(library, ALI)
    await library.home(KAREN)
    done = await decided(library, "go_on", KAREN, reason="Vi kan godt")
    assert done["ok"], done
    assert "Karen: Ja" in said((await thread(library, ALI))[-1])
