"""What the Home tab asks of the register: whose partners are mine, what is due, how far we are."""

from datetime import date
from functools import cache
from typing import Any

import sqlalchemy as sa

from bot.circle_question import Question
from bot.partner import Tie
from storage import circle_question
from storage.circle_tables import QUESTION
from storage.contact_tables import CONTACT
from storage.partner_tables import PARTNER, TIE
from storage.tjek_tables import TJEK

_TEAM: sa.BindParameter[str] = sa.bindparam("team")
_USER: sa.BindParameter[str] = sa.bindparam("user")
_LIMIT = sa.bindparam("limit", type_=sa.Integer)


def own_partners(conn: sa.Connection, team: str, user: str) -> list[int]:
    """All partners that a colleague is tied to or was in contact with, those touched last first."""
    return list(conn.execute(_own(), {"team": team, "user": user}).scalars())


def steps_due(conn: sa.Connection, team: str, user: str, *, until: date, limit: int) -> list[int]:
    """The partners whose next step is this colleague's and due by that day, the first on top.

    It is the responsible's and the deputy's; where nobody is responsible, whoever's who knows them.
    """
    values = {"team": team, "user": user, "until": until, "limit": limit}
    return list(conn.execute(_due(), values).scalars())


def questions_due(
    conn: sa.Connection, team: str, user: str, *, today: date, limit: int
) -> list[Question]:
    """The circle's questions that have come to their day, the longest due first; whose as above."""
    values = {"team": team, "user": user, "today": today, "limit": limit}
    return [Question(**row) for row in conn.execute(_asked(), values).mappings()]


def has_partners(conn: sa.Connection, team: str, *, at_least: int) -> bool:
    """Whether so many partners are in the register."""
    query = sa.select(PARTNER.c.id).where(PARTNER.c.team_id == team).limit(at_least)
    return len(conn.execute(query).all()) == at_least


def has_finished_check(conn: sa.Connection, team: str) -> bool:
    """Whether anybody has gone through a check to its end."""
    query = sa.select(TJEK.c.id).where(TJEK.c.team_id == team, TJEK.c.finished_at.is_not(None))
    return conn.execute(query.limit(1)).one_or_none() is not None


@cache
def _own() -> sa.Select[Any]:
    own = PARTNER.c
    tied = sa.select(TIE.c.partner_id).where(TIE.c.team_id == _TEAM, TIE.c.user_id == _USER)
    met = sa.select(CONTACT.c.partner_id).where(
        CONTACT.c.team_id == _TEAM, CONTACT.c.noted_by == _USER, CONTACT.c.undone_at.is_(None)
    )
    return (
        sa.select(own.id)
        .where(own.team_id == _TEAM, own.archived.is_(False), own.id.in_(sa.union(tied, met)))
        .order_by(own.touched_at.desc(), own.id.desc())
    )


@cache
def _due() -> sa.Select[Any]:
    own = PARTNER.c
    return (
        sa.select(own.id)
        .where(own.team_id == _TEAM, own.archived.is_(False), own.next_step != "")
        .where(own.next_step_on <= sa.bindparam("until", type_=sa.Date), own.id.in_(_mine()))
        .order_by(own.next_step_on, own.id)
        .limit(_LIMIT)
    )


@cache
def _asked() -> sa.Select[Any]:
    due = circle_question.due_by(_TEAM, sa.bindparam("today", type_=sa.Date))
    mine = due.where(QUESTION.c.partner_id.in_(_mine()))
    return mine.order_by(QUESTION.c.due_on, QUESTION.c.id).limit(_LIMIT)


def _mine() -> sa.Select[Any]:
    first = TIE.alias()
    taken = sa.exists().where(
        first.c.team_id == _TEAM,
        first.c.partner_id == TIE.c.partner_id,
        first.c.tie == Tie.RESPONSIBLE,
    )
    return sa.select(TIE.c.partner_id).where(
        TIE.c.team_id == _TEAM,
        TIE.c.user_id == _USER,
        TIE.c.tie.in_((Tie.RESPONSIBLE, Tie.DEPUTY)) | ~taken,
    )
