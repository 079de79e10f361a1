"""What pairs are found by, from the register's rows."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.duplicate import Comparison, Pair, Traits
from bot.errors import UserError
from bot.likeness import Reason
from bot.partner import ContactPerson, Partner
from storage import duplicate, duplicate_merge, partner
from storage.database import Store

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
SPRINGBRAET = Partner(
    "Foreningen Springbræt",
    other_names=("Springbrættet",),
    cvr="12345674",
    website="https://www.springbraet.dk/om",
    people=(
        ContactPerson("Anne Holm", email="Anne@springbraet.dk", phone="+4521436587"),
        ContactPerson("Bo", email="info@springbraet.dk"),
    ),
)


def pairs(partners: Iterable[Traits]) -> list[Pair]:
    known = Comparison()
    known.add(partners)
    return known.pairs()[:]


async def added(store: Store, *partners: Partner, team: str = "T1") -> list[int]:
    stored = [await store.write(partner.add, team, one, by="U01", now=NOW) for one in partners]
    return [one.id for one in stored]


async def test_a_partner_is_recognised_by_what_it_has_alone_and_shares(store: Store) -> None:
    one, other = await added(store, SPRINGBRAET, Partner("SB", website="springbraet.dk"))
    found = await store.read(duplicate.traits, "T1")
    assert found == [
        Traits(
            one,
            frozenset({"springbraet", "springbraettet"}),
            "12345674",
            frozenset({"springbraet.dk"}),
            frozenset({"springbraet.dk"}),
            frozenset({"anne holm", "anne@springbraet.dk", "+4521436587"}),
        ),
        Traits(other, frozenset({"sb"}), sites=frozenset({"springbraet.dk"})),
    ]
    assert [pair.reasons for pair in pairs(found)] == [(Reason.WEBSITE,)]


async def test_an_address_that_nobody_shares_is_not_read(store: Store) -> None:
    await added(store, replace(SPRINGBRAET, archived=True), Partner("Pixelværket"))
    await added(store, SPRINGBRAET, team="T2")
    first, _ = await store.read(duplicate.traits, "T1")
    assert (first.sites, first.mail_domains, first.archived) == (frozenset(), frozenset(), True)


async def test_a_mail_where_everybody_has_one_says_nothing_but_the_whole_address_does(
    store: Store,
) -> None:
    anne = ContactPerson("", email="anne@gmail.com")
    bo = ContactPerson("", email="bo@gmail.com")
    await added(store, *(Partner(f"{n}", people=(p,)) for n, p in enumerate((anne, bo, anne))))
    found = pairs(await store.read(duplicate.traits, "T1"))
    assert [pair.reasons for pair in found] == [(Reason.PERSON,)]


async def test_the_decision_that_they_are_two_is_kept_once_and_for_one_library(
    store: Store,
) -> None:
    one, other = await added(store, SPRINGBRAET, SPRINGBRAET)
    for two in ((other, one), (one, other)):
        await store.write(duplicate.keep_apart, "T1", *two, by="U01", now=NOW)
    assert await store.read(duplicate.apart, "T1") == {(one, other)}
    assert await store.read(duplicate.apart, "T2") == set()
    with pytest.raises(UserError, match="not in the register"):
        await store.write(duplicate.keep_apart, "T1", one, 4711, by="U01", now=NOW)


async def test_of_two_that_are_one_by_now_nothing_is_decided(store: Store) -> None:
    one, other = await added(store, SPRINGBRAET, SPRINGBRAET)
    seen = [(one, 1), (other, 1)]
    later = NOW + timedelta(days=1)
    await store.write(duplicate_merge.merge, "T1", seen, {}, by="U01", now=later)
    await store.write(duplicate.keep_apart, "T1", one, other, by="U01", now=later)
    assert await store.read(duplicate.apart, "T1") == set()


async def test_partners_are_told_of_in_parts(store: Store) -> None:
    names = [f"Partner {n}" for n in range(5)]
    await added(store, *(replace(SPRINGBRAET, name=name) for name in names))
    await added(store, SPRINGBRAET, team="T2")
    parts, last = [], 0
    while part := await store.read(duplicate.traits, "T1", last, limit=2):
        parts.append(len(part))
        last = part[-1].id
        assert all(one.sites == {"springbraet.dk"} for one in part), "shared beyond the page"
    assert parts == [2, 2, 1]
