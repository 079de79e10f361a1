"""The circle at the desk: the short dialogue about a partner's place, and the step it leads to."""

from dataclasses import replace
from datetime import date

from slackblocks import ModalView

from bot.circle import (
    Level,
    Move,
    Offer,
    Suggestion,
    Why,
    checked,
    from_collaboration,
    from_network,
    outwards,
    skips_collaboration,
)
from bot.circle_activity import Activity, over_by, still_running
from bot.circle_course import Course
from bot.circle_partner import carries_level, check_may_move
from bot.circle_question import ask_again
from bot.circle_trial import usual_day
from bot.partner import Partner, meant
from bot.timetable import calendar_of
from bot.workspace_roles import Action
from handlers import (
    circle_activity,
    circle_end,
    circle_gate,
    circle_question,
    circle_said,
    circle_trial,
)
from handlers.circle_asked import whom, whom_of
from handlers.circle_step import about, check_leads_there, same_level, step, tell
from handlers.desk import Desk
from handlers.turn import Next, Turn
from handlers.views import circle as views
from handlers.views import circle_ask as form
from handlers.views import circle_judge as judge
from handlers.views import circle_pick as pick
from handlers.views.circle_activity import begin_view
from handlers.views.circle_ask import Way
from handlers.views.circle_moved import Taken, moved_view
from handlers.views.circle_runs import runs_view
from handlers.views.circle_story import story_view
from handlers.views.circle_trial import begin_view as trial_view
from handlers.views.circle_trial import postpone_view
from handlers.views.partner_pick import picked
from storage import circle_course, partner_search
from storage import circle_question as questions
from storage import partner as register_of
from storage.database import Connection


def register(desk: Desk) -> None:
    """Sign up."""
    desk.action(views.BEGIN, begin_with, Action.MOVE_PARTNER)
    desk.action(views.STORY, story, Action.SEE_PARTNER)
    desk.action(form.OTHERWISE, otherwise, Action.MOVE_PARTNER)
    desk.action(form.OUTWARDS, one_step_outwards, Action.MOVE_PARTNER)
    desk.action(judge.COLLABORATE, collaborate, Action.MOVE_PARTNER)
    desk.submit(pick.PICKED, chosen, Action.MOVE_PARTNER)
    desk.submit(form.ASKED, answered, Action.MOVE_PARTNER)
    desk.submit(form.LATER, later, Action.MOVE_PARTNER)
    desk.submit(form.ACCEPTED, accept, Action.MOVE_PARTNER)
    desk.submit(judge.JUDGED, judged, Action.MOVE_PARTNER)
    desk.submit(judge.LEAPT, leapt, Action.MOVE_PARTNER)
    circle_activity.register(desk)
    circle_end.register(desk)
    circle_gate.register(desk)
    circle_question.register(desk)
    circle_said.register(desk)
    circle_trial.register(desk)


async def begin(turn: Turn) -> None:
    """`/partner niveau [name]`."""
    hits = await turn.read(partner_search.search, turn.words) if turn.words else []
    hit = meant(turn.words, hits) or (hits[0] if len(hits) == 1 else None)
    if hit is None:
        await turn.open(pick.pick_view(turn.t, turn.words, hits))
    else:
        await turn.open(_asking(turn, *await turn.read(_course, hit.id)))


async def chosen(turn: Turn) -> Next:
    """Whose place it is about."""
    return Next(_asking(turn, *await turn.read(_course, picked(turn.typed) or 0)))


async def begin_with(turn: Turn) -> None:
    """From the card."""
    await turn.show(_asking(turn, *await turn.read(_course, int(turn.value))))


async def story(turn: Turn) -> None:
    """All of it, from the card."""
    partner, course = await turn.read(_course, int(turn.value))
    await turn.show(story_view(turn.t, partner, course, turn.today))


async def one_step_outwards(turn: Turn) -> None:
    """What has happened? Asked of a collaboration."""
    here = about(turn)
    partner, course = await turn.read(_course, here.partner_id)
    same_level(partner, here)
    await turn.show(form.ask_view(turn.t, partner, course, turn.today, here, outwards=True))


async def answered(turn: Turn) -> Next:
    """The dialogue's answers: where do they lead?"""
    here = views.About.read(turn.note)
    partner, course = await turn.read(_course, here.partner_id)
    same_level(partner, here)
    usual = usual_day(turn.today, calendar_of(await turn.library()))
    asked = await whom(turn, partner)
    return Next(_suggested(turn, partner, course, here, usual, asked))


async def later(turn: Turn) -> None:
    """Ask about the activity again in a month."""
    here = views.About.read(turn.note)

    def keep(conn: Connection, team: str) -> None:
        check_may_move(register_of.existing(conn, team, here.partner_id, lock=True))
        again = ask_again(here.partner_id, turn.today, by=turn.user)
        questions.put_anew(conn, team, again, now=turn.now)

    await turn.write(keep)


async def accept(turn: Turn) -> Next:
    """The suggestion is taken."""
    way = Way.read(turn.note)
    return await _moved(turn, way, form.read_reason(turn.typed))


async def otherwise(turn: Turn) -> None:
    """The colleague sees it otherwise than the dialogue does."""
    here = about(turn)
    partner = same_level(await turn.read(register_of.existing, here.partner_id), here)
    await turn.show(judge.judge_view(turn.t, partner, here))


async def judged(turn: Turn) -> Next:
    """Another place, and why; a ring is not passed over without a question."""
    here = views.About.read(turn.note)
    to_level, reason = judge.read_judged(turn.typed)
    if not skips_collaboration(here.level, to_level):
        return await _moved(turn, Way(here, to_level, Why.JUDGED), reason)
    checked(_move(turn, Way(here, to_level, Why.JUDGED), reason))
    partner = await turn.read(register_of.existing, here.partner_id)
    return Next(judge.leap_view(turn.t, same_level(partner, here), here, reason))


async def leapt(turn: Turn) -> Next:
    """Straight to partnership, for there is something that is repeated."""
    way = Way(views.About.read(turn.note), Level.PARTNERSHIP, Why.FRAME)
    return await _moved(turn, way, form.read_reason(turn.typed))


async def collaborate(turn: Turn) -> None:
    """It is a collaboration after all: what do you do together?"""
    here = about(turn)
    partner = same_level(await turn.read(register_of.existing, here.partner_id), here)
    await turn.show(begin_view(turn.t, partner, here))


def _asking(turn: Turn, partner: Partner, course: Course) -> ModalView:
    if not carries_level(partner.relation_type):
        return pick.outside_view(turn.t, partner)
    check_may_move(partner)
    return form.ask_view(turn.t, partner, course, turn.today)


def _suggested(
    turn: Turn, partner: Partner, course: Course, here: views.About, usual: date, asked: views.Whom
) -> ModalView:
    suggestion = _suggestion(turn, partner, course)
    if suggestion.offer is Offer.ASK_AGAIN:
        return form.talk_view(turn.t, partner, here, asked)
    if suggestion.offer is Offer.TRIAL:
        if course.trial:
            return postpone_view(turn.t, course.trial, here.of(course.trial), usual, turn.today)
        return trial_view(turn.t, partner, here, usual)
    if suggestion.why is None:
        return _stays(turn, partner, course, here)
    if suggestion.why is Why.ACTIVITY:
        return begin_view(turn.t, partner, here)
    return form.accept_view(turn.t, partner, Way(here, suggestion.level, suggestion.why))


def _stays(turn: Turn, partner: Partner, course: Course, here: views.About) -> ModalView:
    why = form.read_why(turn.typed)
    if why is None:
        return form.stay_view(turn.t, partner, here)
    still = _still(turn, course, why)
    return runs_view(turn.t, partner, here, course, still, turn.today)


def _suggestion(turn: Turn, partner: Partner, course: Course) -> Suggestion:
    why = form.read_why(turn.typed)
    if why is not None:
        return outwards(partner.level, why, running=bool(_still(turn, course, why)))
    if partner.level is Level.NETWORK:
        return from_network(form.read_reply(turn.typed, form.ACTIVITY))
    return from_collaboration(
        form.read_reply(turn.typed, form.REPEATED), form.read_reply(turn.typed, form.FRAMED)
    )


def _still(turn: Turn, course: Course, why: Why) -> list[Activity]:
    """What is on besides what has ended by that."""
    return still_running(course.running, turn.today, over_by(course.running, why))


def _move(turn: Turn, way: Way, reason: str) -> Move:
    here = way.about
    bare = Move(here.partner_id, here.level, way.to_level, way.why, turn.user, turn.now)
    return replace(bare, reason=reason)


async def _moved(turn: Turn, way: Way, reason: str) -> Next:
    move = checked(_move(turn, way, reason))
    asked = await whom_of(turn, way.about.partner_id)

    def save(conn: Connection, team: str) -> Taken:
        check_leads_there(conn, team, move, turn.today)
        return step(conn, team, move, way.about)

    taken = await turn.write(save)
    tell(turn, way.about, taken)
    return Next(moved_view(turn.t, taken, asked))


def _course(conn: Connection, team: str, partner_id: int) -> tuple[Partner, Course]:
    partner = register_of.existing(conn, team, partner_id)
    return partner, circle_course.of_partner(conn, team, partner_id)
