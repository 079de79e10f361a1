import pytest

from handlers.views.partner import ADD
from tests.handlers.library import Json, Library, elements, said

SIGNATURE = """Med venlig hilsen

Anne Holm
Formand

Foreningen Springbræt
Havnegade 4, 8000 Aarhus C
Tlf. 86 12 34 56
anne@springbraet-eksempel.dk
www.springbraet-eksempel.dk
CVR-nr. 10150817
"""
CPR_SENTENCE = "Det ligner et CPR-nummer, og det må ikke stå her. Fjern det, så kan du gemme."


async def add(library: Library, name: str, user: str = "U02", **fields: str) -> Json:
    await library.write(f"ny {name}", user=user)
    done = await library.submit(fields, user=user)
    assert done["ok"], done
    return await library.view(user)


async def close(library: Library, user: str = "U02") -> None:
    while views := (await library.state(user))["views"]:
        await library.control("close", user=user, view_id=views[-1]["id"])


async def card(library: Library, name: str, user: str = "U02") -> str:
    await close(library, user)
    await library.write(name, user=user)
    return said(await library.message(user))


async def test_adding_takes_three_fields_and_two_clicks(library: Library) -> None:
    view = await add(library, "Springbræt", contact=SIGNATURE, source="fra Mette")
    assert "Springbræt er med." in said(view)
    assert "Anne Holm, Formand · anne@springbraet-eksempel.dk · 86 12 34 56" in said(view)
    shown = await card(library, "springbræt")
    assert "Springbræt er i vores netværk." in shown
    assert "Kender dem: @U02" in shown
    assert "CVR: 10150817" in shown


async def test_the_shortcut_opens_the_same_form(library: Library) -> None:
    await library.control("shortcut", user="U02", callback_id="add_partner")
    assert (await library.view())["title"]["text"] == "Tilføj partner"


async def test_a_person_needs_a_source_and_nothing_typed_is_lost(library: Library) -> None:
    await library.write("ny Springbræt")
    done = await library.submit({"contact": "Anne Holm, anne@springbraet-eksempel.dk"})
    assert not done["ok"]
    assert "hvor I kender hinanden fra" in done["errors"]["source"]


@pytest.mark.parametrize("command", ["ny ", "ny\n", "ny \n"])
async def test_a_signature_behind_the_command_is_sorted_as_in_the_form(
    library: Library, command: str
) -> None:
    await library.write(command + SIGNATURE)
    assert {**await filled_in(library), "contact": ""} == {
        "name": "Foreningen Springbræt",
        "contact": "",
        "source": "",
    }
    done = await library.submit({"source": "fra Mette"})
    assert done["ok"], done
    added = said(await library.view())
    assert "Foreningen Springbræt er med." in added
    assert "Anne Holm, Formand · anne@springbraet-eksempel.dk · 86 12 34 56" in added


async def test_a_signature_behind_the_bare_command_is_not_cut_either(library: Library) -> None:
    await library.write(SIGNATURE)
    (add_them,) = [e["text"]["text"] for _, e in elements(await library.message()) if is_add(e)]
    await library.press(add_them)
    assert "anne@springbraet-eksempel.dk" in (await filled_in(library))["contact"]


def is_add(element: Json) -> bool:
    return str(element["action_id"]) == ADD


async def filled_in(library: Library) -> dict[str, str]:
    """What stands in the form's fields of text."""
    view = await library.view()
    inputs = [e for _, e in elements(view) if e["type"] == "plain_text_input"]
    return {e["action_id"]: e.get("initial_value", "") for e in inputs}


async def test_more_than_a_name_holds_becomes_no_name(library: Library) -> None:
    await library.write(f"ny {'ord ' * 60}")
    assert await filled_in(library) == {
        "name": "",
        "contact": ("ord " * 60).strip(),
        "source": "",
    }
    assert "for langt" not in said(await library.view())
    await library.close()
    await library.write(f"ny {'ord ' * 1250}")
    assert (await filled_in(library))["name"] == ""
    assert "Det er for langt (4999 tegn, der er plads til 3000)." in said(await library.view())


async def test_fill_in_more_keeps_what_was_typed(library: Library) -> None:
    await library.write("ny Springbræt")
    typed = {"source": {"source": "Kulturnatten"}}
    await library.press("Udfyld mere", values=typed)
    view = await library.view()
    assert "Kulturnatten" in said(view)
    done = await library.submit({"kind": "association", "area": "Vestbyen"})
    assert done["ok"], done
    assert "forening · Vestbyen" in await card(library, "Springbræt")


@pytest.mark.parametrize(
    "words",
    [
        "Springbræt",
        "springbraet",
        "SPRINGBRÆT.",
        "  spring  bræt"[2:].replace("  ", ""),
        "springbrat",
    ],
)
async def test_a_search_forgives(library: Library, words: str) -> None:
    await add(library, "Foreningen Springbræt")
    assert "Foreningen Springbræt er i vores netværk." in await card(library, words)


async def test_several_that_fit_are_offered(library: Library) -> None:
    await add(library, "Springbræt lektiehjælp")
    await close(library)
    await add(library, "Springbrættet svømmeklub")
    assert "Hvilken mener du?" in await card(library, "springbræt")
    await library.press("Vis")
    assert "er i vores netværk" in said(await library.message())


async def test_nobody_found_suggests_the_nearest_word_and_adding(library: Library) -> None:
    assert "Mente du /partner tjek?" in await card(library, "tejk")
    await library.press("Tilføj ”tejk” som partner")
    assert (await library.view())["title"]["text"] == "Tilføj partner"


async def test_one_we_have_already_is_shown_before_a_second_is_made(library: Library) -> None:
    await add(library, "Springbræt ApS")
    await close(library)
    view = await add(library, "Foreningen Springbræt")
    assert "Vi har måske allerede: Springbræt ApS (samme navn)" in said(view)
    assert view["submit"]["text"] == "Opret alligevel"
    done = await library.submit({})
    assert done["ok"]
    assert "Foreningen Springbræt er med." in said(await library.view())


async def test_i_know_them_and_not_any_more(library: Library) -> None:
    await add(library, "Springbræt", user="U03")
    await card(library, "springbræt")
    await library.press("Jeg kender dem")
    assert "Kender dem: @U03, @U02" in said(await library.message())
    await library.press("Jeg kender dem ikke")
    assert "@U02" not in said(await library.message())
    await library.press("Jeg er tovholder")
    assert "Tovholder: @U02" in said(await library.message())


async def test_who_has_left_is_responsible_for_nobody(library: Library) -> None:
    await library.known("Byens Museum", responsible="U06")
    await library.control("members", id="U06", name="sofie", deleted=True)
    await card(library, "byens museum")
    assert "Tovholder: ingen. @U06 er her ikke mere." in said(await library.message())
    taken = await library.press("Jeg er tovholder")  # nobody to agree it with
    assert taken["ok"], taken
    after = said(await library.message())
    assert "Tovholder: @U02" in after
    assert "@U06" not in after


async def test_taking_over_is_asked_first_and_nobody_disappears(library: Library) -> None:
    await add(library, "Springbræt", user="U03")
    await card(library, "springbræt", "U03")
    await library.press("Jeg er tovholder", "U03")
    await card(library, "springbræt")
    await library.press("Jeg er tovholder", confirm=False)
    assert "Tovholder: @U03" in said(await library.message())
    await library.press("Jeg er tovholder", confirm=True)
    shown = said(await library.message())
    assert "Tovholder: @U02" in shown
    assert "@U03" in shown


async def test_a_cpr_number_in_a_pasted_signature_is_stopped(library: Library) -> None:
    await library.write("ny Springbræt")
    done = await library.submit({"contact": "Bent Hansen 010190-1234", "source": "fra Mette"})
    assert "ligner et CPR-nummer" in done["errors"]["contact"]
    done = await library.submit({"contact": "???", "source": "fra Mette"})
    assert "Jeg fandt hverken navn, mail eller telefon" in done["errors"]["contact"]


async def test_a_cpr_number_is_not_searched_for(library: Library) -> None:
    for words in ("010190-1234", "hvem 010190-1234", "hvem Bent\n0101901234"):
        await library.write(words)
        message = await library.message()
        assert said(message) == CPR_SENTENCE
        assert not elements(message)
        assert "1234" not in message["text"]
    await library.write("hvem")
    done = await library.submit({"who_words": "Bent 010190-1234"})
    assert done["errors"] == {"who_words": CPR_SENTENCE}


async def test_a_corrected_person_is_seen_at_once_in_the_list(library: Library) -> None:
    await add(library, "Springbræt", contact="Anne Holm, anne@springbraet.dk", source="fra Mette")
    await library.press("Ret personen")
    await library.press("Ret")
    assert (await library.submit({"title": "formand"}))["ok"]
    views = (await library.state())["views"]
    assert views[-1]["callback_id"] == "people"
    assert "Anne Holm · formand" in said(views[-1])


async def test_every_field_can_be_edited_from_the_card(library: Library) -> None:
    await add(library, "Springbræt")
    await card(library, "springbræt")
    await library.choose("Ret: hvem de er")
    about = {"other_names": "Lektiecaféen, SB", "kind": "association", "website": "springbraet.dk"}
    assert (await library.submit(about))["ok"]
    await close(library)
    await library.choose("Ret: hvad vi laver sammen")
    work = {
        "rooms": ["meeting", "learning"],
        "age_groups": ["6-12"],
        "purposes": ["new_users"],
        "next_step": "ringe om datoer",
        "next_step_on": "2027-01-12",
        "note": "Svarer bedst på mail.",
    }
    assert (await library.submit(work))["ok"]
    await close(library)
    await library.choose("Ret: hvem hos os kender dem")
    ours = {"responsible": "U03", "deputy": "U06", "known_by": ["U02", "U07"]}
    assert (await library.submit(ours))["ok"]
    shown = await card(library, "lektiecafeen")
    assert "Springbræt er i vores netværk." in shown
    assert "Næste skridt: ringe om datoer (tirsdag den 12. januar 2027)" in shown
    assert "Rum: læringsrummet, møderummet" in shown or "Rum: møderummet, læringsrummet" in shown
    assert "Tovholder: @U03 Afløser: @U06 Kender dem: @U02, @U07" in shown


async def test_a_bad_field_is_said_at_the_field(library: Library) -> None:
    await add(library, "Springbræt")
    await card(library, "springbræt")
    await library.choose("Ret: hvem de er")
    done = await library.submit({"cvr": "10150818"})
    assert list(done["errors"]) == ["cvr"]
    assert "kan ikke være et CVR-nummer" in done["errors"]["cvr"]


async def test_contact_persons_are_added_corrected_and_removed(library: Library) -> None:
    await add(library, "Springbræt")
    await card(library, "springbræt")
    await library.choose("Deres kontaktpersoner")
    await library.press("Tilføj en kontaktperson")
    assert (await library.submit({"name": "Anne Holm", "source": "fra Mette"}))["ok"]
    assert "Anne Holm" in said(await library.view())
    await library.press("Ret")
    assert (await library.submit({"email": "anne@springbraet.dk", "name": "Anne Bech"}))["ok"]
    assert "Anne Bech · anne@springbraet.dk" in await card(library, "springbræt")
    await library.choose("Deres kontaktpersoner")
    await library.press("Ret")
    await library.press("Fjern kontaktpersonen", confirm=True)
    assert "Anne" not in await card(library, "springbræt")


async def test_two_who_edit_at_once_lose_nothing(library: Library) -> None:
    await add(library, "Springbræt")
    for user in ("U02", "U03"):
        await card(library, "springbræt", user)
        await library.choose("Ret: hvem de er", user)
    assert (await library.submit({"area": "Vestbyen", "name": "Springbræt Vest"}, "U03"))["ok"]
    done = await library.submit({"website": "springbraet.dk", "name": "Springbræt Syd"})
    assert done["ok"]
    again = said(await library.view())
    assert "@U03 rettede kortet, mens du skrev:" in again
    assert "I har begge rettet ”Navn”" in again
    assert "”Springbræt Vest”" in again
    assert "Vestbyen" in again
    assert "Springbræt Syd" in again
    assert (await library.submit({}))["ok"]
    shown = await card(library, "springbræt")
    assert "Springbræt Syd" in shown
    assert "Vestbyen" in shown
    assert "https://springbraet.dk" in shown


async def test_the_archive_and_out_of_it(library: Library) -> None:
    await add(library, "Springbræt")
    await card(library, "springbræt")
    await library.choose("Arkivér")
    assert "Springbræt er arkiveret." in said(await library.view())
    assert "arkiveret" in await card(library, "springbræt")
    await library.choose("Tag frem igen")
    assert "Springbræt er gemt." in said(await library.view())


async def test_every_form_that_needs_a_partner_searches_while_one_types(library: Library) -> None:
    await add(library, "Springbræt")
    await close(library)
    await library.write("tjek")
    view = await library.view()
    found = await library.control(
        "suggest",
        user="U02",
        view_id=view["id"],
        action_id="partner_pick",
        block_id="partner_pick",
        value="spri",
    )
    assert [option["text"]["text"] for option in found["options"]] == ["Springbræt"]
    picked = found["options"][0]["value"]
    assert (await library.submit({"partner_pick": picked}))["ok"]
    assert "Springbræt" in said(await library.view())


async def test_what_is_typed_into_the_select_means_nothing_to_the_database(
    library: Library,
) -> None:
    await add(library, "Springbræt", contact="Anne Holm, anne@springbraet.dk", source="fra Mette")
    await add(library, "Springkilden")
    await close(library)
    await library.write("tjek")
    asked = {"user": "U02", "view_id": (await library.view())["id"]}
    asked |= {"action_id": "partner_pick", "block_id": "partner_pick"}
    for typed, names in {
        "": ["Springbræt", "Springkilden"],
        "s": ["Springbræt", "Springkilden"],
        "SPRINGBRAET anne": ["Springbræt"],
        "spr holm": ["Springbræt"],
        "sprinbræt": ["Springbræt"],
        '"springbræt" (anne)': ["Springbræt"],
        "spring* -kilden": ["Springkilden"],
        "'; DROP": [],
        "NEAR(": [],
    }.items():
        found = await library.control("suggest", **asked, value=typed)
        assert sorted(option["text"]["text"] for option in found["options"]) == names, typed


async def test_two_on_one_contact_person_lose_nothing(library: Library) -> None:
    await add(library, "Springbræt", contact="Anne Holm, anne@springbraet.dk", source="fra Mette")
    for user in ("U02", "U03"):
        await card(library, "springbræt", user)
        await library.choose("Deres kontaktpersoner", user)
        await library.press("Ret", user)
    assert (await library.submit({"phone": "86 12 34 56"}, "U03"))["ok"]
    assert (await library.submit({"title": "formand"}))["ok"]
    again = said(await library.view())
    assert "@U03 rettede kortet, mens du skrev: ”Kontaktpersoner”." in again
    assert "86 12 34 56" in again
    assert "formand" in again
    assert (await library.submit({}))["ok"]
    shown = await card(library, "springbræt")
    assert "Anne Holm, formand · anne@springbraet.dk · " in shown
    assert "86" in shown
