"""What the leader's page is made of: some counts, and the few rows that are named on it."""

from collections.abc import Collection
from dataclasses import dataclass, fields
from datetime import date, datetime, time

import sqlalchemy as sa

from bot.circle import Move, Why
from bot.partner import RelationType
from bot.report import Count, Facts, No, Quarter, asks
from bot.timetable import Calendar
from bot.tjek import Decision
from storage import report_waiting
from storage.circle_tables import MOVE
from storage.contact_tables import CONTACT, by_us
from storage.import_tables import IMPORT_PARTNER
from storage.partner_tables import PARTNER
from storage.tjek_tables import TJEK
from storage.workspace import MEMBER


@dataclass(frozen=True)
class Asked:
    """The quarter that is asked for, and the day on which it is."""

    quarter: Quarter
    today: date
    calendar: Calendar
    sent: bool = False  # by the bot, in the morning after the quarter

    def moment(self, day: date) -> datetime:
        """When that day begins."""
        return self.calendar.moment(day, time())


def facts(conn: sa.Connection, team: str, wanted: Asked, left: Collection[str]) -> Facts:
    """All of it; `left` are responsible for partners and no colleagues any more."""
    quarter = wanted.quarter
    moves = _moves(conn, team, *_ends(wanted, quarter))
    noes = _noes(conn, team, *_ends(wanted, quarter))
    waiting = (
        report_waiting.waiting(conn, team, wanted.today, wanted.calendar, left)
        if wanted.sent or asks(quarter, wanted.today)
        else []
    )
    return Facts(
        moves,
        noes,
        waiting,
        _count(conn, team, wanted, quarter),
        _count(conn, team, wanted, quarter.before),
    )


def _ends(wanted: Asked, quarter: Quarter) -> tuple[datetime, datetime]:
    """Its first moment, and the first after it."""
    return wanted.moment(quarter.first), wanted.moment(quarter.after.first)


def _moves(conn: sa.Connection, team: str, since: datetime, until: datetime) -> list[Move]:
    """Without those that came with a file."""
    query = sa.select(*(MOVE.c[field.name] for field in fields(Move))).where(
        MOVE.c.team_id == team, MOVE.c.at >= since, MOVE.c.at < until, MOVE.c.why != Why.READ_IN
    )
    return [Move(**row) for row in conn.execute(query.order_by(MOVE.c.id)).mappings()]


def _noes(conn: sa.Connection, team: str, since: datetime, until: datetime) -> list[No]:
    own = TJEK.c
    here = (PARTNER.c.team_id == own.team_id) & (PARTNER.c.id == own.partner_id)
    query = (
        sa.select(
            own.id,
            sa.func.coalesce(PARTNER.c.name, own.partner_name).label("name"),
            own.idea,
            own.reason,
            own.decided_at,
            own.partner_id,
        )
        .select_from(TJEK.outerjoin(PARTNER, here))
        .where(own.team_id == team, own.decision == Decision.KINDLY_NO)
        .where(own.decided_at >= since, own.decided_at < until)
    )
    return [
        No(
            row.id,
            row.name or row.idea,
            row.idea if row.name else "",
            row.reason,
            row.decided_at,
            row.partner_id,
        )
        for row in conn.execute(query.order_by(own.id))
    ]


def _count(conn: sa.Connection, team: str, wanted: Asked, quarter: Quarter) -> Count:
    """Who was new then stays so in the archive; two that were made one are one row by now."""
    own = CONTACT.c
    here = (PARTNER.c.team_id == own.team_id) & (PARTNER.c.id == own.partner_id)
    contacts = (
        sa.select(sa.func.count(), sa.func.count(own.partner_id.distinct()))
        .join_from(CONTACT, PARTNER, here)
        .where(own.team_id == team, own.on.between(quarter.first, quarter.last), by_us())
        .where(PARTNER.c.relation_type == RelationType.PARTNER)
    )
    since, until = _ends(wanted, quarter)
    read_in = sa.exists().where(
        IMPORT_PARTNER.c.team_id == team,
        IMPORT_PARTNER.c.partner_id == PARTNER.c.id,
        IMPORT_PARTNER.c.new,
    )
    new = sa.select(sa.func.count()).where(
        PARTNER.c.team_id == team,
        PARTNER.c.created_at >= since,
        PARTNER.c.created_at < until,
        PARTNER.c.relation_type == RelationType.PARTNER,
        ~read_in,
    )
    number, partners = conn.execute(contacts).one()
    return Count(number, partners, conn.execute(new).scalar_one())


def readers(conn: sa.Connection, team: str) -> list[str]:
    """Who has chosen to get the page."""
    own = MEMBER.c
    query = sa.select(own.user_id).where(own.team_id == team, own.quarterly)
    return list(conn.execute(query.order_by(own.user_id)).scalars())
