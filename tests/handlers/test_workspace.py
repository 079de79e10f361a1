from storage import workspace as remembered
from tests.handlers.library import Library, said


async def test_everybody_is_spoken_to_in_danish_whatever_slack_says(library: Library) -> None:
    locales = {entry["request"].get("locale") for entry in await library.log("api")}
    assert "da-DK" not in locales
    await library.write("", user="U06")
    assert "Hej Sofie" in said(await library.message("U06"))


async def test_a_person_chooses_english_and_nobody_else_gets_it(library: Library) -> None:
    await library.write("indstillinger", user="U05")
    done = await library.submit({"language": "en"}, user="U05")
    assert done["ok"], done
    assert "Saved." in said(await library.view("U05"))
    await library.write("", user="U05")
    assert "Hi Emma. No check is waiting for you." in said(await library.message("U05"))
    await library.write("")
    assert "Hej Mette." in said(await library.message())


async def test_back_to_the_librarys_language(library: Library) -> None:
    await library.write("sprog", user="U05")
    await library.submit({"language": "en"}, user="U05")
    await library.control("close", user="U05", view_id=(await library.view("U05"))["id"])
    await library.write("settings", user="U05")
    await library.submit({"language": "library"}, user="U05")
    assert "Det er gemt." in said(await library.view("U05"))
    team = (await library.state())["team"]["id"]
    assert await library.store.read(remembered.language_of, team, "U05") is None


async def test_who_becomes_a_guest_is_refused_at_once(library: Library) -> None:
    await library.write("")
    await library.control("members", id="U02", name="mette", is_restricted=True)
    await library.write("")
    assert "Partnerbot er for bibliotekets ansatte." in said(await library.message())
