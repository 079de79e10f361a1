"""A library's answers to the five questions of its beginning."""

from collections.abc import Mapping
from datetime import datetime

import sqlalchemy as sa

from bot.home_start import Question
from storage.schema import METADATA, team_column
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
    """Put them in place of those that were there."""
    conn.execute(sa.delete(ANSWER).where(ANSWER.c.team_id == team))
    rows = [
        {"team_id": team, "question": question, "text": text, "at": now}
        for question, text in answers.items()
    ]
    conn.execute(sa.insert(ANSWER), rows)


def answered(conn: sa.Connection, team: str) -> dict[Question, str]:
    """The answers there are."""
    query = sa.select(ANSWER.c.question, ANSWER.c.text).where(ANSWER.c.team_id == team)
    found = {row.question: row.text for row in conn.execute(query)}
    return {question: found[question] for question in Question if question in found}
