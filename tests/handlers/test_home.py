from tests.handlers.library import Library, said


async def test_the_bare_command_greets_and_shows_what_one_can_do(library: Library) -> None:
    await library.write("")
    shown = said(await library.message())
    assert "Hej Mette. Ingen tjek venter på dig." in shown
    await library.press("Tilføj partner")
    assert (await library.view())["title"]["text"] == "Tilføj partner"


async def test_home_is_useful_on_the_first_day(library: Library) -> None:
    await library.control("home", user="U06")
    home = said((await library.state("U06"))["home"])
    assert "Hej Sofie" in home
    assert "Du står ikke som en, der kender nogen endnu" in home
    assert "Tjek en idé" in home


async def test_home_lists_my_partners_and_what_waits(library: Library) -> None:
    await library.write("ny Springbræt")
    await library.submit({})
    await library.control("close", user="U02", view_id=(await library.view())["id"])
    await library.write("tjek Springbræt")
    await library.submit({})
    await library.control("home", user="U02")
    home = said((await library.state())["home"])
    assert "Ét tjek venter på dig:" in home
    assert "Dine partnere Springbræt" in home


async def test_a_guest_gets_one_friendly_sentence(library: Library) -> None:
    await library.control("home", user="U04")
    home = said((await library.state("U04"))["home"])
    assert home.strip() == (
        "Partnerbot er for bibliotekets ansatte. Spørg den, der inviterede dig."
    )


async def test_a_decision_on_an_idea_is_found_again(library: Library) -> None:
    await library.write("tjek lån af cykelværksted")
    await library.submit({"length": "short"})
    blocks = (await library.view())["blocks"]
    asked = [b["block_id"] for b in blocks if b["block_id"].startswith("question.")]
    await library.submit(dict.fromkeys(asked, "no"))
    await library.press("Pænt nej", values={"reason": {"reason": "Det ligger for langt væk."}})
    await library.control("close", user="U02", view_id=(await library.view())["id"])
    await library.write("")
    shown = said(await library.message())
    assert "Dine seneste beslutninger" in shown
    assert "lån af cykelværksted: Pænt nej – Det ligger for langt væk." in shown
