"""What has happened to a partner, by moments: read page by page, and one change undone."""

from collections.abc import Collection, Mapping
from dataclasses import fields
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from bot.duplicate_merge import name_that_went
from bot.errors import UserError
from bot.evaluation_decision import Ended, is_decided
from bot.history import Logged, Merger, Page, Past
from bot.partner import Change, Partner
from bot.translation import mark
from storage import circle_course, circle_gate, evaluation_past, import_log
from storage.duplicate_snapshot import SIDES
from storage.duplicate_tables import MERGE
from storage.partner_tables import CHANGE, PARTNER, WORD, Origin
from storage.privacy import PERSON_PRIVACY

GONE = mark("That change is not in the history any more.")

_COLUMNS = [CHANGE.c.id, CHANGE.c.undo, *(CHANGE.c[field.name] for field in fields(Change))]


def counted(conn: sa.Connection, team: str, partner_id: int) -> Mapping[datetime, int]:
    """How many fields were changed at each moment."""
    query = (
        sa.select(CHANGE.c.at, sa.func.count().label("number"))
        .where(CHANGE.c.team_id == team, CHANGE.c.partner_id == partner_id)
        .group_by(CHANGE.c.at)
    )
    return {row.at: row.number for row in conn.execute(query)}


def past(conn: sa.Connection, team: str, partner: Partner) -> Past:
    """All that is told beside the log; `partner` is as it is now."""
    forgotten = sa.select(PERSON_PRIVACY.c.anonymised_at).where(
        PERSON_PRIVACY.c.team_id == team,
        PERSON_PRIVACY.c.partner_id == partner.id,
        PERSON_PRIVACY.c.anonymised_at.is_not(None),
    )
    return Past(
        partner,
        circle_course.of_partner(conn, team, partner.id),
        circle_gate.of_partner(conn, team, partner.id),
        _mergers(conn, team, partner.id),
        frozenset(conn.execute(forgotten).scalars()),
        import_log.of_partner(conn, team, partner),
        [
            Ended(evaluation, this)
            for this, evaluation in evaluation_past.of_partners(conn, team, [partner.id])
            if is_decided(this)
        ],
    )


def logged(conn: sa.Connection, team: str, partner_id: int, page: Page) -> list[Logged]:
    """The log of that page, in the order of the edits."""
    within = CHANGE.c.at.between(page.oldest, page.newest)
    query = _log(team, partner_id).where(within).order_by(CHANGE.c.id)
    return [_logged(row) for row in conn.execute(query).mappings()]


def together(conn: sa.Connection, team: str, partner_id: int, number: int) -> list[Logged]:
    """The change of that number, first, and the others of the same moment.

    Raises:
        UserError: it is not in the partner's log any more.
    """
    mine = _log(team, partner_id)
    one = conn.execute(mine.where(CHANGE.c.id == number)).mappings().one_or_none()
    if one is None:
        raise UserError(GONE)
    others = mine.where(CHANGE.c.at == one["at"], CHANGE.c.id != number).order_by(CHANGE.c.id)
    return [_logged(one), *(_logged(row) for row in conn.execute(others).mappings())]


def last_since(
    conn: sa.Connection, team: str, partner_id: int, number: int, names: Collection[str]
) -> Logged | None:
    """The last change of one of these fields after the change of that number."""
    later = _log(team, partner_id).where(CHANGE.c.id > number, CHANGE.c.field.in_(names))
    row = conn.execute(later.order_by(CHANGE.c.id.desc()).limit(1)).mappings().one_or_none()
    return _logged(row) if row else None


def note_undoing(conn: sa.Connection, team: str, partner: Partner) -> None:
    """The edit that the partner has just come out of undid another."""
    mine = (CHANGE.c.team_id == team, CHANGE.c.partner_id == partner.id)
    edit = CHANGE.c.version == partner.version
    conn.execute(sa.update(CHANGE).where(*mine, edit).values(undo=True))


def of_same_cvr(conn: sa.Connection, team: str, partner: Partner) -> str | None:
    """The name of another partner with the CVR number of this one."""
    if not partner.cvr:
        return None
    same = (WORD.c.word == partner.cvr, WORD.c.origin == Origin.IDENTITY)
    here = sa.select(WORD.c.partner_id).where(WORD.c.team_id == team, *same)
    query = sa.select(PARTNER.c.name).where(
        PARTNER.c.team_id == team, PARTNER.c.id.in_(here), PARTNER.c.id != partner.id
    )
    return conn.execute(query.order_by(PARTNER.c.id).limit(1)).scalar_one_or_none()


def _mergers(conn: sa.Connection, team: str, partner_id: int) -> list[Merger]:
    """Those that it came out of, and, once they were undone, those that it had gone into."""
    mine = (MERGE.c.kept_id == partner_id) | (MERGE.c.gone_id == partner_id)
    # Of what is kept for a month.
    names = (MERGE.c.snapshot[side, "name"].as_string() for side in SIDES)
    columns = (MERGE.c.by, MERGE.c.at, MERGE.c.undone_by, MERGE.c.undone_at, *names)
    query = sa.select(*columns).where(MERGE.c.team_id == team, mine).order_by(MERGE.c.id)
    return [
        Merger(by, at, name_that_went(*(name or "" for name in names)), undone_by, undone_at)
        for by, at, undone_by, undone_at, *names in conn.execute(query)
    ]


def _log(team: str, partner_id: int) -> sa.Select[Any]:
    return sa.select(*_COLUMNS).where(CHANGE.c.team_id == team, CHANGE.c.partner_id == partner_id)


def _logged(row: sa.RowMapping) -> Logged:
    values = {field.name: row[field.name] for field in fields(Change)}
    return Logged(row["id"], Change(**values), bool(row["undo"]))
