"""The questions that come due about a relation: put once, answered or withdrawn once."""

from collections.abc import Collection
from dataclasses import fields, replace
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from bot.circle_question import Kind, Question
from bot.errors import UserError
from bot.partner import RelationType
from bot.translation import mark
from storage import partner
from storage.circle_tables import QUESTION
from storage.partner_tables import PARTNER
from storage.schema import next_ids

_GONE = mark("That question is no longer there.")
_ANSWERED = mark("A colleague has answered this meanwhile. Open the card to see how it stands.")
_WITHDRAWN = mark(
    "This needs no answer any more, since something else was decided. Open the card to see what."
)

_COLUMNS = [QUESTION.c[field.name] for field in fields(Question)]
_OPEN = QUESTION.c.answered_at.is_(None) & QUESTION.c.withdrawn_at.is_(None)


def put(conn: sa.Connection, team: str, question: Question) -> None:
    """Have it asked on its day.

    One that was withdrawn is put again; one that was answered is not. The partner is locked.
    """
    question = _of_today(conn, team, question)
    about = (QUESTION.c.kind == question.kind) & (QUESTION.c.subject_id == question.subject_id)
    same = about & (QUESTION.c.due_on == question.due_on)
    if _write(
        conn, team, same, withdrawn_at=None, by=question.by
    ):  # an answered one stays answered
        return
    (new_id,) = next_ids(conn, team)
    row = {field.name: getattr(question, field.name) for field in fields(Question)}
    conn.execute(sa.insert(QUESTION).values(team_id=team, **(row | {"id": new_id})))


def put_anew(conn: sa.Connection, team: str, question: Question, *, now: datetime) -> None:
    """As put(), in place of what is open of that kind about the same."""
    question = _of_today(conn, team, question)
    about = (QUESTION.c.kind == question.kind) & (QUESTION.c.subject_id == question.subject_id)
    _write(conn, team, about & _OPEN, withdrawn_at=now)
    put(conn, team, question)


def answer(conn: sa.Connection, team: str, question_id: int, *, now: datetime) -> Question:
    """Mark it as answered and return it; call before what the answer does.

    Raises:
        UserError: it is gone, or was answered or withdrawn meanwhile.
    """
    seen = _existing(conn, team, question_id)
    partner.existing(conn, team, seen.partner_id, lock=True)
    if _write(conn, team, (QUESTION.c.id == question_id) & _OPEN, answered_at=now):
        return replace(seen, answered_at=now)
    current = _existing(conn, team, question_id)
    raise UserError(_ANSWERED if current.answered_at else _WITHDRAWN)


def withdraw(
    conn: sa.Connection, team: str, partner_id: int, kinds: Collection[Kind], *, now: datetime
) -> None:
    """Take back the partner's open questions of these kinds; the caller holds the partner."""
    of_kind = (QUESTION.c.partner_id == partner_id) & QUESTION.c.kind.in_(kinds)
    _write(conn, team, of_kind & _OPEN, withdrawn_at=now)


def answer_about(conn: sa.Connection, team: str, subject_id: int, *, now: datetime) -> None:
    """Mark what is still open about one activity or trial as answered, before its day."""
    _write(conn, team, (QUESTION.c.subject_id == subject_id) & _OPEN, answered_at=now)


def withdraw_about(conn: sa.Connection, team: str, subject_id: int, *, now: datetime) -> None:
    """As withdraw(), those about one activity or trial."""
    _write(conn, team, (QUESTION.c.subject_id == subject_id) & _OPEN, withdrawn_at=now)


def due(conn: sa.Connection, team: str, today: date) -> list[Question]:
    """What is to be asked by that day and has not been answered, the longest due first.

    Nothing about archived partners, nor about those without a place in the circle.
    """
    return _loaded(conn, due_by(team, today))


def due_by(
    team: str | sa.BindParameter[str], today: date | sa.BindParameter[date]
) -> sa.Select[Any]:
    """The query of due(), to be narrowed down further."""
    asked_about = (
        (PARTNER.c.team_id == QUESTION.c.team_id)
        & (PARTNER.c.id == QUESTION.c.partner_id)
        & PARTNER.c.archived.is_(False)
        & (PARTNER.c.relation_type == RelationType.PARTNER)
    )
    return _questions(team).join(PARTNER, asked_about).where(_OPEN, QUESTION.c.due_on <= today)


def open_of(conn: sa.Connection, team: str, partner_id: int) -> list[Question]:
    """What will be asked about the partner, the first due first."""
    return _loaded(conn, _questions(team).where(QUESTION.c.partner_id == partner_id, _OPEN))


def get(conn: sa.Connection, team: str, question_id: int) -> Question | None:
    """One question, open or not."""
    found = _loaded(conn, _questions(team).where(QUESTION.c.id == question_id))
    return found[0] if found else None


def _of_today(conn: sa.Connection, team: str, question: Question) -> Question:
    """The question by the number that its partner goes by now; the partner is locked."""
    now = partner.existing(conn, team, question.partner_id, lock=True).id
    itself = question.subject_id == question.partner_id
    return replace(question, partner_id=now, subject_id=now if itself else question.subject_id)


def _existing(conn: sa.Connection, team: str, question_id: int) -> Question:
    found = get(conn, team, question_id)
    if found is None:
        raise UserError(_GONE)
    return found


def _questions(team: str | sa.BindParameter[str]) -> sa.Select[Any]:
    return sa.select(*_COLUMNS).where(QUESTION.c.team_id == team)


def _loaded(conn: sa.Connection, query: sa.Select[Any]) -> list[Question]:
    ordered = query.order_by(QUESTION.c.due_on, QUESTION.c.id)
    return [Question(**row) for row in conn.execute(ordered).mappings()]


def _write(conn: sa.Connection, team: str, which: sa.ColumnElement[bool], **values: object) -> bool:
    """Whether there was one to write to."""
    statement = sa.update(QUESTION).where(QUESTION.c.team_id == team, which)
    return conn.execute(statement.values(**values)).rowcount > 0
