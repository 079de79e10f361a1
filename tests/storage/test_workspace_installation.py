import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.workspace import Installation
from storage import workspace_installation as installed
from storage.database import Store

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
LATER = NOW + timedelta(minutes=10)

MINE = Installation(
    enterprise=None,
    sealed_token="gAAAAAB-sealed",
    bot_user="U00",
    bot_id="B01",
    app_id="A01",
    scopes=("commands", "users:read"),
    installed_by="U02",
    installed_at=NOW,
)


async def test_an_installation_comes_back_as_it_was(store: Store) -> None:
    assert await store.read(installed.installation, "T1") is None
    await store.write(installed.install, "T1", MINE)
    assert await store.read(installed.installation, "T1") == MINE
    theirs = replace(MINE, enterprise="E1", scopes=())
    await store.write(installed.install, "T2", theirs)
    assert await store.read(installed.installation, "T2") == theirs
    assert await store.read(installed.installation, "T1") == MINE


async def test_a_new_installation_takes_the_place_of_the_former(store: Store) -> None:
    await store.write(installed.install, "T1", MINE)
    again = replace(MINE, sealed_token="another", installed_by="U06", installed_at=LATER)
    await store.write(installed.install, "T1", again)
    assert await store.read(installed.installation, "T1") == again


async def test_letting_go_is_for_one_library(store: Store) -> None:
    for team in ("T1", "T2"):
        await store.write(installed.install, team, MINE)
    assert await store.write(installed.uninstall, "T1", until=NOW)
    assert not await store.write(installed.uninstall, "T1", until=NOW)
    assert await store.read(installed.installation, "T1") is None
    assert await store.read(installed.installation, "T2") == MINE


async def test_an_installation_from_afterwards_is_not_let_go(store: Store) -> None:
    await store.write(installed.install, "T1", MINE)
    before = NOW - timedelta(microseconds=1)
    assert not await store.write(installed.uninstall, "T1", until=before)
    assert await store.read(installed.installation, "T1") == MINE


async def test_another_seal_changes_nothing_else(store: Store) -> None:
    for team in ("T2", "T1"):
        await store.write(installed.install, team, MINE)
    assert await store.read(installed.teams) == ["T1", "T2"]
    await store.write(installed.reseal, "T1", "resealed")
    assert await store.read(installed.installation, "T1") == replace(MINE, sealed_token="resealed")
    assert await store.read(installed.installation, "T2") == MINE


async def test_a_state_is_taken_back_once(store: Store) -> None:
    await store.write(installed.hand_out_state, "hash", now=NOW, expires_at=LATER)
    assert not await store.write(installed.take_back_state, "other", now=NOW)
    assert await store.write(installed.take_back_state, "hash", now=NOW)
    assert not await store.write(installed.take_back_state, "hash", now=NOW)


@pytest.mark.parametrize(("seconds", "good"), [(-1, True), (0, False), (60, False)])
async def test_a_state_is_good_until_it_expires(store: Store, seconds: int, good: bool) -> None:  # noqa: FBT001 - one of the cases
    await store.write(installed.hand_out_state, "hash", now=NOW, expires_at=LATER)
    then = LATER + timedelta(seconds=seconds)
    assert await store.write(installed.take_back_state, "hash", now=then) is good
    assert not await store.write(installed.take_back_state, "hash", now=NOW)


async def test_states_that_nobody_came_back_with_are_swept_out(store: Store) -> None:
    await store.write(installed.hand_out_state, "old", now=NOW, expires_at=LATER)
    expires_at = LATER + timedelta(minutes=10)
    await store.write(installed.hand_out_state, "new", now=LATER, expires_at=expires_at)
    assert not await store.write(installed.take_back_state, "old", now=NOW)
    assert await store.write(installed.take_back_state, "new", now=LATER)


async def test_of_many_who_bring_one_state_one_is_let_in(store: Store) -> None:
    await store.write(installed.hand_out_state, "hash", now=NOW, expires_at=LATER)
    tries = (store.write(installed.take_back_state, "hash", now=NOW) for _ in range(8))
    assert sorted(await asyncio.gather(*tries)) == [False] * 7 + [True]
