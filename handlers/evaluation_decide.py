"""What comes of an evaluation: decided below the answers by the one who leads the round."""

from dataclasses import replace

from slackblocks import ModalView

from bot.circle_partner import check_may_move
from bot.circle_trial import day_of_decision
from bot.evaluation import Decision, Evaluation
from bot.evaluation_decision import agreed_in
from bot.evaluation_step import (
    USUAL,
    Row,
    checked_agreed,
    checked_steps,
    day_after,
    field,
    together,
)
from bot.round import Round
from bot.timetable import calendar_of
from bot.workspace_roles import Action
from handlers import (
    access,
    evaluation_copy,
    evaluation_decided,
    evaluation_lessons,
    evaluation_sense,
    evaluation_step,
    evaluation_unanswered,
)
from handlers.desk import Desk
from handlers.evaluation_close import begun, check, close, correct
from handlers.turn import Next, Turn
from handlers.views import circle_ask, circle_end
from handlers.views import evaluation_decide as form
from handlers.views.circle import About
from handlers.views.notice import notice_view
from storage import circle_course
from storage import evaluation as evaluations
from storage import evaluation_step as steps_of
from storage import partner as register_of
from storage.database import Connection


def register(desk: Desk) -> None:
    """Sign up."""
    desk.action(form.GO_ON, go_on, Action.LEAD_ROUND)
    desk.action(form.ADJUST, adjust, Action.LEAD_ROUND)
    desk.action(form.MORE, one_more, Action.LEAD_ROUND)
    desk.submit(form.ADJUSTED, adjusted, Action.LEAD_ROUND)
    desk.action(form.MOVE, move, Action.LEAD_ROUND)
    desk.action(form.END, end, Action.LEAD_ROUND)
    desk.action(form.CORRECT, correct, Action.LEAD_ROUND)
    evaluation_copy.register(desk)
    evaluation_decided.register(desk)
    evaluation_lessons.register(desk)
    evaluation_sense.register(desk)
    evaluation_step.register(desk)
    evaluation_unanswered.register(desk)


async def go_on(turn: Turn) -> None:
    """As now: one click, and it stands in the thread."""
    found = await begun(turn, turn.value)
    if found is None:
        return
    this, _, corrects = found
    this = await turn.write(close, turn, this.id, Decision.GO_ON, corrects=corrects)
    await turn.show(notice_view(turn.t, form.decided(turn.t, this)))


async def adjust(turn: Turn) -> None:
    """The form; a decision that is put right begins with what was agreed then."""
    found = await begun(turn, turn.value)
    if found is None:
        return
    this, evaluation, corrects = found
    steps = together(await turn.read(steps_of.of, [evaluation.id]))
    blank = await _blank(turn)
    rows = tuple(Row(one.text, one.on, one.who) for one in steps) or (blank,)
    adjusting = form.Adjusting(rows, agreed_in(this))
    await turn.show(form.adjust_view(turn.t, this.id, adjusting, corrects=corrects))


async def one_more(turn: Turn) -> None:
    """Room for another step; what is typed stays."""
    number, corrects = form.where(turn.note)
    more = form.with_one_more(form.read_adjust(turn.typed), await _blank(turn))
    await turn.turn_into(form.adjust_view(turn.t, number, more, corrects=corrects))


async def adjusted(turn: Turn) -> Next:
    """The steps are theirs who see to them, and the thread is told."""
    number, corrects = form.where(turn.note)
    await check(turn, await turn.read(_round, number), corrects=corrects)
    typed = form.read_adjust(turn.typed)
    wished, agreed = checked_steps(typed.rows, turn.today), checked_agreed(typed.agreed)
    for place, row in enumerate(typed.rows):
        name = field(form.WHO, place)
        await access.check_colleagues(turn.house, turn.client, turn.team, row.who, field=name)
    calendar = calendar_of(await turn.library())
    steps = [replace(one, on=day_of_decision(one.on, calendar)) for one in wished]
    this = await turn.write(close, turn, number, Decision.ADJUST, agreed, steps, corrects=corrects)
    elsewhere = [one.on for one, at_work in zip(wished, steps, strict=True) if one != at_work]
    return Next(notice_view(turn.t, form.decided(turn.t, this, elsewhere)))


async def move(turn: Turn) -> None:
    """The dialogue about the partner's place; the step that it leads to is the decision."""
    found = await begun(turn, turn.value)
    if found is not None:
        await turn.show(await turn.read(_asking, turn, found[0], found[1], Decision.MOVE))


async def end(turn: Turn) -> None:
    """Parting on good terms; that is the decision."""
    found = await begun(turn, turn.value)
    if found is not None:
        await turn.show(await turn.read(_asking, turn, found[0], found[1], Decision.END))


def _round(conn: Connection, team: str, number: int) -> Round:
    return evaluations.with_round(conn, team, number)[0]


async def _blank(turn: Turn) -> Row:
    day = day_after(turn.today, USUAL, calendar_of(await turn.library()))
    return Row("", day, (turn.user,))


def _asking(
    conn: Connection, team: str, turn: Turn, this: Round, evaluation: Evaluation, which: Decision
) -> ModalView:
    partner = register_of.existing(conn, team, evaluation.partner_id)
    check_may_move(partner)
    here = About(partner.id, partner.level, round_id=this.id)
    if which is Decision.END:
        return circle_end.end_view(turn.t, partner, here)
    course = circle_course.of_partner(conn, team, partner.id)
    return circle_ask.ask_view(turn.t, partner, course, turn.today, here)
