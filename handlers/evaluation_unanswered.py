"""Nobody answered, and that is an answer too: again in a month, at a meeting, or not this time."""

from datetime import date, timedelta

from bot.evaluation import Evaluation, Unanswered
from bot.evaluation_step import MEETING as MEETING_TIME
from bot.evaluation_step import STEP_LENGTH, USUAL, day_after
from bot.round import Round
from bot.round_step import Step
from bot.text import shortened
from bot.timetable import Calendar, calendar_of
from bot.translation import Translator
from bot.workspace_roles import Action
from handlers.desk import Desk
from handlers.evaluation_close import begun, close
from handlers.language import of_the_library
from handlers.turn import Turn
from handlers.views import evaluation_decide as form
from handlers.views.notice import notice_view
from storage import evaluation as evaluations
from storage import evaluation_year as year
from storage import partner as register_of
from storage.database import Connection

AGAIN: timedelta = USUAL


def register(desk: Desk) -> None:
    """Sign up."""
    desk.action(form.LATER, later, Action.LEAD_ROUND)
    desk.action(form.MEETING, meeting, Action.LEAD_ROUND)
    desk.action(form.SKIP, skip, Action.LEAD_ROUND)


async def later(turn: Turn) -> None:
    """It is asked again in a month."""
    await _end(turn, Unanswered.LATER)


async def meeting(turn: Turn) -> None:
    """It is talked about instead, which is a step of hers who leads the round."""
    await _end(turn, Unanswered.MEETING)


async def skip(turn: Turn) -> None:
    """Not this time."""
    await _end(turn, Unanswered.SKIP)


async def _end(turn: Turn, way: Unanswered) -> None:
    found = await begun(turn, turn.value)
    if found is None:
        return
    this, _, corrects = found
    calendar = calendar_of(await turn.library())
    t = await of_the_library(turn.house, turn.team)
    this = await turn.write(_save, turn, t, this.id, way, calendar, corrects=corrects)
    await turn.show(notice_view(turn.t, form.decided(turn.t, this)))


def _save(
    conn: Connection, team: str, turn: Turn, t: Translator, number: int, way: Unanswered,
    calendar: Calendar, *, corrects: bool,
) -> Round:  # fmt: skip
    before, evaluation = evaluations.with_round(conn, team, number, lock=True)
    steps = []
    if way is Unanswered.MEETING:
        steps.append(_to_talk(conn, team, turn, t, evaluation, calendar))
    if way is Unanswered.LATER:
        _ask_again(conn, team, turn, evaluation, day_after(turn.today, AGAIN, calendar))
    elif before.decision == Unanswered.LATER:
        _ask_again(conn, team, turn, evaluation, None)
    return close(conn, team, turn, number, way, "", steps, corrects=corrects)


def _to_talk(
    conn: Connection, team: str, turn: Turn, t: Translator, evaluation: Evaluation,
    calendar: Calendar,
) -> Step:  # fmt: skip
    partner = register_of.existing(conn, team, evaluation.partner_id)
    text = t("Talk with {name} about how it is going", name=partner.name)
    on = day_after(turn.today, MEETING_TIME, calendar)
    return Step(shortened(text, STEP_LENGTH), on, (turn.user,))


def _ask_again(
    conn: Connection, team: str, turn: Turn, evaluation: Evaluation, to_on: date | None
) -> None:
    year.move(
        conn,
        team,
        evaluation.partner_id,
        evaluation.occasion,
        evaluation.due_on,
        to_on=to_on,
        by=turn.user,
        now=turn.now,
    )
