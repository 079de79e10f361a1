"""Two partners that were made one, taken apart again: both as they were, with what came since."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from bot.duplicate_merge import check_undo, parted
from bot.errors import UserError
from bot.partner import Partner
from bot.translation import mark
from storage import duplicate_snapshot, partner_rows, partner_words
from storage import partner as register
from storage.duplicate_follow import bring_back, plain, restored
from storage.duplicate_tables import APART, MERGE, SAME_PERSON
from storage.partner_rows import FACETS
from storage.partner_tables import CHANGE, PARTNER
from storage.privacy import PERSON_PRIVACY
from storage.schema import among, insert_once, upsert

_UNDONE = mark("A colleague has taken them apart already.")
_ANOTHER_FIRST = mark(
    "**{name}** has been made one with somebody else since. Undo that first, then this."
)


def undo(
    conn: sa.Connection, team: str, merge_id: int, *, by: str, now: datetime
) -> tuple[Partner, Partner]:
    """Take apart what was made one, and return the one that stayed and the one that is back.

    What was noted since stays with the first.

    Raises:
        UserError: it is too late, was done already, or another merger came after it.
    """
    row = _existing(conn, team, merge_id)
    merged = register.existing(conn, team, row["kept_id"], lock=True)
    row = _existing(conn, team, merge_id)  # as it is once nobody else changes the card
    check_undo(row["at"], now)
    if merged.id != row["kept_id"] or _followed(conn, team, row):
        raise UserError(_ANOTHER_FIRST, name=merged.name)
    snapshot = row["snapshot"]
    kept, gone = parted(duplicate_snapshot.read(snapshot), merged)
    touched = [datetime.fromisoformat(at) for at in snapshot["touched"]]
    _put_apart(conn, team, kept, gone, _touched(conn, team, row, touched[0]), touched[1])
    bring_back(conn, team, snapshot["moved"], gone.id, kept.id)
    _owe_again(conn, team, snapshot)
    _forget_that_it_was(conn, team, row)
    done = {"undone_by": by, "undone_at": now, "undone_version": kept.version + 1}
    mine = sa.update(MERGE).where(MERGE.c.team_id == team, MERGE.c.id == merge_id)
    conn.execute(mine.values(snapshot=None, **done))
    back = register.get_many(conn, team, [kept.id, gone.id])
    return back[0], back[1]


def _existing(conn: sa.Connection, team: str, merge_id: int) -> sa.RowMapping:
    query = sa.select(MERGE).where(MERGE.c.team_id == team, MERGE.c.id == merge_id)
    row = conn.execute(query).mappings().one_or_none()
    if row is None or row["undone_at"]:
        raise UserError(_UNDONE)
    return row


def _followed(conn: sa.Connection, team: str, row: sa.RowMapping) -> bool:
    later = (MERGE.c.kept_id == row["kept_id"], MERGE.c.id > row["id"], MERGE.c.undone_at.is_(None))
    query = sa.select(MERGE.c.id).where(MERGE.c.team_id == team, *later)
    return conn.execute(query.limit(1)).first() is not None


def _touched(conn: sa.Connection, team: str, row: sa.RowMapping, before: datetime) -> datetime:
    """When the card was last touched, the merger not counted."""
    query = sa.select(PARTNER.c.touched_at).where(
        PARTNER.c.team_id == team, PARTNER.c.id == row["kept_id"]
    )
    last: datetime = conn.execute(query).scalar_one()
    return before if last == row["at"] else last


def _put_apart(
    conn: sa.Connection,
    team: str,
    kept: Partner,
    gone: Partner,
    kept_touched: datetime,
    gone_touched: datetime,
) -> None:
    mine = (PARTNER.c.team_id == team, PARTNER.c.id == kept.id)
    row = partner_rows.own_row(kept) | {"version": kept.version + 1, "touched_at": kept_touched}
    conn.execute(sa.update(PARTNER).where(*mine).values(**row))
    row = partner_rows.own_row(gone) | {"version": gone.version, "touched_at": gone_touched}
    row |= {"created_by": gone.created_by, "created_at": gone.created_at}
    conn.execute(sa.insert(PARTNER).values(team_id=team, id=gone.id, **row))
    for partner in (kept, gone):  # the first gives up the other's persons
        partner_rows.replace_tags(conn, team, partner, [*FACETS])
        known = {person.id for person in partner.people}
        partner_rows.replace_people(conn, team, partner, known)
        partner_rows.replace_ties(conn, team, partner)
        partner_words.index(conn, team, partner)


def _owe_again(conn: sa.Connection, team: str, snapshot: Mapping[str, Any]) -> None:
    """What was noted of a person on both cards, unless it was noted anew since."""
    own = PERSON_PRIVACY.c
    for one in snapshot["privacy"]:
        hers = (own.team_id == team, own.person_id == one["person_id"])
        now = conn.execute(sa.select(PERSON_PRIVACY).where(*hers)).mappings().one_or_none()
        if now and plain(now) == one["after"]:
            conn.execute(sa.delete(PERSON_PRIVACY).where(*hers))
            if one["before"]:
                upsert(conn, PERSON_PRIVACY, restored(PERSON_PRIVACY, one["before"]))


def _forget_that_it_was(conn: sa.Connection, team: str, row: sa.RowMapping) -> None:
    """The log is that of before: else the one would tell of the other's persons for good."""
    snapshot = row["snapshot"]
    logged = among(CHANGE.c.id, snapshot["logged"])
    conn.execute(sa.delete(CHANGE).where(CHANGE.c.team_id == team, logged))
    same = (SAME_PERSON.c.team_id == team, SAME_PERSON.c.merge_id == row["id"])
    conn.execute(sa.delete(SAME_PERSON).where(*same))
    for one_id, other_id in snapshot["apart"]["added"]:
        pair = (APART.c.one_id == one_id, APART.c.other_id == other_id)
        conn.execute(sa.delete(APART).where(APART.c.team_id == team, *pair))
    for theirs in snapshot["apart"]["theirs"]:
        if len(register.get_many(conn, team, [theirs["one_id"], theirs["other_id"]])) > 1:
            insert_once(conn, APART, restored(APART, theirs))
