"""Trials at the desk: begun, and tried until another day."""

from dataclasses import replace

from bot.circle_trial import Trial, checked, day_of_decision
from bot.partner import Partner
from bot.timetable import calendar_of
from bot.workspace_roles import Action
from handlers.circle_asked import whom_of
from handlers.circle_step import same_level
from handlers.desk import Desk
from handlers.turn import Next, Turn
from handlers.views import circle_trial as form
from handlers.views.circle import About
from storage import circle_question
from storage import circle_trial as trials
from storage import partner as register_of
from storage.database import Connection


def register(desk: Desk) -> None:
    """Sign up."""
    desk.submit(form.BEGUN, begin, Action.MOVE_PARTNER)
    desk.submit(form.POSTPONED, postpone, Action.MOVE_PARTNER)


async def begin(turn: Turn) -> Next:
    """On trial until a day."""
    here = About.read(turn.note)
    wished, agreed_with = form.read_day(turn.typed), form.read_agreed(turn.typed)
    bare = Trial(here.partner_id, turn.today, wished, turn.user, turn.now, agreed_with=agreed_with)
    trial = await _decided_at_work(turn, checked(bare, turn.today))
    asked = await whom_of(turn, here.partner_id)

    def save(conn: Connection, team: str) -> tuple[Partner, Trial]:
        partner = register_of.existing(conn, team, here.partner_id, lock=True)
        return same_level(partner, here), trials.begin(conn, team, trial)

    return Next(form.begun_view(turn.t, await turn.write(save), wished, turn.today, asked))


async def postpone(turn: Turn) -> Next:
    """Tried on until another day."""
    here = About.read(turn.note)
    wished = form.read_day(turn.typed)
    before = await turn.read(trials.existing, here.subject_id)
    seen = checked(replace(before, decide_on=wished, version=here.version), turn.today)
    trial = await _decided_at_work(turn, seen)
    asked = await whom_of(turn, here.partner_id)

    def save(conn: Connection, team: str) -> tuple[Partner, Trial]:
        if here.question_id:
            circle_question.answer(conn, team, here.question_id, now=turn.now)
        day = trial.decide_on
        after = trials.postpone(conn, team, trial, decide_on=day, by=turn.user, now=turn.now)
        return register_of.existing(conn, team, after.partner_id), after

    return Next(form.begun_view(turn.t, await turn.write(save), wished, turn.today, asked))


async def _decided_at_work(turn: Turn, trial: Trial) -> Trial:
    """The trial, decided on a day when somebody is there."""
    calendar = calendar_of(await turn.library())
    return replace(trial, decide_on=day_of_decision(trial.decide_on, calendar))
