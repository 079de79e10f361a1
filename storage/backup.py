"""Taking a backup: every row that is carried, as the database was at one moment."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import IO, Any

import sqlalchemy as sa

from bot.backup import BATCH, Writer
from storage.backup_tables import as_written, carried, described
from storage.migrate import revision


def count(conn: sa.Connection, *, team: str | None) -> int:
    """How many rows there are to write."""
    counts = (sa.select(sa.func.count()).select_from(table) for table in carried())
    queries = (_of(query, team) for query in counts)
    return sum(conn.execute(query).scalar_one() for query in queries)


def save(
    conn: sa.Connection,
    file: IO[bytes],
    *,
    team: str | None,
    now: datetime,
    told: Callable[[int], None],
) -> Writer:
    """Write the whole file; `told` hears how many rows were written since it heard last.

    `team` is one library, or None for all of them. It takes one transaction, however long, because
    rows that were read at different moments may refer to one that is not there.
    """
    to = Writer(file, str(revision(conn)), now)
    for table in carried():
        to.begin(described(table))
        for rows in _rows(conn, table, team):
            for row in rows:
                to.add(tuple(row))
            told(len(rows))
    to.close()
    return to


def _rows(
    conn: sa.Connection, table: sa.Table, team: str | None
) -> Iterator[list[sa.Row[tuple[Any, ...]]]]:
    plain = as_written(described(table))  # also a word that this program does not know
    query = sa.select(plain).order_by(*(plain.c[key.name] for key in table.primary_key))
    found = conn.execute(_of(query, team), execution_options={"yield_per": BATCH})
    for rows in found.partitions():
        yield list(rows)


def _of(query: sa.Select[Any], team: str | None) -> sa.Select[Any]:
    if team is None:
        return query.execution_options(every_team=True)
    (table,) = query.get_final_froms()
    return query.where(table.c.team_id == team)
