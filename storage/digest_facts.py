"""What the digest may tell of: organisations only, and of a person's words none.

Partners that are one person are in no channel, so they are in none of these.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import fields
from datetime import timedelta

import sqlalchemy as sa

from bot.circle import Level, Move, Why
from bot.circle_gate import Standing
from bot.digest import Contacts, Decided, Evaluated, Facts, Friend
from bot.evaluation import Decision as Outcome
from bot.partner import RelationType
from bot.round import Kind as RoundKind
from storage import digest_coming, digest_look, digest_quiet, home
from storage.circle_tables import GATE, MOVE
from storage.contact_tables import CONTACT, by_us
from storage.digest_quiet import named
from storage.digest_window import Window, of_partners
from storage.import_tables import IMPORT_PARTNER
from storage.partner_tables import PARTNER
from storage.round_tables import ROUND
from storage.schema import among
from storage.tjek_tables import TJEK

# A contact of long ago that somebody has noted only now is no news.
_RECENT = timedelta(days=28)


def facts(
    conn: sa.Connection, team: str, window: Window, *, left: Collection[str], advice: int
) -> Facts:
    """All that the digest is made of; `left` are those who are no colleagues any more."""
    moves = _moves(conn, team, window)
    return Facts(
        friends=_friends(conn, team, window),
        contacts=_contacts(conn, team, window),
        moves=moves,
        met=_met(conn, team, moves),
        decided=_decided(conn, team, window),
        evaluated=_evaluated(conn, team, window),
        unclaimed=digest_quiet.unclaimed(
            conn,
            team,
            window.today,
            window.calendar,
            left,
            since=window.since,
            until=window.until,
        ),
        coming=digest_coming.coming(conn, team, window),
        lookable=digest_look.lookable(conn, team, window.today, window.calendar, advice=advice),
    )


def _friends(conn: sa.Connection, team: str, window: Window) -> list[Friend]:
    """Those that somebody has added; a list that was read in holds old ones."""
    read_in = sa.exists().where(
        IMPORT_PARTNER.c.team_id == team,
        IMPORT_PARTNER.c.partner_id == PARTNER.c.id,
        IMPORT_PARTNER.c.new,
    )
    query = sa.select(PARTNER.c.id, PARTNER.c.created_at).where(
        *named(team),
        PARTNER.c.created_at >= (window.friends_since or window.since),
        PARTNER.c.created_at < window.until,
        PARTNER.c.relation_type == RelationType.PARTNER,  # a supplier is no friend
        ~read_in,
    )
    rows = conn.execute(query).all()
    ties = home.ties(conn, team, [row.id for row in rows])
    return [
        Friend(row.id, window.calendar.day(row.created_at), ties[row.id].known_by) for row in rows
    ]


def _contacts(conn: sa.Connection, team: str, window: Window) -> Contacts | None:
    """With friends of the house: a supplier is none."""
    own = CONTACT.c
    noted = (
        window.holds(own.noted_at),
        by_us(),
        PARTNER.c.relation_type == RelationType.PARTNER,
        own.on > window.calendar.day(window.since) - _RECENT,
    )
    totals = [sa.func.count(), sa.func.count(sa.distinct(own.partner_id))]
    counted = of_partners(sa.select(*totals), CONTACT, team).where(*noted)
    number, partners = conn.execute(counted).one()
    if not number:
        return None
    newest = of_partners(sa.select(own.partner_id, own.noted_by, own.on), CONTACT, team)
    order = (own.on.desc(), own.noted_at.desc(), own.id.desc())
    last = conn.execute(newest.where(*noted).order_by(*order).limit(1)).one()
    return Contacts(number, partners, last.partner_id, last.noted_by, last.on)


def _moves(conn: sa.Connection, team: str, window: Window) -> list[Move]:
    """Without what was written of them."""
    written = {"reason", "learned", "told"}
    names = [MOVE.c[field.name] for field in fields(Move) if field.name not in written]
    query = of_partners(sa.select(*names), MOVE, team).where(
        window.holds(MOVE.c.at), MOVE.c.why != Why.READ_IN
    )
    return [Move(**row) for row in conn.execute(query).mappings()]


def _met(conn: sa.Connection, team: str, moves: Sequence[Move]) -> Mapping[int, int]:
    """How many of the six criteria are met by those that came to be partnerships."""
    come = [one.partner_id for one in moves if one.to_level is Level.PARTNERSHIP]
    own = GATE.c
    mine = (own.team_id == team, among(own.partner_id, come))
    newest = sa.select(sa.func.max(own.id)).where(*mine).group_by(own.partner_id)
    met = sa.select(own.partner_id, sa.func.count()).where(
        *mine, own.id.in_(newest), own.standing == Standing.MET
    )
    return {row[0]: row[1] for row in conn.execute(met.group_by(own.partner_id))}


def _decided(conn: sa.Connection, team: str, window: Window) -> list[Decided]:
    columns = (TJEK.c.partner_id, TJEK.c.decision, TJEK.c.decided_at)
    query = of_partners(sa.select(*columns), TJEK, team).where(
        window.holds(TJEK.c.decided_at), TJEK.c.decision.is_not(None)
    )
    return [
        Decided(row.partner_id, row.decision, window.calendar.day(row.decided_at))
        for row in conn.execute(query)
    ]


def _evaluated(conn: sa.Connection, team: str, window: Window) -> list[Evaluated]:
    columns = (ROUND.c.partner_id, ROUND.c.decision, ROUND.c.closed_at)
    query = of_partners(sa.select(*columns), ROUND, team).where(
        ROUND.c.kind == RoundKind.EVALUATION,
        window.holds(ROUND.c.closed_at),
        ROUND.c.decision.in_((Outcome.GO_ON, Outcome.ADJUST)),
    )
    return [
        Evaluated(row.partner_id, Outcome(row.decision), window.calendar.day(row.closed_at))
        for row in conn.execute(query)
    ]
