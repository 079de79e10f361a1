"""How often is asked about partners, and all that decides when somebody is asked next."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from bot.circle import Why
from bot.circle_question import Kind as Asks
from bot.partner import RelationType, Tie
from bot.reminder_cadence import Cadence, Place, Relation
from bot.round_voice import is_outside
from bot.tjek import Decision
from storage.circle_tables import MOVE, QUESTION, TRIAL
from storage.contact_tables import CONTACT
from storage.evaluation_tables import STEP as EVALUATION_STEP
from storage.import_tables import IMPORT_PARTNER
from storage.partner_tables import PARTNER, TIE
from storage.reminder_tables import CADENCE, HANDOVER, OWN
from storage.round_tables import INVITED, ROUND
from storage.schema import among, next_ids, upsert
from storage.tjek_step import TJEK_STEP
from storage.tjek_tables import TJEK
from storage.workspace import MEMBER


def library(conn: sa.Connection, team: str) -> dict[Place, Cadence]:
    """The cadences that the library has chosen itself; for all others the usual ones hold."""
    rows = conn.execute(sa.select(CADENCE).where(CADENCE.c.team_id == team))
    return {row.place: Cadence(row.on_the_way, row.ask) for row in rows}


def choose(conn: sa.Connection, team: str, place: Place, cadence: Cadence | None) -> None:
    """Let it hold for the whole library; None goes back to the usual one."""
    if cadence is None:
        mine = (CADENCE.c.team_id == team, CADENCE.c.place == place)
        conn.execute(sa.delete(CADENCE).where(*mine))
        return
    days = {"on_the_way": cadence.on_the_way, "ask": cadence.ask}
    upsert(conn, CADENCE, {"team_id": team, "place": place, **days})


def own(conn: sa.Connection, team: str, partner_id: int) -> tuple[Cadence | None, date | None]:
    """What was chosen for one partner, and the end of the agreement with it."""
    return own_of(conn, team, [partner_id]).get(partner_id, (None, None))


def own_of(
    conn: sa.Connection, team: str, partner_ids: Sequence[int]
) -> dict[int, tuple[Cadence | None, date | None]]:
    """As own(), of those of these partners for which anything was chosen."""
    query = sa.select(OWN).where(OWN.c.team_id == team, among(OWN.c.partner_id, partner_ids))
    found: dict[int, tuple[Cadence | None, date | None]] = {}
    for row in conn.execute(query.order_by(OWN.c.id)):
        cadence, ends = found.get(row.partner_id, (None, None))
        chosen = Cadence(row.on_the_way, row.ask) if row.ask else cadence
        found[row.partner_id] = (chosen, row.agreement_ends or ends)
    return found


def choose_own(
    conn: sa.Connection,
    team: str,
    partner_id: int,
    cadence: Cadence | None,
    agreement_ends: date | None,
    *,
    evaluated: bool | None = None,
) -> None:
    """Put them in place of what stood there; the partner is locked.

    Whether it is `evaluated` stays as it was where that is None.
    """
    if evaluated is None:
        evaluated = not not_evaluated(conn, team, [partner_id])
    mine = (OWN.c.team_id == team, OWN.c.partner_id == partner_id)
    conn.execute(sa.delete(OWN).where(*mine))
    if cadence is None and agreement_ends is None and evaluated:
        return
    (new_id,) = next_ids(conn, team)
    days = {"on_the_way": cadence and cadence.on_the_way, "ask": cadence and cadence.ask}
    row = {"team_id": team, "id": new_id, "partner_id": partner_id, **days}
    never = None if evaluated else True
    conn.execute(sa.insert(OWN).values(**row, agreement_ends=agreement_ends, not_evaluated=never))


def not_evaluated(
    conn: sa.Connection, team: str, partner_ids: Sequence[int] | None = None
) -> set[int]:
    """Those of these partners, or of all, that are never evaluated."""
    which = [OWN.c.team_id == team, OWN.c.not_evaluated]
    if partner_ids is not None:
        which.append(among(OWN.c.partner_id, partner_ids))
    return set(conn.execute(sa.select(OWN.c.partner_id).where(*which)).scalars())


def relations(
    conn: sa.Connection, team: str, partner_ids: Sequence[int], zone: ZoneInfo
) -> list[Relation]:
    """These partners as bot/reminder_cadence.py looks at them, in that time zone's days."""
    owned = own_of(conn, team, partner_ids)
    talked = _newest(conn, team, CONTACT.c.on, CONTACT.c.undone_at.is_(None), partner_ids)
    moved = _newest(conn, team, MOVE.c.at, MOVE.c.why != Why.READ_IN, partner_ids)
    no = TJEK.c.decision == Decision.KINDLY_NO
    declined = _newest(conn, team, TJEK.c.decided_at, no, partner_ids)
    later = _newest(conn, team, TJEK.c.decided_at, ~no, partner_ids)
    again = _newest(conn, team, QUESTION.c.due_on, _waits_after_a_no(), partner_ids)
    tried = _newest(conn, team, TRIAL.c.begun_on, TRIAL.c.outcome.is_(None), partner_ids)
    imported = _newest(conn, team, IMPORT_PARTNER.c.version, IMPORT_PARTNER.c.new, partner_ids)

    def day(moment: datetime | None) -> date | None:
        return moment.astimezone(zone).date() if moment else None

    def relation(row: sa.Row[Any]) -> Relation:
        cadence, ends = owned.get(row.id, (None, None))
        said_no = declined.get(row.id)
        followed = (later.get(row.id), moved.get(row.id))
        stands = said_no and not any(after and after > said_no for after in followed)
        return Relation(
            row.id,
            row.created_at.astimezone(zone).date(),
            imported=row.id in imported,
            relation_type=row.relation_type,
            level=row.level,
            status=row.status,
            archived=row.archived,
            on_trial=row.id in tried,
            last_contact=talked.get(row.id),
            moved_on=day(moved.get(row.id)),
            declined_on=day(said_no) if stands else None,
            ask_again_on=again.get(row.id),
            agreement_ends=None if row.relation_type is RelationType.PARTNER else ends,
            own=cadence,
        )

    mine = (PARTNER.c.team_id == team, among(PARTNER.c.id, partner_ids))
    return [relation(row) for row in conn.execute(sa.select(PARTNER).where(*mine))]


def _waits_after_a_no() -> sa.ColumnElement[bool]:
    still = QUESTION.c.answered_at.is_(None) & QUESTION.c.withdrawn_at.is_(None)
    return still & (QUESTION.c.kind == Asks.AFTER_NO)


def _newest(
    conn: sa.Connection,
    team: str,
    column: sa.Column[Any],
    which: sa.ColumnElement[bool],
    partner_ids: Sequence[int],
) -> Mapping[int, Any]:
    """The greatest of that column for each of the partners that has one."""
    of = column.table.c
    query = (
        sa.select(of.partner_id, sa.func.max(column, type_=column.type))
        .where(of.team_id == team, among(of.partner_id, partner_ids), which)
        .group_by(of.partner_id)
    )
    return {number: newest for number, newest in conn.execute(query) if newest is not None}


def tied_to(conn: sa.Connection, team: str, users: Sequence[str]) -> list[int]:
    """The partners, without the archived ones, that one of these colleagues is tied to."""
    hers = sa.select(TIE.c.partner_id).where(TIE.c.team_id == team, among(TIE.c.user_id, users))
    here = (PARTNER.c.team_id == team, PARTNER.c.archived.is_(False))
    query = sa.select(PARTNER.c.id).where(*here, PARTNER.c.id.in_(hers)).order_by(PARTNER.c.id)
    return list(conn.execute(query).scalars())


def responsible(conn: sa.Connection, team: str) -> list[str]:
    """Everybody who is responsible for partners, without archived ones; each once."""
    query = _responsible(team, TIE.c.user_id).distinct().order_by(TIE.c.user_id)
    return list(conn.execute(query).scalars())


def responsible_for(conn: sa.Connection, team: str, user: str) -> list[int]:
    """The partners, without archived ones, that this colleague is responsible for."""
    query = _responsible(team, TIE.c.partner_id).where(TIE.c.user_id == user)
    return list(conn.execute(query.order_by(TIE.c.partner_id)).scalars())


def _responsible(team: str, column: sa.Column[Any]) -> sa.Select[Any]:
    here = sa.select(PARTNER.c.id).where(PARTNER.c.team_id == team, PARTNER.c.archived.is_(False))
    ties = (TIE.c.team_id == team, TIE.c.tie == Tie.RESPONSIBLE, TIE.c.partner_id.in_(here))
    return sa.select(column).where(*ties)


def readers(conn: sa.Connection, team: str) -> set[str]:
    """All for whom anything may wait: who is tied, steps in, is asked, leads or has promised."""
    columns = (
        (TIE, TIE.c.user_id),
        (MEMBER, MEMBER.c.deputy),
        (INVITED, INVITED.c.user_id),
        (ROUND, ROUND.c.called_by),
        (HANDOVER, HANDOVER.c.to),
        (QUESTION, QUESTION.c.by),
        (TJEK_STEP, TJEK_STEP.c.user_id),
        (EVALUATION_STEP, EVALUATION_STEP.c.user_id),
    )
    found: set[str] = set()
    for table, column in columns:
        query = sa.select(column).where(table.c.team_id == team, column.is_not(None)).distinct()
        found.update(conn.execute(query).scalars())
    return {user for user in found if user and not is_outside(user)}
