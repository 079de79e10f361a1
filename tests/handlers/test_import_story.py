"""Another Partnerbot's JSON read in: what happened there is told here as nobody's."""

from dataclasses import replace

import pytest

from bot.export import Format, Wanted
from bot.tjek import Answer, Sheet, asked
from storage import contact, partner
from tests.bot.export_entries import CHECK, IDEA, SPONSOR, WHOLE, written
from tests.handlers.library import Library, said
from tests.handlers.test_import import card, chosen, ours

__all__ = ["ours"]

# Two have answered, and one question differently.
FIRST = asked(CHECK).questions[0].id
SHEETS = {"U02": Sheet({FIRST: Answer.YES}), "U03": Sheet({FIRST: Answer.NO})}
SEVERAL = replace(CHECK, sheets=SHEETS)
TOLD = replace(WHOLE, checks=(SEVERAL,))
DATA = written(Wanted(Format.JSON), TOLD, SPONSOR, ideas=[IDEA])[0]


async def read_in(library: Library, data: bytes = DATA) -> str:
    assert (await chosen(library, data, "register.json"))["ok"]
    shown = said(await library.view("U01"))
    assert (await library.submit({}, "U01"))["ok"]
    await library.look("idle")
    return shown


async def test_it_is_counted_shown_and_taken_back(ours: Library) -> None:
    shown = await read_in(ours)
    for counted in (
        "2 er nye",
        "2 kontakter kommer med",
        "2 flytninger i cirklen kommer med",
        "2 tjek kommer med",
    ):
        assert counted in shown
    assert "2 tjek kom med" in said(await ours.view("U01"))
    here = await card(ours, "Springbræt")
    assert len(await ours.store.read(contact.of_partner, "T01", here.id)) == 2
    await ours.press("Fortryd indlæsningen", "U01")
    undone = said(await ours.view("U01"))
    assert "2 er væk igen" in undone
    assert "det, der kom med, er slettet: ét tjek" in undone
    assert await ours.store.read(partner.count, "T01") == 0


async def test_the_same_file_again_has_nothing_to_store(ours: Library) -> None:
    await read_in(ours)
    await ours.close("U01")
    assert (await chosen(ours, DATA, "register.json"))["ok"]
    shown = said(await ours.view("U01"))
    assert "2 står her allerede" in shown
    assert "Der er ikke noget at gemme" in shown
    assert "kommer med" not in shown


async def test_what_nobody_here_has_noted_names_nobody(ours: Library) -> None:
    await read_in(ours)
    await ours.close("U01")
    await ours.write("Springbræt", user="U02")
    shown = said(await ours.message("U02"))
    assert "Den 2. maj, læst ind: foråret (med Anne)" in shown
    assert "fra netværk til partnerskab, læst ind: aftale." in shown
    await ours.press("Historik", "U02")
    history = said(await ours.view("U02"))
    assert "Kl. 1.30 (fra en fil, der blev læst ind)" in history
    await ours.close("U02")
    await ours.press("Vis", "U02")
    check = said(await ours.view("U02"))
    assert "Tjek: Foreningen Springbræt – lektiecafé (læst ind, 1. okt.)" in check
    assert "Her var I ikke enige: Mål (1)" in check
    assert "Besluttet torsdag den 1. oktober." in check
    assert "Lav beslutningen om" not in check
    assert "<@" not in shown + history + check
    assert "@ " not in shown + history + check


async def test_a_hand_in_the_file_is_told_with_the_partners_number(ours: Library) -> None:
    wrong = DATA.replace(b'"with_whom":"Anne"', b'"with_whom":7')
    shown = await read_in(ours, wrong)
    assert "Række 1: Partneren kan ikke læses: ”contacts.0.with_whom” er ikke" in shown
    assert (await card(ours, "Byens Bank")).name == "Byens Bank"
    with pytest.raises(ValueError, match="not enough"):
        await card(ours, "Springbræt")
