"""Between a Partner and its rows: one row of its own, and those of its tags, people and ties."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, fields, replace
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from bot.partner import ContactPerson, Partner, Purpose, Room, Tie
from bot.text import bare_name, fold
from storage.partner_tables import PARTNER, PERSON, TAG, TIE
from storage.schema import among, next_ids

Row = dict[str, object]

# Fields of several values, each value a row of partner_tag, and what a value is in Partner.
FACETS: Mapping[str, type[str]] = {
    "other_names": str,
    "keywords": str,
    "target_groups": str,
    "age_groups": str,
    "rooms": Room,
    "purposes": Purpose,
    "goals": str,
}
TIES: Mapping[str, Tie] = {
    "responsible": Tie.RESPONSIBLE,
    "deputy": Tie.DEPUTY,
    "known_by": Tie.KNOWS,
}

# Enough to order and compare names by; an entry in an index of PostgreSQL holds 2,700 bytes.
NAME_KEY_LENGTH = 200

_COLUMNS = [field.name for field in fields(Partner) if field.name in PARTNER.c]
_MADE_BY_US = {"id", "version", "created_by", "created_at"}


def own_row(partner: Partner) -> dict[str, object]:
    """What the partner's own row holds, without ids, version and who made it when."""
    return {name: getattr(partner, name) for name in _COLUMNS if name not in _MADE_BY_US} | {
        "folded_name": fold(partner.name)[:NAME_KEY_LENGTH],
        "bare_name": bare_name(partner.name)[:NAME_KEY_LENGTH],
    }


def load(conn: sa.Connection, team: str, ids: Sequence[int], *, lock: bool) -> list[Partner]:
    """The partners of these ids that exist, in that order."""
    query = sa.select(PARTNER).where(PARTNER.c.team_id == team, among(PARTNER.c.id, ids))
    own = {row.id: row for row in conn.execute(query.with_for_update() if lock else query)}
    found = [partner_id for partner_id in ids if partner_id in own]
    if not found:
        return []
    tags = _belonging(conn, team, TAG, found)
    people = _belonging(conn, team, PERSON, found)
    ties = _belonging(conn, team, TIE, found)
    return [_partner(own[key], tags[key], people[key], ties[key]) for key in found]


def hold(conn: sa.Connection, team: str, table: sa.Table, which: sa.ColumnElement[bool]) -> None:
    """Lock the partners of these rows, before the rows themselves: storage/schema.py tells why."""
    about = sa.select(table.c.partner_id).where(table.c.team_id == team, which)
    query = sa.select(PARTNER.c.id).where(PARTNER.c.team_id == team, PARTNER.c.id.in_(about))
    conn.execute(query.order_by(PARTNER.c.id).with_for_update())


def insert_tags(conn: sa.Connection, team: str, partner: Partner, facets: Iterable[str]) -> None:
    """Store the values of these fields of several values, in their order."""
    _insert(conn, TAG, tag_rows(team, partner, facets))


def tag_rows(team: str, partner: Partner, facets: Iterable[str]) -> list[Row]:
    """As the table has them."""
    key = {"team_id": team, "partner_id": partner.id}
    return [
        {**key, "facet": facet, "position": position, "value": value}
        for facet in facets
        for position, value in enumerate(getattr(partner, facet))
    ]


def replace_tags(conn: sa.Connection, team: str, partner: Partner, facets: Sequence[str]) -> None:
    """As insert_tags, in place of what these fields held."""
    mine = (TAG.c.partner_id == partner.id) & TAG.c.facet.in_(facets)
    conn.execute(sa.delete(TAG).where(TAG.c.team_id == team, mine))
    insert_tags(conn, team, partner, facets)


def replace_people(conn: sa.Connection, team: str, partner: Partner, known: set[int]) -> None:
    """Store the contact persons in their order; those whose id is not `known` get a new one."""
    mine = PERSON.c.partner_id == partner.id
    conn.execute(sa.delete(PERSON).where(PERSON.c.team_id == team, mine))
    new = [person for person in partner.people if person.id not in known]
    ids = iter(next_ids(conn, team, len(new)) if new else ())
    numbered = tuple(
        person if person.id in known else replace(person, id=next(ids)) for person in partner.people
    )
    _insert(conn, PERSON, person_rows(team, replace(partner, people=numbered)))


def person_rows(team: str, partner: Partner) -> list[Row]:
    """The contact persons with their ids, as the table has them."""
    key = {"team_id": team, "partner_id": partner.id}
    return [
        {**key, **vars(person), "position": position}
        for position, person in enumerate(partner.people)
    ]


def replace_ties(conn: sa.Connection, team: str, partner: Partner) -> None:
    """Store who is responsible, deputy, and knows them, in the order in which they came."""
    mine = TIE.c.partner_id == partner.id
    conn.execute(sa.delete(TIE).where(TIE.c.team_id == team, mine))
    _insert(conn, TIE, tie_rows(team, partner))


def tie_rows(team: str, partner: Partner) -> list[Row]:
    """As the table has them."""
    single = [(Tie.RESPONSIBLE, partner.responsible), (Tie.DEPUTY, partner.deputy)]
    ties = [*single, *((Tie.KNOWS, user) for user in dict.fromkeys(partner.known_by))]
    key = {"team_id": team, "partner_id": partner.id}
    return [
        {**key, "tie": tie, "user_id": user, "position": position}
        for position, (tie, user) in enumerate(ties)
        if user
    ]


def log_rows(
    team: str,
    before: Partner,
    after: Partner,
    names: Iterable[tuple[str, int]],
    *,
    by: str,
    at: datetime,
) -> list[Row]:
    """What the log says of these fields, each with the number of its row."""
    key = {"team_id": team, "partner_id": before.id, "version": after.version, "by": by, "at": at}
    return [
        {
            **key,
            "id": number,
            "field": name,
            "before": plain(getattr(before, name)),
            "after": plain(getattr(after, name)),
        }
        for name, number in names
    ]


def plain(value: object) -> object:
    """As JSON carries it."""
    if isinstance(value, tuple):
        return [plain(item) for item in value]
    if isinstance(value, ContactPerson):
        return asdict(value)
    return value.isoformat() if isinstance(value, date) else value


def _insert(conn: sa.Connection, table: sa.Table, rows: list[Row]) -> None:
    if rows:
        conn.execute(sa.insert(table), rows)


def _belonging(
    conn: sa.Connection, team: str, table: sa.Table, ids: Sequence[int]
) -> Mapping[int, list[sa.Row[Any]]]:
    query = sa.select(table).where(table.c.team_id == team, among(table.c.partner_id, ids))
    rows = defaultdict(list)
    for row in conn.execute(query.order_by(table.c.position)):
        rows[row.partner_id].append(row)
    return rows


def _partner(
    own: sa.Row[Any],
    tags: Iterable[sa.Row[Any]],
    people: Iterable[sa.Row[Any]],
    ties: Iterable[sa.Row[Any]],
) -> Partner:
    values: dict[str, Any] = {name: getattr(own, name) for name in _COLUMNS}
    for facet, kind in FACETS.items():
        values[facet] = tuple(kind(tag.value) for tag in tags if tag.facet == facet)
    of_tie = {tie: [row.user_id for row in ties if row.tie is tie] for tie in Tie}
    return Partner(
        **values,
        people=tuple(_person(row) for row in people),
        responsible=next(iter(of_tie[Tie.RESPONSIBLE]), None),
        deputy=next(iter(of_tie[Tie.DEPUTY]), None),
        known_by=tuple(of_tie[Tie.KNOWS]),
    )


def _person(row: sa.Row[Any]) -> ContactPerson:
    names = (field.name for field in fields(ContactPerson))
    return ContactPerson(**{name: getattr(row, name) for name in names})
