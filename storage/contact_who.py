"""What colleagues asked each other in the channel, and who answered with whom."""

from collections.abc import Iterator, Sequence
from dataclasses import fields
from datetime import datetime, timedelta

import sqlalchemy as sa

from bot.contact_who import (
    POSTING_SECONDS,
    Answer,
    Question,
    asked_since,
    is_asked,
    is_being_posted,
)
from bot.errors import UserError
from bot.text import words
from bot.translation import mark
from storage.partner_tables import CHANGE, ORGANISATION, PARTNER, PERSON, WORD, Origin, partner_key
from storage.partner_words import WORD_LENGTH
from storage.schema import METADATA, among, insert_once, next_ids, team_column
from storage.types import PlainText, UtcDateTime

GONE = mark("That question is no longer there. Ask anew with `/partner who`.")

QUESTION = sa.Table(
    "who_question",
    METADATA,
    team_column(),
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("words", PlainText, nullable=False),
    sa.Column("topic", sa.Boolean, nullable=False),
    sa.Column("asked_by", PlainText, nullable=False),
    sa.Column("asked_at", UtcDateTime, nullable=False),
    sa.Column("channel", PlainText, nullable=False),
    sa.Column("partner_id", sa.Integer),
    sa.Column("ts", PlainText, nullable=False),
    sa.Column("posting_until", UtcDateTime),
    partner_key(),
    sa.Index("ix_who_question_asked_at", "team_id", "asked_at"),
)
ANSWER = sa.Table(
    "who_answer",
    METADATA,
    team_column(),
    sa.Column("question_id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("answered_by", PlainText, primary_key=True),
    sa.Column("partner_id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("tied", sa.Boolean, nullable=False),
    sa.Column("keyword", sa.Boolean, nullable=False),
    sa.Column("added", sa.Boolean, nullable=False),
    sa.Column("answered_at", UtcDateTime, nullable=False),
    sa.ForeignKeyConstraint(
        ["team_id", "question_id"],
        ["who_question.team_id", "who_question.id"],
        ondelete="CASCADE",
    ),
    partner_key(),
)

_QUESTION = [QUESTION.c[field.name] for field in fields(Question)]
_ANSWER = [ANSWER.c[field.name] for field in fields(Answer)]


def claim(conn: sa.Connection, team: str, wanted: Question) -> tuple[Question, bool]:
    """The question as stored, and whether it is the caller's to post now.

    It is not where the same was asked lately or is being posted. One that nobody knows to have
    reached the channel is taken over under its old id, for its buttons may be there.
    """
    now = wanted.asked_at
    _same(conn, team, wanted, lock=True)  # rows before the counter, as everywhere
    (new_id,) = next_ids(conn, team)  # from here on nobody else claims
    earlier = _same(conn, team, wanted)
    if earlier and (earlier.ts or is_being_posted(earlier, now)):
        return earlier, False
    until = now + timedelta(seconds=POSTING_SECONDS)
    values = {name: getattr(wanted, name) for name in (field.name for field in fields(Question))}
    values |= {"id": earlier.id if earlier else new_id, "ts": "", "posting_until": until}
    if earlier:
        conn.execute(_change(team, earlier.id).values(**values))
    else:
        conn.execute(sa.insert(QUESTION).values(team_id=team, **values))
    return existing(conn, team, values["id"]), True


def stands_in_channel(conn: sa.Connection, team: str, question_id: int, ts: str) -> None:
    """Remember which message it is, unless that is known."""
    unknown = _change(team, question_id).where(QUESTION.c.ts == "")
    conn.execute(unknown.values(ts=ts, posting_until=None))


def let_go(conn: sa.Connection, team: str, question_id: int) -> None:
    """It was refused, or nobody knows whether it came through: it may be posted again."""
    conn.execute(_change(team, question_id).values(posting_until=None))


def existing(conn: sa.Connection, team: str, question_id: int, *, lock: bool = False) -> Question:
    """The question; `lock` it when it will change in this transaction.

    Raises:
        UserError: it is gone.
    """
    query = sa.select(*_QUESTION).where(QUESTION.c.team_id == team, QUESTION.c.id == question_id)
    row = conn.execute(query.with_for_update() if lock else query).mappings().one_or_none()
    if row is None:
        raise UserError(GONE)
    return Question(**row)


def settle(conn: sa.Connection, team: str, question_id: int, partner_id: int) -> None:
    """An answer told which partner the question is about."""
    conn.execute(_change(team, question_id).values(partner_id=partner_id))


def answer(conn: sa.Connection, team: str, question_id: int, given: Answer, now: datetime) -> bool:
    """Keep an answer; False where the colleague gave the same one before."""
    values = {field.name: getattr(given, field.name) for field in fields(Answer)}
    row = {"team_id": team, "question_id": question_id, "answered_at": now, **values}
    return insert_once(conn, ANSWER, row)


def take_back(
    conn: sa.Connection, team: str, question_id: int, user: str, partner_id: int
) -> Answer | None:
    """Delete a colleague's answer, and return it as it was; None where there was none."""
    mine = (
        ANSWER.c.team_id == team,
        ANSWER.c.question_id == question_id,
        ANSWER.c.answered_by == user,
        ANSWER.c.partner_id == partner_id,
    )
    row = conn.execute(sa.delete(ANSWER).where(*mine).returning(*_ANSWER)).mappings().one_or_none()
    return None if row is None else Answer(**row)


def hand_keyword_on(conn: sa.Connection, team: str, question_id: int, partner_id: int) -> bool:
    """Let the topic on the partner's card stand for the first answer left; False where none is."""
    left = [
        one.answered_by for one in answers(conn, team, question_id) if one.partner_id == partner_id
    ]
    if not left:
        return False
    first = (
        ANSWER.c.team_id == team,
        ANSWER.c.question_id == question_id,
        ANSWER.c.answered_by == left[0],
        ANSWER.c.partner_id == partner_id,
    )
    conn.execute(sa.update(ANSWER).where(*first).values(keyword=True))
    return True


def answers(conn: sa.Connection, team: str, question_id: int) -> list[Answer]:
    """The answers in the order in which they came."""
    mine = (ANSWER.c.team_id == team, ANSWER.c.question_id == question_id)
    order = (ANSWER.c.answered_at, ANSWER.c.answered_by, ANSWER.c.partner_id)
    rows = conn.execute(sa.select(*_ANSWER).where(*mine).order_by(*order)).mappings()
    return [Answer(**row) for row in rows]


def persons(conn: sa.Connection, team: str, text: str) -> Sequence[str]:
    """The names, with a word of the text, that no channel may be shown.

    Those of contact persons, also former ones, and of partners that are one person.
    """
    typed = sorted({word[:WORD_LENGTH] for word in words(text)})
    written = (WORD.c.team_id == team, among(WORD.c.word, typed))
    theirs = sa.select(WORD.c.partner_id).where(*written, WORD.c.origin == Origin.PERSON)
    own = sa.select(WORD.c.partner_id).where(*written, WORD.c.origin == Origin.NAME)
    people = sa.select(PERSON.c.name).where(
        PERSON.c.team_id == team, PERSON.c.partner_id.in_(theirs)
    )
    alone = sa.select(PARTNER.c.name).where(
        PARTNER.c.team_id == team, PARTNER.c.id.in_(own), ~ORGANISATION
    )
    present = conn.execute(sa.union_all(people, alone)).scalars()
    return [*present, *_former(conn, team, set(words(text)))]


def _former(conn: sa.Connection, team: str, typed: set[str]) -> Iterator[str]:
    """Of everybody who was on a card when an edit of its persons began, as the log has it."""
    query = sa.select(CHANGE.c.before).where(CHANGE.c.team_id == team, CHANGE.c.field == "people")
    for people in conn.execute(query).scalars():
        yield from (one["name"] for one in people or () if typed.intersection(words(one["name"])))


def _same(
    conn: sa.Connection, team: str, wanted: Question, *, lock: bool = False
) -> Question | None:
    """The last of the same questions that was asked lately."""
    since = asked_since(wanted.asked_at)
    query = sa.select(*_QUESTION).where(QUESTION.c.team_id == team, QUESTION.c.asked_at > since)
    query = query.order_by(QUESTION.c.id.desc())
    rows = conn.execute(query.with_for_update() if lock else query).mappings()
    lately = (Question(**row) for row in rows)
    return next((q for q in lately if is_asked(q, wanted.words, wanted.partner_id)), None)


def _change(team: str, question_id: int) -> sa.Update:
    return sa.update(QUESTION).where(QUESTION.c.team_id == team, QUESTION.c.id == question_id)
