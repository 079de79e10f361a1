"""[Write the decision]: by the one who called the round, when they have talked."""

import logging
from dataclasses import replace
from typing import Any

from aiohttp import ClientError
from slack_sdk.errors import SlackApiError
from slackblocks import ModalView

from bot.circle_trial import day_of_decision
from bot.errors import UserError
from bot.intake import checked
from bot.partner import Partner
from bot.round import Round
from bot.round_step import Step
from bot.round_steps import check_correct, check_decide
from bot.timetable import calendar_of
from bot.tjek import Check, Decision, checked_reason
from bot.tjek_round import Unanswered, own_sheet
from bot.tjek_step import checked_step, to_find_out, usual_day
from bot.tjek_told import Told, kept, on_card, to_do, told_in
from bot.translation import Translator, mark
from bot.workspace_roles import Action
from handlers import access, tjek_step
from handlers import round as desk_of
from handlers.delivery_on import require_switched_on
from handlers.desk import Desk
from handlers.house import House
from handlers.language import of_the_library
from handlers.round import first_of_reveal
from handlers.round_said import names_of
from handlers.round_steps import steward
from handlers.tjek_letter import letter_sent_on
from handlers.tjek_page import get
from handlers.tjek_round import STEPS, back_to_draft
from handlers.tjek_said import brought, loaded, reveal
from handlers.turn import Next, Turn
from handlers.views import tjek_decide as form
from handlers.views import tjek_decided as decided_views
from handlers.views.notice import notice_view
from handlers.views.parts import Reply, notice, rich
from handlers.views.tjek_reveal import DECIDE, LET_LIE
from storage import circle_question as questions
from storage import delivery as deliveries
from storage import partner as register_of
from storage import round as rounds
from storage import round_sheets
from storage import tjek as checks_of
from storage.database import Connection

log = logging.getLogger(__name__)

LYING = mark("**The check is put aside.** You can begin again whenever you like.")


def register(desk: Desk) -> None:
    """Sign up."""
    desk.action(DECIDE, decide, Action.LEAD_ROUND)
    desk.action(form.CHOICE, choose, Action.LEAD_ROUND)
    desk.submit(form.SUBMIT, decided, Action.LEAD_ROUND)
    desk.action(LET_LIE, let_lie, Action.LEAD_ROUND)


async def decide(turn: Turn) -> None:
    """The form; once there is a decision, to correct that."""
    await require_switched_on(turn)
    this, check = await turn.read(loaded, int(turn.value))
    corrects = check.decision is not None
    await _check(turn, this, corrects=corrects)
    told = told_in(this.reason)
    step = told.step
    deciding = form.Deciding(
        check.decision,
        check.reason,
        step.text if step else told.said,
        step.on if step else None,
        step.who if step else (),
        corrects=corrects,
    )
    await turn.show(await _view(turn, this, check, deciding))


async def choose(turn: Turn) -> None:
    """One of the four is chosen: ask for what it needs."""
    this, check, deciding = await _so_far(turn)
    await turn.turn_into(await _view(turn, this, check, deciding))


async def decided(turn: Turn) -> Next:
    """Check and round are closed in one write; the thread is told."""
    await require_switched_on(turn)
    this, _, typed = await _so_far(turn)
    if typed.choice is None:
        raise UserError("Choose what you decide.", field=form.CHOICE)
    step = checked_step(typed.choice, typed.step, typed.step_on, typed.who, turn.today)
    wished = step.on if step else None
    told, task = await _told(turn, typed, step)
    check = await turn.write(_decide, turn, this.id, typed, told, task)
    turn.house.carry_on(put_right(turn.house, turn.team, this.id))
    moved_from = wished if task and task.on != wished else None
    return Next(notice_view(turn.t, decided_views.decided(turn.t, check, moved_from)))


async def _told(turn: Turn, typed: form.Deciding, step: Step | None) -> tuple[Told, Step | None]:
    """What is kept with the round, and the step as it is to be done, on a working day."""
    reason = checked_reason(typed.reason)
    if step is None or typed.choice is None:
        return Told(reason), None
    await access.check_colleagues(turn.house, turn.client, turn.team, step.who, field=form.WHO)
    names = await names_of(turn.house, turn.team, step.who)
    t = await of_the_library(turn.house, turn.team)
    calendar = calendar_of(await turn.library())
    step = replace(step, on=day_of_decision(step.on, calendar))
    task = to_do(t, typed.choice, step)
    return Told(reason, on_card(t, task, [names[user] for user in step.who]), step), task


async def let_lie(turn: Turn) -> None:
    """After a round without an answer: no decision now."""
    await _check(turn, (await turn.read(loaded, int(turn.value)))[0])
    this = await turn.write(_let_lie, turn)
    STEPS.later(turn, this)
    turn.house.carry_on(put_right(turn.house, turn.team, this.id))
    said = turn.t(LYING)
    await turn.show(notice_view(turn.t, Reply(notice(said), [rich(said, block_id="lying")])))


async def put_right(house: House, team: str, number: int) -> None:
    """The buttons below the answers are those that are left now."""
    this, _ = await house.store.read(loaded, team, number)
    shown = first_of_reveal(this, house.clock.now())
    ts = await house.store.read(deliveries.said, team, shown.key)
    client = await house.teams.client(team)
    said = await reveal(house, team, shown)
    if client is None or ts is None or said is None:
        return
    message: dict[str, Any] = said.payload()
    try:
        await client.chat_update(channel=this.channel, ts=ts, **message)
    except (SlackApiError, ClientError, TimeoutError) as error:
        # The old button leads to the same: it is asked on the round as it is stored.
        log.warning("The answers keep an old button: %s", type(error).__name__)


async def _so_far(turn: Turn) -> tuple[Round, Check, form.Deciding]:
    """The form as it is filled in, if it may still be sent."""
    number, corrects = form.where(turn.note)
    this, check = await turn.read(loaded, number)
    await _check(turn, this, corrects=corrects)
    return this, check, replace(form.read_decide(turn.typed), corrects=corrects)


async def _check(turn: Turn, this: Round, *, corrects: bool = False) -> None:
    await steward(turn, this)
    (check_correct if corrects else check_decide)(this)


async def _view(turn: Turn, this: Round, check: Check, deciding: form.Deciding) -> ModalView:
    t = await of_the_library(turn.house, turn.team)
    suggested, partner = await turn.read(_around, turn.t, this, check)
    no_sent_on = await turn.read(letter_sent_on, t, check) if deciding.corrects else None
    theirs = partner.next_step if partner and partner.next_step != told_in(this.reason).said else ""
    if deciding.keeps is None:
        others = partner is not None and partner.responsible not in (None, turn.user)
        deciding = replace(deciding, keeps=others)
    usual = usual_day(turn.today, calendar_of(await turn.library()))
    deciding = replace(deciding, step_on=deciding.step_on or usual)
    return form.decide_view(
        turn.t, check, this, deciding, suggested=suggested, theirs=theirs, no_sent_on=no_sent_on
    )


def _around(
    conn: Connection, team: str, t: Translator, this: Round, check: Check
) -> tuple[str, Partner | None]:
    """The open questions as a first suggestion, and the partner, who may have a next step."""
    questions = to_find_out(brought(conn, team, this, check))
    listed = t.list(question.short.in_(t.language) for question in questions)
    suggested = t("Find out: {questions}", questions=listed) if questions else ""
    partner = register_of.get(conn, team, check.partner_id) if check.partner_id else None
    return suggested, partner


def _decide(
    conn: Connection, team: str, turn: Turn, number: int, typed: form.Deciding, told: Told,
    step: Step | None,
) -> Check:  # fmt: skip
    this, check = loaded(conn, team, number, lock=True)
    choice = typed.choice
    assert choice is not None  # noqa: S101 - asked for before
    checks_of.decide(
        conn, team, check.id, decision=choice, reason=told.reason, by=turn.user, now=turn.now
    )
    close = rounds.correct if typed.corrects else rounds.close
    former = told_in(this.reason).said
    this = close(conn, team, number, decision=choice, reason=kept(told), by=turn.user, now=turn.now)
    tjek_step.put(conn, team, check, step, by=turn.user, now=turn.now)
    if check.partner_id and not typed.keeps:
        _next_step(conn, team, turn, check.partner_id, former, told.said, step)
    if choice is not Decision.KINDLY_NO:
        questions.withdraw_about(conn, team, check.id, now=turn.now)
    desk_of.decided(conn, team, this, turn.now, corrected=typed.corrects)
    return get(conn, team, check.id)


def _next_step(
    conn: Connection, team: str, turn: Turn, partner_id: int, former: str, said: str,
    step: Step | None,
) -> None:  # fmt: skip
    """The condition becomes what is to be done with the partner; that of a former decision goes."""
    before = register_of.get(conn, team, partner_id, lock=True)
    if before is None or (step is None and (not former or before.next_step != former)):
        return
    after = checked(replace(before, next_step=said, next_step_on=step.on if step else None))
    register_of.update(conn, team, before, after, by=turn.user, now=turn.now)


def _let_lie(conn: Connection, team: str, turn: Turn) -> Round:
    this, check = loaded(conn, team, int(turn.value), lock=True)
    mine = own_sheet(round_sheets.own(conn, team, this.id, check.started_by))
    back_to_draft(conn, team, this, check, mine)
    how = Unanswered.LET_LIE
    return rounds.close(conn, team, this.id, decision=how, reason="", by=turn.user, now=turn.now)
