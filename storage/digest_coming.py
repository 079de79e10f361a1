"""What lies ahead as the digest tells it: organisations, days, and who of us sees to it."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import sqlalchemy as sa

from bot.digest import AHEAD, Ahead, Coming
from bot.round import Standing, State
from storage import home
from storage.circle_tables import ACTIVITY, TRIAL
from storage.digest_quiet import named
from storage.digest_window import Window, of_partners
from storage.evaluation_tables import EVALUATION, STEP
from storage.partner_tables import PARTNER
from storage.round_tables import INVITED, ROUND
from storage.schema import among

# Whose answer is in, or may still come.
_ASKED = (Standing.ANSWERED, Standing.WAITING)


def coming(conn: sa.Connection, team: str, window: Window) -> list[Coming]:
    """All of it; what nobody has agreed on is the responsible's to see to."""
    found = [
        *_on_a_day(conn, team, window, Ahead.TRIAL, TRIAL.c.decide_on, TRIAL.c.outcome),
        *_on_a_day(conn, team, window, Ahead.ACTIVITY, ACTIVITY.c.ends_on, ACTIVITY.c.over_at),
        *_steps(conn, team, window),
    ]
    ties = home.ties(conn, team, list({one.partner_id for one in found if one.partner_id}))
    seen_to = []
    for one in found:
        who = ties[one.partner_id].responsible if one.partner_id else None
        seen_to.append(replace(one, who=(who,)) if who and not one.who else one)
    return [*seen_to, *_rounds(conn, team, window)]


def _steps(conn: sa.Connection, team: str, window: Window) -> Iterator[Coming]:
    """Next steps: those of a card, and those that an evaluation has agreed on; one for each day."""
    on_card = sa.select(PARTNER.c.id, PARTNER.c.next_step_on).where(
        *named(team),
        PARTNER.c.next_step != "",
        PARTNER.c.next_step_on.between(window.today, window.today + AHEAD),
    )
    who = defaultdict[tuple[int, date], list[str]](list)
    for row in conn.execute(on_card):
        who[row.id, row.next_step_on] = []
    for row in conn.execute(_agreed(team, window)):
        who[row.partner_id, row.due_on].append(row.user_id)
    for (partner_id, on), users in who.items():
        yield Coming(Ahead.STEP, partner_id, on, partner_id, tuple(users))


def _agreed(team: str, window: Window) -> sa.Select[Any]:
    own = STEP.c
    mine = (EVALUATION.c.team_id == own.team_id) & (EVALUATION.c.id == own.evaluation_id)
    query = sa.select(EVALUATION.c.partner_id, own.due_on, own.user_id)
    about = of_partners(query.join(STEP, mine), EVALUATION, team)
    still = (own.team_id == team, own.done_at.is_(None))
    return about.where(*still, own.due_on.between(window.today, window.today + AHEAD)).order_by(
        own.id
    )


def _on_a_day(
    conn: sa.Connection,
    team: str,
    window: Window,
    what: Ahead,
    day: sa.Column[Any],
    closed: sa.Column[Any],
) -> list[Coming]:
    """Trials or activities that run."""
    table = day.table
    query = of_partners(
        sa.select(table.c.id, table.c.partner_id, day.label("day")), table, team
    ).where(closed.is_(None), day.between(window.today, window.today + AHEAD))
    return [Coming(what, row.id, row.day, row.partner_id) for row in conn.execute(query)]


def _rounds(conn: sa.Connection, team: str, window: Window) -> list[Coming]:
    """Those that stand where everybody may read, or in the digest's own channel."""
    columns = (ROUND.c.id, ROUND.c.partner_id, ROUND.c.deadline)
    query = of_partners(sa.select(*columns), ROUND, team).where(
        ROUND.c.state == State.OPEN,
        ROUND.c.open_to_all | (ROUND.c.channel == window.channel),
    )
    rows = conn.execute(query).all()
    counted = _answers(conn, team, [row.id for row in rows])
    return [
        Coming(
            Ahead.ROUND,
            row.id,
            window.calendar.day(row.deadline),
            row.partner_id,
            at=row.deadline,
            answered=counted[row.id, Standing.ANSWERED],
            asked=sum(counted[row.id, standing] for standing in _ASKED),
        )
        for row in rows
    ]


def _answers(conn: sa.Connection, team: str, rounds: list[int]) -> dict[tuple[int, Standing], int]:
    """How many stand how in each round."""
    own = INVITED.c
    query = sa.select(own.round_id, own.standing, sa.func.count()).where(
        own.team_id == team, among(own.round_id, rounds)
    )
    found: dict[tuple[int, Standing], int] = defaultdict(int)
    for number, standing, count in conn.execute(query.group_by(own.round_id, own.standing)):
        found[number, standing] = count
    return found
