"""Every statement on our tables names the team, checked when it is executed.

A table counts as constrained where `team_id` equals a bound value, or the `team_id` of a table that
is constrained, in a condition that must hold (not below OR or NOT). What is meant for all teams
says so by `execution_options(every_team=True)`, as migrations do for their connection.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa
from sqlalchemy.sql import operators
from sqlalchemy.sql.elements import (
    BinaryExpression,
    BindParameter,
    BooleanClauseList,
    ClauseElement,
    Grouping,
    TextClause,
)
from sqlalchemy.sql.selectable import AliasedReturnsRows, Join, SelectBase

from storage.schema import METADATA

Sources = frozenset[Any]

# Seen and found in order. To look takes as long as to compile, and tests send them thousands of
# times.
_ALIKE: set[object] = set()


@contextmanager
def watched() -> Iterator[None]:
    """Fail on the first statement of any engine that touches a table without naming the team."""
    sa.event.listen(sa.Engine, "before_execute", _check)
    try:
        yield
    finally:
        sa.event.remove(sa.Engine, "before_execute", _check)


def unconstrained(statement: ClauseElement, *, parameters: Iterable[str] = ()) -> set[str]:
    """The tables of ours that a statement reads or writes without naming the team."""
    if isinstance(statement, TextClause):
        return {name for name in METADATA.tables if re.search(rf"\b{name}\b", statement.text)}
    if isinstance(statement, sa.Insert):
        named = {getattr(key, "name", key) for key in statement._values or ()} | set(parameters)
        ours = _table(statement.table) is not None
        return {statement.table.name} if ours and "team_id" not in named else set()
    if isinstance(statement, sa.Update | sa.Delete):
        return _in_scope(statement, [statement.table], [statement.whereclause], frozenset())
    if isinstance(statement, SelectBase):
        return _in_query(statement, frozenset())
    return set()


def _check(
    _conn: sa.Connection,
    statement: ClauseElement,
    many: list[dict[str, Any]],
    one: dict[str, Any],
    options: Mapping[str, Any],
) -> None:
    if options.get("every_team"):
        return
    parameters = frozenset({*one, *(many[0] if many else ())})
    key = statement._generate_cache_key()
    alike = (key.key, parameters) if key else None  # but for the values
    if alike in _ALIKE:
        return
    found = unconstrained(statement, parameters=parameters)
    assert not found, f"{sorted(found)} without team_id in: {statement}"
    if alike:
        _ALIKE.add(alike)


def _in_query(query: SelectBase, outer: Sources) -> set[str]:
    if not isinstance(query, sa.Select):
        inner = (_in_query(part, source) for part, source in _queries_below(query, outer))
        return set().union(*inner)
    froms, conditions = _flattened(query.get_final_froms())
    mine = [source for source in froms if source not in outer]  # the others are the outer query's
    return _in_scope(query, mine, [*conditions, query.whereclause], outer)


def _in_scope(
    statement: ClauseElement, froms: list[Any], conditions: list[Any], outer: Sources
) -> set[str]:
    ours = {source for source in froms if _table(source) is not None}
    equal = [pair for condition in conditions for pair in _equalities(condition)]
    safe = set(outer)
    while more := {one for one, other in equal if other is None or other in safe} - safe:
        safe |= more
    found = {_table(source).name for source in ours - safe}
    below = _queries_below(statement, frozenset(froms) | outer)
    return found.union(*(_in_query(query, around) for query, around in below))


def _table(source: Any) -> Any:
    """The table of ours behind a FROM element, None where there is none."""
    table = source.element if isinstance(source, sa.Alias) else source
    return table if isinstance(table, sa.Table) and table.metadata is METADATA else None


def _flattened(froms: Iterable[Any]) -> tuple[list[Any], list[Any]]:
    sources, conditions = [], []
    for source in froms:
        if isinstance(source, Join):
            inner, more = _flattened([source.left, source.right])
            sources += inner
            conditions += [*more, source.onclause]
        else:
            sources.append(source)
    return sources, conditions


def _equalities(condition: Any) -> Iterator[tuple[Any, Any]]:
    """(source, None) where its team_id equals a value; (one, other) where two are equal."""
    if isinstance(condition, Grouping):
        yield from _equalities(condition.element)
    elif isinstance(condition, BooleanClauseList) and condition.operator is operators.and_:
        for clause in condition.clauses:
            yield from _equalities(clause)
    elif isinstance(condition, BinaryExpression) and condition.operator is operators.eq:
        one, other = (_source_of_team(side) for side in (condition.left, condition.right))
        if one is not None and other is not None:
            yield from ((one, other), (other, one))
        elif one is not None and isinstance(condition.right, BindParameter):
            yield one, None
        elif other is not None and isinstance(condition.left, BindParameter):
            yield other, None


def _source_of_team(side: Any) -> Any:
    return side.table if isinstance(side, sa.ColumnClause) and side.name == "team_id" else None


def _queries_below(element: ClauseElement, froms: Sources) -> Iterator[tuple[SelectBase, Sources]]:
    """The nearest queries inside; one in FROM cannot refer to its neighbours, one elsewhere can."""
    for child in element.get_children():
        if isinstance(child, AliasedReturnsRows) and isinstance(child.element, SelectBase):
            yield child.element, frozenset()
        elif isinstance(child, SelectBase):
            yield child, froms
        elif not isinstance(child, sa.Table):
            yield from _queries_below(child, froms)
