"""Does it still make sense as it is? Looked for every morning, asked privately, answered once."""

from dataclasses import replace
from datetime import date, datetime, time

from bot.circle_partner import check_may_move
from bot.evaluation_sense import Answer, Answered, Why, checked_reason, is_time, why_ask
from bot.evaluation_step import MEETING, day_after
from bot.goal import is_tied
from bot.partner import Partner
from bot.reminder import Value
from bot.timetable import At, Calendar, Row, calendar_of
from bot.translation import Translator
from bot.workspace_roles import Action
from handlers.desk import Desk
from handlers.house import House
from handlers.language import of_the_library, translator
from handlers.turn import Next, Turn
from handlers.views import evaluation_sense as views
from handlers.views.circle import about
from handlers.views.circle_ask import ask_view
from handlers.views.notice import notice_view
from handlers.views.parts import Reply
from storage import circle_course
from storage import delivery as deliveries
from storage import evaluation as evaluations
from storage import evaluation_sense as sense
from storage import partner as register_of
from storage import workspace as settings_of
from storage.database import Connection
from storage.delivery import Delivery

ASKED = "evaluation_sense"  # kind of delivery
LOOK = Row("evaluation_sense", At(time(8, 30)))


def register(desk: Desk) -> None:
    """Sign up."""
    desk.delivers(ASKED, asked, unasked=True, value=Value.REST)
    desk.runs(LOOK, look)
    desk.action(views.TALK, talk, Action.MOVE_PARTNER)
    desk.action(views.MOVE, move, Action.MOVE_PARTNER)
    desk.action(views.FINE, fine, Action.MOVE_PARTNER)
    desk.submit(views.SUBMIT, reasoned, Action.MOVE_PARTNER)


def look(conn: Connection, team: str, _planned_for: datetime, now: datetime) -> None:
    """Put the question down for those whom it is for, once after an evaluation."""
    coordinators = settings_of.settings(conn, team).coordinators
    for number in sense.shown_lately(conn, team, now):
        found = _why(conn, team, number)
        if found is None or not is_time(found[1], now):
            continue
        evaluation_id = found[2]
        partner = register_of.existing(conn, team, number)
        for user in dict.fromkeys(filter(None, (partner.responsible, *coordinators))):
            key = f"{ASKED}.{evaluation_id}.{user}"
            deliveries.put(conn, team, Delivery(ASKED, evaluation_id, user, now, key))


async def asked(house: House, team: str, delivery: Delivery) -> Reply | None:
    """To one of them; nothing where another has answered by then."""
    found = await house.store.read(_to_ask, team, delivery.subject_id)
    if found is None:
        return None
    partner, why = found
    t = await translator(house, team, delivery.to)
    return views.asked(t, partner, why, delivery.subject_id)


async def talk(turn: Turn) -> None:
    """It becomes the partner's next step, where there is none."""
    if await _is_answered(turn):
        return
    calendar = calendar_of(await turn.library())
    t = await of_the_library(turn.house, turn.team)
    partner, on = await turn.write(_talk, turn, t, calendar)
    said = views.answered(turn.t, partner, Answer.TALK, step_on=on)
    await turn.reply(said, replace=True)


async def move(turn: Turn) -> None:
    """The dialogue about their place; the step that it leads to is the answer."""
    if await _is_answered(turn):
        return
    evaluation_id = int(turn.value)
    partner = await turn.read(_partner_of, evaluation_id)
    check_may_move(partner)
    turn.remember_message(views.message(evaluation_id))
    course = await turn.read(circle_course.of_partner, partner.id)
    here = replace(about(partner), sense_id=evaluation_id)
    await turn.open(ask_view(turn.t, partner, course, turn.today, here))


async def fine(turn: Turn) -> None:
    """Because of what?"""
    if await _is_answered(turn):
        return
    partner = await turn.read(_partner_of, int(turn.value))
    turn.remember_message(views.message(int(turn.value)))
    await turn.open(views.reason_view(turn.t, partner, int(turn.value)))


async def reasoned(turn: Turn) -> Next:
    """It stays as it is, for a reason."""
    reason = checked_reason(views.read_reason(turn.typed))
    await turn.write(_answer, turn, int(turn.note), Answer.FINE, reason)
    partner = await turn.read(_partner_of, int(turn.note))
    said = views.answered(turn.t, partner, Answer.FINE)
    turn.renew_message(views.message(int(turn.note)), said)
    return Next(notice_view(turn.t, said))


async def _is_answered(turn: Turn) -> bool:
    """Whether somebody has; her message then says so."""
    before = await turn.read(sense.answered, int(turn.value))
    if before is None:
        return False
    partner = await turn.read(_partner_of, int(turn.value))
    said = views.answered(turn.t, partner, before.answer, by=before.by)
    await turn.reply(said, replace=True)
    return True


def _why(conn: Connection, team: str, partner_id: int) -> tuple[Why, datetime, int] | None:
    """Why it is asked about a partner, since when that is known, and after which evaluation."""
    partner = register_of.existing(conn, team, partner_id)
    held = sense.held(conn, team, partner_id)
    why = why_ask(held, has_purpose=is_tied(settings_of.settings(conn, team), partner))
    return (why, held[0].at, held[0].evaluation.id) if why and not partner.archived else None


def _to_ask(conn: Connection, team: str, evaluation_id: int) -> tuple[Partner, Why] | None:
    evaluation = evaluations.existing(conn, team, evaluation_id)
    found = _why(conn, team, evaluation.partner_id)
    if found is None or found[2] != evaluation_id:
        return None
    if sense.answered(conn, team, evaluation_id):
        return None
    return register_of.existing(conn, team, evaluation.partner_id), found[0]


def _partner_of(conn: Connection, team: str, evaluation_id: int, *, lock: bool = False) -> Partner:
    number = evaluations.existing(conn, team, evaluation_id).partner_id
    return register_of.existing(conn, team, number, lock=lock)


def _answer(
    conn: Connection, team: str, turn: Turn, evaluation_id: int, answer: Answer, reason: str = ""
) -> None:
    sense.answer(conn, team, Answered(evaluation_id, answer, turn.user, turn.now, reason))


def _talk(
    conn: Connection, team: str, turn: Turn, t: Translator, calendar: Calendar
) -> tuple[Partner, date | None]:
    evaluation_id = int(turn.value)
    before = _partner_of(conn, team, evaluation_id, lock=True)
    _answer(conn, team, turn, evaluation_id, Answer.TALK)
    if before.next_step:
        return before, None
    on = day_after(turn.today, MEETING, calendar)
    text = t("Talk about whether it still makes sense as it is")
    after = replace(before, next_step=text, next_step_on=on)
    return register_of.update(conn, team, before, after, by=turn.user, now=turn.now), on
