"""One colleague's Home, drawn from what is stored now."""

from collections.abc import Collection
from dataclasses import dataclass, field, replace

from slackblocks import HomeTabView

from bot.circle_picture import Missing, Shown
from bot.home import (
    FIRST_PARTNERS,
    PER_PAGE,
    Desktop,
    FirstSteps,
    Waiting,
    first_steps,
    page_of,
)
from bot.home_pages import Pages
from bot.timetable import calendar_of
from bot.workspace import Workspace
from bot.workspace_roles import NOT_STAFF, Action, Role, may
from handlers import access, home_house, home_quiet, home_waiting
from handlers.home_due import due
from handlers.home_quiet import cared
from handlers.home_waiting import Known, Room
from handlers.language import translator
from handlers.turn import Turn
from handlers.views import home as views
from storage import contact as contacts_of
from storage import home as desk_of
from storage import partner as register_of
from storage import tjek as checks_of
from storage import workspace as settings_of
from storage.database import Connection
from storage.delivery_failed import failed

WAITING = 6  # on a page of Home, with four blocks at most each; Home has room for a hundred
DECIDED = 3


@dataclass(frozen=True)
class Wanted:
    """How much of it is wanted."""

    own: int = PER_PAGE
    waiting: int = WAITING
    pages: Pages = field(default_factory=Pages)
    house: bool = False  # the circle, and what the coordinator sees to


@dataclass(frozen=True)
class Drawing:
    """A Home, and whether the circle's picture hangs there where it is known."""

    view: HomeTabView
    hangs: bool = False


async def drawn(turn: Turn, pages: Pages, picture: Shown | Missing | None = None) -> Drawing:
    """The Home, for whoever it is now; a guest gets a friendly sentence.

    It may be drawn long after the turn began, so language and role are looked up again.
    """
    turn.t = await translator(turn.house, turn.team, turn.user)
    turn.role = await access.role(turn.house, turn.client, turn.team, turn.user)
    if not may(turn.role, Action.SEE_HOME):
        return Drawing(views.closed_home(turn.t(NOT_STAFF)))
    lies = await desktop(turn, Wanted(pages=pages, house=True))
    view = views.home(turn.t, home_house.with_picture(lies, picture))
    return Drawing(view, hangs=lies.circle is not None)


async def desktop(turn: Turn, wanted: Wanted) -> Desktop:
    """What lies on this person's desk."""
    library = await turn.library()
    found = await access.profile(turn.house, turn.client, turn.team, turn.user)
    there = await access.still_here(turn.house, turn.client, turn.team, library.coordinators)
    known = Known(await due(turn), await cared(turn), turn.role is Role.COORDINATOR)
    lies = await turn.read(_load, turn, library, wanted, known)
    gone = await _gone(turn, lies.waiting)
    name = access.first_name(found)
    return replace(lies, name=name, gone=gone, nobody_coordinates=not there)


async def _gone(turn: Turn, found: Waiting) -> Collection[str]:
    """Those responsible for what waits here who are no colleagues any more."""
    partners = [*found.steps, *(one.partner for one in found.asked)]
    responsibles = {one.responsible for one in partners if one.responsible}
    here = await access.still_here(turn.house, turn.client, turn.team, responsibles)
    return responsibles.difference(here)


def _load(
    conn: Connection, team: str, turn: Turn, library: Workspace, wanted: Wanted, known: Known
) -> Desktop:
    own = desk_of.own_partners(conn, team, turn.user)
    page = page_of(wanted.pages.own, len(own), wanted.own)
    shown = own[page.first : page.first + wanted.own]
    partners = {one.id: one for one in register_of.get_many(conn, team, shown)}
    coordinates, care = known.coordinates, known.care
    room = Room(wanted.waiting, wanted.pages.waiting)
    lies = Desktop(
        today=turn.today,
        user=turn.user,
        waiting=home_waiting.load(conn, team, turn, known, room),
        decided=checks_of.decided_by(conn, team, turn.user, limit=DECIDED),
        own=[partners[one] for one in shown],
        page=page,
        last=contacts_of.last_of(conn, team, shown),
        first_steps=_first_steps(conn, team, library) if coordinates else None,
        coming=known.due.coming,
        on_the_way=home_quiet.on_the_way(conn, team, care),
        offered=home_quiet.offered(conn, care.reader),
        away=settings_of.away(conn, team, turn.today),
        failed=failed(conn, team, turn.now, calendar_of(library)) if coordinates else (),
    )
    return home_house.load(conn, team, turn, library, lies) if wanted.house else lies


def _first_steps(conn: Connection, team: str, library: Workspace) -> FirstSteps | None:
    """How far we have come; None when all is done."""
    steps = first_steps(
        library,
        partners=desk_of.has_partners(conn, team, at_least=FIRST_PARTNERS),
        checked=desk_of.has_finished_check(conn, team),
    )
    return None if steps.done else steps
