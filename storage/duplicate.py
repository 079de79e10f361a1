"""Pairs of partners that may be one: what they are recognised by, and what is decided."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cache, lru_cache
from typing import Any

import sqlalchemy as sa

from bot.duplicate import Traits, ordered
from bot.identifiers import domain
from bot.privacy import is_shared_mailbox
from bot.text import bare_name
from storage import partner as register
from storage.duplicate_tables import APART
from storage.partner_tables import PARTNER, PERSON, TAG, WORD, Origin
from storage.schema import insert_once

# So many are read at a time: some 15 ms of arithmetic, and then it is somebody else's turn.
PAGE = 500

_TEAM: sa.BindParameter[str] = sa.bindparam("team")
_AFTER: sa.BindParameter[int] = sa.bindparam("after", type_=sa.Integer)
_LIMIT: sa.BindParameter[int] = sa.bindparam("limit", type_=sa.Integer)
_FIRST: sa.BindParameter[int] = sa.bindparam("first")
_LAST: sa.BindParameter[int] = sa.bindparam("last")
_Values = Mapping[int, Sequence[str]]


def traits(conn: sa.Connection, team: str, after: int = 0, limit: int = PAGE) -> list[Traits]:
    """What the next partners are recognised by, in the order of their numbers.

    Of addresses only those that more than one partner has. Empty where none comes `after`.
    """
    rows = conn.execute(_page(), {"team": team, "after": after, "limit": limit}).all()
    if not rows:
        return []
    these = {"team": team, "first": rows[0].id, "last": rows[-1].id}
    others = _grouped(conn, _other_names(), these, bare_name)
    sharing = set(conn.execute(_sharing(), these).scalars())
    mails = _grouped(conn, _mails(), these, str)
    people = _people(conn, these)
    return [
        Traits(
            id=row.id,
            names=frozenset({row.bare_name, *others[row.id]}),
            cvr=row.cvr,
            sites=_hosts([row.website]) if row.id in sharing else frozenset(),
            mail_domains=_hosts(mails[row.id]) if row.id in sharing else frozenset(),
            people=frozenset(people[row.id]),
            archived=row.archived,
        )
        for row in rows
    ]


def apart(conn: sa.Connection, team: str) -> set[tuple[int, int]]:
    """The pairs that somebody has decided to be two."""
    query = sa.select(APART.c.one_id, APART.c.other_id).where(APART.c.team_id == team)
    return {(row.one_id, row.other_id) for row in conn.execute(query)}


def keep_apart(
    conn: sa.Connection, team: str, one_id: int, other_id: int, *, by: str, now: datetime
) -> None:
    """Decide that they are two, for good.

    Raises:
        UserError: one of them is not in the register any more.
    """
    here = {register.existing(conn, team, number).id for number in (one_id, other_id)}
    if len(here) > 1:
        one, other = ordered(*here)
        insert_once(
            conn, APART, {"team_id": team, "one_id": one, "other_id": other, "by": by, "at": now}
        )


@cache
def _page() -> sa.Select[Any]:
    own = PARTNER.c
    query = sa.select(own.id, own.bare_name, own.cvr, own.website, own.archived)
    return query.where(own.team_id == _TEAM, own.id > _AFTER).order_by(own.id).limit(_LIMIT)


@cache
def _sharing() -> sa.Select[Any]:
    """Whoever has an address or a number that another has too."""
    other = WORD.alias()
    same = (
        (other.c.team_id == WORD.c.team_id)
        & (other.c.word == WORD.c.word)
        & (other.c.origin == Origin.IDENTITY)
        & (other.c.partner_id != WORD.c.partner_id)
    )
    mine = (*_theirs(WORD), WORD.c.origin == Origin.IDENTITY)
    return sa.select(WORD.c.partner_id).distinct().where(*mine, sa.exists().where(same))


@cache
def _other_names() -> sa.Select[Any]:
    return sa.select(TAG.c.partner_id, TAG.c.value).where(
        *_theirs(TAG), TAG.c.facet == "other_names"
    )


@cache
def _mails() -> sa.Select[Any]:
    return sa.select(PERSON.c.partner_id, PERSON.c.email).where(
        *_theirs(PERSON), PERSON.c.email != ""
    )


@cache
def _persons() -> sa.Select[Any]:
    own = PERSON.c
    return sa.select(own.partner_id, own.name, own.email, own.phone).where(*_theirs(PERSON))


def _theirs(table: sa.Table) -> tuple[sa.ColumnElement[bool], ...]:
    """The rows of a page's partners."""
    return table.c.team_id == _TEAM, table.c.partner_id.between(_FIRST, _LAST)


def _grouped(
    conn: sa.Connection,
    query: sa.Select[Any],
    these: Mapping[str, Any],
    spelled: Callable[[str], str],
) -> _Values:
    found: defaultdict[int, list[str]] = defaultdict(list)
    for partner_id, value in conn.execute(query, these).all():
        found[partner_id].append(spelled(value))
    return found


def _people(conn: sa.Connection, these: Mapping[str, Any]) -> _Values:
    found: defaultdict[int, list[str]] = defaultdict(list)
    for row in conn.execute(_persons(), these).all():
        found[row.partner_id] += _marks(row.name, row.email, row.phone)
    return found


def _marks(name: str, email: str, phone: str) -> Iterator[str]:
    """What is one person's: her own mailbox, her number, her whole name."""
    if email and not is_shared_mailbox(email):
        yield email.casefold()
    if phone:
        yield phone
    parts = name.casefold().split()
    if len(parts) > 1:
        yield " ".join(parts)


def _hosts(addresses: Sequence[str]) -> frozenset[str]:
    hosts = (
        _host(address[address.find("@") :] if "@" in address else address) for address in addresses
    )
    return frozenset(filter(None, hosts))


_host = lru_cache(maxsize=4096)(domain)  # a municipality's mail is read once
