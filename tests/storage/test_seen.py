from datetime import UTC, datetime, timedelta

from storage import seen
from storage.database import Store

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)


async def test_a_key_is_new_once(store: Store) -> None:
    assert await store.write(seen.mark, "T1", "Ev01", NOW)
    assert not await store.write(seen.mark, "T1", "Ev01", NOW + timedelta(seconds=5))
    assert await store.write(seen.mark, "T1", "Ev02", NOW)


async def test_another_team_has_keys_of_its_own(store: Store) -> None:
    assert await store.write(seen.mark, "T1", "Ev01", NOW)
    assert await store.write(seen.mark, "T2", "Ev01", NOW)


async def test_a_mark_goes_when_it_guards_against_nothing_any_more(store: Store) -> None:
    for team in ("T1", "T2"):
        await store.write(seen.mark, team, "old", NOW)
        await store.write(seen.mark, team, "new", NOW + timedelta(hours=2))
    later = NOW + seen.KEPT + timedelta(hours=1)
    assert not await store.write(seen.mark, "T1", "new", later)
    assert await store.write(seen.mark, "T1", "old", later)
    assert not await store.write(seen.mark, "T2", "old", NOW)
