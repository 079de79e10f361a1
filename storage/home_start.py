"""A library's answers to the five questions of its beginning."""

from collections.abc import Mapping
from datetime import datetime

import sqlalchemy as sa

from bot.home_start import Question
from storage.schema import METADATA, next_ids, team_column, upsert
from storage.types import OneOf, PlainText, UtcDateTime

# Whoever wrote them is not kept: they are the house's.
ANSWER = sa.Table(
    "home_start",
    METADATA,
    team_column(),
    sa.Column("question", OneOf(Question), primary_key=True),
    sa.Column("text", PlainText, nullable=False),
    sa.Column("at", UtcDateTime, nullable=False),
)


def keep(conn: sa.Connection, team: str, answers: Mapping[Question, str], *, now: datetime) -> None:
    """Put them in place of those that were there, which were read with `lock`."""
    conn.execute(sa.delete(ANSWER).where(ANSWER.c.team_id == team))
    rows = [
        {"team_id": team, "question": question, "text": text, "at": now}
        for question, text in answers.items()
    ]
    upsert(conn, ANSWER, *rows)


def answered(conn: sa.Connection, team: str, *, lock: bool = False) -> dict[Question, str]:
    """The answers there are; `lock` before changing them."""
    if lock:
        next_ids(conn, team, 0)  # the first time there is nothing else to be locked
    query = sa.select(ANSWER.c.question, ANSWER.c.text).where(ANSWER.c.team_id == team)
    found = {row.question: row.text for row in conn.execute(query)}
    return {question: found[question] for question in Question if question in found}
