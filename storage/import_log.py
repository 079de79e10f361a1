"""The imports there were, for the coordinator."""

from collections.abc import Sequence

import sqlalchemy as sa

from bot.errors import UserError
from bot.import_undo import Imported
from bot.partner import Partner
from bot.translation import mark
from storage.import_tables import IMPORT, IMPORT_PARTNER
from storage.partner_tables import CHANGE
from storage.privacy import PERSON_PRIVACY
from storage.schema import among

_GONE = mark("I do not know of that import any more.")


_COLUMNS = [
    IMPORT.c[name]
    for name in ("id", "by", "at", "file", "counts", "undone_by", "undone_at", "last_id")
]


def latest(conn: sa.Connection, team: str, limit: int) -> list[Imported]:
    """The last ones, the newest first."""
    query = sa.select(*_COLUMNS).where(IMPORT.c.team_id == team)
    newest = query.order_by(IMPORT.c.at.desc(), IMPORT.c.id.desc()).limit(limit)
    return [Imported(**row) for row in conn.execute(newest).mappings()]


def existing(conn: sa.Connection, team: str, number: int, *, lock: bool = False) -> Imported:
    """One of them.

    Raises:
        UserError: there is no such import.
    """
    query = sa.select(*_COLUMNS).where(IMPORT.c.team_id == team, IMPORT.c.id == number)
    row = conn.execute(query.with_for_update() if lock else query).mappings().one_or_none()
    if row is None:
        raise UserError(_GONE)
    return Imported(**row)


def of_partner(conn: sa.Connection, team: str, partner: Partner) -> list[Imported]:
    """Those that brought or changed it, or a card that has become part of it; the oldest first."""
    own, its, log = IMPORT.c, IMPORT_PARTNER.c, CHANGE.c
    mine = sa.select(its.import_id).where(its.team_id == team, its.partner_id == partner.id)
    # What came along from another card is known by its moment only.
    moments = sa.select(log.at).where(log.team_id == team, log.partner_id == partner.id)
    query = sa.select(*_COLUMNS).where(
        own.team_id == team, sa.or_(own.id.in_(mine), own.at.in_(moments))
    )
    rows = conn.execute(query.order_by(own.at, own.id)).mappings()
    return [Imported(**row) for row in rows]


def keep_file(conn: sa.Connection, team: str, number: int, file: str) -> None:
    """Remember the file of rows that were left out, by its id in Slack."""
    mine = sa.update(IMPORT).where(IMPORT.c.team_id == team, IMPORT.c.id == number)
    conn.execute(mine.values(refused=file))


def outdated(conn: sa.Connection, team: str) -> list[tuple[str, str]]:
    """Files (and who has them) that may hold somebody who was forgotten after they were made."""
    own, person = IMPORT.c, PERSON_PRIVACY.c
    last = sa.select(sa.func.max(person.anonymised_at)).where(person.team_id == team)
    query = sa.select(own.refused, own.by).where(
        own.team_id == team, own.refused.is_not(None), own.at <= last.scalar_subquery()
    )
    return [(file, by) for file, by in conn.execute(query.order_by(own.at, own.id))]


def forget_files(conn: sa.Connection, team: str, files: Sequence[str]) -> None:
    """Slack has deleted these."""
    gone = among(IMPORT.c.refused, files)
    conn.execute(sa.update(IMPORT).where(IMPORT.c.team_id == team, gone).values(refused=None))
