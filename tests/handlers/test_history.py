"""The history of a partner as a colleague sees it, and one change undone."""

from dataclasses import replace
from typing import Any

import pytest

from bot.circle import Level
from bot.partner import ContactPerson, Kind, Partner, Status
from bot.workspace import Language
from storage import duplicate_merge, privacy, privacy_erasure
from storage import partner as register_of
from storage.database import Connection
from tests.handlers.library import Json, Library, elements, said
from tests.handlers.library_settings import decide

TEAM = "T01"
ANNE = ContactPerson("Anne Holm", "formand", "anne@springbraet.dk", "+4521436587", source="messen")
BO = ContactPerson("Bo Lind", source="visitkort")
MINUTE = 60
WORD = "[anonymiseret]"


async def stored(library: Library, number: int) -> Partner:
    return await library.store.read(register_of.existing, TEAM, number)


async def edit(library: Library, number: int, by: str = "U03", **fields: Any) -> Partner:
    """A minute later a colleague has edited the card."""
    await library.control("clock", advance=MINUTE)

    def save(conn: Connection) -> Partner:
        before = register_of.existing(conn, TEAM, number, lock=True)
        after, now = replace(before, **fields), library.house.clock.now()
        return register_of.update(conn, TEAM, before, after, by=by, now=now)

    return await library.store.write(save)


async def card(library: Library, user: str = "U02", words: str = "springbræt") -> str:
    await library.close(user)
    await library.write(words, user)
    return said(await library.message(user))


async def history(library: Library, user: str = "U02") -> str:
    """The history, opened from the card."""
    await card(library, user)
    await library.press("Historik", user)
    return said(await library.view(user))


async def press_at(library: Library, words: str, line: str, user: str = "U02") -> Json:
    """The button beside the line of the history that has these words in it."""
    view = await library.view(user)
    for block in view["blocks"]:
        if line in said({"blocks": [block]}):
            (button,) = [one for _, one in elements({"blocks": [block]})]
            assert button["text"]["text"] == words, button
            ids = {"action_id": button["action_id"], "block_id": block["block_id"]}
            return await library.control("click", user=user, view_id=view["id"], **ids)
    raise AssertionError(f"no line “{line}” in: {said(view)}")


async def undo(library: Library, line: str, user: str = "U02") -> str:
    """Press the button beside that line; what is on top then."""
    await library.control("clock", advance=MINUTE)
    await press_at(library, "Fortryd", line, user)
    return said(await library.view(user))


async def test_who_changed_what_day_by_day(library: Library) -> None:
    number = await library.known(area="Vestbyen", keywords=("lektier",), responsible="U03")
    await library.control("clock", advance=24 * 60 * MINUTE)
    await edit(library, number, area="Nordbyen", keywords=("lektier", "leg"), kind=Kind.FIRM)
    await edit(library, number, "U05", responsible="U05", keywords=("leg",), area="")
    shown = await history(library)
    assert shown.startswith("Historik Springbræt ")
    assert shown.index("@U05, kl. ") < shown.index("@U03, kl. ")
    assert "Hvad laver de? Fjernet ”Nordbyen”" in shown
    assert "Hvad laver de? Fra ”Vestbyen” til ”Nordbyen”" in shown
    assert "Emneord: fjernet ”lektier”" in shown
    assert "Emneord: tilføjet ”leg”" in shown
    assert "Slags: tilføjet virksomhed" in shown
    assert "Tovholder: fra Ali til Emma" in shown
    assert shown.endswith("Lagt ind i registret")
    days = [b for b in (await library.view())["blocks"] if b["block_id"].startswith("history_day")]
    assert len(days) == 2


async def test_a_change_is_undone_and_that_is_a_change(library: Library) -> None:
    number = await library.known(area="Vestbyen")
    await edit(library, number, area="Nordbyen")
    await history(library)
    shown = await undo(library, "Hvad laver de? Fra")
    assert "Fortrudt: ”Hvad laver de?”" in shown
    assert "Hvad laver de? Fra ”Nordbyen” til ”Vestbyen”" in shown
    assert (await stored(library, number)).area == "Vestbyen"
    assert shown.index("@U02, kl.") < shown.index("@U03, kl.")
    assert "Fortrudt: Hvad laver de? Fra ”Nordbyen” til ”Vestbyen”" in shown
    ways = [one["text"]["text"] for _, one in elements(await library.view())]
    assert ways == ["Fortryd"], "not beside what is undone"
    await undo(library, "Fortrudt: Hvad laver de?")
    assert (await stored(library, number)).area == "Nordbyen", "there and back"


async def test_the_card_that_the_history_was_opened_from_shows_what_was_undone(
    library: Library,
) -> None:
    number = await library.known(area="Vestbyen", note="Ring først")
    await edit(library, number, area="Nordbyen")
    await edit(library, number, note="")
    await history(library)
    await undo(library, "Hvad laver de? Fra")
    await library.look("idle")
    assert "er i vores netværk. Vestbyen" in said(await library.message("U02"))
    await undo(library, "Note: fjernet")
    await library.look("idle")
    assert "Ring først" in said(await library.message("U02"))


async def test_a_card_in_a_window_below_the_history_is_drawn_again(library: Library) -> None:
    number = await library.known(area="Vestbyen", responsible="U02")
    await edit(library, number, area="Nordbyen")
    await library.home("U02")
    await library.press_on_home("Vis", "U02")
    await library.press("Historik")
    await undo(library, "Hvad laver de? Fra")
    below, _ = (await library.state("U02"))["views"]
    assert "Vestbyen" in said(below)


async def test_what_was_changed_since_is_told_and_asked_about(library: Library) -> None:
    number = await library.known(area="Vestbyen", responsible="U06")
    await edit(library, number, area="Nordbyen", responsible="U03")
    await edit(library, number, "U05", area="Østbyen", responsible="U05")
    await history(library)
    shown = await undo(library, "Hvad laver de? Fra ”Vestbyen”")
    assert "@U05 har rettet det siden, i dag." in shown
    assert "Hvad laver de? Nu ”Østbyen”" in shown
    assert "Hvis du fortryder den ældre rettelse: ”Vestbyen”" in shown
    await library.press("Tilbage")
    assert (await stored(library, number)).area == "Østbyen"
    assert "Emma" in await undo(library, "Tovholder: fra Sofie")
    await library.press("Fortryd den alligevel")
    assert "Fortrudt: ”Tovholder”" in said(await library.view())
    assert (await stored(library, number)).responsible == "U06"


async def test_whoever_comes_in_between_is_asked_about_again(library: Library) -> None:
    number = await library.known(area="Vestbyen")
    await edit(library, number, area="Nordbyen")
    await edit(library, number, "U05", area="Østbyen")
    await history(library)
    assert "Nu ”Østbyen”" in await undo(library, "Hvad laver de? Fra ”Vestbyen”")
    await edit(library, number, "U06", area="Sydbyen")
    await library.press("Fortryd den alligevel")
    shown = said(await library.view())
    assert "@U06 har rettet det siden" in shown
    assert "Nu ”Sydbyen”" in shown
    await library.press("Fortryd den alligevel")
    assert (await stored(library, number)).area == "Vestbyen"


async def test_what_others_added_to_a_list_since_stays(library: Library) -> None:
    number = await library.known(keywords=("leg",))
    await edit(library, number, keywords=("leg", "fejl"))
    await edit(library, number, "U05", keywords=("leg", "fejl", "musik"))
    await history(library)
    shown = await undo(library, "Emneord: tilføjet ”fejl”")
    assert "Emneord: nu ”leg”, ”fejl” og ”musik”" in shown
    assert "rettelse: ”leg” og ”musik”" in shown
    await library.press("Fortryd den alligevel")
    assert (await stored(library, number)).keywords == ("leg", "musik")


async def test_a_step_and_its_day_are_undone_together(library: Library) -> None:
    number = await library.known()
    day = library.house.clock.now().date()
    await edit(library, number, next_step="ring til dem", next_step_on=day)
    await history(library)
    shown = await undo(library, "Dato for næste skridt: tilføjet")
    assert "Fortrudt: ”Dato for næste skridt” og ”Næste skridt”" in shown
    after = await stored(library, number)
    assert (after.next_step, after.next_step_on) == ("", None)


async def test_a_card_is_taken_out_of_the_archive_again(library: Library) -> None:
    number = await library.known()
    await edit(library, number, archived=True)
    assert "Lagt i arkivet" in await history(library)
    assert "Taget ud af arkivet" in await undo(library, "Lagt i arkivet")
    assert not (await stored(library, number)).archived


async def test_the_circle_is_told_once_and_leads_to_its_dialogue(library: Library) -> None:
    number = await library.known(status=Status.POSSIBLE)
    await library.write("niveau springbræt")
    assert (await library.submit({"activity": "yes"}))["ok"]
    assert (await library.submit({"what": "loppemarked"}))["ok"]
    shown = await history(library)
    assert "Plads i cirklen: fra netværk til samarbejde (loppemarked)" in shown
    assert shown.count("loppemarked") == 1
    assert "Status:" not in shown
    await press_at(library, "Flyt i cirklen", "Plads i cirklen")
    assert "Gentager I aktiviteten" in said(await library.view())
    assert (await stored(library, number)).level is Level.COLLABORATION


async def test_a_level_that_was_edited_by_hand_leads_there_too(library: Library) -> None:
    number = await library.known()
    await edit(library, number, level=Level.PARTNERSHIP)
    assert "Plads i cirklen: fra netværk til partnerskab" in await history(library)
    await press_at(library, "Flyt i cirklen", "Plads i cirklen")
    assert "Hvad er der sket?" in said(await library.view())


async def test_persons_stand_by_name_and_come_back_with_what_we_owe_them(library: Library) -> None:
    number = await library.known(people=(ANNE, BO))
    anne, bo = (await stored(library, number)).people
    wish: dict[str, Any] = {"wish": True}
    await library.store.write(privacy.wishes_no_contact, TEAM, number, anne.id, **wish)
    await edit(library, number, people=(replace(anne, title="kasserer", phone=""), bo))
    await edit(library, number, people=(bo, replace(BO, name="Ida Dahl")))
    shown = await history(library)
    assert "Kontaktpersoner: rettet titlen og telefonnummeret for Anne Holm" in shown
    assert "Kontaktpersoner: tilføjet Ida Dahl; fjernet Anne Holm" in shown
    assert "anne@" not in shown
    assert "21436587" not in shown
    await undo(library, "fjernet Anne Holm")
    back = (await stored(library, number)).people
    assert [person.called for person in back] == ["Anne Holm", "Bo Lind"]
    assert back[0].id == anne.id
    assert "ønsker ikke kontakt" in await card(library)


async def test_an_older_change_of_a_person_leaves_the_newer_ones(library: Library) -> None:
    number = await library.known(people=(ANNE,))
    (anne,) = (await stored(library, number)).people
    await edit(library, number, people=(replace(anne, title="kasserer"),))
    (anne,) = (await stored(library, number)).people
    await edit(library, number, people=(replace(anne, phone="+4587654321"), BO))
    await history(library)
    assert "Anne Holm og Bo Lind" in await undo(library, "rettet titlen")
    await library.press("Fortryd den alligevel")
    after = (await stored(library, number)).people
    assert (after[0].title, after[0].phone, after[1].name) == ("formand", "+4587654321", "Bo Lind")


async def forget(library: Library, number: int, person_id: int) -> None:
    await library.control("clock", advance=MINUTE)
    now = library.house.clock.now()
    why: dict[str, Any] = {"word": WORD, "purpose": "hun bad om det", "by": "U01", "now": now}
    await library.store.write(privacy_erasure.anonymise, TEAM, number, person_id, **why)


async def test_nothing_in_it_names_somebody_who_was_anonymised(library: Library) -> None:
    number = await library.known(people=(ANNE,), note="Anne Holm har nøglen")
    (anne,) = (await stored(library, number)).people
    await edit(library, number, people=(replace(anne, title="kasserer"),))
    await edit(
        library, number, people=(replace(anne, title="kasserer"), BO), note="Ring til Anne Holm"
    )
    await history(library)
    await forget(library, number, anne.id)
    shown = await undo(library, "rettet titlen for Anne Holm")
    assert "En person er anonymiseret, og det kan ikke fortrydes." in shown
    shown = await history(library)
    assert "En kontaktperson blev anonymiseret" in shown
    assert "@U01, kl." in shown
    assert "Note: fra ”[anonymiseret] har nøglen” til ”Ring til [anonymiseret]”" in shown
    for trace in ("Anne", "Holm", "kasserer", "formand", "21436587"):
        assert trace not in shown
    assert "tilføjet Bo Lind" in shown


async def test_who_was_removed_and_then_anonymised_is_a_contact_person(library: Library) -> None:
    number = await library.known(people=(ANNE,))
    (anne,) = (await stored(library, number)).people
    await edit(library, number, people=())
    await forget(library, number, anne.id)
    shown = await history(library)
    assert "Kontaktpersoner: fjernet en kontaktperson" in shown
    assert "Anne" not in shown


async def test_who_was_forgotten_elsewhere_does_not_come_back(library: Library) -> None:
    number = await library.known(people=(ANNE,))
    other = await library.known("Fritidshjemmet", people=(ANNE,))
    await edit(library, number, people=())
    (anne,) = (await stored(library, other)).people
    await forget(library, other, anne.id)
    await history(library)
    shown = await undo(library, "fjernet Anne Holm")
    assert "Så ville en person, I har anonymiseret, komme tilbage." in shown
    assert not (await stored(library, number)).people


@pytest.mark.parametrize(
    ("before", "after", "settings", "line", "why"),
    [
        (
            {"keywords": ("leg",)},
            {"keywords": ()},
            {"keywords": ("musik",)},
            "Emneord: fjernet ”leg”",
            "”leg” er ikke på bibliotekets liste længere.",
        ),
        (
            {"kind": Kind.FIRM},
            {"kind": Kind.CULTURE},
            {"kinds_off": (Kind.FIRM,)},
            "Slags: fra virksomhed",
            "Den slags bruger biblioteket ikke længere.",
        ),
        (
            {"deputy": "U03"},
            {"deputy": None, "responsible": "U03"},
            {},
            "Ali er ikke længere afløser",
            "Afløseren træder til for tovholderen, så vælg en anden.",
        ),
    ],
)
async def test_what_a_form_would_refuse_is_not_put_back(
    library: Library,
    before: Json,
    after: Json,
    settings: Json,
    line: str,
    why: str,
) -> None:
    number = await library.known(**before)
    await edit(library, number, **after)
    await decide(library, **settings)
    await history(library)
    now = await stored(library, number)
    assert why in await undo(library, line)
    assert await stored(library, number) == now


async def test_a_cvr_number_that_another_has_now_is_not_put_back(library: Library) -> None:
    number = await library.known(cvr="12345674")
    await edit(library, number, cvr="")
    await library.known("Brættet", cvr="12345674")
    await history(library)
    assert "Brættet har det CVR-nummer nu." in await undo(library, "CVR-nummer: fjernet")
    assert not (await stored(library, number)).cvr


async def test_a_colleague_who_has_left_is_not_put_back(library: Library) -> None:
    number = await library.known(responsible="U03")
    await edit(library, number, "U02", responsible=None)
    await history(library)
    await library.control("members", id="U03", name="ali", deleted=True)
    assert "kan ikke vælges" in await undo(library, "Ali er ikke længere tovholder")
    assert (await stored(library, number)).responsible is None


async def test_who_has_become_a_guest_undoes_nothing(library: Library) -> None:
    number = await library.known(area="Vestbyen")
    await edit(library, number, area="")
    await history(library)
    await library.control("members", id="U02", name="mette", is_restricted=True)
    assert "Partnerbot er for bibliotekets ansatte." in await undo(
        library, "Hvad laver de? Fjernet"
    )
    assert not (await stored(library, number)).area


async def make_one(library: Library, *numbers: int) -> None:
    cards = [await stored(library, number) for number in numbers]
    await library.control("clock", advance=MINUTE)
    seen, now = [(one.id, one.version) for one in cards], library.house.clock.now()
    await library.store.write(duplicate_merge.merge, TEAM, seen, {}, by="U06", now=now)


async def two(library: Library, **more: Any) -> tuple[int, int]:
    old = await library.known(area="Vestbyen")
    await library.control("clock", advance=MINUTE)
    return old, await library.known("Brættet", area="Vestbyen", case_number="26-1", **more)


async def test_two_cards_made_one_have_one_history(library: Library) -> None:
    old, new = await two(library)
    await edit(library, new, area="Nordbyen")
    await card(library, words="brættet")
    await library.press("Historik")
    await make_one(library, old, new)
    shown = await undo(library, "Hvad laver de? Fra")
    assert "Det blev rettet på det andet kort" in shown
    shown = await history(library)
    assert "Slået sammen med ”Brættet”" in shown
    assert "Sagsnummer: tilføjet ”26-1”" in shown
    assert "Hvad laver de? Fra ”Vestbyen” til ”Nordbyen”" in shown
    assert not elements(await library.view())
    await card(library)
    await library.press("Fortryd")
    shown = await history(library)
    assert "Skilt ad til to kort igen" in shown
    assert "Slået sammen med et andet kort" in shown
    assert "26-1" not in shown


async def test_what_went_back_to_another_card_is_not_told_any_more(library: Library) -> None:
    old, new = await two(library, note="Nøglen er hos viceværten. " * 20)
    await edit(library, new, note="")
    await make_one(library, old, new)
    await history(library)
    await library.write("springbræt", "U03")
    await library.press("Fortryd", "U03")
    await press_at(library, "Vis mere", "Note: fjernet")
    assert "Den rettelse er ikke i historikken længere." in said(await library.view())


async def test_long_texts_are_cut_and_shown_whole_on_their_own(library: Library) -> None:
    number = await library.known(note="Nøglen er hos viceværten. " * 20)
    await edit(library, number, note="Kort")
    assert "viceværten. " * 2 not in (await history(library)).partition("…")[2]
    await press_at(library, "Vis mere", "Note: fra")
    whole = said(await library.view())
    assert whole.count("Nøglen er hos viceværten.") == 20
    await library.press("Fortryd")
    assert (await stored(library, number)).note.startswith("Nøglen")
    await press_at(library, "Vis mere", "til ”Kort”")
    await library.press("Tilbage")
    assert "Lagt ind i registret" in said(await library.view())


async def test_many_changes_stand_on_pages(library: Library) -> None:
    number = await library.known()
    for n in range(50):
        await edit(library, number, case_number=f"sag-{n:02}")
    shown = await history(library)
    assert "sag-49" in shown
    assert "sag-20" not in shown
    await library.press("Ældre rettelser")
    await library.press("Ældre rettelser")
    shown = said(await library.view())
    assert "sag-00" in shown
    assert shown.endswith("Lagt ind i registret Nyere rettelser")
    await undo(library, "fra ”sag-03”")
    await library.press("Tilbage")
    assert "sag-03" in said(await library.view())
    assert len((await library.state("U02"))["views"]) == 1
    await library.press("Nyere rettelser")
    assert "sag-25" in said(await library.view())


async def test_it_speaks_english(library: Library) -> None:
    number = await library.known(area="Vestbyen", note="x" * 500)
    await edit(library, number, area="Nordbyen", note="", archived=True)
    await decide(library, language=Language.ENGLISH)
    await card(library, "U05")
    await library.press("Changes", "U05")
    shown = said(await library.view("U05"))
    assert "Area: from “Vestbyen” to “Nordbyen”" in shown
    assert "Put into the archive" in shown
    assert "Added to the register" in shown


async def test_a_step_that_is_done_is_one_line_and_one_undoing(library: Library) -> None:
    day = library.house.clock.now().date()
    number = await library.known(next_step="Ring til Anne", next_step_on=day)
    await edit(library, number, next_step="", next_step_on=None, status=Status.RESTING)
    shown = await history(library)
    assert "Næste skridt gjort: ”Ring til Anne”" in shown
    assert "Dato for næste skridt" not in shown
    assert "Status: fra i gang til på pause" in shown
    await undo(library, "Næste skridt gjort")
    after = await stored(library, number)
    assert (after.next_step, after.next_step_on) == ("Ring til Anne", day)
