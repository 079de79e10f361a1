"""What somebody has decided about the year of evaluations, and what comes next of a partner."""

from datetime import date, datetime

import sqlalchemy as sa

from bot.evaluation import Occasion
from bot.evaluation_next import Next, expected
from bot.evaluation_relation import Intervals
from bot.timetable import calendar_of
from bot.workspace import Workspace
from storage import evaluation_facts
from storage import partner as register
from storage import workspace as settings_of
from storage.evaluation_tables import MOVED
from storage.schema import next_ids


def move(
    conn: sa.Connection,
    team: str,
    partner_id: int,
    occasion: Occasion,
    due_on: date,
    *,
    to_on: date | None,
    by: str,
    now: datetime,
    instrument: str = "",
) -> None:
    """Put one evaluation on another day, or give it other questions; with neither leave it out.

    One that was opened is so asked again on that day: nobody answered, say.

    Raises:
        UserError: there is no such partner any more.
    """
    partner_id = register.existing(conn, team, partner_id, lock=True).id
    (new_id,) = next_ids(conn, team)
    about = {"partner_id": partner_id, "occasion": occasion, "due_on": due_on}
    decided = {"to_on": to_on, "instrument": instrument, "by": by, "at": now}
    conn.execute(sa.insert(MOVED).values(team_id=team, id=new_id, **about, **decided))


def put_back(
    conn: sa.Connection, team: str, partner_id: int, occasion: Occasion, due_on: date
) -> None:
    """Forget what was decided about one evaluation: it is as the rules have it."""
    mine = (MOVED.c.team_id == team, MOVED.c.partner_id == partner_id)
    about = (MOVED.c.occasion == occasion, MOVED.c.due_on == due_on)
    conn.execute(sa.delete(MOVED).where(*mine, *about))


def next_of(conn: sa.Connection, team: str, partner_id: int, today: date) -> Next | None:
    """What a partner is asked next; None where it is not, or nobody is responsible."""
    library = settings_of.settings(conn, team)
    return _coming(conn, team, partner_id, library, today)


def next_on(conn: sa.Connection, team: str, partner_id: int, today: date) -> date | None:
    """About when that is."""
    coming = next_of(conn, team, partner_id, today)
    return coming.on if coming else None


def next_with_partner_on(
    conn: sa.Connection, team: str, partner_id: int, today: date
) -> date | None:
    """About when the partner is asked again too: the pulse between is for the house alone."""
    library = settings_of.settings(conn, team).model_copy(update={"evaluate_pulse": False})
    coming = _coming(conn, team, partner_id, library, today)
    return coming.on if coming and coming.due.occasion is not Occasion.PULSE else None


def _coming(
    conn: sa.Connection, team: str, partner_id: int, library: Workspace, today: date
) -> Next | None:
    calendar = calendar_of(library)
    found = evaluation_facts.relations(conn, team, calendar.zone, partner_id=partner_id)
    return expected(found[0], Intervals.of(library), calendar, today) if found else None
