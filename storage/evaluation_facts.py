"""What the year of evaluations is planned from.

The whole house in some dozen statements, however many partners it has.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from bot.circle import Level, Why
from bot.evaluation import Occasion
from bot.evaluation_open import MOST_ASKED
from bot.evaluation_relation import Ending, Moved, Past, Relation
from bot.evaluation_room import House
from bot.partner import Tie
from bot.round import Kind, State
from bot.round_voice import is_outside
from storage import reminder_cadence
from storage import workspace as settings_of
from storage.circle_picture import together
from storage.circle_tables import ACTIVITY, MOVE, TRIAL
from storage.evaluation_tables import EVALUATION, MOVED
from storage.import_tables import IMPORT_PARTNER
from storage.partner_tables import PARTNER, TIE
from storage.round_tables import INVITED, ROUND
from storage.types import Json

# What was longer ago takes up no room any more (bot/evaluation_room.py).
_YEAR = timedelta(days=366)

_TIES = (Tie.RESPONSIBLE, Tie.DEPUTY, Tie.KNOWS)
_T = TypeVar("_T")
_Rows = Iterable[tuple[int, _T]]


def relations(
    conn: sa.Connection,
    team: str,
    zone: ZoneInfo,
    *,
    channel: str = "",
    partner_id: int | None = None,
) -> list[Relation]:
    """Every relation that may be evaluated, or that one; its days are that time zone's.

    `channel` is where a round stands that is about one without a channel of its own.
    """
    facts = _Facts(conn, team, zone, partner_id)
    ties, imported = facts.ties(), facts.imported()
    moved_to, trials, endings = facts.moved_to(), facts.trials(), facts.endings()
    past, decided = facts.past(), facts.decided()
    off = reminder_cadence.not_evaluated(conn, team)

    def relation(row: sa.Row[Any]) -> Relation:
        tied = ties.get(row.id, ())
        people = dict.fromkeys(user for _, user in sorted(tied, key=lambda one: one[0]))
        return Relation(
            row.id,
            facts.day(row.created_at),
            name=row.name,
            imported=row.id in imported,
            level=row.level,
            switched_off=row.id in off,
            start=row.start,
            moved_on=moved_to.get((row.id, row.level)),
            trial=trials.get(row.id) if row.level is Level.COLLABORATION else None,
            endings=endings.get(row.id, ()),
            past=past.get(row.id, ()),
            moved=decided.get(row.id, ()),
            responsible=next((user for place, user in tied if place[0] == 0), None),
            people=tuple(people)[:MOST_ASKED],
            channel=row.channel or channel,
        )

    return [relation(row) for row in conn.execute(facts.partners(PARTNER))]


def house(conn: sa.Connection, team: str, zone: ZoneInfo, today: date) -> House:
    """What has happened in the last year, as far as it takes up room."""
    rounds = sa.select(
        ROUND.c.id, ROUND.c.kind, ROUND.c.called_by, ROUND.c.opened_at, ROUND.c.channel
    ).where(ROUND.c.team_id == team, ROUND.c.opened_at >= _midnight(today - _YEAR, zone))
    opened = {row.id: row for row in conn.execute(rounds)}
    invited: defaultdict[str, list[date]] = defaultdict(list)
    threads: defaultdict[str, list[date]] = defaultdict(list)
    these = rounds.with_only_columns(ROUND.c.id)
    asked = sa.select(INVITED.c.round_id, INVITED.c.user_id).where(
        INVITED.c.team_id == team, INVITED.c.round_id.in_(these)
    )
    for round_id, user in conn.execute(asked):
        this = opened[round_id]
        own = this.kind is Kind.TJEK and user == this.called_by  # she has not been invited
        if not own and not is_outside(user):
            invited[user].append(_day(this.opened_at, zone))
    for this in opened.values():
        threads[this.channel].append(_day(this.opened_at, zone))
    begun_at = settings_of.switched_on_at(conn, team)
    return House(
        begun_on=begun_at and _day(begun_at, zone),
        opened=[
            _day(this.opened_at, zone) for this in opened.values() if this.kind is Kind.EVALUATION
        ],
        invited=invited,
        threads=threads,
        away=settings_of.away_until(conn, team, today),
    )


class _Facts:
    """What hangs on the partners that may be evaluated, by the partner's number."""

    def __init__(
        self, conn: sa.Connection, team: str, zone: ZoneInfo, partner_id: int | None
    ) -> None:
        self._conn, self._team, self._zone, self._partner_id = conn, team, zone, partner_id

    def day(self, moment: datetime) -> date:
        return _day(moment, self._zone)

    def partners(self, *columns: Any) -> sa.Select[Any]:  # noqa: ANN401 - a table, or one of its columns
        query = sa.select(*columns).where(*together(self._team))
        if self._partner_id is not None:
            query = query.where(PARTNER.c.id == self._partner_id)
        return query.order_by(PARTNER.c.id)

    def ties(self) -> Mapping[int, Sequence[tuple[tuple[int, int], str]]]:
        rows = self._rows(TIE)
        return _by_partner(
            (row.partner_id, ((_TIES.index(row.tie), row.position), row.user_id)) for row in rows
        )

    def imported(self) -> set[int]:
        return {row.partner_id for row in self._rows(IMPORT_PARTNER, IMPORT_PARTNER.c.new)}

    def moved_to(self) -> Mapping[tuple[int, Level], date]:
        """When a partner came to a level last, by both."""
        came = (MOVE.c.from_level != MOVE.c.to_level) & (MOVE.c.why != Why.READ_IN)
        rows = sorted(self._rows(MOVE, came), key=lambda row: (row.at, row.id))
        return {(row.partner_id, row.to_level): self.day(row.at) for row in rows}

    def trials(self) -> Mapping[int, tuple[date, date]]:
        rows = self._rows(TRIAL, TRIAL.c.outcome.is_(None))
        return {row.partner_id: (row.begun_on, row.decide_on) for row in rows}

    def endings(self) -> Mapping[int, Sequence[Ending]]:
        rows = self._rows(ACTIVITY)
        ends = ((row, self.day(row.over_at) if row.over_at else row.ends_on) for row in rows)
        return _by_partner((row.partner_id, Ending(row.id, row.what, on)) for row, on in ends if on)

    def past(self) -> Mapping[int, Sequence[Past]]:
        """One that was called off has asked the partner nothing.

        What was due is over with it all the same, but by hand nothing was.
        """
        off = sa.select(ROUND.c.subject_id).where(
            ROUND.c.team_id == self._team,
            ROUND.c.kind == Kind.EVALUATION,
            ROUND.c.state == State.CANCELLED,
        )
        called_off = set(self._conn.execute(off).scalars())

        def past(row: sa.Row[Any]) -> Past:
            asked = row.asks_partner and row.id not in called_off
            return Past(row.occasion, row.due_on, self.day(row.opened_at), asked)

        return _by_partner(
            (row.partner_id, past(row))
            for row in self._rows(EVALUATION)
            if row.occasion is not Occasion.BY_HAND or row.id not in called_off
        )

    def decided(self) -> Mapping[int, Sequence[Moved]]:
        rows = sorted(self._rows(MOVED), key=lambda row: (row.at, row.id), reverse=True)
        return _by_partner(
            (
                row.partner_id,
                Moved(row.occasion, row.due_on, row.to_on, self.day(row.at), row.instrument),
            )
            for row in rows
        )

    def _rows(
        self, table: sa.Table, which: sa.ColumnElement[bool] | None = None
    ) -> Sequence[sa.Row[Any]]:
        columns = [column for column in table.columns if not isinstance(column.type, Json)]
        theirs = table.c.partner_id.in_(self.partners(PARTNER.c.id).order_by(None))
        query = sa.select(*columns).where(table.c.team_id == self._team, theirs)
        return self._conn.execute(query if which is None else query.where(which)).all()


def _by_partner(found: _Rows[_T]) -> Mapping[int, Sequence[_T]]:
    each: defaultdict[int, list[_T]] = defaultdict(list)
    for number, one in found:
        each[number].append(one)
    return each


def _day(moment: datetime, zone: ZoneInfo) -> date:
    return moment.astimezone(zone).date()


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=zone)
