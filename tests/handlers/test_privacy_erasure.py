from pathlib import Path

import pytest

from bot.partner import Partner
from storage import partner as register_of
from storage import partner_search, privacy_access
from tests.handlers.library import Json, Library, said
from tests.handlers.test_privacy import REFUSED, add, close, individual, persons, set_up, team
from tests.handlers.test_privacy_access import ANNE, WHY, files, known, opened
from tests.handlers.wire import count, database, fault, rows

SURE = {"purpose": WHY, "sure": ["sure"]}


async def stored(library: Library, name: str) -> Partner:
    here = await team(library)
    hit = (await library.store.read(partner_search.search, here, name))[0]
    found = await library.store.read(register_of.get, here, hit.id)
    assert found
    return found


async def forget(library: Library) -> Json:
    """Anonymise Anne from her form, as the coordinator."""
    await persons(library, "springbræt", "U01")
    await library.press("Ret", "U01")
    await library.press("Anonymisér …", "U01")
    done = await library.submit(SURE, "U01")
    assert done["ok"], done
    return await library.view("U01")


async def test_it_is_said_what_goes_and_stays_and_it_must_be_meant(library: Library) -> None:
    await known(library)
    await persons(library, "springbræt", "U01")
    await library.press("Ret", "U01")
    await library.press("Anonymisér …", "U01")
    shown = said(await library.view("U01"))
    assert "Anne Holm hos Springbræt" in shown
    assert "Det bliver slettet: • Personens navn" in shown
    assert "Det bliver stående: • Hvad I har gjort sammen med Springbræt" in shown
    done = await library.submit({"purpose": WHY}, "U01")
    assert "sure" in done["errors"]
    done = await library.submit({**SURE, "purpose": "-"}, "U01")
    assert "Skriv hvorfor" in done["errors"]["purpose"]
    assert (await stored(library, "springbræt")).people


async def test_a_forgotten_person_is_gone_and_what_may_mean_her_is_shown(library: Library) -> None:
    await known(library)
    shown = said(await forget(library))
    assert "Personen er anonymiseret." in shown
    assert "Et af personens navne står stadig her." in shown
    assert "Det næste skridt med organisationen: ring til Anne" in shown
    views = (await library.state("U01"))["views"]
    assert not [view for view in views[:-1] if "Anne" in said(view)]
    after = await stored(library, "springbræt")
    assert after.people == ()
    assert after.note.startswith("[anonymiseret] har nøglen.")
    await library.press("Vis partneren", "U01")
    assert "Springbræt er i vores netværk." in said(await library.view("U01"))
    await close(library, "U01")
    await library.write("oplysninger anne", user="U01")
    assert "Jeg har ingen kontaktperson" in said(await library.message("U01"))


async def test_the_files_that_were_sent_about_her_are_asked_to_be_deleted(
    library: Library, tmp_path: Path
) -> None:
    await known(library)
    await opened(library)
    await library.press("Send mig filerne", "U01")
    sent = sorted(file["id"] for file in await files(library))
    await library.control("faults", method="files.delete", times=2, error="internal_error")
    await library.press("Anonymisér …", "U01")
    assert (await library.submit(SURE, "U01"))["ok"]
    shown = said(await library.view("U01"))
    assert "Jeg kunne ikke slette filerne om personen i mine direkte beskeder med @U01" in shown
    asked = [e for e in await library.log("api") if e["name"] == "files.delete"]
    assert sorted(entry["request"]["file"] for entry in asked) == sent
    kept = rows(database(tmp_path), "SELECT file FROM sent_file ORDER BY file")
    assert [file for (file,) in kept] == sent


async def test_the_files_that_were_sent_about_her_are_deleted(library: Library) -> None:
    await known(library)
    await opened(library)
    await library.press("Send mig filerne", "U01")
    assert len(await files(library)) == 2
    await library.press("Anonymisér …", "U01")
    assert (await library.submit(SURE, "U01"))["ok"]
    assert "Personen er anonymiseret." in said(await library.view("U01"))
    assert await files(library) == []
    private = next(c for c in (await library.state("U01"))["channels"] if c["is_im"])
    assert [message["files"] for message in private["messages"]] == [[]]


async def test_a_file_that_somebody_has_deleted_is_no_trouble(
    library: Library, tmp_path: Path
) -> None:
    await known(library)
    await opened(library)
    await library.press("Send mig filerne", "U01")
    await library.control("faults", method="files.delete", times=2, error="file_not_found")
    await library.press("Anonymisér …", "U01")
    assert (await library.submit(SURE, "U01"))["ok"]
    views = (await library.state("U01"))["views"]
    assert not [view for view in views if "Jeg kunne ikke slette" in said(view)]
    assert not [view for view in views if "anne@springbraet.dk" in said(view)]
    assert count(database(tmp_path), "sent_file") == 0


async def test_only_the_coordinator_sees_the_button_and_old_ones_ask_again(
    library: Library,
) -> None:
    await known(library)
    await persons(library, "springbræt")
    await library.press("Ret")
    assert "Anonymisér" not in said(await library.view())
    await persons(library, "springbræt", "U01")
    await library.press("Ret", "U01")
    await set_up(library, coordinators=("U03",))
    await library.press("Anonymisér …", "U01")
    assert REFUSED in said(await library.view("U01"))
    await set_up(library)
    await library.control("close", user="U01", view_id=(await library.view("U01"))["id"])
    await library.press("Anonymisér …", "U01")
    await set_up(library, coordinators=("U03",))
    done = await library.submit(SURE, "U01")
    assert REFUSED in next(iter(done["errors"].values()))
    assert (await stored(library, "springbræt")).people


async def test_two_who_anonymise_at_once_are_told(library: Library) -> None:
    await known(library)
    await set_up(library, coordinators=("U01", "U03"))
    await persons(library, "springbræt", "U03")
    await library.press("Ret", "U03")
    await library.press("Anonymisér …", "U03")
    await forget(library)
    done = await library.submit(SURE, "U03")
    assert "står ikke på kortet længere" in next(iter(done["errors"].values()))


async def test_a_form_that_brings_her_back_asks_and_a_second_press_is_the_answer(
    library: Library,
) -> None:
    await known(library)
    await forget(library)
    await persons(library, "springbræt")
    await library.press("Tilføj en kontaktperson")
    again = {"name": "Anne Holm", "title": "formand", "source": "fra Mette"}
    assert (await library.submit(again))["ok"]
    asked = await library.view()
    assert "I har tidligere anonymiseret en person, der ligner Anne Holm." in said(asked)
    assert "formand" in said(asked)
    assert (await stored(library, "springbræt")).people == ()
    assert (await library.submit({}))["ok"]
    assert [p.title for p in (await stored(library, "springbræt")).people] == ["formand"]
    await library.press("Ret")
    assert (await library.submit({"phone": "86 12 34 56"}))["ok"]
    assert (await library.view())["callback_id"] == "people", "she is asked about once"


async def test_renaming_somebody_into_her_asks_too(library: Library) -> None:
    await known(library)
    await forget(library)
    await persons(library, "springbræt")
    await library.press("Tilføj en kontaktperson")
    assert (await library.submit({"name": "Bo Lind", "source": "fra Mette"}))["ok"]
    await library.press("Ret")
    assert (await library.submit({"name": "Anne Holm"}))["ok"]
    assert "I har tidligere anonymiseret en person" in said(await library.view())
    assert [p.name for p in (await stored(library, "springbræt")).people] == ["Bo Lind"]
    assert (await library.submit({}))["ok"]
    assert [p.name for p in (await stored(library, "springbræt")).people] == ["Anne Holm"]


@pytest.mark.parametrize("name", ["Byens Museum", "Foreningen Springbræt"])
async def test_a_pasted_signature_does_not_bring_her_back(library: Library, name: str) -> None:
    await known(library)
    await forget(library)
    view = await add(library, name, ANNE)
    assert "I har tidligere anonymiseret en person, der ligner Anne Holm." in said(view)
    assert ("Vi har måske allerede" in said(view)) == (name != "Byens Museum")
    assert "anne@springbraet.dk" in said(view)
    assert (await library.submit({}))["ok"]
    assert f"{name} er med." in said(await library.view())
    found = await library.store.read(privacy_access.people_named, await team(library), "Anne")
    assert [(one.partner_name, one.former) for one in found] == [(name, False)]


async def test_a_form_that_was_open_meanwhile_does_not_bring_her_back(library: Library) -> None:
    await known(library)
    await persons(library, "springbræt")
    await library.press("Ret")
    await forget(library)
    done = await library.submit({"title": "kasserer"})
    assert "står ikke på kortet længere" in next(iter(done["errors"].values()))
    assert (await stored(library, "springbræt")).people == ()


async def test_fill_in_more_asks_again(library: Library) -> None:
    await known(library)
    await forget(library)
    await close(library)
    await add(library, "Byens Museum", ANNE)
    await library.press("Udfyld mere")
    assert (await library.submit({}))["ok"]
    assert "I har tidligere anonymiseret en person" in said(await library.view())


async def test_a_view_that_slack_does_not_renew_keeps_no_file_from_deletion(
    library: Library, tmp_path: Path
) -> None:
    await known(library)
    await opened(library)
    await library.press("Send mig filerne", "U01")
    await library.press("Anonymisér …", "U01")
    await fault(library, "views.update", error="internal_error")
    done = await library.submit(SURE, "U01")
    assert done["ok"], done
    assert "Personen er anonymiseret." in said(await library.view("U01"))
    assert await files(library) == []
    assert count(database(tmp_path), "sent_file") == 0


async def test_files_that_slack_kept_are_deleted_the_next_time(
    library: Library, tmp_path: Path
) -> None:
    await known(library)
    await add(library, "Byens Museum", "Bo Lind, bo@museum.dk")
    for name in ("anne", "bo"):
        await close(library, "U01")
        await opened(library, name)
        await library.press("Send mig filerne", "U01")
        await fault(library, "files.delete", error="internal_error", times=4)
        await library.press("Anonymisér …", "U01")
        assert (await library.submit(SURE, "U01"))["ok"]
        assert "Jeg kunne ikke slette" in said(await library.view("U01"))
        await library.control("faults", clear=True)
    assert len(await files(library)) == 4
    await close(library, "U01")
    await library.write("oplysninger", user="U01")
    assert await files(library) == []
    assert count(database(tmp_path), "sent_file") == 0


async def test_what_slack_kept_of_another_is_tried_again_but_not_told_of(library: Library) -> None:
    await known(library)
    await add(library, "Byens Museum", "Bo Lind, bo@museum.dk")
    await opened(library)
    await library.press("Send mig filerne", "U01")
    await fault(library, "files.delete", error="internal_error", times=3)
    await library.press("Anonymisér …", "U01")
    assert (await library.submit(SURE, "U01"))["ok"]
    await close(library, "U01")
    await opened(library, "bo")
    await library.press("Anonymisér …", "U01")
    assert (await library.submit(SURE, "U01"))["ok"]
    assert "Jeg kunne ikke slette" not in said(await library.view("U01"))
    assert len(await files(library)) == 1


async def test_a_colleagues_open_home_names_her_no_more(library: Library) -> None:
    await known(library)
    await library.write("kontakt springbræt talte med Anne Holm om foråret")
    await library.control("home", user="U02")
    assert "Anne Holm om foråret" in said((await library.state("U02"))["home"])
    await forget(library)
    shown = said((await library.state("U02"))["home"])
    assert "[anonymiseret] om foråret" in shown
    assert "Anne Holm" not in shown


async def test_a_partner_who_is_one_person_can_be_anonymised(library: Library) -> None:
    await set_up(library)
    poet = await individual(library, note="Carla Winther læser op", website="https://carla.dk")
    await opened(library, "winther")
    await library.press("Send mig filerne", "U01")
    await library.press("Anonymisér …", "U01")
    assert "Carla Winther hos Carla Winther" in said(await library.view("U01"))
    assert (await library.submit(SURE, "U01"))["ok"]
    assert "Personen er anonymiseret." in said(await library.view("U01"))
    assert await files(library) == []
    after = await library.store.read(register_of.existing, await team(library), poet.id)
    assert (after.name, after.website) == ("[anonymiseret]", "")
    assert after.note == "[anonymiseret] læser op"
    await close(library, "U01")
    await library.write("oplysninger", user="U01")
    assert "Alle kontaktpersoner har fået besked." in said(await library.view("U01"))
    await close(library, "U01")
    await library.write("oplysninger carla", user="U01")
    assert "Jeg har ingen kontaktperson" in said(await library.message("U01"))
