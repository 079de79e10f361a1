"""What the Home tab asks of the register: whose partners are mine, what is due, how far we are."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

import sqlalchemy as sa

from bot.circle_asked import Ties
from bot.circle_question import Question
from bot.home import Ahead, Coming
from bot.partner import Tie
from storage import circle_question
from storage.circle_tables import ACTIVITY, QUESTION, TRIAL
from storage.contact_tables import CONTACT, by_us
from storage.partner_tables import PARTNER, TIE
from storage.schema import among
from storage.tjek_tables import TJEK

_TEAM: sa.BindParameter[str] = sa.bindparam("team")
_USER: sa.BindParameter[str] = sa.bindparam("user")


def own_partners(conn: sa.Connection, team: str, user: str) -> list[int]:
    """All partners that a colleague is tied to or was in contact with, those touched last first."""
    return list(conn.execute(_own(), {"team": team, "user": user}).scalars())


def steps_due(
    conn: sa.Connection, team: str, users: Sequence[str], *, until: date, every: bool
) -> list[int]:
    """The partners whose next step is due by that day and may be these colleagues', first first.

    Those that they are tied to; or `every` one. Whose it is says bot/circle_asked.py.
    """
    own = PARTNER.c
    query = (
        sa.select(own.id)
        .where(own.team_id == team, own.archived.is_(False), own.next_step != "")
        .where(own.next_step_on <= until)
        .order_by(own.next_step_on, own.id)
    )
    narrowed = query if every else query.where(own.id.in_(_tied(team, users)))
    return list(conn.execute(narrowed).scalars())


def questions_due(
    conn: sa.Connection, team: str, users: Sequence[str], *, today: date, every: bool
) -> list[Question]:
    """The circle's questions that have come to their day, the longest due first; which as above.

    Besides those that follow from a step of theirs.
    """
    query = circle_question.due_by(team, today).order_by(QUESTION.c.due_on, QUESTION.c.id)
    theirs = QUESTION.c.partner_id.in_(_tied(team, users)) | QUESTION.c.by.in_(users)
    rows = conn.execute(query if every else query.where(theirs)).mappings()
    return [Question(**row) for row in rows]


def coming(conn: sa.Connection, team: str, user: str, *, today: date, until: date) -> list[Coming]:
    """Trials to be decided and activities that end in those days, of partners she is tied to."""
    days = (
        (Ahead.TRIAL, TRIAL.c.decide_on, TRIAL.c.outcome),
        (Ahead.ACTIVITY, ACTIVITY.c.ends_on, ACTIVITY.c.over_at),
    )
    found = [one for kind in days for one in _coming(conn, team, user, kind, today, until)]
    return sorted(found, key=lambda one: (one.on, one.what, one.partner_id))


def ties(conn: sa.Connection, team: str, partner_ids: Sequence[int]) -> dict[int, Ties]:
    """Who is tied to each of these partners."""
    query = sa.select(TIE.c.partner_id, TIE.c.tie, TIE.c.user_id).where(
        TIE.c.team_id == team, among(TIE.c.partner_id, partner_ids)
    )
    found: defaultdict[int, defaultdict[Tie, list[str]]] = defaultdict(lambda: defaultdict(list))
    for row in conn.execute(query.order_by(TIE.c.position)):
        found[row.partner_id][row.tie].append(row.user_id)
    return {number: _ties(found[number]) for number in partner_ids}


def _ties(users: Mapping[Tie, Sequence[str]]) -> Ties:
    (responsible, deputy) = (
        next(iter(users.get(tie, ())), None) for tie in (Tie.RESPONSIBLE, Tie.DEPUTY)
    )
    return Ties(responsible, deputy, tuple(users.get(Tie.KNOWS, ())))


def has_partners(conn: sa.Connection, team: str, *, at_least: int) -> bool:
    """Whether so many partners are in the register."""
    query = sa.select(PARTNER.c.id).where(PARTNER.c.team_id == team).limit(at_least)
    return len(conn.execute(query).all()) == at_least


def has_finished_check(conn: sa.Connection, team: str) -> bool:
    """Whether anybody has gone through a check to its end."""
    query = sa.select(TJEK.c.id).where(TJEK.c.team_id == team, TJEK.c.finished_at.is_not(None))
    return conn.execute(query.limit(1)).one_or_none() is not None


def _coming(
    conn: sa.Connection,
    team: str,
    user: str,
    kind: tuple[Ahead, sa.Column[Any], sa.Column[Any]],
    today: date,
    until: date,
) -> Iterator[Coming]:
    what, day, closed = kind
    table = day.table.c
    here = (PARTNER.c.team_id == table.team_id) & (PARTNER.c.id == table.partner_id)
    query = (
        sa.select(table.partner_id, day.label("day"), PARTNER.c.name)
        .join(PARTNER, here)
        .where(table.team_id == team, closed.is_(None), PARTNER.c.archived.is_(False))
        .where(day > today, day <= until, PARTNER.c.id.in_(_tied(team, [user])))
    )
    for row in conn.execute(query):
        yield Coming(what, row.day, row.partner_id, row.name)


@cache
def _own() -> sa.Select[Any]:
    own = PARTNER.c
    tied = sa.select(TIE.c.partner_id).where(TIE.c.team_id == _TEAM, TIE.c.user_id == _USER)
    met = sa.select(CONTACT.c.partner_id).where(
        CONTACT.c.team_id == _TEAM,
        CONTACT.c.noted_by == _USER,
        by_us(),
    )
    return (
        sa.select(own.id)
        .where(own.team_id == _TEAM, own.archived.is_(False), own.id.in_(sa.union(tied, met)))
        .order_by(own.touched_at.desc(), own.id.desc())
    )


def _tied(team: str, users: Sequence[str]) -> sa.Select[Any]:
    return sa.select(TIE.c.partner_id).where(TIE.c.team_id == team, TIE.c.user_id.in_(users))
