"""What an import asks of the register, and whether the register is still as it was then."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import sqlalchemy as sa

from bot.import_draft import Register
from bot.import_record import Words
from bot.import_traits import Traits, traits
from bot.partner import Partner
from bot.privacy import Standing
from storage import duplicate_redirect, partner_values, privacy, privacy_erasure, workspace
from storage import partner as register
from storage.circle_tables import ACTIVITY, MOVE, QUESTION, TRIAL
from storage.contact_tables import CONTACT
from storage.partner_tables import CHANGE, PARTNER, PERSON, TAG
from storage.privacy import PERSON_PRIVACY
from storage.schema import METADATA
from storage.tjek_tables import TJEK

_PAGE = 500  # partners loaded by one query

State = tuple[object, ...]
_TOMBSTONE = METADATA.tables["tombstone"]
_RUNNING = (
    (ACTIVITY, ACTIVITY.c.over_at.is_(None)),
    (TRIAL, TRIAL.c.settled_at.is_(None)),
    (QUESTION, QUESTION.c.answered_at.is_(None) & QUESTION.c.withdrawn_at.is_(None)),
)


def words(conn: sa.Connection, team: str, colleagues: Mapping[str, str]) -> Words:
    """The library's own words, with the colleagues' names by their Slack user ids."""
    groups = sa.select(TAG.c.value).where(TAG.c.team_id == team, TAG.c.facet == "target_groups")
    return Words(
        workspace.settings(conn, team),
        tuple(partner_values.keywords(conn, team)),
        tuple(partner_values.branches(conn, team)),
        tuple(conn.execute(groups.distinct().order_by(TAG.c.value)).scalars()),
        colleagues,
    )


def state(conn: sa.Connection, team: str) -> State:
    """Another after whatever could change a plan: an edit, a contact, what runs, what is noted."""
    own, gone, last = PARTNER.c, _TOMBSTONE.c, CONTACT.c
    partners = sa.select(
        sa.func.count(), sa.func.sum(own.version), sa.func.max(own.id), sa.func.max(own.touched_at)
    ).where(own.team_id == team)
    logged = sa.select(sa.func.max(CHANGE.c.id)).where(CHANGE.c.team_id == team)
    forgotten = sa.select(sa.func.count(), sa.func.max(gone.at)).where(gone.team_id == team)
    contacts = sa.select(sa.func.count(), sa.func.sum(last.version)).where(last.team_id == team)
    running = [
        sa.select(sa.func.count(), sa.func.sum(table.c.id)).where(table.c.team_id == team, still)
        for table, still in _RUNNING
    ]
    noted = sa.select(*_noted()).where(PERSON_PRIVACY.c.team_id == team)
    happened = [
        sa.select(sa.func.count(), sa.func.sum(table.c.id)).where(table.c.team_id == team, of_all)
        for table, of_all in ((MOVE, sa.true()), (TJEK, TJEK.c.finished_at.is_not(None)))
    ]
    return tuple(
        value
        for query in (partners, logged, forgotten, contacts, *running, *happened, noted)
        for value in conn.execute(query).one()
    )


def _noted() -> list[sa.ColumnElement[Any]]:
    """Sums of what is noted of persons."""
    own, total = PERSON_PRIVACY.c, sa.func.sum
    year, month, day = (sa.extract(part, own.informed_on) for part in ("year", "month", "day"))
    return [
        total(year * 10_000 + month * 100 + day),
        total(sa.func.length(own.informed_how)),
        total(sa.case((own.informed_on.is_not(None), own.person_id), else_=0)),
        total(sa.case((own.no_contact, own.person_id), else_=0)),
    ]


def known(conn: sa.Connection, team: str) -> tuple[Callable[[], Register], State]:
    """What a plan asks for, to be worked out from what was read: in a thread, for it takes long."""
    own = PARTNER.c
    columns = (own.id, own.name, own.cvr, own.website)
    rows = conn.execute(sa.select(*columns).where(own.team_id == team)).all()
    other = sa.select(TAG.c.partner_id, TAG.c.value).where(
        TAG.c.team_id == team, TAG.c.facet == "other_names"
    )
    mail = sa.select(PERSON.c.partner_id, PERSON.c.email).where(
        PERSON.c.team_id == team, PERSON.c.email != ""
    )
    others, mails = conn.execute(other).all(), conn.execute(mail).all()
    found = Register(
        team=team,
        known=(),
        moved=duplicate_redirect.all_moved(conn, team),
        busy=_busy(conn, team),
        last=_last(conn, team),
        forgotten=privacy_erasure.all_forgotten(conn, team),
    )

    def worked_out() -> Register:
        return replace(found, known=tuple(_traits(rows, _grouped(others), _grouped(mails))))

    return worked_out, state(conn, team)


def partners(
    conn: sa.Connection, team: str, ids: Sequence[int]
) -> tuple[dict[int, Partner], dict[int, Standing]]:
    """The partners of these ids, and what is noted of their persons."""
    found: dict[int, Partner] = {}
    standings: dict[int, Standing] = {}
    for first in range(0, len(ids), _PAGE):
        page = ids[first : first + _PAGE]
        found |= {one.id: one for one in register.get_many(conn, team, page)}
        standings |= privacy.standings(conn, team, page)
    return found, standings


def _traits(
    rows: Iterable[Any], names: Mapping[int, list[str]], mails: Mapping[int, list[str]]
) -> Iterator[Traits]:
    for row in rows:
        called = (row.name, *names.get(row.id, ()))
        yield traits(row.id, called, row.cvr, row.website, mails.get(row.id, ()))


def _grouped(rows: Iterable[Any]) -> dict[int, list[str]]:
    found: defaultdict[int, list[str]] = defaultdict(list)
    for row in rows:
        found[row[0]].append(row[1])
    return found


def _busy(conn: sa.Connection, team: str) -> frozenset[int]:
    """Partners about whom something runs, is tried or will be asked."""
    return frozenset(
        number
        for table, still in _RUNNING
        for number in conn.execute(
            sa.select(table.c.partner_id).where(table.c.team_id == team, still)
        ).scalars()
    )


def _last(conn: sa.Connection, team: str) -> dict[int, date]:
    newest = sa.func.max(CONTACT.c.on)
    query = sa.select(CONTACT.c.partner_id, newest).where(
        CONTACT.c.team_id == team, CONTACT.c.undone_at.is_(None)
    )
    rows = conn.execute(query.group_by(CONTACT.c.partner_id)).all()
    return {row[0]: row[1] for row in rows}
