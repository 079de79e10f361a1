"""A round on a check: seen, shown, called off by who called it, declined by who was asked."""

from datetime import datetime

from bot.round import Kind, Round, Standing, State, Why
from bot.round_steps import check_show, check_steward
from bot.tjek import Check, Sheet
from bot.tjek_round import own_sheet, still_finished
from bot.translation import mark
from bot.workspace_roles import Action
from handlers import round as desk_of
from handlers import tjek_result
from handlers.clock import survived
from handlers.delivery_on import require_switched_on
from handlers.desk import Desk
from handlers.house import House
from handlers.tjek_said import loaded, pieces, renew
from handlers.turn import Turn
from handlers.views import round as views
from handlers.views import tjek_answer as answer_views
from handlers.views.notice import notice_view
from handlers.views.parts import Reply, notice, rich
from handlers.views.tjek import heading_of
from storage import round as rounds
from storage import round_queries, round_sheets
from storage import tjek as checks_of
from storage.database import Connection

SHOWING = mark("**All answers are on their way into the thread.** Everybody sees them at once.")
CALLED_OFF = mark("**The round is called off.** Nobody has seen anybody's answers.")


def register(desk: Desk) -> None:
    """Sign up."""
    desk.action(views.LOOK, look, Action.LEAD_ROUND)
    desk.action(views.SHOW, show_now, Action.LEAD_ROUND)
    desk.action(views.CANCEL, call_off, Action.LEAD_ROUND)
    desk.action(views.DECLINE, decline, Action.ANSWER_ROUND)
    desk.each_tick(show_due)
    desk.when_left(left)


async def look(turn: Turn) -> None:
    """The round as the one who called it sees it; once it is shown, the result."""
    this, check = await turn.read(loaded, int(turn.value))
    if this.state in (State.REVEALED, State.CLOSED):
        await turn.show(await tjek_result.result(turn, check))
        return
    await steward(turn, this)
    await turn.show(views.status_view(turn.t, this, heading_of(check), turn.user))


async def show_now(turn: Turn) -> None:
    """Before the deadline, by the one who called it."""
    await require_switched_on(turn)
    await steward(turn, (await turn.read(loaded, int(turn.value)))[0])
    await turn.write(_show_now, turn)
    await _tell(turn, SHOWING)


async def call_off(turn: Turn) -> None:
    """Nobody is to see anything; the check goes on where it was."""
    await steward(turn, (await turn.read(loaded, int(turn.value)))[0])
    later(turn, await turn.write(_call_off, turn))
    await _tell(turn, CALLED_OFF)


async def decline(turn: Turn) -> None:
    """She cannot this time; the round does not wait for her."""
    if await is_over(turn):
        return
    this, check = await turn.write(_decline, turn)
    later(turn, this)
    if turn.in_modal and this.state is State.OPEN:
        await turn.turn_into(views.status_view(turn.t, this, heading_of(check), turn.user))
    else:
        await turn.reply(views.declined(turn.t, this), replace=True)


async def is_over(turn: Turn) -> bool:
    """Whether the round has ended; an invitation to it then says so from now on."""
    in_channel = str(turn.body.get("channel", {}).get("id", ""))
    if not in_channel.startswith("D"):
        return False
    this, check = await turn.read(loaded, int(turn.value))
    ended = this.state is not State.OPEN or turn.now >= this.deadline
    if ended:
        await turn.reply(answer_views.over(turn.t, this, heading_of(check)), replace=True)
    return ended


async def left(turn: Turn) -> None:
    """Somebody's account in Slack is closed: no round waits for her."""
    for this in await turn.write(_leave, turn):
        later(turn, this)


async def show_due(house: House, now: datetime) -> None:
    """Show the rounds whose deadline has come."""
    for team in await house.store.read(round_queries.teams_with_due, Kind.TJEK, now):
        for this in await house.store.read(round_queries.due, team, Kind.TJEK, now):
            await survived("The answers of a round", _show_one(house, team, this, now))


async def _show_one(house: House, team: str, this: Round, now: datetime) -> None:
    await house.store.write(desk_of.show, team, this, Why.DEADLINE, now, pieces)
    house.wake()


async def steward(turn: Turn, this: Round) -> None:
    """Let pass who may lead this round to its end; UserError says who can."""
    check_steward(this, turn.user, (await turn.library()).coordinators)


def later(turn: Turn, this: Round) -> None:
    """Bring the channel up to date once the person has her answer; a reveal does it itself."""
    if this.state is not State.REVEALED:
        turn.house.carry_on(renew(turn.house, turn.team, this.id))


async def _tell(turn: Turn, sentence: str) -> None:
    said = turn.t(sentence)
    await turn.show(notice_view(turn.t, Reply(notice(said), [rich(said, block_id="round_done")])))


def _show_now(conn: Connection, team: str, turn: Turn) -> Round:
    this, _ = loaded(conn, team, int(turn.value), lock=True)
    check_show(this, turn.user)
    return desk_of.show(conn, team, this, Why.CALLED, turn.now, pieces) or this


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
    this = rounds.decline(conn, team, int(turn.value), turn.user, turn.now)
    settled = desk_of.settle(conn, team, this, turn.now, pieces)
    desk_of.stands_otherwise(conn, team, settled, turn.user, turn.now)
    return loaded(conn, team, this.id)


def _leave(conn: Connection, team: str, turn: Turn) -> list[Round]:
    found = rounds.leave(conn, team, Kind.TJEK, turn.user)
    return [desk_of.settle(conn, team, this, turn.now, pieces) for this in found]
