"""One colleague's Home, drawn from what is stored now."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from slackblocks import HomeTabView

from bot.home import (
    FIRST_PARTNERS,
    PER_PAGE,
    Desktop,
    FirstSteps,
    Waiting,
    first_steps,
    page_of,
    waiting,
)
from bot.partner import Partner
from bot.round import Kind
from bot.timetable import calendar_of
from bot.tjek_step import Task, belongs_to
from bot.workspace import Workspace
from bot.workspace_roles import NOT_STAFF, Action, Role, may
from handlers import access
from handlers.evaluation_step import subjects
from handlers.home_due import Due, due
from handlers.home_quiet import cared
from handlers.language import translator
from handlers.round_subjects import with_subjects
from handlers.turn import Turn
from handlers.views import home as views
from handlers.views.tjek import heading_of
from storage import circle_course, privacy, round_queries
from storage import contact as contacts_of
from storage import evaluation_step as agreed_of
from storage import home as desk_of
from storage import partner as register_of
from storage import tjek as checks_of
from storage import tjek_step as steps_of
from storage import workspace as settings_of
from storage.database import Connection
from storage.delivery_failed import failed

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
    mine = await due(turn)
    name = access.first_name(found)
    quiet = await cared(turn)
    lies = await turn.read(_load, turn, library, wanted, mine, name, nobody=not there)
    responsibles = {one.responsible for one in _partners(lies.waiting) if one.responsible}
    here = await access.still_here(turn.house, turn.client, turn.team, responsibles)
    return quiet.on(replace(lies, gone=responsibles.difference(here)))


def _partners(found: Waiting) -> list[Partner]:
    return [*found.steps, *(one.partner for one in found.asked)]


def _load(
    conn: Connection,
    team: str,
    turn: Turn,
    library: Workspace,
    wanted: Wanted,
    mine: Due,
    name: str,
    *,
    nobody: bool,
) -> Desktop:
    own = desk_of.own_partners(conn, team, turn.user)
    page = page_of(wanted.page, len(own), wanted.own)
    shown = own[page.first : page.first + wanted.own]
    steps = mine.steps[: wanted.waiting + 1]
    partners = {one.id: one for one in register_of.get_many(conn, team, [*shown, *steps])}
    asked = circle_course.asked(conn, team, mine.questions[: wanted.waiting + 1])
    checks = checks_of.waiting_for(conn, team, turn.user, limit=wanted.waiting + 1)
    stepping = [partners[one] for one in steps if one in partners]
    tasks = steps_of.waiting_for(conn, team, turn.user, limit=wanted.waiting + 1)
    found = waiting(checks, stepping, asked, wanted.waiting)
    found = _with_tasks(conn, team, found, tasks, wanted.waiting)
    found = _with_agreed(conn, team, turn, found, wanted.waiting)
    coordinates = turn.role is Role.COORDINATOR
    return Desktop(
        today=turn.today,
        user=turn.user,
        name=name,
        waiting=_with_rounds(conn, team, turn, found, library),
        decided=checks_of.decided_by(conn, team, turn.user, limit=DECIDED),
        own=[partners[one] for one in shown],
        page=page,
        last=contacts_of.last_of(conn, team, shown),
        first_steps=_first_steps(conn, team, library) if coordinates else None,
        nobody_coordinates=nobody,
        plans_the_year=coordinates and library.switched_on,
        uninformed=privacy.count_uninformed(conn, team) if coordinates else 0,
        away=settings_of.away(conn, team, turn.today),
        failed=failed(conn, team, turn.now, calendar_of(library)) if coordinates else (),
    )


def _with_rounds(
    conn: Connection, team: str, turn: Turn, found: Waiting, library: Workspace
) -> Waiting:
    """The rounds too; a check that colleagues were asked about waits as a round."""
    to_answer = round_queries.waiting_for(conn, team, turn.user, turn.now)
    to_answer = [this for this in to_answer if this.called_by != turn.user]  # those she leads
    led = round_queries.led_by(conn, team, turn.user)
    if turn.user in library.coordinators:
        led += [one for one in round_queries.without_caller(conn, team) if one not in led]
    together = {this.subject_id for this in led if this.kind is Kind.TJEK}
    return replace(
        found,
        checks=[check for check in found.checks if check.id not in together],
        rounds=with_subjects(conn, team, to_answer[:ROUNDS]),
        led=with_subjects(conn, team, led[:ROUNDS]),
        more=found.more or max(len(to_answer), len(led)) > ROUNDS,
    )


def _with_tasks(
    conn: Connection, team: str, found: Waiting, tasks: Sequence[Task], most: int
) -> Waiting:
    """What she was chosen for after a check; on a partner's card the same stands as its step.

    Steps and these are `most` together: a Home has room for a hundred blocks.
    """
    checks = [(task, checks_of.get(conn, team, task.tjek_id)) for task in tasks[:most]]
    told = [(task, check) for task, check in checks if check]

    def is_task(partner: Partner) -> bool:
        mine = (task for task, check in told if check.partner_id == partner.id)
        return any(belongs_to(task, partner.next_step) for task in mine)

    steps = [partner for partner in found.steps if not is_task(partner)]
    room = most - len(told)
    return replace(
        found,
        steps=steps[:room],
        tasks=[(task, heading_of(check)) for task, check in told],
        more=found.more or len(tasks) > most or len(steps) > room,
    )


def _with_agreed(conn: Connection, team: str, turn: Turn, found: Waiting, most: int) -> Waiting:
    """What she sees to after evaluations, within the same room."""
    agreed = agreed_of.waiting_for(conn, team, turn.user, limit=most + 1)
    room = max(0, most - len(found.tasks) - len(found.steps))
    return replace(
        found,
        agreed=subjects(conn, team, agreed[:room]),
        more=found.more or len(agreed) > room,
    )


def _first_steps(conn: Connection, team: str, library: Workspace) -> FirstSteps | None:
    """How far we have come; None when all is done."""
    steps = first_steps(
        library,
        partners=desk_of.has_partners(conn, team, at_least=FIRST_PARTNERS),
        checked=desk_of.has_finished_check(conn, team),
    )
    return None if steps.done else steps
