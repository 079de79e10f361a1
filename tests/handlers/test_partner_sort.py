"""Five minutes of sorting: one question after another, skipped, taken back, and two at once."""

from dataclasses import replace
from typing import Any

import pytest

from bot.circle import Level
from bot.contact import Contact
from bot.contact import Kind as How
from bot.partner import Kind, Partner, Purpose, RelationType, Room, Status
from bot.partner_sort import REST, ROUND
from bot.workspace import Language
from handlers.views.partner_sort_field import MENU
from storage import contact as contacts_of
from storage import duplicate_merge
from storage import partner as register_of
from storage.workspace import set_language
from tests.handlers.library import Json, Library, elements, said
from tests.handlers.library_settings import decide
from tests.handlers.test_history import history

KAREN = "U01"
SOFIE = "U03"
DAY = 24 * 60 * 60
# All that is asked about, but for what a test leaves out.
SORTED: Json = {
    "kind": Kind.ASSOCIATION,
    "rooms": (Room.MEETING,),
    "age_groups": ("6-12",),
    "purposes": (Purpose.NEW_USERS,),
}


@pytest.fixture(autouse=True)
async def _with_coordinators(library: Library) -> None:
    await decide(library, coordinators=(KAREN, SOFIE))


async def stored(library: Library, number: int) -> Partner:
    return await library.store.read(register_of.existing, "T01", number)


async def begun(library: Library, user: str = KAREN) -> str:
    await library.close(user)
    await library.write("sortering", user=user)
    return said(await library.view(user))


async def asked(library: Library, user: str = KAREN) -> Json:
    """The question that is shown."""
    blocks = (await library.view(user))["blocks"]
    return next(block for block in blocks if block["type"] == "input")


async def answer(library: Library, value: Any, user: str = KAREN) -> str:
    """Choose it, save, and read what comes next."""
    done = await library.submit({(await asked(library, user))["block_id"]: value}, user)
    assert done["ok"], done
    return said(await library.view(user))


async def press(library: Library, words: str, user: str = KAREN) -> str:
    done = await library.press(words, user)
    assert done["ok"], done
    return said(await library.view(user))


async def leave(library: Library, way: str, *, confirm: bool = True) -> str:
    """Choose it from the menu beside the buttons."""
    view = await library.view(KAREN)
    block_id, menu = next((b, e) for b, e in elements(view) if e["type"] == "overflow")
    done = await library.control(
        "click",
        user=KAREN,
        view_id=view["id"],
        block_id=block_id,
        action_id=menu["action_id"],
        value=way,
        confirm=confirm,
    )
    assert done["ok"], done
    return said(await library.view(KAREN))


async def test_one_question_after_the_other_until_nothing_is_missing(library: Library) -> None:
    number = await library.known(area="Vestbyen", keywords=("lektier",))
    shown = await begun(library)
    assert shown.startswith("Sorteringsrunde Springbræt er i vores netværk. Vestbyen · lektier ")
    assert "Hvad er Springbræt for en slags?" in shown
    assert "Svar 1 af højst 20" in shown
    assert "Hvilke rum passer Springbræt til?" in await answer(library, "association")
    shown = await answer(library, ["learning", "meeting"])
    assert "forening · Vestbyen" in shown
    assert "Hvem er Springbræt mest for?" in shown
    assert "Hvad vil vi gerne sammen med Springbræt?" in await answer(library, ["*"])
    shown = await answer(library, ["new_users"])
    assert "Tak for fire svar. Der mangler ikke noget. Alle jeres relationer er sorteret." in shown
    partner = await stored(library, number)
    assert (partner.kind, partner.rooms) == (Kind.ASSOCIATION, (Room.LEARNING, Room.MEETING))
    assert (partner.age_groups, partner.purposes) == (
        ("0-5", "6-12", "13-17", "18+"),
        (Purpose.NEW_USERS,),
    )


async def test_a_round_is_twenty_answers_and_tells_how_far_you_have_come(library: Library) -> None:
    for n in range(ROUND + 3):
        await library.known(f"Forening {n:02}", **{**SORTED, "rooms": ()})
    await begun(library)
    for _ in range(ROUND - 1):
        await answer(library, ["meeting"])
    shown = await answer(library, ["meeting"])
    assert "Tak, det var 20 svar." in shown
    assert "Nu har 20 af 23 relationer et rum." in shown
    assert "aldersgruppe" not in shown
    assert "Der er mere at fortælle om 3 partnere." in shown
    assert "Svar 1 af højst 20" in await press(library, "Fem minutter til")
    assert len((await library.state(KAREN))["views"]) == 1
    await answer(library, ["meeting"])
    await answer(library, ["meeting"])
    assert "Nu har 23 af 23 relationer et rum." in await answer(library, ["meeting"])


async def test_what_was_skipped_rests_for_ninety_days(library: Library) -> None:
    await library.known("Klubben", **{**SORTED, "rooms": ()})
    await begun(library)
    shown = await press(library, "Spring over")
    again = "Der er ikke flere spørgsmål lige nu. Det, der blev sprunget over, kommer igen efter 90"
    assert again in shown
    assert "Tak" not in shown
    assert again in await begun(library)
    assert again in await begun(library, SOFIE)
    await library.control("clock", advance=(REST.days + 1) * DAY, jump=True)
    assert "Hvilke rum passer Klubben til?" in await begun(library)


async def test_pressed_twice_skip_skips_once(library: Library) -> None:
    for name in ("Klubben", "Koret"):
        await library.known(name, **{**SORTED, "rooms": ()})
    await begun(library)
    view = await library.view(KAREN)
    button = next((b, e) for b, e in elements(view) if e["action_id"] == "partner_sort_skip")
    click = {"user": KAREN, "view_id": view["id"], "block_id": button[0]}
    for _ in range(2):
        await library.control("click", **click, action_id="partner_sort_skip", wait="ack")
    await library.look("idle")
    assert len((await library.state(KAREN))["views"]) == 1


async def test_an_answer_is_taken_back(library: Library) -> None:
    number = await library.known(**{**SORTED, "rooms": ()})
    await begun(library)
    ids = [element["action_id"] for _, element in elements(await library.view(KAREN))]
    assert "partner_sort_back" not in ids
    assert "Tak for svaret." in await answer(library, ["meeting", "learning"])
    shown = await press(library, "Tilbage")
    assert "Dit svar er taget tilbage. Vælg igen, eller spring over." in shown
    assert "Svar 1 af højst 20" in shown
    chosen = (await asked(library))["element"]["initial_options"]
    assert {one["value"] for one in chosen} == {"learning", "meeting"}
    assert (await stored(library, number)).rooms == ()
    assert "Tak for svaret." in await answer(library, ["performative"])
    assert (await stored(library, number)).rooms == (Room.PERFORMATIVE,)


async def test_what_was_skipped_is_asked_again(library: Library) -> None:
    await library.known(**{**SORTED, "rooms": ()})
    await begun(library)
    await press(library, "Spring over")
    assert "Den sprang du over. Nu kan du svare." in await press(library, "Tilbage")
    assert "Tak for svaret." in await answer(library, ["meeting"])
    assert "Der mangler ikke noget." in await begun(library)


async def test_step_by_step_back_to_the_first(library: Library) -> None:
    number = await library.known(**{**SORTED, "kind": None, "rooms": ()}, branch="Børn")
    await begun(library)
    await answer(library, "firm")
    await answer(library, ["meeting"])
    await press(library, "Tilbage")
    assert (await asked(library))["element"]["type"] == "checkboxes"
    await press(library, "Tilbage")
    assert (await asked(library))["element"]["initial_option"]["value"] == "firm"
    partner = await stored(library, number)
    assert (partner.kind, partner.rooms) == (None, ())


async def test_what_a_colleague_has_changed_since_is_not_taken_back(library: Library) -> None:
    number = await library.known(**{**SORTED, "rooms": ()})
    other = await library.known("Koret", **{**SORTED, "rooms": ()})
    await begun(library)
    first = (await asked(library))["block_id"]
    mine, next_one = (number, other) if f".{number}-" in first else (other, number)
    await answer(library, ["meeting"])
    await changed(library, mine, rooms=(Room.LEARNING,))
    shown = await press(library, "Tilbage")
    assert "En kollega har ændret det svar siden, så det bliver stående." in shown
    assert (await stored(library, mine)).rooms == (Room.LEARNING,)
    assert f".{next_one}-" in (await asked(library))["block_id"]


async def test_two_coordinators_at_once_are_not_in_each_others_way(library: Library) -> None:
    number = await library.known(**{**SORTED, "kind": None, "rooms": ()})
    await begun(library)
    await begun(library, SOFIE)
    await answer(library, "firm")
    shown = await answer(library, "culture", SOFIE)
    assert "Hvilke rum passer Springbræt til?" in shown
    assert "Svar 1 af højst 20" in shown
    assert (await stored(library, number)).kind is Kind.FIRM
    await press(library, "Spring over")
    assert "Tak for svaret." in await answer(library, ["learning"], SOFIE)
    assert (await stored(library, number)).rooms == (Room.LEARNING,)


async def changed(library: Library, number: int, **fields: Any) -> None:
    """A colleague edits the card."""

    def edit(conn: Any, team: str) -> None:
        before = register_of.existing(conn, team, number, lock=True)
        after = replace(before, **fields)
        register_of.update(conn, team, before, after, by="U06", now=library.house.clock.now())

    await library.store.write(edit, "T01")


@pytest.mark.parametrize(
    "gone", [{"archived": True}, {"status": Status.ENDED}, {"relation_type": RelationType.FUND}]
)
async def test_who_is_no_partner_any_more_is_passed_over(library: Library, gone: Json) -> None:
    number = await library.known(**{**SORTED, "rooms": ()})
    await begun(library)
    await changed(library, number, **gone)
    await answer(library, ["meeting"])
    assert (await stored(library, number)).rooms == ()
    assert "ingen partnere at sortere" in await begun(library)


async def test_who_was_made_one_with_another_is_passed_over(library: Library) -> None:
    old = await library.known(**SORTED)
    new = await library.known("Foreningen Springbraet", **{**SORTED, "rooms": ()})
    await begun(library)

    def merge(conn: Any, team: str) -> None:
        now = library.house.clock.now()
        duplicate_merge.merge(conn, team, [(old, 1), (new, 1)], {}, by="U06", now=now)

    await library.store.write(merge, "T01")
    assert "Der mangler ikke noget." in await press(library, "Spring over")


async def test_it_turns_out_to_be_no_partner(library: Library) -> None:
    number = await library.known("Fonden", **{**SORTED, "rooms": ()})
    await begun(library)
    shown = await leave(library, "fund")
    assert "Fonden står nu som fond." in shown
    assert "Der er ingen partnere at sortere endnu." in shown
    assert (await stored(library, number)).relation_type is RelationType.FUND
    assert "Hvilke rum passer Fonden til?" in await press(library, "Tilbage")
    assert (await stored(library, number)).relation_type is RelationType.PARTNER
    await leave(library, "archive")
    assert (await stored(library, number)).archived


async def test_above_the_next_question_stands_what_was_done_to_whom(library: Library) -> None:
    for name in ("Klubben", "Koret"):
        await library.known(name, **{**SORTED, "rooms": ()})
    first = "Klubben" if "passer Klubben til?" in await begun(library) else "Koret"
    shown = await leave(library, "archive")
    assert f"{first} ligger nu i arkivet." in shown
    assert "Hvilke rum passer" in shown
    assert "ligger nu i arkivet" not in await press(library, "Spring over")


async def test_inner_rings_first_and_those_in_touch_lately(library: Library) -> None:
    now = library.house.clock.now()
    for name, level in (("A", "network"), ("B", "network"), ("C", "partnership")):
        number = await library.known(name, **{**SORTED, "rooms": ()}, level=Level(level))
        if name == "B":
            met = Contact(number, How.MET, now.date(), KAREN, now, "om foråret")
            await library.store.write(contacts_of.note, "T01", met)
    await changed(library, number, responsible=SOFIE)
    assert "Vi har et partnerskab med C." in await begun(library)
    shown = await answer(library, ["meeting"])
    assert "sidst 23. nov.: ”om foråret”" in shown
    assert "B er i vores netværk." in shown
    assert "A er i vores netværk." in await answer(library, ["meeting"])


async def test_somebody_responsible_is_asked_for_where_you_do_something_together(
    library: Library,
) -> None:
    await library.known("Naboen", **SORTED)
    number = await library.known("Koret", **SORTED, level=Level.COLLABORATION)
    assert "Hvem er tovholder for Koret?" in await begun(library)
    field = (await asked(library))["block_id"]
    done = await library.submit({field: "U04"}, KAREN)
    assert "Petra kan ikke vælges." in done["errors"][field]
    assert "Tak for svaret." in await answer(library, "U06")
    assert (await stored(library, number)).responsible == "U06"
    await press(library, "Tilbage")
    assert (await asked(library))["element"]["initial_user"] == "U06"


async def test_a_library_without_ages_and_branches_is_not_asked_for_them(library: Library) -> None:
    await decide(library, age_groups=())
    await library.known(**{**SORTED, "age_groups": ()})
    assert "Der mangler ikke noget." in await begun(library)


@pytest.mark.parametrize(
    ("entries", "element"), [(8, "radio_buttons"), (40, "static_select"), (200, "external_select")]
)
async def test_a_branch_is_chosen_among_many(library: Library, entries: int, element: str) -> None:
    await decide(library, branches=tuple(f"Filial {n}" for n in range(entries)))
    number = await library.known(**SORTED)
    assert "Hvilken afdeling hos os tager sig af Springbræt?" in await begun(library)
    assert (await asked(library))["element"]["type"] == element
    if entries > MENU:
        assert f"Filial {entries - 1}" in await typed(library, str(entries - 1))
    await answer(library, f"Filial {entries - 1}")
    assert (await stored(library, number)).branch == f"Filial {entries - 1}"
    await press(library, "Tilbage")
    chosen = (await asked(library))["element"]["initial_option"]
    assert chosen["value"] == f"Filial {entries - 1}"


async def typed(library: Library, words: str) -> list[str]:
    """What is offered to who types that into the question."""
    field = await asked(library)
    where = {"view_id": (await library.view(KAREN))["id"], "block_id": field["block_id"]}
    action_id = field["element"]["action_id"]
    found = await library.control("suggest", user=KAREN, **where, action_id=action_id, value=words)
    return [one["value"] for one in found["options"]]


@pytest.mark.parametrize(
    ("entries", "element"), [(40, "multi_static_select"), (200, "multi_external_select")]
)
async def test_ages_are_chosen_among_many(library: Library, entries: int, element: str) -> None:
    await decide(library, age_groups=tuple(f"{n} år" for n in range(entries)))
    number = await library.known(**{**SORTED, "age_groups": ()})
    await begun(library)
    assert (await asked(library))["element"]["type"] == element
    if entries > MENU:
        assert len(await typed(library, "")) == MENU
        assert await typed(library, "99 ÅR") == ["99 år", "199 år"]
        assert "3 år" in await typed(library, "3")
    await answer(library, ["3 år", f"{entries - 1} år"])
    assert (await stored(library, number)).age_groups == ("3 år", f"{entries - 1} år")


async def test_a_list_that_was_changed_meanwhile_is_shown_as_it_is(library: Library) -> None:
    number = await library.known(**{**SORTED, "age_groups": ()})
    await begun(library)
    await decide(library, age_groups=("børn", "6-12"))
    shown = await answer(library, ["6-12", "13-17"])
    assert "Listen blev ændret, mens du valgte. Her er den, som den er nu." in shown
    assert "børn" in shown
    chosen = (await asked(library))["element"]["initial_options"]
    assert [one["value"] for one in chosen] == ["6-12"]
    await answer(library, ["børn", "6-12"])
    assert (await stored(library, number)).age_groups == ("børn", "6-12")


async def test_a_failure_keeps_what_was_chosen(library: Library) -> None:
    number = await library.known(**{**SORTED, "rooms": ()})
    await begun(library)
    await decide(library, coordinators=(SOFIE,))
    field = (await asked(library))["block_id"]
    done = await library.submit({field: ["meeting"]}, KAREN)
    assert "Det kan kun koordinatoren." in done["errors"][field]
    assert (await stored(library, number)).rooms == ()


async def test_a_list_changed_and_the_partner_gone_goes_on(library: Library) -> None:
    number = await library.known(**{**SORTED, "age_groups": ()})
    await begun(library)
    await decide(library, age_groups=("børn",))
    await changed(library, number, archived=True)
    assert "ingen partnere at sortere" in await answer(library, ["13-17"])


@pytest.mark.parametrize("word", ["sortering", "sorter", "sort"])
async def test_a_colleague_is_told_who_can(library: Library, word: str) -> None:
    await library.write(word)
    assert "Det kan kun koordinatoren." in said(await library.message())


async def test_in_english(library: Library) -> None:
    await library.store.write(
        set_language, "T01", KAREN, Language.ENGLISH, now=library.house.clock.now()
    )
    library.house.languages.drop("T01", KAREN)
    await library.known("A", **{**SORTED, "kind": None})
    await library.known("B", **{**SORTED, "kind": None})
    shown = await begun(library)
    assert "What sort is A?" in shown
    assert "What sort is B?" in await answer(library, "firm")
    assert "2 of 2 relations now have a sort." in await answer(library, "firm")


async def test_the_answers_stand_in_the_history(library: Library) -> None:
    await library.known(**{**SORTED, "rooms": ()})
    await begun(library)
    await answer(library, ["meeting"])
    await library.close(KAREN)
    assert "møderummet" in await history(library, KAREN)
