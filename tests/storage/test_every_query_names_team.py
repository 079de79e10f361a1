import re
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.dialects import sqlite

from storage.database import Store
from storage.partner_tables import PARTNER, TIE, WORD
from storage.schema import METADATA
from tests.storage.every_query_names_team import unconstrained

STORAGE = Path(__file__).parents[2] / "storage"

IN_TEAM = PARTNER.c.team_id == "T1"
ALIAS = PARTNER.alias()
SAME_TEAM = PARTNER.c.team_id == TIE.c.team_id
SAME_PARTNER = PARTNER.c.id == TIE.c.partner_id
TIES = sa.select(TIE.c.partner_id)


# Whose library it is stands in no link, so the link's own hash finds it.
ACROSS_TEAMS = {"ix_evaluation_link_token"}


def test_every_table_begins_its_key_with_the_team() -> None:
    assert METADATA.tables
    for table in METADATA.tables.values():
        assert next(iter(table.primary_key)).name == "team_id", table.name
        for index in table.indexes:
            if index.name in ACROSS_TEAMS:
                continue
            assert next(iter(index.columns)).name == "team_id", index.name
        for key in table.foreign_key_constraints:
            assert key.column_keys[0] == "team_id", key.name


def test_raw_sql_stays_where_there_are_no_tables() -> None:
    raw = re.compile(r"exec_driver_sql|\btext\(")
    using = {path.stem for path in STORAGE.glob("*.py") if raw.search(path.read_text())}
    assert using == {"migrate"}


@pytest.mark.parametrize(
    "statement",
    [
        sa.select(PARTNER).where(IN_TEAM),
        sa.select(PARTNER).where(IN_TEAM, PARTNER.c.id == 1, PARTNER.c.archived.is_(False)),
        sa.select(PARTNER).where(IN_TEAM & sa.or_(PARTNER.c.id == 1, PARTNER.c.id == 2)),
        sa.select(PARTNER).where(sa.bindparam("team") == PARTNER.c.team_id),
        sa.select(PARTNER).join(TIE, SAME_TEAM & SAME_PARTNER).where(IN_TEAM),
        sa.select(PARTNER).where(IN_TEAM, PARTNER.c.id.in_(TIES.where(TIE.c.team_id == "T1"))),
        sa.select(PARTNER).where(IN_TEAM, sa.exists().where(SAME_TEAM, SAME_PARTNER)),
        sa.union_all(sa.select(PARTNER).where(IN_TEAM), sa.select(PARTNER).where(IN_TEAM)),
        sa.select(sa.select(PARTNER).where(IN_TEAM).subquery()),
        sa.select(sa.select(PARTNER).where(IN_TEAM).cte()),
        sa.select(sa.select(PARTNER.c.id).where(IN_TEAM).scalar_subquery()),
        sa.update(PARTNER).where(IN_TEAM).values(name="x"),
        sa.delete(PARTNER).where(IN_TEAM),
        sa.insert(PARTNER).values(team_id="T1"),
        sqlite.insert(PARTNER).values({"team_id": "T1"}).on_conflict_do_nothing(),
        sa.select(sa.literal(1)),
        sa.text("SELECT 1"),
        sa.select(sa.table("alembic_version", sa.column("version_num"))),
    ],
)
def test_statements_that_name_the_team(statement: sa.ClauseElement) -> None:
    assert unconstrained(statement) == set()


@pytest.mark.parametrize(
    "statement",
    [
        sa.select(PARTNER),
        sa.select(PARTNER).where(PARTNER.c.id == 1),
        sa.select(PARTNER).where(sa.or_(IN_TEAM, PARTNER.c.id == 1)),
        sa.select(PARTNER).where(sa.not_(IN_TEAM)),
        sa.select(PARTNER).where(PARTNER.c.team_id != "T1"),
        sa.select(PARTNER).where(PARTNER.c.team_id == PARTNER.c.name),
        sa.select(PARTNER, ALIAS.c.id).where(IN_TEAM, ALIAS.c.id == PARTNER.c.id),
        sa.select(ALIAS),
        sa.select(TIE).join(PARTNER, SAME_PARTNER).where(TIE.c.team_id == "T1"),
        sa.select(TIE).join(PARTNER, SAME_PARTNER, isouter=True).where(TIE.c.team_id == "T1"),
        sa.select(TIE).where(TIE.c.team_id == "T1", TIE.c.partner_id.in_(sa.select(PARTNER.c.id))),
        sa.select(TIE).where(TIE.c.team_id == "T1", sa.exists().where(SAME_PARTNER)),
        sa.union_all(sa.select(PARTNER).where(IN_TEAM), sa.select(PARTNER)),
        sa.select(sa.select(PARTNER).subquery()),
        sa.select(PARTNER).where(IN_TEAM).join(sa.select(PARTNER.c.id).subquery(), sa.true()),
        sa.select(sa.select(PARTNER).cte()),
        sa.select(sa.select(PARTNER.c.id).scalar_subquery()),
        sa.update(PARTNER).values(name="x"),
        sa.update(PARTNER).where(PARTNER.c.id == 1).values(team_id="T1"),
        sa.delete(PARTNER).where(PARTNER.c.id == 1),
        sa.delete(TIE).where(TIE.c.team_id == "T1", TIE.c.partner_id.in_(sa.select(PARTNER.c.id))),
        sa.insert(PARTNER).values(name="x"),
        sa.text("SELECT * FROM partner WHERE team_id = 'T1'"),
    ],
)
def test_statements_that_do_not(statement: sa.ClauseElement) -> None:
    assert unconstrained(statement) == {"partner"}


async def test_an_executed_statement_without_the_team_fails_here(store: Store) -> None:
    def execute(conn: sa.Connection, statement: sa.Executable) -> None:
        conn.execute(statement)

    for statement in (sa.select(WORD.c.word), sa.delete(WORD)):
        with pytest.raises(AssertionError, match="without team_id"):
            await store.write(execute, statement)
    every = sa.select(WORD.c.word).execution_options(every_team=True)
    await store.read(execute, every)


def test_two_tables_of_the_same_unnamed_team_are_both_found() -> None:
    statement = sa.select(TIE).join(PARTNER, SAME_TEAM & SAME_PARTNER)
    assert unconstrained(statement) == {"partner", "partner_tie"}
