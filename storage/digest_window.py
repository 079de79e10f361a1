"""Which days a digest tells of, and of which partners."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from bot.timetable import Calendar
from storage.digest_quiet import named
from storage.partner_tables import PARTNER


@dataclass(frozen=True)
class Window:
    """What the digest of that day tells of, from the end of the one before, and its channel.

    What comes at `until` or later, while it is being composed, is told by the next one alone.
    """

    since: datetime
    until: datetime
    today: date
    calendar: Calendar
    channel: str | None = None
    friends_since: datetime | None = None  # where that is another moment

    def holds(self, moment: sa.Column[Any]) -> sa.ColumnElement[bool]:
        """Whether that moment of a row is in it."""
        return (moment >= self.since) & (moment < self.until)


def of_partners(query: Any, table: Any, team: str) -> sa.Select[Any]:  # noqa: ANN401 - a table or what a column says it is of
    """The rows of a table that are about partners whose names may stand in a channel."""
    mine = (PARTNER.c.team_id == table.c.team_id) & (PARTNER.c.id == table.c.partner_id)
    mine_only: sa.Select[Any] = query.join(PARTNER, mine)
    return mine_only.where(table.c.team_id == team, *named(team))
