"""A round on a check: seen, shown, called off by who called it, declined by who was asked."""

from bot.round import Kind, Round, Standing, State
from bot.tjek import Check, Sheet
from bot.tjek_round import own_sheet, still_finished
from bot.workspace_roles import Action
from handlers import round as desk_of
from handlers import tjek_result
from handlers.desk import Desk
from handlers.round_steps import CALLED_OFF, Steps, has_ended, in_own_messages, steward, tell
from handlers.tjek_said import IN_CHANNEL, loaded, pieces
from handlers.turn import Turn
from handlers.views import round as views
from handlers.views import tjek_answer as answer_views
from handlers.views.tjek import heading_of
from storage import round as rounds
from storage import round_sheets
from storage import tjek as checks_of
from storage.database import Connection

STEPS = Steps(Kind.TJEK, pieces, IN_CHANNEL.renew)


def register(desk: Desk) -> None:
    """Sign up."""
    desk.action(views.LOOK, look, Action.LEAD_ROUND)
    desk.action(views.SHOW, STEPS.show_now, Action.LEAD_ROUND)
    desk.action(views.CANCEL, call_off, Action.LEAD_ROUND)
    desk.action(views.DECLINE, decline, Action.ANSWER_ROUND)
    desk.each_tick(STEPS.show_due)
    desk.when_left(STEPS.left)


async def look(turn: Turn) -> None:
    """The round as the one who called it sees it; once it is shown, the result."""
    this, check = await turn.read(loaded, int(turn.value))
    if this.state in (State.REVEALED, State.CLOSED):
        await turn.show(await tjek_result.result(turn, check))
        return
    await steward(turn, this)
    await turn.show(views.status_view(turn.t, this, heading_of(check), turn.user))


async def call_off(turn: Turn) -> None:
    """Nobody is to see anything; the check goes on where it was."""
    await steward(turn, (await turn.read(loaded, int(turn.value)))[0])
    STEPS.later(turn, await turn.write(_call_off, turn))
    await tell(turn, CALLED_OFF)


async def decline(turn: Turn) -> None:
    """She cannot this time; the round does not wait for her."""
    if await is_over(turn):
        return
    this, check = await turn.write(_decline, turn)
    STEPS.later(turn, this)
    if turn.in_modal and this.state is State.OPEN:
        await turn.turn_into(views.status_view(turn.t, this, heading_of(check), turn.user))
    else:
        await turn.reply(views.declined(turn.t, this), replace=True)


async def is_over(turn: Turn) -> bool:
    """Whether the round has ended; an invitation to it then says so from now on."""
    if not in_own_messages(turn):
        return False
    this, check = await turn.read(loaded, int(turn.value))
    ended = has_ended(this, turn.now)
    if ended:
        await turn.reply(answer_views.over(turn.t, this, heading_of(check)), replace=True)
    return ended


def _call_off(conn: Connection, team: str, turn: Turn) -> Round:
    this, check = loaded(conn, team, int(turn.value), lock=True)
    mine = own_sheet(round_sheets.own(conn, team, this.id, check.started_by))
    cancelled = rounds.cancel(conn, team, this.id, by=turn.user, now=turn.now)
    back_to_draft(conn, team, this, check, mine)
    if this.standings.get(check.started_by) in (Standing.WAITING, Standing.ANSWERED):
        _put_back(conn, team, turn, check, mine)
    desk_of.called_off(conn, team, cancelled, turn.now)
    return cancelled


def back_to_draft(conn: Connection, team: str, this: Round, check: Check, mine: Sheet) -> None:
    """Without a round it is its owner's own again, and unfinished unless it was finished before."""
    if not still_finished(check, this, mine):
        checks_of.unfinish(conn, team, check.id)


def _put_back(conn: Connection, team: str, turn: Turn, check: Check, mine: Sheet) -> None:
    """What the one who began it has answered in the round is hers to go on with, as it stands."""
    before = check.sheets.get(check.started_by, Sheet())
    checks_of.save_sheet(
        conn,
        team,
        check.id,
        check.started_by,
        answers=dict.fromkeys(before.answers) | mine.answers,
        notes=dict.fromkeys(before.notes, "") | mine.notes,
        page=check.page,
        now=turn.now,
    )


def _decline(conn: Connection, team: str, turn: Turn) -> tuple[Round, Check]:
    return loaded(conn, team, STEPS.declines(conn, team, turn, turn.user).id)
