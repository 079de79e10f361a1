"""[Ask colleagues]: from the first form or a result, with one's own answers along."""

from slackblocks import ModalView

from bot.errors import UserError
from bot.round import Kind, Round, State, called, count, deadline_on, default_deadline
from bot.round_steps import check_steward
from bot.timetable import calendar_of
from bot.tjek import Check, undecided
from bot.tjek_parts import FEW
from bot.tjek_round import Unanswered
from bot.translation import mark
from bot.workspace import Workspace
from bot.workspace_roles import Action
from handlers import access, tjek_start
from handlers import round as desk_of
from handlers.delivery_on import require_switched_on
from handlers.desk import Desk
from handlers.round_steps import steward
from handlers.tjek_again import latest
from handlers.tjek_decide import put_right
from handlers.tjek_page import alone, get, own, refuse_in_round
from handlers.tjek_questions import questions_of
from handlers.tjek_said import loaded
from handlers.turn import Next, Turn
from handlers.views import round as views
from handlers.views import tjek_ask as form
from handlers.views.tjek import heading_of
from handlers.views.tjek_reveal import AGAIN
from handlers.workspace_channel import usable_by_all
from handlers.workspace_members import colleagues_in
from storage import round as rounds
from storage import round_queries
from storage import tjek as checks_of
from storage.database import Connection

MOST_TOGETHER = 60  # colleagues of a channel; more are chosen by name

NO_CHANNEL = mark("Choose the channel in which the answers will be shown.")
ASKED = mark("**Your colleagues are asked.** They get the questions from me in a moment.")


def register(desk: Desk) -> None:
    """Sign up."""
    desk.action(form.BEGIN, begin, Action.ASK_COLLEAGUES)
    desk.action(form.FROM_START, begin_at_start, Action.ASK_COLLEAGUES)
    desk.action(AGAIN, ask_again, Action.ASK_COLLEAGUES)
    desk.submit(form.SUBMIT, ask, Action.ASK_COLLEAGUES)


async def begin(turn: Turn) -> None:
    """From the result of one's own check."""
    await require_switched_on(turn)
    check = await turn.read(_mine, int(turn.value), turn.user)
    await _open(turn, check)


async def begin_at_start(turn: Turn) -> None:
    """From the first form: it is kept as it is filled in."""
    await require_switched_on(turn)
    check, _ = await turn.write(tjek_start.settle, turn, await questions_of(turn))
    await _open(turn, check)


async def ask_again(turn: Turn) -> None:
    """After a round that brought no answer: the same people, another deadline."""
    await require_switched_on(turn)
    this, check = await turn.read(loaded, int(turn.value))
    await steward(turn, this)
    await _open(turn, undecided(check), this)


async def ask(turn: Turn) -> Next:
    """Open the round."""
    await require_switched_on(turn)
    typed = form.read_ask(turn.typed)
    others = [user for user in typed.invited if user != turn.user]
    await access.check_colleagues(turn.house, turn.client, turn.team, others, field=form.INVITED)
    if not typed.channel:
        raise UserError(NO_CHANNEL, field=form.CHANNEL)
    open_to_all = await usable_by_all(turn, typed.channel, field=form.CHANNEL)
    if typed.everybody:
        there = await colleagues_in(turn, typed.channel, most=MOST_TOGETHER, field=form.EVERYBODY)
        others = list(dict.fromkeys([*others, *there]))
    if len(others) > max(FEW, form.where(turn.note)[1]):
        return Next(await _once_more(turn, typed, len(others)))
    library = await turn.library()
    this, check, former = await turn.write(_ask, turn, typed, others, library, open_to_all)
    if former is not None:
        turn.house.carry_on(put_right(turn.house, turn.team, former))
    said = turn.t(ASKED)
    return Next(views.status_view(turn.t, this, heading_of(check), turn.user, above=said))


async def _open(turn: Turn, check: Check, before: Round | None = None) -> None:
    library = await turn.library()
    calendar = calendar_of(library)
    view = form.ask_view(
        turn.t,
        check,
        calendar.day(default_deadline(turn.now, calendar)),
        before.channel if before else library.partner_channel,
        invited=[user for user in before.standings if user != turn.user] if before else (),
        others=await turn.read(_others, check),
    )
    await (turn.show(view) if turn.in_modal else turn.open(view))


async def _once_more(turn: Turn, typed: form.Asking, many: int) -> ModalView:
    """The form as she filled it in, and how many she is about to ask."""
    check = await turn.read(get, form.where(turn.note)[0])
    others = await turn.read(_others, check)
    return form.ask_view(
        turn.t,
        check,
        typed.deadline,
        typed.channel,
        invited=typed.invited,
        others=others,
        many=many,
        everybody=typed.everybody,
    )


def _mine(conn: Connection, team: str, number: int, user: str) -> Check:
    return undecided(alone(conn, team, number, user))


def _others(conn: Connection, team: str, check: Check) -> list[tuple[Round, str]]:
    """The open rounds about the same partner."""
    if check.partner_id is None:
        return []
    found = round_queries.open_about(conn, team, Kind.TJEK, check.partner_id)
    return [(one, heading_of(get(conn, team, one.subject_id))) for one in found]


def _ask(
    conn: Connection,
    team: str,
    turn: Turn,
    typed: form.Asking,
    others: list[str],
    library: Workspace,
    open_to_all: bool,  # noqa: FBT001 - goes through turn.write
) -> tuple[Round, Check, int | None]:
    number, _ = form.where(turn.note)
    calendar = calendar_of(library)
    former = latest(conn, team, number, lock=True)
    check = undecided(get(conn, team, number, lock=True))
    gone = _let_go_of(conn, team, turn, check, former, library.coordinators)
    new = called(
        Kind.TJEK,
        check.id,
        by=turn.user,
        invited=[turn.user, *others],
        now=turn.now,
        calendar=calendar,
        deadline=deadline_on(typed.deadline, calendar),
        partner_id=check.partner_id,
        channel=typed.channel,
        open_to_all=open_to_all,
    )
    this = _with_own_answers(conn, team, turn, check, rounds.start(conn, team, new))
    desk_of.opened(conn, team, this, turn.now)
    checks_of.finish(conn, team, check.id, turn.now)
    return this, get(conn, team, check.id), gone


def _let_go_of(
    conn: Connection,
    team: str,
    turn: Turn,
    check: Check,
    former: Round | None,
    coordinators: tuple[str, ...],
) -> int | None:
    """A round without an answer gives way to the new one, and is the number; any other stands."""
    if former is None or former.state is State.CLOSED:
        own(conn, team, check.id, turn.user)
        return None
    check_steward(former, turn.user, coordinators)
    if former.state is not State.REVEALED or count(former).answered:
        refuse_in_round(conn, team, check)
        return None
    how = Unanswered.ASKED_AGAIN
    rounds.close(conn, team, former.id, decision=how, reason="", by=turn.user, now=turn.now)
    return former.id


def _with_own_answers(conn: Connection, team: str, turn: Turn, check: Check, this: Round) -> Round:
    """What she has answered alone counts as hers; an unfinished check as her draft."""
    mine = check.sheets.get(turn.user)
    if mine is None or not mine.answers:
        return this
    return rounds.answer(
        conn,
        team,
        this.id,
        turn.user,
        answers=dict(mine.answers),
        notes=mine.notes,
        now=turn.now,
        sent=check.finished_at is not None,
    )
