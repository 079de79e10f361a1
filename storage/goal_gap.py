"""What the pictures of white spots count, added up in SQL."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa

from bot.circle import Level
from bot.circle_question import Kind as Asks
from bot.goal_gap import Dimension, Facts
from bot.goal_gap_count import Alike, Values, counted
from bot.partner import Kind, Room, Status
from bot.workspace import Workspace
from storage import workspace as settings_of
from storage.circle_picture import in_circle
from storage.circle_tables import QUESTION
from storage.partner_tables import PARTNER, TAG

# The fields of a partner that its values stand in; its kind stands in its own row.
FACET = {Dimension.ROOM: "rooms", Dimension.AGE: "age_groups", Dimension.GOAL: "goals"}
_DIMENSION = {facet: dimension for dimension, facet in FACET.items()}

# What is put between values in one text; none of them holds it (bot.text.clean).
_AND, _IS = "\x1e", "\x1f"


def facts(conn: sa.Connection, team: str, today: date, branch: str = "") -> Facts:
    """What the library's relations are, of one branch or of all; linear in how many there are.

    Whoever was kindly told no is no start before the day that the letter names.
    """
    values = _values(settings_of.settings(conn, team))
    relations = _relations(team, today, branch)
    work = _alike(conn, team, relations, Dimension.ROOM, Dimension.AGE)
    goals = _alike(conn, team, relations, Dimension.GOAL) if values[Dimension.GOAL] else ()
    return counted(branch, values, _by_kind(conn, relations), work, goals)


def branches(conn: sa.Connection, team: str) -> Sequence[str]:
    """Those that the library has named, in its order, and any others that relations have."""
    used = sa.select(PARTNER.c.branch).where(*in_sight(team), PARTNER.c.branch != "").distinct()
    named = settings_of.settings(conn, team).branches
    others = conn.execute(used.order_by(PARTNER.c.branch)).scalars()
    return tuple(dict.fromkeys([*named, *others]))


def in_sight(team: str) -> Sequence[sa.ColumnElement[bool]]:
    """The relations in the circle, which are counted, and the possible ones: a start, no more."""
    return in_circle(team, Status.POSSIBLE)


def is_start(team: str, today: date) -> sa.ColumnElement[bool]:
    """Of those, who could be a start: nobody closer than the network, nor told no for now."""
    own = PARTNER.c
    far = (own.status == Status.POSSIBLE) | (own.level == Level.NETWORK)
    return far & ~is_told_no(team, today)


def is_told_no(team: str, today: date) -> sa.ColumnElement[bool]:
    """Who was kindly told no, before the day that the letter names."""
    told_no = sa.select(QUESTION.c.partner_id).where(
        QUESTION.c.team_id == team,
        QUESTION.c.kind == Asks.AFTER_NO,
        QUESTION.c.answered_at.is_(None),
        QUESTION.c.withdrawn_at.is_(None),
        QUESTION.c.due_on > today,
    )
    return PARTNER.c.id.in_(told_no)


def _values(library: Workspace) -> Values:
    """What the library itself sorts by, in its order."""
    return {
        Dimension.ROOM: tuple(Room),
        Dimension.AGE: library.age_groups,
        Dimension.KIND: tuple(kind for kind in Kind if kind not in library.kinds_off),
        Dimension.GOAL: library.goals,
    }


def _relations(team: str, today: date, branch: str) -> sa.Select[Any]:
    own = PARTNER.c
    level = sa.case((own.status == Status.POSSIBLE, None), else_=own.level)
    start = sa.case((is_start(team, today), 1), else_=0)
    told_no = sa.case((is_told_no(team, today), 1), else_=0)
    query = sa.select(level.label("level"), start.label("start"), told_no.label("told_no")).where(
        *in_sight(team)
    )
    return query.where(own.branch == branch) if branch else query


def _by_kind(conn: sa.Connection, relations: sa.Select[Any]) -> Iterator[Alike]:
    for row in _added_up(conn, relations.add_columns(PARTNER.c.kind)):
        values = {Dimension.KIND: (row.kind,)} if row.kind else {}
        yield Alike(row.number, row.level, bool(row.start), values, bool(row.told_no))


def _alike(
    conn: sa.Connection, team: str, relations: sa.Select[Any], *dimensions: Dimension
) -> Iterator[Alike]:
    """The relations that have any of these."""
    has = TAG.c.facet.concat(_IS).concat(TAG.c.value)
    tags = (
        sa.select(TAG.c.partner_id, sa.func.aggregate_strings(has, _AND).label("has"))
        .where(TAG.c.team_id == team, TAG.c.facet.in_([FACET[one] for one in dimensions]))
        .group_by(TAG.c.partner_id)
        .subquery()
    )
    joined = relations.add_columns(tags.c.has).join(tags, tags.c.partner_id == PARTNER.c.id)
    for row in _added_up(conn, joined):
        values = _split(row.has)
        yield Alike(row.number, row.level, bool(row.start), values, bool(row.told_no))


def _added_up(conn: sa.Connection, relations: sa.Select[Any]) -> sa.CursorResult[Any]:
    """How many there are of which all columns are the same."""
    each = relations.subquery()
    return conn.execute(sa.select(*each.c, sa.func.count().label("number")).group_by(*each.c))


def _split(has: str) -> dict[Dimension, list[str]]:
    found: dict[Dimension, list[str]] = defaultdict(list)
    for one in has.split(_AND):
        facet, _, value = one.partition(_IS)
        found[_DIMENSION[facet]].append(value)
    return found
