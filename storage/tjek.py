"""Checks of a partner or an idea, with each person's answers and notes."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from bot.errors import UserError
from bot.tjek import Answer, Check, Decision, Sheet
from bot.translation import mark
from storage import partner_rows
from storage.schema import among, merge, next_ids
from storage.tjek_tables import ANSWER, NOTE, TJEK

_DRAFT = TJEK.c.finished_at.is_(None) & TJEK.c.decision.is_(None)


def _by_starter(table: sa.Table) -> sa.ColumnElement[bool]:
    mine = (table.c.tjek_id == TJEK.c.id) & (table.c.user_id == TJEK.c.started_by)
    return sa.exists().where(table.c.team_id == TJEK.c.team_id, mine)


# A form that merely stood open is nothing to come back to.
_BEGUN = _by_starter(ANSWER) | _by_starter(NOTE)
# Built once: it is asked at every `/partner tjek`, and nearly always in vain.
_NEWEST_DRAFT = (
    sa.select(TJEK.c.id)
    .where(TJEK.c.team_id == sa.bindparam("team"), TJEK.c.started_by == sa.bindparam("user"))
    .where(_DRAFT, _BEGUN)
    .order_by(TJEK.c.started_at.desc(), TJEK.c.id.desc())
    .limit(1)
)
# The columns of the check's own row.
OWN = [field.name for field in fields(Check) if field.name in TJEK.c]
GONE = mark("This check is no longer there. Start a new one with `/partner tjek`.")


def start(conn: sa.Connection, team: str, check: Check) -> Check:
    """Store a new check, its sheets and the questions' wording included."""
    (new_id,) = next_ids(conn, team)
    row = {name: getattr(check, name) for name in OWN} | {"id": new_id}
    conn.execute(sa.insert(TJEK).values(team_id=team, **row))
    for user, sheet in check.sheets.items():
        _write_sheet(conn, team, new_id, user, sheet.answers, sheet.notes, check.started_at)
    (stored,) = _load(conn, team, TJEK.c.id == new_id)
    return stored


def get(conn: sa.Connection, team: str, tjek_id: int, *, lock: bool = False) -> Check | None:
    """One check with all sheets; `lock` it when it will change in this transaction."""
    found = _load(conn, team, TJEK.c.id == tjek_id, lock=lock)
    return found[0] if found else None


def get_many(conn: sa.Connection, team: str, ids: Sequence[int]) -> list[Check]:
    """The checks of these ids that exist, with all sheets."""
    return _load(conn, team, among(TJEK.c.id, ids))


def draft_of(conn: sa.Connection, team: str, user: str) -> Check | None:
    """The newest check that the person has answered or noted something in, and not finished."""
    newest = conn.execute(_NEWEST_DRAFT, {"team": team, "user": user}).scalar_one_or_none()
    return get(conn, team, newest) if newest is not None else None


def unbegun(conn: sa.Connection, team: str, like: Check) -> list[Check]:
    """The same person's checks of the same idea in which she has answered nothing yet."""
    same = (TJEK.c[name] == getattr(like, name) for name in ("started_by", "partner_name", "idea"))
    of = TJEK.c.partner_id == like.partner_id  # IS NULL where there is none
    return _load(conn, team, sa.and_(*same, of, _DRAFT, ~_BEGUN), order=(TJEK.c.id.desc(),))


def waiting_for(conn: sa.Connection, team: str, user: str, *, limit: int) -> list[Check]:
    """The checks that the person began and has not decided, the newest first."""
    hers = (TJEK.c.started_by == user) & TJEK.c.decision.is_(None)
    open_ones = hers & (TJEK.c.finished_at.is_not(None) | _BEGUN)
    order = (TJEK.c.started_at.desc(), TJEK.c.id.desc())
    return _load(conn, team, open_ones, order=order, limit=limit)


def decided_by(conn: sa.Connection, team: str, user: str, *, limit: int) -> list[Check]:
    """The checks that the person decided, the latest first: her own to find again, no count."""
    order = (TJEK.c.decided_at.desc(), TJEK.c.id.desc())
    return _load(conn, team, TJEK.c.decided_by == user, order=order, limit=limit)


def of_partner(conn: sa.Connection, team: str, partner_id: int, limit: int = 5) -> list[Check]:
    """The finished checks of a partner, the newest first."""
    finished = (TJEK.c.partner_id == partner_id) & TJEK.c.finished_at.is_not(None)
    order = (TJEK.c.finished_at.desc(), TJEK.c.id.desc())
    return _load(conn, team, finished, order=order, limit=limit)


def finished(
    conn: sa.Connection, team: str, which: sa.ColumnElement[bool], limit: int | None = None
) -> list[Check]:
    """Those that are no drafts, in the order they were begun; `which` is a condition on TJEK."""
    return _load(conn, team, which & ~_DRAFT, order=(TJEK.c.id,), limit=limit)


def under_way(conn: sa.Connection, team: str, partner_id: int, since: datetime) -> list[Check]:
    """The unfinished checks of a partner that were begun since then, the newest first."""
    drafts = (TJEK.c.partner_id == partner_id) & (TJEK.c.started_at >= since) & _DRAFT
    return _load(conn, team, drafts, order=(TJEK.c.started_at.desc(), TJEK.c.id.desc()))


def save_sheet(
    conn: sa.Connection,
    team: str,
    tjek_id: int,
    user: str,
    *,
    answers: Mapping[str, Answer | None],
    notes: Mapping[str, str],
    page: str,
    now: datetime,
) -> None:
    """Merge into the person's sheet: None or an empty note clears, what is not named stays.

    Raises:
        UserError: the check was discarded meanwhile.
    """
    _change(conn, team, tjek_id, page=page)
    _write_sheet(conn, team, tjek_id, user, answers, notes, now)


def finish(conn: sa.Connection, team: str, tjek_id: int, now: datetime) -> None:
    """Mark as answered to the end; a second time moves the moment. Raises UserError as above."""
    _change(conn, team, tjek_id, finished_at=now)


def unfinish(conn: sa.Connection, team: str, tjek_id: int) -> None:
    """A draft again, at the page it stood at. Raises UserError as above."""
    _change(conn, team, tjek_id, finished_at=None)


def begin_anew(conn: sa.Connection, team: str, check: Check) -> None:
    """A check that nothing was answered in, begun at another time. Raises UserError as above."""
    values = {name: getattr(check, name) for name in ("started_at", "wording")}
    _change(conn, team, check.id, **values)
    restate(conn, team, check)


def restate(conn: sa.Connection, team: str, check: Check) -> None:
    """Put who, what and how thoroughly anew; the answers stay. Raises UserError as above."""
    stated = ("form", "partner_id", "partner_name", "idea", "short", "gone_on", "page")
    _change(conn, team, check.id, **{name: getattr(check, name) for name in stated})


def reopen(conn: sa.Connection, team: str, tjek_id: int, *, page: str) -> None:
    """Go on with a finished short check at that page. Raises UserError as above."""
    _change(conn, team, tjek_id, finished_at=None, page=page, gone_on=True)


def decide(
    conn: sa.Connection,
    team: str,
    tjek_id: int,
    *,
    decision: Decision,
    reason: str,
    by: str,
    now: datetime,
) -> None:
    """Store a person's own conclusion in place of a former one. Raises UserError as above."""
    _change(conn, team, tjek_id, decision=decision, reason=reason, decided_by=by, decided_at=now)


def keep_reason(conn: sa.Connection, team: str, tjek_id: int, *, reason: str) -> None:
    """Keep the line of a decision that was put off. Raises UserError as above."""
    _change(conn, team, tjek_id, reason=reason)


def discard(conn: sa.Connection, team: str, tjek_id: int, user: str) -> None:
    """Delete a draft with its answers; only the person who started it can, and only unfinished."""
    draft = (TJEK.c.id == tjek_id) & (TJEK.c.started_by == user) & _DRAFT
    conn.execute(sa.delete(TJEK).where(TJEK.c.team_id == team, draft))


def _change(conn: sa.Connection, team: str, tjek_id: int, **values: object) -> None:
    statement = sa.update(TJEK).where(TJEK.c.team_id == team, TJEK.c.id == tjek_id)
    if conn.execute(statement.values(**values)).rowcount != 1:
        raise UserError(GONE)


def _write_sheet(
    conn: sa.Connection,
    team: str,
    tjek_id: int,
    user: str,
    answers: Mapping[str, Answer | None],
    notes: Mapping[str, str],
    now: datetime,
) -> None:
    key = {"team_id": team, "tjek_id": tjek_id, "user_id": user}
    merge(conn, ANSWER, key, "question_id", "answer", answers, now)
    merge(conn, NOTE, key, "page", "note", notes, now)


def _load(
    conn: sa.Connection,
    team: str,
    which: sa.ColumnElement[bool],
    *,
    order: Sequence[sa.ColumnElement[Any]] = (),
    limit: int | None = None,
    lock: bool = False,
) -> list[Check]:
    if lock:
        partner_rows.hold(conn, team, TJEK, which)
    query = sa.select(*(TJEK.c[name] for name in OWN)).where(TJEK.c.team_id == team, which)
    query = query.order_by(*order).limit(limit)
    rows = conn.execute(query.with_for_update() if lock else query).mappings().all()
    sheets = _sheets(conn, team, [row["id"] for row in rows])
    return [Check(**row, sheets=sheets[row["id"]]) for row in rows]


def _sheets(conn: sa.Connection, team: str, ids: Sequence[int]) -> Mapping[int, dict[str, Sheet]]:
    sheets: defaultdict[int, dict[str, Sheet]] = defaultdict(dict)
    for table in (ANSWER, NOTE):
        query = sa.select(table).where(table.c.team_id == team, among(table.c.tjek_id, ids))
        for row in conn.execute(query.order_by(table.c.at)) if ids else ():
            sheet = sheets[row.tjek_id].setdefault(row.user_id, Sheet())
            if table is ANSWER:
                sheet.answers[row.question_id] = row.answer
            else:
                sheet.notes[row.page] = row.note
    return sheets
