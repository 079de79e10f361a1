from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest

from bot.contact import DOUBLE_CONTACT_DAYS, Contact, Kind
from bot.partner import Partner
from bot.questions import load
from bot.tjek import Decision
from bot.workspace import Language
from storage import contact as contacts_of
from storage import partner as register_of
from storage import tjek as checks_of
from storage import workspace as settings_of
from tests.handlers.library import Library, elements, said

PAGES = load("tjek").pages
ALL = {question.id: "yes" for question in load("tjek").questions}


async def answer_page(library: Library, answers: Mapping[str, str], **more: str) -> None:
    """Fill in what the page on top asks, from `answers` by question id, and press its button."""
    view = await library.view()
    asked = [b["block_id"] for b in view["blocks"] if b["block_id"].startswith("question.")]
    values = {block: answers[block.removeprefix("question.")] for block in asked}
    done = await library.submit(values | more)
    assert done["ok"], done


async def begin(library: Library, words: str = "Pixelværket: fast VR-rum", **start: str) -> None:
    await library.write(f"tjek {words}")
    done = await library.submit(start)
    assert done["ok"], done


async def test_an_idea_that_is_too_long_stays_and_is_said(library: Library) -> None:
    idea = "fast VR-rum i huset " * 50
    await library.write(f"tjek {idea}")
    view = await library.view()
    assert idea.strip() in [e.get("initial_value") for _, e in elements(view)]
    assert "Det er for langt (999 tegn, der er plads til 200)." in said(view)
    done = await library.submit({})
    assert "plads til 200" in done["errors"]["idea"]
    assert (await library.submit({"idea": "fast VR-rum"}))["ok"]


async def test_the_command_opens_the_form_at_once(library: Library) -> None:
    await library.write("tjek Pixelværket")
    view = await library.view()
    assert view["title"]["text"] == "Tjek · Hvem og hvad?"
    assert "Pixelværket" in said(view)


async def test_a_whole_check_alone_from_idea_to_decision(library: Library) -> None:
    answers = ALL | {"hours": "no", "breadth": "no", "money": "unknown", "repeat": "partly"}
    await begin(library)
    titles = []
    for number, page in enumerate(PAGES, 1):
        titles.append((await library.view())["title"]["text"])
        assert titles[-1].startswith(f"Tjek {number}/4 · ")
        await answer_page(library, answers, **{f"note.{page.id}": f"note om side {number}"})
    result = said(await library.view())
    assert "Stopklods: Timer (13)" in result
    assert "Taler for: Mål, Lyst, Afdelinger," in result
    assert "Taler imod: Bredde, Timer" in result
    assert "Skal undersøges: Penge (14)" in result
    assert "Passer det? 3 ja, 1 nej" in result
    assert "note om side 4" in result
    assert "ikke en karakter" in result

    await library.press("Pænt nej")
    assert "Skriv én linje om hvorfor" in said(await library.view())
    await library.press("Pænt nej", values={"reason": {"reason": "Vi har ikke timerne."}})
    result = said(await library.view())
    assert "Pænt nej – Vi har ikke timerne." in result

    await library.control("close", user="U02", view_id=(await library.view())["id"])
    await library.write("")
    assert "ikke besluttet" not in said(await library.message())


async def test_a_decision_can_wait_and_its_line_is_kept(library: Library) -> None:
    await begin(library)
    for _ in PAGES:
        await answer_page(library, ALL)
    await library.submit({"reason": "Vi skal lige spørge Ali."})
    assert not (await library.state())["views"]
    await library.write("")
    assert "besvaret, ikke besluttet" in said(await library.message())
    await library.press("Vis")
    assert "Vi skal lige spørge Ali." in said(await library.view())
    await library.press("Ja, vi går videre", values={"reason": {"reason": "Ali er med."}})
    assert "Ja, vi går videre – Ali er med." in said(await library.view())
    await library.press("Ret beslutningen")
    assert "Ali er med." in said(await library.view())


async def test_back_and_forth_loses_no_answer(library: Library) -> None:
    await begin(library)
    await answer_page(library, ALL | {"goals": "no"})
    block = "question.new_users"
    await library.press("Tilbage", values={block: {block: "partly"}})
    view = await library.view()
    assert view["title"]["text"] == "Tjek 1/4 · Passer det?"
    goals = next(b for b in view["blocks"] if b["block_id"] == "question.goals")
    assert goals["element"]["initial_option"]["value"] == "no"
    await answer_page(library, ALL | {"goals": "no"})
    effect = await library.view()
    new_users = next(b for b in effect["blocks"] if b["block_id"] == block)
    assert new_users["element"]["initial_option"]["value"] == "partly"


async def test_closing_half_way_keeps_a_draft(library: Library) -> None:
    await begin(library)
    await answer_page(library, ALL)
    await library.control("close", user="U02", view_id=(await library.view())["id"])
    await library.write("tjek")
    assert "på et tjek af Pixelværket: fast VR-rum. Fortsæt" in said(await library.view())
    await library.press("Fortsæt")
    assert (await library.view())["title"]["text"] == "Tjek 2/4 · Virkning"


async def test_a_draft_can_be_deleted(library: Library) -> None:
    await begin(library)
    await answer_page(library, ALL)
    await library.control("close", user="U02", view_id=(await library.view())["id"])
    await library.write("tjek")
    await library.press("Slet kladden", confirm=True)
    assert "Du begyndte" not in said(await library.view())
    await library.write("tjek")
    assert "Du begyndte" not in said(await library.view())


async def test_the_short_check_goes_on_into_the_whole_and_asks_nothing_twice(
    library: Library,
) -> None:
    await begin(library, length="short")
    view = await library.view()
    asked = [b["block_id"] for b in view["blocks"] if b["block_id"].startswith("question.")]
    assert len(asked) == 5
    await answer_page(library, ALL)
    assert "uden svar" not in said(await library.view())
    await library.press("Svar også på de 9 andre")
    while (await library.view())["title"]["text"].startswith("Tjek "):
        view = await library.view()
        if view["callback_id"] != "tjek_page":
            break
        asked += [b["block_id"] for b in view["blocks"] if b["block_id"].startswith("question.")]
        await answer_page(library, ALL)
    assert sorted(asked) == sorted(f"question.{name}" for name in ALL)
    assert "Taler imod" not in said(await library.view())


async def test_the_whole_check_takes_twenty_clicks(library: Library) -> None:
    clicks = 0
    await begin(library)
    clicks += 1
    for _ in PAGES:
        questions = [b for b in (await library.view())["blocks"] if "question" in b["block_id"]]
        clicks += len(questions)
        await answer_page(library, ALL)
        clicks += 1
    await library.press("Ja, vi går videre", values={"reason": {"reason": "Det passer."}})
    clicks += 1
    assert "Ja, vi går videre" in said(await library.view())
    assert clicks <= 20


@pytest.mark.parametrize("idea", ["<!channel> & <@U01>", "&lt;b&gt;", "a\u202eb", "'; DROP TABLE"])
async def test_what_is_typed_is_shown_and_does_nothing(library: Library, idea: str) -> None:
    await library.write("tjek")
    await library.submit({"idea": idea})
    shown = said(await library.view())
    assert idea.replace("\u202e", "") in shown


async def test_a_cpr_number_is_stopped_and_what_was_typed_stays(library: Library) -> None:
    await begin(library)
    view = await library.view()
    asked = [b["block_id"] for b in view["blocks"] if b["block_id"].startswith("question.")]
    values = dict.fromkeys(asked, "yes") | {"note.fit": "Annes nummer er 010190-1234"}
    done = await library.submit(values)
    assert not done["ok"]
    assert done["errors"] == {
        "note.fit": "Det ligner et CPR-nummer, og det må ikke stå her. Fjern det, så kan du gemme."
    }


async def test_nothing_to_check_is_asked_for(library: Library) -> None:
    await library.write("tjek")
    done = await library.submit({})
    assert done["errors"] == {"idea": "Vælg en partner, eller beskriv idéen i én linje."}


async def test_a_colleague_sees_the_result_but_does_not_decide(library: Library) -> None:
    await library.write("ny")
    await library.submit({"name": "Pixelværket"})
    await library.control("close", user="U02", view_id=(await library.view())["id"])
    await begin(library, "Pixelværket", idea="fast VR-rum")
    for _ in PAGES:
        await answer_page(library, ALL)
    await library.write("pixelværket", user="U03")
    assert "besvaret, ikke besluttet" in said(await library.message("U03"))
    await library.press("Vis", user="U03")
    shown = await library.view("U03")
    assert "fast VR-rum" in said(shown)
    assert "Pænt nej" not in said(shown)


async def short_and_decided(library: Library) -> None:
    await begin(library, length="short")
    await answer_page(library, ALL)
    await library.press("Ja, vi går videre", values={"reason": {"reason": "Det passer."}})


async def test_a_decided_check_is_not_gone_on_with_and_is_no_draft(library: Library) -> None:
    await short_and_decided(library)
    assert "Svar også på" not in said(await library.view())
    await library.control("close", user="U02", view_id=(await library.view())["id"])
    await library.write("tjek")
    assert "Du begyndte" not in said(await library.view())


async def test_a_form_that_stood_open_changes_nothing_that_is_decided(library: Library) -> None:
    await begin(library, length="short")
    await answer_page(library, ALL)
    number = (await library.view())["private_metadata"].partition(":")[0]
    team = (await library.state())["team"]["id"]
    await library.store.write(
        checks_of.decide,
        team,
        int(number),
        decision=Decision.GO_ON,
        reason="Det passer.",
        by="U02",
        now=library.house.clock.now(),
    )
    done = await library.submit({"reason": "et udkast"})
    assert "Tjekket er afgjort." in done["errors"]["reason"]
    await library.press("Svar også på de 9 andre")
    assert "Tjekket er afgjort." in said(await library.view())
    check = await library.store.read(checks_of.get, team, int(number))
    assert check
    assert (check.decision, check.reason) == (Decision.GO_ON, "Det passer.")


async def test_back_over_the_seam_of_a_short_check_keeps_count(library: Library) -> None:
    await begin(library, length="short")
    await answer_page(library, ALL)
    await library.press("Svar også på de 9 andre")
    assert (await library.view())["title"]["text"].startswith("Tjek 2/4 · ")
    await library.press("Tilbage")
    assert (await library.view())["title"]["text"] == "Tjek 1/4 · Kort tjek"
    for _ in range(4):
        await answer_page(library, ALL)
    assert "Svar også på" not in said(await library.view())
    assert "uden svar" not in said(await library.view())


async def test_words_that_name_nobody_are_the_idea(library: Library) -> None:
    await library.write("ny Springbræt")
    await library.submit({})
    await library.control("close", user="U02", view_id=(await library.view())["id"])
    for words, partner, idea in (
        ("springbræt", "Springbræt", ""),
        ("Springbræt: sommerfest", "Springbræt", "sommerfest"),
        ("sommerfest for alle", "", "sommerfest for alle"),
    ):
        await library.write(f"tjek {words}")
        shown = (await library.view())["blocks"]
        blocks = {b["block_id"]: b["element"] for b in shown if "element" in b}
        picked = blocks["partner_pick"].get("initial_option", {}).get("text", {}).get("text", "")
        assert (picked, blocks["idea"].get("initial_value", "")) == (partner, idea)
        await library.control("close", user="U02", view_id=(await library.view())["id"])


async def close(library: Library, user: str = "U02") -> None:
    await library.control("close", user=user, view_id=(await library.view(user))["id"])


async def known(library: Library, name: str = "Springbræt") -> int:
    """A partner in the register, as another colleague put it there."""
    now = library.house.clock.now()
    stored = await library.store.write(register_of.add, "T01", Partner(name), by="U05", now=now)
    return stored.id


async def noted(library: Library, partner_id: int, by: str, days: int = 0, about: str = "") -> None:
    """A contact of a colleague so many days ago."""
    now = library.house.clock.now()
    contact = Contact(partner_id, Kind.TALKED, now.date() - timedelta(days=days), by, now, about)
    await library.store.write(contacts_of.note, "T01", contact)


async def choose(library: Library, name: str, user: str = "U02") -> str:
    """Type in the form's select, and take what it offers."""
    view = await library.view(user)
    typed = {"action_id": "partner_pick", "value": name}
    offered = await library.control("suggest", user=user, view_id=view["id"], **typed)
    return str(offered["options"][0]["value"])


def fields(view: dict[str, Any]) -> dict[str, str]:
    """What the form holds, by block; empty fields are left out."""
    held = {}
    for block_id, element in elements(view):
        option = element.get("initial_option") or {}
        if value := element.get("initial_value") or option.get("value"):
            held[block_id] = value
    return held


async def test_back_from_the_first_page_is_who_and_what_with_all_that_was_typed(
    library: Library,
) -> None:
    number = await known(library)
    await begin(library, "springbræt: sommerfest", form="partnership")
    typed = {
        "question.goals": {"question.goals": "no"},
        "note.fit": {"note": "måske til sommer"},
    }
    await library.press("Tilbage", values=typed)
    view = await library.view()
    assert view["title"]["text"] == "Tjek · Hvem og hvad?"
    assert view["close"]["text"] == "Luk"
    assert fields(view) == {
        "partner_pick": str(number),
        "idea": "sommerfest",
        "form": "partnership",
        "length": "whole",
    }
    await library.submit({})
    view = await library.view()
    assert view["title"]["text"] == "Tjek 1/4 · Passer det?"
    assert fields(view) == {"question.goals": "no", "note.fit": "måske til sommer"}


async def test_another_idea_and_partner_keep_the_answers(library: Library) -> None:
    await known(library)
    await begin(library, "Pixelværket: fast VR-rum")
    await answer_page(library, ALL | {"goals": "no"})
    await library.press("Tilbage")
    await library.press("Tilbage")
    springbraet = await choose(library, "spr")
    done = await library.submit({"partner_pick": springbraet, "idea": "et forløb"})
    assert done["ok"], done
    view = await library.view()
    assert "Springbræt – et forløb" in said(view)
    assert fields(view)["question.goals"] == "no"
    await close(library)
    await library.write("tjek")
    shown = said(await library.view())
    assert "på et tjek af Springbræt – et forløb. Fortsæt" in shown
    await library.press("Slet kladden", confirm=True)
    assert "Du begyndte" not in said(await library.view())


async def test_from_whole_to_short_and_back_no_answer_is_lost(library: Library) -> None:
    await begin(library)
    await answer_page(library, ALL | {"breadth": "no", "goals": "partly"})
    await library.press("Tilbage")
    await library.press("Tilbage")
    await library.submit({"length": "short"})
    view = await library.view()
    assert view["title"]["text"] == "Kort tjek"
    assert fields(view)["question.goals"] == "partly"
    await library.press("Tilbage")
    await library.submit({"length": "whole"})
    assert fields(await library.view())["question.breadth"] == "no"


async def test_an_emptied_first_form_is_asked_for_again(library: Library) -> None:
    await begin(library)
    await library.press("Tilbage")
    done = await library.submit({"idea": ""})
    assert done["errors"] == {"idea": "Vælg en partner, eller beskriv idéen i én linje."}
    await library.submit({"idea": "fast VR-rum"})
    assert (await library.view())["title"]["text"] == "Tjek 1/4 · Passer det?"


async def test_a_first_form_left_open_changes_no_decided_check(library: Library) -> None:
    await begin(library, length="short")
    await library.press("Tilbage")
    number = int((await library.view())["private_metadata"].partition(":")[0])
    decided = {"decision": Decision.GO_ON, "reason": "Det passer.", "by": "U02"}
    now = library.house.clock.now()
    await library.store.write(checks_of.decide, "T01", number, now=now, **decided)  # type: ignore[arg-type] # the three of them
    done = await library.submit({"idea": "noget andet"})
    assert "Tjekket er afgjort." in done["errors"]["partner_pick"]


async def test_what_was_chosen_stays_when_the_draft_is_deleted(library: Library) -> None:
    number = await known(library)
    await begin(library)
    await answer_page(library, ALL)
    await close(library)
    await library.write("tjek springbræt: sommerfest")
    await library.press("Slet kladden", confirm=True)
    held = fields(await library.view())
    assert (held["partner_pick"], held["idea"]) == (str(number), "sommerfest")


async def test_every_page_says_what_it_is_about(library: Library) -> None:
    await known(library)
    await begin(library, "springbræt: sommerfest")
    for _ in PAGES:
        assert "Springbræt – sommerfest" in said(await library.view())
        await answer_page(library, ALL)
    assert "Tjek: Springbræt – sommerfest" in said(await library.view())


async def test_a_question_has_the_same_number_in_the_short_check(library: Library) -> None:
    await begin(library, length="short")
    labels = [b["label"]["text"] for b in (await library.view())["blocks"] if "label" in b]
    assert [label[:2] for label in labels[:5]] == ["1.", "2.", "8.", "13", "14"]
    await answer_page(library, ALL | {"hours": "no", "money": "unknown"})
    result = said(await library.view())
    assert "Stopklods: Timer (13)" in result
    assert "Skal undersøges: Penge (14)" in result
    await library.press("Svar også på de 9 andre")
    labels = [b["label"]["text"] for b in (await library.view())["blocks"] if "label" in b]
    assert labels[0].startswith("3. ")


async def test_what_is_partly_so_is_named(library: Library) -> None:
    await begin(library, length="short")
    await answer_page(library, ALL | {"drive": "partly", "need": "partly"})
    assert "Delvist: Lyst, Behov" in said(await library.view())


async def test_a_colleagues_contact_is_told_in_the_first_form(library: Library) -> None:
    number = await known(library)
    await noted(library, number, "U03", about="lektiecaféen & mad")
    await library.write("tjek springbræt")
    view = await library.view()
    assert "@U03 talte med dem i dag: ”lektiecaféen & mad”. Skriv til din kollega" in said(view)
    await library.submit({})
    assert "talte med dem" not in said(await library.view()), "it has just been said"
    await library.press("Tilbage")
    assert "talte med dem" in said(await library.view())


async def test_a_colleagues_contact_is_told_from_the_card(library: Library) -> None:
    number = await known(library)
    await noted(library, number, "U03", days=1)
    await library.write("springbræt")
    await library.press("Tjek en idé")
    assert "@U03 talte med dem i går. Skriv til din kollega" in said(await library.view())


async def test_a_partner_picked_in_the_form_is_told_about_on_the_first_page(
    library: Library,
) -> None:
    number = await known(library)
    await noted(library, number, "U03")
    await library.write("tjek")
    await library.submit({"partner_pick": await choose(library, "spr")})
    first = await library.view()
    assert [block["block_id"] for block in first["blocks"]][1] == "contact_double"
    assert "@U03 talte med dem i dag." in said(first)
    await answer_page(library, ALL)
    assert "talte med dem" not in said(await library.view())


async def test_ones_own_contact_and_an_old_one_are_not_told(library: Library) -> None:
    number = await known(library)
    await noted(library, number, "U02")
    await noted(library, number, "U03", days=DOUBLE_CONTACT_DAYS + 1)
    await library.write("tjek springbræt")
    assert "talte med dem" not in said(await library.view())
    await close(library)
    await noted(library, number, "U03", days=DOUBLE_CONTACT_DAYS)
    await library.write("tjek springbræt")
    assert "talte med dem" in said(await library.view())


async def test_a_colleagues_check_is_told_but_not_what_it_says(library: Library) -> None:
    await known(library)
    await library.write("tjek springbræt: hemmelig plan", user="U03")
    await library.submit({}, user="U03")
    await library.write("tjek springbræt")
    shown = said(await library.view())
    assert "@U03 er i gang med et tjek af Springbræt (begyndt i dag)." in shown
    assert "hemmelig plan" not in shown
    await close(library)
    await library.write("tjek springbræt", user="U03")
    assert "er i gang med" not in said(await library.view("U03"))
    later = timedelta(days=DOUBLE_CONTACT_DAYS, hours=1).total_seconds()
    await library.control("clock", advance=later, jump=True)
    await library.write("tjek springbræt")
    assert "er i gang med" not in said(await library.view())


async def test_what_is_told_is_english_for_who_chose_english(library: Library) -> None:
    number = await known(library)
    await noted(library, number, "U03", days=1)
    now = library.house.clock.now()
    await library.store.write(settings_of.set_language, "T01", "U02", Language.ENGLISH, now)
    library.house.forget("T01")
    await library.write("check springbræt")
    assert "@U03 talked with them yesterday. Write to your colleague" in said(await library.view())
