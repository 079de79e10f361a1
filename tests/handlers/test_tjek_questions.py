"""A library edits the questions of the check, through the front door."""

import asyncio

import pytest

from bot.questions import load
from bot.tjek_questions_rules import MOST_ON_A_PAGE
from bot.workspace import Language
from storage import tjek_questions as questions
from storage import workspace as settings_of
from tests.handlers.library import Json, Library, elements, said
from tests.handlers.library_settings import METTE, decide, decide_elsewhere, open_menu

ALI = "U03"
HOURS = load("tjek").question("hours")
OWN = {
    "page": "fit",
    "text_da": "Er det rart at være med til?",
    "why_da": "Det, der er rart, bliver ved.",
    "short_da": "Glæde",
    "choices": ["on"],
}


@pytest.fixture
async def ours(library: Library) -> Library:
    """The library with Mette and Ali as its coordinators."""
    await decide(library, coordinators=(METTE, ALI))
    return library


async def click(library: Library, action_id: str, user: str = METTE, **more: bool) -> Json:
    view = await library.view(user)
    block_id = next(block for block, e in elements(view) if e["action_id"] == action_id)
    return await library.control(
        "click",
        user=user,
        view_id=view["id"],
        block_id=block_id,
        action_id=action_id,
        **more,
    )


async def open_list(library: Library, user: str = METTE) -> str:
    await open_menu(library, user)
    await click(library, "tjek_questions_open", user)
    return said(await library.view(user))


async def edit(library: Library, question_id: str, user: str = METTE) -> None:
    done = await click(library, f"tjek_questions_edit.{question_id}", user)
    assert done["ok"], done


async def change(library: Library, question_id: str, user: str = METTE, **values: object) -> str:
    """From the list and back to it."""
    await edit(library, question_id, user)
    done = await library.submit(values, user)
    assert done["ok"], done
    return said(await library.view(user))


async def add(library: Library, **values: object) -> str:
    await library.press("Tilføj et spørgsmål", METTE)
    done = await library.submit(OWN | values, METTE)
    assert done["ok"], done
    return said(await library.view(METTE))


async def close(library: Library, user: str = METTE) -> None:
    for _ in (await library.state(user))["views"]:
        view = await library.view(user)
        await library.control("close", user=user, view_id=view["id"])


async def asked(library: Library, user: str = "U06", **start: str) -> list[str]:
    """The labels of all questions of a check that begins now."""
    await library.write("tjek Pixelværket", user=user)
    await library.submit(start, user=user)
    labels = []
    while (await library.view(user))["callback_id"] == "tjek_page":
        view = await library.view(user)
        blocks = [b for b in view["blocks"] if b["block_id"].startswith("question.")]
        labels += [b["label"]["text"] for b in blocks]
        await library.submit({b["block_id"]: "no" for b in blocks}, user=user)
    return labels


async def test_the_list_shows_every_question_by_page(ours: Library) -> None:
    shown = await open_list(ours)
    assert "Spørgsmålene i tjek" in shown
    for page in load("tjek").pages:
        assert page.title.da in shown
    assert f"13. {HOURS.text.da} Timer · stopklods · også i det korte tjek" in shown


async def test_an_edited_question_is_asked_from_the_next_check_on(ours: Library) -> None:
    await open_list(ours)
    shown = await change(ours, "hours", text_da="Har vi timerne?", why_da="Regn dem ud.")
    assert "Gemt: Har vi timerne? Nu ser også de, der læser engelsk, jeres danske ordlyd" in shown
    assert f"skriv det igen: ”{HOURS.text.en}” · ”{HOURS.why.en}”" in shown
    assert "13. Har vi timerne? Timer · stopklods · også i det korte tjek · rettet" in shown
    assert "13. Har vi timerne?" in await asked(ours)


async def test_a_check_keeps_the_questions_it_was_begun_with(ours: Library) -> None:
    await ours.write("tjek Pixelværket", user="U06")
    await ours.submit({}, user="U06")
    await open_list(ours)
    await change(ours, "goals", text_da="Har det et mål?", short_da="Retning")
    await change(ours, "drive", choices=[])
    labels = []
    for page in load("tjek").pages:
        view = await ours.view("U06")
        blocks = [b["block_id"] for b in view["blocks"] if b["block_id"].startswith("question.")]
        labels += blocks
        assert len(blocks) == len(page.questions)
        await ours.submit(dict.fromkeys(blocks, "no"), user="U06")
    result = said(await ours.view("U06"))
    assert "Stopklods: Mål (1), Timer (13), Penge (14)" in result
    assert "Retning" not in result
    assert len(labels) == len(load("tjek").questions)


async def test_switched_off_the_numbers_close_up_and_on_again_it_is_back(ours: Library) -> None:
    await open_list(ours)
    shown = await change(ours, "goals", choices=["stop", "short_check"])
    assert "Gemt, og stilles ikke længere: Trækker det" in shown
    assert "Stilles ikke: Trækker det" in shown
    assert "1. Er der en kollega" in shown
    labels = await asked(ours)
    assert len(labels) == 13
    assert labels[0].startswith("1. Er der en kollega")
    assert "12. Er der folk" in labels[11]
    shown = await change(ours, "goals", choices=["on", "stop", "short_check"])
    assert "1. Trækker det" in shown
    assert "også i det korte tjek · rettet" not in shown, "it is as it was"


async def test_a_page_without_questions_goes_away(ours: Library) -> None:
    await open_list(ours)
    await change(ours, "hours", choices=["stop", "short_check"])
    await change(ours, "money", choices=["stop", "short_check"])
    await ours.write("tjek Pixelværket", user="U06")
    await ours.submit({}, user="U06")
    assert (await ours.view("U06"))["title"]["text"] == "Tjek 1/3 · Passer det?"


async def test_a_question_of_their_own_stands_last_on_its_page(ours: Library) -> None:
    await open_list(ours)
    shown = await add(ours, choices=["on", "stop", "short_check"])
    assert "5. Er det rart at være med til? Glæde · stopklods · også i det korte tjek" in shown
    assert "jeres eget" in shown
    labels = await asked(ours)
    assert labels[4] == "5. Er det rart at være med til?"
    assert len(labels) == 15
    assert "Stopklods: Mål (1), Glæde (5), Timer (14), Penge (15)" in said(await ours.view("U06"))
    await close(ours, "U06")
    assert "5. Er det rart at være med til?" in await asked(ours, length="short")


async def test_english_falls_back_to_the_danish(ours: Library) -> None:
    await open_list(ours)
    await add(ours)
    await change(ours, "hours", text_da="Har vi timerne?", text_en="Do we have the hours?")
    now = ours.house.clock.now()
    await ours.store.write(settings_of.set_language, "T01", "U06", Language.ENGLISH, now)
    labels = await asked(ours)
    assert labels[4] == "5. Er det rart at være med til?"
    assert "14. Do we have the hours?" in labels
    assert "Speaks against: Goals, Drive, Departments, Breadth, Glæde" in said(
        await ours.view("U06")
    )


async def test_a_question_changed_in_danish_alone_is_the_same_for_all(ours: Library) -> None:
    await open_list(ours)
    await change(ours, "hours", text_da="Har vi timerne?")
    now = ours.house.clock.now()
    await ours.store.write(settings_of.set_language, "T01", "U06", Language.ENGLISH, now)
    assert "13. Har vi timerne?" in await asked(ours)
    await edit(ours, "hours")
    form = await ours.view(METTE)
    english = next(e for block, e in elements(form) if block == "text_en")
    assert "initial_value" not in english
    assert "Retter du kun det danske, tømmer jeg det engelske" in str(form)
    done = await ours.submit({"text_en": HOURS.text.en}, METTE)
    assert done["ok"], done
    assert "læser engelsk" not in said(await ours.view(METTE))
    await close(ours, "U06")
    assert f"13. {HOURS.text.en}" in await asked(ours), "it still fits, says the coordinator"


async def test_back_to_the_original_wording(ours: Library) -> None:
    await open_list(ours)
    await edit(ours, "hours")
    assert "Den oprindelige ordlyd" not in said(await ours.view(METTE))
    await ours.press("Tilbage", METTE)
    await change(ours, "hours", text_da="Har vi timerne?", choices=["on"])
    await edit(ours, "hours")
    await ours.press("Den oprindelige ordlyd", METTE, confirm=True)
    shown = said(await ours.view(METTE))
    assert f"13. {HOURS.text.da} Timer · stopklods · også i det korte tjek" in shown
    assert f"13. {HOURS.text.da}" in await asked(ours)


async def test_the_history_tells_who_changed_what_and_takes_one_back(ours: Library) -> None:
    await open_list(ours)
    await ours.press("Hvem har rettet hvad?", METTE)
    assert "Ingen har rettet noget endnu." in said(await ours.view(METTE))
    await ours.press("Tilbage", METTE)
    await change(ours, "hours", text_da="Har vi timerne?")
    await change(ours, "hours", choices=["on"])
    await add(ours)
    await ours.press("Hvem har rettet hvad?", METTE)
    view = await ours.view(METTE)
    shown = said(view)
    assert "Mette, i dag: Glæde Tilføjede spørgsmålet ”Er det rart at være med til?”" in shown
    assert "Et nej er ikke længere en stopklods Er ikke længere med i det korte tjek" in shown
    assert f"Spørgsmålet: ”Har vi timerne?” (før: ”{HOURS.text.da}”)" in shown
    assert "ændret siden" not in shown
    oldest = [e["action_id"] for _, e in elements(view) if "take_back" in e["action_id"]][-1]
    await click(ours, oldest, confirm=True)
    shown = said(await ours.view(METTE))
    assert shown.count(f"Rettelsen er fortrudt: {HOURS.text.da}") == 1
    assert f"Spørgsmålet: ”{HOURS.text.da}” (før: ”Har vi timerne?”)" in shown, "a change by itself"
    assert f"(før: ”{HOURS.text.en}”) Det er ændret siden." in shown
    assert oldest not in [e["action_id"] for _, e in elements(await ours.view(METTE))]
    await close(ours)
    shown = await open_list(ours)
    assert f"13. {HOURS.text.da}" not in shown
    assert f"14. {HOURS.text.da} Timer · rettet" in shown, "the later change stays"


async def test_an_addition_taken_back_is_switched_off(ours: Library) -> None:
    await open_list(ours)
    await add(ours)
    await ours.press("Hvem har rettet hvad?", METTE)
    await ours.press("Fortryd", METTE, confirm=True)
    await ours.press("Tilbage", METTE)
    assert "Stilles ikke: Er det rart at være med til?" in said(await ours.view(METTE))
    assert len(await asked(ours)) == 14


async def test_a_long_history_is_turned_page_by_page(ours: Library) -> None:
    await open_list(ours)
    for number in range(12):
        await change(ours, "hours", text_da=f"Har vi timerne {number}?")
    await ours.press("Hvem har rettet hvad?", METTE)
    assert "timerne 11?" in said(await ours.view(METTE))
    await ours.press("Ældre rettelser", METTE)
    assert "timerne 11?" not in said(await ours.view(METTE))
    assert "timerne 0?" in said(await ours.view(METTE))
    await ours.press("Nyere rettelser", METTE)
    assert "timerne 11?" in said(await ours.view(METTE))


@pytest.mark.parametrize(
    ("values", "field", "sentence"),
    [
        ({"text_da": " \u200b "}, "text_da", "Skriv det på dansk."),
        ({"why_da": "Ring til 010190-1234"}, "why_da", "CPR-nummer"),
        ({"short_da": "penge"}, "short_da", "Et andet spørgsmål har det korte navn."),
    ],
)
async def test_what_cannot_be_is_said_at_its_field(
    ours: Library, values: Json, field: str, sentence: str
) -> None:
    await open_list(ours)
    await edit(ours, "hours")
    done = await ours.submit(values, METTE)
    assert not done["ok"]
    assert sentence in done["errors"][field]
    assert await ours.store.read(questions.changes, "T01") == []


async def test_the_last_question_of_the_short_check_stays_in_it(ours: Library) -> None:
    await open_list(ours)
    for name in ("goals", "drive", "need", "hours"):
        await change(ours, name, choices=["on"])
    await edit(ours, "money")
    done = await ours.submit({"choices": ["on", "stop"]}, METTE)
    assert "mindst ét spørgsmål i det korte tjek" in done["errors"]["choices"]


async def test_a_full_page_takes_no_more(ours: Library) -> None:
    await open_list(ours)
    for number in range(MOST_ON_A_PAGE - 4):
        await add(ours, short_da=f"Glæde {number}")
    await ours.press("Tilføj et spørgsmål", METTE)
    done = await ours.submit(OWN, METTE)
    assert "Der er allerede 15 spørgsmål på den side" in done["errors"]["page"]
    done = await ours.submit({"page": "able"}, METTE)
    assert done["ok"], done
    assert len(await asked(ours)) == 26


async def test_saving_without_a_change_is_no_change(ours: Library) -> None:
    await open_list(ours)
    await change(ours, "hours")
    assert await ours.store.read(questions.changes, "T01") == []


async def test_two_who_change_the_same_see_both_before_it_is_saved(ours: Library) -> None:
    await open_list(ours)
    await open_list(ours, ALI)
    await edit(ours, "hours")
    await edit(ours, "hours", ALI)
    assert (await ours.submit({"text_da": "Mettes ord?", "why_da": "Derfor."}, METTE))["ok"]
    done = await ours.submit({"text_da": "Alis ord?", "short_da": "Tid"}, ALI)
    assert done["ok"], done
    form = said(await ours.view(ALI))
    assert "@U02 rettede det her, mens du skrev: Spørgsmålet, Hvorfor vi spørger, " in form
    assert (
        "I har begge rettet Spørgsmålet. Dit står herunder; den anden skrev: ”Mettes ord?”" in form
    )
    assert len(await ours.store.read(questions.changes, "T01")) == 1, "nothing is saved yet"
    assert (await ours.submit({}, ALI))["ok"]
    last = (await ours.store.read(questions.changes, "T01"))[-1].put
    assert (last.text_da, last.why_da, last.short_da) == ("Alis ord?", "Derfor.", "Tid")


async def test_two_at_the_same_moment_lose_nothing(ours: Library) -> None:
    for user in (METTE, ALI):
        await open_list(ours, user)
        await edit(ours, "hours", user)
    done = await asyncio.gather(
        ours.submit({"text_da": "Mettes ord?"}, METTE), ours.submit({"short_da": "Tid"}, ALI)
    )
    assert all(one["ok"] for one in done)
    (kept,) = await ours.store.read(questions.changes, "T01")
    assert kept.by in {METTE, ALI}
    assert "mens du skrev" in said(await ours.view(ALI if kept.by == METTE else METTE))


async def test_only_a_coordinator_edits_and_only_while_she_is_one(ours: Library) -> None:
    await open_list(ours, ALI)
    await edit(ours, "hours", ALI)
    await decide_elsewhere(ours, coordinators=(METTE,))
    done = await ours.submit({"text_da": "Smuglet ind"}, ALI)
    assert not done["ok"]
    assert "Det kan kun koordinatoren." in next(iter(done["errors"].values()))
    ours.house.forget("T01")
    await ours.press("Tilbage", ALI)
    assert "Det kan kun koordinatoren." in said(await ours.view(ALI))
    assert await ours.store.read(questions.changes, "T01") == []
