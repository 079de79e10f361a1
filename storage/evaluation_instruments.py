"""How a library has changed the instruments: every change is kept, none overwritten."""

from collections.abc import Sequence
from dataclasses import fields, replace
from typing import Any

import sqlalchemy as sa

from bot.evaluation_instruments import NEW, Change, Put, instruments_of, own_id
from bot.evaluation_questions import Instruments
from storage.schema import METADATA, next_ids, team_column
from storage.types import PlainText, UtcDateTime

_QUESTION = sa.Table(
    "evaluation_question",
    METADATA,
    team_column(),
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("instrument_id", PlainText, nullable=False),
    sa.Column("question_id", PlainText, nullable=False),  # empty: the instrument itself
    sa.Column("theme", PlainText, nullable=False),
    sa.Column("text_da", PlainText, nullable=False),
    sa.Column("why_da", PlainText, nullable=False),
    sa.Column("text_en", PlainText, nullable=False),
    sa.Column("why_en", PlainText, nullable=False),
    sa.Column("on", sa.Boolean, nullable=False),
    sa.Column("by", PlainText, nullable=False),
    sa.Column("at", UtcDateTime, nullable=False),
)

_PUT = [field.name for field in fields(Put)]


def instruments(conn: sa.Connection, team: str) -> Instruments:
    """What the library asks now."""
    return instruments_of(changes(conn, team))


def changes(conn: sa.Connection, team: str, *, lock: bool = False) -> Sequence[Change]:
    """All changes, the oldest first; `lock` before adding one that was decided by them."""
    if lock:
        next_ids(conn, team, 0)  # there may be no row yet: the team's counter is locked instead
    query = sa.select(_QUESTION).where(_QUESTION.c.team_id == team).order_by(_QUESTION.c.id)
    return [_change(row) for row in conn.execute(query).mappings()]


def add(conn: sa.Connection, team: str, change: Change) -> Change:
    """Store a change and return it as stored; what is new is given its id."""
    (new_id,) = next_ids(conn, team)
    put = change.put
    if not put.instrument_id:
        put = replace(put, instrument_id=own_id(new_id))
    if put.question_id == NEW:
        put = replace(put, question_id=own_id(new_id))
    stored = Change(put, change.by, change.at, new_id)
    row = {name: getattr(put, name) for name in _PUT}
    row |= {"team_id": team, "id": new_id, "by": change.by, "at": change.at}
    conn.execute(sa.insert(_QUESTION).values(**row))
    return stored


def _change(row: sa.RowMapping) -> Change:
    values: dict[str, Any] = {name: row[name] for name in _PUT}
    return Change(Put(**values), row["by"], row["at"], row["id"])
