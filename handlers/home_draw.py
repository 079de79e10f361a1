"""One colleague's Home, drawn from what is stored now."""

from dataclasses import dataclass
from datetime import date, timedelta

from slackblocks import HomeTabView

from bot.home import (
    FIRST_PARTNERS,
    PER_PAGE,
    SOON_DAYS,
    Desktop,
    FirstSteps,
    first_steps,
    page_of,
    waiting,
)
from bot.workspace import Workspace
from bot.workspace_roles import NOT_STAFF, Action, Role, may
from handlers import access
from handlers.language import translator
from handlers.turn import Turn
from handlers.views import home as views
from storage import contact as contacts_of
from storage import home as desk_of
from storage import partner as register_of
from storage import privacy
from storage import tjek as checks_of
from storage.database import Connection

WAITING = 10  # of each kind on Home; who has more has enough to begin with
DECIDED = 3


@dataclass(frozen=True)
class Wanted:
    """How much of it is wanted."""

    own: int = PER_PAGE
    waiting: int = WAITING
    page: int = 1


async def drawn(turn: Turn, page: int) -> HomeTabView:
    """The view, for whoever it is now; a guest gets a friendly sentence.

    It may be drawn long after the turn began, so language and role are looked up again.
    """
    turn.t = await translator(turn.house, turn.team, turn.user)
    turn.role = await access.role(turn.house, turn.client, turn.team, turn.user)
    if not may(turn.role, Action.SEE_HOME):
        return views.closed_home(turn.t(NOT_STAFF))
    return views.home(turn.t, await desktop(turn, Wanted(page=page)))


async def desktop(turn: Turn, wanted: Wanted) -> Desktop:
    """What lies on this person's desk."""
    library = await turn.library()
    found = await access.profile(turn.house, turn.client, turn.team, turn.user)
    there = await access.still_here(turn.house, turn.client, turn.team, library.coordinators)
    return await turn.read(_load, turn, library, wanted, access.first_name(found), nobody=not there)


def _load(
    conn: Connection,
    team: str,
    turn: Turn,
    library: Workspace,
    wanted: Wanted,
    name: str,
    *,
    nobody: bool,
) -> Desktop:
    own = desk_of.own_partners(conn, team, turn.user)
    page = page_of(wanted.page, len(own), wanted.own)
    shown = own[page.first : page.first + wanted.own]
    due = _due(conn, team, turn.user, turn.today, wanted.waiting)
    partners = {one.id: one for one in register_of.get_many(conn, team, [*shown, *due])}
    checks = checks_of.waiting_for(conn, team, turn.user, limit=wanted.waiting + 1)
    coordinates = turn.role is Role.COORDINATOR
    return Desktop(
        today=turn.today,
        name=name,
        waiting=waiting(checks, [partners[one] for one in due], wanted.waiting),
        decided=checks_of.decided_by(conn, team, turn.user, limit=DECIDED),
        own=[partners[one] for one in shown],
        page=page,
        last=contacts_of.last_of(conn, team, shown),
        first_steps=_first_steps(conn, team, library) if coordinates else None,
        nobody_coordinates=nobody,
        uninformed=privacy.count_uninformed(conn, team) if coordinates else 0,
    )


def _due(conn: Connection, team: str, user: str, today: date, most: int) -> list[int]:
    until = today + timedelta(days=SOON_DAYS)
    return desk_of.steps_due(conn, team, user, until=until, limit=most + 1)


def _first_steps(conn: Connection, team: str, library: Workspace) -> FirstSteps | None:
    """How far we have come; None when all is done."""
    steps = first_steps(
        library,
        partners=desk_of.has_partners(conn, team, at_least=FIRST_PARTNERS),
        checked=desk_of.has_finished_check(conn, team),
    )
    return None if steps.done else steps
