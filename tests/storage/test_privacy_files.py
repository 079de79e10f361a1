from datetime import UTC, datetime, timedelta

from storage import privacy_files
from storage.database import Store
from storage.privacy_files import SentFile

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)


async def test_files_about_a_person_are_known_until_they_are_deleted(store: Store) -> None:
    later = NOW + timedelta(days=1)
    await store.write(privacy_files.keep, "T1", 7, ["F2"], by="U02", at=later)
    await store.write(privacy_files.keep, "T1", 7, ["F4", "F3"], by="U01", at=NOW)
    await store.write(privacy_files.keep, "T1", 8, ["F5"], by="U01", at=NOW)
    await store.write(privacy_files.keep, "T2", 7, ["F2"], by="U01", at=NOW)
    sent = [SentFile("F3", "U01"), SentFile("F4", "U01"), SentFile("F2", "U02")]
    assert await store.read(privacy_files.sent, "T1", 7) == sent
    await store.write(privacy_files.forget, "T1", [])
    await store.write(privacy_files.forget, "T1", ["F3", "F2"])
    assert await store.read(privacy_files.sent, "T1", 7) == [SentFile("F4", "U01")]
    assert await store.read(privacy_files.sent, "T2", 7) == [SentFile("F2", "U01")]
