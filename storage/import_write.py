"""An import stored: everything in one transaction, or nothing."""

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

import sqlalchemy as sa

from storage import partner_text, partner_words
from storage.import_batch import ORDER, Batch
from storage.import_register import State, state
from storage.partner_rows import Row
from storage.partner_tables import PARTNER
from storage.privacy import PERSON_PRIVACY
from storage.schema import among, next_ids, upsert

T = TypeVar("T")

CHUNK = 500  # rows of one statement


class StaleError(Exception):
    """The register is not as it was when the plan was made: nothing was written."""


def reserve(conn: sa.Connection, team: str, count: int) -> range:
    """Numbers for rows to come; what is not used of them is nobody's."""
    return next_ids(conn, team, count)


def write(conn: sa.Connection, team: str, batch: Batch, planned: State | None) -> None:
    """Store the batch; without a `planned` state the caller has seen to it.

    Raises:
        StaleError: the register has changed since it was in the `planned` state.
    """
    # First the rows, then the library's numbers, as everybody does who writes to a partner; and
    # whoever writes from here on waits.
    lock(conn, team, batch.versions)
    next_ids(conn, team)
    if planned is not None and state(conn, team) != planned:
        raise StaleError
    for table, ids in batch.deleted.items():
        for some in chunks(ids):
            gone = (table.c.team_id == team, among(table.c.partner_id, some))
            conn.execute(sa.delete(table).where(*gone))
    for rows in (*chunks(batch.updated), *chunks(batch.touched)):
        _update(conn, team, rows)
    for table in ORDER:
        for rows in chunks(batch.inserted[table]):
            conn.execute(sa.insert(table), rows)
    _index(conn, team, batch)
    for notes in (batch.informed, batch.unwilling):
        for rows in chunks(notes):
            upsert(conn, PERSON_PRIVACY, *rows)


def lock(conn: sa.Connection, team: str, versions: Mapping[int, int]) -> None:
    """Lock these partners, by their numbers, as they were with these versions.

    Raises:
        StaleError: one of them is another by now.
    """
    for ids in chunks(sorted(versions)):
        query = sa.select(PARTNER.c.id, PARTNER.c.version).where(
            PARTNER.c.team_id == team, among(PARTNER.c.id, ids)
        )
        rows = conn.execute(query.order_by(PARTNER.c.id).with_for_update()).all()
        if {row.id: row.version for row in rows} != {number: versions[number] for number in ids}:
            raise StaleError


def _index(conn: sa.Connection, team: str, batch: Batch) -> None:
    """Let what was written be found."""
    for words in batch.words:
        partner_words.insert(conn, team, words)
    for texts in chunks(batch.new_texts):
        partner_text.add(conn, team, texts)
    for texts in chunks(batch.texts):
        partner_text.put(conn, team, texts)


def _update(conn: sa.Connection, team: str, rows: Sequence[Row]) -> None:
    """The partners' own rows, all of the same columns; `own_id` says whose."""
    names = [name for name in rows[0] if name != "own_id"]
    mine = (PARTNER.c.team_id == team, PARTNER.c.id == sa.bindparam("own_id"))
    values: dict[str, Any] = {name: sa.bindparam(f"new_{name}") for name in names}
    statement = sa.update(PARTNER).where(*mine).values(**values)
    given = [
        {"own_id": row["own_id"], **{f"new_{name}": row[name] for name in names}} for row in rows
    ]
    conn.execute(statement, given)


def chunks(rows: Sequence[T]) -> list[Sequence[T]]:
    """The rows, as many at a time as a statement takes."""
    return [rows[first : first + CHUNK] for first in range(0, len(rows), CHUNK)]
