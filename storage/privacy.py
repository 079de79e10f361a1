"""What we owe contact persons: who was told, who wishes no contact, and who is still to tell."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from bot.errors import UserError
from bot.partner import ContactPerson, Kind
from bot.privacy import Information, Standing, Uninformed, deadline, people_of
from bot.text import fold
from bot.translation import mark
from storage import partner as register
from storage.partner_tables import CHANGE, PARTNER, PERSON
from storage.schema import METADATA, among, team_column, upsert
from storage.types import PlainText, UtcDateTime

# A contact person's own row is written anew at each edit of the partner, so this hangs on the
# partner. It stays when the person leaves the card.
PERSON_PRIVACY = sa.Table(
    "person_privacy",
    METADATA,
    team_column(),
    sa.Column("person_id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("partner_id", sa.Integer, nullable=False),
    sa.Column("informed_on", sa.Date),
    sa.Column("informed_how", PlainText, nullable=False, server_default=""),
    sa.Column("informed_by", PlainText),
    sa.Column("no_contact", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("anonymised_at", UtcDateTime),
    sa.ForeignKeyConstraint(
        ["team_id", "partner_id"], ["partner.team_id", "partner.id"], ondelete="CASCADE"
    ),
    sa.Index("ix_person_privacy_partner", "team_id", "partner_id"),
)

PERSON_GONE = mark("That contact person is not on the card any more.")


@dataclass(frozen=True)
class Individual:
    """A partner that is a person who is not among its contact persons: she has the partner's id."""

    id: int
    name: str
    created_at: datetime
    told: bool


def inform(
    conn: sa.Connection,
    team: str,
    partner_id: int,
    person_id: int,
    information: Information,
    *,
    by: str,
) -> None:
    """Note that a person was told, in place of what was noted before.

    Raises:
        UserError: she is not on the card any more.
    """
    told = {
        "informed_on": information.on,
        "informed_how": information.how,
        "informed_by": by,
    }
    _note(conn, team, partner_id, person_id, told)


def wishes_no_contact(
    conn: sa.Connection, team: str, partner_id: int, person_id: int, *, wish: bool
) -> None:
    """Note that a person wishes not to be contacted, or no longer wishes it.

    Raises:
        UserError: she is not on the card any more.
    """
    _note(conn, team, partner_id, person_id, {"no_contact": wish})


def standings(conn: sa.Connection, team: str, partner_ids: Sequence[int]) -> Mapping[int, Standing]:
    """What is noted of these partners' persons, by person id; who is missing was never told."""
    found = standings_of(conn, team, partner_ids).values()
    return {person: standing for theirs in found for person, standing in theirs.items()}


def standings_of(
    conn: sa.Connection, team: str, partner_ids: Sequence[int]
) -> Mapping[int, Mapping[int, Standing]]:
    """As standings(), by partner and person."""
    query = sa.select(PERSON_PRIVACY).where(
        PERSON_PRIVACY.c.team_id == team, among(PERSON_PRIVACY.c.partner_id, partner_ids)
    )
    found: defaultdict[int, dict[int, Standing]] = defaultdict(dict)
    for row in conn.execute(query):
        found[row.partner_id][row.person_id] = Standing(
            informed=Information(row.informed_on, row.informed_how) if row.informed_on else None,
            informed_by=row.informed_by,
            no_contact=row.no_contact,
        )
    return found


def count_uninformed(conn: sa.Connection, team: str) -> int:
    """How many persons have not been told."""
    query = sa.select(sa.func.count()).select_from(_WITH_PRIVACY).where(*_untold(team))
    alone = [one for one in individuals(conn, team) if not one.told]
    return conn.execute(query).scalar_one() + len(alone)


def uninformed(
    conn: sa.Connection, team: str, zone: ZoneInfo, *, partner_id: int | None = None
) -> list[Uninformed]:
    """Every person who has not been told, the first deadline (a day in `zone`) on top.

    Of one partner, where it is given.
    """
    query = (
        sa.select(PERSON, PARTNER.c.name.label("partner_name"), PARTNER.c.created_at)
        .select_from(_WITH_PRIVACY)
        .where(*_untold(team), *_of(PERSON.c.partner_id, partner_id))
    )
    added = _added_later(conn, team, partner_id)
    found = [
        Uninformed(
            row.partner_id,
            row.partner_name,
            ContactPerson(row.name, row.title, row.email, row.phone, row.note, row.source, row.id),
            deadline(added.get(row.id, row.created_at).astimezone(zone).date(), None),
        )
        for row in conn.execute(query)
    ]
    found += [
        Uninformed(
            one.id,
            one.name,
            ContactPerson(one.name, id=one.id),
            deadline(one.created_at.astimezone(zone).date(), None),
        )
        for one in individuals(conn, team, partner_id)
        if not one.told
    ]
    return sorted(found, key=lambda one: (one.deadline, one.partner_name, one.person.id))


def individuals(conn: sa.Connection, team: str, partner_id: int | None = None) -> list[Individual]:
    """Those of the team, or of one partner: the register holds no other row about such a person."""
    query = (
        sa.select(
            PARTNER.c.id,
            PARTNER.c.name,
            PARTNER.c.created_at,
            PERSON_PRIVACY.c.informed_on,
            PERSON.c.name.label("contact"),
        )
        .select_from(_INDIVIDUALS)
        .where(PARTNER.c.team_id == team, PARTNER.c.kind == Kind.INDIVIDUAL)
        .where(*_of(PARTNER.c.id, partner_id))
        .order_by(PARTNER.c.id)
    )
    rows = conn.execute(query).all()
    among_their_own = {row.id for row in rows if fold(row.contact or "") == fold(row.name)}
    found = {
        row.id: Individual(row.id, row.name, row.created_at, told=row.informed_on is not None)
        for row in rows
        if row.id not in among_their_own
    }
    return list(found.values())


_WITH_PRIVACY = PERSON.join(
    PARTNER, (PERSON.c.team_id == PARTNER.c.team_id) & (PERSON.c.partner_id == PARTNER.c.id)
).outerjoin(
    PERSON_PRIVACY,
    (PERSON.c.team_id == PERSON_PRIVACY.c.team_id) & (PERSON.c.id == PERSON_PRIVACY.c.person_id),
)
_INDIVIDUALS = PARTNER.outerjoin(
    PERSON_PRIVACY,
    (PARTNER.c.team_id == PERSON_PRIVACY.c.team_id) & (PARTNER.c.id == PERSON_PRIVACY.c.person_id),
).outerjoin(PERSON, (PARTNER.c.team_id == PERSON.c.team_id) & (PARTNER.c.id == PERSON.c.partner_id))


def _untold(team: str) -> Sequence[sa.ColumnElement[bool]]:
    return (PERSON.c.team_id == team, PERSON_PRIVACY.c.informed_on.is_(None))


def _of(column: sa.ColumnElement[int], partner_id: int | None) -> Sequence[sa.ColumnElement[bool]]:
    return () if partner_id is None else (column == partner_id,)


def _added_later(conn: sa.Connection, team: str, partner_id: int | None) -> Mapping[int, datetime]:
    """When those were noted who were not on their partner's card from the first."""
    query = sa.select(CHANGE.c.before, CHANGE.c.after, CHANGE.c.at).where(
        CHANGE.c.team_id == team, CHANGE.c.field == "people", *_of(CHANGE.c.partner_id, partner_id)
    )
    added: dict[int, datetime] = {}
    for before, after, at in conn.execute(query.order_by(CHANGE.c.id)):
        there = {person["id"] for person in before}
        for person in after:
            if person["id"] not in there:
                added.setdefault(person["id"], at)
    return added


def _note(
    conn: sa.Connection, team: str, partner_id: int, person_id: int, values: Mapping[str, object]
) -> None:
    partner = register.get(conn, team, partner_id, lock=True)
    if partner is None or all(person.id != person_id for person in people_of(partner)):
        raise UserError(PERSON_GONE)
    key = {"team_id": team, "person_id": person_id, "partner_id": partner.id}
    upsert(conn, PERSON_PRIVACY, {**key, **values})
