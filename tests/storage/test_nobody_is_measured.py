"""No view, export or figure per employee begins with no query for one."""

import ast
from pathlib import Path

import pytest
import sqlalchemy as sa

from storage.contact_tables import CONTACT
from storage.database import Store
from storage.partner_tables import CHANGE, TIE
from storage.schema import METADATA
from storage.tjek_tables import TJEK
from tests.storage.nobody_is_measured import is_colleague, measured, watched

STORAGE = Path(__file__).parents[2] / "storage"

COUNT = sa.func.count()
MINE = CONTACT.c.team_id == "T1"
BY_PARTNER = sa.select(CONTACT.c.partner_id, COUNT).where(MINE).group_by(CONTACT.c.partner_id)
INNER = sa.select(CONTACT.c.noted_by.label("who"), CONTACT.c.id).where(MINE).subquery()


def test_the_columns_with_colleagues_are_known() -> None:
    known = {
        f"{table.name}.{column.name}"
        for table in METADATA.tables.values()
        for column in table.columns
        if is_colleague(column.name)
    }
    assert {
        "asked_question.user_id",
        "contact.changed_by",
        "contact.noted_by",
        "partner.created_by",
        "partner_change.by",
        "partner_tie.user_id",
        "tjek.decided_by",
        "tjek.started_by",
        "tjek_answer.user_id",
    } <= known


@pytest.mark.parametrize(
    "statement",
    [
        BY_PARTNER,
        sa.select(COUNT).where(MINE),
        sa.select(CONTACT).where(MINE, CONTACT.c.noted_by == "U01"),
        sa.select(CONTACT.c.noted_by).where(MINE).order_by(CONTACT.c.noted_by),
        sa.select(CONTACT.c.noted_by).where(MINE).distinct(),
        sa.select(sa.func.lower(CONTACT.c.noted_by)).where(MINE),
        sa.select(sa.func.max(CONTACT.c.on)).where(MINE).group_by(CONTACT.c.kind),
        sa.select(sa.func.row_number().over(partition_by=CONTACT.c.partner_id)).where(MINE),
        sa.insert(CONTACT).values(team_id="T1", noted_by="U01"),
        sa.update(CONTACT).where(MINE).values(changed_by="U01"),
        sa.delete(CONTACT).where(MINE, CONTACT.c.noted_by == "U01"),
        sa.text("SELECT 1"),
    ],
)
def test_statements_that_measure_nobody(statement: sa.ClauseElement) -> None:
    assert measured(statement) == set()


@pytest.mark.parametrize(
    ("statement", "column"),
    [
        (sa.select(COUNT).where(MINE).group_by(CONTACT.c.noted_by), "noted_by"),
        (sa.select(COUNT).group_by(CONTACT.c.partner_id, CONTACT.c.noted_by), "noted_by"),
        (sa.select(COUNT).group_by(sa.func.lower(TJEK.c.decided_by)), "decided_by"),
        (sa.select(COUNT).group_by(CONTACT.alias().c.noted_by), "noted_by"),
        (sa.select(COUNT).select_from(INNER).group_by(INNER.c.who), "noted_by"),
        (sa.select(sa.select(COUNT).group_by(TIE.c.user_id).subquery()), "user_id"),
        (
            sa.select(COUNT).where(sa.exists().where(TIE.c.user_id == "U01")).group_by(CHANGE.c.by),
            "by",
        ),
        (
            sa.union_all(BY_PARTNER, sa.select(TJEK.c.id, COUNT).group_by(TJEK.c.started_by)),
            "started_by",
        ),
        (sa.select(sa.func.rank().over(partition_by=CONTACT.c.noted_by)), "noted_by"),
        (sa.select(sa.func.count(sa.distinct(CONTACT.c.noted_by))), "noted_by"),
    ],
)
def test_statements_that_do(statement: sa.ClauseElement, column: str) -> None:
    assert measured(statement) == {column}


async def test_an_executed_statement_that_measures_fails(store: Store) -> None:
    def count(conn: sa.Connection, by: sa.Column[str]) -> None:
        conn.execute(sa.select(COUNT).where(MINE).group_by(by)).all()

    with watched():
        await store.read(count, CONTACT.c.kind)
        with pytest.raises(AssertionError, match="adds up by"):
            await store.read(count, CONTACT.c.noted_by)


def test_no_code_in_storage_is_written_to_measure() -> None:
    """Also what no test happens to execute."""
    grouping = [
        f"{path.name}:{call.lineno} {name}"
        for path in STORAGE.glob("*.py")
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute)
        for argument in _telling_apart(call, call.func.attr)
        for name in _names(argument)
        if is_colleague(name)
    ]
    assert not grouping


def _telling_apart(call: ast.Call, called: str) -> list[ast.expr]:
    """The arguments that say what is one row, or one figure."""
    keywords = [one.value for one in call.keywords if one.arg in {"partition_by", "group_by"}]
    return keywords + (call.args if called in {"group_by", "count", "distinct", "Counter"} else [])


def _names(argument: ast.expr) -> set[str]:
    """The columns in it, by attribute (`c.noted_by`) or by key (`c["noted_by"]`)."""
    inside = list(ast.walk(argument))
    return {node.attr for node in inside if isinstance(node, ast.Attribute)} | {
        str(node.value) for node in inside if isinstance(node, ast.Constant)
    }
