from datetime import timedelta
from typing import Any

import pytest

from bot.partner import ContactPerson, Kind, Partner
from bot.workspace import Language, Workspace
from storage import partner as register_of
from storage import privacy as duties
from storage.workspace import save_settings
from tests.handlers.library import Json, Library, said

REFUSED = "Det kan kun koordinatoren. Spørg"


async def team(library: Library) -> str:
    found: str = (await library.state())["team"]["id"]
    return found


async def set_up(library: Library, **chosen: object) -> None:
    """The coordinator is U01, and the settings are these."""
    here = await team(library)
    wanted = Workspace(coordinators=("U01",)).model_copy(update=chosen)
    await library.store.write(save_settings, here, wanted, now=library.house.clock.now())
    library.house.workspaces.drop(here)


async def close(library: Library, user: str = "U02") -> None:
    while views := (await library.state(user))["views"]:
        await library.control("close", user=user, view_id=views[-1]["id"])


async def individual(library: Library, name: str = "Carla Winther", **more: Any) -> Partner:
    """A partner that is one person, with no row of contact persons."""
    new = Partner(name, kind=Kind.INDIVIDUAL, **more)
    here, now = await team(library), library.house.clock.now()
    return await library.store.write(register_of.add, here, new, by="U02", now=now)


async def add(library: Library, name: str, contact: str = "", user: str = "U02") -> Json:
    await library.write(f"ny {name}", user=user)
    fields = {"contact": contact, "source": "fra Mette"} if contact else {}
    done = await library.submit(fields, user=user)
    assert done["ok"], done
    return await library.view(user)


async def persons(library: Library, name: str, user: str = "U02") -> Json:
    """The list of a partner's contact persons, opened from its card."""
    await close(library, user)
    await library.write(name, user=user)
    await library.choose("Deres kontaktpersoner", user)
    return await library.view(user)


async def test_after_adding_the_text_is_one_click_away_and_filled_in(library: Library) -> None:
    await set_up(library, library_name="Byens Bibliotek", controller="Byens Kommune")
    view = await add(library, "Springbræt", "Anne Holm, anne@springbraet.dk")
    assert "Anne Holm skal have besked om, hvad I har noteret." in said(view)
    await library.press("Se teksten")
    shown = said(await library.view())
    assert (
        "fordi Springbræt er i kontakt med Byens Bibliotek. Sådan har vi skrevet ned, hvor vi har"
        " dem fra: ”fra Mette”." in shown
    )
    assert "De ligger hos Byens Kommune, som er dataansvarlig" in shown
    assert "Databeskyttelsesrådgiver" in shown
    assert "@U01 kan gøre det i indstillingerne." in shown
    assert "[mail eller telefon]" in shown
    assert (await library.submit({"informed_how": "met"}))["ok"]
    assert "Noteret: Anne Holm har fået besked." in said(await library.view())
    assert "oplyst i dag" in said(await persons(library, "springbræt"))


async def test_without_a_contact_person_nobody_is_to_be_told(library: Library) -> None:
    assert "besked" not in said(await add(library, "Springbræt"))


async def test_the_gaps_name_the_coordinators_work_where_there_is_none(library: Library) -> None:
    await add(library, "Springbræt", "Anne Holm, anne@springbraet.dk")
    await library.press("Se teksten")
    assert "Det kan en koordinator gøre i indstillingerne." in said(await library.view())


async def test_with_all_settings_there_is_no_gap(library: Library) -> None:
    filled = dict.fromkeys(("library_name", "controller", "privacy_contact", "dpo"), "Byen")
    await set_up(library, **filled)
    await add(library, "Springbræt", "Anne Holm, anne@springbraet.dk")
    await library.press("Se teksten")
    assert "Endnu ikke udfyldt" not in said(await library.view())


async def test_the_text_is_in_the_librarys_language_whoever_reads_it(library: Library) -> None:
    await library.write("settings", user="U05")
    await library.submit({"language": "en"}, user="U05")
    await close(library, "U05")
    view = await add(library, "Springbræt", "Anne Holm, anne@springbraet.dk", user="U05")
    assert "Anne Holm is to be told that you have noted the details." in said(view)
    await library.press("See the text", "U05")
    shown = said(await library.view("U05"))
    assert "Vi har noteret dit navn" in shown
    assert "When the person has been told, note it here." in shown


async def test_from_the_form_it_is_noted_and_every_view_below_shows_it(library: Library) -> None:
    await add(library, "Springbræt", "Anne Holm, anne@springbraet.dk")
    listed = said(await persons(library, "springbræt"))
    now = library.house.clock.now()
    assert "skal have besked senest" in listed
    await library.press("Ret")
    form = await library.view()
    await library.press("Oplysning", values={"title": {"title.1": "formand"}})
    done = await library.submit(
        {"informed_on": str((now - timedelta(days=3)).date()), "informed_how": "phone"}
    )
    assert done["ok"], done
    views = (await library.state())["views"]
    assert [view["callback_id"] for view in views] == ["people", "person_save"]
    assert ["oplyst" in said(view).casefold() for view in views] == [True, True]
    assert views[-1]["private_metadata"] == form["private_metadata"]


async def test_a_day_that_has_not_come_is_stopped_at_its_field(library: Library) -> None:
    await add(library, "Springbræt", "Anne Holm, anne@springbraet.dk")
    await library.press("Se teksten")
    tomorrow = library.house.clock.now() + timedelta(days=2)
    done = await library.submit({"informed_on": str(tomorrow.date())})
    assert "Den dag er ikke kommet endnu." in done["errors"]["informed_on"]


async def test_the_third_view_gives_way_and_nothing_is_lost(library: Library) -> None:
    await add(library, "Springbræt", "Anne Holm, anne@springbraet.dk")
    await library.press("Ret personen")
    await library.press("Ret")
    await library.press("Oplysning")
    assert len((await library.state())["views"]) == 3
    assert (await library.submit({}))["ok"]
    views = (await library.state())["views"]
    assert [view["callback_id"] for view in views][:2] == ["partner_added", "people"]
    assert "har fået besked" in said(views[-1])


async def test_who_wishes_no_contact_is_left_alone_and_can_change_her_mind(
    library: Library,
) -> None:
    await add(library, "Springbræt", "Anne Holm, anne@springbraet.dk")
    await persons(library, "springbræt")
    await library.press("Ret")
    await library.press("Ønsker ikke kontakt", values={"title": {"title.1": "formand"}})
    views = (await library.state())["views"]
    assert "ønsker ikke kontakt" in said(views[0])
    assert "anne@springbraet.dk" not in said(views[0])
    assert (await library.submit({"title": "formand"}))["ok"]
    listed = said(await library.view())
    assert "Anne Holm · formand ønsker ikke kontakt" in listed
    await library.press("Ret")
    await library.press("Må gerne kontaktes")
    assert "anne@springbraet.dk" in said((await library.state())["views"][0])


async def test_the_card_and_who_knows_leave_her_alone(library: Library) -> None:
    await add(library, "Springbræt", "Anne Holm, anne@springbraet.dk")
    await persons(library, "springbræt")
    await library.press("Ret")
    await library.press("Ønsker ikke kontakt")
    await close(library)
    await library.write("springbræt")
    card = said(await library.message())
    assert "Anne Holm · ønsker ikke kontakt" in card
    assert "anne@" not in card
    await library.write("hvem springbræt")
    assert "Kontaktpersoner:" not in said(await library.message())


async def test_a_colleagues_edit_in_between_is_not_overwritten_by_the_redrawn_form(
    library: Library,
) -> None:
    await add(library, "Springbræt", "Anne Holm, anne@springbraet.dk")
    await persons(library, "springbræt")
    await library.press("Ret")
    await persons(library, "springbræt", "U03")
    await library.press("Ret", "U03")
    assert (await library.submit({"phone": "86 12 34 56"}, "U03"))["ok"]
    await library.press("Ønsker ikke kontakt")
    assert (await library.submit({"title": "formand"}))["ok"]
    assert "@U03 rettede kortet, mens du skrev" in said(await library.view())


async def test_the_list_is_one_and_the_first_deadline_stands_on_top(library: Library) -> None:
    await set_up(library)
    await add(library, "Springbræt", "Anne Holm, anne@springbraet.dk")
    await close(library)
    await library.control("clock", advance=3 * 86400)
    await add(library, "Byens Museum", "Bo Lind, bo@museum.dk")
    await library.write("oplysninger", user="U01")
    shown = said(await library.view("U01"))
    assert "2 kontaktpersoner mangler besked" in shown
    assert shown.index("Anne Holm · Springbræt senest") < shown.index("Bo Lind · Byens Museum")
    await library.press("Oplysning", "U01")
    assert (await library.submit({}, "U01"))["ok"]
    after = said(await library.view("U01"))
    assert "En kontaktperson mangler besked" in after
    assert "Anne Holm" not in after
    await library.press("Oplysning", "U01")
    assert (await library.submit({}, "U01"))["ok"]
    assert "Alle kontaktpersoner har fået besked." in said(await library.view("U01"))


async def test_hundreds_are_turned_over_page_by_page(library: Library) -> None:
    await set_up(library)
    here, now = await team(library), library.house.clock.now()
    for n in range(6):
        people = tuple(ContactPerson(f"Person {n}-{m:02}", source="messen") for m in range(10))
        partner = Partner(f"Forening {n}", people=people)
        await library.store.write(register_of.add, here, partner, by="U02", now=now)
    await library.write("oplysninger", user="U01")
    first = said(await library.view("U01"))
    assert "60 kontaktpersoner" in first
    assert "Person 2-04" in first
    assert "Person 2-05" not in first
    await library.press("Vis flere", "U01")
    assert "Person 2-05" in said(await library.view("U01"))
    await library.press("Vis flere", "U01")
    last = await library.view("U01")
    assert "Person 5-09" in said(last)
    assert "Vis flere" not in said(last)
    await library.press("Oplysning", "U01")
    assert (await library.submit({}, "U01"))["ok"]
    assert "Person 5-01" in said(await library.view("U01"))
    await library.press("Tilbage", "U01")
    assert "Person 2-05" in said(await library.view("U01"))


async def test_who_is_the_coordinator_no_longer_turns_no_page(library: Library) -> None:
    await set_up(library)
    people = tuple(ContactPerson(f"Person {n:02}", source="messen") for n in range(30))
    partner = Partner("Springbræt", people=people)
    here, now = await team(library), library.house.clock.now()
    await library.store.write(register_of.add, here, partner, by="U02", now=now)
    await library.write("oplysninger", user="U01")
    changed = Workspace(coordinators=("U03",))
    await library.store.write(save_settings, here, changed, now=now)
    library.house.workspaces.drop(here)
    await library.press("Vis flere", "U01")
    assert REFUSED in said(await library.view("U01"))


@pytest.mark.parametrize("words", ["oplysninger", "oplysninger Anne", "privacy", "gdpr Anne"])
async def test_only_the_coordinator_sees_the_list_or_a_persons_details(
    library: Library, words: str
) -> None:
    await set_up(library)
    await add(library, "Springbræt", "Anne Holm, anne@springbraet.dk")
    await close(library)
    await library.write(words)
    told = said(await library.message())
    assert REFUSED in told
    assert "@U01" in told
    assert "Anne" not in told
    await library.control("members", id="U02", name="mette", is_restricted=True)
    await library.write(words)
    assert "Partnerbot er for bibliotekets ansatte." in said(await library.message())


async def test_who_becomes_a_guest_can_use_no_old_button(library: Library) -> None:
    await add(library, "Springbræt", "Anne Holm, anne@springbraet.dk")
    await persons(library, "springbræt")
    await library.press("Ret")
    await library.control("members", id="U02", name="mette", is_restricted=True)
    for words in ("Oplysning", "Ønsker ikke kontakt"):
        await library.press(words)
        top = await library.view()
        assert "Partnerbot er for bibliotekets ansatte." in said(top)
        await library.control("close", user="U02", view_id=top["id"])
    here = await team(library)
    assert await library.store.read(duties.count_uninformed, here) == 1


async def test_a_person_taken_off_meanwhile_is_said(library: Library) -> None:
    await add(library, "Springbræt", "Anne Holm, anne@springbraet.dk")
    await persons(library, "springbræt")
    await library.press("Ret")
    await persons(library, "springbræt", "U03")
    await library.press("Ret", "U03")
    await library.press("Fjern kontaktpersonen", "U03", confirm=True)
    await library.press("Oplysning")
    assert "Den kontaktperson står ikke på kortet længere." in said(await library.view())


async def test_who_loses_the_role_with_the_form_open_sees_no_list(library: Library) -> None:
    await set_up(library)
    await add(library, "Springbræt", "Anne Holm, anne@springbraet.dk")
    await close(library)
    await add(library, "Byens Museum", "Bo Lind, bo@museum.dk")
    await library.write("oplysninger", user="U01")
    await library.press("Oplysning", "U01")
    await set_up(library, coordinators=("U03",))
    assert (await library.submit({}, "U01"))["ok"]
    shown = said(await library.view("U01"))
    assert "Noteret: Bo Lind har fået besked." in shown
    assert "Anne Holm" not in shown


async def test_a_partner_who_is_one_person_is_to_be_told_too(library: Library) -> None:
    await set_up(library)
    poet = await individual(library)
    await library.write("oplysninger", user="U01")
    shown = said(await library.view("U01"))
    assert "En kontaktperson mangler besked" in shown
    assert "Carla Winther senest" in shown
    await library.press("Oplysning", "U01")
    text = said(await library.view("U01"))
    assert "fordi Carla Winther er i kontakt med" in text
    assert "[hvor oplysningerne kommer fra]" in text
    assert (await library.submit({}, "U01"))["ok"]
    assert "Alle kontaktpersoner har fået besked." in said(await library.view("U01"))
    noted = await library.store.read(duties.standings, await team(library), [poet.id])
    assert noted[poet.id].informed_by == "U01"


async def test_the_english_notice_says_where_the_details_come_from(library: Library) -> None:
    await set_up(library, language=Language.ENGLISH)
    await add(library, "Springbræt", "Anne Holm, anne@springbraet.dk")
    await library.press("See the text")
    assert "where we have them from: “fra Mette”." in said(await library.view())
