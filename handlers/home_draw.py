"""One colleague's Home, drawn from what is stored now."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from slackblocks import HomeTabView

from bot.circle_course import Asked
from bot.home import (
    FIRST_PARTNERS,
    PER_PAGE,
    SOON_DAYS,
    Desktop,
    FirstSteps,
    Waiting,
    first_steps,
    page_of,
    waiting,
)
from bot.round import Round
from bot.workspace import Workspace
from bot.workspace_roles import NOT_STAFF, Action, Role, may
from handlers import access
from handlers.language import translator
from handlers.turn import Turn
from handlers.views import home as views
from handlers.views.tjek import heading_of
from storage import circle_course, privacy, round_queries
from storage import contact as contacts_of
from storage import home as desk_of
from storage import partner as register_of
from storage import tjek as checks_of
from storage.database import Connection

WAITING = 10  # of each kind on Home; who has more has enough to begin with
DECIDED = 3
ROUNDS = 4  # to answer, and of one's own


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
    asked = _asked(conn, team, turn, wanted.waiting)
    checks = checks_of.waiting_for(conn, team, turn.user, limit=wanted.waiting + 1)
    found = waiting(checks, [partners[one] for one in due], asked, wanted.waiting)
    coordinates = turn.role is Role.COORDINATOR
    return Desktop(
        today=turn.today,
        name=name,
        waiting=_with_rounds(conn, team, turn, found, library),
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


def _asked(conn: Connection, team: str, turn: Turn, most: int) -> list[Asked]:
    due = desk_of.questions_due(conn, team, turn.user, today=turn.today, limit=most + 1)
    return circle_course.asked(conn, team, due)


def _with_rounds(
    conn: Connection, team: str, turn: Turn, found: Waiting, library: Workspace
) -> Waiting:
    """The rounds too; a check that colleagues were asked about waits as a round."""
    to_answer = round_queries.waiting_for(conn, team, turn.user, turn.now)
    led = round_queries.led_by(conn, team, turn.user)
    if turn.user in library.coordinators:
        led += [one for one in round_queries.without_caller(conn, team) if one not in led]
    together = {this.subject_id for this in led}
    return replace(
        found,
        checks=[check for check in found.checks if check.id not in together],
        rounds=_subjects(conn, team, to_answer[:ROUNDS]),
        led=_subjects(conn, team, led[:ROUNDS]),
        more=found.more or max(len(to_answer), len(led)) > ROUNDS,
    )


def _subjects(conn: Connection, team: str, rounds: Sequence[Round]) -> list[tuple[Round, str]]:
    checks = [(this, checks_of.get(conn, team, this.subject_id)) for this in rounds]
    return [(this, heading_of(check)) for this, check in checks if check]


def _first_steps(conn: Connection, team: str, library: Workspace) -> FirstSteps | None:
    """How far we have come; None when all is done."""
    steps = first_steps(
        library,
        partners=desk_of.has_partners(conn, team, at_least=FIRST_PARTNERS),
        checked=desk_of.has_finished_check(conn, team),
    )
    return None if steps.done else steps
