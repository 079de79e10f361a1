"""Which relations carry which of the library's goals; and what becomes of them with the list.

A relation is a partner in the circle; a card outside it can carry goals too, and is not counted.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from bot.circle import RINGS, TOGETHER, Level
from bot.goal import NAMED, Overview, Relation
from storage import workspace
from storage.circle_picture import OUTWARDS, in_circle
from storage.duplicate_snapshot import SIDES
from storage.duplicate_tables import MERGE
from storage.partner_tables import CHANGE, PARTNER, TAG
from storage.schema import among, next_ids

GOALS = "goals"  # the facet

_ORDER = (OUTWARDS, PARTNER.c.folded_name, PARTNER.c.id)
_RELATION = (PARTNER.c.id, PARTNER.c.name, PARTNER.c.level, PARTNER.c.kind)


def overview(conn: sa.Connection, team: str) -> Overview:
    """Each goal of the library with what carries it, and how much is tied to none."""
    goals = workspace.settings(conn, team).goals
    carried_by = carried(conn, team)
    first = {goal: _first(conn, team, goal, carried_by.get(goal, {})) for goal in goals}
    return Overview(goals, carried_by, first, count_without(conn, team, goals))


def carried(conn: sa.Connection, team: str) -> Mapping[str, Mapping[Level, int]]:
    """By goal, how many relations of each level carry it; what nobody carries is not in it."""
    query = (
        sa.select(TAG.c.value, PARTNER.c.level, sa.func.count())
        .join_from(TAG, PARTNER, _same_partner())
        .where(TAG.c.team_id == team, TAG.c.facet == GOALS, *in_circle(team))
        .group_by(TAG.c.value, PARTNER.c.level)
    )
    found: defaultdict[str, dict[Level, int]] = defaultdict(dict)
    for goal, level, number in conn.execute(query):
        found[goal][level] = number
    return found


def carriers(
    conn: sa.Connection, team: str, goal: str, *, limit: int, offset: int = 0
) -> list[Relation]:
    """Relations that carry the goal, from the middle of the circle outwards, then by name."""
    tagged = PARTNER.c.id.in_(_tagged(team, [goal]))
    return _listed(conn, team, tagged, limit=limit, offset=offset)


def without(
    conn: sa.Connection, team: str, goals: Sequence[str], *, limit: int, offset: int = 0
) -> list[Relation]:
    """Partnerships, then collaborations, that carry none of the goals."""
    return _listed(conn, team, *_untied(team, goals), limit=limit, offset=offset)


def count_without(conn: sa.Connection, team: str, goals: Sequence[str]) -> Mapping[Level, int]:
    """How many partnerships and collaborations carry none of the goals."""
    query = sa.select(PARTNER.c.level, sa.func.count()).where(*in_circle(team))
    rows = conn.execute(query.where(*_untied(team, goals)).group_by(PARTNER.c.level))
    return {row[0]: row[1] for row in rows}


def bearing(conn: sa.Connection, team: str, goals: Collection[str]) -> Mapping[str, int]:
    """By goal, how many partners it would be taken off: the archived and ended ones too."""
    query = sa.select(TAG.c.value, sa.func.count()).where(
        TAG.c.team_id == team, TAG.c.facet == GOALS, among(TAG.c.value, sorted(goals))
    )
    return {row[0]: row[1] for row in conn.execute(query.group_by(TAG.c.value))}


def take_off(
    conn: sa.Connection, team: str, goals: Collection[str], *, by: str, now: datetime
) -> int:
    """Take the goals off all partners, an edit of each; how many they were."""
    if not goals:
        return 0
    tagged = _tagged(team, goals)
    query = sa.select(PARTNER.c.id, PARTNER.c.version).where(
        PARTNER.c.team_id == team, PARTNER.c.id.in_(tagged)
    )
    held = conn.execute(query.order_by(PARTNER.c.id).with_for_update()).all()
    if not held:
        return 0
    before = _chosen(conn, team, tagged)
    mine = (PARTNER.c.team_id == team, PARTNER.c.id.in_(tagged))
    edited = {"version": PARTNER.c.version + 1, "touched_at": now}
    conn.execute(sa.update(PARTNER).where(*mine).values(**edited))
    off = (TAG.c.team_id == team, TAG.c.facet == GOALS, TAG.c.value.in_(sorted(goals)))
    conn.execute(sa.delete(TAG).where(*off))
    _rename_in_snapshots(conn, team, dict.fromkeys(goals, ""))
    numbers = next_ids(conn, team, len(held))
    rows = [
        {
            "team_id": team,
            "id": number,
            "partner_id": row.id,
            "version": row.version + 1,
            "field": GOALS,
            "before": before[row.id],
            "after": [goal for goal in before[row.id] if goal not in goals],
            "by": by,
            "at": now,
        }
        for number, row in zip(numbers, held, strict=True)
    ]
    conn.execute(sa.insert(CHANGE), rows)
    return len(held)


def rename(conn: sa.Connection, team: str, names: Mapping[str, str]) -> None:
    """Call the goals otherwise wherever they stand, which is no edit of a card.

    On the cards, in their history, on cards made one that can be taken apart again, and in the
    lives of those.
    """
    if not names:
        return
    called = sa.case(dict(names), value=TAG.c.value, else_=TAG.c.value)
    mine = (TAG.c.team_id == team, TAG.c.facet == GOALS, TAG.c.value.in_(sorted(names)))
    _leave_one(conn, team, names)
    conn.execute(sa.update(TAG).where(*mine).values(value=called))
    _rename_in_history(conn, team, names)
    _rename_in_snapshots(conn, team, names)
    _rename_in_lives(conn, team, names)


def _leave_one(conn: sa.Connection, team: str, names: Mapping[str, str]) -> None:
    """Where a card has the new name already (it had left the list), the old one goes."""
    for old, new in names.items():
        if new in names:
            continue
        there = sa.select(TAG.c.partner_id).where(
            TAG.c.team_id == team, TAG.c.facet == GOALS, TAG.c.value == new
        )
        ids = list(conn.execute(there).scalars())
        twice = (TAG.c.team_id == team, TAG.c.facet == GOALS, TAG.c.value == old)
        conn.execute(sa.delete(TAG).where(*twice, among(TAG.c.partner_id, ids)))


def _rename_in_history(conn: sa.Connection, team: str, names: Mapping[str, str]) -> None:
    query = sa.select(CHANGE.c.id, CHANGE.c.before, CHANGE.c.after).where(
        CHANGE.c.team_id == team, CHANGE.c.field == GOALS
    )
    again = [
        {"of": row.id, "then": _called(row.before, names), "now": _called(row.after, names)}
        for row in conn.execute(query)
        if not {*row.before, *row.after}.isdisjoint(names)
    ]
    if again:
        mine = (CHANGE.c.team_id == team, CHANGE.c.id == sa.bindparam("of"))
        values: dict[str, sa.BindParameter[Any]] = {
            "before": sa.bindparam("then"),
            "after": sa.bindparam("now"),
        }
        conn.execute(sa.update(CHANGE).where(*mine).values(**values), again)


def _rename_in_snapshots(conn: sa.Connection, team: str, names: Mapping[str, str]) -> None:
    """On cards made one that can be taken apart again; a goal without a name goes."""
    query = sa.select(MERGE.c.id, MERGE.c.snapshot).where(
        MERGE.c.team_id == team, MERGE.c.snapshot.is_not(None)
    )
    for row in conn.execute(query).all():
        snapshot: dict[str, Any] = row.snapshot
        sides = {
            side: {**snapshot[side], GOALS: _called(snapshot[side].get(GOALS, []), names)}
            for side in SIDES
        }
        mine = sa.update(MERGE).where(MERGE.c.team_id == team, MERGE.c.id == row.id)
        conn.execute(mine.values(snapshot={**snapshot, **sides}))


def _rename_in_lives(conn: sa.Connection, team: str, names: Mapping[str, str]) -> None:
    """In what is kept of cards made one, for the figures of a year."""
    query = sa.select(MERGE.c.id, MERGE.c.past).where(
        MERGE.c.team_id == team, MERGE.c.past.is_not(None)
    )
    for row in conn.execute(query).all():
        past = [
            {**step, "card": {**step["card"], GOALS: _called(step["card"][GOALS], names)}}
            for step in row.past
        ]
        mine = sa.update(MERGE).where(MERGE.c.team_id == team, MERGE.c.id == row.id)
        conn.execute(mine.values(past=past))


def _called(goals: Sequence[str], names: Mapping[str, str]) -> list[str]:
    return list(dict.fromkeys(filter(None, (names.get(goal, goal) for goal in goals))))


def _chosen(conn: sa.Connection, team: str, ids: sa.Select[Any]) -> Mapping[int, list[str]]:
    """By partner, its goals in their order."""
    query = sa.select(TAG.c.partner_id, TAG.c.value).where(
        TAG.c.team_id == team, TAG.c.facet == GOALS, TAG.c.partner_id.in_(ids)
    )
    found: defaultdict[int, list[str]] = defaultdict(list)
    for row in conn.execute(query.order_by(TAG.c.partner_id, TAG.c.position)):
        found[row.partner_id].append(row.value)
    return found


def _first(
    conn: sa.Connection, team: str, goal: str, counted: Mapping[Level, int]
) -> list[Relation]:
    """As the first of `carriers`, but ring by ring, by the names' index: it stops at the third."""
    tagged = (TAG.c.team_id == team, TAG.c.partner_id == PARTNER.c.id)
    carries = sa.exists().where(*tagged, TAG.c.facet == GOALS, TAG.c.value == goal)
    found: list[Relation] = []
    for level in (level for level in RINGS if counted.get(level)):
        if len(found) < NAMED:
            query = sa.select(*_RELATION).where(*in_circle(team), PARTNER.c.level == level)
            by_name = query.where(carries).order_by(PARTNER.c.folded_name, PARTNER.c.id)
            rows = conn.execute(by_name.limit(NAMED - len(found)))
            found += [Relation(*row) for row in rows]
    return found


def _listed(
    conn: sa.Connection, team: str, *which: sa.ColumnElement[bool], limit: int, offset: int
) -> list[Relation]:
    query = sa.select(*_RELATION).where(*in_circle(team), *which).order_by(*_ORDER)
    return [Relation(*row) for row in conn.execute(query.limit(limit).offset(offset))]


def _tagged(team: str, goals: Collection[str]) -> sa.Select[Any]:
    return sa.select(TAG.c.partner_id).where(
        TAG.c.team_id == team, TAG.c.facet == GOALS, TAG.c.value.in_(sorted(goals))
    )


def _untied(team: str, goals: Sequence[str]) -> tuple[sa.ColumnElement[bool], ...]:
    return PARTNER.c.level.in_(TOGETHER), PARTNER.c.id.not_in(_tagged(team, goals))


def _same_partner() -> sa.ColumnElement[bool]:
    return (PARTNER.c.team_id == TAG.c.team_id) & (PARTNER.c.id == TAG.c.partner_id)
