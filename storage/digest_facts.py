"""What the digest may tell of: organisations only, and of a person's words none.

Partners that are one person are in no channel, so they are in none of these.
"""

from collections.abc import Collection
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from bot.circle import Move, Why
from bot.contact import Contact
from bot.digest import AHEAD, Ahead, Coming, Decided, Evaluated, Facts, Friend
from bot.evaluation import Decision as Outcome
from bot.partner import RelationType
from bot.round import Kind as RoundKind
from bot.round import State
from bot.timetable import Calendar
from storage import digest_quiet, home
from storage.circle_tables import ACTIVITY, MOVE, TRIAL
from storage.contact_tables import CONTACT
from storage.digest_quiet import named
from storage.import_tables import IMPORT_PARTNER
from storage.partner_tables import PARTNER
from storage.round_tables import ROUND
from storage.tjek_tables import TJEK

# A contact of long ago that somebody has noted only now is no news.
_RECENT = timedelta(days=28)


@dataclass(frozen=True)
class Window:
    """What the digest of that day tells of, from the end of the one before, and its channel."""

    since: datetime
    today: date
    calendar: Calendar
    channel: str | None = None
    friends_since: datetime | None = None  # where that is another moment


def facts(
    conn: sa.Connection, team: str, window: Window, *, left: Collection[str], advice: int
) -> Facts:
    """All that the digest is made of; `left` are those who are no colleagues any more."""
    return Facts(
        friends=_friends(conn, team, window),
        contacts=_contacts(conn, team, window),
        moves=_moves(conn, team, window),
        decided=_decided(conn, team, window),
        evaluated=_evaluated(conn, team, window),
        unclaimed=digest_quiet.unclaimed(
            conn, team, window.today, window.calendar, left, since=window.since
        ),
        coming=_coming(conn, team, window),
        partners=digest_quiet.looked_at(conn, team, window.today, window.calendar),
        advice=advice,
    )


def _friends(conn: sa.Connection, team: str, window: Window) -> list[Friend]:
    """Those that somebody has added; a list that was read in holds old ones."""
    read_in = sa.exists().where(
        IMPORT_PARTNER.c.team_id == team,
        IMPORT_PARTNER.c.partner_id == PARTNER.c.id,
        IMPORT_PARTNER.c.new,
    )
    query = sa.select(PARTNER.c.id, PARTNER.c.created_at).where(
        *named(team), PARTNER.c.created_at >= (window.friends_since or window.since), ~read_in
    )
    rows = conn.execute(query).all()
    ties = home.ties(conn, team, [row.id for row in rows])
    return [
        Friend(row.id, window.calendar.day(row.created_at), ties[row.id].known_by) for row in rows
    ]


def _contacts(conn: sa.Connection, team: str, window: Window) -> list[Contact]:
    """With friends of the house: a supplier is none."""
    names = [CONTACT.c[field.name] for field in fields(Contact)]
    query = _of_partners(sa.select(*names), CONTACT, team).where(
        CONTACT.c.noted_at >= window.since,
        CONTACT.c.undone_at.is_(None),
        PARTNER.c.relation_type == RelationType.PARTNER,
        CONTACT.c.on > window.calendar.day(window.since) - _RECENT,
    )
    return [Contact(**row) for row in conn.execute(query).mappings()]


def _moves(conn: sa.Connection, team: str, window: Window) -> list[Move]:
    """Without what was written of them."""
    written = {"reason", "learned", "told"}
    names = [MOVE.c[field.name] for field in fields(Move) if field.name not in written]
    query = _of_partners(sa.select(*names), MOVE, team).where(
        MOVE.c.at >= window.since, MOVE.c.why != Why.READ_IN
    )
    return [Move(**row) for row in conn.execute(query).mappings()]


def _decided(conn: sa.Connection, team: str, window: Window) -> list[Decided]:
    columns = (TJEK.c.partner_id, TJEK.c.decision, TJEK.c.decided_at)
    query = _of_partners(sa.select(*columns), TJEK, team).where(
        TJEK.c.decided_at >= window.since, TJEK.c.decision.is_not(None)
    )
    return [
        Decided(row.partner_id, row.decision, window.calendar.day(row.decided_at))
        for row in conn.execute(query)
    ]


def _evaluated(conn: sa.Connection, team: str, window: Window) -> list[Evaluated]:
    columns = (ROUND.c.partner_id, ROUND.c.decision, ROUND.c.closed_at)
    query = _of_partners(sa.select(*columns), ROUND, team).where(
        ROUND.c.kind == RoundKind.EVALUATION,
        ROUND.c.closed_at >= window.since,
        ROUND.c.decision.in_((Outcome.GO_ON, Outcome.ADJUST)),
    )
    return [
        Evaluated(row.partner_id, Outcome(row.decision), window.calendar.day(row.closed_at))
        for row in conn.execute(query)
    ]


def _coming(conn: sa.Connection, team: str, window: Window) -> list[Coming]:
    """With the responsible, who sees to it."""
    found = [
        *_steps(conn, team, window),
        *_on_a_day(conn, team, window, Ahead.TRIAL, TRIAL.c.decide_on, TRIAL.c.outcome),
        *_on_a_day(conn, team, window, Ahead.ACTIVITY, ACTIVITY.c.ends_on, ACTIVITY.c.over_at),
    ]
    ties = home.ties(conn, team, list({one.partner_id for one in found if one.partner_id}))
    seen_to = []
    for one in found:
        who = ties[one.partner_id].responsible if one.partner_id else None
        seen_to.append(replace(one, who=(who,)) if who else one)
    return [*seen_to, *_rounds(conn, team, window)]


def _steps(conn: sa.Connection, team: str, window: Window) -> list[Coming]:
    steps = sa.select(PARTNER.c.id, PARTNER.c.next_step_on).where(
        *named(team),
        PARTNER.c.next_step != "",
        PARTNER.c.next_step_on.between(window.today, window.today + AHEAD),
    )
    return [Coming(Ahead.STEP, row.id, row.next_step_on, row.id) for row in conn.execute(steps)]


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
    query = _of_partners(
        sa.select(table.c.id, table.c.partner_id, day.label("day")), table, team
    ).where(closed.is_(None), day.between(window.today, window.today + AHEAD))
    return [Coming(what, row.id, row.day, row.partner_id) for row in conn.execute(query)]


def _rounds(conn: sa.Connection, team: str, window: Window) -> list[Coming]:
    """Those that stand where everybody may read, or in the digest's own channel."""
    columns = (ROUND.c.id, ROUND.c.partner_id, ROUND.c.deadline)
    query = _of_partners(sa.select(*columns), ROUND, team).where(
        ROUND.c.state == State.OPEN,
        ROUND.c.kind == RoundKind.TJEK,
        ROUND.c.open_to_all | (ROUND.c.channel == window.channel),
    )
    return [
        Coming(Ahead.ROUND, row.id, window.calendar.day(row.deadline), row.partner_id)
        for row in conn.execute(query)
    ]


def _of_partners(query: sa.Select[Any], table: Any, team: str) -> sa.Select[Any]:  # noqa: ANN401 - a table or what a column says it is of
    mine = (PARTNER.c.team_id == table.c.team_id) & (PARTNER.c.id == table.c.partner_id)
    return query.join(PARTNER, mine).where(table.c.team_id == team, *named(team))
