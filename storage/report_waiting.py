"""What waits for a decision, for the leader's page: of relations that go on."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

import sqlalchemy as sa

from bot.evaluation_figures import Held
from bot.evaluation_sense import Why as Ask
from bot.evaluation_sense import why_ask
from bot.partner import Status, Tie
from bot.report import Needs, Quarter, Waiting
from bot.round import Kind
from bot.round_steps import is_empty
from bot.timetable import Calendar
from storage import evaluation_past, round_queries, round_sheets
from storage.circle_picture import OUTWARDS, together
from storage.circle_tables import TRIAL
from storage.evaluation_tables import SENSE
from storage.partner_tables import PARTNER, TIE
from storage.reminder_tables import OWN
from storage.schema import among

# From one evaluation to the next is half a year at least: who was low twice and has not been asked
# since was evaluated within it.
_LATELY = timedelta(days=183)
_AT_ONCE = 1000  # partners in one statement: SQLite takes some 30,000 values


def waiting(
    conn: sa.Connection, team: str, today: date, calendar: Calendar, left: Collection[str]
) -> list[Waiting]:
    """All of it as of today; `left` are no colleagues any more."""
    last = Quarter.of(today).last
    return [
        *_trials(conn, team, last),
        *_undecided(conn, team),
        *_low(conn, team, calendar.moment(today - _LATELY, time())),
        *_agreements(conn, team, today, last),
        *_without(conn, team, left),
    ]


def _alive(team: str) -> tuple[sa.ColumnElement[bool], ...]:
    own = PARTNER.c
    return (
        own.team_id == team,
        own.archived.is_(False),
        own.status != Status.ENDED,
    )


def _joined(query: sa.Select[Any], table: sa.Table, team: str) -> sa.Select[Any]:
    """With the partners that are neither archived nor ended."""
    here = (PARTNER.c.team_id == table.c.team_id) & (PARTNER.c.id == table.c.partner_id)
    return query.join(PARTNER, here).where(table.c.team_id == team, *_alive(team))


def _trials(conn: sa.Connection, team: str, last: date) -> Iterable[Waiting]:
    query = _joined(sa.select(TRIAL.c.partner_id, TRIAL.c.decide_on), TRIAL, team).where(
        TRIAL.c.outcome.is_(None), TRIAL.c.decide_on <= last
    )
    return [Waiting(Needs.TRIAL, *row) for row in conn.execute(query.order_by(TRIAL.c.id))]


def _undecided(conn: sa.Connection, team: str) -> Iterable[Waiting]:
    rounds = round_queries.undecided(conn, team, Kind.EVALUATION)
    about = [(this, this.partner_id) for this in rounds if this.partner_id]
    alive = names(conn, team, {number for _, number in about}, *_alive(team))
    return [
        Waiting(Needs.UNANSWERED if is_empty(this) else Needs.EVALUATION, number)
        for this, number in about
        if number in alive
    ]


def _low(conn: sa.Connection, team: str, lately: datetime) -> Iterable[Waiting]:
    """Low twice running, and nobody has said that it is all right so."""
    rounds = round_queries.shown_since(conn, team, Kind.EVALUATION, lately)
    numbers = sorted({this.partner_id for this in rounds if this.partner_id})
    alive = names(conn, team, numbers, *_alive(team))
    shown = evaluation_past.of_partners(conn, team, sorted(alive))
    sheets = round_sheets.all_shown(conn, team, [this.id for this, _ in shown])
    said = sa.select(SENSE.c.evaluation_id).where(SENSE.c.team_id == team)
    answered = set(conn.execute(said).scalars())
    held: dict[int, list[Held]] = {}
    for this, evaluation in shown:
        one = Held(evaluation, this, sheets.get(this.id, {}))
        held.setdefault(evaluation.partner_id, []).append(one)
    return [
        Waiting(Needs.LOW, number)
        for number, each in held.items()
        if each[0].evaluation.id not in answered and why_ask(each, has_purpose=True) is Ask.TWICE
    ]


def _agreements(conn: sa.Connection, team: str, today: date, last: date) -> Iterable[Waiting]:
    """Those that end from today on: of a former one nobody knows that it goes on unwritten."""
    query = _joined(sa.select(OWN.c.partner_id, OWN.c.agreement_ends), OWN, team).where(
        OWN.c.agreement_ends.between(today, last)
    )
    return [Waiting(Needs.AGREEMENT, *row) for row in conn.execute(query.order_by(OWN.c.id))]


def _without(conn: sa.Connection, team: str, left: Collection[str]) -> Iterable[Waiting]:
    """With whom we do something together, and nobody is responsible for them."""
    taken = sa.exists().where(
        TIE.c.team_id == team,
        TIE.c.partner_id == PARTNER.c.id,
        TIE.c.tie == Tie.RESPONSIBLE,
        TIE.c.user_id.not_in(sorted(left)),
    )
    query = sa.select(PARTNER.c.id).where(*together(team), ~taken)
    inner_first = query.order_by(OUTWARDS, PARTNER.c.folded_name, PARTNER.c.id)
    return [Waiting(Needs.NOBODY, *row) for row in conn.execute(inner_first)]


def names(
    conn: sa.Connection, team: str, numbers: Collection[int], *which: sa.ColumnElement[bool]
) -> Mapping[int, str]:
    """The names of these partners, of those that `which` says."""
    found: dict[int, str] = {}
    ordered = sorted(numbers)
    for first in range(0, len(ordered), _AT_ONCE):
        some: Sequence[int] = ordered[first : first + _AT_ONCE]
        query = sa.select(PARTNER.c.id, PARTNER.c.name).where(
            PARTNER.c.team_id == team, among(PARTNER.c.id, some), *which
        )
        found |= {row.id: row.name for row in conn.execute(query)}
    return found
