"""An evaluation's round: seen, shown and called off by who leads it, declined by who was asked."""

from bot.errors import UserError
from bot.evaluation import Evaluation
from bot.evaluation_form import voice_in_slack
from bot.round import Kind, Round, State
from bot.workspace_roles import NOT_STAFF, Action, Role
from handlers import round as desk_of
from handlers.desk import Desk
from handlers.evaluation_reveal import pieces
from handlers.evaluation_said import IN_CHANNEL
from handlers.round_steps import CALLED_OFF, Steps, has_ended, in_own_messages, steward, tell
from handlers.turn import Turn
from handlers.views import evaluation as message_views
from handlers.views import evaluation_invited as invited_views
from handlers.views import evaluation_round as views
from storage import evaluation as evaluations
from storage import partner as register_of
from storage import round as rounds
from storage.database import Connection

STEPS = Steps(Kind.EVALUATION, pieces, IN_CHANNEL.renew)


def register(desk: Desk) -> None:
    """Sign up."""
    desk.action(message_views.LOOK, look, Action.LEAD_ROUND)
    desk.action(views.SHOW, STEPS.show_now, Action.LEAD_ROUND)
    desk.action(views.CANCEL, call_off, Action.LEAD_ROUND)
    desk.action(message_views.DECLINE, decline, Action.ANSWER_EVALUATION)
    desk.each_tick(STEPS.show_due)
    desk.when_left(STEPS.left)


async def look(turn: Turn) -> None:
    """The round as who leads it sees it."""
    this, _, partner = await turn.read(loaded, int(turn.value))
    await steward(turn, this)
    await turn.show(views.status_view(turn.t, this, partner, turn.user))


async def call_off(turn: Turn) -> None:
    """Nobody is to see anything."""
    this, _, _ = await turn.read(loaded, int(turn.value))
    await steward(turn, this)
    STEPS.later(turn, await turn.write(_call_off, turn))
    await tell(turn, CALLED_OFF)


async def decline(turn: Turn) -> None:
    """She cannot this time; the round does not wait for her."""
    if await is_over(turn):
        return
    voice = voice_in_slack(turn.user, visits=turn.role is Role.VISITOR)
    this, partner = await turn.write(_decline, turn, voice)
    STEPS.later(turn, this)
    if turn.in_modal and this.state is State.OPEN:
        await turn.turn_into(views.status_view(turn.t, this, partner, turn.user))
    else:
        told = invited_views.declined(turn.t, this)
        await turn.reply(told, replace=in_own_messages(turn))


async def is_over(turn: Turn) -> bool:
    """Whether the round has ended; an invitation to it then says so from now on."""
    if not in_own_messages(turn):
        return False
    this, _, partner = await turn.read(loaded, int(turn.value))
    ended = has_ended(this, turn.now)
    if ended:
        await turn.reply(invited_views.over(turn.t, this, partner), replace=True)
    return ended


def loaded(conn: Connection, team: str, round_id: int) -> tuple[Round, Evaluation, str]:
    """The round, what it is about, and the partner's name."""
    this, evaluation = evaluations.with_round(conn, team, round_id)
    return this, evaluation, register_of.existing(conn, team, evaluation.partner_id).name


def _call_off(conn: Connection, team: str, turn: Turn) -> Round:
    cancelled = rounds.cancel(conn, team, int(turn.value), by=turn.user, now=turn.now)
    desk_of.called_off(conn, team, cancelled, turn.now)
    return cancelled


def _decline(conn: Connection, team: str, turn: Turn, voice: str) -> tuple[Round, str]:
    before, _, partner = loaded(conn, team, int(turn.value))
    if turn.role is Role.VISITOR and voice not in before.standings:
        raise UserError(NOT_STAFF)
    return STEPS.declines(conn, team, turn, voice), partner
