"""That a huge library in the same database does not make a small one's search dearer."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import pytest
import sqlalchemy as sa

from bot.partner import Partner
from storage import partner_rows, partner_words
from storage.database import Store
from storage.partner_search import suggest
from storage.partner_tables import PARTNER

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
FEW, MANY = 20, 600
SLACK = 100  # steps or pages, for an index that is a level deeper
TYPED = (
    *("", "f", "fo", "foreningen", "foreningen dans", "dans 1", "f d"),
    *("forenigen", "dnas 1", "xyzzy", "foreningen xyzzy", "foreningendans"),
)


async def fill(store: Store, team: str, count: int) -> None:
    """With names that begin alike in every library, and words that only one partner has."""

    def insert(conn: sa.Connection) -> None:
        made = {"team_id": team, "version": 1, "created_by": "U1", "created_at": NOW}
        house = [
            Partner(f"Foreningen Dans {at} forenet{at:04}", id=at, note="foreningen danser i byen")
            for at in range(1, count + 1)
        ]
        conn.execute(
            sa.insert(PARTNER),
            [
                {**made, **partner_rows.own_row(one), "id": one.id, "touched_at": NOW}
                for one in house
            ],
        )
        partner_words.index(conn, team, *house)

    await store.write(insert)


async def work(store: Store, team: str, typed: str) -> int:
    """What a search costs: SQLite's own steps, and the pages that PostgreSQL looks at."""

    def on_sqlite(conn: sa.Connection) -> int:
        steps = 0

        def count() -> int:
            nonlocal steps
            steps += 1
            return 0

        driver: Any = conn.connection.driver_connection
        driver.set_progress_handler(count, 1)
        suggest(conn, team, typed)
        driver.set_progress_handler(None, 1)
        return steps

    def on_postgresql(conn: sa.Connection) -> int:
        with statements(conn) as sent:
            suggest(conn, team, typed)
        return sum(pages(conn, statement, values) for statement, values in sent)

    def either(conn: sa.Connection) -> int:
        return (on_sqlite if conn.dialect.name == "sqlite" else on_postgresql)(conn)

    return await store.read(either)


@contextmanager
def statements(conn: sa.Connection) -> Iterator[list[tuple[str, Any]]]:
    sent: list[tuple[str, Any]] = []

    def keep(_conn: object, _cursor: object, statement: str, values: Any, *_: object) -> None:
        sent.append((statement, values))

    sa.event.listen(conn, "before_cursor_execute", keep)
    yield sent
    sa.event.remove(conn, "before_cursor_execute", keep)


def pages(conn: sa.Connection, statement: str, values: Any) -> int:
    if statement.startswith("SET"):
        return 0
    explained = f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {statement}"
    plan = conn.exec_driver_sql(explained, values).scalar_one()[0]["Plan"]
    return int(plan["Shared Hit Blocks"]) + int(plan["Shared Read Blocks"])


async def test_a_huge_neighbour_adds_hardly_any_work_to_a_small_librarys_search(
    store: Store,
) -> None:
    await fill(store, "T1", FEW)
    alone = {typed: await work(store, "T1", typed) for typed in TYPED}
    found = {typed: await store.read(suggest, "T1", typed) for typed in TYPED}
    await fill(store, "T2", MANY)
    for typed in TYPED:
        assert await store.read(suggest, "T1", typed) == found[typed]
        beside = await work(store, "T1", typed)
        assert beside <= 1.5 * alone[typed] + SLACK, typed


@pytest.mark.parametrize(("typed", "most"), [("", 2), ("f", 2), ("dans", 4), ("xyzzy", 7)])
async def test_a_search_takes_few_statements(store: Store, typed: str, most: int) -> None:
    await fill(store, "T1", FEW)

    def count(conn: sa.Connection) -> int:
        with statements(conn) as sent:
            suggest(conn, "T1", typed)
        return len(sent)

    assert await store.read(count) <= most
