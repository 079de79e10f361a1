"""What the picture of the circle is made of; which one was drawn last, and its file in Slack."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields, replace
from datetime import date, datetime
from heapq import nsmallest
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from bot.circle import RINGS, TOGETHER, Why
from bot.circle_picture import (
    IN_THE_CIRCLE,
    STEPS,
    YEAR,
    Facts,
    Moved,
    Placed,
    month,
    moved,
    turn_of,
    week,
)
from bot.partner import RelationType, Room, Status
from storage.circle_tables import MOVE
from storage.contact_tables import CONTACT
from storage.partner_tables import ORGANISATION, PARTNER, TAG
from storage.schema import METADATA, among, team_column, upsert
from storage.types import PlainText, UtcDateTime

# More than there is room for; where there are more partners, the rest are dots alone.
_NAMED = 2000
# To list partners by, from the middle of the circle.
OUTWARDS = sa.case({level: n for n, level in enumerate(RINGS)}, value=PARTNER.c.level)

# One for each way to place the partners, and for each language that its words are in.
PICTURE = sa.Table(
    "circle_picture",
    METADATA,
    team_column(),
    sa.Column("way", PlainText, primary_key=True),
    sa.Column("language", PlainText, primary_key=True),
    sa.Column("made_of", PlainText, nullable=False),  # a hash of all that is drawn
    sa.Column("file_id", PlainText, nullable=False),
    sa.Column("alt", PlainText, nullable=False),
    sa.Column("drawn_at", UtcDateTime, nullable=False),
)


@dataclass(frozen=True)
class Drawn:
    """A picture that Slack has: what it was made of, its file, and what it shows in words."""

    way: str
    language: str
    made_of: str
    file_id: str
    alt: str
    drawn_at: datetime


_COLUMNS = [field.name for field in fields(Drawn)]


def in_circle(team: str, *besides: Status) -> Sequence[sa.ColumnElement[bool]]:
    """Who has a place in the circle: one rule for pictures, lists and figures.

    `besides`: those of another status that are wanted with them.
    """
    own = PARTNER.c
    return (
        own.team_id == team,
        own.archived.is_(False),
        own.relation_type == RelationType.PARTNER,
        own.status.in_((*IN_THE_CIRCLE, *besides)),
    )


def together(team: str) -> Sequence[sa.ColumnElement[bool]]:
    """Of these, with whom we do something at the moment, so that somebody should see to it."""
    own = PARTNER.c
    return (*in_circle(team), own.status == Status.ACTIVE, own.level.in_(TOGETHER))


def stamp(conn: sa.Connection, team: str, today: date) -> str:
    """Another after whatever may have changed the facts, at the price of counting them."""
    own, met, moved_on = PARTNER.c, CONTACT.c, MOVE.c
    partners = sa.select(
        sa.func.count(), sa.func.sum(own.version), sa.func.max(own.id), sa.func.max(own.touched_at)
    ).where(own.team_id == team)
    contacts = sa.select(sa.func.count(), sa.func.sum(met.version), sa.func.max(met.id)).where(
        met.team_id == team, met.undone_at.is_(None)
    )
    moves = sa.select(sa.func.count(), sa.func.max(moved_on.id)).where(moved_on.team_id == team)
    found = [conn.execute(query).one() for query in (partners, contacts, moves)]
    return repr((week(today), *map(tuple, found)))


def facts(
    conn: sa.Connection, team: str, today: date, zone: ZoneInfo, since: datetime | None = None
) -> Facts:
    """Who stands in the circle, and what moved in the last month; or since then, if it is longer.

    One person has no name in it, and of very many partners only those that come first have.
    """
    drawn = month(today, zone)
    partners = _placed(conn, team, today)
    found = Facts(partners, _moves(conn, team, min(since or drawn, drawn)))
    before = moved(found, drawn)
    first = nsmallest(_NAMED, partners, key=lambda one: turn_of(one, before))
    names = _names(conn, team, [one.id for one in first])
    named = [replace(one, name=names[one.id]) if one.id in names else one for one in partners]
    return replace(found, partners=named)


def get(conn: sa.Connection, team: str, way: str, language: str) -> Drawn | None:
    """The picture of that way and language that Slack has, if it has one."""
    own = PICTURE.c
    query = sa.select(*(own[name] for name in _COLUMNS)).where(
        own.team_id == team, own.way == way, own.language == language
    )
    row = conn.execute(query).mappings().one_or_none()
    return Drawn(**row) if row else None


def save(conn: sa.Connection, team: str, drawn: Drawn) -> None:
    """Keep it in place of the one before."""
    upsert(conn, PICTURE, {"team_id": team, **asdict(drawn)})


def forget(conn: sa.Connection, team: str, file_id: str) -> None:
    """Slack does not show that file."""
    own = PICTURE.c
    conn.execute(sa.delete(PICTURE).where(own.team_id == team, own.file_id == file_id))


def _placed(conn: sa.Connection, team: str, today: date) -> list[Placed]:
    """Without names, by number."""
    own = PARTNER.c
    contacts = _contacts(conn, team, today)
    rooms = _rooms(conn, team)
    query = sa.select(own.id, own.level, own.kind).where(*in_circle(team)).order_by(own.id)
    return [
        Placed(number, level, kind, rooms.get(number, ()), contacts.get(number, 0))
        for number, level, kind in conn.execute(query)
    ]


def _contacts(conn: sa.Connection, team: str, today: date) -> dict[int, int]:
    """How many each partner had in a year, as far as that is told apart."""
    own = CONTACT.c
    query = (
        sa.select(own.partner_id, sa.func.count())
        .where(own.team_id == team, own.on >= week(today) - YEAR, own.undone_at.is_(None))
        .group_by(own.partner_id)
    )
    return {number: min(count, STEPS[-1]) for number, count in conn.execute(query)}


def _rooms(conn: sa.Connection, team: str) -> dict[int, tuple[Room, ...]]:
    """Each partner's rooms, in their order."""
    own = TAG.c
    query = (
        sa.select(own.partner_id, own.value)
        .where(own.team_id == team, own.facet == "rooms")
        .order_by(own.partner_id, own.position)
    )
    found: defaultdict[int, tuple[Room, ...]] = defaultdict(tuple)
    for number, room in conn.execute(query):
        found[number] += (Room(room),)
    return found


def _moves(conn: sa.Connection, team: str, since: datetime) -> list[Moved]:
    """Steps since then, the oldest first. What a file told is no step of ours."""
    own = MOVE.c
    query = (
        sa.select(own.partner_id, own.from_level, own.at)
        .where(own.team_id == team, own.at >= since, own.why != Why.READ_IN)
        .order_by(own.at, own.id)
    )
    return [Moved(*row) for row in conn.execute(query)]


def _names(conn: sa.Connection, team: str, numbers: Sequence[int]) -> dict[int, str]:
    """The names of these; without those that are one person."""
    own = PARTNER.c
    query = sa.select(own.id, own.name).where(
        own.team_id == team, ORGANISATION, among(own.id, numbers)
    )
    return dict(conn.execute(query).all())
