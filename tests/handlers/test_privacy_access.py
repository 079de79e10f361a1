import json
from pathlib import Path

import pytest

from storage import privacy_access, privacy_erasure
from tests.handlers.library import Json, Library, said
from tests.handlers.test_privacy import REFUSED, add, close, individual, persons, set_up, team
from tests.handlers.wire import broken, count, database, fault, held_up, let_go

ANNE = "Anne Holm, formand, anne@springbraet.dk"
WHY = "bad om det i en mail"


async def known(library: Library) -> None:
    """A partner with a contact person and a note that names her."""
    await set_up(library, library_name="Byens Bibliotek")
    await add(library, "Springbræt", ANNE)
    await close(library)
    await library.write("springbræt")
    await library.choose("Ret: hvad vi laver sammen")
    note = "Anne Holm har nøglen. Spørg ellers Anne på tirsdag."
    assert (await library.submit({"note": note, "next_step": "ring til Anne"}))["ok"]
    await close(library)


async def opened(library: Library, name: str = "anne") -> Json:
    """Her document on the coordinator's screen."""
    await library.write(f"oplysninger {name}", user="U01")
    done = await library.submit({"purpose": WHY}, "U01")
    assert done["ok"], done
    return await library.view("U01")


async def files(library: Library, user: str = "U01") -> list[Json]:
    found: list[Json] = (await library.state(user))["files"]
    return found


async def content(library: Library, file: Json) -> str:
    async with library.http.get(f"{library.sandbox.url}/_sandbox/files/{file['id']}") as answer:
        return await answer.text()


async def test_everything_about_a_person_is_shown_and_logged(library: Library) -> None:
    await known(library)
    shown = said(await opened(library))
    assert "Det har vi om Anne Holm" in shown
    assert "Mail: anne@springbraet.dk" in shown
    assert "Hvor vi har oplysningerne fra: fra Mette" in shown
    assert "Noten om organisationen: Anne Holm har nøglen." in shown
    assert f"Dette dokument blev lavet. Formål: {WHY}" in shown
    assert "@U01" not in shown
    assert "Se selv efter, om det her er den samme." in shown
    assert "Det næste skridt med organisationen: ring til Anne" in shown


async def test_the_purpose_is_asked_for_and_holds_no_cpr_number(library: Library) -> None:
    await known(library)
    await library.write("oplysninger anne", user="U01")
    done = await library.submit({"purpose": " . "}, "U01")
    assert "Skriv hvorfor" in done["errors"]["purpose"]
    done = await library.submit({"purpose": "Anne, 010190-1234"}, "U01")
    assert "ligner et CPR-nummer" in done["errors"]["purpose"]
    found = await library.store.read(privacy_access.people_named, await team(library), "anne")
    log = await library.store.read(
        privacy_access.everything_about,
        await team(library),
        found[0].partner_id,
        found[0].person.id,
    )
    assert log
    assert [line.purpose for line in log.log] == [""]


async def test_of_several_one_is_chosen_also_one_taken_off_the_card(library: Library) -> None:
    await known(library)
    await add(library, "Byens Museum", "Anne Bech, anne@museum.dk")
    await persons(library, "museum")
    await library.press("Ret")
    await library.press("Fjern kontaktpersonen", confirm=True)
    await library.write("oplysninger anne", user="U01")
    view = await library.view("U01")
    offered = view["blocks"][0]["element"]["options"]
    assert [o["text"]["text"] for o in offered] == [
        "Anne Holm · Springbræt",
        "Anne Bech · Byens Museum",
    ]
    assert offered[1]["description"]["text"] == "taget af kortet"
    values = {"purpose": WHY, "who": offered[1]["value"]}
    assert (await library.submit(values, "U01"))["ok"]
    shown = said(await library.view("U01"))
    assert "Det har vi om Anne Bech" in shown
    assert "Du står ikke længere på organisationens kort" in shown


@pytest.mark.parametrize("name", ["Søren Kjær", "<!channel>", "{name}"])
async def test_nobody_of_that_name_is_said(library: Library, name: str) -> None:
    await known(library)
    await library.write(f"oplysninger {name}", user="U01")
    told = await library.message("U01")
    assert f"Jeg har ingen kontaktperson, der hedder ”{name}”" in said(told)
    assert "<!channel>" not in told["text"]


async def test_the_files_come_to_the_coordinator_and_nobody_else(library: Library) -> None:
    await known(library)
    await opened(library)
    await library.press("Send mig filerne", "U01")
    assert "Filerne ligger i dine direkte beskeder med mig." in said(await library.view("U01"))
    text, data = await files(library)
    assert (text["name"][-4:], data["name"][-5:]) == (".txt", ".json")
    assert "anne" not in (text["name"] + text["title"] + data["name"]).casefold()
    assert "Mail: anne@springbraet.dk" in await content(library, text)
    told = json.loads(await content(library, data))
    assert told["person"]["email"] == "anne@springbraet.dk"
    assert told["texts"][0]["text"].startswith("Anne Holm har nøglen.")
    for user in ("U02", "U03"):
        assert await files(library, user) == []
    private = next(c for c in (await library.state("U01"))["channels"] if c["is_im"])
    assert "Kun du kan se dem her." in private["messages"][-1]["text"]
    assert "Anne" not in private["messages"][-1]["text"]


async def test_an_app_without_the_scope_says_what_to_do(library: Library) -> None:
    await known(library)
    await opened(library)
    await library.control("app", scopes=["commands", "chat:write", "users:read"])
    await library.press("Send mig filerne", "U01")
    assert "Jeg må ikke sende filer endnu." in said(await library.view("U01"))
    assert await files(library) == []


async def test_files_are_sent_before_the_bot_is_switched_on_and_in_the_librarys_language(
    library: Library,
) -> None:
    await known(library)
    await library.write("settings", user="U01")
    await library.submit({"language": "en"}, user="U01")
    await close(library, "U01")
    shown = said(await opened(library))
    assert "Det har vi om Anne Holm" in shown
    await library.press("Send me the files", "U01")
    assert "The files are in your direct messages with me." in said(await library.view("U01"))
    assert len(await files(library)) == 2


async def test_an_old_form_and_an_old_button_ask_for_the_right_again(library: Library) -> None:
    await known(library)
    await library.write("oplysninger anne", user="U01")
    await set_up(library, coordinators=("U03",))
    done = await library.submit({"purpose": WHY}, "U01")
    assert REFUSED in next(iter(done["errors"].values()))
    await set_up(library)
    assert (await library.submit({"purpose": WHY}, "U01"))["ok"]
    await set_up(library, coordinators=("U03",))
    await library.press("Send mig filerne", "U01")
    assert REFUSED in said(await library.view("U01"))
    assert await files(library) == []


async def test_files_that_slack_does_not_take_are_not_said_to_be_saved(library: Library) -> None:
    await known(library)
    await opened(library)
    await fault(library, "files.getUploadURLExternal", error="internal_error", times=2)
    await library.press("Send mig filerne", "U01")
    shown = said(await library.view("U01"))
    assert "Det gik galt hos mig, ikke hos dig. Intet er gemt halvt." in shown
    assert "Det er gemt" not in shown


async def test_files_that_cannot_be_remembered_are_deleted(
    library: Library, tmp_path: Path
) -> None:
    await known(library)
    await opened(library)
    with broken(database(tmp_path), "sent_file"):
        await library.press("Send mig filerne", "U01")
    assert "Det gik galt hos mig" in said(await library.view("U01"))
    assert await files(library) == []


async def test_files_about_somebody_forgotten_meanwhile_are_deleted(
    library: Library, tmp_path: Path
) -> None:
    await known(library)
    await opened(library)
    here = await team(library)
    (anne,) = await library.store.read(privacy_access.people_named, here, "anne")
    await held_up(library, "files.completeUploadExternal")
    await library.press("Send mig filerne", "U01", wait="ack")
    while len(await library.log("upload")) < 2:  # both are on their way, and the answer waits
        pass
    why = {"word": "[anonymiseret]", "purpose": WHY, "by": "U03"}
    who, now = anne.person.id, library.house.clock.now()
    await library.store.write(privacy_erasure.anonymise, here, anne.partner_id, who, **why, now=now)
    await let_go(library, "files.completeUploadExternal")
    await library.look("idle")
    assert "står ikke på kortet længere" in said(await library.view("U01"))
    assert await files(library) == []
    assert count(database(tmp_path), "sent_file") == 0


async def test_a_partner_who_is_one_person_is_found_and_told_everything(library: Library) -> None:
    await set_up(library)
    await individual(library, note="Carla Winther læser op i maj")
    shown = said(await opened(library, "carla"))
    assert "Det har vi om Carla Winther" in shown
    assert "Noten om organisationen: Carla Winther læser op i maj" in shown
    assert "Du står ikke længere" not in shown
    await library.press("Send mig filerne", "U01")
    assert len(await files(library)) == 2
