"""Contacts: a line, a click, a form, a message; and the way back from each."""

import asyncio
import re
from datetime import timedelta
from pathlib import Path

import pytest

from bot.partner import ContactPerson
from storage import partner as register_of
from storage import privacy
from tests.handlers.library import Json, Library, elements, said
from tests.handlers.wire import api, count, database, fault, rows

LINE = "kontakt Springbræt talte med Anne om foråret"


async def test_a_line_is_kept_at_once(library: Library, tmp_path: Path) -> None:
    await library.known()
    await library.write(LINE)
    assert not (await library.state())["views"]
    message = await library.message()
    assert "Noteret: Springbræt, i dag, ”talte med Anne om foråret”." in said(message)
    assert [e["text"]["text"] for _, e in elements(message)][:2] == ["Ret", "Fortryd"]
    assert count(database(tmp_path), "contact") == 1


@pytest.mark.parametrize("word", ["kontakt", "Kontakt", "notér", "noter", "contact", "NOTE."])
async def test_the_word_is_found_however_it_is_written(library: Library, word: str) -> None:
    await library.known()
    await library.write(f"{word} springbræt mødtes i går om sommeren")
    assert "Noteret: Springbræt, i går, ”mødtes i går om sommeren”." in said(
        await library.message()
    )


async def test_a_contact_stands_on_the_card(library: Library) -> None:
    await library.known()
    await library.write(LINE)
    await library.write("springbræt", user="U03")
    shown = said(await library.message("U03"))
    assert "Seneste kontakter I dag, @U02: talte med Anne om foråret" in shown


async def test_without_a_text_there_is_a_small_form(library: Library) -> None:
    number = await library.known()
    await library.write("kontakt springbræt")
    view = await library.view()
    assert view["title"]["text"] == "Notér kontakt"
    chosen = dict(elements(view))["partner_pick"]["initial_option"]
    assert chosen["value"] == str(number)
    done = await library.submit({"about": "om foråret", "kind": "met", "with_whom": "Anne"})
    assert "Noteret: Springbræt, i dag, ”om foråret”." in said(done["view"])
    await library.press("Ret")
    assert dict(elements(await library.view()))["with_whom"]["initial_value"] == "Anne"


async def test_without_anything_the_form_is_empty(library: Library) -> None:
    await library.write("kontakt")
    view = await library.view()
    assert "initial_option" not in dict(elements(view))["partner_pick"]


async def test_a_name_that_nobody_has_gives_the_form_with_the_words(library: Library) -> None:
    await library.known()
    await library.write("kontakt Skatklubben talte med Bo")
    view = await library.view()
    assert "Jeg kunne ikke se, hvilken partner du mener." in said(view)
    assert "Skatklubben talte med Bo" in said(view)


async def test_a_command_word_as_the_name_is_no_trap(library: Library) -> None:
    await library.write("kontakt tjek om foråret")
    assert "tjek om foråret" in said(await library.view())


async def test_of_several_one_is_chosen_and_nothing_is_lost(
    library: Library, tmp_path: Path
) -> None:
    await library.known("Byens Museum", keywords=("historie",))
    await library.known("Byens Teater")
    await library.write("kontakt byens ringede om fernisering")
    message = await library.message()
    assert "Hvilken mener du? Byens Museum – historie Byens Teater" in said(message)
    assert count(database(tmp_path), "contact") == 0
    await library.press("Byens Teater")
    assert "Noteret: Byens Teater, i dag, ”ringede om fernisering”." in said(
        await library.message()
    )
    assert count(database(tmp_path), "contact") == 1


async def test_a_line_too_long_for_a_button_is_chosen_for_in_the_form(library: Library) -> None:
    await library.known("Byens Museum")
    await library.known("Byens Teater")
    await library.write(f"kontakt byens {'x' * 2000}")
    assert "x" * 2000 in said(await library.view())


async def test_none_of_several_gives_the_form_with_the_whole_line(library: Library) -> None:
    await library.known("Byens Museum")
    await library.known("Byens Teater")
    await library.write("kontakt byens ringede om fernisering")
    await library.press("Ingen af dem")
    assert "byens ringede om fernisering" in said(await library.view())


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("ring til 010190-1234", "Det ligner et CPR-nummer"),
        ("x" * 301, "Det er for langt (301 tegn"),
    ],
)
async def test_a_line_that_cannot_be_kept_comes_back_in_the_form(
    library: Library, tmp_path: Path, text: str, sentence: str
) -> None:
    await library.known()
    await library.write(f"kontakt springbræt {text}")
    view = await library.view()
    assert sentence in said(view)
    assert text in said(view)
    assert count(database(tmp_path), "contact") == 0
    done = await library.submit({"about": "om foråret"})
    assert "Noteret" in said(done["view"])


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        ("2027-11-01", "Den dag er ikke kommet endnu."),
        ("1970-01-01", "Den dag ligger for langt tilbage til at passe."),
    ],
)
async def test_a_day_that_cannot_be_is_refused_at_its_field(
    library: Library, day: str, sentence: str
) -> None:
    await library.known()
    await library.write("kontakt springbræt")
    done = await library.submit({"on": day, "about": "om foråret"})
    assert done["errors"]["on"].startswith(sentence)


async def test_another_day_is_possible(library: Library) -> None:
    await library.known()
    await library.write("kontakt springbræt")
    yesterday = library.house.clock.now().date() - timedelta(days=1)
    done = await library.submit({"on": yesterday.isoformat()})
    assert "Noteret: Springbræt, i går. Vi talte sammen." in said(done["view"])


async def test_one_click_on_the_card(library: Library, tmp_path: Path) -> None:
    await library.known()
    await library.write("springbræt")
    await library.press("Vi har talt sammen")
    assert "Noteret: Du har talt med Springbræt i dag." in said(await library.message())
    assert count(database(tmp_path), "contact") == 1
    await library.press("Tilføj en linje om hvad")
    done = await library.submit({"about": "om foråret"})
    assert "”om foråret”" in said(done["view"])
    assert count(database(tmp_path), "contact") == 1


async def test_the_card_shows_what_was_clicked_on_it(library: Library) -> None:
    await library.known()
    await library.write("springbræt")
    card = await library.message()
    await library.press("Vi har talt sammen")
    channels = (await library.state())["channels"]
    here = next(c for c in channels if c["id"] == "C03")["messages"]
    now = next(m for m in here if m["ts"] == card["ts"])
    assert "I dag, @U02: vi talte sammen" in said(now)


async def test_undo_takes_it_back(library: Library) -> None:
    await library.known()
    await library.write(LINE)
    await library.press("Fortryd")
    assert "Fortrudt. Kontakten med Springbræt er taget af kortet igen." in said(
        await library.message()
    )
    await library.write("springbræt")
    assert "Der er ikke noteret nogen kontakt endnu." in said(await library.message())


async def test_after_a_colleagues_correction_undo_says_so(library: Library) -> None:
    await library.known()
    await library.write(LINE)
    await library.write("springbræt", user="U03")
    await library.press("Se kontakterne", user="U03")
    await library.press("Ret", user="U03")
    await library.submit({"about": "talte med Anne om efteråret"}, user="U03")
    await library.press("Fortryd")
    assert "En kollega har rettet kontakten imens" in said(await library.message())


async def test_two_who_correct_at_once_lose_nothing(library: Library) -> None:
    await library.known()
    await library.write(LINE)
    await library.press("Ret")
    await library.write("springbræt", user="U03")
    await library.press("Se kontakterne", user="U03")
    await library.press("Ret", user="U03")
    await library.submit({"about": "talte med Anne om efteråret"}, user="U03")
    done = await library.submit({"about": "talte med Anne om vinteren"})
    assert "En kollega rettede kontakten, mens du skrev." in str(done["errors"])


async def test_a_colleagues_contact_cannot_be_undone(library: Library) -> None:
    await library.known()
    await library.write(LINE)
    await library.write("springbræt", user="U03")
    await library.press("Se kontakterne", user="U03")
    assert "Fortryd" not in said(await library.view("U03"))


async def test_after_a_day_undo_is_over(library: Library) -> None:
    await library.known()
    await library.write(LINE)
    await library.control("clock", advance=25 * 3600, jump=True)
    await library.press("Fortryd")
    assert "En kontakt kan fortrydes i et døgn." in said(await library.message())


async def test_a_colleagues_contact_of_the_same_fortnight_is_told(library: Library) -> None:
    await library.known()
    await library.write(LINE, user="U03")
    await library.control("clock", advance=3 * 86400, jump=True)
    await library.write("kontakt springbræt ringede om lokaler")
    shown = said(await library.message())
    assert "Noteret: Springbræt" in shown
    assert "@U03 talte med dem" in shown


async def test_my_own_contact_is_no_double(library: Library) -> None:
    await library.known()
    await library.write(LINE)
    await library.write(LINE)
    assert "@U02" not in said(await library.message())


async def test_a_quick_question_is_answered_by_one_click(library: Library) -> None:
    await library.known()
    await library.write(LINE)
    assert "Hvem er Springbræt mest for?" in said(await library.message())
    await library.press("13-17 år")
    shown = said(await library.message())
    assert "Noteret: Springbræt" in shown
    assert "Tak. Nu står der på kortet: 13-17 år." in shown
    await library.write("springbræt")
    assert "13-17 år" in said(await library.message())


async def test_everybody_is_an_answer(library: Library) -> None:
    await library.known()
    await library.write(LINE)
    await library.press("Alle")
    await library.write("springbræt")
    assert "0-5 år, 6-12 år, 13-17 år" in said(await library.message())


async def test_a_skipped_question_never_comes_again(library: Library) -> None:
    await library.known()
    await library.write(LINE)
    await library.press("Spring over")
    assert "Hvem er" not in said(await library.message())
    await library.write(LINE)
    assert "Hvem er" not in said(await library.message())
    assert "Hvad er Springbræt for en slags?" in said(await library.message())


async def test_a_question_that_a_colleague_answered_first_shows_her_answer(
    library: Library,
) -> None:
    await library.known()
    await library.write(LINE)
    await library.write(LINE, user="U03")
    await library.press("0-5 år", user="U03")
    await library.press("13-17 år")
    assert "Nu står der på kortet: 0-5 år." in said(await library.message())


async def test_a_known_partner_is_asked_nothing(library: Library) -> None:
    fields: Json = {"age_groups": ("0-5",), "kind": "firm", "rooms": ("learning",)}
    await library.known(**fields)
    await library.write(LINE)
    assert "?" not in said(await library.message())


async def test_from_a_message_the_form_is_suggested(library: Library) -> None:
    number = await library.known()
    told = await library.control(
        "message",
        user="U03",
        channel="C01",
        text="Har lige *mødtes* med <https://springbraet.dk|Springbræt> om lektiecaféen &amp; mad",
    )
    channels = (await library.state())["channels"]
    ts = next(c for c in channels if c["id"] == "C01")["messages"][-1]["ts"]
    assert told["ok"]
    await library.control(
        "shortcut",
        user="U02",
        callback_id="note_contact",
        message={"channel": "C01", "ts": ts},
    )
    view = await library.view()
    filled = dict(elements(view))
    assert filled["partner_pick"]["initial_option"]["value"] == str(number)
    suggested = "Har lige mødtes med Springbræt om lektiecaféen & mad"
    assert filled["about"]["initial_value"] == suggested
    assert filled["kind"]["initial_option"]["value"] == "met"
    await library.submit({})
    await library.close()
    await library.write("springbræt")
    message = await library.message()
    assert "· beskeden" in said(message)
    assert ts.replace(".", "") in str(message["blocks"])


async def test_a_message_that_names_nobody_leaves_the_choice(library: Library) -> None:
    told = await api(library, "chat.postMessage", channel="C01", text="Kaffe kl. 10?")
    await library.control(
        "shortcut",
        user="U02",
        callback_id="note_contact",
        message={"channel": "C01", "ts": told["ts"]},
    )
    filled = dict(elements(await library.view()))
    assert "initial_option" not in filled["partner_pick"]
    assert filled["about"]["initial_value"] == "Kaffe kl. 10?"


async def shortcut(library: Library, text: str) -> None:
    """Use the shortcut on a colleague's message."""
    await library.control("message", user="U03", channel="C01", text=text)
    channels = (await library.state())["channels"]
    ts = next(c for c in channels if c["id"] == "C01")["messages"][-1]["ts"]
    where = {"channel": "C01", "ts": ts}
    await library.control("shortcut", user="U02", callback_id="note_contact", message=where)


async def test_a_message_of_another_day_says_when_that_was(library: Library) -> None:
    await library.known()
    await shortcut(library, "Mødtes i forgårs med Springbræt om lektiecaféen")
    day = (library.house.clock.now() - timedelta(days=2)).date()
    assert dict(elements(await library.view()))["on"]["initial_date"] == day.isoformat()
    done = await library.submit({"about": "om lektiecaféen"})
    assert re.search(r"Noteret: Springbræt, i \w+s, ”om lektiecaféen”\.", said(done["view"]))


@pytest.mark.parametrize(
    "how", [{"error": "message_not_found"}, {"status": 500}, {"drop_answer": True}]
)
async def test_without_the_messages_address_the_contact_is_kept(
    library: Library, tmp_path: Path, how: Json
) -> None:
    await library.known()
    await shortcut(library, "Mødtes med Springbræt")
    await fault(library, "chat.getPermalink", times=9, **how)
    done = await library.submit({})
    assert "Noteret: Springbræt, i dag" in said(done["view"])
    assert rows(database(tmp_path), "SELECT link FROM contact") == [("",)]


async def test_two_quick_clicks_note_one_contact(library: Library, tmp_path: Path) -> None:
    await library.known(known_by=("U02",))
    await library.home()
    await library.press_on_home("Vi har talt sammen")
    first = await library.view()
    await library.press_on_home("Vi har talt sammen")
    assert "Noteret: Du har talt med Springbræt i dag." in said(await library.view())
    assert "Hvem er Springbræt mest for?" in said(first)
    assert count(database(tmp_path), "contact") == 1
    await library.press("Fortryd")
    assert "Fortrudt." in said(await library.view())


async def test_two_clicks_at_the_same_moment_note_one_contact(
    library: Library, tmp_path: Path
) -> None:
    await library.known(known_by=("U02",))
    await library.home()
    await asyncio.gather(*(library.press_on_home("Vi har talt sammen") for _ in range(3)))
    assert count(database(tmp_path), "contact") == 1


async def test_later_or_by_another_or_after_undoing_it_is_a_contact_of_its_own(
    library: Library, tmp_path: Path
) -> None:
    await library.known()
    await library.write("springbræt")
    await library.press("Vi har talt sammen")
    await library.press("Fortryd")
    for user, seconds in (("U02", 1), ("U03", 59), ("U02", 2)):
        await library.control("clock", advance=seconds, jump=True)
        await library.write("springbræt", user)
        await library.press("Vi har talt sammen", user)
    assert count(database(tmp_path), "contact") == 4


async def test_the_form_is_not_sent_without_a_partner(library: Library) -> None:
    await library.write("kontakt springbræt hej")
    view = await library.view()
    done = await library.control("submit", user="U02", view_id=view["id"], values={})
    assert done["by"] == "client"


@pytest.mark.parametrize("text", ["møde i morgen", "møde den 3. december 2099"])
async def test_what_is_agreed_on_is_not_noted_as_done(library: Library, text: str) -> None:
    await library.known("Springbræt")
    await library.write(f"kontakt springbræt {text}")
    view = said(await library.view())
    assert "Den dag er ikke kommet endnu." in view
    assert text in view


async def test_a_line_may_begin_with_a_person_of_theirs(library: Library) -> None:
    await library.known("Springbræt", people=(ContactPerson("Bente Ravn", source="messen"),))
    await library.write("kontakt Bente ringede om foråret")
    assert "Noteret: Springbræt, i dag, ”Bente ringede om foråret”." in said(
        await library.message()
    )


async def test_who_wishes_no_contact_is_told_of(library: Library) -> None:
    people = (ContactPerson("Bente Ravn", source="messen"), ContactPerson("Bo Lind", source="ham"))
    number = await library.known("Springbræt", people=people)
    partner = await library.store.read(register_of.existing, "T01", number)
    bente = partner.people[0].id
    await library.store.write(privacy.wishes_no_contact, "T01", number, bente, wish=True)
    await library.write("kontakt springbræt ringede til Bente og Bo")
    shown = said(await library.message())
    assert "Bente Ravn ønsker ikke kontakt." in shown
    assert "Bo Lind ønsker" not in shown


async def test_what_was_said_of_a_contact_is_corrected_with_it(library: Library) -> None:
    await library.known()
    await library.write(LINE)
    await library.press("Ret")
    await library.submit({"about": "talte med Anne om efteråret"})
    await library.look("idle")
    message = said(await library.message())
    assert "”talte med Anne om efteråret”" in message
    assert "foråret" not in message
