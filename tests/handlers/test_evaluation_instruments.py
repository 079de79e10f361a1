"""A library edits what an evaluation asks, and adds its own, through the front door."""

import pytest

from bot.evaluation_instruments_rules import MOST_ASKED
from bot.evaluation_questions import Instruments, shipped
from bot.partner import Partner
from storage import evaluation, partner
from storage import evaluation_instruments as stored
from storage.database import Connection
from tests.handlers.library import Json, Library, elements, said
from tests.handlers.library_settings import METTE, decide, open_menu
from tests.storage.evaluations import opened

ALI = "U03"
TEAM = "T01"
EASY = "Er det let at arbejde sammen?"
OWN = {
    "theme": "trust",
    "new_theme": "",
    "text_da": "Siger vi tingene, som de er?",
    "why_da": "Så ved begge, hvor de står.",
    "text_en": "",
    "why_en": "",
    "choices": ["on"],
}
SCHOOLS = {
    "text_da": "Skoler",
    "why_da": "vores egne",
    "text_en": "",
    "why_en": "",
    "choices": ["on"],
}


@pytest.fixture
async def ours(library: Library) -> Library:
    """The library with Mette and Ali as its coordinators."""
    await decide(library, coordinators=(METTE, ALI))
    return library


async def click(library: Library, action_id: str, user: str = METTE) -> Json:
    view = await library.view(user)
    block_id = next(block for block, e in elements(view) if e["action_id"] == action_id)
    where = {"view_id": view["id"], "block_id": block_id, "action_id": action_id}
    done = await library.control("click", user=user, **where)
    assert done["ok"], done
    return done


async def open_list(library: Library, user: str = METTE) -> str:
    await open_menu(library, user)
    await click(library, "evaluation_instruments_open", user)
    return said(await library.view(user))


async def show(library: Library, instrument: str, user: str = METTE) -> str:
    await open_list(library, user)
    await click(library, f"evaluation_instruments_show.{instrument}", user)
    return said(await library.view(user))


async def change(library: Library, question: str, user: str = METTE, **values: object) -> str:
    """From the instrument and back to it."""
    await click(library, f"evaluation_instruments_edit.{question}", user)
    return await submit(library, user, **values)


async def add(library: Library, instrument: str, **values: object) -> str:
    await click(library, f"evaluation_instruments_add.{instrument}")
    return await submit(library, METTE, **(OWN | values))


async def submit(library: Library, user: str = METTE, **values: object) -> str:
    done = await library.submit(values, user)
    assert done["ok"], done
    return said(await library.view(user))


async def asked(library: Library) -> Instruments:
    return await library.store.read(stored.instruments, TEAM)


async def test_the_list_shows_every_instrument_and_one_its_source(ours: Library) -> None:
    listed = await open_list(ours)
    assert "Halvårspuls 3 spørgsmål" in listed
    one = await show(ours, "collaboration")
    assert "Kilde: temaerne efter værktøjskassen" in one
    assert f"{EASY} Samarbejde" in one


async def test_an_edited_question_is_asked_from_the_next_one_on(ours: Library) -> None:
    await show(ours, "pulse")
    back = await change(ours, "easy", text_da="Går det let?")
    assert "Gemt: Går det let?" in back
    pulse = (await asked(ours)).get("pulse")
    assert (pulse.question("easy").text.da, pulse.question("easy").text.en) == (
        "Går det let?",
        "Går det let?",
    )
    assert (await asked(ours)).get("collaboration") == shipped().get("collaboration")


async def test_an_evaluation_under_way_keeps_its_questions(ours: Library) -> None:
    def begin(conn: Connection, team: str) -> int:
        now = partner.add(conn, team, Partner("Springbræt"), by=METTE, now=ours.house.clock.now())
        instrument = stored.instruments(conn, team).get("pulse")
        return opened(conn, team, now.id, [METTE], instrument=instrument).subject_id

    number = await ours.store.write(begin, TEAM)
    await show(ours, "pulse")
    await change(ours, "easy", text_da="Går det let?")
    await change(ours, "forward", choices=[])
    under_way = await ours.store.read(evaluation.existing, TEAM, number)
    assert under_way.instrument == shipped().get("pulse")
    assert [one.id for one in (await asked(ours)).get("pulse").questions] == ["easy", "difference"]


async def test_a_question_of_their_own_stands_in_its_theme_or_in_a_new_one(ours: Library) -> None:
    await show(ours, "partnership")
    await add(ours, "partnership")
    await add(ours, "partnership", text_da="Er det sjovt?", new_theme="Glæde")
    made = (await asked(ours)).get("partnership")
    names = [theme.name.da for theme in made.themes]
    assert names == [
        *("Samarbejde", "Fremdrift", "Resultater", "Tillid", "Værdi"),
        *("Glæde", "De seks kendetegn"),
    ]
    assert [one.text.da for one in made.of("trust")][-1] == OWN["text_da"]


async def test_an_instrument_of_their_own_is_asked_once_it_has_a_question(ours: Library) -> None:
    await open_list(ours)
    await click(ours, "evaluation_instruments_add.")
    assert "Skoler" in await submit(ours, METTE, **SCHOOLS)
    before = {one.id for one in (await asked(ours)).instruments}
    await ours.press("Tilføj et spørgsmål", METTE)
    await submit(ours, METTE, **(OWN | {"new_theme": "Glæde"}))
    (own,) = [one for one in (await asked(ours)).instruments if one.id not in before]
    assert (own.name.en, own.source.da, len(own.questions)) == ("Skoler", "vores egne", 1)
    await ours.press("Navn og kilde", METTE)
    await submit(ours, METTE, **(SCHOOLS | {"choices": []}))
    assert {one.id for one in (await asked(ours)).instruments} == before


@pytest.mark.parametrize(
    ("values", "field", "said_there"),
    [
        ({"text_da": " \u200b"}, "text_da", "Skriv det på dansk"),
        ({"text_da": "Hej {navn}?"}, "text_da", "Krøllede parenteser"),
        ({"text_da": EASY}, "text_da", "lyder sådan"),
        ({"theme": None}, "theme", "Vælg et tema"),
        ({"why_da": "Anne, 010203-1234"}, "why_da", "CPR"),
    ],
)
async def test_what_cannot_be_is_said_at_its_field(
    ours: Library, values: dict[str, str], field: str, said_there: str
) -> None:
    await show(ours, "collaboration")
    await click(ours, "evaluation_instruments_add.collaboration")
    done = await ours.submit(OWN | values, METTE)
    assert said_there in done["errors"][field]


async def test_there_is_a_question_left_and_never_too_many(ours: Library) -> None:
    await show(ours, "pulse")
    for question in ("easy", "forward"):
        await change(ours, question, choices=[])
    await click(ours, "evaluation_instruments_edit.difference")
    done = await ours.submit({"choices": []}, METTE)
    assert "mindst ét spørgsmål" in done["errors"]["choices"]
    await ours.press("Tilbage", METTE)
    for number in range(MOST_ASKED - 1):
        await add(ours, "pulse", text_da=f"Er det rart {number}?")
    await click(ours, "evaluation_instruments_add.pulse")
    done = await ours.submit(OWN, METTE)
    assert "to minutter" in done["errors"]["choices"]


async def test_the_history_tells_who_changed_what_and_takes_it_back(ours: Library) -> None:
    await show(ours, "pulse")
    await change(ours, "easy", text_da="Går det let?")
    await ours.press("Tilbage", METTE)
    await ours.press("Hvem har rettet hvad?", METTE)
    told = said(await ours.view(METTE))
    assert "Mette" in told
    assert f"Spørgsmålet: ”Går det let?” (før: ”{EASY}”)" in told
    await ours.press("Fortryd", METTE)
    assert "Rettelsen er fortrudt" in said(await ours.view(METTE))
    assert (await asked(ours)) == shipped()
    assert len(await ours.store.read(stored.changes, TEAM)) == 2


async def test_back_to_the_original_wording(ours: Library) -> None:
    await show(ours, "pulse")
    await change(ours, "easy", text_da="Går det let?", text_en="Is it easy going?")
    await click(ours, "evaluation_instruments_edit.easy")
    await ours.press("Den oprindelige ordlyd", METTE)
    assert EASY in said(await ours.view(METTE))
    assert (await asked(ours)) == shipped()


async def test_two_who_change_the_same_see_both_before_it_is_saved(ours: Library) -> None:
    for user in (METTE, ALI):
        await show(ours, "pulse", user)
        await click(ours, "evaluation_instruments_edit.easy", user)
    await submit(ours, ALI, why_da="Ellers bliver det tungt.")
    seen = await submit(ours, METTE, text_da="Går det let?")
    assert "mens du skrev" in seen
    await submit(ours, METTE)
    one = (await asked(ours)).get("pulse").question("easy")
    assert (one.text.da, one.why.da) == ("Går det let?", "Ellers bliver det tungt.")


async def test_only_a_coordinator_edits_and_only_while_she_is_one(ours: Library) -> None:
    await show(ours, "pulse", ALI)
    await click(ours, "evaluation_instruments_edit.easy", ALI)
    await decide(ours, coordinators=(METTE,))
    await ours.submit({"text_da": "Går det let?"}, ALI)
    assert (await asked(ours)) == shipped()
