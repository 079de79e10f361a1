"""Forgetting one contact person: the organisation's history stays, and an import cannot undo it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from bot.errors import UserError
from bot.partner import ContactPerson, Partner
from bot.privacy import (
    hints,
    identifiers,
    of_the_person,
    people_of,
    scrubbed,
    tombstones,
    traces,
    without,
)
from bot.privacy_everything import Event, Mention
from storage import (
    contact,
    duplicate_snapshot,
    evaluation_voice,
    privacy_access,
    privacy_disclosure,
)
from storage import partner as register
from storage.partner_tables import CHANGE
from storage.privacy import PERSON_GONE, PERSON_PRIVACY
from storage.privacy_texts import ELSEWHERE
from storage.schema import METADATA, among, team_column, upsert
from storage.types import PlainText, UtcDateTime

_TOMBSTONE = sa.Table(
    "tombstone",
    METADATA,
    team_column(),
    sa.Column("hash", PlainText, primary_key=True),
    sa.Column("at", UtcDateTime, nullable=False),
)


@dataclass(frozen=True)
class Forgotten:
    """The partner as it is now, and the texts that may still mean the person: read them."""

    partner: Partner
    ids: frozenset[int]  # all that the person had
    left: tuple[Mention, ...]


def anonymise(
    conn: sa.Connection,
    team: str,
    partner_id: int,
    person_id: int,
    *,
    word: str,
    purpose: str,
    by: str,
    now: datetime,
) -> Forgotten:
    """Take a person off the card, out of the log and out of the texts; `word` stands in her place.

    Also one who has left the card already. What the partner's edits changed stays, without her.

    Raises:
        UserError: nothing is noted of her any more.
    """
    partner = register.get(conn, team, partner_id, lock=True)
    known = privacy_access.versions(conn, team, partner, person_id) if partner else []
    if partner is None or not known:
        raise UserError(PERSON_GONE)
    own = [identifiers(version, partner) for version in known]
    ids = _ids(partner, own)
    evaluation_voice.forget(conn, team, ids)  # rounds before numbers, as everywhere
    _bury(conn, team, partner, own, now)
    after = register.update(conn, team, partner, without(partner, own, word), by=by, now=now)
    _scrub_log(conn, team, partner, own, word)
    _scrub_elsewhere(conn, team, partner, own, word)
    duplicate_snapshot.forget(conn, team, partner.id, own, word)
    contact.reindex(conn, team, partner.id)
    privacy_disclosure.log_disclosure(
        conn, team, person_id, Event.ANONYMISED, purpose=purpose, by=by, at=now
    )
    _close(conn, team, partner, own, ids, word, now)
    left = privacy_access.mentions(conn, team, after, person_id, hints(own))
    return Forgotten(after, ids, tuple(left))


def is_forgotten(conn: sa.Connection, team: str, hashes: Iterable[str]) -> bool:
    """Whether one of these tombstones was set."""
    query = sa.select(_TOMBSTONE.c.hash).where(
        _TOMBSTONE.c.team_id == team, among(_TOMBSTONE.c.hash, sorted(hashes))
    )
    return conn.execute(query.limit(1)).first() is not None


def all_forgotten(conn: sa.Connection, team: str) -> frozenset[str]:
    """Every tombstone that was set."""
    query = sa.select(_TOMBSTONE.c.hash).where(_TOMBSTONE.c.team_id == team)
    return frozenset(conn.execute(query).scalars())


def forgotten_among(
    conn: sa.Connection, team: str, partner: Partner, *, known: Iterable[int] = ()
) -> tuple[ContactPerson, ...]:
    """The partner's persons who look like somebody forgotten; those stored already are `known`."""
    stored = set(known)
    return tuple(
        person
        for person in people_of(partner)
        if not (person.id and person.id in stored)
        and is_forgotten(conn, team, tombstones(team, partner, identifiers(person, partner)))
    )


def welcome_back(conn: sa.Connection, team: str, partner: Partner, person: ContactPerson) -> None:
    """Take away the tombstones of a person who is noted again knowingly, or is another."""
    hashes = tombstones(team, partner, identifiers(person, partner))
    gone = among(_TOMBSTONE.c.hash, sorted(hashes))
    conn.execute(sa.delete(_TOMBSTONE).where(_TOMBSTONE.c.team_id == team, gone))


def _ids(partner: Partner, own: Sequence[ContactPerson]) -> frozenset[int]:
    hers = {version.id for version in own}
    return frozenset(hers | {partner.id} if of_the_person(partner, own) else hers)


def _bury(
    conn: sa.Connection, team: str, partner: Partner, own: Sequence[ContactPerson], now: datetime
) -> None:
    hashes = tombstones(team, partner, *own)
    upsert(conn, _TOMBSTONE, *({"team_id": team, "hash": one, "at": now} for one in sorted(hashes)))


def _close(
    conn: sa.Connection,
    team: str,
    partner: Partner,
    own: Sequence[ContactPerson],
    ids: frozenset[int],
    word: str,
    now: datetime,
) -> None:
    """Under each id that she had: when she was forgotten, and the reasons without her."""
    key = {"team_id": team, "partner_id": partner.id, "informed_how": "", "anonymised_at": now}
    upsert(conn, PERSON_PRIVACY, *({**key, "person_id": one} for one in sorted(ids)))
    for one in ids:
        privacy_disclosure.scrub_purposes(conn, team, one, traces(own), word)


def _scrub_log(
    conn: sa.Connection, team: str, partner: Partner, own: Sequence[ContactPerson], word: str
) -> None:
    found, hers = traces(own), of_the_person(partner, own)
    ids = {version.id for version in own}
    mine = (CHANGE.c.team_id == team, CHANGE.c.partner_id == partner.id)
    query = sa.select(CHANGE.c.id, CHANGE.c.field, CHANGE.c.before, CHANGE.c.after).where(*mine)
    for row in conn.execute(query).all():
        before, after = (
            type(value)() if row.field in hers else scrubbed(value, found, word, *ids)
            for value in (row.before, row.after)
        )
        if (before, after) != (row.before, row.after):
            statement = sa.update(CHANGE).where(*mine, CHANGE.c.id == row.id)
            conn.execute(statement.values(before=before, after=after))


def _scrub_elsewhere(
    conn: sa.Connection, team: str, partner: Partner, own: Sequence[ContactPerson], word: str
) -> None:
    found, hers = traces(own), of_the_person(partner, own)
    for texts in ELSEWHERE:
        for row in texts.rows(conn, team, partner.id):
            cleared = {name: scrubbed(row[name], found, word) for name in texts.columns}
            cleared |= dict.fromkeys(texts.names if hers else (), word)
            if any(row[name] != text for name, text in cleared.items()):
                texts.write(conn, team, row, cleared)
