"""[Ask how it goes] on a partner's card: a colleague opens a round herself."""

from datetime import datetime

from bot import evaluation_open as rules
from bot import guard
from bot.errors import UserError
from bot.evaluation import Occasion
from bot.evaluation_open import Opening, Place
from bot.evaluation_questions import Instruments
from bot.intake import LINE_LENGTH
from bot.partner import Partner
from bot.reminder_budget import Kind as Budgeted
from bot.reminder_budget import may
from bot.round import Round
from bot.timetable import calendar_of
from bot.translation import mark
from bot.workspace_roles import Action
from handlers import delivery_budget
from handlers import round as desk_of
from handlers.delivery_on import require_switched_on
from handlers.desk import Desk
from handlers.evaluation_channel import places_for
from handlers.evaluation_open import counted, is_under_way, open_round, still_here
from handlers.turn import Next, Turn
from handlers.views import evaluation as views
from handlers.views import evaluation_open as form
from storage import evaluation_instruments as instruments_of
from storage import partner as register_of
from storage import workspace as settings_of
from storage.database import Connection

UNDER_WAY = mark("A round about {name} is open already. Wait until its answers are shown.")
NOBODY = mark(
    "Nobody who knows {name} is at work to be asked. Put somebody down as knowing them, or wait"
    " until they are back."
)


def register(desk: Desk) -> None:
    """Sign up."""
    desk.action(views.BEGIN, begin, Action.OPEN_EVALUATION)
    desk.submit(form.SUBMIT, ask, Action.OPEN_EVALUATION)


async def begin(turn: Turn) -> None:
    """Show the form, with what is worth thinking of first."""
    await require_switched_on(turn)
    partner = await _partner(turn, int(turn.value))
    here = await _here(turn, partner)
    instruments, around = await turn.read(_around, turn, partner, here)
    view = form.open_view(turn.t, partner, instruments.instruments, around, turn.today)
    await (turn.show(view) if turn.in_modal else turn.open(view))


async def ask(turn: Turn) -> Next:
    """Open it at once."""
    await require_switched_on(turn)
    typed = form.read_open(turn.typed)
    subject = guard.line(typed.subject, field=form.SUBJECT, limit=LINE_LENGTH)
    partner = await _partner(turn, int(turn.note))
    opening = Opening(
        partner.id,
        Occasion.BY_HAND,
        turn.today,
        subject=subject,
        instrument_id=typed.instrument_id,
    )
    here, library = await _here(turn, partner), await turn.library()
    places = await places_for(
        turn.house, turn.client, turn.team, partner.channel, library.partner_channel
    )
    this = await turn.write(_open, turn, opening, here, places)
    comes_at, full = await _comes_at(turn, this)
    return Next(form.opened_view(turn.t, this, partner, comes_at, full=full))


async def _comes_at(turn: Turn, this: Round) -> tuple[datetime | None, bool]:
    """When the channel gets the thread, where that is not at once; and whether it has enough now.

    Else nobody is at work.
    """
    if not this.channel:
        return None, False
    thread = desk_of.delivery_of(desk_of.OPENED, this, this.channel, turn.now)
    calendar, kinds = calendar_of(await turn.library()), turn.house.plan.kinds
    at = await turn.read(delivery_budget.moment, thread, kinds, now=turn.now, calendar=calendar)
    if at is None or at <= turn.now:
        return None, False
    at_work = may(Budgeted.PARENT, (), turn.now, calendar)
    return at, at_work is not None and calendar.day(at) > calendar.day(at_work)


async def _partner(turn: Turn, number: int) -> Partner:
    partner = await turn.read(register_of.existing, number)
    rules.check_asker(partner, turn.user, (await turn.library()).coordinators)
    return partner


async def _here(turn: Turn, partner: Partner) -> tuple[str, ...]:
    coordinators = (await turn.library()).coordinators
    return await still_here(turn.house, turn.client, turn.team, partner, coordinators)


def _around(
    conn: Connection, team: str, turn: Turn, partner: Partner, here: tuple[str, ...]
) -> tuple[Instruments, form.Circumstances]:
    asked = _asked(conn, team, turn, partner, here)
    last = next(iter(counted(conn, team, partner.id)), None)
    return instruments_of.instruments(conn, team), form.Circumstances(
        usual=rules.instrument_for(partner.level, Occasion.BY_HAND),
        asked=len(asked),
        last=last.opened_at.astimezone(turn.t.zone).date() if last else None,
    )


def _open(
    conn: Connection,
    team: str,
    turn: Turn,
    opening: Opening,
    here: tuple[str, ...],
    places: tuple[Place, ...],
) -> Round:
    partner = register_of.existing(conn, team, opening.partner_id, lock=True)
    _asked(conn, team, turn, partner, here)
    calendar = calendar_of(settings_of.settings(conn, team))
    this = open_round(
        conn, team, opening, now=turn.now, calendar=calendar, here=here, places=places
    )
    if this is None:  # the coordinator is the last who could lead it
        raise UserError(NOBODY, name=partner.name)
    return this


def _asked(
    conn: Connection, team: str, turn: Turn, partner: Partner, here: tuple[str, ...]
) -> tuple[str, ...]:
    """Who would be asked; raises UserError where nobody can be now."""
    if is_under_way(conn, team, partner.id):
        raise UserError(UNDER_WAY, name=partner.name)
    asked = rules.asked(partner, here, settings_of.away(conn, team, turn.today))
    if not asked:
        raise UserError(NOBODY, name=partner.name)
    return asked
