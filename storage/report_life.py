"""The lives of all cards, for the figures of a year: of those there are, and of those made one.

What becomes of a card once it is made one with another, its log can tell no more apart; so its life
is written down at that moment, and kept for good. It names nobody.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import fields
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from pydantic import TypeAdapter

from bot.circle import Why
from bot.partner import Room
from bot.report_life import FIELDS, Card, Cause, Life, Step, Was, lived
from storage.circle_tables import MOVE
from storage.duplicate_tables import MERGE
from storage.import_tables import IMPORT_PARTNER
from storage.partner_tables import CHANGE, PARTNER, TAG

_TAGS = ("rooms", "goals")
_OWN = [PARTNER.c[field.name] for field in fields(Card) if field.name not in _TAGS]
_STEPS: TypeAdapter[tuple[Step, ...]] = TypeAdapter(tuple[Step, ...])

_Which = Mapping[int, dict[str, list[Any]]]


def lives(conn: sa.Connection, team: str, since: datetime) -> Iterator[Life]:
    """Every card's, as far back as `since`: what changed before that is one step."""
    yield from _here(conn, team, since, sa.true())
    query = sa.select(MERGE.c.past, MERGE.c.at).where(
        MERGE.c.team_id == team, MERGE.c.undone_at.is_(None), MERGE.c.past.is_not(None)
    )
    for row in conn.execute(query.order_by(MERGE.c.id)):
        steps = _STEPS.validate_python(row.past)
        yield Life(steps, max(row.at, steps[-1].at))


def written_down(conn: sa.Connection, team: str, partner_id: int) -> list[Any]:
    """The life of a card that is about to be made one with another, as JSON carries it."""
    beginning = datetime.min.replace(tzinfo=UTC)
    (life,) = _here(conn, team, beginning, PARTNER.c.id == partner_id)
    told: list[Any] = _STEPS.dump_python(life.steps, mode="json")
    return told


def first_day(conn: sa.Connection, team: str) -> datetime | None:
    """When the first card came into the register."""
    first = sa.select(sa.func.min(PARTNER.c.created_at)).where(PARTNER.c.team_id == team)
    found: datetime | None = conn.execute(first).scalar()
    return found


def _here(
    conn: sa.Connection, team: str, since: datetime, which: sa.ColumnElement[bool]
) -> Iterator[Life]:
    """Those that there are; `which` is a condition on PARTNER."""
    ids = sa.select(PARTNER.c.id).where(PARTNER.c.team_id == team, which)
    tags = _tags(conn, team, ids)
    log = _log(conn, team, ids, since)
    whys = _whys(conn, team, ids, since)
    read_in = _read_in(conn, team, ids)
    query = sa.select(PARTNER.c.id, PARTNER.c.created_at, *_OWN)
    rows = conn.execute(query.where(PARTNER.c.team_id == team, which).order_by(PARTNER.c.id))
    for number, added_at, *own in rows:
        tagged = tags.get(number, {})
        card = Card(*own, *(tuple(tagged.get(name, ())) for name in _TAGS))
        added = Cause.READ_IN if number in read_in else Cause.ADDED
        yield lived(card, added_at, log.get(number, ()), added=added, whys=whys.get(number))


def _tags(conn: sa.Connection, team: str, ids: sa.Select[Any]) -> _Which:
    query = sa.select(TAG.c.partner_id, TAG.c.facet, TAG.c.value).where(
        TAG.c.team_id == team, TAG.c.facet.in_(_TAGS), TAG.c.partner_id.in_(ids)
    )
    found: defaultdict[int, dict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
    for number, facet, value in conn.execute(query.order_by(*TAG.primary_key)):
        found[number][facet].append(Room(value) if facet == "rooms" else value)
    return found


def _log(
    conn: sa.Connection, team: str, ids: sa.Select[Any], since: datetime
) -> Mapping[int, list[Was]]:
    """Without what happened on cards that were made one with these: that has the first version."""
    own = CHANGE.c
    query = sa.select(own.partner_id, own.at, own.field, own.before).where(
        own.team_id == team,
        own.field.in_(FIELDS),
        own.at >= since,
        own.version > 1,
        own.partner_id.in_(ids),
    )
    found: defaultdict[int, list[Was]] = defaultdict(list)
    for number, *was in conn.execute(query.order_by(own.id)):
        found[number].append(Was(*was))
    return found


def _whys(
    conn: sa.Connection, team: str, ids: sa.Select[Any], since: datetime
) -> Mapping[int, dict[datetime, Why | Cause]]:
    """Why a card was changed at a moment, where it was not just edited."""
    found: defaultdict[int, dict[datetime, Why | Cause]] = defaultdict(dict)
    made_one = sa.select(MERGE.c.kept_id, MERGE.c.at).where(
        MERGE.c.team_id == team, MERGE.c.undone_at.is_(None), MERGE.c.kept_id.in_(ids)
    )
    for number, at in conn.execute(made_one):
        found[number][at] = Cause.MADE_ONE
    moved = sa.select(MOVE.c.partner_id, MOVE.c.at, MOVE.c.why).where(
        MOVE.c.team_id == team, MOVE.c.at >= since, MOVE.c.partner_id.in_(ids)
    )
    for number, at, why in conn.execute(moved.order_by(MOVE.c.id)):
        found[number][at] = why
    return found


def _read_in(conn: sa.Connection, team: str, ids: sa.Select[Any]) -> set[int]:
    """Those that came with a file."""
    query = sa.select(IMPORT_PARTNER.c.partner_id).where(
        IMPORT_PARTNER.c.team_id == team,
        IMPORT_PARTNER.c.new,
        IMPORT_PARTNER.c.partner_id.in_(ids),
    )
    return set(conn.execute(query).scalars())
