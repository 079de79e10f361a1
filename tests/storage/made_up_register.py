"""Registers that nobody would think of: rows of every table in a backup, by what the tables say.

They keep to primary keys, unique indexes and foreign keys, and to nothing else, so that a new table
is in the registers as soon as it is in METADATA.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from hypothesis import strategies as st

from storage.backup_tables import carried
from storage.partner_rows import FACETS
from storage.types import Json, OneOf, PlainText, UtcDateTime, storable

Row = dict[str, Any]


class Register(dict[str, list[Row]]):
    """Rows by table."""

    def __repr__(self) -> str:
        """Hypothesis prints what it made up, and a register is too long to be read."""
        return f"<{sum(map(len, self.values()))} rows>"


MOST_ROWS = 2  # of a table
LONG = "lang " * 5_000
_INT32 = 2**31 - 1

_AWKWARD = st.sampled_from(
    [
        "",
        "\0",
        "a\0b",
        "🦄👩‍👩‍👧",
        "=1+1",
        "'; DROP TABLE partner;--",
        "\ud800",
        "\r\n\u2028",
        "æøåÆØÅ",
        "é é",
    ]
)
_TEXTS = (_AWKWARD | st.text()).map(storable)
# An index of PostgreSQL takes no entry of more than 2,700 bytes.
_SHORT = _TEXTS.map(lambda text: text[:100])
_LONG_TOO = _TEXTS | st.just(LONG)
_JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | _TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_TEXTS, inner, max_size=3),
    max_leaves=6,
).filter(lambda value: value is not None)  # None is SQL's NULL
# Not so near the end of time that it lies beyond it elsewhere.
_FIRST, _LAST = (datetime.fromisoformat(day) for day in ("0001-01-03", "9999-12-29"))
# In UTC, for a moment that a zone's clocks leave out or show twice equals nothing in another zone.
_MOMENTS = st.datetimes(_FIRST, _LAST, timezones=st.timezones()).map(
    lambda moment: moment.astimezone(UTC)
)
_PLAIN: Mapping[type[sa.types.TypeEngine[Any]], st.SearchStrategy[Any]] = {
    sa.Boolean: st.booleans(),
    sa.Date: st.dates(),
    UtcDateTime: _MOMENTS,
    Json: _JSON,
}
# What is read as a Partner when the search is rebuilt must be one.
_ONE_OF: Mapping[tuple[str, str], Sequence[str]] = {
    ("partner_tag", "facet"): [name for name, kind in FACETS.items() if kind is str],
}


@st.composite
def registers(draw: st.DrawFn) -> Register:
    """Rows for every table that a backup carries, of two libraries."""
    made = Register()
    for table in carried():
        assert not [one for one in table.constraints if isinstance(one, sa.CheckConstraint)]
        rows: list[Row] = []
        for _ in range(draw(st.integers(0, MOST_ROWS))):
            row = _row(draw, table, made)
            if row is not None and not _is_there(table, row, rows):
                rows.append(row)
        made[table.name] = rows
    return made


def insert(conn: sa.Connection, register: Register) -> None:
    """Store the rows."""
    for table in carried():
        for row in register[table.name]:
            conn.execute(sa.insert(table).values(**row))


def everything(conn: sa.Connection) -> Register:
    """What stands in the tables of a backup, in an order that is the same on both databases."""
    found = Register()
    for table in carried():
        query = sa.select(table).execution_options(every_team=True)
        found[table.name] = [dict(row) for row in conn.execute(query).mappings()]
    return in_order(found)


def in_order(register: Register) -> Register:
    """The rows of each table by their keys."""
    found = Register()
    for table in carried():
        keys = _keys(table)
        found[table.name] = sorted(
            register[table.name], key=lambda row: str([row[k] for k in keys])
        )
    return found


def _keys(table: sa.Table) -> list[str]:
    return [column.name for column in table.primary_key]


def _row(draw: st.DrawFn, table: sa.Table, made: Register) -> Row | None:
    """None where a row must refer to one that is not there."""
    row: Row = {"team_id": draw(st.sampled_from(["T1", "T2"]))}
    for key in sorted(table.foreign_key_constraints, key=lambda key: str(key.name)):
        columns = [column.name for column in key.columns if column.name != "team_id"]
        parents = [one for one in made[key.referred_table.name] if one["team_id"] == row["team_id"]]
        nullable = all(table.c[name].nullable for name in columns)
        if not parents and not nullable:
            return None
        parent = draw(st.sampled_from([*parents, None] if nullable else parents))
        for element in key.elements:
            if element.parent.name != "team_id":
                row[element.parent.name] = parent[element.column.name] if parent else None
    for column in table.columns:
        if column.name not in row:
            row[column.name] = draw(_values(table, column))
    return row


def _values(table: sa.Table, column: sa.Column[Any]) -> st.SearchStrategy[Any]:
    found = _not_null(table, column)
    return st.none() | found if column.nullable else found


def _not_null(table: sa.Table, column: sa.Column[Any]) -> st.SearchStrategy[Any]:
    if (table.name, column.name) in _ONE_OF:
        return st.sampled_from(_ONE_OF[table.name, column.name])
    if isinstance(column.type, OneOf):
        return st.sampled_from(tuple(column.type.kind.__members__.values()))
    if isinstance(column.type, PlainText):
        return _SHORT if _is_indexed(table, column) else _LONG_TOO
    if isinstance(column.type, sa.Integer):
        lowest = 1 if column.primary_key else -_INT32 - 1  # numbers come from a counter
        return st.integers(lowest, _INT32 // 2)
    (found,) = [made for kind, made in _PLAIN.items() if isinstance(column.type, kind)]
    return found


def _is_indexed(table: sa.Table, column: sa.Column[Any]) -> bool:
    return column.primary_key or any(column.name in one.columns for one in table.indexes)


def _is_there(table: sa.Table, row: Row, rows: Sequence[Row]) -> bool:
    """Whether a key of that row is taken; a unique index on some of the rows counts as on all."""
    keys = [_keys(table)]
    keys += [list(one.columns.keys()) for one in table.indexes if one.unique]
    keys += [
        list(one.columns.keys())
        for one in table.constraints
        if isinstance(one, sa.UniqueConstraint)
    ]
    return any(all(row[k] == other[k] for k in key) for key in keys for other in rows)
