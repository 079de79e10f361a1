"""`/partner mål` through the front door: what carries what, the list, and a relation's own."""

from dataclasses import replace
from typing import Any

import pytest

from bot.circle import Level
from bot.goal import GOAL_LENGTH, GOALS
from bot.partner import Partner
from bot.workspace import Language
from storage import goal
from storage import partner as register_of
from storage.database import Connection
from storage.workspace import set_language
from tests.handlers.library import Json, Library, elements, said
from tests.handlers.library_settings import METTE, decide, decide_elsewhere, decided

KAREN, ALI, GUEST, ENGLISH = "U01", "U03", "U04", "U05"
READ, YOUNG, GREEN = "Flere børn læser", "Unge bestemmer", "Grøn omstilling"


@pytest.fixture
async def ours(library: Library) -> Library:
    """The library with two goals, and Mette as its coordinator."""
    await decide(library, coordinators=(METTE,), goals=(READ, YOUNG))
    return library


async def change(library: Library, number: int, **fields: Any) -> None:
    def write(conn: Connection, team: str) -> None:
        before = register_of.existing(conn, team, number, lock=True)
        after = replace(before, **fields)
        register_of.update(conn, team, before, after, by=ALI, now=library.house.clock.now())

    await library.store.write(write, "T01")


async def partner(library: Library, number: int) -> Partner:
    return await library.store.read(register_of.existing, "T01", number)


async def shown(library: Library, user: str = METTE, word: str = "mål") -> str:
    await library.write(word, user=user)
    return said(await library.message(user))


async def options(library: Library, block_id: str) -> list[Json]:
    element = next(e for block, e in elements(await library.view()) if block == block_id)
    found: list[Json] = element["options"]
    return found


# What one sees.


async def test_each_goal_tells_what_carries_it(ours: Library) -> None:
    for n in range(3):
        await ours.known(f"Forening {n}", level=Level.COLLABORATION, goals=(READ,))
    await ours.known("Byens Museum", level=Level.PARTNERSHIP, goals=(READ,))
    await ours.known("Byorkestret", level=Level.COLLABORATION)
    text = await shown(ours)
    assert f"{READ} 1 partnerskab · 3 samarbejder: Byens Museum, Forening 0, Forening 1" in text
    assert "Forening 1 og én mere" in text
    assert f"{YOUNG} Ingen arbejder for det endnu." in text
    assert "Uden mål: 1 samarbejde." in text
    assert "Byg partnerskaber, side 21-24" in text
    table = next(b for b in (await ours.message())["blocks"] if b["type"] == "data_table")
    assert [cell["text"] for cell in table["rows"][1]] == [READ, "1", "3", "–"]


async def test_in_english(ours: Library) -> None:
    await ours.store.write(set_language, "T01", ENGLISH, Language.ENGLISH, ours.house.clock.now())
    await ours.known("Byens Museum", level=Level.PARTNERSHIP, goals=(READ,))
    await ours.known("Byorkestret", level=Level.COLLABORATION)
    text = await shown(ours, ENGLISH, "goals")
    assert f"{READ} 1 partnership: Byens Museum" in text
    assert f"{YOUNG} Nobody works for it yet." in text
    assert "Without a goal: 1 collaboration." in text
    assert "Edit the goals" not in text


async def test_where_all_have_a_goal_it_says_so(ours: Library) -> None:
    assert "Uden mål" not in await shown(ours)
    await ours.known("Byens Museum", level=Level.PARTNERSHIP, goals=(READ,))
    assert "Alle partnerskaber og samarbejder har et mål." in await shown(ours)


async def test_without_goals_it_tells_what_they_are_for(library: Library) -> None:
    await decide(library, coordinators=(METTE,))
    text = await shown(library)
    assert "Bibliotekets mål er ikke skrevet ind endnu. Skriv dem ind. Så kan I se" in text
    assert "Byg partnerskaber, side 21-24" in text
    await library.press("Skriv målene ind")
    assert (await library.submit({"goal_new.0": READ}))["ok"]
    assert "Målene er gemt." in said(await library.view())
    await library.close()
    assert f"{READ} Ingen arbejder for det endnu." in said(await library.message())
    await decide(library, goals=())
    text = await shown(library, ALI)
    assert "Skriv målene ind" not in text
    assert "kan skrive dem ind. Så kan I se, hvilke mål I mangler partnere til" in text
    await decide(library, coordinators=())
    assert "Find først en koordinator, som kan skrive dem ind." in await shown(library)


async def test_where_slack_knows_no_table_the_text_comes_alone(ours: Library) -> None:
    await ours.known("Byens Museum", level=Level.PARTNERSHIP, goals=(READ,))
    await ours.control("faults", method="response_url", times=1, error="invalid_blocks", status=400)
    text = await shown(ours)
    assert f"{READ} 1 partnerskab: Byens Museum" in text
    blocks = (await ours.message())["blocks"]
    assert "data_table" not in {block["type"] for block in blocks}
    await ours.press("Ret målene")
    assert (await ours.submit({"goal.1": GREEN}))["ok"]
    await ours.close()
    message = await ours.message()
    assert GREEN in said(message)
    assert "data_table" not in {block["type"] for block in message["blocks"]}


async def test_another_trouble_is_none_of_the_table(ours: Library) -> None:
    await ours.control("faults", method="response_url", times=1, status=503)
    assert "Det gik galt hos mig" in await shown(ours)


async def test_a_guest_sees_nothing(ours: Library) -> None:
    await ours.control("channels", id="C03", members=[METTE, GUEST, "@app"])
    assert READ not in await shown(ours, GUEST)


async def test_twelve_long_goals_are_shown_and_chosen(library: Library) -> None:
    goals = tuple(f"{n:02} " + "å" * (GOAL_LENGTH - 3) for n in range(GOALS))
    await decide(library, coordinators=(METTE,), goals=goals)
    name = "<!channel> {goal} " + "x" * 60
    for n in range(5):
        await library.known(f"{name}{n}", level=Level.PARTNERSHIP, goals=goals)
    assert goals[11] in await shown(library)
    await library.press("Ret målene")
    view = await library.view()
    assert "Der er plads til 12 mål." in said(view)
    assert "goal_new.0" not in {block for block, _ in elements(view)}
    done = await library.submit({"goal.0": ""})
    assert " står på 5 kort." in said(await library.view()), done


# Those with a goal, and those without.


async def test_those_with_a_goal_are_paged(ours: Library) -> None:
    for n in range(11):
        await ours.known(f"Forening {n:02}", goals=(READ,))
    await shown(ours)
    message = await ours.message()
    block_id, menu = next((b, e) for b, e in elements(message) if e["type"] == "static_select")
    done = await ours.control(
        "click",
        user=METTE,
        action_id=menu["action_id"],
        block_id=block_id,
        value=menu["options"][0]["value"],
        message={"channel": "C03", "ts": message["ts"]},
    )
    assert done["ok"], done
    text = said(await ours.view())
    assert "11 partnere arbejder for målet." in text
    assert "Forening 09 · netværk" in text
    assert "Forening 10" not in text
    await ours.press("Næste")
    assert "Forening 10" in said(await ours.view())
    await ours.press("Forrige")
    await ours.press("Vis")
    assert "Forening 00" in said(await ours.view())


async def test_a_goal_is_chosen_from_the_list_of_those_without(ours: Library) -> None:
    number = await ours.known("Byens Museum", level=Level.PARTNERSHIP)
    await ours.known("Byorkestret", level=Level.COLLABORATION)
    await shown(ours, METTE)
    await ours.press("Se dem uden mål")
    assert "2 partnerskaber og samarbejder har intet mål." in said(await ours.view())
    await ours.press("Vælg mål")
    assert "Byens Museum" in said(await ours.view())
    assert (await ours.submit({"goals": [READ]}))["ok"]
    assert (await partner(ours, number)).goals == (READ,)
    text = said(await ours.view())
    assert "Ét partnerskab eller samarbejde har intet mål." in text
    assert "Byens Museum" not in text
    await ours.press("Vælg mål")
    await ours.submit({"goals": [READ, YOUNG]})
    assert "Alle partnerskaber og samarbejder har et mål." in said(await ours.view())
    await ours.close()
    assert f"{READ} 1 partnerskab · 1 samarbejde" in said(await ours.message())


async def test_a_goal_that_was_renamed_meanwhile_is_chosen_again(ours: Library) -> None:
    number = await ours.known("Byens Museum", level=Level.PARTNERSHIP)
    await shown(ours)
    await ours.press("Se dem uden mål")
    await ours.press("Vælg mål")
    await decide_elsewhere(ours, goals=(GREEN,))
    await ours.submit({"goals": [READ]})
    assert "Målene er blevet rettet, mens du skrev." in said(await ours.view())
    assert [o["value"] for o in await options(ours, "goals")] == [GREEN]
    assert (await partner(ours, number)).goals == ()
    await ours.submit({"goals": [GREEN]})
    assert (await partner(ours, number)).goals == (GREEN,)


async def test_without_a_list_there_is_nothing_to_choose(ours: Library) -> None:
    await ours.known("Byens Museum", level=Level.PARTNERSHIP)
    await shown(ours)
    await ours.press("Se dem uden mål")
    await decide_elsewhere(ours, goals=())
    await ours.press("Vælg mål")
    assert "Biblioteket har ingen mål at vælge imellem længere." in said(await ours.view())


async def test_the_menu_of_a_goal_that_is_gone_says_so(ours: Library) -> None:
    for n in range(4):
        await ours.known(f"Forening {n}", goals=(READ,))
    await shown(ours)
    message = await ours.message()
    block_id, menu = next((b, e) for b, e in elements(message) if e["type"] == "static_select")
    await decide_elsewhere(ours, goals=(GREEN,))
    await ours.control(
        "click",
        user=METTE,
        action_id=menu["action_id"],
        block_id=block_id,
        value=menu["options"][0]["value"],
        message={"channel": "C03", "ts": message["ts"]},
    )
    assert "Målene er blevet rettet imens." in said(await ours.message())


# The list.


async def test_a_goal_is_renamed_on_all_cards_and_in_their_history(ours: Library) -> None:
    number = await ours.known("Springbræt")
    await change(ours, number, goals=(READ,))
    await shown(ours)
    await ours.press("Ret målene")
    assert (await ours.submit({"goal.0": " Flere læser ", "goal_new.1": GREEN}))["ok"]
    assert (await decided(ours)).goals == ("Flere læser", YOUNG, GREEN)
    assert (await partner(ours, number)).goals == ("Flere læser",)
    await ours.close()
    assert "Flere læser 1 i netværket: Springbræt" in said(await ours.message())
    await ours.write("Springbræt")
    assert "Mål: Flere læser" in said(await ours.message())
    await ours.press("Historik")
    assert "Mål: tilføjet ”Flere læser”" in said(await ours.view())
    await ours.press("Fortryd")
    assert (await partner(ours, number)).goals == (), said(await ours.view())


async def test_before_a_goal_is_taken_off_it_is_told(ours: Library) -> None:
    numbers = [await ours.known(name, goals=(READ, YOUNG)) for name in ("A", "B")]
    await shown(ours)
    await ours.press("Ret målene")
    await ours.submit({"goal.0": "", "goal_new.0": GREEN})
    view = await ours.view()
    assert f"Målet ”{READ}” står på 2 kort. Det bliver taget af dem" in said(view)
    assert view["submit"]["text"] == "Ja, gem"
    assert (await decided(ours)).goals == (READ, YOUNG)
    assert (await ours.submit({}))["ok"]
    assert (await decided(ours)).goals == (YOUNG, GREEN)
    assert [(await partner(ours, number)).goals for number in numbers] == [(YOUNG,)] * 2
    (logged,) = await ours.store.read(register_of.changes_since, "T01", numbers[0], 0)
    assert (logged.field, logged.before, logged.after) == ("goals", [READ, YOUNG], [YOUNG])
    await ours.close()
    await ours.write("A")
    await ours.press("Historik")
    assert f"Mål: fjernet ”{READ}”" in said(await ours.view())
    await ours.press("Fortryd")
    assert "er ikke på bibliotekets liste længere" in said(await ours.view())


async def test_what_else_is_taken_off_is_told_too(ours: Library) -> None:
    await ours.known("A", goals=(READ, YOUNG))
    await shown(ours)
    await ours.press("Ret målene")
    await ours.submit({"goal.0": ""})
    assert f"Målet ”{READ}” står på ét kort." in said(await ours.view())
    await ours.submit({"goal.1": ""})
    assert f"Målet ”{YOUNG}” står på ét kort." in said(await ours.view())
    assert (await decided(ours)).goals == (READ, YOUNG)
    await ours.submit({})
    assert (await decided(ours)).goals == ()
    await ours.close()
    assert "ikke skrevet ind endnu" in said(await ours.message())


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"goal.1": READ.upper()}, "goal.1"),
        ({"goal_new.1": READ}, "goal_new.1"),
        ({"goal.0": "010203-1234"}, "goal.0"),
    ],
)
async def test_what_is_wrong_stands_at_its_field(ours: Library, typed: Json, field: str) -> None:
    await shown(ours)
    await ours.press("Ret målene")
    done = await ours.submit(typed)
    assert list(done["errors"]) == [field]
    assert (await decided(ours)).goals == (READ, YOUNG)


async def test_two_coordinators_at_once_lose_nothing(ours: Library) -> None:
    await decide(ours, coordinators=(METTE, KAREN))
    await shown(ours)
    await ours.press("Ret målene")
    await shown(ours, KAREN)
    await ours.press("Ret målene", KAREN)
    await ours.submit({"goal.0": "Alle læser", "goal_new.0": "Kreative"}, KAREN)
    await ours.submit({"goal.0": "Flere læser", "goal.1": "", "goal_new.0": GREEN})
    view = await ours.view()
    assert "har rettet målene imens." in said(view)
    held = {block: element.get("initial_value") for block, element in elements(view)}
    assert held == {
        "goal.0": "Alle læser",
        "goal.1": None,
        "goal.2": "Kreative",
        "goal_new.0": "Flere læser",
        "goal_new.1": GREEN,
        "goal_new.2": None,
        "goal_new.3": None,
    }
    assert (await ours.submit({}))["ok"]
    assert (await decided(ours)).goals == ("Alle læser", "Kreative", "Flere læser", GREEN)


async def test_a_colleague_does_not_edit_the_list(ours: Library) -> None:
    assert "Ret målene" not in await shown(ours, ALI)
    await shown(ours)
    await ours.press("Ret målene")
    await decide(ours, coordinators=(KAREN,))
    done = await ours.submit({"goal.0": GREEN})
    assert (await decided(ours)).goals == (READ, YOUNG)
    assert "koordinator" in str(done)


# On the card.


async def test_goals_are_chosen_on_the_card(ours: Library) -> None:
    number = await ours.known("Springbræt")
    await ours.write("Springbræt")
    await ours.choose("Ret: hvad vi laver sammen")
    assert "Koordinatoren vedligeholder listen." in said(await ours.view())
    assert (await ours.submit({"goals": [YOUNG]}))["ok"]
    assert (await partner(ours, number)).goals == (YOUNG,)


async def test_a_stale_form_keeps_the_card_and_asks_again(ours: Library) -> None:
    number = await ours.known("Springbræt", goals=(READ,))
    await ours.write("Springbræt")
    await ours.choose("Ret: hvad vi laver sammen")

    def renamed(conn: Connection, team: str) -> None:
        goal.rename(conn, team, {READ: GREEN})

    await ours.store.write(renamed, "T01")
    await decide_elsewhere(ours, goals=(GREEN, YOUNG))
    ours.house.forget("T01")
    await ours.submit({"note": "Ny note"})
    view = await ours.view()
    assert "Målene er blevet rettet, mens du skrev." in said(view)
    chosen = next(e for block, e in elements(view) if block == "goals")
    assert [o["value"] for o in chosen["initial_options"]] == [GREEN]
    assert (await ours.submit({}))["ok"]
    stored = await partner(ours, number)
    assert (stored.goals, stored.note) == ((GREEN,), "Ny note")


async def test_without_goals_no_card_asks_for_them(library: Library) -> None:
    await library.known("Springbræt")
    await library.write("Springbræt")
    await library.choose("Ret: hvad vi laver sammen")
    assert "goals" not in {block for block, _ in elements(await library.view())}
