"""The house's figures for Home, each by one aggregate, and the partners behind them by the page."""

from dataclasses import fields
from datetime import datetime

import sqlalchemy as sa

from bot.circle import Move, Why, net
from bot.circle_picture import IN_THE_CIRCLE
from bot.home_house import WANTS_SOMEBODY, Figures, Moved
from bot.partner import Status, Tie
from bot.round import Kind, State
from storage.circle_picture import in_circle
from storage.circle_tables import MOVE
from storage.partner_tables import PARTNER, TIE
from storage.round_tables import ROUND


def figures(conn: sa.Connection, team: str) -> Figures:
    """How many relations stand where in the circle, and how many want somebody responsible.

    The latter with the possible ones, which stand nowhere yet.
    """
    own = PARTNER.c
    stands = sa.case((own.status.in_(IN_THE_CIRCLE), 1), else_=0)
    lacks = sa.case((_lacks(team), 1), else_=0)
    query = sa.select(own.level, sa.func.sum(stands).label("here"), sa.func.sum(lacks).label("no"))
    ours = in_circle(team, Status.POSSIBLE)
    rows = conn.execute(query.where(*ours).group_by(own.level)).all()
    return Figures({row.level: row.here for row in rows}, sum(row.no for row in rows))


def unheld(conn: sa.Connection, team: str, *, first: int, most: int) -> list[int]:
    """Partners that nobody is responsible for, by name; so many from there on."""
    own = PARTNER.c
    query = (
        sa.select(own.id)
        .where(*in_circle(team, Status.POSSIBLE), _lacks(team))
        .order_by(own.folded_name, own.id)
    )
    return list(conn.execute(query.limit(most).offset(first)).scalars())


def moved(
    conn: sa.Connection, team: str, since: datetime, *, limit: int
) -> tuple[list[Moved], int]:
    """Who stands elsewhere than then, the last first, and how many they are in all.

    Of those in the circle, and whose relation ended: the end is such a move.
    """
    own, names = MOVE.c, [field.name for field in fields(Move)]
    here = (PARTNER.c.team_id == own.team_id) & (PARTNER.c.id == own.partner_id)
    query = (
        sa.select(*(own[name] for name in names), PARTNER.c.name.label("called"))
        .join(PARTNER, here)
        .where(own.team_id == team, own.at >= since, own.why != Why.READ_IN)
        .where(*in_circle(team, Status.ENDED))
    )
    rows = conn.execute(query).mappings().all()
    called = {row["partner_id"]: row["called"] for row in rows}
    moves = net(Move(**{name: row[name] for name in names}) for row in rows)
    return [Moved(move, called[move.partner_id]) for move in moves[:limit]], len(moves)


def evaluations(conn: sa.Connection, team: str) -> int:
    """How many evaluations are open."""
    query = sa.select(sa.func.count()).select_from(ROUND)
    mine = (ROUND.c.team_id == team, ROUND.c.kind == Kind.EVALUATION, ROUND.c.state == State.OPEN)
    return conn.execute(query.where(*mine)).scalar_one()


def _lacks(team: str) -> sa.ColumnElement[bool]:
    """Whether it wants somebody responsible, and nobody is noted."""
    mine = (TIE.c.team_id == team, TIE.c.partner_id == PARTNER.c.id)
    taken = sa.exists().where(*mine, TIE.c.tie == Tie.RESPONSIBLE)
    return PARTNER.c.status.in_(WANTS_SOMEBODY) & ~taken
