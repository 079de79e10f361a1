from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.likeness import Reason, likely_same
from bot.partner import ContactPerson, Partner
from storage import partner
from storage.database import Store
from storage.partner_lookalikes import lookalikes

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)

SPRINGBOARD = Partner(
    "Foreningen Springbræt",
    other_names=("Ungdommens Hus",),
    cvr="12345674",
    website="https://www.springbraet.example/om",
    people=(ContactPerson("Anne", email="anne@springbraet.example", source="x"),),
)


@pytest.fixture
async def house(store: Store) -> Store:
    for given in (SPRINGBOARD, Partner("Dansehallerne"), Partner("Kulturhuset Valby")):
        await store.write(partner.add, "T1", given, by="U01", now=NOW)
    return store


async def alike(store: Store, probe: Partner, limit: int = 5) -> list[str]:
    return [found.name for found in await store.read(lookalikes, "T1", probe, limit=limit)]


@pytest.mark.parametrize(
    "probe",
    [
        Partner("Springbræt"),
        Partner("SPRINGBRAET ApS"),
        Partner("Springbrædt"),
        Partner("Sprinbræt"),
        Partner("Fonden Springbræt, Aarhus"),
        Partner("Spring Bræt"),
        Partner("Ungdommens hus"),
        Partner("Noget andet", cvr="12345674"),
        Partner("Noget andet", website="http://springbraet.example"),
        Partner("Noget andet", people=(ContactPerson(email="bo@springbraet.example"),)),
        Partner("Noget andet", other_names=("springbraet",)),
    ],
)
async def test_likely_the_same(house: Store, probe: Partner) -> None:
    assert await alike(house, probe) == ["Foreningen Springbræt"]


@pytest.mark.parametrize(
    "probe",
    [
        Partner("Biblioteket"),
        Partner("Kulturhuset Nord og Syd"),
        Partner("Foreningen Norden"),
        Partner("Danmarks Radio"),
        Partner("Andre", people=(ContactPerson(email="bo@gmail.com"),)),
        Partner(""),
        Partner("🎉"),
    ],
)
async def test_nobody_we_know(house: Store, probe: Partner) -> None:
    assert await alike(house, probe) == []


async def test_a_stored_partner_is_not_its_own_lookalike(house: Store) -> None:
    (stored,) = await house.read(lookalikes, "T1", Partner("Springbræt"))
    assert await alike(house, stored) == []
    assert await alike(house, replace(stored, id=0)) == [stored.name]


async def test_archived_ones_count_and_other_teams_do_not(house: Store) -> None:
    (stored,) = await house.read(lookalikes, "T1", Partner("Springbræt"))
    archived = replace(stored, archived=True)
    await house.write(partner.update, "T1", stored, archived, by="U01", now=NOW)
    assert await alike(house, Partner("Springbræt")) == [stored.name]
    assert await house.read(lookalikes, "T2", SPRINGBOARD) == []


async def test_the_surest_come_first_and_no_more_than_asked_for(store: Store) -> None:
    host = "https://kommune.example"
    for number in range(8):
        given = Partner(f"Institution {number}", website=host)
        await store.write(partner.add, "T1", given, by="U01", now=NOW)
    same_name = Partner("Springbrættet", website=host)
    await store.write(partner.add, "T1", same_name, by="U01", now=NOW)
    await store.write(partner.add, "T1", Partner("Helt andet", cvr="12345674"), by="U01", now=NOW)
    probe = Partner("Springbræt", website=host, cvr="12345674")
    found = await alike(store, probe, limit=3)
    assert found[:2] == ["Helt andet", "Springbrættet"]
    assert len(found) == 3


async def test_the_rules_recognise_the_candidates(house: Store) -> None:
    probe = Partner("Noget andet", cvr="12345674")
    (likeness,) = likely_same(probe, await house.read(lookalikes, "T1", probe))
    assert likeness.reason is Reason.CVR
