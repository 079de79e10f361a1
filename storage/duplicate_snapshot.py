"""What an undoing needs, kept with the merger for its time; and who is forgotten meanwhile."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cache
from typing import Any

import sqlalchemy as sa
from pydantic import TypeAdapter

from bot.duplicate_merge import UNDO, Before
from bot.partner import ContactPerson, Partner
from bot.privacy import ABOUT_PARTNER, ABOUT_PERSON, without
from bot.privacy_everything import Mention, Place
from storage.duplicate_redirect import below
from storage.duplicate_tables import MERGE
from storage.schema import among

SIDES = ("kept", "gone", "merged")

Snapshot = dict[str, Any]  # as JSON carries it


def written(before: Before) -> Snapshot:
    """The partners and the persons on both, as JSON carries them."""
    sides = {side: _reader().dump_python(getattr(before, side), mode="json") for side in SIDES}
    return {**sides, "same": [list(two) for two in before.same.items()]}


def read(snapshot: Snapshot) -> Before:
    """The same again."""
    sides = {side: _reader().validate_python(snapshot[side]) for side in SIDES}
    return Before(**sides, same=dict(snapshot["same"]))


def forget(
    conn: sa.Connection, team: str, partner_id: int, own: Sequence[ContactPerson], word: str
) -> None:
    """Take a person out of all that could be put back; `own` is as in bot.privacy.traces."""
    ids = {version.id for version in own}
    for number, snapshot in _kept(conn, team, partner_id):
        before = read(snapshot)
        kept, gone, merged = (_forgotten(getattr(before, side), own, ids, word) for side in SIDES)
        privacy = [row for row in snapshot["privacy"] if row["person_id"] not in ids]
        values = {
            **snapshot,
            **written(Before(kept, gone, merged, before.same)),
            "privacy": privacy,
        }
        mine = sa.update(MERGE).where(MERGE.c.team_id == team, MERGE.c.id == number)
        conn.execute(mine.values(snapshot=values))


def mentions(
    conn: sa.Connection, team: str, partner_id: int, person_id: int, found: re.Pattern[str]
) -> Iterator[Mention]:
    """The texts that were left out, and could be put back, in which a person is `found`."""
    for _, snapshot in _kept(conn, team, partner_id):
        before = read(snapshot)
        stands = "\n".join(_written(before.merged, person_id))
        for partner in (before.kept, before.gone):
            left_out = (text for text in _written(partner, person_id) if text not in stands)
            yield from (Mention(Place.DUPLICATE, text) for text in left_out if found.search(text))


def drop_old(conn: sa.Connection, team: str, _planned: datetime, now: datetime) -> None:
    """What nobody may undo any more is not kept."""
    old = (MERGE.c.team_id == team, MERGE.c.at < now - UNDO)
    statement = sa.update(MERGE).where(*old, MERGE.c.snapshot.is_not(None))
    conn.execute(statement.values(snapshot=None))


def _kept(conn: sa.Connection, team: str, partner_id: int) -> list[tuple[int, Snapshot]]:
    query = sa.select(MERGE.c.id, MERGE.c.snapshot).where(
        MERGE.c.team_id == team,
        MERGE.c.snapshot.is_not(None),
        among(MERGE.c.id, below(conn, team, partner_id)),
    )
    return [(row.id, row.snapshot) for row in conn.execute(query)]


def _forgotten(partner: Partner, own: Sequence[ContactPerson], ids: set[int], word: str) -> Partner:
    others = tuple(person for person in partner.people if person.id not in ids)
    return without(replace(partner, people=others), own, word)


def _written(partner: Partner, person_id: int) -> Iterator[str]:
    """What people wrote, the person's own record left out."""
    for name in ABOUT_PARTNER:
        value = getattr(partner, name)
        yield from value if isinstance(value, tuple) else (value,)
    others = (person for person in partner.people if person.id != person_id)
    yield from (getattr(person, name) for person in others for name in ABOUT_PERSON)


@cache
def _reader() -> TypeAdapter[Partner]:
    return TypeAdapter(Partner)
