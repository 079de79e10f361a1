"""Putting a backup back into an empty database, and what must not go on as if nothing was.

Since the backup the bot may have gone on for days, and nobody knows any more what it did.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import IO

import sqlalchemy as sa

from bot.backup import NEWER, Backup, batches
from bot.errors import UserError
from bot.translation import mark
from storage import contact, partner_words
from storage import partner as register
from storage.backup_tables import as_written, carried
from storage.contact_tables import CONTACT
from storage.database import address
from storage.delivery import DELIVERY, State
from storage.migrate import refill, revision, revisions
from storage.partner_tables import PARTNER
from storage.schema import METADATA, among

# The numbers given out since the backup stand in Slack's old buttons, and must not be given out
# again: more than a library gives out between two backups, and a two-thousandth of all there are.
NUMBERS_LEFT_OUT = 1_000_000

_NOT_EMPTY = mark(
    "The database {place} holds a register already. A backup goes back into an empty one: name"
    " another in DATABASE_URL. Nothing was changed."
)
_TABLES_TOO_NEW = mark(
    "{file} is from an older version than the tables of {place}. Name a database without tables,"
    " and I make them myself. Nothing was changed."
)

_LAST_ID = METADATA.tables["last_id"]
_RESTORED = "restored"
_PAGE = 250  # partners


async def restore(
    url: str,
    file: IO[bytes],
    whole: Backup,
    *,
    name: str,
    now: datetime,
    told: Callable[[int], None],
) -> None:
    """Put the rows of an examined file into an empty database, all or none, with or without tables.

    `told` hears of rows and of partners made searchable: how many since it heard last. `name` is
    how the person calls the file.

    Raises:
        UserError: the database is not empty, or the file newer than the program.
    """
    place = address(url).place

    def load(conn: sa.Connection, migrate_to: Callable[[str], None]) -> None:
        _check(conn, whole, name, place)
        migrate_to(whole.revision)
        for table, rows in batches(file):
            conn.execute(sa.insert(as_written(table)), rows)
            told(len(rows))
        migrate_to("head")
        _leave_numbers_out(conn)
        _say_nothing_twice(conn, now)
        _make_searchable(conn, told)

    await refill(url, load)


def _check(conn: sa.Connection, whole: Backup, name: str, place: str) -> None:
    if whole.revision not in revisions():
        raise UserError(NEWER, file=name, version=whole.revision)
    here = revision(conn)
    if here is None:
        return
    there = set(sa.inspect(conn).get_table_names())  # an older schema has not all of them
    if any(table.name in there and _has_rows(conn, table.name) for table in carried()):
        raise UserError(_NOT_EMPTY, place=place)
    if here > whole.revision:
        raise UserError(_TABLES_TOO_NEW, file=name, place=place)


def _leave_numbers_out(conn: sa.Connection) -> None:
    conn.execute(sa.update(_LAST_ID).values(value=_LAST_ID.c.value + NUMBERS_LEFT_OUT))


def _say_nothing_twice(conn: sa.Connection, now: datetime) -> None:
    """What was due by now may stand in Slack. What is due later cannot, and is said when due."""
    waiting = DELIVERY.c.state == State.WAITING
    perhaps = sa.or_(waiting & (DELIVERY.c.due <= now), DELIVERY.c.state == State.SENDING)
    free = {"claimed_until": None, "not_before": None}
    lost = sa.update(DELIVERY).where(perhaps)
    conn.execute(lost.values(state=State.PERHAPS, reason=_RESTORED, **free))
    still = waiting | (DELIVERY.c.state == State.PERHAPS)
    conn.execute(sa.update(DELIVERY).where(still).values(**free))


def _make_searchable(conn: sa.Connection, told: Callable[[int], None]) -> None:
    for team in _teams(conn):
        after = 0
        while ids := _ids(conn, team, after):
            partner_words.index(conn, team, *register.get_many(conn, team, ids))
            for partner_id in _met(conn, team, ids):
                contact.reindex(conn, team, partner_id)
            after = ids[-1]
            told(len(ids))


def _teams(conn: sa.Connection) -> list[str]:
    query = sa.select(PARTNER.c.team_id).distinct()
    return sorted(conn.execute(query).scalars())


def _ids(conn: sa.Connection, team: str, after: int) -> list[int]:
    query = sa.select(PARTNER.c.id).where(PARTNER.c.team_id == team, PARTNER.c.id > after)
    return list(conn.execute(query.order_by(PARTNER.c.id).limit(_PAGE)).scalars())


def _met(conn: sa.Connection, team: str, ids: Sequence[int]) -> list[int]:
    """Those of them that have contacts."""
    mine = (CONTACT.c.team_id == team, among(CONTACT.c.partner_id, ids))
    return list(conn.execute(sa.select(CONTACT.c.partner_id).where(*mine).distinct()).scalars())


def _has_rows(conn: sa.Connection, table: str) -> bool:
    query = sa.select(sa.literal(1)).select_from(sa.table(table)).limit(1)
    return conn.execute(query).first() is not None
