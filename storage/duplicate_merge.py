"""Two partners made one in a transaction; storage/duplicate_undo.py takes them apart again."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from bot.duplicate import ordered
from bot.duplicate_merge import (
    UNDO,
    Before,
    Merged,
    Picks,
    check_trials,
    name_that_went,
    older_first,
    united,
)
from bot.errors import UserError
from bot.partner import Partner
from bot.translation import mark
from storage import circle_trial, duplicate_snapshot, partner_words, report_life
from storage import partner as register
from storage.duplicate_follow import follow, plain
from storage.duplicate_tables import APART, MERGE, SAME_PERSON
from storage.partner_tables import CHANGE, PARTNER, PERSON
from storage.privacy import PERSON_PRIVACY
from storage.schema import among, insert_once, next_ids, upsert

ARE_ONE = mark("A colleague has made these two one already.")
_CHANGED = mark(
    "A colleague has changed one of the two cards meanwhile. Close this, and look at them anew."
)


def two(
    conn: sa.Connection, team: str, one_id: int, other_id: int, *, lock: bool = False
) -> tuple[Partner, Partner]:
    """The one that stays and the one that goes.

    Raises:
        UserError: they are one already, or not in the register any more.
    """
    numbers = ordered(one_id, other_id)  # so that two who lock the same two do not wait in a ring
    one, other = (register.existing(conn, team, number, lock=lock) for number in numbers)
    if one.id == other.id:
        raise UserError(ARE_ONE)
    return older_first(one, other)


def merge(
    conn: sa.Connection,
    team: str,
    seen: Sequence[tuple[int, int]],
    picks: Picks,
    *,
    by: str,
    now: datetime,
) -> tuple[Partner, int]:
    """Make the two one, and return it with the merger's number.

    `seen` are the numbers and versions of the one that stays and the one that goes.

    Raises:
        UserError: one of them was changed meanwhile, or trials do not fit together.
    """
    kept, gone = two(conn, team, *(number for number, _ in seen), lock=True)
    if [(one.id, one.version) for one in (kept, gone)] != [*seen]:
        raise UserError(_CHANGED)
    union = united(kept, gone, picks)
    trials = circle_trial.running(conn, team, [kept.id, gone.id])
    check_trials(union.partner, len(trials))
    (number,) = next_ids(conn, team)  # lower than those of all that is logged from here on
    past = report_life.written_down(conn, team, gone.id)
    _log_origin(conn, team, kept, gone)
    remembered: dict[str, Any] = {
        "touched": _touched(conn, team, kept.id, gone.id),
        "apart": _apart(conn, team, kept.id, gone.id),
        "moved": follow(conn, team, gone.id, kept.id),
        "privacy": [row for two in union.same.items() for row in _owe_once(conn, team, *two)],
    }
    merged = _join(conn, team, kept, gone, union.partner, by=by, now=now)
    remembered["logged"] = _logged(conn, team, kept.id, number)
    before = duplicate_snapshot.written(Before(kept, gone, merged, union.same))
    row = {"id": number, "kept_id": kept.id, "gone_id": gone.id, "by": by, "at": now}
    row |= {"version": merged.version, "snapshot": before | remembered, "past": past}
    conn.execute(sa.insert(MERGE).values(team_id=team, **row))
    same = [{"person_id": went, "same_as": stays} for went, stays in union.same.items()]
    upsert(conn, SAME_PERSON, *({"team_id": team, "merge_id": number, **one} for one in same))
    return merged, number


def undoable(conn: sa.Connection, team: str, partner_id: int, now: datetime) -> Merged | None:
    """The last merger that the partner came out of, while it can be undone."""
    query = (
        sa.select(MERGE.c.id, MERGE.c.by, MERGE.c.at, MERGE.c.snapshot)
        .where(MERGE.c.team_id == team, MERGE.c.kept_id == partner_id)
        .where(MERGE.c.undone_at.is_(None))
        .order_by(MERGE.c.id.desc())
        .limit(1)
    )
    row = conn.execute(query).one_or_none()
    if row is None or row.snapshot is None or now - row.at > UNDO:
        return None
    names = (row.snapshot[side]["name"] for side in duplicate_snapshot.SIDES)
    return Merged(row.id, name_that_went(*names), row.by, row.at)


def _touched(conn: sa.Connection, team: str, *ids: int) -> list[str]:
    query = sa.select(PARTNER.c.id, PARTNER.c.touched_at).where(
        PARTNER.c.team_id == team, among(PARTNER.c.id, ids)
    )
    at = {row.id: row.touched_at for row in conn.execute(query)}
    return [at[number].isoformat() for number in ids]


def _apart(conn: sa.Connection, team: str, kept_id: int, gone_id: int) -> dict[str, Any]:
    """What was decided of the one that goes, goes for the one that stays."""
    about = (APART.c.one_id == gone_id) | (APART.c.other_id == gone_id)
    rows = conn.execute(sa.select(APART).where(APART.c.team_id == team, about)).mappings().all()
    added = []
    for row in rows:
        (other,) = {row["one_id"], row["other_id"]} - {gone_id}
        one_id, other_id = ordered(kept_id, other)
        new = {**row, "one_id": one_id, "other_id": other_id}
        if other != kept_id and insert_once(conn, APART, new):
            added.append([one_id, other_id])
    return {"theirs": [plain(row) for row in rows], "added": added}


def _log_origin(conn: sa.Connection, team: str, kept: Partner, gone: Partner) -> None:
    """Put into the log when the other card's persons were first noted, and so must be told.

    Whoever came to it later stands in its own log, which follows.
    """
    edits = register.changes_since(conn, team, gone.id, 0)
    people = [(change.before, change.after) for change in edits if change.field == "people"]
    later = {number for before, after in people for number in _ids(after) - _ids(before)}
    first = [asdict(person) for person in gone.people if person.id not in later]
    if first:
        (new_id,) = next_ids(conn, team)
        row = {"id": new_id, "partner_id": kept.id, "version": 1, "field": "people"}
        row |= {"before": [], "after": first, "by": gone.created_by, "at": gone.created_at}
        conn.execute(sa.insert(CHANGE).values(team_id=team, **row))


def _ids(people: Any) -> set[int]:  # noqa: ANN401 - a logged value
    return {person["id"] for person in people or ()}


def _owe_once(conn: sa.Connection, team: str, went: int, stays: int) -> list[dict[str, Any]]:
    """Who was told on either card has been told, and a wish on either is a wish."""
    query = sa.select(PERSON_PRIVACY).where(
        PERSON_PRIVACY.c.team_id == team, among(PERSON_PRIVACY.c.person_id, [went, stays])
    )
    rows = {row["person_id"]: dict(row) for row in conn.execute(query).mappings()}
    theirs, ours = rows.get(went), rows.get(stays)
    if theirs is None:
        return []
    told = ours if ours and ours["informed_on"] else theirs
    wish = theirs["no_contact"] or bool(ours and ours["no_contact"])
    owed = {**told, "person_id": stays, "no_contact": wish}
    upsert(conn, PERSON_PRIVACY, owed)
    return [{"person_id": stays, "before": plain(ours) if ours else None, "after": plain(owed)}]


def _join(
    conn: sa.Connection,
    team: str,
    kept: Partner,
    gone: Partner,
    merged: Partner,
    *,
    by: str,
    now: datetime,
) -> Partner:
    """One row instead of two; the persons keep their numbers."""
    theirs = (PERSON.c.team_id == team, PERSON.c.partner_id == gone.id)
    conn.execute(sa.update(PERSON).where(*theirs).values(partner_id=kept.id))
    partner_words.forget(conn, team, gone.id)
    conn.execute(sa.delete(PARTNER).where(PARTNER.c.team_id == team, PARTNER.c.id == gone.id))
    before = register.existing(conn, team, kept.id, lock=True)
    return register.update(conn, team, before, merged, by=by, now=now)


def _logged(conn: sa.Connection, team: str, kept_id: int, after: int) -> list[int]:
    query = sa.select(CHANGE.c.id).where(
        CHANGE.c.team_id == team, CHANGE.c.partner_id == kept_id, CHANGE.c.id > after
    )
    return list(conn.execute(query).scalars())
