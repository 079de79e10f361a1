"""An import taken back: what is needed to decide, and the undoing itself, whole or not at all."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from bot.circle import Why
from bot.import_undo import (
    MERGED,
    WORKED_ON,
    Imported,
    Noted,
    Stay,
    Trace,
    Undoing,
    changed_back,
    check_undo,
    is_as_noted,
)
from bot.partner import Change, Partner
from storage import import_log, import_story, partner_words, privacy
from storage.circle_tables import MOVE
from storage.contact_tables import ASKED
from storage.duplicate_follow import FOLLOWING, ONE_EACH
from storage.import_batch import Batch
from storage.import_register import State, partners, state
from storage.import_tables import IMPORT, IMPORT_PARTNER
from storage.import_write import StaleError, chunks, lock, write
from storage.partner_tables import CHANGE, PARTNER
from storage.privacy import PERSON_PRIVACY
from storage.reminder_tables import TOLD
from storage.schema import among, next_ids


@dataclass(frozen=True)
class Past:
    """What an import did, as the register tells now."""

    imported: Imported
    new: Mapping[int, str]  # names of those that may go
    worked_on: tuple[str, ...]  # names of new ones that stay
    merged: int  # how many are not there any more
    changed: tuple[Partner, ...]
    trace: Trace  # on the changed ones
    story: Mapping[str, int]  # how many contacts, moves and checks it brought them


def past(conn: sa.Connection, team: str, number: int, now: datetime) -> tuple[Past, State]:
    """What there is to undo.

    Raises:
        UserError: it was undone, or is too long ago.
    """
    imported = import_log.existing(conn, team, number)
    check_undo(imported.at, imported.undone_at, now)
    rows = conn.execute(
        sa.select(IMPORT_PARTNER).where(
            IMPORT_PARTNER.c.team_id == team, IMPORT_PARTNER.c.import_id == number
        )
    ).all()
    added = {row.partner_id: _read(row.noted) for row in rows if row.new}
    untouched = _untouched(conn, team, imported, sorted(added))
    busy = _with_something(conn, team, imported, sorted(untouched))
    busy |= _otherwise_noted(conn, team, imported, {one: added[one] for one in untouched})
    here = _names(conn, team, sorted(added))
    changed_ids = sorted(row.partner_id for row in rows if not row.new)
    found, standings = partners(conn, team, changed_ids)
    versions = {row.partner_id: row.version for row in rows if not row.new}
    may_go = {one: here[one] for one in untouched if one not in busy}
    done = Past(
        imported,
        may_go,
        tuple(name for one, name in here.items() if one not in may_go),
        len(added) - len(here) + len(changed_ids) - len(found),
        tuple(found.values()),
        Trace(
            imported.by,
            _changes(conn, team, imported, versions),
            {row.partner_id: _read(row.noted) for row in rows if not row.new},
            standings,
        ),
        import_story.brought_to(conn, team, imported, sorted(found)),
    )
    return done, state(conn, team)


def undoing(done: Past) -> Undoing:
    """What the undoing does."""
    back = changed_back(done.changed, done.trace)
    worked_on = tuple(Stay(name, WORKED_ON) for name in done.worked_on)
    merged = tuple(Stay("", MERGED) for _ in range(done.merged))
    stays = (*worked_on, *back.stays, *merged)
    return replace(back, gone=tuple(sorted(done.new)), stays=stays, story=done.story)


def undo(
    conn: sa.Connection,
    team: str,
    done: Past,
    batch: Batch,
    what: Undoing,
    planned: State,
    *,
    by: str,
    now: datetime,
) -> None:
    """Take it back; `batch` has the steps back.

    Raises:
        StaleError: the register has changed since it was in the `planned` state.
        UserError: it was undone meanwhile.
    """
    number, at = done.imported.id, done.imported.at
    imported = import_log.existing(conn, team, number, lock=True)
    check_undo(imported.at, imported.undone_at, now)
    versions = {one.id: one.version for one in done.changed}
    lock(conn, team, {**dict.fromkeys(what.gone, 1), **versions})
    next_ids(conn, team)
    if state(conn, team) != planned or _with_something(conn, team, imported, what.gone):
        raise StaleError
    for ids in chunks([one.after.id for one in what.back if "level" in one.changed]):
        moved = (MOVE.c.team_id == team, MOVE.c.why == Why.READ_IN, MOVE.c.at == at)
        conn.execute(sa.delete(MOVE).where(*moved, among(MOVE.c.partner_id, ids)))
    changed = [partner.id for partner in done.changed]
    import_story.forget(conn, team, done.imported, changed, what.gone)
    for ids in chunks(what.gone):
        partner_words.forget(conn, team, *ids)
        conn.execute(sa.delete(PARTNER).where(PARTNER.c.team_id == team, among(PARTNER.c.id, ids)))
    _forget_noted(conn, team, done.imported.by, what.noted)
    write(conn, team, batch, None)
    mine = sa.update(IMPORT).where(IMPORT.c.team_id == team, IMPORT.c.id == number)
    conn.execute(mine.values(undone_by=by, undone_at=now))


def _untouched(conn: sa.Connection, team: str, imported: Imported, ids: Sequence[int]) -> set[int]:
    found: set[int] = set()
    for some in chunks(ids):
        as_read = (PARTNER.c.version == 1) & (PARTNER.c.touched_at == imported.at)
        query = sa.select(PARTNER.c.id).where(
            PARTNER.c.team_id == team, among(PARTNER.c.id, some), as_read
        )
        found.update(conn.execute(query).scalars())
    return found


def _read(noted: Sequence[Sequence[Any]]) -> tuple[Noted, ...]:
    """What the import has remembered."""
    return tuple(
        Noted(person, date.fromisoformat(told_on) if told_on else None, *rest)
        for person, told_on, *rest in noted
    )


def _with_something(
    conn: sa.Connection, team: str, imported: Imported, ids: Sequence[int]
) -> set[int]:
    """Those on which something hangs that somebody has made, and not the import."""
    found: set[int] = set()
    # What the bot has mentioned or asked of itself is nobody's work; what was put off is.
    for table in {*FOLLOWING, *ONE_EACH} - {PERSON_PRIVACY, ASKED}:
        for some in chunks(ids):
            query = sa.select(table.c.partner_id).where(
                table.c.team_id == team, among(table.c.partner_id, some)
            )
            if "id" in table.c:
                query = query.where(~import_story.brought(table, imported))
            if table is TOLD:
                query = query.where(TOLD.c.until.is_not(None))
            found.update(conn.execute(query).scalars())
    return found


def _otherwise_noted(
    conn: sa.Connection, team: str, imported: Imported, noted: Mapping[int, Sequence[Noted]]
) -> set[int]:
    """Those of whose persons something else is noted than the import did: an objection, say."""
    found: set[int] = set()
    for some in chunks(sorted(noted)):
        now = privacy.standings_of(conn, team, some)
        found |= {one for one in some if not is_as_noted(noted[one], imported.by, now.get(one, {}))}
    return found


def _forget_noted(conn: sa.Connection, team: str, by: str, noted: Sequence[Noted]) -> None:
    """Take back what the import noted of persons; of whom nothing else is noted has no row."""
    own = PERSON_PRIVACY.c
    here = (own.team_id == team, own.anonymised_at.is_(None))
    for some in chunks(noted):
        told = among(own.person_id, [one.person for one in some if one.told_on])
        untold = {"informed_on": None, "informed_how": "", "informed_by": None}
        mine = (*here, told, own.informed_by == by)
        conn.execute(sa.update(PERSON_PRIVACY).where(*mine).values(**untold))
        wished = among(own.person_id, [one.person for one in some if one.no_contact])
        conn.execute(sa.update(PERSON_PRIVACY).where(*here, wished).values(no_contact=False))
        every = among(own.person_id, [one.person for one in some])
        blank = (own.informed_on.is_(None), ~own.no_contact)
        conn.execute(sa.delete(PERSON_PRIVACY).where(*here, every, *blank))


def _names(conn: sa.Connection, team: str, ids: Sequence[int]) -> dict[int, str]:
    found: dict[int, str] = {}
    for some in chunks(ids):
        query = sa.select(PARTNER.c.id, PARTNER.c.name).where(
            PARTNER.c.team_id == team, among(PARTNER.c.id, some)
        )
        found |= {row.id: row.name for row in conn.execute(query.order_by(PARTNER.c.id))}
    return found


def _changes(
    conn: sa.Connection, team: str, imported: Imported, versions: Mapping[int, int]
) -> Mapping[int, list[Change]]:
    found: defaultdict[int, list[Change]] = defaultdict(list)
    columns = [CHANGE.c[one.name] for one in fields(Change)]
    for some in chunks(sorted(versions)):
        query = sa.select(CHANGE.c.partner_id, *columns).where(
            CHANGE.c.team_id == team, among(CHANGE.c.partner_id, some), CHANGE.c.at == imported.at
        )
        for row in conn.execute(query.order_by(CHANGE.c.id)).mappings():
            if row["version"] == versions[row["partner_id"]]:
                values = {name: row[name] for name in row if name != "partner_id"}
                found[row["partner_id"]].append(Change(**values))
    return found
