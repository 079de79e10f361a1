"""How a library has changed the questions of the check: every change is kept, none overwritten."""

from collections.abc import Sequence
from dataclasses import fields, replace
from typing import Any

import sqlalchemy as sa

from bot.tjek_questions import Change, Put, own_id
from storage.schema import METADATA, next_ids, team_column
from storage.types import PlainText, UtcDateTime

_QUESTION = sa.Table(
    "tjek_question",
    METADATA,
    team_column(),
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("question_id", PlainText, nullable=False),
    sa.Column("page", PlainText, nullable=False),
    sa.Column("text_da", PlainText, nullable=False),
    sa.Column("why_da", PlainText, nullable=False),
    sa.Column("short_da", PlainText, nullable=False),
    sa.Column("text_en", PlainText, nullable=False),
    sa.Column("why_en", PlainText, nullable=False),
    sa.Column("short_en", PlainText, nullable=False),
    sa.Column("on", sa.Boolean, nullable=False),
    sa.Column("stop", sa.Boolean, nullable=False),
    sa.Column("short_check", sa.Boolean, nullable=False),
    sa.Column("by", PlainText, nullable=False),
    sa.Column("at", UtcDateTime, nullable=False),
)

_PUT = [field.name for field in fields(Put)]


def changes(conn: sa.Connection, team: str, *, lock: bool = False) -> Sequence[Change]:
    """All changes, the oldest first; `lock` before adding one that was decided by them."""
    if lock:
        next_ids(conn, team, 0)  # there may be no row yet: the team's counter is locked instead
    query = sa.select(_QUESTION).where(_QUESTION.c.team_id == team).order_by(_QUESTION.c.id)
    return [_change(row) for row in conn.execute(query).mappings()]


def add(conn: sa.Connection, team: str, change: Change) -> Change:
    """Store a change and return it as stored; a new question is given its id."""
    (new_id,) = next_ids(conn, team)
    put = replace(change.put, question_id=change.put.question_id or own_id(new_id))
    stored = replace(change, put=put, id=new_id)
    row = {name: getattr(put, name) for name in _PUT}
    row |= {"team_id": team, "id": new_id, "by": change.by, "at": change.at}
    conn.execute(sa.insert(_QUESTION).values(**row))
    return stored


def _change(row: sa.RowMapping) -> Change:
    values: dict[str, Any] = {name: row[name] for name in _PUT}
    return Change(Put(**values), row["by"], row["at"], row["id"])
