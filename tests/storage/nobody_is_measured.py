"""Nobody is measured: no statement groups, ranks or tells apart rows by colleague."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa
from sqlalchemy.sql import visitors
from sqlalchemy.sql.elements import ClauseElement, Over
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.sql.selectable import GenerativeSelect, Select

_ALIKE: set[object] = set()  # seen and found in order


@contextmanager
def watched() -> Iterator[list[str]]:
    """Fail on every statement of any engine that adds up by colleague.

    They are collected too, for a bot turns what a statement raises into a sentence to its user.
    """
    refused: list[str] = []

    def check(_conn: sa.Connection, statement: ClauseElement, *_: Any) -> None:
        key = statement._generate_cache_key()
        alike = key.key if key else None  # but for the values
        if alike in _ALIKE:
            return
        if found := measured(statement):
            refused.append(f"adds up by {sorted(found)}: {statement}")
            raise AssertionError(refused[-1])
        if alike:
            _ALIKE.add(alike)

    sa.event.listen(sa.Engine, "before_execute", check)
    try:
        yield refused
    finally:
        sa.event.remove(sa.Engine, "before_execute", check)


def is_colleague(name: str) -> bool:
    """Whether a column of that name holds a colleague's Slack user id."""
    return name in {"by", "user_id", "responsible", "deputy"} or name.endswith("_by")


def measured(statement: ClauseElement) -> set[str]:
    """The columns with colleagues that a statement groups, partitions or counts by."""
    found: set[str] = set()
    for part in visitors.iterate(statement):
        for clause in _told_apart(part):
            found |= _colleagues_in(clause)
    return found


def _told_apart(part: Any) -> Iterator[Any]:
    """What makes rows of one value into one, or numbers them within it."""
    if isinstance(part, GenerativeSelect):
        yield from part._group_by_clauses
    if isinstance(part, Select):
        yield from part._distinct_on
    if isinstance(part, Over) and part.partition_by is not None:
        yield part.partition_by
    if isinstance(part, FunctionElement) and getattr(part, "name", "") == "count":
        yield part.clauses


def _colleagues_in(clause: ClauseElement) -> set[str]:
    """Also behind labels, expressions, and the columns of a query inside."""
    return {
        base.name
        for element in visitors.iterate(clause)
        for base in getattr(element, "base_columns", ())
        if is_colleague(getattr(base, "name", None) or "")
    }
