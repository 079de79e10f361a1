import asyncio
import sqlite3
from collections.abc import Coroutine
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import pytest
import sqlalchemy as sa
from sqlalchemy.util import await_only

from bot.errors import UserError
from bot.partner import Partner
from storage import partner, seen
from storage.database import Store, address
from storage.schema import next_ids
from tests.storage.databases import PostgresServer

T = TypeVar("T")

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)


def is_marked(conn: sa.Connection, key: str) -> bool:
    return not seen.mark(conn, "T1", key, NOW)


def sentence(error: pytest.ExceptionInfo[UserError]) -> str:
    return error.value.msgid.format(**error.value.values)


class Told(asyncio.Event):
    """An event that a transaction sets, in whichever thread it runs."""

    def __init__(self) -> None:
        super().__init__()
        self._loop = asyncio.get_running_loop()

    def tell(self) -> None:
        self._loop.call_soon_threadsafe(self.set)


class Awaiting:
    """Lets a transaction wait for the test: in a thread on SQLite, in a greenlet on PostgreSQL."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()

    def __call__(self, awaited: Coroutine[Any, Any, T]) -> T:
        try:
            asyncio.get_running_loop()
        except RuntimeError:
            return asyncio.run_coroutine_threadsafe(awaited, self._loop).result()
        return await_only(awaited)


# One transaction: whole or not at all


async def test_what_a_function_returns_comes_back(store: Store) -> None:
    def seven(_: sa.Connection, plus: int, *, times: int = 1) -> int:
        return (7 + plus) * times

    assert await store.write(seven, 1, times=2) == 16
    assert await store.read(seven, 1) == 8


async def test_an_exception_leaves_nothing(store: Store) -> None:
    def half(conn: sa.Connection) -> None:
        seen.mark(conn, "T1", "half", NOW)
        raise LookupError

    with pytest.raises(LookupError):
        await store.write(half)
    assert not await store.write(is_marked, "half")


async def test_a_user_error_passes_unchanged_and_leaves_nothing(store: Store) -> None:
    def refuse(conn: sa.Connection) -> None:
        seen.mark(conn, "T1", "half", NOW)
        raise UserError("Write a name.", field="name")

    with pytest.raises(UserError) as refused:
        await store.write(refuse)
    assert refused.value.field == "name"
    assert not await store.write(is_marked, "half")


async def test_a_violated_constraint_is_ours_to_mend_and_no_sentence(store: Store) -> None:
    def twice(conn: sa.Connection) -> None:
        row = {"team_id": "T1", "key": "k", "at": NOW}
        table = sa.table("seen", *(sa.column(name) for name in row))
        conn.execute(sa.insert(table), [row, row])

    with pytest.raises(sa.exc.SQLAlchemyError):
        await store.write(twice)


@pytest.mark.parametrize("cancels", [1, 2])
async def test_a_cancelled_write_leaves_nothing_and_the_store_goes_on(
    store: Store, cancels: int
) -> None:
    begun = Told()

    def endless(conn: sa.Connection) -> None:
        seen.mark(conn, "T1", "half", NOW)
        begun.tell()
        while True:
            conn.execute(sa.select(1))

    task = asyncio.create_task(store.write(endless))
    await begun.wait()
    for _ in range(cancels):
        task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert not await store.write(is_marked, "half")


async def turns_of_the_loop(count: int) -> None:
    passed, loop = asyncio.Event(), asyncio.get_running_loop()

    def turn(left: int) -> None:
        if left:
            loop.call_soon(turn, left - 1)
        else:
            passed.set()

    turn(count)
    await passed.wait()


async def test_reads_cancelled_anywhere_leave_no_connection_in_a_transaction(store: Store) -> None:
    def one(conn: sa.Connection) -> int:
        return int(conn.execute(sa.select(1)).scalar_one())

    for count in range(120):
        tasks = [asyncio.create_task(store.read(one)) for _ in range(2)]
        await turns_of_the_loop(count)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    assert await asyncio.gather(*(store.read(one) for _ in range(12))) == [1] * 12


async def test_writes_waiting_in_the_queue_can_be_cancelled(store: Store) -> None:
    tasks = [asyncio.create_task(store.write(is_marked, f"k{n}")) for n in range(40)]
    kept, dropped = tasks[::2], tasks[1::2]
    begun = asyncio.Event()
    asyncio.get_running_loop().call_soon(begun.set)
    await begun.wait()
    for task in dropped:
        task.cancel()
    assert not any(await asyncio.gather(*kept))
    await asyncio.gather(*dropped, return_exceptions=True)
    assert all([await store.write(is_marked, f"k{n}") for n in range(0, 40, 2)])


async def test_fifty_at_once_lose_nothing(store: Store) -> None:
    stored = await store.write(
        partner.add, "T1", Partner("Dansehallerne", note="0"), by="U1", now=NOW
    )

    def add_one(conn: sa.Connection) -> None:
        before = partner.get(conn, "T1", stored.id, lock=True)
        assert before
        after = replace(before, note=str(int(before.note) + 1))
        partner.update(conn, "T1", before, after, by="U1", now=NOW)

    await asyncio.gather(*(store.write(add_one) for _ in range(50)))
    after = await store.read(partner.get, "T1", stored.id)
    assert after
    assert (after.note, after.version) == ("50", 51)
    assert len(await store.read(partner.changes_since, "T1", stored.id, 1)) == 50


async def test_fifty_writers_and_readers_on_two_stores(url: str) -> None:
    one, two = await Store.open(url), await Store.open(url)
    writes = [(one, two)[n % 2].write(is_marked, f"k{n}") for n in range(50)]
    reads = [(one, two)[n % 2].read(partner.count, "T1") for n in range(50)]
    found = await asyncio.gather(*writes, *reads)
    assert not any(found)
    await one.close()
    await two.close()


async def test_a_transaction_inside_a_transaction_is_refused(store: Store) -> None:
    awaiting = Awaiting()

    def nested(_: sa.Connection) -> bool:
        return awaiting(store.write(is_marked, "inner"))

    def nested_read(_: sa.Connection) -> int:
        return awaiting(store.read(partner.count, "T1"))

    for outer in (store.write, store.read):
        with pytest.raises(RuntimeError, match="inside a transaction"):
            await outer(nested)
        with pytest.raises(RuntimeError, match="inside a transaction"):
            await outer(nested_read)
    assert not await store.write(is_marked, "inner")


async def test_reading_cannot_write(store: Store) -> None:
    with pytest.raises((sa.exc.SQLAlchemyError, UserError)):
        await store.read(seen.mark, "T1", "k", NOW)
    assert not await store.write(is_marked, "k")


async def test_a_read_sees_one_state_while_others_write(store: Store) -> None:
    added = await store.write(partner.add, "T1", Partner("Dansehallerne"), by="U1", now=NOW)
    reading, written, awaiting = Told(), asyncio.Event(), Awaiting()

    def twice(conn: sa.Connection) -> tuple[int, int]:
        first = partner.count(conn, "T1")
        reading.tell()
        awaiting(written.wait())
        return first, partner.count(conn, "T1")

    task = asyncio.create_task(store.read(twice))
    await reading.wait()
    await store.write(partner.add, "T1", Partner("Godsbanen"), by="U1", now=NOW)
    written.set()
    assert await task == (1, 1)
    assert added.id


# Trouble that a person can act on


async def test_a_full_disk_says_so_and_nothing_is_half_saved(sqlite_url: str) -> None:
    store = await Store.open(sqlite_url)

    def pages(conn: sa.Connection, most: int) -> None:
        conn.exec_driver_sql(f"PRAGMA max_page_count={most}")

    long = Partner("Dansehallerne", note="et ord " * 100_000)
    await store.write(pages, 1)  # SQLite takes it for "as many as there are"
    with pytest.raises(UserError) as full:
        await store.write(partner.add, "T1", long, by="U1", now=NOW)
    assert "disk is full" in sentence(full)
    assert "partnerbot.db" in sentence(full)
    await store.write(pages, 1_000_000)
    assert await store.read(partner.count, "T1") == 0
    assert await store.write(partner.add, "T1", long, by="U1", now=NOW)
    await store.close()


async def test_a_database_held_by_another_program_says_so(sqlite_url: str) -> None:
    store = await Store.open(sqlite_url, patience=0.05)
    path = address(sqlite_url).file
    assert path
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(UserError) as locked:
            await store.write(is_marked, "k")
        assert await store.read(partner.count, "T1") == 0
    assert "Another program is holding the database" in sentence(locked)
    assert not await store.write(is_marked, "k")
    await store.close()


async def test_a_missing_file_says_so_and_is_not_made_anew(tmp_path: Path) -> None:
    with pytest.raises(UserError) as missing:
        await Store.open(f"sqlite:///{tmp_path / 'gone.db'}")
    assert "gone.db is missing" in sentence(missing)
    assert "partnerbot migrate" in sentence(missing)
    assert not (tmp_path / "gone.db").exists()


async def test_a_file_that_vanishes_while_the_bot_runs_says_so(sqlite_url: str) -> None:
    store = await Store.open(sqlite_url)
    path = address(sqlite_url).file
    assert path
    path.unlink()
    for call in (store.write, store.read):
        with pytest.raises(UserError) as missing:
            await call(partner.count, "T1")
        assert "is missing" in sentence(missing)
    await store.close()
    assert not path.exists()


async def test_a_file_that_is_no_database_says_so(tmp_path: Path) -> None:
    path = tmp_path / "letter.db"
    path.write_text("Kære Partnerbot, " * 100)
    with pytest.raises(UserError) as other:
        await Store.open(f"sqlite:///{path}")
    assert "is not a database" in sentence(other)
    assert path.read_text().startswith("Kære")


async def test_a_folder_in_place_of_the_file_says_so(tmp_path: Path) -> None:
    with pytest.raises(UserError) as folder:
        await Store.open(f"sqlite:///{tmp_path}")
    assert "cannot be opened" in sentence(folder)


async def test_a_file_that_may_not_be_written_says_so(sqlite_url: str) -> None:
    store = await Store.open(sqlite_url)

    def read_only(conn: sa.Connection) -> None:
        conn.exec_driver_sql("PRAGMA query_only=ON")  # root may write to any file

    await store.write(read_only)
    with pytest.raises(UserError) as refused:
        await store.write(is_marked, "k")
    assert "may not write" in sentence(refused)
    await store.close()


async def test_a_damaged_file_says_so(sqlite_url: str) -> None:
    path = address(sqlite_url).file
    assert path
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * 4096 * 20)
    store = await Store.open(sqlite_url)
    with pytest.raises(UserError) as damaged:
        await store.write(partner.add, "T1", Partner("Dansehallerne"), by="U1", now=NOW)
    assert "is damaged" in sentence(damaged)
    await store.close()


async def test_a_postgresql_that_does_not_answer_says_so() -> None:
    with pytest.raises(UserError) as silent:
        await Store.open("postgres://ida:s3cret@127.0.0.1:1/partnerbot")
    assert "does not answer at 127.0.0.1:1/partnerbot" in sentence(silent)
    assert "s3cret" not in repr(silent.value.__dict__)


async def test_a_socket_that_is_not_there_says_so(tmp_path: Path) -> None:
    with pytest.raises(UserError) as silent:
        await Store.open(f"postgresql://ida@/partnerbot?host={tmp_path}")
    assert f"does not answer at {tmp_path}/partnerbot" in sentence(silent)


async def test_an_unknown_database_or_user_of_postgresql_says_so(postgres: PostgresServer) -> None:
    with pytest.raises(UserError) as unknown:
        await Store.open(postgres.url_of("nosuch"))
    assert "no such database" in sentence(unknown)
    with pytest.raises(UserError) as stranger:
        await Store.open(postgres.url_of("postgres").replace("postgres:@", "nobody@", 1))
    assert "refused the user name or password" in sentence(stranger)


@pytest.mark.parametrize(
    ("code", "says"),
    [
        ("53100", "is full"),
        ("53300", "no more connections"),
        ("42501", "lacks rights"),
        ("40P01", "Somebody else saved"),
        ("57P01", "does not answer"),
    ],
)
async def test_codes_of_postgresql_become_sentences(
    postgres_url: str, code: str, says: str
) -> None:
    store = await Store.open(postgres_url)

    def fail(conn: sa.Connection) -> None:
        conn.exec_driver_sql(f"DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '{code}'; END $$")

    with pytest.raises(UserError) as raised:
        await store.write(fail)
    assert says in sentence(raised)
    await store.close()


async def test_a_postgresql_that_was_restarted_is_found_again(
    postgres: PostgresServer, postgres_url: str
) -> None:
    store = await Store.open(postgres_url)
    await postgres.disconnect(postgres_url)
    assert not await store.write(is_marked, "k")
    await store.close()


async def test_a_connection_lost_in_the_middle_says_so_and_leaves_nothing(
    postgres: PostgresServer, postgres_url: str
) -> None:
    store = await Store.open(postgres_url)

    def lose(conn: sa.Connection) -> None:
        seen.mark(conn, "T1", "half", NOW)
        await_only(postgres.disconnect(postgres_url))
        seen.mark(conn, "T1", "other half", NOW)

    with pytest.raises(UserError) as lost:
        await store.write(lose)
    assert "does not answer" in sentence(lost)
    assert not await store.write(is_marked, "half")
    await store.close()


async def test_a_queue_that_does_not_move_says_so(url: str) -> None:
    patient, store = await Store.open(url), await Store.open(url, patience=0.05)
    begun, ended, awaiting = Told(), asyncio.Event(), Awaiting()

    def hold(conn: sa.Connection) -> None:
        next_ids(conn, "T1")
        begun.tell()
        awaiting(ended.wait())

    # SQLite has a queue of its own in each store, PostgreSQL one for all who take a number.
    holds = store if url.startswith("sqlite") else patient
    holder = asyncio.create_task(holds.write(hold))
    await begun.wait()
    for _ in range(2):
        with pytest.raises(UserError) as busy:
            await store.write(next_ids, "T1")
        assert "Too much is being saved" in sentence(busy)
    ended.set()
    await holder
    assert await store.write(next_ids, "T1")
    await store.close()
    await patient.close()


# Addresses as people write them


@pytest.mark.parametrize("scheme", ["sqlite", "sqlite+aiosqlite", "sqlite+pysqlite"])
def test_sqlite_addresses(scheme: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert address(f"{scheme}:///data/bot.db").file == tmp_path / "data/bot.db"
    assert address(f"{scheme}:////srv/bot.db").file == Path("/srv/bot.db")


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+asyncpg"])
def test_postgresql_addresses(scheme: str) -> None:
    found = address(f"{scheme}://ida:p%40ss@db.example:5433/bot?sslmode=require")
    assert found.file is None
    assert found.url.drivername == "postgresql+asyncpg"
    assert found.url.password == "p@ss"
    assert found.url.query == {"ssl": "require"}
    assert found.place == "db.example:5433/bot"


@pytest.mark.parametrize(
    "bad", ["", "partnerbot.db", "sqlite://", "sqlite:///:memory:", "mysql://x/y", "http://[x"]
)
def test_other_addresses_are_refused_with_an_example(bad: str) -> None:
    with pytest.raises(UserError, match=r"sqlite:///partnerbot\.db"):
        address(bad)


async def test_what_one_connection_compiled_is_compiled_for_all(sqlite_url: str) -> None:
    first, second = await Store.open(sqlite_url), await Store.open(sqlite_url)

    def compiled(conn: sa.Connection) -> object:
        return conn.execute(sa.select(sa.literal(1))).context.compiled

    once = await first.write(compiled)
    for ask in (first.write, first.read, second.write, second.read):
        assert await ask(compiled) is once
    await first.close()
    await second.close()
