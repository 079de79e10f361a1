"""A made-up network for `overview.py`: who is where in the circle, for whom, and what happened.

A tenth are partnerships, a third collaborations. Half of them are known in every way, of the others
only the kind: registers are like that. In the last year there were three contacts with each, and
one in fifty moved in the last month.
"""

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import search_register as register
from search_register import STAFF

from bot.circle import Level, Why
from bot.contact import Kind as ContactKind
from bot.partner import Kind, Partner, Purpose, Room, Status
from storage.circle_tables import MOVE
from storage.contact_tables import CONTACT

NOW = datetime.now(UTC)
AGES = ("0-5", "6-12", "13-17", "18+")
BRANCHES = ("Hovedbiblioteket", "Børn", "Voksen", "Havnen")
_LEVELS = {Level.PARTNERSHIP: 1, Level.COLLABORATION: 3, Level.NETWORK: 6}
_CONTACTS = 3
_MOVED = 50
_YEAR = 365
_NEW = 5


async def fill(file: Path, team: str, count: int) -> None:
    """Put it into an SQLite file with empty tables, that nobody uses."""
    await register.fill(file, {team: count}, made=_partners)
    conn = register.opened(file)
    since = "UPDATE partner SET created_at = ? WHERE id > ?"
    conn.execute(since, (_stored(NOW - timedelta(days=1)), 0))
    conn.execute(since, (_stored(NOW - timedelta(days=800)), _NEW))
    register.insert(conn, CONTACT.name, list(_contacts(team, count)))
    register.insert(conn, MOVE.name, list(_moves(team, count)))
    last = {"team_id": team, "value": count * _CONTACTS}
    register.insert(conn, "last_id", [last])
    conn.close()


def _stored(at: datetime) -> str:
    """As SQLAlchemy writes it for SQLite."""
    return at.replace(tzinfo=None).isoformat(" ", "microseconds")


def _partners(count: int) -> Iterator[Partner]:
    chance = random.Random(2)
    for number, one in enumerate(register.partners(count)):
        (level,) = chance.choices(list(_LEVELS), list(_LEVELS.values()))
        known = replace(
            one,
            kind=chance.choice(list(Kind)),
            level=level,
            status=Status.ACTIVE,
            branch=chance.choice(BRANCHES),
            responsible=None if number % 7 == 0 else one.responsible,
        )
        if number % 2:
            yield known
            continue
        yield replace(
            known,
            rooms=tuple(chance.sample(list(Room), chance.randint(1, 2))),
            age_groups=tuple(chance.sample(AGES, chance.randint(1, 2))),
            purposes=tuple(chance.sample(list(Purpose), chance.randint(1, 2))),
        )


def _contacts(team: str, count: int) -> Iterator[dict[str, object]]:
    chance = random.Random(3)
    for number in range(count * _CONTACTS):
        at = NOW - timedelta(days=chance.randint(0, _YEAR))
        yield {
            "team_id": team,
            "id": number + 1,
            "version": 1,
            "partner_id": number % count + 1,
            "kind": ContactKind.TALKED.value,
            "on": at.date(),
            "about": "foråret",
            "with_whom": "",
            "link": "",
            "noted_by": chance.choice(STAFF),
            "noted_at": at,
        }


def _moves(team: str, count: int) -> Iterator[dict[str, object]]:
    chance = random.Random(4)
    for number in range(1, count + 1, _MOVED):
        yield {
            "team_id": team,
            "id": number,
            "partner_id": number,
            "from_level": Level.NETWORK.value,
            "to_level": Level.COLLABORATION.value,
            "why": Why.ACTIVITY.value,
            "by": chance.choice(STAFF),
            "at": NOW - timedelta(days=chance.randint(0, 27)),
            "reason": "",
            "learned": "",
            "told": "",
        }
