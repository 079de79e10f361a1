"""How often is asked about partners: for the whole library, and for one partner."""

from dataclasses import replace
from datetime import date

from bot.errors import UserError
from bot.partner import Partner, RelationType
from bot.reminder_cadence import USUAL, cadence_of
from bot.timetable import calendar_of
from bot.workspace_roles import Action
from handlers.desk import Desk
from handlers.turn import Next, Turn
from handlers.views import reminder_cadence as views
from handlers.views.notice import notice_view
from handlers.views.workspace import saved
from storage import partner as register_of
from storage import reminder_cadence as care_of
from storage.database import Connection


def register(desk: Desk) -> None:
    """Sign up."""
    desk.action(views.OPEN, open_cadences, Action.LIBRARY_SETTINGS)
    desk.submit(views.FORM, save_cadences, Action.LIBRARY_SETTINGS)
    desk.action(views.OWN, open_own, Action.EDIT_PARTNER)
    desk.submit(views.OWN_FORM, save_own, Action.EDIT_PARTNER)


async def open_cadences(turn: Turn) -> None:
    """For the whole library."""
    await turn.open(views.cadences_view(turn.t, await turn.read(care_of.library)))


async def save_cadences(turn: Turn) -> Next:
    """Keep what was changed; what is usual again is not stored."""
    changed = views.read_cadences(turn.typed, turn.view)

    def save(conn: Connection, team: str) -> None:
        for place, cadence in changed.items():
            usual = cadence == USUAL[place]
            care_of.choose(conn, team, place, None if usual else cadence)

    await turn.write(save)
    return Next(notice_view(turn.t, saved(turn.t)))


async def open_own(turn: Turn) -> None:
    """For one partner, from its card."""
    zone = calendar_of(await turn.library()).zone

    def load(conn: Connection, team: str) -> tuple[Partner, views.Own]:
        partner = register_of.existing(conn, team, int(turn.value))
        (relation,) = care_of.relations(conn, team, [partner.id], zone)
        usual = cadence_of(replace(relation, own=None), care_of.library(conn, team))
        cadence, ends = care_of.own(conn, team, partner.id)
        evaluated = not care_of.not_evaluated(conn, team, [partner.id])
        in_circle = partner.relation_type is RelationType.PARTNER
        return partner, views.Own(cadence, usual, ends, evaluated if in_circle else None)

    await turn.open(views.own_view(turn.t, *await turn.read(load)))


async def save_own(turn: Turn) -> Next:
    """Keep it; what was not in the form stays."""
    await turn.write(_save_own, turn)
    return Next(notice_view(turn.t, saved(turn.t)))


def _save_own(conn: Connection, team: str, turn: Turn) -> None:
    partner = register_of.existing(conn, team, int(turn.note), lock=True)
    cadence, ends = care_of.own(conn, team, partner.id)
    if views.ENDS in turn.typed:
        ends = _to_come(views.read_ends(turn.typed), turn.today)
    else:
        cadence = views.read_own(turn.typed)
    evaluated = views.read_evaluated(turn.typed)
    care_of.choose_own(conn, team, partner.id, cadence, ends, evaluated=evaluated)


def _to_come(ends: date | None, today: date) -> date | None:
    if ends and ends < today:
        raise UserError("Choose a day from today on.", field=views.ENDS)
    return ends
