from datetime import UTC, datetime, timedelta

from bot.partner import ContactPerson, Partner
from storage import partner, privacy_erasure, privacy_files
from storage.database import Store
from storage.privacy_files import SentFile

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)


async def stored(store: Store, team: str) -> Partner:
    people = (ContactPerson("Anne Holm"), ContactPerson("Bo Lind"))
    return await store.write(
        partner.add, team, Partner("Springbræt", people=people), by="U01", now=NOW
    )


async def forget(store: Store, team: str, partner_id: int, person_id: int) -> None:
    why = {"word": "[anonymiseret]", "purpose": "bad om det", "by": "U01"}
    await store.write(privacy_erasure.anonymise, team, partner_id, person_id, **why, now=NOW)


async def test_files_about_somebody_forgotten_are_known_until_they_are_deleted(
    store: Store,
) -> None:
    ours, others = await stored(store, "T1"), await stored(store, "T2")
    anne, bo = (person.id for person in ours.people)
    later = NOW + timedelta(days=1)
    await store.write(privacy_files.keep, "T1", anne, ["F2"], by="U02", at=later)
    await store.write(privacy_files.keep, "T1", anne, ["F4", "F3"], by="U01", at=NOW)
    await store.write(privacy_files.keep, "T1", bo, ["F5"], by="U01", at=NOW)
    await store.write(privacy_files.keep, "T2", others.people[0].id, ["F2"], by="U01", at=NOW)
    assert await store.read(privacy_files.to_delete, "T1") == []
    await forget(store, "T1", ours.id, anne)
    sent = [SentFile("F3", anne, "U01"), SentFile("F4", anne, "U01"), SentFile("F2", anne, "U02")]
    assert await store.read(privacy_files.to_delete, "T1") == sent
    assert await store.read(privacy_files.to_delete, "T2") == []
    await store.write(privacy_files.forget, "T1", [])
    await store.write(privacy_files.forget, "T1", ["F3", "F2"])
    assert await store.read(privacy_files.to_delete, "T1") == [SentFile("F4", anne, "U01")]
    await forget(store, "T2", others.id, others.people[0].id)
    assert [one.file for one in await store.read(privacy_files.to_delete, "T2")] == ["F2"]
