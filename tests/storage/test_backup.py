import sqlite3
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import TypeVar

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, Phase, given, settings

from bot.backup import Table, Writer, batches, examined
from bot.contact import Contact
from bot.contact import Kind as ContactKind
from bot.errors import UserError
from bot.partner import ContactPerson, Partner
from bot.workspace import Installation
from storage import (
    backup,
    backup_restore,
    contact,
    delivery,
    delivery_sending,
    job_run,
    partner,
    partner_search,
    seen,
    workspace_installation,
)
from storage.backup_tables import DECIDED, Part, as_written, carried, described, known
from storage.contact_search import who_knows
from storage.database import Connection, Store
from storage.delivery import Delivery, State
from storage.migrate import State as MigrationState
from storage.migrate import refill, revisions, version_state
from tests.storage import databases
from tests.storage.databases import PostgresServer
from tests.storage.made_up_register import Register, everything, in_order, insert, registers

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
LATER = NOW + timedelta(days=2)  # when it is restored
HEAD = revisions()[-1]

T = TypeVar("T")

SPRINGBRAET = Partner(
    "Foreningen Springbræt", keywords=("lektier",), people=(ContactPerson("Anne Holm"),)
)


async def saved(url: str, team: str | None = None) -> bytes:
    store = await Store.open(url)
    file = BytesIO()
    told: list[int] = []
    try:
        total = await store.read(backup.count, team=team)
        await store.read(backup.save, file, team=team, now=NOW, told=told.append)
    finally:
        await store.close()
    assert sum(told) == total
    return file.getvalue()


async def restored(url: str, content: bytes) -> None:
    file = BytesIO(content)
    whole = examined(file, "kopi")
    told: list[int] = []
    await backup_restore.restore(url, file, whole, name="kopi", now=LATER, told=told.append)
    assert sum(told) == sum(whole.rows.values()) + whole.rows["partner"]


async def within(url: str, fn: Callable[..., T], *args: object) -> T:
    store = await Store.open(url)
    try:
        return await store.write(fn, *args)
    finally:
        await store.close()


async def held(url: str) -> Register:
    return await within(url, everything)


def settled(register: Register) -> Register:
    """What a restoring makes of it, by the words of docs/data.md."""
    told = Register({name: [dict(row) for row in rows] for name, rows in register.items()})
    for row in told["last_id"]:
        row["value"] += backup_restore.NUMBERS_LEFT_OUT
    for row in told["delivery"]:
        due = row["state"] is State.WAITING and row["due"] <= LATER
        if due or row["state"] is State.SENDING:
            row |= {"state": State.PERHAPS, "reason": "restored"}
            row |= {"claimed_until": None, "not_before": None}
        elif row["state"] in (State.WAITING, State.PERHAPS):
            row |= {"claimed_until": None, "not_before": None}
    return told


def test_every_table_is_decided_about() -> None:
    undecided = known().tables.keys() - DECIDED.keys()
    assert not undecided, "is it in a backup? Say so in storage/backup_tables.py"
    assert DECIDED.keys() <= known().tables.keys()


def test_every_column_can_be_carried() -> None:
    for table in carried():
        told = described(table)
        assert list(told.columns) == [column.name for column in table.columns]
        assert list(as_written(told).c.keys()) == list(told.columns)


def test_no_token_and_nothing_sealed_is_carried() -> None:
    names = {f"{table.name}.{column.name}" for table in carried() for column in table.columns}
    assert not [
        name for name in names if "token" in name or "secret" in name or "state_hash" in name
    ]
    assert DECIDED["installation"] is DECIDED["oauth_state"] is Part.LEFT_OUT
    assert DECIDED["evaluation_link"] is Part.LEFT_OUT  # a way in, as a token is


def test_no_database_counts_by_itself() -> None:
    """A counter of the database's own would begin anew after a restoring."""
    for table in known().sorted_tables:
        for column in table.columns:
            assert column.identity is None
            assert not isinstance(column.default, sa.Sequence)
        assert table.autoincrement_column is None


@settings(
    max_examples=10,
    deadline=None,
    # Three databases for each example: the first failure is told as it is.
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[
        HealthCheck.function_scoped_fixture,  # each example empties its databases itself
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
    ],
)
@given(register=registers())
async def test_there_and_back_over_the_other_database_nothing_is_lost(
    register: Register, postgres: PostgresServer, tmp_path: Path
) -> None:
    first, last = tmp_path / "first.db", tmp_path / "last.db"
    for file in (first, last):
        file.unlink(missing_ok=True)
    one, other, third = (
        databases.sqlite_url(first),
        await postgres.emptied(),
        databases.sqlite_url(last),
    )
    await within(one, insert, register)
    before = await held(one)
    assert before == in_order(register)
    await restored(other, await saved(one))
    assert await held(other) == settled(before)
    await restored(third, await saved(other))
    assert await held(third) == settled(settled(before))


async def filled(url: str) -> Partner:
    """A library with a bit of everything that a restoring must think of."""
    store = await Store.open(url)
    stored = await store.write(partner.add, "T1", SPRINGBRAET, by="U01", now=NOW)
    met = Contact(stored.id, ContactKind.MET, date(2026, 11, 1), "U01", NOW, "kulturnatten")
    await store.write(contact.note, "T1", met)
    other = Partner("Byens Museum")
    await store.write(partner.add, "T2", other, by="U09", now=NOW)
    for key, due in (("before", NOW), ("between", LATER), ("after", LATER + timedelta(1))):
        await store.write(delivery.put, "T1", Delivery("kind", stored.id, "U01", due, key))
    await store.write(seen.mark, "T1", "event", NOW)
    await store.write(job_run.claim, "T1", "morning", NOW, NOW)
    token = Installation(
        enterprise=None,
        sealed_token="gAAAA-sealed",
        bot_user="U0B",
        bot_id="B1",
        app_id="A1",
        scopes=("commands",),
        installed_by="U01",
        installed_at=NOW,
    )
    await store.write(workspace_installation.install, "T1", token)
    await store.close()
    return stored


async def test_what_is_restored_is_found_and_goes_on(url: str, empty_url: str) -> None:
    stored = await filled(url)
    await restored(empty_url, await saved(url))
    store = await Store.open(empty_url)
    assert await store.read(partner.get, "T1", stored.id) == stored
    for words in ("springbr", "anne", "lektier"):
        (hit,) = await store.read(partner_search.search, "T1", words)
        assert hit.id == stored.id
    (known_to,) = await store.read(who_knows, "T1", "kulturnatten")
    assert known_to.hit.id == stored.id
    before = await store.read(last_number)
    new = await store.write(partner.add, "T1", Partner("Ny"), by="U01", now=LATER)
    assert new.id == before + 1 > backup_restore.NUMBERS_LEFT_OUT
    assert await store.read(partner.count, "T2") == 1
    await store.close()


async def test_nothing_is_said_twice_or_at_once(url: str, empty_url: str) -> None:
    await filled(url)
    await restored(empty_url, await saved(url))
    store = await Store.open(empty_url)
    became = {
        key: (await store.read(delivery.outcome, "T1", key))
        for key in ("before", "between", "after")
    }
    assert {key: one and one.state for key, one in became.items()} == {
        "before": State.PERHAPS,
        "between": State.PERHAPS,
        "after": State.WAITING,
    }
    assert await store.read(delivery_sending.teams_with_due, LATER, LATER) == []
    assert await store.read(job_run.last, "T1", "morning", LATER) is None  # so it first takes note
    await store.close()


async def test_it_is_one_moment_whatever_the_bot_does_meanwhile(sqlite_url: str) -> None:
    await filled(sqlite_url)
    database = sqlite_url.removeprefix("sqlite:///")
    file = BytesIO()

    def meanwhile(_: int) -> None:
        with closing(sqlite3.connect(database, timeout=0)) as conn:
            conn.execute("UPDATE partner SET name = 'edited'")
            conn.commit()

    store = await Store.open(sqlite_url)
    await store.read(backup.save, file, team=None, now=NOW, told=meanwhile)
    assert await store.read(partner_names) == {"edited"}
    await store.close()
    assert examined(BytesIO(file.getvalue()), "").rows["partner"] == 2
    assert b"edited" not in file.getvalue()


async def test_machinery_and_tokens_stay_behind(url: str, empty_url: str) -> None:
    await filled(url)
    content = await saved(url)
    assert b"T1" in content
    assert b"gAAAA-sealed" not in content
    await restored(empty_url, content)
    assert await within(empty_url, workspace_installation.teams) == []


async def test_one_library_of_several(url: str, empty_url: str) -> None:
    await filled(url)
    content = await saved(url, team="T2")
    assert "Springbræt".encode() not in content
    await restored(empty_url, content)
    assert {row["team_id"] for rows in (await held(empty_url)).values() for row in rows} == {"T2"}


async def test_an_empty_database_is_a_backup_too(url: str, empty_url: str) -> None:
    await restored(empty_url, await saved(url))
    assert not any((await held(empty_url)).values())


async def test_a_database_with_a_register_is_refused_and_left_alone(url: str) -> None:
    await filled(url)
    before = await held(url)
    content = await saved(url)
    with pytest.raises(UserError, match="holds a register already"):
        await restored(url, content)
    assert await held(url) == before


async def test_tables_without_rows_and_a_new_installation_are_no_register(url: str) -> None:
    store = await Store.open(url)
    await store.write(seen.mark, "T1", "event", NOW)
    await store.write(job_run.claim, "T1", "morning", NOW, NOW)
    await store.close()
    whole = written(HEAD, {"last_id": [("T1", 7)]})
    await restored(url, whole)
    assert (await held(url))["last_id"] == [
        {"team_id": "T1", "value": 7 + backup_restore.NUMBERS_LEFT_OUT}
    ]


async def test_a_newer_one_is_refused(empty_url: str) -> None:
    with pytest.raises(UserError, match="newer version") as error:
        await restored(empty_url, written("9999", {"last_id": [("T1", 7)]}))
    assert error.value.values == {"file": "kopi", "version": "9999"}
    assert await version_state(empty_url) is MigrationState.EMPTY


async def test_an_older_one_is_brought_up_to_this_version(
    url: str, empty_url: str, tmp_path: Path
) -> None:
    stored = await filled(url)
    content = await saved(url)
    older = await as_of(f"sqlite:///{tmp_path / 'older.db'}", "0001", content)
    await restored(empty_url, older)
    store = await Store.open(empty_url)
    assert await version_state(empty_url) is MigrationState.CURRENT
    assert await store.read(partner.get, "T1", stored.id) == stored
    await store.close()


async def test_an_older_one_does_not_fit_newer_tables(url: str) -> None:
    with pytest.raises(UserError, match="from an older version than the tables"):
        await restored(url, written("0001", {"last_id": [("T1", 7)]}))


async def test_where_a_row_goes_wrong_nothing_is_there(empty_url: str) -> None:
    orphan = written(HEAD, {"last_id": [("T1", 7)], "partner_tag": [("T1", 1, "rooms", 0, "dans")]})
    with pytest.raises((RuntimeError, sa.exc.IntegrityError)):
        await restored(empty_url, orphan)
    assert await version_state(empty_url) is MigrationState.EMPTY


def written(revision: str, rows: Mapping[str, Sequence[tuple[object, ...]]]) -> bytes:
    file = BytesIO()
    to = Writer(file, revision, NOW)
    for table in carried():
        to.begin(described(table))
        for row in rows.get(table.name, ()):
            to.add(row)
    to.close()
    return file.getvalue()


async def as_of(url: str, revision: str, content: bytes) -> bytes:
    """That backup as a program of that revision would have made it."""

    def columns(conn: Connection, migrate_to: Callable[[str], None]) -> dict[str, set[str]]:
        migrate_to(revision)
        look = sa.inspect(conn)
        return {
            name: {str(c["name"]) for c in look.get_columns(name)}
            for name in look.get_table_names()
        }

    there = await refill(url, columns)
    file = BytesIO()
    to = Writer(file, revision, NOW)
    for table, rows in batches(BytesIO(content)):
        if table.name in there:
            kept = {name: of for name, of in table.columns.items() if name in there[table.name]}
            to.begin(Table(table.name, kept))
            for row in rows:
                to.add([row[name] for name in kept])
    to.close()
    return file.getvalue()


def partner_names(conn: Connection) -> set[str]:
    query = sa.select(known().tables["partner"].c.name).execution_options(every_team=True)
    return set(conn.execute(query).scalars())


def last_number(conn: Connection) -> int:
    table = known().tables["last_id"]
    query = sa.select(table.c.value).where(table.c.team_id == "T1")
    last: int = conn.execute(query).scalar_one()
    return last
