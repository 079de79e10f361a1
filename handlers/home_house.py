"""What Home shows of the whole house: the circle, and for the coordinator what she sees to."""

from dataclasses import replace

from bot.circle_picture import Missing, Shown, month
from bot.home import Desktop
from bot.home_house import Circle, Duties, Figures
from bot.home_start import FEW_PARTNERS, Start, standing
from bot.workspace import Workspace
from bot.workspace_roles import Role
from handlers.turn import Turn
from storage import home as desk_of
from storage import home_house as house_of
from storage import home_start as start_of
from storage import partner_sort, privacy
from storage import reminder_handover as handovers
from storage.database import Connection

MOVED = 3  # named; the picture shows the others


def load(conn: Connection, team: str, turn: Turn, library: Workspace, lies: Desktop) -> Desktop:
    """The desk with it."""
    figures = house_of.figures(conn, team)
    moved, number = house_of.moved(conn, team, month(turn.today, turn.t.zone), limit=MOVED)
    coordinates = turn.role is Role.COORDINATOR
    return replace(
        lies,
        circle=Circle(figures, moved, number - len(moved)) if figures.number else None,
        duties=_duties(conn, team, turn, library, figures) if coordinates else None,
        start=_start(conn, team, coordinates=coordinates, has_own=bool(lies.own)),
    )


def with_picture(lies: Desktop, picture: Shown | Missing | None) -> Desktop:
    """The same with a drawing of the circle, or why it is missing; not of an empty one."""
    if lies.circle is None:
        return lies
    return replace(lies, circle=replace(lies.circle, picture=picture))


def _duties(
    conn: Connection, team: str, turn: Turn, library: Workspace, figures: Figures
) -> Duties:
    return Duties(
        unheld=figures.unheld,
        on_offer=len(handovers.on_offer(conn, team, turn.now)),
        uninformed=privacy.count_uninformed(conn, team),
        to_sort=partner_sort.waiting(conn, team, turn.today),
        evaluations=house_of.evaluations(conn, team),
        plans_the_year=library.switched_on,
    )


def _start(conn: Connection, team: str, *, coordinates: bool, has_own: bool) -> Start:
    return standing(
        coordinates=coordinates,
        has_own=has_own,
        answered=bool(start_of.answered(conn, team)),
        many=desk_of.has_partners(conn, team, at_least=FEW_PARTNERS),
    )
