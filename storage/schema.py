"""What all tables share: one MetaData, the team column, numbers, and what the dialects spell apart.

Every table begins its primary key with `team_id`, and every statement names it: one hosted bot
serves many libraries, and none may ever see another's rows.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TypeVar

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from storage.types import PlainText

T = TypeVar("T")

METADATA = sa.MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(referred_table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)


def team_column() -> sa.Column[str]:
    """The library (Slack's team id) that a row belongs to: first in every primary key."""
    return sa.Column("team_id", PlainText, primary_key=True)


# SQLite cannot count by itself in a key of two columns, and a number must never be given out
# again: an old button in Slack would then open another library's partner, or the wrong one.
_LAST_ID = sa.Table(
    "last_id",
    METADATA,
    team_column(),
    sa.Column("value", sa.Integer, nullable=False),
)


def next_ids(conn: sa.Connection, team: str, count: int = 1) -> range:
    """`count` new ids, unique within the team over all its tables.

    Takes a lock per team until the end of the transaction, the last one. Two who wait for each
    other are refused, so locks are taken in one order everywhere: the partner, the round about it,
    then its check or its evaluation, then this. A row that names a partner waits for its lock, too:
    hold the partner before the number is taken.
    """
    statement = _insert(conn, _LAST_ID).values(team_id=team, value=count)
    last: int = conn.execute(
        statement.on_conflict_do_update(
            index_elements=[_LAST_ID.c.team_id],
            set_={"value": _LAST_ID.c.value + statement.excluded.value},
        ).returning(_LAST_ID.c.value)
    ).scalar_one()
    return range(last - count + 1, last + 1)


def insert_once(conn: sa.Connection, table: sa.Table, row: Mapping[str, object]) -> bool:
    """Insert unless its primary key, or another unique one, is there; whether it was inserted."""
    statement = _insert(conn, table).values(**row).on_conflict_do_nothing()
    return conn.execute(statement).rowcount == 1


def upsert(conn: sa.Connection, table: sa.Table, *rows: Mapping[str, object]) -> None:
    """Insert rows of equal columns; where the primary key is there already, take the new values."""
    if not rows:
        return
    statement = _insert(conn, table)
    keys = [column.name for column in table.primary_key]
    new = {name: statement.excluded[name] for name in rows[0] if name not in keys}
    conn.execute(statement.on_conflict_do_update(index_elements=keys, set_=new), list(rows))


def merge(
    conn: sa.Connection,
    table: sa.Table,
    key: Mapping[str, object],
    by: str,
    column: str,
    given: Mapping[str, str | None],
    at: datetime,
) -> None:
    """Keep what is given by the values of `by`: nothing, or an empty text, deletes that row.

    What is not named stays. `key` is the rest of the primary key.
    """
    cleared = [item for item, value in given.items() if not value]
    if cleared:
        mine = [table.c[name] == value for name, value in key.items()]
        conn.execute(sa.delete(table).where(*mine, among(table.c[by], cleared)))
    kept = {item: value for item, value in given.items() if value}
    upsert(conn, table, *({**key, by: item, column: kept[item], "at": at} for item in kept))


def among(column: sa.ColumnElement[T], values: Sequence[T]) -> sa.ColumnElement[bool]:
    """`column IN (...)`, padded."""
    return column.in_(padded(values))


def padded(values: Sequence[T]) -> Sequence[T]:
    """The values, the last one repeated up to a power of two.

    PostgreSQL prepares and plans a statement anew for each length of list that it meets.
    """
    if not values:
        return []
    length = 1 << (len(values) - 1).bit_length()
    return [*values, *[values[-1]] * (length - len(values))]


def _insert(conn: sa.Connection, table: sa.Table) -> sqlite.Insert | postgresql.Insert:
    if conn.dialect.name == "postgresql":
        return postgresql.insert(table)
    return sqlite.insert(table)
