"""That somebody saw a person's details, or had her forgotten: when, by whom and why."""

import re
from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from bot.privacy import scrubbed
from bot.privacy_everything import Event, LogLine
from storage.schema import METADATA, among, next_ids, team_column
from storage.types import OneOf, PlainText, UtcDateTime

_DISCLOSURE = sa.Table(
    "disclosure",
    METADATA,
    team_column(),
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("person_id", sa.Integer, nullable=False),
    sa.Column("what", OneOf(Event), nullable=False),
    sa.Column("purpose", PlainText, nullable=False),
    sa.Column("by", PlainText, nullable=False),
    sa.Column("at", UtcDateTime, nullable=False),
    sa.Index("ix_disclosure_person", "team_id", "person_id"),
)


def log_disclosure(
    conn: sa.Connection,
    team: str,
    person_id: int,
    what: Event,
    *,
    purpose: str,
    by: str,
    at: datetime,
) -> None:
    """Keep that somebody asked for a person's document, or had her forgotten, and why."""
    (new_id,) = next_ids(conn, team)
    values = {"what": what, "person_id": person_id, "purpose": purpose, "by": by, "at": at}
    conn.execute(sa.insert(_DISCLOSURE).values(team_id=team, id=new_id, **values))


def scrub_purposes(
    conn: sa.Connection, team: str, person_id: int, found: re.Pattern[str], word: str
) -> None:
    """Put `word` where the reasons for disclosures of the person name her."""
    mine = (_DISCLOSURE.c.team_id == team, _DISCLOSURE.c.person_id == person_id)
    query = sa.select(_DISCLOSURE.c.id, _DISCLOSURE.c.purpose).where(*mine)
    for number, purpose in conn.execute(query).all():
        statement = sa.update(_DISCLOSURE).where(*mine, _DISCLOSURE.c.id == number)
        conn.execute(statement.values(purpose=scrubbed(purpose, found, word)))


def of_person(conn: sa.Connection, team: str, numbers: Sequence[int]) -> list[LogLine]:
    """What is kept under any of the numbers that she has had."""
    own = _DISCLOSURE.c
    query = sa.select(own.at, own.what, own.by, own.purpose).where(
        own.team_id == team, among(own.person_id, numbers)
    )
    return [LogLine(at, what, by, (), why) for at, what, by, why in conn.execute(query)]
