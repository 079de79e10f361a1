from datetime import UTC, datetime, timedelta

from bot.export import Filters, Format, Taken, Wanted, What
from bot.partner import ContactPerson, Partner
from storage import export_log, partner, privacy_access, privacy_erasure, privacy_files
from storage.database import Store
from storage.privacy_files import SentFile

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
PEOPLE = Wanted(Format.CSV, What.PEOPLE, Filters(keywords=("Anne Holm",), branches=("Nord",)))


async def forget(store: Store, partner_id: int, person_id: int, now: datetime) -> None:
    why = {"word": "[anonymiseret]", "purpose": "bad om det", "by": "U01"}
    await store.write(privacy_erasure.anonymise, "T1", partner_id, person_id, **why, now=now)


async def test_what_was_taken_out_is_told_the_newest_first(store: Store) -> None:
    first = await store.write(export_log.begin, "T1", PEOPLE, by="U01", at=NOW)
    mail = Wanted(Format.MAIL)
    await store.write(export_log.begin, "T1", mail, by=None, at=NOW + HOUR)
    await store.write(export_log.begin, "T2", mail, by="U09", at=NOW)
    await store.write(export_log.finish, "T1", first, {"people": 7}, file="F1")
    filters = "keyword: Anne Holm; branch: Nord"
    newest = Taken(None, NOW + HOUR, Format.MAIL, None, "", None)
    oldest = Taken("U01", NOW, Format.CSV, What.PEOPLE, filters, {"people": 7})
    assert await store.read(export_log.latest, "T1", 5) == [newest, oldest]
    assert await store.read(export_log.latest, "T1", 1) == [newest]


async def test_a_file_from_before_somebody_was_forgotten_is_to_be_deleted(store: Store) -> None:
    people = (ContactPerson("Anne Holm"),)
    ours = await store.write(
        partner.add, "T1", Partner("Springbræt", people=people), by="U01", now=NOW
    )
    numbers = [
        await store.write(export_log.begin, team, PEOPLE, by="U01", at=at)
        for team, at in (("T1", NOW), ("T1", NOW + HOUR), ("T1", NOW), ("T2", NOW))
    ]
    for team, number, file in (
        ("T1", numbers[0], "F1"),
        ("T1", numbers[1], "F2"),
        ("T1", numbers[2], None),
        ("T2", numbers[3], "F4"),
    ):
        await store.write(export_log.finish, team, number, {"people": 1}, file=file)
    assert await store.read(privacy_files.to_delete, "T1") == []
    who = (ours.id, ours.people[0].id)
    await forget(store, *who, now=NOW + HOUR / 2)
    assert await store.read(privacy_files.to_delete, "T1") == [SentFile("F1", None, "U01")]
    await store.write(privacy_files.forget, "T1", ["F1"])
    assert await store.read(privacy_files.to_delete, "T1") == []
    assert len(await store.read(export_log.latest, "T1", 9)) == 3


async def test_a_name_among_the_conditions_is_found_and_forgotten(store: Store) -> None:
    people = (ContactPerson("Anne Holm"),)
    ours = await store.write(
        partner.add, "T1", Partner("Springbræt", people=people), by="U01", now=NOW
    )
    await store.write(export_log.begin, "T1", PEOPLE, by="U01", at=NOW)
    who = (ours.id, ours.people[0].id)
    told = await store.read(privacy_access.everything_about, "T1", *who)
    assert told
    assert [mention.text for mention in told.mentions] == ["keyword: Anne Holm; branch: Nord"]
    await forget(store, *who, now=NOW)
    (taken,) = await store.read(export_log.latest, "T1", 1)
    assert taken.filters == "keyword: [anonymiseret]; branch: Nord"
