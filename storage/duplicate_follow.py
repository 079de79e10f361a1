"""All that hangs on a partner and follows it to another, and what is remembered to bring it back.

What is remembered is numbers and keys, and the few rows of which the other had one already.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from storage.circle_tables import ACTIVITY, GATE, MOVE, QUESTION, TRIAL
from storage.contact_tables import ASKED, CONTACT
from storage.contact_who import ANSWER as WHO_ANSWER
from storage.contact_who import QUESTION as WHO_QUESTION
from storage.evaluation_tables import EVALUATION, MOVED
from storage.import_tables import IMPORT_PARTNER
from storage.partner_sort import SKIPPED
from storage.partner_tables import CHANGE, PERSON, TAG, TIE, WORD
from storage.privacy import PERSON_PRIVACY
from storage.reminder_tables import HANDOVER, OWN, TOLD
from storage.round_tables import ROUND
from storage.schema import among, padded
from storage.tjek_tables import TJEK
from storage.types import UtcDateTime

# Written anew with the partner itself.
REWRITTEN = (TAG, PERSON, TIE, WORD)
FOLLOWING = (
    CONTACT,
    MOVE,
    GATE,
    ACTIVITY,
    TRIAL,
    QUESTION,
    TJEK,
    ROUND,
    EVALUATION,
    MOVED,
    WHO_QUESTION,
    PERSON_PRIVACY,
    CHANGE,
    TOLD,
    OWN,
    HANDOVER,
)
# Of these there is one for a partner and a colleague, or a field: what the other has already is put
# aside.
ONE_EACH = (ASKED, WHO_ANSWER, SKIPPED)
# These tell which number was meant at the time; who reads them finds that it leads on.
STAYING = (IMPORT_PARTNER,)

Moved = dict[str, Any]  # as JSON carries it
_NOT_KEYS = {"team_id", "partner_id"}


def follow(conn: sa.Connection, team: str, source: int, target: int) -> Moved:
    """Hang on `target` what hangs on `source`; what is needed to bring it back."""
    moved: Moved = {"versions": _versions(conn, team, source), "aside": {}}
    moved["aside"][QUESTION.name] = _take(conn, QUESTION, _asked_twice(team, source, target))
    for table in ONE_EACH:
        moved["aside"][table.name] = _take(conn, table, _doubled(table, team, source, target))
    for table in (*FOLLOWING, *ONE_EACH):
        mine = (table.c.team_id == team, table.c.partner_id == source)
        keys = conn.execute(sa.select(*_keys(table)).where(*mine)).all()
        moved[table.name] = [list(key) for key in dict.fromkeys(map(tuple, keys))]
        conn.execute(sa.update(table).where(*mine).values(partner_id=target))
    moved["about"] = _about(conn, team, source)
    _change_subject(conn, team, moved["about"], target)
    return moved


def bring_back(conn: sa.Connection, team: str, moved: Moved, source: int, target: int) -> None:
    """Undo follow(); what was taken to another partner since, or deleted, stays so."""
    for table in (*FOLLOWING, *ONE_EACH):
        if keys := moved.get(table.name):
            those = sa.tuple_(*_keys(table)).in_(padded([tuple(key) for key in keys]))
            here = (table.c.team_id == team, table.c.partner_id == target, those)
            conn.execute(sa.update(table).where(*here).values(partner_id=source))
    _change_subject(conn, team, moved["about"], source)
    if versions := [{"number": number, "was": was} for number, was in moved["versions"]]:
        logged = (CHANGE.c.team_id == team, CHANGE.c.id == sa.bindparam("number"))
        back = sa.update(CHANGE).where(*logged).values(version=sa.bindparam("was"))
        conn.execute(back, versions)
    for table in (QUESTION, *ONE_EACH):
        if rows := moved["aside"].get(table.name):
            conn.execute(sa.insert(table), [restored(table, row) for row in rows])


def plain(row: Mapping[Any, Any]) -> dict[str, Any]:
    """A row as JSON carries it."""
    return {
        str(name): value.isoformat() if isinstance(value, date) else value
        for name, value in row.items()
    }


def restored(table: sa.Table, row: Mapping[str, Any]) -> dict[str, Any]:
    """The row again."""
    read = {UtcDateTime: datetime.fromisoformat, sa.Date: date.fromisoformat}
    return {
        name: read[type(table.c[name].type)](value)
        if value is not None and type(table.c[name].type) in read
        else value
        for name, value in row.items()
    }


def _versions(conn: sa.Connection, team: str, source: int) -> list[list[int]]:
    """The log's versions, which become the first: no form of the other card has to hear of them."""
    mine = (CHANGE.c.team_id == team, CHANGE.c.partner_id == source)
    rows = conn.execute(sa.select(CHANGE.c.id, CHANGE.c.version).where(*mine)).all()
    conn.execute(sa.update(CHANGE).where(*mine).values(version=1))
    return [[row.id, row.version] for row in rows]


def _about(conn: sa.Connection, team: str, source: int) -> list[int]:
    """The questions whose subject is the partner itself."""
    mine = (QUESTION.c.team_id == team, QUESTION.c.subject_id == source)
    return list(conn.execute(sa.select(QUESTION.c.id).where(*mine)).scalars())


def _change_subject(conn: sa.Connection, team: str, questions: list[int], subject: int) -> None:
    these = (QUESTION.c.team_id == team, among(QUESTION.c.id, questions))
    conn.execute(sa.update(QUESTION).where(*these).values(subject_id=subject))


def _asked_twice(team: str, source: int, target: int) -> Sequence[sa.ColumnElement[bool]]:
    """The same question about both on the same day is asked once."""
    other = QUESTION.alias()
    same = sa.exists().where(
        other.c.team_id == team,
        other.c.subject_id == target,
        other.c.kind == QUESTION.c.kind,
        other.c.due_on == QUESTION.c.due_on,
    )
    return QUESTION.c.team_id == team, QUESTION.c.subject_id == source, same


def _doubled(
    table: sa.Table, team: str, source: int, target: int
) -> Sequence[sa.ColumnElement[bool]]:
    other = table.alias()
    equal = [other.c[key.name] == key for key in _keys(table)]
    same = sa.exists().where(other.c.team_id == team, other.c.partner_id == target, *equal)
    return table.c.team_id == team, table.c.partner_id == source, same


def _take(
    conn: sa.Connection, table: sa.Table, which: Sequence[sa.ColumnElement[bool]]
) -> list[dict[str, Any]]:
    rows = [plain(row) for row in conn.execute(sa.select(table).where(*which)).mappings()]
    conn.execute(sa.delete(table).where(*which))
    return rows


def _keys(table: sa.Table) -> list[sa.Column[Any]]:
    """What tells its rows apart: their number, where they have one (a gate's rows share theirs)."""
    if "id" in table.c:
        return [table.c.id]
    return [column for column in table.primary_key if column.name not in _NOT_KEYS]
