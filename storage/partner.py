"""The register: adding, reading and editing partners, and the log of what changed."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import fields, replace
from datetime import date, datetime

import sqlalchemy as sa

from bot.errors import UserError
from bot.partner import Change, Partner, Tie
from bot.translation import mark
from storage import duplicate_redirect, partner_rows, partner_words
from storage.partner_rows import FACETS, TIES
from storage.partner_tables import CHANGE, PARTNER
from storage.schema import next_ids

GONE = mark("That partner is not in the register any more.")

_MADE_BY_US = {"id", "version", "created_by", "created_at"}
_EDITABLE = [field.name for field in fields(Partner) if field.name not in _MADE_BY_US]


def add(conn: sa.Connection, team: str, partner: Partner, *, by: str, now: datetime) -> Partner:
    """Store a new partner and return it as stored, with its ids and version 1."""
    (new_id,) = next_ids(conn, team)
    made = {"team_id": team, "id": new_id, "version": 1, "created_by": by, "created_at": now}
    row = partner_rows.own_row(partner)
    conn.execute(sa.insert(PARTNER).values(**made, **row, touched_at=now))
    new = replace(partner, id=new_id)
    partner_rows.insert_tags(conn, team, new, FACETS)
    if new.people:
        partner_rows.replace_people(conn, team, new, known=set())
    partner_rows.replace_ties(conn, team, new)
    partner_words.index(conn, team, new)
    return get_many(conn, team, [new_id])[0]


def get(conn: sa.Connection, team: str, partner_id: int, *, lock: bool = False) -> Partner | None:
    """One partner, archived or not; `lock` it when it will change in this transaction.

    The number of one that was made one with another leads to that: its `id` tells.
    """
    found = partner_rows.load(conn, team, [partner_id], lock=lock)
    if not found and (current := duplicate_redirect.current(conn, team, partner_id)) != partner_id:
        found = partner_rows.load(conn, team, [current], lock=lock)
    return found[0] if found else None


def existing(conn: sa.Connection, team: str, partner_id: int, *, lock: bool = False) -> Partner:
    """As get(); raises UserError where there is no such partner."""
    found = get(conn, team, partner_id, lock=lock)
    if found is None:
        raise UserError(GONE)
    return found


def get_many(conn: sa.Connection, team: str, ids: Sequence[int]) -> list[Partner]:
    """The partners of these ids that exist, in that order."""
    return partner_rows.load(conn, team, ids, lock=False)


def count(conn: sa.Connection, team: str) -> int:
    """How many partners the team has, without the archived ones."""
    query = sa.select(sa.func.count()).select_from(PARTNER)
    mine = query.where(PARTNER.c.team_id == team, PARTNER.c.archived.is_(False))
    return conn.execute(mine).scalar_one()


def update(
    conn: sa.Connection,
    team: str,
    before: Partner,
    after: Partner,
    *,
    by: str,
    now: datetime,
    back: Collection[int] = (),
) -> Partner:
    """Write what differs, log each changed field, and return the partner as stored.

    `before` is loaded with `lock=True` in the same transaction; where somebody else has edited in
    between, RuntimeError is raised and nothing overwritten. Contact persons who come `back` keep
    their numbers, by which is noted what we owe them.
    """
    changed = _differing(before, after, _EDITABLE)
    if not changed:
        return before
    after = replace(after, id=before.id)
    row = partner_rows.own_row(after)
    _touch(conn, team, before, now, version=before.version + 1, **row)
    facets = [name for name in changed if name in FACETS]
    if facets:
        partner_rows.replace_tags(conn, team, after, facets)
    if "people" in changed:
        known = {*back, *(person.id for person in before.people)}
        partner_rows.replace_people(conn, team, after, known)
    if not TIES.keys().isdisjoint(changed):
        partner_rows.replace_ties(conn, team, after)
    if not partner_words.INDEXED.isdisjoint(changed):
        partner_words.index(conn, team, after)
    (stored,) = get_many(conn, team, [before.id])
    _log(conn, team, before, stored, changed, by=by, now=now)
    return stored


def changes_since(
    conn: sa.Connection, team: str, partner_id: int, version: int
) -> tuple[Change, ...]:
    """What edits changed after `version`, oldest first; a tie taken by a button is no edit."""
    query = (
        sa.select(*(CHANGE.c[field.name] for field in fields(Change)))
        .where(CHANGE.c.team_id == team, CHANGE.c.partner_id == partner_id)
        .where(CHANGE.c.version > version)
        .order_by(CHANGE.c.id)
    )
    return tuple(Change(**row) for row in conn.execute(query).mappings())


def add_tie(
    conn: sa.Connection, team: str, partner_id: int, user: str, tie: Tie, *, by: str, now: datetime
) -> bool:
    """Tie a colleague to a partner; a new responsible or deputy takes over from the former.

    Logged, but no edit: whoever has the form open meets no conflict. False when nothing changed.
    """
    before = get(conn, team, partner_id, lock=True)
    if before is None or user in _tied(before, tie):
        return False
    users = (*before.known_by, user) if tie is Tie.KNOWS else (user,)
    _retie(conn, team, before, tie, users, by=by, now=now)
    return True


def remove_tie(
    conn: sa.Connection, team: str, partner_id: int, user: str, tie: Tie, *, by: str, now: datetime
) -> bool:
    """Untie a colleague; logged as in add_tie. False when there was no such tie."""
    before = get(conn, team, partner_id, lock=True)
    if before is None or user not in _tied(before, tie):
        return False
    users = tuple(tied for tied in _tied(before, tie) if tied != user)
    _retie(conn, team, before, tie, users, by=by, now=now)
    return True


def log_beside(
    conn: sa.Connection,
    team: str,
    partner_id: int,
    name: str,
    before: date,
    after: date,
    *,
    by: str,
    now: datetime,
) -> None:
    """Log what changed of something that runs with the partner; it is no edit, as in add_tie."""
    found = existing(conn, team, partner_id)
    key = {"team_id": team, "partner_id": found.id, "version": found.version, "by": by, "at": now}
    (new_id,) = next_ids(conn, team)
    row = {
        "id": new_id,
        "field": name,
        "before": partner_rows.plain(before),
        "after": partner_rows.plain(after),
    }
    conn.execute(sa.insert(CHANGE).values(**key, **row))


def _tied(partner: Partner, tie: Tie) -> tuple[str, ...]:
    match tie:
        case Tie.RESPONSIBLE:
            return (partner.responsible,) if partner.responsible else ()
        case Tie.DEPUTY:
            return (partner.deputy,) if partner.deputy else ()
        case Tie.KNOWS:
            return partner.known_by


def _retie(
    conn: sa.Connection,
    team: str,
    before: Partner,
    tie: Tie,
    users: tuple[str, ...],
    *,
    by: str,
    now: datetime,
) -> None:
    match tie:
        case Tie.RESPONSIBLE:
            after = replace(before, responsible=next(iter(users), None))
        case Tie.DEPUTY:
            after = replace(before, deputy=next(iter(users), None))
        case Tie.KNOWS:
            after = replace(before, known_by=users)
    _touch(conn, team, before, now)
    partner_rows.replace_ties(conn, team, after)
    _log(conn, team, before, after, _differing(before, after, TIES), by=by, now=now)


def _touch(
    conn: sa.Connection, team: str, before: Partner, now: datetime, **values: object
) -> None:
    as_read = (PARTNER.c.id == before.id) & (PARTNER.c.version == before.version)
    statement = sa.update(PARTNER).where(PARTNER.c.team_id == team, as_read)
    if conn.execute(statement.values(touched_at=now, **values)).rowcount != 1:
        raise RuntimeError(f"partner {before.id} has changed meanwhile: load it with lock=True")


def _differing(before: Partner, after: Partner, names: Iterable[str]) -> list[str]:
    return [name for name in names if getattr(before, name) != getattr(after, name)]


def _log(
    conn: sa.Connection,
    team: str,
    before: Partner,
    after: Partner,
    names: Sequence[str],
    *,
    by: str,
    now: datetime,
) -> None:
    """A row per field; `after.version` is that of the edit, or the unchanged one of a tie."""
    ids = next_ids(conn, team, len(names))
    conn.execute(
        sa.insert(CHANGE),
        partner_rows.log_rows(team, before, after, zip(names, ids, strict=True), by=by, at=now),
    )
