"""Two cards that are one partner: found, made one, and back, as a colleague sees it."""

import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.circle import Level
from bot.partner import ContactPerson, Kind, Partner
from bot.workspace import Language
from storage import partner as register_of
from storage.workspace import set_language
from tests.handlers.library import Json, Library, elements, said
from tests.handlers.wire import database, rows

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)

ANNE = ContactPerson("Anne Holm", "formand", "anne@springbraet.dk", source="messen")
ANNE_TOO = ContactPerson("Anne Holm", phone="+4521436587", source="Mette")
DAYS = 24 * 60 * 60


async def stored(library: Library, number: int) -> Partner:
    return await library.store.read(register_of.existing, "T01", number)


async def twice(library: Library, **more: Any) -> tuple[int, int]:
    """The same association on two cards, the second one added later."""
    old = await library.known("Springbræt", area="Vestbyen", people=(ANNE,), responsible="U03")
    await library.control("clock", advance=60)
    given = {"area": "Nordbyen", "people": (ANNE_TOO,), "level": Level.COLLABORATION, **more}
    return old, await library.known("Foreningen Springbraet", **given)


async def listed(library: Library, words: str = "", user: str = "U02") -> str:
    await library.write(f"dubletter {words}", user)
    return said(await library.view(user))


async def merge(library: Library, user: str = "U02", **values: str) -> Json:
    """Make the first pair of the list one."""
    await listed(library, user=user)
    await library.press("Slå sammen", user)
    done = await library.submit(values, user)
    assert done["ok"], done
    return await library.view(user)


async def card(library: Library, words: str = "springbræt", user: str = "U02") -> str:
    await library.close(user)
    await library.write(words, user)
    return said(await library.message(user))


async def test_two_are_made_one_and_taken_apart_again(library: Library) -> None:
    old, new = await twice(library)
    await library.write("kontakt foreningen springbraet talte om foråret")
    shown = await listed(library)
    assert "Der er ét par, som måske er den samme partner." in shown
    assert "Springbræt – Vestbyen · Anne Holm Foreningen Springbraet – Nordbyen" in shown
    assert "De har samme navn og samme kontaktperson." in shown
    await library.press("Slå sammen")
    form = await library.view()
    assert "Springbræt bliver, fordi det er det ældste kort." in said(form)
    assert "Anne Holm står på begge kort og kommer til at stå der én gang." in said(form)
    fields = [block["block_id"] for block in form["blocks"] if block["type"] == "input"]
    assert fields == ["name", "level", "area"]
    assert (await library.submit({"area": "gone"}))["ok"]
    assert "Nu er de ét kort: Springbræt." in said(await library.view())
    shown = await card(library)
    assert "Slået sammen med Foreningen Springbraet" in shown
    assert "Vi samarbejder med Springbræt. Nordbyen" in shown
    assert "talte om foråret" in shown
    assert "Kaldes også: Foreningen Springbraet" in shown
    assert shown.count("Anne Holm") == 1
    assert (await stored(library, new)).id == old
    await library.press("Fortryd")
    assert "Springbræt og Foreningen Springbraet er to kort igen." in said(await library.message())
    assert "talte om foråret" not in await card(library, "springbræt")
    await library.press("Vis")
    assert (await stored(library, new)).area == "Nordbyen"
    assert (await stored(library, old)).people[0].phone == ""
    assert "ét par" in await listed(library)


async def test_whoever_undoes_in_the_window_where_it_was_done_sees_both(library: Library) -> None:
    old, new = await twice(library)
    done = await merge(library)
    assert "ét kort" in said(done)
    below = (await library.state())["views"][0]
    assert "Jeg har ikke fundet to" in said(below)
    await library.press("Fortryd")
    assert "er to kort igen" in said(await library.view())
    await library.look("idle")
    assert "Der er ét par" in said((await library.state())["views"][0])
    await library.press("Vis Foreningen Springbraet")
    assert "Vi samarbejder med Foreningen Springbraet." in said(await library.view())
    assert {(await stored(library, number)).id for number in (old, new)} == {old, new}


async def test_the_second_who_undoes_is_told(library: Library) -> None:
    await twice(library)
    await merge(library)
    assert "Slået sammen" in await card(library, user="U03")
    await library.press("Fortryd")
    await library.press("Fortryd", "U03")
    assert "En kollega har allerede skilt dem ad." in said(await library.message("U03"))


async def test_after_thirty_days_it_stands(library: Library, tmp_path: Path) -> None:
    await twice(library)
    await merge(library)
    assert "Slået sammen" in await card(library)
    await library.control("clock", advance=31 * DAYS)
    await library.press("Fortryd")
    assert "Det er mere end 30 dage siden" in said(await library.message())
    assert "Slået sammen" not in await card(library)
    assert rows(database(tmp_path), "SELECT count(snapshot) FROM duplicate_merge") == [(0,)]


async def test_what_is_not_the_same_is_not_asked_again(library: Library) -> None:
    await twice(library)
    await library.known("Pixelværket")
    assert "ét par" in await listed(library)
    await library.press("Ikke den samme")
    assert "Jeg har noteret, at de to ikke er den samme" in said(await library.view())
    assert "Jeg har ikke fundet to" in said(await library.view())
    assert "Jeg har ikke fundet to" in await listed(library, user="U03")


def pairs_on(view: Json) -> int:
    return sum(element["action_id"].startswith("duplicate_merge") for _, element in elements(view))


async def test_pages_and_the_pairs_of_one_partner(library: Library) -> None:
    for n in range(12):
        await library.known(f"Kor nr {n} Viben")
        await library.known(f"Kor nr {n} Vibben")
    shown = await listed(library)
    assert "12 par er måske den samme partner." in shown
    assert "De har et navn, der ligner." in shown
    assert pairs_on(await library.view()) == 10
    await library.press("Vis flere")
    assert pairs_on(await library.view()) == 2
    await library.press("Ikke den samme")
    await library.press("Ikke den samme")
    assert "10 par" in said(await library.view())
    assert pairs_on(await library.view()) == 10, "the last page that there is"
    await library.press("Ikke den samme")
    assert "9 par" in said(await library.view())
    await library.close()
    assert "ét par" in await listed(library, "kor nr 3 viben")


async def choose(library: Library, one: int, other: int, user: str = "U02") -> Json:
    """Pick two by oneself."""
    await listed(library, user=user)
    await library.press("Vælg selv to", user)
    picks = {"duplicate_one": str(one), "duplicate_other": str(other)}
    view = await library.view(user)
    for action_id in picks:
        await library.control(
            "suggest", user=user, view_id=view["id"], action_id=action_id, value=""
        )
    return await library.submit(picks, user)


async def test_two_of_ones_own_choice(library: Library) -> None:
    museum = await library.known("Byens Museum")
    other = await library.known("Bymuseet", people=(ContactPerson("Bo", source="kort"),))
    done = await choose(library, museum, museum)
    assert "to gange" in done["errors"]["duplicate_other"]
    await library.close()
    assert (await choose(library, other, museum))["ok"]
    assert "Byens Museum bliver" in said(await library.view())
    assert "på begge kort" not in said(await library.view())
    assert (await library.submit({"name": "gone"}))["ok"]
    found = await stored(library, other)
    assert (found.id, found.name, found.other_names) == (museum, "Bymuseet", ("Byens Museum",))


async def test_the_form_says_in_words_what_differs(library: Library) -> None:
    old, _ = await twice(
        library,
        responsible="U02",
        deputy="U08",
        kind=Kind.CULTURE,
        next_step="Ring",
        next_step_on=date(2026, 12, 1),
        note="<!channel>",
    )
    here = await stored(library, old)
    changed: dict[str, Any] = {
        "kind": Kind.FIRM,
        "note": "En note",
        "next_step": "Skriv",
        "deputy": "U99",
    }
    await library.store.write(
        register_of.update, "T01", here, replace(here, **changed), by="U03", now=NOW
    )
    await listed(library)
    await library.press("Slå sammen")
    shown = said(await library.view())
    for words in (
        "Tovholder Ali Mette",
        "Afløser en tidligere kollega",
        "Skriv Ring (1. dec.)",
        "Begge noter efter hinanden En note <!channel>",
        "virksomhed kulturinstitution",
        "Plads i cirklen samarbejde netværk",
    ):
        assert words in shown
    assert (await library.submit({"responsible": "gone"}))["ok"]
    shown = await card(library)
    assert "Tovholder: @U02" in shown
    assert "Kender dem: @U03" in shown
    assert "Note: En note <!channel>" in shown


async def test_a_card_changed_meanwhile_is_looked_at_anew(library: Library) -> None:
    _, new = await twice(library)
    await listed(library)
    await library.press("Slå sammen")
    before = await stored(library, new)
    await library.store.write(
        register_of.update, "T01", before, replace(before, area="Sydbyen"), by="U03", now=NOW
    )
    done = await library.submit({})
    assert "En kollega har rettet det ene af de to kort imens." in done["errors"]["name"]
    assert (await stored(library, new)).id == new


async def joined(library: Library, old: int, new: int) -> None:
    """A colleague makes them one."""
    assert (await choose(library, old, new, "U08"))["ok"]
    assert (await library.submit({}, "U08"))["ok"]
    await library.close("U08")


async def test_of_two_who_make_them_one_the_second_is_told(library: Library) -> None:
    old, new = await twice(library)
    await listed(library)
    await library.press("Slå sammen")
    await joined(library, old, new)
    done = await library.submit({})
    assert "En kollega har allerede slået de to sammen." in done["errors"]["name"]
    await library.control("close", user="U02", view_id=(await library.view())["id"])
    await library.press("Slå sammen")
    assert "En kollega har allerede slået de to sammen." in said(await library.view())
    await library.control("close", user="U02", view_id=(await library.view())["id"])
    await library.press("Ikke den samme")
    assert "Jeg har ikke fundet to" in said(await library.view())


async def test_the_buttons_of_a_card_that_went_lead_on(library: Library) -> None:
    old = await library.known("Springbræt")
    new = await library.known("Læsefidusen", level=Level.COLLABORATION)
    await library.write("læsefidusen")
    await joined(library, old, new)
    await library.press("Vi har talt sammen")
    assert "Du har talt med Springbræt i dag." in said(await library.message())
    await library.write("læsefidusen")
    before = await library.message()
    assert "Kaldes også: Læsefidusen" in said(before)
    assert (await stored(library, new)).id == old


OLD_BUTTONS = (
    ("Jeg kender dem", "Kender dem: @U02"),
    ("Jeg er tovholder", "Tovholder: @U02"),
    ("Vi har talt sammen", "Du har talt med Springbræt i dag."),
)


@pytest.mark.parametrize(("words", "seen"), OLD_BUTTONS)
async def test_an_old_button_does_what_it_says_to_the_one_card(
    library: Library, words: str, seen: str
) -> None:
    old = await library.known("Springbræt")
    new = await library.known("Læsefidusen")
    await library.write("læsefidusen")
    await joined(library, old, new)
    await library.press(words)
    assert seen in said(await library.message())
    assert (await stored(library, new)).id == old


async def test_an_old_form_for_a_contact_notes_it_on_the_one_card(library: Library) -> None:
    old = await library.known("Springbræt")
    new = await library.known("Læsefidusen")
    await library.write("læsefidusen")
    await library.press("Notér kontakt")
    await joined(library, old, new)
    assert (await library.submit({"about": "Talte om foråret"}))["ok"]
    assert "Talte om foråret" in await card(library)


async def test_an_old_way_into_the_circle_goes_on_with_the_one_card(library: Library) -> None:
    old = await library.known("Springbræt")
    new = await library.known("Læsefidusen")
    await library.write("læsefidusen")
    await library.press("Flyt i cirklen")
    await joined(library, old, new)
    assert (await library.submit({"activity": "yes"}))["ok"]
    assert (await library.submit({"what": "Forårskoncert"}))["ok"]
    shown = await card(library)
    assert "Vi samarbejder med Springbræt." in shown
    assert "Forårskoncert" in shown


async def test_an_old_check_is_about_the_one_card(library: Library) -> None:
    old = await library.known("Springbræt")
    new = await library.known("Læsefidusen")
    await library.write("læsefidusen")
    await joined(library, old, new)
    await library.press("Tjek en idé")
    assert "Springbræt" in str(await library.view())


async def test_an_old_form_of_the_card_is_told_where_it_went(library: Library) -> None:
    old = await library.known("Springbræt")
    new = await library.known("Læsefidusen")
    await library.write("læsefidusen")
    await library.choose("Ret: hvem de er")
    await joined(library, old, new)
    done = await library.submit({"area": "Vestbyen"})
    assert "slået kortet sammen med Springbræt, mens du skrev" in str(done["errors"])
    assert (await stored(library, old)).area == ""


async def test_a_form_that_was_opened_in_between_is_told_that_they_are_two(
    library: Library,
) -> None:
    old = await library.known("Springbræt")
    new = await library.known("Læsefidusen", keywords=("bøger",))
    await joined(library, old, new)
    await library.write("springbræt")
    await library.choose("Ret: hvad vi laver sammen")
    await library.write("springbræt", "U03")
    await library.press("Fortryd", "U03")
    done = await library.submit({"branch": "Filialen"})
    assert "skilt to kort ad, mens du skrev" in str(done["errors"])
    assert (await stored(library, old)).keywords == ()


async def test_a_guest_sees_no_list(library: Library) -> None:
    await twice(library)
    await library.write("dubletter", "U04", channel="C02")
    assert "Partnerbot er for bibliotekets ansatte." in said(
        await library.message("U04", channel="C02")
    )


async def test_the_list_of_one_partner_stays_so_when_two_of_it_are_made_one(
    library: Library,
) -> None:
    await twice(library)
    await library.known("Pixelværket")
    await library.known("Pixelværkedet")
    assert "2 par" in await listed(library)
    await library.close()
    assert "ét par" in await listed(library, "springbræt")
    await library.press("Slå sammen")
    assert (await library.submit({}))["ok"]
    below = (await library.state())["views"][0]
    assert "Jeg har ikke fundet to" in said(below)


async def test_with_words_that_name_nobody_all_are_listed(library: Library) -> None:
    await twice(library)
    assert "ét par" in await listed(library, "ukendt forening")


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    """A register of two counts as a large one."""
    monkeypatch.setattr("handlers.duplicate_list.AT_ONCE", 1)


def shown_first(calls: list[Json]) -> list[str]:
    """What the calls that show a modal said, in order."""
    views = (call["request"]["view"] for call in calls if call["name"].startswith("views."))
    return [said(json.loads(view) if isinstance(view, str) else view) for view in views]


@pytest.mark.usefixtures("large")
async def test_in_a_large_register_there_is_something_to_look_at_meanwhile(
    library: Library,
) -> None:
    await twice(library)
    third = await library.known("Springbrædt")
    assert "3 par" in await listed(library)
    first, last = shown_first(await library.log("api"))
    assert "Jeg sammenligner 3 partnere med hinanden." in first
    assert "3 par" in last
    await library.press("Ikke den samme")
    assert "2 par" in said(await library.view())
    await library.press("Slå sammen")
    assert (await library.submit({}))["ok"]
    below = (await library.state())["views"][0]
    assert "Jeg har ikke fundet to" in said(below)
    assert (await stored(library, third)).id != third


@pytest.mark.usefixtures("large")
async def test_whoever_closes_the_list_before_it_is_there_is_left_alone(
    library: Library, caplog: pytest.LogCaptureFixture
) -> None:
    await twice(library)
    await library.control("faults", method="views.update", error="not_found")
    assert "Jeg sammenligner 2 partnere" in await listed(library)
    assert not [record for record in caplog.records if record.levelname == "ERROR"]


@pytest.mark.usefixtures("large")
async def test_what_goes_wrong_while_they_are_compared_is_said_where_the_list_would_be(
    library: Library, tmp_path: Path
) -> None:
    await twice(library)
    with closing(sqlite3.connect(database(tmp_path))) as broken:
        broken.execute("ALTER TABLE duplicate_apart RENAME TO elsewhere")
    assert "Det gik galt hos mig, ikke hos dig." in await listed(library)


async def test_it_speaks_english_too(library: Library) -> None:
    await library.store.write(set_language, "T01", "U02", Language.ENGLISH, NOW)
    library.house.forget("T01")
    await twice(library)
    await library.write("duplicates")
    assert "One pair may be the same partner." in said(await library.view())
    assert "They have the same name and the same contact person." in said(await library.view())
    await library.press("Make them one")
    assert "Springbræt stays, for that card is the older one." in said(await library.view())
    assert (await library.submit({"area": "gone"}))["ok"]
    assert "They are one card now: Springbræt." in said(await library.view())
    await library.press("Undo")
    assert "are two cards again." in said(await library.view())
