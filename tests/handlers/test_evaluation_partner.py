import re
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from bot.circle_activity import Activity
from bot.evaluation_questions import LAST
from bot.round import Count, Round, Standing, count
from handlers.views.evaluation import ASK_PARTNER
from storage import circle_activity, privacy
from storage import partner as register_of
from storage import round as rounds
from tests.handlers.library import Json, Library, elements, said
from tests.handlers.library_settings import decide
from tests.handlers.partner_rounds import (
    ALI,
    ALL_FOUR,
    ANNE,
    BO,
    KAREN,
    METTE,
    SOFIE,
    Browser,
    asked,
    browser,
    now_is,
    sheet,
)
from tests.handlers.wire import show_modal

MAIL = """Hej Mette

1: 4
2) 2 fordi vi ikke ved, hvem vi skal ringe til
Spørgsmål 4 ja, helt
3. 7
5 - ved ikke
6: 4
6: 5
7: Flere fælles arrangementer

Venlig hilsen
Anne Holm, tlf. 86 12 34 56

Den 24. nov. 2026 kl. 10.12 skrev Mette <mette@byen.example>:
> 1. Er det let at arbejde sammen?
> 3. Kommer vi fremad, som vi havde tænkt?
"""


@pytest.fixture
async def web(library: Library) -> AsyncIterator[Browser]:
    await decide(library, library_name="Byens Bibliotek", coordinators=(KAREN,))
    async with browser(library) as opened:
        yield opened


async def begin(library: Library, this: Round, user: str = METTE) -> Json:
    """[Ask the partner], as it stands in the thread."""
    button = {
        "type": "button",
        "action_id": ASK_PARTNER,
        "value": str(this.id),
        "text": {"type": "plain_text", "text": "Spørg"},
    }
    view = {
        "type": "modal",
        "callback_id": "thread",
        "title": {"type": "plain_text", "text": "Tråden"},
        "blocks": [{"type": "actions", "block_id": "ways", "elements": [button]}],
    }
    number = await show_modal(library, view, user)
    return await library.control(
        "click", user=user, view_id=number, block_id="ways", action_id=ASK_PARTNER
    )


async def voice(library: Library, this: Round, name: str = "Anne Holm") -> str:
    partner = await library.store.read(register_of.existing, "T01", this.partner_id or 0)
    return next(f"@{one.id}" for one in partner.people if one.name == name)


async def mail(library: Library, user: str = METTE) -> tuple[str, str]:
    view = await library.view(user)
    held = {b: e.get("initial_value", "") for b, e in elements(view)}
    return held["subject"], held["letter"]


async def posted(library: Library) -> str:
    """Everything that went to Slack, but for what stands in a modal."""
    entries = [entry for entry in await library.log("api") if not entry["name"].startswith("views")]
    return str(entries)


async def test_a_mail_with_a_link_makes_the_voice_and_is_shown_once(
    library: Library, web: Browser
) -> None:
    this = await asked(library)
    done = await begin(library, this)
    assert done["ok"], done
    view = await library.view()
    assert view["title"]["text"] == "Spørg partneren"
    assert "Springbræt kan svare til fredag den 4. december kl. 12." in said(view)
    anne = await voice(library, this)
    done = await library.submit({"to": anne})
    assert done["ok"], done
    subject, letter = await mail(library)
    assert subject == "To minutter om lektiecaféen?"
    link = re.search(r"http://127\.0\.0\.1:\d+/e/[\w-]{32}(?=\n)", letter)
    assert link, letter
    assert letter.replace(link[0], "{link}") == (
        "Kære Anne\n\n"
        "Vi laver lektiecaféen sammen. Hvordan oplever I det?\n\n"
        "Vil du svare på seks korte spørgsmål? Det tager cirka to minutter: {link}\n\n"
        "I kan rette jeres svar indtil fredag den 4. december kl. 12, eller til alle har svaret."
        " Kun vi på biblioteket ser jeres svar. Bagefter får I vores svar at se, og så taler vi"
        " om det, vi ser forskelligt på.\n\n"
        "Vil I hellere tage det, når vi ses, så svar bare ”møde”.\n\n"
        "Venlig hilsen\nMette"
    )
    assert "Knappen åbner brevet, som det stod fra begyndelsen." in said(await library.view())
    opens = next(e for _, e in elements(await library.view()) if e.get("url"))
    address = urlsplit(opens["url"])
    assert (address.scheme, address.path) == ("mailto", ANNE.email)
    assert parse_qs(address.query)["body"][0].replace("\r\n", "\n") == letter
    standings = (await now_is(library, this)).standings
    assert set(standings) == {METTE, ALI, anne}

    token = link[0].rpartition("/")[2]
    status, html = await web.get(token)
    assert status == 200
    assert "Springbræt" in html
    assert (await library.press("Åbn i mailprogram"))["ok"]
    assert (await library.submit({}))["ok"]
    assert token not in await posted(library)


async def test_an_older_link_still_works_and_one_more_person_stands_beside(
    library: Library, web: Browser
) -> None:
    this = await asked(library)
    links = []
    for name in ("Anne Holm", "Anne Holm", "Bo Lind"):
        await begin(library, this)
        await library.submit({"to": await voice(library, this, name)})
        _, letter = await mail(library)
        links += re.findall(r"/e/([\w-]+)", letter)
        await library.close()
    assert len(set(links)) == 3
    await web.send(links[0], {"easy": "2"})
    _, html = await web.get(links[1])
    assert "I har svaret." in html
    _, html = await web.get(links[2])
    assert "I har svaret." not in html
    await begin(library, this)
    options = next(e for b, e in elements(await library.view()) if b == "to")["options"]
    assert [one["text"]["text"] for one in options] == [
        "Anne Holm",
        "Bo Lind",
        "Hele organisationen",
    ]
    assert options[1]["description"]["text"] == "formand · har fået et link den 23. nov."
    await library.submit({"to": "@0"})
    asked_now = await now_is(library, this)
    assert len(asked_now.standings) == 5
    assert count(asked_now) == Count(answered=1, asked=3, declined=0, left=0)


async def test_who_has_answered_gets_no_new_link(library: Library, web: Browser) -> None:
    this = await asked(library)
    anne = await voice(library, this)
    await begin(library, this)
    await library.submit({"to": anne})
    _, letter = await mail(library)
    (token,) = re.findall(r"/e/([\w-]+)", letter)
    await web.send(token, {"easy": "1"}, {"easy": "Dybt hemmeligt"})
    _, html = await web.get(token)
    assert "Dybt hemmeligt" not in html
    await begin(library, this, ALI)
    done = await library.submit({"to": anne}, ALI)
    assert "De har allerede svaret, så jeg laver ikke et nyt link." in str(done)
    assert "/e/" not in str(await library.view(ALI))
    done = await library.submit({"to": anne, "way": "mail"}, ALI)
    assert done["ok"], done
    assert (await sheet(library, this, anne)).answers == {"easy": "1"}


@pytest.mark.usefixtures("web")
async def test_in_english_with_the_questions_in_the_mail(library: Library) -> None:
    await decide(library, privacy_url="https://byen.example/privatliv")
    this = await asked(library, instrument="partnership", subject="")
    await begin(library, this)
    done = await library.submit({"to": "@0", "way": "mail", "language": "en"})
    assert done["ok"], done
    subject, letter = await mail(library)
    assert subject == "Three minutes about our cooperation?"
    assert letter.startswith("Dear Springbræt,\n\nWe would like to hear how you find our")
    assert "\n4. Can we rely on Byens Bibliotek?\n" in letter
    assert "from number 10 on with one of these: yes, not yet, don't know" in letter
    assert "\n16. What should we do more of – or stop doing?\n" in letter
    assert "http://" not in letter
    assert letter.endswith("https://byen.example/privatliv")
    assert "Når de svarer, så tryk på" in said(await library.view())


async def test_without_a_public_address_the_questions_stand_in_the_mail(library: Library) -> None:
    await decide(library, library_name="Byens Bibliotek")
    this = await asked(library)
    await begin(library, this)
    assert "Hvordan svarer de?" not in said(await library.view())
    await library.submit({"to": await voice(library, this)})
    _, letter = await mail(library)
    assert "Svar med et tal fra 1 (nej, slet ikke) til 5 (ja, helt) ud for hvert:\n1. Er" in letter
    assert "/e/" not in letter
    assert set((await now_is(library, this)).standings) == {METTE, ALI, await voice(library, this)}


@pytest.mark.usefixtures("web")
async def test_how_long_it_has_run_stands_in_the_mail(library: Library) -> None:
    this = await asked(library)
    now = library.house.clock.now()
    begun = now.replace(month=5)
    activity = Activity(this.partner_id or 0, "Lektiecafé", METTE, begun)
    stored = await library.store.write(circle_activity.begin, "T01", activity)
    await library.store.write(rounds.cancel, "T01", this.id, by=METTE, now=now)
    this = await asked(library, activity_id=stored.id, partner_id=this.partner_id)
    await begin(library, this)
    await library.submit({"to": "@0"})
    _, letter = await mail(library)
    assert "Vi har nu haft lektiecaféen sammen i et halvt år. Hvordan oplever I det?" in letter


@pytest.mark.parametrize(
    ("how", "sentence"),
    [
        ("stranger", "Kun de kolleger, der er spurgt i runden, kan spørge partneren."),
        ("coordinator", "Kun de kolleger, der er spurgt i runden"),
        ("guest", "Partnerbot er for bibliotekets ansatte."),
        ("late", "Runden er slut, så partnerens svar kan ikke komme med."),
        ("cancelled", "Runden er aflyst"),
        ("only us", "Denne gang er det kun jer selv, der bliver spurgt."),
        ("gone", "findes ikke længere"),
    ],
)
@pytest.mark.usefixtures("web")
async def test_who_may_not_ask_is_told_why(library: Library, how: str, sentence: str) -> None:
    this = await asked(library, asks_partner=how != "only us")
    user = {"stranger": SOFIE, "coordinator": KAREN, "guest": "U04"}.get(how, METTE)
    if how == "late":
        await library.control("clock", now=this.deadline.isoformat(), jump=True)
    if how == "cancelled":
        now = library.house.clock.now()
        await library.store.write(rounds.cancel, "T01", this.id, by=METTE, now=now)
    await begin(library, replace(this, id=99_999) if how == "gone" else this, user)
    assert sentence in said(await library.view(user))


@pytest.mark.usefixtures("web")
async def test_the_coordinator_steps_in_once_the_caller_has_left(library: Library) -> None:
    this = await asked(library, invited=(ALI, SOFIE))
    await begin(library, this, METTE)
    assert "Spørg partneren" in said(await library.view(METTE))
    await library.store.write(rounds.leave, "T01", this.kind, METTE)
    await begin(library, this, KAREN)
    assert "Spørg partneren" in said(await library.view(KAREN))


@pytest.mark.usefixtures("web")
async def test_who_does_not_wish_it_is_not_offered(library: Library) -> None:
    this = await asked(library, people=(ANNE, BO, replace(BO, name="", phone="+4586123456")))
    anne = await voice(library, this)
    await library.store.write(
        privacy.wishes_no_contact, "T01", this.partner_id or 0, int(anne[1:]), wish=True
    )
    await begin(library, this)
    options = next(e for b, e in elements(await library.view()) if b == "to")["options"]
    assert [one["text"]["text"] for one in options] == ["Bo Lind", "Hele organisationen"]


@pytest.mark.usefixtures("web")
async def test_who_objects_while_the_form_is_open_is_refused(library: Library) -> None:
    this = await asked(library)
    anne = await voice(library, this)
    await begin(library, this)
    await library.store.write(
        privacy.wishes_no_contact, "T01", this.partner_id or 0, int(anne[1:]), wish=True
    )
    done = await library.submit({"to": anne})
    assert "vil ikke kontaktes" in str(done)
    assert await now_is(library, this) == this


async def paste(library: Library, this: Round, text: str, to: str, user: str = METTE) -> Json:
    await begin(library, this, user)
    done = await library.press("Indsæt svar fra en mail", user)
    assert done["ok"], done
    return await library.submit({"to": to, "text": text}, user)


def chosen(view: Json) -> dict[str, Any]:
    return {
        block.removeprefix("choice."): (element.get("initial_option") or {}).get("value")
        for block, element in elements(view)
        if block.startswith("choice.")
    }


@pytest.mark.usefixtures("web")
@pytest.mark.parametrize("goodbye", ["", "Mange hilsner\n", "De bedste hilsner\n"])
async def test_who_signs_a_pasted_mail_stands_in_no_remark(library: Library, goodbye: str) -> None:
    this = await asked(library)
    anne = await voice(library, this)
    signed = f"{goodbye}Rasmus Klintholm\nByorkestret\nTlf. 33 12 44 55"
    await paste(library, this, f"1: 4\n7: flere koncerter\n\n{signed}", anne)
    assert "Tlf. 33 12 44 55" in said(await library.view())
    await library.submit({})
    notes = (await sheet(library, this, anne)).notes
    assert notes == {LAST: "flere koncerter"}


@pytest.mark.usefixtures("web")
async def test_a_pasted_mail_is_shown_as_it_is_read_and_then_kept(library: Library) -> None:
    this = await asked(library)
    anne = await voice(library, this)
    done = await paste(library, this, MAIL, anne)
    assert done["ok"], done
    view = await library.view()
    shown = said(view)
    assert "Jeg fandt 4 svar." in shown
    assert "Spørgsmål 3: Jeg forstår ikke ”7”." in shown
    assert "Spørgsmål 6: Der står to forskellige ting, ”4” og ”5”. Vælg den rigtige." in shown
    assert "Hej Mette" in shown
    assert "Anne Holm, tlf. 86 12 34 56" in shown
    assert chosen(view) == {
        "easy": "4",
        "roles": "2",
        "forward": None,
        "agreed": "5",
        "difference": "unknown",
        "worth": None,
    }
    done = await library.submit({"choice.worth": "5"})
    assert done["ok"], done
    assert "Partnerens svar er gemt. 1 af 3 har svaret." in said(await library.view())
    kept = await sheet(library, this, anne)
    assert kept.answers == {
        "easy": "4",
        "roles": "2",
        "agreed": "5",
        "difference": "unknown",
        "worth": "5",
    }
    assert kept.notes == {
        "roles": "fordi vi ikke ved, hvem vi skal ringe til",
        LAST: "Flere fælles arrangementer",
    }
    assert (await now_is(library, this)).standings[anne] is Standing.ANSWERED


@pytest.mark.usefixtures("web")
async def test_a_second_mail_takes_the_place_of_the_first_and_keeps_what_was_written(
    library: Library,
) -> None:
    this = await asked(library)
    await paste(library, this, "1: 4\n2: 2\n7: Flere", "@0")
    await library.submit({})
    await library.close()
    await paste(library, this, "2: 5\n7: Tak", "@0")
    assert "De har allerede svaret." in said(await library.view())
    await library.submit({})
    kept = await sheet(library, this, "@0")
    assert kept.answers == {"easy": "4", "roles": "5"}
    assert kept.notes == {LAST: "Flere\nTak"}


async def test_a_colleague_never_sees_what_the_partner_has_sent_itself(
    library: Library, web: Browser
) -> None:
    this = await asked(library)
    await begin(library, this)
    await library.submit({"to": "@0"})
    _, letter = await mail(library)
    (token,) = re.findall(r"/e/([\w-]+)", letter)
    await web.send(token, ALL_FOUR | {"easy": "1"}, {"easy": "Dybt hemmeligt"})
    await library.close()
    await begin(library, this)
    await library.press("Skriv svar ind fra et møde")
    assert set(chosen(await library.view()).values()) == {None}
    meeting = {f"note.{LAST}": "Mere kaffe"}
    await library.submit({"to": "@0", "choice.roles": "5", **meeting})
    view = await library.view()
    assert "De har allerede svaret. Det, der står her, kommer i stedet." in said(view)
    assert set(chosen(view).values()) == {None, "5"}
    assert "Mere kaffe" in said(view)
    assert (await sheet(library, this, "@0")).answers == ALL_FOUR | {"easy": "1"}
    done = await library.submit({})
    assert done["ok"], done
    assert "Dybt hemmeligt" not in str(await library.log("api"))
    kept = await sheet(library, this, "@0")
    assert kept.answers == ALL_FOUR | {"easy": "1", "roles": "5"}
    told = "Fortalt på et møde. Mere kaffe"
    assert kept.notes == {"easy": "Dybt hemmeligt", LAST: told}


async def test_what_does_not_fit_beside_their_own_words_is_not_cut(
    library: Library, web: Browser
) -> None:
    this = await asked(library)
    await begin(library, this)
    await library.submit({"to": "@0"})
    _, letter = await mail(library)
    (token,) = re.findall(r"/e/([\w-]+)", letter)
    await web.send(token, ALL_FOUR, {LAST: "x" * 2900})
    await library.close()
    await begin(library, this)
    await library.press("Skriv svar ind fra et møde")
    await library.submit({"to": "@0", "choice.roles": "5", f"note.{LAST}": "y" * 200})
    done = await library.submit({})
    wrong = done["ack"]["body"]["errors"][f"note.{LAST}"]
    assert "der er plads til 3000 tegn i alt" in wrong
    kept = await sheet(library, this, "@0")
    assert kept.notes == {LAST: "x" * 2900}
    assert kept.answers == ALL_FOUR


async def test_a_mail_that_says_meeting_deletes_no_answers_without_a_word(
    library: Library, web: Browser
) -> None:
    this = await asked(library)
    await begin(library, this)
    await library.submit({"to": "@0"})
    _, letter = await mail(library)
    (token,) = re.findall(r"/e/([\w-]+)", letter)
    await library.close()
    await paste(library, this, "Møde", "@0")
    await web.send(token, ALL_FOUR)
    await library.submit({})
    assert "De har allerede svaret." in said(await library.view())
    assert (await sheet(library, this, "@0")).answers == ALL_FOUR
    await library.submit({})
    assert (await now_is(library, this)).standings["@0"] is Standing.DECLINED


@pytest.mark.usefixtures("web")
async def test_told_at_a_meeting_says_so(library: Library) -> None:
    this = await asked(library)
    bo = await voice(library, this, "Bo Lind")
    await begin(library, this)
    await library.press("Skriv svar ind fra et møde")
    done = await library.submit({"to": bo, "choice.easy": "3", f"note.{LAST}": "Mere kaffe"})
    assert done["ok"], done
    kept = await sheet(library, this, bo)
    assert kept.notes == {LAST: "Fortalt på et møde. Mere kaffe"}
    assert (await now_is(library, this)).standings == {
        METTE: Standing.WAITING,
        ALI: Standing.WAITING,
        bo: Standing.ANSWERED,
    }


@pytest.mark.usefixtures("web")
async def test_nothing_chosen_and_a_personal_number_are_said_at_the_field(library: Library) -> None:
    this = await asked(library)
    await begin(library, this)
    await library.press("Skriv svar ind fra et møde")
    done = await library.submit({"to": "@0"})
    assert "Vælg mindst ét svar." in str(done["ack"]["body"]["errors"]["choice.easy"])
    note = {f"note.{LAST}": "010190-1234"}
    done = await library.submit({"to": "@0", "choice.easy": "3", **note})
    assert "CPR-nummer" in str(done["ack"]["body"]["errors"][f"note.{LAST}"])
    assert await now_is(library, this) == this


@pytest.mark.usefixtures("web")
async def test_a_mail_that_says_meeting_is_that(library: Library) -> None:
    this = await asked(library)
    await paste(library, this, "Hej Mette\n\nMøde!\n\nMvh Anne", await voice(library, this))
    assert "De vil hellere tage det på et møde." in said(await library.view())
    done = await library.submit({})
    assert done["ok"], done
    anne = await voice(library, this)
    assert (await now_is(library, this)).standings[anne] is Standing.DECLINED


@pytest.mark.usefixtures("web")
async def test_a_mail_that_would_rather_meet_is_understood_in_their_own_words(
    library: Library,
) -> None:
    this = await asked(library)
    text = "Hej Mette\nvi vil hellere tage det på et møde. Hilsen Per"
    await paste(library, this, text, "@0")
    assert "De vil hellere tage det på et møde." in said(await library.view())


@pytest.mark.usefixtures("web")
async def test_a_pasted_mail_with_our_questions_and_a_name_below_is_read(library: Library) -> None:
    this = await asked(library)
    text = "1: fire\n2: 2 fordi\nvi ikke ved, hvem\nAnne Holm\n6. Er udbyttet tiden værd? (1-5)"
    await paste(library, this, text, "@0")
    shown = said(await library.view())
    assert "Jeg fandt 2 svar." in shown
    assert "Jeg forstår ikke" not in shown
    assert "Anne Holm" in shown.partition("Det her kunne jeg ikke placere")[2]


@pytest.mark.usefixtures("web")
async def test_a_mail_without_answers_loses_nothing(library: Library) -> None:
    this = await asked(library)
    text = "\n".join(f"linje {n} **fed** <!channel> {{piece}}" for n in range(80))
    await paste(library, this, text[:3000], "@0")
    view = await library.view()
    assert "Jeg fandt ingen svar." in said(view)
    assert re.sub(r"\s", "", text[:3000]) in re.sub(r"\s", "", said(view))


async def test_the_addresses_of_the_statements_are_settings(library: Library) -> None:
    await decide(library, coordinators=(METTE,))
    await library.write("indstillinger")
    await library.press("Bibliotekets indstillinger")
    shown = said(await library.view())
    assert "Mangler endnu: Adressen på jeres privatlivspolitik · Adressen på jeres" in shown
    view = await library.view()
    ids = {"block_id": "library.web", "action_id": "library_edit.web"}
    done = await library.control("click", user=METTE, view_id=view["id"], **ids)
    assert done["ok"], done
    for wrong in ("byen.example", "http://byen.example", "https://byen", "javascript:alert(1)"):
        done = await library.submit({"privacy_url": wrong})
        assert "Den begynder med https://." in str(done), wrong
    done = await library.submit(
        {"privacy_url": "https://byen.example/p", "accessibility_url": "https://was.digst.dk/x"}
    )
    assert done["ok"], done
    assert "Adressen på" not in said(await library.view())


@pytest.mark.usefixtures("web")
async def test_the_mail_program_gets_every_sign(library: Library) -> None:
    this = await asked(library, subject="Ord & ånd? 100 %")
    await begin(library, this)
    await library.submit({"to": await voice(library, this)})
    opens = next(e for _, e in elements(await library.view()) if e.get("url"))
    assert "To minutter om Ord & ånd? 100 %?" in unquote(opens["url"])
    assert "&body=" in opens["url"]
