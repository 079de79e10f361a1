"""The files about a person that the bot has sent, to be deleted when she is forgotten.

Slack keeps the files; here stand their ids only, until Slack has deleted them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from storage import export_log, import_log
from storage.privacy import PERSON_PRIVACY
from storage.schema import METADATA, among, team_column
from storage.types import PlainText, UtcDateTime

_SENT_FILE = sa.Table(
    "sent_file",
    METADATA,
    team_column(),
    sa.Column("file", PlainText, primary_key=True),
    sa.Column("person_id", sa.Integer, nullable=False),
    sa.Column("by", PlainText, nullable=False),
    sa.Column("at", UtcDateTime, nullable=False),
    sa.Index("ix_sent_file_person", "team_id", "person_id"),
)


@dataclass(frozen=True)
class SentFile:
    """A file by its id in Slack, and the colleague who asked for it and got it."""

    file: str
    person_id: int | None  # None: it is about many (storage/export_log.py)
    by: str


def keep(
    conn: sa.Connection,
    team: str,
    person_id: int,
    files: Sequence[str],
    *,
    by: str,
    at: datetime,
) -> None:
    """Remember that these files about the person were sent to `by`."""
    about = {"team_id": team, "person_id": person_id, "by": by, "at": at}
    conn.execute(sa.insert(_SENT_FILE), [{**about, "file": file} for file in files])


def to_delete(conn: sa.Connection, team: str) -> list[SentFile]:
    """The files about persons since forgotten that Slack still has, the oldest first.

    Then those taken out of the register before somebody was forgotten, who may stand in them.
    """
    own = _SENT_FILE.c
    forgotten = sa.select(PERSON_PRIVACY.c.person_id).where(
        PERSON_PRIVACY.c.team_id == team, PERSON_PRIVACY.c.anonymised_at.is_not(None)
    )
    query = sa.select(own.file, own.person_id, own.by).where(
        own.team_id == team, own.person_id.in_(forgotten)
    )
    found = [SentFile(*row) for row in conn.execute(query.order_by(own.at, own.file))]
    taken_out = [*export_log.outdated(conn, team), *import_log.outdated(conn, team)]
    return found + [SentFile(file, None, by) for file, by in taken_out]


def forget(conn: sa.Connection, team: str, files: Sequence[str]) -> None:
    """Slack has deleted these."""
    gone = among(_SENT_FILE.c.file, files)
    conn.execute(sa.delete(_SENT_FILE).where(_SENT_FILE.c.team_id == team, gone))
    export_log.forget_files(conn, team, files)
    import_log.forget_files(conn, team, files)
