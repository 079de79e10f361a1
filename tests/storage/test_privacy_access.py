from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from bot.partner import ContactPerson, Partner
from bot.privacy import Information, Standing
from bot.privacy_everything import Event, LogLine, Mention, Place
from bot.tjek import Answer, Check, Sheet
from storage import partner, privacy, privacy_access, privacy_disclosure, tjek
from storage.database import Store

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
DAYS = [NOW + timedelta(days=n) for n in range(6)]
ANNE = ContactPerson("Anne Holm", "formand", "anne@springbraet.dk", "+4521436587", source="messen")
BO = ContactPerson("Bo Lind", note="afløser for Anne Holm", source="hjemmesiden")
SPRINGBRAET = Partner(
    "Springbræt",
    note="Anne Holm har nøglen",
    next_step="ring til Anne",
    keywords=("lektier", "anne@springbraet.dk"),
    people=(ANNE, BO),
)


async def edited(store: Store, before: Partner, now: datetime, *people: ContactPerson) -> Partner:
    after = replace(before, people=people)
    return await store.write(partner.update, "T1", before, after, by="U02", now=now)


async def test_everything_about_a_person_is_told(store: Store) -> None:
    springbraet = await store.write(partner.add, "T1", SPRINGBRAET, by="U01", now=NOW)
    anne, bo = springbraet.people
    moved = replace(anne, email="anne@nyt.dk")
    await edited(store, springbraet, DAYS[1], moved, bo)
    sheet = Sheet({"mission": Answer.YES}, {"fit": "spørg Anne Holm", "time": "om en uge"})
    check = Check("U01", DAYS[2], partner_id=springbraet.id, sheets={"U01": sheet})
    check = replace(check, idea="festival", reason="Anne Holms plan")
    finished = await store.write(tjek.start, "T1", check)
    await store.write(tjek.finish, "T1", finished.id, DAYS[2])
    await store.write(tjek.start, "T1", replace(check, reason=""))  # a draft is its owner's alone
    told = Information(date(2026, 11, 27), "mail")
    await store.write(privacy.inform, "T1", springbraet.id, anne.id, told, by="U02")
    ask = {"purpose": "indsigt", "by": "U03"}
    await store.write(
        privacy_disclosure.log_disclosure, "T1", anne.id, Event.DISCLOSED, **ask, at=DAYS[3]
    )

    all_ = await store.read(privacy_access.everything_about, "T1", springbraet.id, anne.id)
    assert all_
    assert all_.person == moved
    assert not all_.former
    assert all_.standing == Standing(told, "U02")
    assert all_.mentions == (
        Mention(Place.ORGANISATION, "anne@springbraet.dk"),
        Mention(Place.NOTE, "Anne Holm har nøglen"),
        Mention(Place.PERSON, "afløser for Anne Holm"),
        Mention(Place.TJEK, "Anne Holms plan", DAYS[2]),
        Mention(Place.TJEK, "spørg Anne Holm", DAYS[2]),
    )
    assert all_.unsure == (Mention(Place.NEXT_STEP, "ring til Anne"),)
    assert all_.log == (
        LogLine(NOW, Event.ADDED, "U01"),
        LogLine(DAYS[1], Event.CHANGED, "U02", ("email",)),
        LogLine(DAYS[3], Event.DISCLOSED, "U03", (), "indsigt"),
    )


async def test_who_came_later_and_who_left_is_told_too(store: Store) -> None:
    bare = replace(SPRINGBRAET, people=(BO,))
    springbraet = await store.write(partner.add, "T1", bare, by="U01", now=NOW)
    (bo,) = springbraet.people
    with_anne = await edited(store, springbraet, DAYS[1], bo, ANNE)
    anne = with_anne.people[1]
    without_her = await edited(store, with_anne, DAYS[2], bo)
    await edited(store, without_her, DAYS[3], replace(bo, title="kasserer"))

    all_ = await store.read(privacy_access.everything_about, "T1", springbraet.id, anne.id)
    assert all_
    assert all_.former
    assert all_.person == anne
    assert all_.log == (
        LogLine(DAYS[1], Event.ADDED, "U02"),
        LogLine(DAYS[2], Event.REMOVED, "U02"),
    )


async def test_of_nobody_there_is_nothing(store: Store) -> None:
    springbraet = await store.write(partner.add, "T1", SPRINGBRAET, by="U01", now=NOW)
    anne = springbraet.people[0]
    for team, partner_id, person_id in (
        ("T1", springbraet.id, 999),
        ("T1", 999, anne.id),
        ("T2", springbraet.id, anne.id),
    ):
        found = await store.read(privacy_access.everything_about, team, partner_id, person_id)
        assert found is None


async def test_a_person_is_found_by_name_or_mail_also_when_she_has_left(store: Store) -> None:
    springbraet = await store.write(partner.add, "T1", SPRINGBRAET, by="U01", now=NOW)
    anne, bo = springbraet.people
    await edited(store, springbraet, NOW, bo)
    museum = Partner("Byens Museum", people=(ContactPerson("Annelise Holm-Hansen"),))
    museum = await store.write(partner.add, "T1", museum, by="U01", now=NOW)

    named = await store.read(privacy_access.people_named, "T1", "holm ANNE")
    assert named == [
        privacy_access.Known(museum.id, "Byens Museum", museum.people[0], former=False),
        privacy_access.Known(springbraet.id, "Springbræt", anne, former=True),
    ]
    by_mail = await store.read(privacy_access.people_named, "T1", "Anne@Springbraet.dk")
    assert [known.person for known in by_mail] == [anne]
    assert [k.person for k in await store.read(privacy_access.people_named, "T1", "bo")] == [bo]
    for query, team in (("", "T1"), ("Anne Lind", "T1"), ("Anne", "T2")):
        assert await store.read(privacy_access.people_named, team, query) == []
