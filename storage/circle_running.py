"""What runs with a partner until it is closed, activities and trials: changed by version."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any, Generic, TypeVar

import sqlalchemy as sa

from bot.circle_activity import Activity
from bot.circle_trial import Trial
from bot.errors import UserError
from storage import partner
from storage.schema import among, next_ids

T = TypeVar("T", Activity, Trial)


@dataclass(frozen=True)
class Running(Generic[T]):
    """The rows of one sort; `closing` are the columns that are empty while it runs.

    `gone`, `closed` and `changed` (msgids) are said where it is too late for what somebody wants.
    """

    table: sa.Table
    sort: type[T]
    closing: tuple[str, ...]
    gone: str
    closed: str
    changed: str

    def add(self, conn: sa.Connection, team: str, new: T) -> T:
        """Store a new one, which runs, and return it as stored."""
        (new_id,) = next_ids(conn, team)
        row = {name: getattr(new, name) for name in self._names}
        row |= {"id": new_id, "version": 1, **dict.fromkeys(self.closing)}
        conn.execute(sa.insert(self.table).values(team_id=team, **row))
        return self.existing(conn, team, new_id)

    def get(self, conn: sa.Connection, team: str, number: int) -> T | None:
        """One of them, closed or not."""
        found = self.where(conn, team, self.table.c.id == number)
        return found[0] if found else None

    def existing(self, conn: sa.Connection, team: str, number: int) -> T:
        """As get(); raises UserError where there is none."""
        found = self.get(conn, team, number)
        if found is None:
            raise UserError(self.gone)
        return found

    def open_with(self, conn: sa.Connection, team: str, partner_ids: Sequence[int]) -> list[T]:
        """What runs with these partners, the oldest first."""
        theirs = among(self.table.c.partner_id, partner_ids)
        return self.where(conn, team, theirs & self.table.c[self.closing[0]].is_(None))

    def where(self, conn: sa.Connection, team: str, which: sa.ColumnElement[bool]) -> list[T]:
        """Those of the team's, the oldest first."""
        columns = [self.table.c[name] for name in self._names]
        query = sa.select(*columns).where(self.table.c.team_id == team, which)
        rows = conn.execute(query.order_by(self.table.c.noted_at, self.table.c.id)).mappings()
        return [self.sort(**row) for row in rows]

    def locked(self, conn: sa.Connection, team: str, number: int, version: int | None = None) -> T:
        """The running one, read again once its partner is locked.

        Raises:
            UserError: it is gone, was closed meanwhile, or has another version than the one seen.
        """
        partner_id = self.existing(conn, team, number).partner_id
        partner.existing(conn, team, partner_id, lock=True)
        current = self.existing(conn, team, number)
        if getattr(current, self.closing[0]):
            raise UserError(self.closed)
        if version not in (None, current.version):
            raise UserError(self.changed)
        return current

    def write(self, conn: sa.Connection, team: str, before: T, **values: object) -> T:
        """Change what is locked, and return it as stored."""
        mine = (self.table.c.team_id == team, self.table.c.id == before.id)
        new: dict[str, Any] = {**values, "version": before.version + 1}
        conn.execute(sa.update(self.table).where(*mine).values(**new))
        return self.existing(conn, team, before.id)

    @property
    def _names(self) -> list[str]:
        return [field.name for field in fields(self.sort)]
