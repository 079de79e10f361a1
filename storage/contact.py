"""Contacts that happened: noting, correcting and undoing them, and the last one of each partner."""

from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from bot.contact import Contact, Kind
from bot.errors import UserError
from bot.text import words
from bot.translation import mark
from storage.contact_tables import ASKED, CONTACT, WORD
from storage.partner_tables import PARTNER
from storage.partner_words import WORD_LENGTH
from storage.schema import among, insert_once, next_ids

_GONE = mark("This contact is no longer there.")
_UNDONE = mark("This contact was undone meanwhile. Note it anew if it did happen.")
_CHANGED = mark(
    "A colleague has corrected this contact while you were writing. Open it again to see how."
)

_COLUMNS = [field.name for field in fields(Contact)]
_EDITABLE = ("partner_id", "kind", "on", "about", "with_whom", "link")
_NEWEST_FIRST = (CONTACT.c.on.desc(), CONTACT.c.noted_at.desc(), CONTACT.c.id.desc())


def note(conn: sa.Connection, team: str, contact: Contact) -> Contact:
    """Store a new contact and return it as stored; the partner counts as touched."""
    _touch(conn, team, contact.partner_id, contact.noted_at)
    (new_id,) = next_ids(conn, team)
    row = {name: getattr(contact, name) for name in _COLUMNS}
    row |= {"id": new_id, "version": 1, "changed_by": None, "undone_at": None}
    conn.execute(sa.insert(CONTACT).values(team_id=team, **row))
    stored = existing(conn, team, new_id)
    _index(conn, team, stored)
    return stored


def change(conn: sa.Connection, team: str, corrected: Contact, *, by: str) -> Contact:
    """Put a correction in place of the contact, and return it as stored.

    Its `version` is the one that the person saw.

    Raises:
        UserError: the contact was undone or corrected meanwhile; nothing is overwritten.
    """
    before = existing(conn, team, corrected.id, lock=True)
    if before.undone_at:
        raise UserError(_UNDONE)
    if before.version != corrected.version:
        raise UserError(_CHANGED)
    values = {name: getattr(corrected, name) for name in _EDITABLE}
    if before.kind is Kind.READ_IN and corrected.kind is not Kind.READ_IN:
        values["noted_by"] = by  # from now on somebody knows how it was
    _write(conn, team, corrected.id, **values, changed_by=by, version=before.version + 1)
    stored = existing(conn, team, corrected.id)
    _index(conn, team, stored)
    return stored


def undo(conn: sa.Connection, team: str, contact_id: int, *, now: datetime) -> Contact:
    """Mark a contact as undone and return it; bot.contact.check_undo says whether one may.

    Raises:
        UserError: there is no such contact.
    """
    before = existing(conn, team, contact_id, lock=True)
    undone = replace(before, undone_at=now, version=before.version + 1)
    _write(conn, team, contact_id, undone_at=undone.undone_at, version=undone.version)
    _index(conn, team, undone)
    return undone


def get(conn: sa.Connection, team: str, contact_id: int, *, lock: bool = False) -> Contact | None:
    """One contact, undone or not; `lock` it when it will change in this transaction."""
    query = every(team).where(CONTACT.c.id == contact_id)
    row = conn.execute(query.with_for_update() if lock else query).mappings().one_or_none()
    return None if row is None else Contact(**row)


def existing(conn: sa.Connection, team: str, contact_id: int, *, lock: bool = False) -> Contact:
    """As get(); raises UserError where there is no such contact."""
    found = get(conn, team, contact_id, lock=lock)
    if found is None:
        raise UserError(_GONE)
    return found


def get_many(conn: sa.Connection, team: str, ids: Sequence[int]) -> list[Contact]:
    """The contacts of these ids, undone or not, in that order."""
    query = every(team).where(among(CONTACT.c.id, ids))
    found = {contact.id: contact for contact in loaded(conn, query)}
    return [found[contact_id] for contact_id in ids if contact_id in found]


def of_partner(conn: sa.Connection, team: str, partner_id: int, limit: int = 5) -> list[Contact]:
    """The partner's last contacts, the newest first, without the undone ones."""
    query = standing(team).where(CONTACT.c.partner_id == partner_id)
    return loaded(conn, query.order_by(*_NEWEST_FIRST).limit(limit))


def since(conn: sa.Connection, team: str, partner_id: int, day: date) -> list[Contact]:
    """As of_partner, all from that day on."""
    query = standing(team).where(CONTACT.c.partner_id == partner_id, CONTACT.c.on >= day)
    return loaded(conn, query.order_by(*_NEWEST_FIRST))


def last_of(conn: sa.Connection, team: str, partner_ids: Sequence[int]) -> dict[int, Contact]:
    """The last contact of each of these partners that has had one, whoever noted it."""
    newest = CONTACT.alias()
    last = (
        sa.select(newest.c.id)
        .where(newest.c.team_id == team, newest.c.partner_id == PARTNER.c.id)
        .where(newest.c.undone_at.is_(None))
        .order_by(newest.c.on.desc(), newest.c.noted_at.desc(), newest.c.id.desc())
        .limit(1)
        .correlate(PARTNER)
        .scalar_subquery()
    )
    ids = sa.select(last).where(PARTNER.c.team_id == team, among(PARTNER.c.id, partner_ids))
    found = loaded(conn, standing(team).where(CONTACT.c.id.in_(ids)))
    return {contact.partner_id: contact for contact in found}


def reindex(conn: sa.Connection, team: str, partner_id: int) -> None:
    """Find the partner's contacts by the words that they have now, after texts were cleared."""
    query = every(team).where(CONTACT.c.partner_id == partner_id)
    for contact in loaded(conn, query):
        _index(conn, team, contact)


def was_asked(conn: sa.Connection, team: str, user: str, partner_id: int) -> set[str]:
    """The fields of the partner that the colleague has been asked about."""
    mine = (ASKED.c.partner_id == partner_id, ASKED.c.user_id == user)
    query = sa.select(ASKED.c.field).where(ASKED.c.team_id == team, *mine)
    return set(conn.execute(query).scalars())


def mark_asked(
    conn: sa.Connection, team: str, user: str, partner_id: int, field: str, now: datetime
) -> bool:
    """Remember that the question was put; False when it was before."""
    row = {"team_id": team, "partner_id": partner_id, "user_id": user, "field": field}
    return insert_once(conn, ASKED, {**row, "asked_at": now})


def words_of(contact: Contact) -> list[str]:
    """The words that a contact is found by."""
    texts = (contact.about, contact.with_whom)
    return sorted({word[:WORD_LENGTH] for text in texts for word in words(text)})


def every(team: str) -> sa.Select[Any]:
    """Select the contacts, also those that were undone."""
    return sa.select(*(CONTACT.c[name] for name in _COLUMNS)).where(CONTACT.c.team_id == team)


def standing(team: str) -> sa.Select[Any]:
    """Select the contacts that were not undone."""
    return every(team).where(CONTACT.c.undone_at.is_(None))


def loaded(conn: sa.Connection, query: sa.Select[Any]) -> list[Contact]:
    """Run what `standing` begins."""
    return [Contact(**row) for row in conn.execute(query).mappings()]


def _write(conn: sa.Connection, team: str, contact_id: int, **values: object) -> None:
    mine = sa.update(CONTACT).where(CONTACT.c.team_id == team, CONTACT.c.id == contact_id)
    conn.execute(mine.values(**values))


def _touch(conn: sa.Connection, team: str, partner_id: int, now: datetime) -> None:
    mine = sa.update(PARTNER).where(PARTNER.c.team_id == team, PARTNER.c.id == partner_id)
    conn.execute(mine.values(touched_at=now))


def _index(conn: sa.Connection, team: str, contact: Contact) -> None:
    """Put the contact's words in place of those it had; an undone one has none."""
    mine = WORD.c.contact_id == contact.id
    conn.execute(sa.delete(WORD).where(WORD.c.team_id == team, mine))
    found = () if contact.undone_at else words_of(contact)
    rows = [{"team_id": team, "contact_id": contact.id, "word": word} for word in found]
    if rows:
        conn.execute(sa.insert(WORD), rows)
