"""An import taken back, as its coordinator meets it."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.errors import UserError
from bot.partner import ContactPerson, Partner
from handlers.import_read import take_back
from storage import import_log, partner, privacy
from storage.database import Connection
from storage.import_batch import Origin
from tests.handlers.library import Library, said
from tests.handlers.test_import import card, ours, read_in

__all__ = ["ours"]

ANNE, BO = ContactPerson("Anne Holm"), ContactPerson("Bo Lind")
WRONG_DAY = (
    "Navn;Kontaktperson;Informeret den\r\n"
    "Springbræt;Anne Holm;1/2/2024\r\n"
    "Springbræt;Bo Lind;1/2/2024\r\n"
    "Kulturhuset;Ida Bang;1/2/2024\r\n"
).encode()


async def add(library: Library, one: Partner) -> Partner:
    now = library.house.clock.now()
    return await library.store.write(partner.add, "T01", one, by="U01", now=now)


async def uninformed(library: Library) -> int:
    return await library.store.read(privacy.count_uninformed, "T01")


async def test_whom_a_wrong_column_noted_as_told_is_to_be_told_again(ours: Library) -> None:
    await add(ours, Partner("Springbræt", people=(ANNE, BO)))
    assert await uninformed(ours) == 2
    await read_in(ours, WRONG_DAY)
    assert await uninformed(ours) == 0
    await ours.press("Fortryd indlæsningen", "U01")
    shown = said(await ours.view("U01"))
    assert "det, filen fik noteret om 2 kontaktpersoner, er slettet" in shown
    assert "De her bliver stående" not in shown
    assert await uninformed(ours) == 2


async def test_an_objection_keeps_a_new_partner_and_is_told(ours: Library) -> None:
    await read_in(ours, WRONG_DAY)
    house = await card(ours, "Kulturhuset")
    await ours.store.write(
        privacy.wishes_no_contact, "T01", house.id, house.people[0].id, wish=True
    )
    await ours.press("Fortryd indlæsningen", "U01")
    shown = said(await ours.view("U01"))
    assert "Kulturhuset: der er arbejdet videre på den" in shown
    standings = await ours.store.read(privacy.standings, "T01", [house.id])
    assert standings[house.people[0].id].no_contact


async def test_an_undoing_that_others_get_in_the_way_of_says_that_nothing_was_undone(
    ours: Library,
) -> None:
    known = await add(ours, Partner("Springbræt"))
    await read_in(ours, b"Navn;Noter\r\nSpringbr\xc3\xa6t;ny\r\n")
    (one,) = await ours.store.read(import_log.latest, "T01", 1)
    now = datetime.now(UTC)

    def edit(conn: Connection) -> None:
        before = partner.existing(conn, "T01", known.id, lock=True)
        after = replace(before, area=f"{before.area}x")
        partner.update(conn, "T01", before, after, by="U02", now=now)

    async def too_late(fn: Any, *args: Any, **how: Any) -> None:
        await ours.store.write(edit)
        await ours.store.write(fn, "T01", *args, **how)

    with pytest.raises(UserError, match="nothing was undone"):
        await take_back(ours.store, one.id, Origin("T01", "U01", now), too_late)
    assert (await card(ours, "Springbræt")).note == "ny"
