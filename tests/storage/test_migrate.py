import asyncio
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.ext.asyncio import create_async_engine

from bot.errors import UserError
from bot.partner import ContactPerson, Partner
from bot.tjek import Answer, Check, Sheet
from storage import partner, tjek
from storage.database import Store, address
from storage.migrate import MIGRATIONS, State, require_current, upgrade, version_state
from storage.schema import METADATA
from tests.storage.databases import PostgresServer

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)

PARTNER = Partner(
    "Dansehallerne",
    people=(ContactPerson("Bo Lind", email="bo@dans.example", source="messen"),),
    keywords=("dans", "børn"),
    known_by=("U01", "U02"),
)

NAMES = sorted(path.stem for path in MIGRATIONS.glob("versions/[0-9]*.py"))
HEAD = NAMES[-1].partition("_")[0]

# Rebuilds a table that others refer to: on SQLite that drops the old one.
REBUILD = f"""
import sqlalchemy as sa
from alembic import op

revision = "9999"
down_revision = "{HEAD}"

def upgrade():
    with op.batch_alter_table("partner", recreate="auto") as table:
        table.add_column(sa.Column("visits", sa.Integer(), nullable=False, server_default="7"))
        table.alter_column("area", existing_type=sa.Text(), nullable=True)
"""

ORPHANS = f"""
from alembic import op

revision = "9999"
down_revision = "{HEAD}"

def upgrade():
    op.get_bind().exec_driver_sql("DELETE FROM partner")
"""  # noqa: S608 - the mistake in question


@pytest.fixture
async def postgres_url(postgres: PostgresServer) -> AsyncIterator[str]:
    """One for each test alone: a migration changes more than rows."""
    async with postgres.database() as url:
        yield url


@pytest.fixture
def with_second(tmp_path: Path) -> Path:
    """The program's migrations, and one more."""
    folder = tmp_path / "100%" / "migrations"
    shutil.copytree(MIGRATIONS, folder, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "versions" / "9999_visits.py").write_text(REBUILD)
    return folder


async def inspected(url: str, question: str) -> list[tuple[object, ...]]:
    engine = create_async_engine(address(url).url, poolclass=sa.NullPool)
    async with engine.connect() as conn:
        found = [tuple(row) for row in await conn.exec_driver_sql(question)]
    await engine.dispose()
    return found


async def fill(url: str) -> tuple[Partner, Check]:
    store = await Store.open(url)
    stored = await store.write(partner.add, "T1", PARTNER, by="U01", now=NOW)
    edited = replace(stored, note="ny note")
    edited = await store.write(partner.update, "T1", stored, edited, by="U01", now=NOW)
    sheet = Sheet({"mission": Answer.YES}, {"fit": "god ide"})
    check = Check("U01", NOW, partner_id=stored.id, sheets={"U01": sheet})
    check = await store.write(tjek.start, "T1", check)
    await store.close()
    return edited, check


async def rows(url: str) -> dict[str, int]:
    counts = {}
    for table in METADATA.tables:
        ((counts[table],),) = await inspected(url, f"SELECT count(*) FROM {table}")  # noqa: S608 - our own names
    return {table: count for table, count in counts.items() if isinstance(count, int)}


async def test_the_migrations_make_the_tables_that_the_code_says(empty_url: str) -> None:
    assert await version_state(empty_url) is State.EMPTY
    assert await upgrade(empty_url, backup=True) is None
    assert await version_state(empty_url) is State.CURRENT
    await require_current(empty_url)

    def is_ours(name: str | None, _kind: str, _of: object) -> bool:
        # Another table on each database: storage/partner_text.py, with tests of its own.
        return not str(name).startswith("partner_text")

    def difference(conn: sa.Connection) -> object:
        context = MigrationContext.configure(conn, opts={"include_name": is_ours})
        return compare_metadata(context, METADATA)

    engine = create_async_engine(address(empty_url).url, poolclass=sa.NullPool)
    async with engine.connect() as conn:
        assert await conn.run_sync(difference) == []
    await engine.dispose()


def test_file_names_tell_the_same_order_as_the_revisions_do() -> None:
    script = ScriptDirectory(str(MIGRATIONS))
    told = [revision.revision for revision in script.walk_revisions()]
    assert told[::-1] == [name.partition("_")[0] for name in NAMES]


async def test_names_are_searched_byte_by_byte_on_postgresql(postgres_url: str) -> None:
    found = await inspected(
        postgres_url,
        "SELECT table_name, column_name FROM information_schema.columns"
        " WHERE collation_name = 'C' AND table_schema = 'public' ORDER BY 1, 2",
    )
    assert found == [
        ("contact_word", "word"),
        ("partner", "bare_name"),
        ("partner", "folded_name"),
        ("partner_word", "word"),
    ]


async def test_a_filled_database_keeps_every_row_when_a_table_is_rebuilt(
    url: str, with_second: Path
) -> None:
    stored, check = await fill(url)
    before = await rows(url)
    assert all(before[f"partner_{child}"] for child in ("tag", "tie", "word", "change"))
    assert before["contact_person"]
    assert before["tjek_answer"]

    assert await version_state(url, migrations=with_second) is State.OLD
    await upgrade(url, backup=False, migrations=with_second)
    assert await version_state(url, migrations=with_second) is State.CURRENT

    assert await rows(url) == before
    assert await inspected(url, "SELECT visits FROM partner") == [(7,)]
    store = await Store.open(url)
    assert await store.read(partner.get, "T1", stored.id) == stored
    assert await store.read(tjek.get, "T1", check.id) == check
    await store.close()


async def test_foreign_keys_hold_after_a_table_was_rebuilt(url: str, with_second: Path) -> None:
    await fill(url)
    await upgrade(url, backup=False, migrations=with_second)
    store = await Store.open(url)
    orphan = Check("U01", NOW, partner_id=999)
    with pytest.raises(sa.exc.IntegrityError):
        await store.write(tjek.start, "T1", orphan)
    await store.close()


async def test_a_migration_that_fails_or_leaves_orphans_changes_nothing(
    url: str, with_second: Path
) -> None:
    await fill(url)
    before = await rows(url)
    second = with_second / "versions" / "9999_visits.py"
    for broken in (ORPHANS, f"{REBUILD}\n    raise LookupError\n"):
        second.write_text(broken)
        with pytest.raises((RuntimeError, LookupError, sa.exc.IntegrityError)):
            await upgrade(url, backup=False, migrations=with_second)
        assert await rows(url) == before
        assert await version_state(url) is State.CURRENT


async def test_a_newer_schema_is_refused_and_untouched(url: str, with_second: Path) -> None:
    await fill(url)
    await upgrade(url, backup=False, migrations=with_second)
    before = await rows(url)
    assert await version_state(url) is State.NEWER
    for refused in (upgrade(url, backup=True), require_current(url)):
        with pytest.raises(UserError, match="made by a newer version") as newer:
            await refused
        assert newer.value.values["version"] == "9999"
    assert await rows(url) == before
    assert await inspected(url, "SELECT version_num FROM alembic_version") == [("9999",)]


async def test_an_old_or_empty_schema_is_refused_with_the_command_to_run(
    empty_url: str, with_second: Path
) -> None:
    with pytest.raises(UserError, match=r"is empty.*partnerbot migrate"):
        await require_current(empty_url)
    await upgrade(empty_url, backup=False)
    with pytest.raises(UserError, match=r"older version.*partnerbot migrate") as old:
        await require_current(empty_url, migrations=with_second)
    assert old.value.values == {"place": address(empty_url).place}
    assert await inspected(empty_url, "SELECT version_num FROM alembic_version") == [(HEAD,)]


async def test_asking_for_the_state_makes_no_file(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'none.db'}"
    assert await version_state(url) is State.EMPTY
    assert not (tmp_path / "none.db").exists()


async def test_an_old_sqlite_file_is_copied_first(sqlite_url: str, with_second: Path) -> None:
    stored, _ = await fill(sqlite_url)
    file = address(sqlite_url).file
    assert file
    file.chmod(0o600)
    before = await rows(sqlite_url)
    copy = await upgrade(sqlite_url, backup=True, migrations=with_second)
    assert copy == file.with_name(f"partnerbot.{HEAD}.backup.db")
    assert copy.stat().st_mode & 0o777 == 0o600
    assert await rows(f"sqlite:///{copy}") == before
    assert await version_state(f"sqlite:///{copy}") is State.CURRENT
    assert await upgrade(sqlite_url, backup=True, migrations=with_second) is None
    store = await Store.open(f"sqlite:///{copy}")
    assert await store.read(partner.get, "T1", stored.id) == stored
    await store.close()


async def test_a_copy_left_from_a_failed_attempt_is_replaced(
    sqlite_url: str, with_second: Path
) -> None:
    file = address(sqlite_url).file
    assert file
    for left in (f"partnerbot.{HEAD}.backup.db", f"partnerbot.{HEAD}.backup.db.unfinished"):
        file.with_name(left).write_text("half a copy")
    copy = await upgrade(sqlite_url, backup=True, migrations=with_second)
    assert copy
    with closing(sqlite3.connect(copy)) as conn:
        assert conn.execute("SELECT version_num FROM alembic_version").fetchall() == [(HEAD,)]
    assert not copy.with_name(copy.name + ".unfinished").exists()


async def test_trouble_while_migrating_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="cannot be opened"):
        await upgrade(f"sqlite:///{tmp_path / 'nowhere' / 'bot.db'}", backup=True)
    (tmp_path / "letter.db").write_text("Kære Partnerbot, " * 100)
    with pytest.raises(UserError, match="is not a database"):
        await version_state(f"sqlite:///{tmp_path / 'letter.db'}")
    with pytest.raises(UserError, match="does not answer"):
        await require_current("postgresql://ida@127.0.0.1:1/bot")


async def test_six_at_once_end_at_the_newest(url: str, with_second: Path) -> None:
    stored, _ = await fill(url)
    every = (upgrade(url, backup=True, migrations=with_second) for _ in range(6))
    copies = [copy for copy in await asyncio.gather(*every) if copy]
    assert len(copies) == (1 if address(url).file else 0)
    assert await version_state(url, migrations=with_second) is State.CURRENT
    store = await Store.open(url)
    assert await store.read(partner.get, "T1", stored.id) == stored
    await store.close()


def test_six_processes_at_once_end_at_the_newest(empty_url: str) -> None:
    program = (
        "import asyncio, sys; from storage.migrate import upgrade;"
        "asyncio.run(upgrade(sys.argv[1], backup=True))"
    )
    command = [sys.executable, "-W", "error", "-c", program, empty_url]
    every = [subprocess.Popen(command) for _ in range(6)]  # noqa: S603 - our own program
    assert [process.wait() for process in every] == [0] * 6
    assert asyncio.run(version_state(empty_url)) is State.CURRENT
