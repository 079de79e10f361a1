from bot.partner import Partner
from bot.workspace import Language
from tests.handlers.library import Library, elements, said
from tests.handlers.library_settings import decide
from tests.handlers.test_home import add, buttons, speak

KAREN = "U01"
NAMED = "Byens Museum\nSpringbræt\nKodeklubben Nord"


async def begun(library: Library, user: str = KAREN) -> None:
    await decide(library, coordinators=(KAREN,))
    await library.home(user)
    await library.press_on_home("Start her", user)


async def test_five_questions_become_a_page_and_next_steps(library: Library) -> None:
    await add(library, Partner("Springbræt"))
    await begun(library)
    view = await library.view(KAREN)
    assert len(elements(view)) == 5
    assert "Hvilke partnerskaber har I nu?" in said(view)
    assert "Hvad er jeres tre største udfordringer?" in said(view)
    await library.submit({"now": NAMED, "challenges": "Tid"}, KAREN)
    page = await library.view(KAREN)
    text = page["blocks"][0]["element"]["initial_value"]
    assert text == (
        f"Hvilke partnerskaber har I nu?\n{NAMED}\n\nHvad er jeres tre største udfordringer?\nTid"
    )
    assert "Tilføj ”Byens Museum”" in buttons(page)
    assert "Tilføj ”Springbræt”" not in buttons(page)
    assert {"Mål", "Tjek en idé", "Hent jeres partnere"} <= {*buttons(page)}
    await library.press("Tilføj ”Kodeklubben Nord”", KAREN)
    assert "Kodeklubben Nord" in said(await library.view(KAREN))


async def test_the_answers_are_found_again_and_put_right(library: Library) -> None:
    await begun(library)
    await library.submit({"why": "Flere unge"}, KAREN)
    assert (await library.submit({}, KAREN))["ok"]
    assert not (await library.state(KAREN))["views"]
    shown = await library.home(KAREN)
    assert "Start her" not in buttons(shown)
    await library.press_on_home("Se jeres svar", KAREN)
    assert "Flere unge" in said(await library.view(KAREN))
    await library.press("Ret svarene", KAREN)
    form = await library.view(KAREN)
    assert "Flere unge" in said(form)
    await library.submit({"why": None, "area": "Møderummet"}, KAREN)
    page = said(await library.view(KAREN))
    assert "Møderummet" in page
    assert "Flere unge" not in page


async def test_a_leader_without_a_partner_may_answer_them_too(library: Library) -> None:
    await begun(library, "U06")
    await library.submit({"area": "Møderummet"}, "U06")
    assert "Hent jeres partnere" not in buttons(await library.view("U06"))
    await library.close("U06")
    assert "Her er jeres svar på de fem spørgsmål." in said(await library.home("U06"))


async def test_nothing_answered_says_so_and_nothing_is_lost(library: Library) -> None:
    await begun(library)
    refused = await library.submit({}, KAREN)
    assert refused["errors"] == {"now": "Svar på mindst ét af dem. En linje er nok."}
    refused = await library.submit({"why": "Spørg 010190-1234"}, KAREN)
    assert "why" in refused["errors"]
    assert (await library.submit({"why": "Flere unge"}, KAREN))["ok"]


async def test_a_library_with_many_partners_has_begun(library: Library) -> None:
    await decide(library, coordinators=(KAREN,))
    await add(library, *(Partner(f"Forening {n}") for n in range(20)))
    assert "Start her" not in buttons(await library.home(KAREN))
    await add(library, Partner("Mit", responsible="U02"))
    assert "Start her" not in buttons(await library.home("U02"))


async def test_who_has_partners_of_her_own_is_not_asked(library: Library) -> None:
    await add(library, Partner("Mit", responsible="U02"))
    assert "Start her" not in buttons(await library.home("U02"))
    assert "Start her" in buttons(await library.home("U03"))


async def test_they_are_asked_in_english(library: Library) -> None:
    await speak(library, "U05", Language.ENGLISH)
    await library.home("U05")
    await library.press_on_home("Start here", "U05")
    assert "Which partnerships do you have now?" in said(await library.view("U05"))
    await library.submit({"now": "The museum"}, "U05")
    assert (
        "Which partnerships do you have now?\nThe museum"
        in ((await library.view("U05"))["blocks"][0]["element"]["initial_value"])
    )


async def test_two_who_answer_at_once_lose_nothing(library: Library) -> None:
    await begun(library)
    await begun(library, "U06")
    await library.submit({"why": "Flere unge", "area": "Møderummet"}, KAREN)
    await library.submit({"now": "Museet", "why": "Flere frivillige"}, "U06")
    form = await library.view("U06")
    assert "En kollega har svaret imens." in said(form)
    assert "En kollega skrev: Flere unge" in " ".join(said(form).split())
    fields = {block_id: field.get("initial_value") for block_id, field in elements(form)}
    assert fields["now"] == "Museet"
    assert fields["why"] == "Flere frivillige"
    assert fields["area"] == "Møderummet"
    await library.submit({"why": "Flere unge og frivillige"}, "U06")
    page = said(await library.view("U06"))
    assert "Museet" in page
    assert "Flere unge og frivillige" in page
    assert "Møderummet" in page


async def test_answers_to_other_questions_stand_beside_each_other(library: Library) -> None:
    await begun(library)
    await begun(library, "U06")
    await library.submit({"why": "Flere unge"}, KAREN)
    await library.submit({"area": "Møderummet"}, "U06")
    page = said(await library.view("U06"))
    assert "Flere unge" in page
    assert "Møderummet" in page
