"""The register read page by page, for taking it out. A page is one state of the database.

Only persons who are on a card are in it. Of one who was forgotten nothing is left in these tables,
and the tombstones stay where they are.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from typing import Any, TypeVar

import sqlalchemy as sa

from bot.circle import Move
from bot.contact import Contact
from bot.export import Entry, Filters, Wanted, What
from bot.partner import Partner, RelationType
from bot.privacy import Standing
from bot.round import Kind, State
from bot.text import fold
from bot.tjek import Check
from storage import contact as contacts_of
from storage import evaluation_told, privacy, tjek
from storage import partner as register
from storage.circle_tables import MOVE
from storage.contact_tables import CONTACT
from storage.partner_tables import PARTNER, PERSON, TAG
from storage.privacy import PERSON_PRIVACY
from storage.round_tables import ROUND
from storage.schema import among
from storage.tjek_tables import TJEK

PAGE = 250  # partners; more make a page no cheaper, and the bot answers others between two pages

T = TypeVar("T", Contact, Move, Check)

_MOVE = [MOVE.c[field.name] for field in fields(Move)]


def page(
    conn: sa.Connection, team: str, wanted: Wanted, *, after: int, limit: int = PAGE
) -> list[Entry]:
    """The partners with the next higher ids, with what the file needs of them."""
    chosen = _chosen(team, wanted).where(PARTNER.c.id > after)
    ids = list(conn.execute(chosen.order_by(PARTNER.c.id).limit(limit)).scalars())
    partners = register.get_many(conn, team, ids)
    standings = privacy.standings(conn, team, ids)
    contacts = _contacts(conn, team, ids) if What.CONTACTS in wanted.needed else {}
    moves = _moves(conn, team, ids) if What.MOVES in wanted.needed else {}
    checks = _checks(conn, team, ids) if What.CHECKS in wanted.needed else {}
    told = evaluation_told.of_partners(conn, team, ids) if What.EVALUATIONS in wanted.needed else {}
    return [
        Entry(
            partner,
            _of(partner, standings),
            tuple(contacts.get(partner.id, ())),
            tuple(moves.get(partner.id, ())),
            tuple(checks.get(partner.id, ())),
            tuple(told.get(partner.id, ())),
        )
        for partner in partners
    ]


def ideas(conn: sa.Connection, team: str, *, after: int, limit: int = PAGE) -> list[Check]:
    """The finished checks that have no partner, by their ids."""
    alone = TJEK.c.partner_id.is_(None) & (TJEK.c.id > after)
    return tjek.finished(conn, team, alone & _not_in_a_round(team), limit=limit)


def count(conn: sa.Connection, team: str, wanted: Wanted) -> int:
    """How many partners the pages have."""
    chosen = _chosen(team, wanted).subquery()
    return conn.execute(sa.select(sa.func.count()).select_from(chosen)).scalar_one()


def unwilling(conn: sa.Connection, team: str) -> frozenset[str]:
    """The folded addresses of all who wish no contact, at whichever partner it was noted."""
    query = (
        sa.select(PERSON.c.email)
        .join(
            PERSON_PRIVACY,
            (PERSON.c.team_id == PERSON_PRIVACY.c.team_id)
            & (PERSON.c.id == PERSON_PRIVACY.c.person_id),
        )
        .where(PERSON.c.team_id == team, PERSON_PRIVACY.c.no_contact, PERSON.c.email != "")
    )
    return frozenset(fold(address) for address in conn.execute(query).scalars())


def _chosen(team: str, wanted: Wanted) -> sa.Select[Any]:
    query = sa.select(PARTNER.c.id).where(PARTNER.c.team_id == team)
    if not wanted.archived:
        query = query.where(PARTNER.c.archived.is_(False))
    return query.where(*_fits(team, wanted.filters))


def _fits(team: str, filters: Filters) -> Iterable[sa.ColumnElement[bool]]:
    if filters.levels:
        yield PARTNER.c.relation_type == RelationType.PARTNER  # the others carry no level
        yield PARTNER.c.level.in_(filters.levels)
    if filters.kinds:
        yield PARTNER.c.kind.in_(filters.kinds)
    if filters.branches:
        yield PARTNER.c.branch.in_(filters.branches)
    tags = {"keywords": filters.keywords, "rooms": filters.rooms, "goals": filters.goals}
    for facet, values in tags.items():
        if values:
            tagged = sa.select(TAG.c.partner_id).where(
                TAG.c.team_id == team, TAG.c.facet == facet, TAG.c.value.in_(values)
            )
            yield PARTNER.c.id.in_(tagged)


def _of(partner: Partner, standings: Mapping[int, Standing]) -> dict[int, Standing]:
    """Without those who have left the card."""
    ids = (partner.id, *(person.id for person in partner.people))
    return {one: standings[one] for one in ids if one in standings}


def _contacts(conn: sa.Connection, team: str, ids: Sequence[int]) -> Mapping[int, list[Contact]]:
    mine = contacts_of.standing(team).where(among(CONTACT.c.partner_id, ids))
    return _by_partner(contacts_of.loaded(conn, mine.order_by(CONTACT.c.on, CONTACT.c.id)))


def _moves(conn: sa.Connection, team: str, ids: Sequence[int]) -> Mapping[int, list[Move]]:
    query = sa.select(*_MOVE).where(MOVE.c.team_id == team, among(MOVE.c.partner_id, ids))
    rows = conn.execute(query.order_by(MOVE.c.id)).mappings()
    return _by_partner([Move(**row) for row in rows])


def _checks(conn: sa.Connection, team: str, ids: Sequence[int]) -> Mapping[int, list[Check]]:
    mine = among(TJEK.c.partner_id, ids) & _not_in_a_round(team)
    return _by_partner(tjek.finished(conn, team, mine))


def _by_partner(found: Iterable[T]) -> Mapping[int, list[T]]:
    by_partner: dict[Any, list[T]] = defaultdict(list)
    for one in found:
        by_partner[one.partner_id].append(one)
    return by_partner


def _not_in_a_round(team: str) -> sa.ColumnElement[bool]:
    """Until a round's answers are shown, nobody sees another's."""
    asked = sa.select(ROUND.c.subject_id).where(
        ROUND.c.team_id == team, ROUND.c.kind == Kind.TJEK, ROUND.c.state == State.OPEN
    )
    return TJEK.c.id.not_in(asked)
