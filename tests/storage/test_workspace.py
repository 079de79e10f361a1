import asyncio
import shutil
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.ext.asyncio import create_async_engine

from bot.errors import UserError
from bot.partner import Kind, Room
from bot.workspace import ClosedDays, Frequency, Language, Member, Workspace
from bot.workspace_merge import edited
from bot.workspace_roles import become_coordinator
from storage import workspace
from storage.database import Connection, Store, address
from storage.migrate import MIGRATIONS, upgrade

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
CHRISTMAS = ClosedDays(first=date(2026, 12, 24), last=date(2027, 1, 2))


async def test_settings_are_the_defaults_until_saved(store: Store) -> None:
    assert await store.read(workspace.settings, "T1") == Workspace()
    assert await store.read(workspace.version, "T1") == 0
    mine = Workspace(
        language=Language.ENGLISH,
        keywords=("børn", "teater"),
        room_names={Room.MEETING: "Torvet"},
        kind_names={Kind.FIRM: "butik"},
        closed_days=(CHRISTMAS,),
        coordinators=("U01",),
    )
    assert await store.write(workspace.save_settings, "T1", mine, now=NOW) == 1
    assert await store.read(workspace.settings, "T1") == mine
    other = mine.model_copy(update={"branches": ("Hovedbiblioteket",)})
    assert await store.write(workspace.save_settings, "T1", other, now=NOW) == 2
    assert await store.write(workspace.settings, "T1", lock=True) == other
    assert await store.read(workspace.version, "T1") == 2


async def test_settings_are_each_librarys_own(store: Store) -> None:
    await store.write(workspace.save_settings, "T1", Workspace(timezone="UTC"), now=NOW)
    assert await store.read(workspace.settings, "T2") == Workspace()
    assert await store.read(workspace.version, "T2") == 0
    assert await store.read(workspace.settings_at, "T2", 1) == Workspace()


async def test_former_versions_are_kept_with_who_changed_them(store: Store) -> None:
    one, two = Workspace(dpo="a"), Workspace(dpo="b")
    await store.write(workspace.save_settings, "T1", one, now=NOW, by="U01")
    await store.write(workspace.save_settings, "T1", two, now=NOW, by="U02")
    assert await store.read(workspace.settings_at, "T1", 0) == Workspace()
    assert await store.read(workspace.settings_at, "T1", 1) == one
    assert await store.read(workspace.settings_at, "T1", 2) == two
    assert await store.read(workspace.changed_by, "T1", since=0) == "U02"
    assert await store.read(workspace.changed_by, "T1", since=2) is None


async def test_two_coordinators_change_the_settings_at_once(store: Store) -> None:
    seen = Workspace(coordinators=("U01", "U02"), keywords=("børn",))
    version = await store.write(workspace.save_settings, "T1", seen, now=NOW)

    def save(conn: Connection, team: str, by: str, mine: Workspace) -> None:
        theirs = workspace.settings(conn, team, lock=True)
        base = workspace.settings_at(conn, team, version)
        merged = edited(base, mine, theirs).merged
        workspace.save_settings(conn, team, merged, now=NOW, by=by)

    edits = {
        "U01": seen.model_copy(update={"keywords": ("børn", "unge")}),
        "U02": seen.model_copy(update={"keywords": ("børn", "musik"), "dpo": "dpo@byen.example"}),
    }
    await asyncio.gather(*(store.write(save, "T1", by, mine) for by, mine in edits.items()))
    stored = await store.read(workspace.settings, "T1")
    assert set(stored.keywords) == {"børn", "unge", "musik"}
    assert stored.dpo == "dpo@byen.example"
    assert await store.read(workspace.version, "T1") == 3


async def test_of_six_who_press_at_once_one_becomes_the_coordinator(store: Store) -> None:
    users = [f"U{n:02}" for n in range(6)]

    def press(conn: Connection, team: str, user: str) -> None:
        now = workspace.settings(conn, team, lock=True)
        changed = become_coordinator(now, user, still_here=users)
        workspace.save_settings(conn, team, changed, now=NOW, by=user)

    pressed = (store.write(press, "T1", user) for user in users)
    outcomes = await asyncio.gather(*pressed, return_exceptions=True)
    assert sum(isinstance(outcome, UserError) for outcome in outcomes) == 5
    stored = await store.read(workspace.settings, "T1")
    assert [users[outcomes.index(None)]] == list(stored.coordinators)


async def test_settings_of_a_newer_version_are_refused_with_a_sentence(
    store: Store, url: str
) -> None:
    await store.write(workspace.save_settings, "T1", Workspace(), now=NOW)
    engine = create_async_engine(address(url).url, poolclass=sa.NullPool)
    async with engine.begin() as conn:
        await conn.exec_driver_sql("""UPDATE workspace SET settings = '{"mood": "good"}'""")
    await engine.dispose()
    with pytest.raises(UserError, match="newer version") as refused:
        await store.read(workspace.settings, "T1")
    assert refused.value.values == {"settings": "mood"}


async def test_a_persons_language_is_a_choice_that_can_be_taken_back(store: Store) -> None:
    assert await store.read(workspace.language_of, "T1", "U05") is None
    await store.write(workspace.set_language, "T1", "U05", Language.ENGLISH, NOW)
    assert await store.read(workspace.language_of, "T1", "U05") is Language.ENGLISH
    await store.write(workspace.set_language, "T1", "U05", Language.DANISH, NOW)
    assert await store.read(workspace.language_of, "T1", "U05") is Language.DANISH
    await store.write(workspace.set_language, "T1", "U05", None, NOW)
    assert await store.read(workspace.language_of, "T1", "U05") is None


async def test_a_persons_language_is_known_in_one_team_only(store: Store) -> None:
    await store.write(workspace.set_language, "T1", "U05", Language.ENGLISH, NOW)
    assert await store.read(workspace.language_of, "T2", "U05") is None
    assert await store.read(workspace.language_of, "T1", "U01") is None


async def test_what_a_colleague_chose_for_herself_is_kept(store: Store) -> None:
    assert await store.read(workspace.member, "T1", "U05") == Member()
    own = Member(Language.ENGLISH, date(2026, 12, 1), "U02", Frequency.NEVER)
    await store.write(workspace.save_member, "T1", "U05", own, NOW)
    assert await store.read(workspace.member, "T1", "U05") == own
    assert await store.read(workspace.language_of, "T1", "U05") is Language.ENGLISH
    assert await store.read(workspace.member, "T1", "U06") == Member()
    assert await store.read(workspace.member, "T2", "U05") == Member()


async def test_choosing_a_language_leaves_the_other_choices_alone(store: Store) -> None:
    await store.write(workspace.set_language, "T1", "U05", Language.ENGLISH, NOW)
    assert await store.read(workspace.member, "T1", "U05") == Member(Language.ENGLISH)
    rare = Member(Language.ENGLISH, frequency=Frequency.MONTHLY)
    await store.write(workspace.save_member, "T1", "U05", rare, NOW)
    later = NOW + timedelta(days=1)
    await store.write(workspace.set_language, "T1", "U05", None, later)
    assert await store.read(workspace.member, "T1", "U05") == Member(frequency=Frequency.MONTHLY)


async def test_settings_from_before_their_versions_were_kept_have_one(
    empty_url: str, tmp_path: Path
) -> None:
    before = tmp_path / "migrations"
    newer = ("__pycache__", *(f"{number:04}_*" for number in range(4, 100)))
    shutil.copytree(MIGRATIONS, before, ignore=shutil.ignore_patterns(*newer))
    await upgrade(empty_url, backup=False, migrations=before)
    row = """('T1', '{"dpo": "dpo@byen.example"}', '2026-11-24 08:00:00.000000', 3)"""
    statement = f"INSERT INTO workspace (team_id, settings, created_at, version) VALUES {row}"  # noqa: S608 - the row above
    member = "INSERT INTO member VALUES ('T1', 'U05', 'en', '2026-11-24 08:00:00.000000')"
    engine = create_async_engine(address(empty_url).url, poolclass=sa.NullPool)
    async with engine.begin() as conn:
        await conn.exec_driver_sql(statement)
        await conn.exec_driver_sql(member)
    await engine.dispose()
    await upgrade(empty_url, backup=False)

    store = await Store.open(empty_url)
    old = Workspace(dpo="dpo@byen.example")
    assert await store.read(workspace.settings, "T1") == old
    assert await store.read(workspace.settings_at, "T1", 3) == old
    assert await store.read(workspace.changed_by, "T1", since=2) == ""
    assert await store.read(workspace.member, "T1", "U05") == Member(Language.ENGLISH)
    assert await store.write(workspace.save_settings, "T1", old, now=NOW) == 4
    await store.close()


async def test_who_is_away_that_day_with_the_deputy_of_her_choice(store: Store) -> None:
    for user, back, deputy in (("U02", 2, "U03"), ("U04", 1, None), ("U05", 0, None)):
        chosen = Member(away_until=NOW.date() + timedelta(days=back), deputy=deputy)
        await store.write(workspace.save_member, "T1", user, chosen, NOW)
    await store.write(workspace.save_member, "T1", "U06", Member(), NOW)
    today = NOW.date()
    assert await store.read(workspace.away, "T1", today) == {"U02": "U03", "U04": None}
    assert await store.read(workspace.away, "T1", today + timedelta(days=1)) == {"U02": "U03"}
    assert await store.read(workspace.away, "T2", today) == {}
