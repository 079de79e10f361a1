from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.errors import UserError
from bot.partner import ContactPerson, Kind, Partner
from bot.privacy import Information, Standing, Uninformed
from storage import partner, privacy
from storage.database import Store

NOW = datetime(2026, 11, 24, 23, 30, tzinfo=UTC)  # in Denmark it is the 25th
ZONE = ZoneInfo("Europe/Copenhagen")
TOLD = Information(date(2026, 11, 25), "mail")
ANNE = ContactPerson("Anne Holm", email="anne@springbraet.dk", source="messen")
BO = ContactPerson("Bo Lind", source="hjemmesiden")


async def stored(store: Store, *people: ContactPerson, now: datetime = NOW) -> Partner:
    new = Partner("Springbræt", people=people)
    return await store.write(partner.add, "T1", new, by="U01", now=now)


async def edited(store: Store, before: Partner, *people: ContactPerson, now: datetime) -> Partner:
    after = replace(before, people=people)
    return await store.write(partner.update, "T1", before, after, by="U02", now=now)


async def test_a_person_is_to_be_told_within_30_days(store: Store) -> None:
    springbraet = await stored(store, ANNE)
    (one,) = await store.read(privacy.uninformed, "T1", ZONE)
    assert one.partner_id == springbraet.id
    assert one.partner_name == "Springbræt"
    assert one.person == springbraet.people[0]
    assert one.deadline == date(2026, 12, 25)
    assert await store.read(privacy.count_uninformed, "T1") == 1
    assert await store.read(privacy.uninformed, "T2", ZONE) == []
    assert await store.read(privacy.count_uninformed, "T2") == 0


async def test_the_days_are_counted_from_when_the_person_was_noted(store: Store) -> None:
    springbraet = await stored(store, ANNE)
    later = NOW + timedelta(days=10)
    both = await edited(store, springbraet, *springbraet.people, BO, now=later)
    titled = (both.people[0], replace(both.people[1], title="kasserer"))
    await edited(store, both, *titled, now=NOW + timedelta(days=20))
    assert [(one.person.name, one.deadline) for one in await all_uninformed(store)] == [
        ("Anne Holm", date(2026, 12, 25)),
        ("Bo Lind", date(2027, 1, 4)),
    ]


async def test_of_one_partner_only_its_own_persons_are_told_of(store: Store) -> None:
    await stored(store, ANNE)
    other = await stored(store, BO, now=NOW + timedelta(days=1))
    (one,) = await store.read(privacy.uninformed, "T1", ZONE, partner_id=other.id)
    assert (one.person.name, one.deadline) == ("Bo Lind", date(2026, 12, 26))


async def test_the_first_deadline_comes_first(store: Store) -> None:
    await stored(store, BO, now=NOW + timedelta(days=5))
    await stored(store, ANNE)
    assert [one.person.name for one in await all_uninformed(store)] == ["Anne Holm", "Bo Lind"]


async def test_who_has_been_told_leaves_the_list_and_it_stands_who_told(store: Store) -> None:
    springbraet = await stored(store, ANNE, BO)
    anne, bo = springbraet.people
    await store.write(privacy.inform, "T1", springbraet.id, anne.id, TOLD, by="U02")
    assert [one.person.name for one in await all_uninformed(store)] == ["Bo Lind"]
    assert await store.read(privacy.count_uninformed, "T1") == 1
    known = await store.read(privacy.standings, "T1", [springbraet.id])
    assert known == {anne.id: Standing(TOLD, "U02", no_contact=False)}
    assert await store.read(privacy.standings, "T2", [springbraet.id]) == {}
    again = Information(date(2026, 11, 26), "da vi mødtes")
    await store.write(privacy.inform, "T1", springbraet.id, anne.id, again, by="U03")
    known = await store.read(privacy.standings, "T1", [springbraet.id])
    assert known[anne.id] == Standing(again, "U03")
    assert bo.id not in known


async def test_a_wish_not_to_be_contacted_is_kept_beside_the_rest(store: Store) -> None:
    springbraet = await stored(store, ANNE)
    (anne,) = springbraet.people
    key = ("T1", springbraet.id, anne.id)
    await store.write(privacy.wishes_no_contact, *key, wish=True)
    await store.write(privacy.inform, *key, TOLD, by="U02")
    known = await store.read(privacy.standings, "T1", [springbraet.id])
    assert known == {anne.id: Standing(TOLD, "U02", no_contact=True)}
    await store.write(privacy.wishes_no_contact, *key, wish=False)
    known = await store.read(privacy.standings, "T1", [springbraet.id])
    assert known == {anne.id: Standing(TOLD, "U02", no_contact=False)}


async def test_an_edit_of_the_card_loses_none_of_it(store: Store) -> None:
    springbraet = await stored(store, ANNE, BO)
    anne, bo = springbraet.people
    await store.write(privacy.inform, "T1", springbraet.id, anne.id, TOLD, by="U02")
    moved = await edited(store, springbraet, bo, replace(anne, title="formand"), now=NOW)
    assert (await store.read(privacy.standings, "T1", [moved.id]))[anne.id].informed == TOLD
    assert [one.person.name for one in await all_uninformed(store)] == ["Bo Lind"]


async def test_of_somebody_who_is_not_on_the_card_nothing_is_noted(store: Store) -> None:
    springbraet = await stored(store, ANNE)
    museum = await stored(store, BO)
    for number, person in ((springbraet.id, 999), (museum.id, springbraet.people[0].id)):
        with pytest.raises(UserError, match="not on the card"):
            await store.write(privacy.inform, "T1", number, person, TOLD, by="U02")
        with pytest.raises(UserError, match="not on the card"):
            await store.write(privacy.wishes_no_contact, "T1", number, person, wish=True)


async def all_uninformed(store: Store) -> list[Uninformed]:
    return await store.read(privacy.uninformed, "T1", ZONE)


async def test_a_partner_who_is_one_person_is_to_be_told(store: Store) -> None:
    poet = Partner("Carla Winther", kind=Kind.INDIVIDUAL)
    poet = await store.write(partner.add, "T1", poet, by="U01", now=NOW)
    (one,) = await all_uninformed(store)
    carla = ContactPerson("Carla Winther", id=poet.id)
    assert one == Uninformed(poet.id, "Carla Winther", carla, date(2026, 12, 25))
    assert await store.read(privacy.count_uninformed, "T1") == 1
    assert await store.read(privacy.uninformed, "T2", ZONE) == []
    await store.write(privacy.inform, "T1", poet.id, poet.id, TOLD, by="U02")
    assert await all_uninformed(store) == []
    assert await store.read(privacy.count_uninformed, "T1") == 0
    assert (await store.read(privacy.standings, "T1", [poet.id]))[poet.id].informed == TOLD


async def test_one_person_is_told_of_once(store: Store) -> None:
    people = (ContactPerson("carla  WINTHER"), BO)
    poet = Partner("Carla Winther", kind=Kind.INDIVIDUAL, people=people)
    await store.write(partner.add, "T1", poet, by="U01", now=NOW)
    assert {one.person.name for one in await all_uninformed(store)} == {"carla  WINTHER", "Bo Lind"}
    assert await store.read(privacy.count_uninformed, "T1") == 2


async def test_an_organisation_is_no_person(store: Store) -> None:
    springbraet = await stored(store)
    assert await all_uninformed(store) == []
    with pytest.raises(UserError, match="not on the card"):
        await store.write(privacy.inform, "T1", springbraet.id, springbraet.id, TOLD, by="U02")
