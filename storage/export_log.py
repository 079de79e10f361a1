"""That something was taken out of the register, by whom, what and when; and the files Slack has."""

from collections.abc import Mapping, Sequence
from datetime import datetime

import sqlalchemy as sa

from bot.export import Format, Taken, Wanted, What
from storage.privacy import PERSON_PRIVACY
from storage.schema import METADATA, among, next_ids, team_column
from storage.types import Json, OneOf, PlainText, UtcDateTime

EXPORT_LOG = sa.Table(
    "export_log",
    METADATA,
    team_column(),
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("by", PlainText),  # None: at the command line
    sa.Column("at", UtcDateTime, nullable=False),  # before the first row was read
    sa.Column("format", OneOf(Format), nullable=False),
    sa.Column("what", OneOf(What)),
    sa.Column("filters", PlainText, nullable=False),
    sa.Column("counts", Json),  # None: it was begun, and not finished
    sa.Column("file", PlainText),  # its id in Slack, until it is deleted there
    sa.Index("ix_export_log_at", "team_id", "at"),
)


def begin(conn: sa.Connection, team: str, wanted: Wanted, *, by: str | None, at: datetime) -> int:
    """Log it, before anything is read, and return its number."""
    (new_id,) = next_ids(conn, team)
    asked = {"format": wanted.format, "what": wanted.what, "filters": str(wanted.filters)}
    row = {"team_id": team, "id": new_id, "by": by, "at": at, **asked}
    conn.execute(sa.insert(EXPORT_LOG).values(**row))
    return new_id


def finish(
    conn: sa.Connection,
    team: str,
    number: int,
    counts: Mapping[str, int],
    *,
    file: str | None = None,
) -> None:
    """Add what was written, and the file that went to Slack."""
    mine = sa.update(EXPORT_LOG).where(EXPORT_LOG.c.team_id == team, EXPORT_LOG.c.id == number)
    conn.execute(mine.values(counts=dict(counts), file=file))


def latest(conn: sa.Connection, team: str, limit: int) -> list[Taken]:
    """The last times, the newest first."""
    own = EXPORT_LOG.c
    query = sa.select(own.by, own.at, own.format, own.what, own.filters, own.counts)
    query = query.where(own.team_id == team).order_by(own.at.desc(), own.id.desc()).limit(limit)
    return [Taken(*row) for row in conn.execute(query)]


def outdated(conn: sa.Connection, team: str) -> list[tuple[str, str]]:
    """Files (and who has them) that may hold somebody who was forgotten after they were made."""
    own, person = EXPORT_LOG.c, PERSON_PRIVACY.c
    last = sa.select(sa.func.max(person.anonymised_at)).where(person.team_id == team)
    query = sa.select(own.file, own.by).where(
        own.team_id == team, own.file.is_not(None), own.at <= last.scalar_subquery()
    )
    return [(file, by) for file, by in conn.execute(query.order_by(own.at, own.id))]


def forget_files(conn: sa.Connection, team: str, files: Sequence[str]) -> None:
    """Slack has deleted these."""
    gone = among(EXPORT_LOG.c.file, files)
    conn.execute(sa.update(EXPORT_LOG).where(EXPORT_LOG.c.team_id == team, gone).values(file=None))
