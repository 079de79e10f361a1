"""What is counted of a year beside the lives of the cards; each figure by one statement or two."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from bot.circle_trial import Outcome
from bot.contact import Kind as How
from bot.evaluation import Decision as Comes
from bot.evaluation import Unanswered
from bot.report_year import Evaluated, Figures, Happened, Year, figures, noted_until
from bot.round import Kind, Standing, State
from bot.round_voice import OUTSIDE
from bot.tjek import Decision, asked
from bot.tjek_letter import suggested
from storage import report_life, round_queries, round_sheets, tjek
from storage.circle_tables import MOVE, TRIAL
from storage.contact_tables import CONTACT
from storage.evaluation_tables import STEP
from storage.partner_tables import PARTNER
from storage.round_tables import INVITED, ROUND
from storage.tjek_tables import TJEK


def told(conn: sa.Connection, team: str, year: Year) -> Figures:
    """The figures of that year."""
    lives = report_life.lives(conn, team, year.start)
    return figures(year, lives, _happened(conn, team, year))


def _happened(conn: sa.Connection, team: str, year: Year) -> Happened:
    noes, unsaid = _noes(conn, team, year)
    began, outcomes, running = _trials(conn, team, year)
    return Happened(
        contacts=_contacts(conn, team, year),
        contacted=_contacted(conn, team, year),
        checks=_checks(conn, team, year),
        noes=noes,
        unsaid=unsaid,
        evaluated=_evaluated(conn, team, year),
        trials=began,
        outcomes=outcomes,
        running=running,
        told=_told(conn, team, year),
    )


def _counted(conn: sa.Connection, column: sa.Column[Any], *which: Any) -> dict[Any, int]:  # noqa: ANN401 - conditions
    """How many rows there are of each value."""
    query = sa.select(column, sa.func.count()).where(*which).group_by(column).order_by(column)
    return {row[0]: row[1] for row in conn.execute(query)}


def _within(year: Year, moment: sa.Column[Any]) -> sa.ColumnElement[bool]:
    return (moment >= year.start) & (moment < year.end)


def _of_the_year(team: str, year: Year) -> sa.ColumnElement[bool]:
    own, until = CONTACT.c, noted_until(year)
    return sa.and_(
        own.team_id == team,
        own.on.between(year.first, year.last),
        own.noted_at < until,
        own.undone_at.is_(None) | (own.undone_at >= until),
    )


def _contacts(conn: sa.Connection, team: str, year: Year) -> Mapping[How, int]:
    return _counted(conn, CONTACT.c.kind, _of_the_year(team, year))


def _contacted(conn: sa.Connection, team: str, year: Year) -> int:
    partners = sa.func.count(CONTACT.c.partner_id.distinct())
    return conn.execute(sa.select(partners).where(_of_the_year(team, year))).scalar_one()


def _checks(conn: sa.Connection, team: str, year: Year) -> Mapping[Decision, int]:
    decided = (TJEK.c.decision.is_not(None), _within(year, TJEK.c.decided_at))
    return _counted(conn, TJEK.c.decision, TJEK.c.team_id == team, *decided)


def _noes(conn: sa.Connection, team: str, year: Year) -> tuple[Mapping[str, int], int]:
    """What the answers say against those that were declined, as the letter sorts it."""
    which = (TJEK.c.decision == Decision.KINDLY_NO) & _within(year, TJEK.c.decided_at)
    checks = tjek.finished(conn, team, which)
    rounds = round_queries.shown_of(conn, team, Kind.TJEK, [check.id for check in checks])
    together = {one.subject_id: one.id for one in rounds}
    sheets = round_sheets.all_shown(conn, team, list(together.values()))
    noes: Counter[str] = Counter()
    unsaid = 0
    for check in checks:
        given: dict[str, Mapping[str, str]] = {
            user: sheet.answers for user, sheet in check.sheets.items()
        }
        shown = sheets.get(together.get(check.id, 0), {})
        given |= {user: sheet.answers for user, sheet in shown.items()}
        found = suggested(asked(check), given.values())
        noes.update(found)
        unsaid += not found
    return noes, unsaid


def _evaluated(conn: sa.Connection, team: str, year: Year) -> Evaluated:
    shown = (ROUND.c.team_id == team, ROUND.c.kind == Kind.EVALUATION)
    held = (*shown, _within(year, ROUND.c.revealed_at))
    ids = sa.select(ROUND.c.id).where(*held)
    partner = (
        INVITED.c.team_id == team,
        INVITED.c.round_id.in_(ids),
        INVITED.c.user_id.startswith(OUTSIDE),
    )
    voices = sa.select(sa.func.count(INVITED.c.round_id.distinct())).where(*partner)
    answered = INVITED.c.standing == Standing.ANSWERED
    total = sa.select(sa.func.count()).select_from(ROUND).where(*held)
    steps, done = _steps(conn, team, year)
    return Evaluated(
        held=conn.execute(total).scalar_one(),
        asked=conn.execute(voices).scalar_one(),
        answered=conn.execute(voices.where(answered)).scalar_one(),
        decided=_decided(conn, year, held),
        steps=steps,
        done=done,
    )


def _decided(
    conn: sa.Connection, year: Year, held: tuple[sa.ColumnElement[bool], ...]
) -> Mapping[str, int]:
    """What came of them by the end of the year; last those of which nothing had."""
    query = sa.select(ROUND.c.state, ROUND.c.decision, ROUND.c.closed_at).where(*held)
    found = Counter(
        row.decision if row.state is State.CLOSED and row.closed_at < year.end else ""
        for row in conn.execute(query)
    )
    order = (*Comes, *Unanswered, "")
    return {str(each): found[each] for each in order if each in found}


def _steps(conn: sa.Connection, team: str, year: Year) -> tuple[int, int]:
    """Those agreed on, and of these those done; one that several see to is one."""
    done = sa.func.max(sa.case((STEP.c.done_at < year.end, 1), else_=0))
    query = (
        sa.select(done)
        .where(STEP.c.team_id == team, _within(year, STEP.c.at))
        .group_by(STEP.c.evaluation_id, STEP.c.text, STEP.c.due_on)
    )
    found = conn.execute(query).scalars().all()
    return len(found), sum(found)


def _trials(conn: sa.Connection, team: str, year: Year) -> tuple[int, Mapping[Outcome, int], int]:
    own = TRIAL.c
    mine = own.team_id == team
    every = sa.select(sa.func.count()).select_from(TRIAL)
    began = every.where(mine, _within(year, own.noted_at))
    runs = own.settled_at.is_(None) | (own.settled_at >= year.end)
    running = every.where(mine, own.noted_at < year.end, runs)
    outcomes = _counted(
        conn, own.outcome, mine, own.outcome.is_not(None), _within(year, own.settled_at)
    )
    return conn.execute(began).scalar_one(), outcomes, conn.execute(running).scalar_one()


def _told(conn: sa.Connection, team: str, year: Year) -> int:
    """Steps that came with a file, from before the card was here."""
    here = (PARTNER.c.team_id == MOVE.c.team_id) & (PARTNER.c.id == MOVE.c.partner_id)
    query = (
        sa.select(sa.func.count())
        .select_from(MOVE)
        .join(PARTNER, here)
        .where(MOVE.c.team_id == team, PARTNER.c.team_id == team)
        .where(_within(year, MOVE.c.at), MOVE.c.at < PARTNER.c.created_at)
    )
    return conn.execute(query).scalar_one()
