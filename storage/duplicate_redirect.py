"""Where an old number leads to, once two partners, or two persons on them, were made one."""

import sqlalchemy as sa

from bot.errors import UserError
from bot.partner import Partner
from bot.translation import mark
from storage.duplicate_tables import MERGE, SAME_PERSON
from storage.schema import among

_MADE_ONE = mark(
    "A colleague has made this card one with **{name}** while you were writing. Copy what you"
    " wrote, and put it on that card."
)
_PARTED = mark(
    "A colleague has taken two cards apart again while you were writing. Copy what you wrote,"
    " and open the card anew."
)


def current(conn: sa.Connection, team: str, partner_id: int) -> int:
    """The number that the partner goes by now; the same one where nothing was made one."""
    standing = (MERGE.c.team_id == team, MERGE.c.undone_at.is_(None))
    while True:
        query = sa.select(MERGE.c.kept_id).where(*standing, MERGE.c.gone_id == partner_id)
        kept = conn.execute(query).scalar_one_or_none()
        if kept is None:
            return partner_id
        partner_id = kept


def all_moved(conn: sa.Connection, team: str) -> dict[int, int]:
    """The numbers that lead on, and where to."""
    query = sa.select(MERGE.c.gone_id, MERGE.c.kept_id).where(
        MERGE.c.team_id == team, MERGE.c.undone_at.is_(None)
    )
    step = {row.gone_id: row.kept_id for row in conn.execute(query)}
    found = {}
    for gone, kept in step.items():
        while kept in step:
            kept = step[kept]  # noqa: PLW2901 - one step further on the same way
        found[gone] = kept
    return found


def check_form(conn: sa.Connection, team: str, partner_id: int, version: int, now: Partner) -> None:
    """Let pass a form that was opened with that number and version, `now` being its partner.

    Raises:
        UserError: it shows another card than the one that it would be saved on.
    """
    if now.id != partner_id:
        raise UserError(_MADE_ONE, name=now.name)
    parted = (MERGE.c.version <= version) & (MERGE.c.undone_version > version)
    query = sa.select(MERGE.c.id).where(
        MERGE.c.team_id == team, MERGE.c.kept_id == partner_id, parted
    )
    if conn.execute(query.limit(1)).first():
        raise UserError(_PARTED)


def below(conn: sa.Connection, team: str, partner_id: int) -> list[int]:
    """The mergers (ids) that a partner came out of, also those of what became part of it."""
    found: list[int] = []
    into = {partner_id}
    while into:
        query = sa.select(MERGE.c.id, MERGE.c.gone_id).where(
            MERGE.c.team_id == team,
            MERGE.c.undone_at.is_(None),
            among(MERGE.c.kept_id, sorted(into)),
        )
        rows = conn.execute(query).all()
        found += [row.id for row in rows]
        into = {row.gone_id for row in rows}
    return found


def numbers_of(conn: sa.Connection, team: str, person_id: int) -> list[int]:
    """The person's number, and hers from cards that were made one with this."""
    found = sought = [person_id]
    while sought:
        query = sa.select(SAME_PERSON.c.person_id).where(
            SAME_PERSON.c.team_id == team, among(SAME_PERSON.c.same_as, sought)
        )
        sought = list(conn.execute(query.order_by(SAME_PERSON.c.person_id)).scalars())
        found = [*found, *sought]
    return found


def second_numbers(conn: sa.Connection, team: str) -> set[int]:
    """All numbers of persons who go by another now."""
    query = sa.select(SAME_PERSON.c.person_id).where(SAME_PERSON.c.team_id == team)
    return set(conn.execute(query).scalars())
