"""What the register does not know yet, in the order of a sorting round, and what was skipped."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time

import sqlalchemy as sa

from bot.circle import RINGS
from bot.partner import RelationType, Status
from bot.partner_sort import REST, Asked, Fact, Known, facts
from storage import workspace
from storage.circle_picture import together
from storage.contact_tables import CONTACT
from storage.partner_rows import FACETS, TIES
from storage.partner_tables import PARTNER, TAG, TIE, partner_key
from storage.schema import METADATA, team_column, upsert
from storage.types import PlainText, UtcDateTime

SKIPPED = sa.Table(
    "partner_sort",
    METADATA,
    team_column(),
    sa.Column("partner_id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("fact", PlainText, primary_key=True),  # the field's name in bot.partner.Partner
    sa.Column("skipped_at", UtcDateTime, nullable=False),
    partner_key(),
)

_OWN = PARTNER.c


def waiting(conn: sa.Connection, team: str, today: date) -> int:
    """How many partners have a question to ask."""
    missing = _missing(team, facts(workspace.settings(conn, team)), today)
    query = sa.select(sa.func.count()).select_from(PARTNER)
    return conn.execute(query.where(*_asked(team), sa.or_(*missing))).scalar_one()


def next_of(conn: sa.Connection, team: str, today: date) -> Asked | None:
    """The next question; None where there is none for now.

    What the pictures count comes first, then the inner rings, then the facts in their order, then
    whom we talked with last.
    """
    asked = facts(workspace.settings(conn, team))
    missing = _missing(team, asked, today)
    first = sa.case(*((wanting, number) for number, wanting in enumerate(missing)), else_=None)
    found = (
        sa.select(_OWN.id, _OWN.level, first.label("fact"))
        .where(*_asked(team), sa.or_(*missing))
        .subquery()
    )
    last = sa.select(sa.func.max(CONTACT.c.on)).where(
        CONTACT.c.team_id == team,
        CONTACT.c.partner_id == found.c.id,
        CONTACT.c.undone_at.is_(None),
    )
    pictured = sum(fact.pictured for fact in asked)
    # The inner rings first: they are few, and the pictures tell most of them.
    ring = sa.case({level: n for n, level in enumerate(RINGS)}, value=found.c.level)
    order = (
        found.c.fact >= pictured,
        ring,
        found.c.fact,
        last.scalar_subquery().desc().nulls_last(),
        found.c.id,
    )
    row = conn.execute(sa.select(found.c.id, found.c.fact).order_by(*order).limit(1)).first()
    return Asked(row.id, asked[row.fact].field) if row else None


def known(conn: sa.Connection, team: str) -> list[Known]:
    """How far the register has come with each fact."""
    asked = facts(workspace.settings(conn, team))
    columns = []
    for fact in asked:
        wanted = _wanted(team, fact)
        columns += [_number(wanted), _number(wanted & _is_empty(team, fact))]
    row = conn.execute(sa.select(*columns).where(*_asked(team))).one()
    return [
        Known(fact, wanted - empty, wanted)
        for fact, wanted, empty in zip(asked, row[::2], row[1::2], strict=True)
    ]


def skip(conn: sa.Connection, team: str, asked: Asked, now: datetime) -> None:
    """Let the question rest; the partner is locked."""
    upsert(conn, SKIPPED, {**_key(team, asked), "skipped_at": now})


def unskip(conn: sa.Connection, team: str, asked: Asked) -> None:
    """Let the question be asked again."""
    mine = [SKIPPED.c[name] == value for name, value in _key(team, asked).items()]
    conn.execute(sa.delete(SKIPPED).where(*mine))


def _key(team: str, asked: Asked) -> dict[str, object]:
    return {"team_id": team, "partner_id": asked.partner_id, "fact": asked.fact}


def _asked(team: str) -> Sequence[sa.ColumnElement[bool]]:
    """As is_missing in bot/partner_sort.py has it."""
    return (
        _OWN.team_id == team,
        _OWN.archived.is_(False),
        _OWN.relation_type == RelationType.PARTNER,
        _OWN.status != Status.ENDED,
    )


def _missing(team: str, asked: Sequence[Fact], today: date) -> list[sa.ColumnElement[bool]]:
    """For each fact whether it is to be asked."""
    since = datetime.combine(today - REST, time(), UTC)
    return [
        _wanted(team, fact) & _is_empty(team, fact) & ~_rests(team, fact.field, since)
        for fact in asked
    ]


def _wanted(team: str, fact: Fact) -> sa.ColumnElement[bool]:
    return sa.and_(*together(team)) if fact.together else sa.true()


def _is_empty(team: str, fact: Fact) -> sa.ColumnElement[bool]:
    if fact.field in FACETS:
        return ~sa.exists().where(
            TAG.c.team_id == team, TAG.c.partner_id == _OWN.id, TAG.c.facet == fact.field
        )
    if fact.field in TIES:
        tied = (TIE.c.team_id == team, TIE.c.partner_id == _OWN.id)
        return ~sa.exists().where(*tied, TIE.c.tie == TIES[fact.field])
    own = _OWN[fact.field]
    return own.is_(None) if own.nullable else own == ""


def _rests(team: str, field: str, since: datetime) -> sa.ColumnElement[bool]:
    mine = (SKIPPED.c.team_id == team, SKIPPED.c.partner_id == _OWN.id)
    return sa.exists().where(*mine, SKIPPED.c.fact == field, SKIPPED.c.skipped_at > since)


def _number(which: sa.ColumnElement[bool]) -> sa.ColumnElement[int]:
    return sa.func.coalesce(sa.func.sum(sa.case((which, 1), else_=0)), 0)
