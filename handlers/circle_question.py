"""What a relation waits for, answered: from Home on its day, or from the story before it."""

from dataclasses import replace

from bot.circle import Level, Move, Why, checked
from bot.circle_course import Asked
from bot.circle_question import Kind, Question, ask_again, hello
from bot.circle_trial import Outcome, usual_day
from bot.timetable import calendar_of
from bot.workspace_roles import Action
from handlers import evaluation_moved
from handlers.circle_asked import whom_of
from handlers.circle_step import about, check_leads_there, same_level, step, tell
from handlers.desk import Desk
from handlers.turn import Turn
from handlers.views import circle_question as views
from handlers.views.circle import About
from handlers.views.circle_activity import begin_view, correct_view
from handlers.views.circle_moved import Taken, moved_view
from handlers.views.circle_story import NOW_ACTIVITY, NOW_TRIAL, story_view
from handlers.views.circle_trial import postpone_view
from storage import circle_activity, circle_course, circle_trial
from storage import circle_question as questions
from storage import partner as register_of
from storage.database import Connection


def register(desk: Desk) -> None:
    """Sign up."""
    desk.action(NOW_ACTIVITY, now_activity, Action.MOVE_PARTNER)
    desk.action(NOW_TRIAL, now_trial, Action.MOVE_PARTNER)
    desk.action(views.AGAIN, again, Action.MOVE_PARTNER)
    desk.action(views.TO_NETWORK, to_network, Action.MOVE_PARTNER)
    desk.action(views.OVER, over, Action.MOVE_PARTNER)
    desk.action(views.NOT_OVER, not_over, Action.MOVE_PARTNER)
    desk.action(views.PARTNERSHIP, partnership, Action.MOVE_PARTNER)
    desk.action(views.STAY, stay, Action.MOVE_PARTNER)
    desk.action(views.LONGER, longer, Action.MOVE_PARTNER)
    desk.action(views.AGREED, agreed, Action.MOVE_PARTNER)
    desk.action(views.ASK_LATER, ask_later, Action.MOVE_PARTNER)
    desk.action(views.NO_ACTIVITY, no_activity, Action.MOVE_PARTNER)
    desk.action(views.GREETED, greeted, Action.MOVE_PARTNER)
    desk.action(views.NO_GREETING, no_greeting, Action.MOVE_PARTNER)


async def now_activity(turn: Turn) -> None:
    """An activity is over before anybody asked."""
    await _ask(turn, Kind.WHAT_NOW)


async def now_trial(turn: Turn) -> None:
    """It is to be decided before the day."""
    await _ask(turn, Kind.TRIAL)


async def again(turn: Turn) -> None:
    """We do it again: the same text, with a day of its own."""
    here = about(turn)
    activity = await turn.read(circle_activity.existing, here.subject_id)
    partner = same_level(await turn.read(register_of.existing, here.partner_id), here)
    await turn.show(begin_view(turn.t, partner, here, activity.what))


async def to_network(turn: Turn) -> None:
    """Back to the network, for the activity is over."""
    await _move(turn, Level.NETWORK, Why.ACTIVITY_OVER)


async def over(turn: Turn) -> None:
    """The activity is over, the relation goes on."""
    here = about(turn)

    def save(conn: Connection, team: str) -> None:
        _answered(conn, team, here, turn)
        circle_activity.finish(conn, team, here.subject_id, by=turn.user, now=turn.now)

    await turn.write(save)
    await _story(turn, here)


async def not_over(turn: Turn) -> None:
    """It has another day to end, or none yet."""
    here = about(turn)
    activity = await turn.read(circle_activity.existing, here.subject_id)
    await turn.show(correct_view(turn.t, activity, here.of(activity)))


async def partnership(turn: Turn) -> None:
    """It was tried, and it holds."""
    await _move(turn, Level.PARTNERSHIP, Why.TRIAL)


async def stay(turn: Turn) -> None:
    """The trial is over, and a collaboration is fine."""
    here = about(turn)

    def save(conn: Connection, team: str) -> None:
        _answered(conn, team, here, turn)
        outcome = Outcome.COLLABORATION
        circle_trial.settle(conn, team, here.subject_id, outcome, by=turn.user, now=turn.now)
        if here.round_id:
            evaluation_moved.stayed(conn, team, here, turn.user, turn.now)

    await turn.write(save)
    await _story(turn, here)


async def longer(turn: Turn) -> None:
    """Tried until another day."""
    here = about(turn)
    trial = await turn.read(circle_trial.existing, here.subject_id)
    usual = usual_day(turn.today, calendar_of(await turn.library()))
    await turn.show(postpone_view(turn.t, trial, here.of(trial), usual, turn.today))


async def agreed(turn: Turn) -> None:
    """There is an activity by now."""
    here = about(turn)
    partner = same_level(await turn.read(register_of.existing, here.partner_id), here)
    await turn.show(begin_view(turn.t, partner, here))


async def ask_later(turn: Turn) -> None:
    """It is still talked about."""
    await _answer(turn, ask_again(about(turn).partner_id, turn.today, by=turn.user))


async def no_activity(turn: Turn) -> None:
    """Nothing came of it, and that is fine."""
    await _answer(turn)


async def greeted(turn: Turn) -> None:
    """Hello was said, and is said again in a year."""
    await _answer(turn, hello(about(turn).partner_id, turn.today, by=turn.user))


async def no_greeting(turn: Turn) -> None:
    """No more of it."""
    await _answer(turn)


async def _ask(turn: Turn, kind: Kind) -> None:
    here = about(turn)
    question = Question(kind, here.partner_id, here.subject_id, turn.today)

    def load(conn: Connection, team: str) -> Asked:
        same_level(register_of.existing(conn, team, here.partner_id), here)
        (asked,) = circle_course.asked(conn, team, [question])
        return asked

    asked = await turn.read(load)
    await turn.show(views.question_view(turn.t, asked, turn.today, here))


async def _move(turn: Turn, to_level: Level, why: Why) -> None:
    here = about(turn)
    move = checked(Move(here.partner_id, here.level, to_level, why, turn.user, turn.now))

    def save(conn: Connection, team: str) -> Taken:
        check_leads_there(conn, team, move, turn.today, (here.subject_id,))
        _answered(conn, team, here, turn)
        return step(conn, team, move, replace(here, question_id=0))

    asked = await whom_of(turn, here.partner_id)
    taken = await turn.write(save)
    tell(turn, here, taken)
    await turn.show(moved_view(turn.t, taken, asked))


async def _answer(turn: Turn, put: Question | None = None) -> None:
    here = about(turn)

    def save(conn: Connection, team: str) -> None:
        questions.answer(conn, team, here.question_id, now=turn.now)
        if put:
            questions.put_anew(conn, team, put, now=turn.now)

    await turn.write(save)
    await _story(turn, here)


async def _story(turn: Turn, here: About) -> None:
    partner = await turn.read(register_of.existing, here.partner_id)
    course = await turn.read(circle_course.of_partner, here.partner_id)
    await turn.show(story_view(turn.t, partner, course, turn.today))


def _answered(conn: Connection, team: str, here: About, turn: Turn) -> None:
    """The question, asked by now or not yet."""
    same_level(register_of.existing(conn, team, here.partner_id, lock=True), here)
    if here.question_id:
        questions.answer(conn, team, here.question_id, now=turn.now)
    else:
        questions.answer_about(conn, team, here.subject_id, now=turn.now)
