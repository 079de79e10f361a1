"""Activities at the desk: beginning one, which may make a collaboration, and putting one right."""

from dataclasses import dataclass, replace

from bot.circle import Level, Move, Why
from bot.circle import checked as checked_move
from bot.circle_activity import Activity, checked
from bot.workspace_roles import Action
from handlers.circle_asked import whom_of
from handlers.circle_step import about, same_level, step, tell
from handlers.desk import Desk
from handlers.turn import Next, Turn
from handlers.views import circle_activity as form
from handlers.views.circle import About
from handlers.views.circle_moved import Taken, moved_view
from handlers.views.circle_story import ADD_ACTIVITY, EDIT_ACTIVITY, story_view
from storage import circle_activity as activities
from storage import circle_course, circle_question
from storage import partner as register_of
from storage.database import Connection


@dataclass(frozen=True)
class Begun:
    """What was stored, and the step it was, if it was one."""

    activity: Activity
    taken: Taken | None


def register(desk: Desk) -> None:
    """Sign up."""
    desk.action(ADD_ACTIVITY, add, Action.MOVE_PARTNER)
    desk.action(EDIT_ACTIVITY, correct, Action.MOVE_PARTNER)
    desk.submit(form.BEGUN, begin, Action.MOVE_PARTNER)
    desk.submit(form.CORRECTED, save, Action.MOVE_PARTNER)


async def add(turn: Turn) -> None:
    """One more activity with a partner that we work with already."""
    here = about(turn)
    partner = same_level(await turn.read(register_of.existing, here.partner_id), here)
    await turn.show(form.begin_view(turn.t, partner, here))


async def begin(turn: Turn) -> Next:
    """Something to do together; in the network it makes a collaboration."""
    here = About.read(turn.note)
    blank = Activity(here.partner_id, "", turn.user, turn.now)
    activity = checked(form.read_activity(turn.typed, blank), turn.today)
    asked = await whom_of(turn, here.partner_id)
    begun = await turn.write(_begin, here, activity)
    if begun.taken is None:
        return await turn.read(story_of, turn, here.partner_id)
    tell(turn, here, begun.taken)
    said = turn.t("Add the date once you know when it ends. Then I ask {whom} what happens next.")
    if begun.activity.ends_on:
        said = turn.t(
            "Two weeks after the activity I ask {whom} on the Home tab what happens next."
        )
    return Next(moved_view(turn.t, begun.taken, asked, said))


async def correct(turn: Turn) -> None:
    """The text or the day of one that runs."""
    here = about(turn)
    activity = await turn.read(activities.existing, here.subject_id)
    await turn.show(form.correct_view(turn.t, activity, here.of(activity)))


async def save(turn: Turn) -> Next:
    """As it is now; a question about it waits for the new day."""
    here = About.read(turn.note)
    await turn.write(_save, turn, here)
    return await turn.read(story_of, turn, here.partner_id)


def story_of(conn: Connection, team: str, turn: Turn, partner_id: int) -> Next:
    """How it goes with the partner now."""
    partner = register_of.existing(conn, team, partner_id)
    course = circle_course.of_partner(conn, team, partner_id)
    return Next(story_view(turn.t, partner, course, turn.today))


def _begin(conn: Connection, team: str, here: About, activity: Activity) -> Begun:
    """The step first, for it ends whatever ran before; in the network that is nothing."""
    if here.level is not Level.NETWORK:
        same_level(register_of.existing(conn, team, here.partner_id, lock=True), here)
        _settle(conn, team, here, activity)
        return Begun(activities.begin(conn, team, activity), None)
    by, at = activity.noted_by, activity.noted_at
    bare = Move(here.partner_id, here.level, Level.COLLABORATION, Why.ACTIVITY, by, at)
    move = checked_move(replace(bare, reason=activity.what))
    taken = step(conn, team, move, here)
    return Begun(activities.begin(conn, team, activity), taken)


def _settle(conn: Connection, team: str, here: About, activity: Activity) -> None:
    """The one before is over, where it is done again."""
    by, now = activity.noted_by, activity.noted_at
    if here.question_id:
        circle_question.answer(conn, team, here.question_id, now=now)
    if here.subject_id:
        circle_question.answer_about(conn, team, here.subject_id, now=now)
        activities.finish(conn, team, here.subject_id, by=by, now=now)


def _save(conn: Connection, team: str, turn: Turn, here: About) -> None:
    before = activities.existing(conn, team, here.subject_id)
    seen = form.read_activity(turn.typed, replace(before, version=here.version))
    if here.question_id:
        circle_question.answer(conn, team, here.question_id, now=turn.now)
    stood = None if here.question_id else before.ends_on
    activities.change(conn, team, checked(seen, turn.today, stood=stood), now=turn.now)
