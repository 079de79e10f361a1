"""Who could be a start where there is a white spot, the best first."""

from collections.abc import Sequence
from datetime import date
from functools import reduce
from operator import add

import sqlalchemy as sa

from bot.circle import Level
from bot.circle_asked import everybody
from bot.goal_gap import Dimension, Gap, Place
from bot.goal_gap_start import HINT, WEIGHT, Starter, hints
from bot.partner import Status
from storage import home
from storage.goal_gap import FACET, in_sight, is_start, is_told_no
from storage.partner_tables import PARTNER, TAG, WORD, Origin
from storage.partner_words import WORD_LENGTH
from storage.schema import among


def starters(
    conn: sa.Connection, team: str, gap: Gap, today: date, *, limit: int
) -> Sequence[Starter]:
    """Who fits, or nearly: at most so many, those that the gap's sentence counts first.

    Then those of its own branch among equals. For a partnership those that we collaborate with.
    """
    own = PARTNER.c
    fits = [_is_in(team, place).label(f"fits{n}") for n, place in enumerate(gap.places)]
    score = reduce(
        add, [WEIGHT[place.dimension] * one for place, one in zip(gap.places, fits, strict=True)]
    )
    closer = gap.lacks is Level.PARTNERSHIP
    far = (own.status != Status.POSSIBLE) & (own.level == Level.COLLABORATION)
    start = far & ~is_told_no(team, today) if closer else is_start(team, today)
    named = (own.id, own.name, own.kind, own.branch, own.status)
    found = (
        sa.select(*named, own.folded_name, *fits, (score + _hinted(team, gap)).label("score"))
        .add_columns(_is_counted(gap, fits).label("counted"))
        .where(*in_sight(team), start)
        .subquery()
    )
    elsewhere = sa.case((found.c.branch == gap.branch, 0), else_=1)
    query = (
        sa.select(found)
        .where(found.c.score > 0)
        .order_by(found.c.counted.desc(), found.c.score.desc(), elsewhere)
        .order_by(found.c.folded_name, found.c.id)
        .limit(limit)
    )
    rows = conn.execute(query).all()
    ties = home.ties(conn, team, [row.id for row in rows])
    return [
        Starter(
            row.id,
            row.name,
            row.kind,
            row.branch,
            row.status is Status.POSSIBLE,
            tuple(place for n, place in enumerate(gap.places) if getattr(row, f"fits{n}")),
            everybody(ties[row.id]),
            bool(row.counted),
        )
        for row in rows
    ]


def _is_in(team: str, place: Place) -> sa.ColumnElement[int]:
    """One where the partner is in that place, else nothing."""
    which: sa.ColumnElement[bool]
    if place.dimension is Dimension.KIND:
        which = sa.func.coalesce(PARTNER.c.kind == place.value, sa.false())
    else:
        which = sa.exists().where(
            TAG.c.team_id == team,
            TAG.c.partner_id == PARTNER.c.id,
            TAG.c.facet == FACET[place.dimension],
            TAG.c.value == place.value,
        )
    return sa.case((which, 1), else_=0)


def _is_counted(gap: Gap, fits: Sequence[sa.ColumnElement[int]]) -> sa.ColumnElement[int]:
    """One where the partner is in all of the gap's places and of its branch, else nothing."""
    here = (PARTNER.c.branch == gap.branch) if gap.branch else sa.true()
    return sa.case((sa.and_(here, *(one == 1 for one in fits)), 1), else_=0)


def _hinted(team: str, gap: Gap) -> sa.ColumnElement[int]:
    sought = [word[:WORD_LENGTH] for word in hints(gap)]
    if not sought:
        return sa.literal(0)
    keyword = sa.select(WORD.c.partner_id).where(
        WORD.c.team_id == team, among(WORD.c.word, sought), WORD.c.origin == Origin.KEYWORD
    )
    return sa.case((PARTNER.c.id.in_(keyword), HINT), else_=0)
