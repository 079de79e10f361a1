"""[Write the decision]: by the one who called the round, when they have talked."""

from dataclasses import replace

from bot.errors import UserError
from bot.intake import checked
from bot.round import Round
from bot.round_steps import check_decide
from bot.tjek import Check, checked_reason
from bot.tjek_step import Step, checked_step, to_find_out
from bot.translation import Translator, mark
from bot.workspace_roles import Action
from handlers import access
from handlers import round as desk_of
from handlers.desk import Desk
from handlers.tjek_page import get
from handlers.tjek_round import back_to_draft, later, steward
from handlers.tjek_said import brought, loaded, names_of
from handlers.turn import Next, Turn
from handlers.views import tjek_decide as form
from handlers.views.notice import notice_view
from handlers.views.parts import Reply, notice, rich
from handlers.views.tjek_reveal import DECIDE, LET_LIE
from storage import partner as register_of
from storage import round as rounds
from storage import tjek as checks_of
from storage.database import Connection

LET_IT_LIE = "let_lie"  # how a round without an answer is closed
LYING = mark("**The check lies.** You can begin again whenever you like.")


def register(desk: Desk) -> None:
    """Sign up."""
    desk.action(DECIDE, decide, Action.LEAD_ROUND)
    desk.action(form.CHOICE, choose, Action.LEAD_ROUND)
    desk.submit(form.SUBMIT, decided, Action.LEAD_ROUND)
    desk.action(LET_LIE, let_lie, Action.LEAD_ROUND)


async def decide(turn: Turn) -> None:
    """The form."""
    this, check = await _to_decide(turn, int(turn.value))
    await turn.show(form.decide_view(turn.t, check, this, form.Deciding()))


async def choose(turn: Turn) -> None:
    """One of the four is chosen: ask for what it needs."""
    this, check = await _to_decide(turn, int(turn.note))
    suggested, replaces = await turn.read(_around, turn.t, this, check)
    deciding = form.read_decide(turn.typed)
    view = form.decide_view(turn.t, check, this, deciding, suggested=suggested, replaces=replaces)
    await turn.turn_into(view)


async def decided(turn: Turn) -> Next:
    """Check and round are closed in one write; the thread is told."""
    this, _ = await _to_decide(turn, int(turn.note))
    typed = form.read_decide(turn.typed)
    if typed.choice is None:
        raise UserError("Choose what comes of it.", field=form.CHOICE)
    step = checked_step(typed.choice, typed.step, typed.step_on, typed.who, turn.today)
    who = step.who if step else ()
    await access.check_colleagues(turn.house, turn.client, turn.team, who, field=form.WHO)
    names = await names_of(turn.house, turn.team, who)
    library = await turn.library()
    t = Translator(library.language, library.timezone)
    said = form.step_line(t, step, [names[user] for user in who]) if step else ""
    check = await turn.write(_decide, turn, this.id, typed, step, said)
    return Next(notice_view(turn.t, form.decided(turn.t, check)))


async def let_lie(turn: Turn) -> None:
    """After a round without an answer: no decision now."""
    await _to_decide(turn, int(turn.value))
    this = await turn.write(_let_lie, turn)
    later(turn, this)
    said = turn.t(LYING)
    await turn.show(notice_view(turn.t, Reply(notice(said), [rich(said, block_id="lying")])))


async def _to_decide(turn: Turn, number: int) -> tuple[Round, Check]:
    this, check = await turn.read(loaded, number)
    await steward(turn, this)
    check_decide(this)
    return this, check


def _around(
    conn: Connection, team: str, t: Translator, this: Round, check: Check
) -> tuple[str, str]:
    """The open questions as a first suggestion, and the partner's next step until now."""
    questions = to_find_out(brought(conn, team, this, check))
    listed = t.list(question.short.in_(t.language) for question in questions)
    suggested = t("Find out: {questions}", questions=listed) if questions else ""
    partner = register_of.get(conn, team, check.partner_id) if check.partner_id else None
    return suggested, partner.next_step if partner else ""


def _decide(
    conn: Connection, team: str, turn: Turn, number: int, typed: form.Deciding, step: Step | None,
    said: str,
) -> Check:  # fmt: skip
    this, check = loaded(conn, team, number, lock=True)
    reason = checked_reason(typed.reason)
    choice = typed.choice
    assert choice is not None  # noqa: S101 - asked for before
    checks_of.decide(
        conn, team, check.id, decision=choice, reason=reason, by=turn.user, now=turn.now
    )
    told = f"{reason}\n{said}" if said else reason
    this = rounds.close(
        conn, team, number, decision=choice, reason=told, by=turn.user, now=turn.now
    )
    if step and check.partner_id:
        _next_step(conn, team, turn, check.partner_id, said, step)
    desk_of.decided(conn, team, this, turn.now)
    return get(conn, team, check.id)


def _next_step(
    conn: Connection, team: str, turn: Turn, partner_id: int, said: str, step: Step
) -> None:
    """The condition becomes what is to be done with the partner, with its day."""
    before = register_of.get(conn, team, partner_id, lock=True)
    if before is None:
        return
    after = checked(replace(before, next_step=said, next_step_on=step.on))
    register_of.update(conn, team, before, after, by=turn.user, now=turn.now)


def _let_lie(conn: Connection, team: str, turn: Turn) -> Round:
    this, check = loaded(conn, team, int(turn.value), lock=True)
    back_to_draft(conn, team, check)
    return rounds.close(
        conn, team, this.id, decision=LET_IT_LIE, reason="", by=turn.user, now=turn.now
    )
