"""The lively house's partners on their way through the circle, as if it had all happened."""

from dataclasses import replace
from datetime import date, datetime, time

from bot.circle import Move, Why, checked
from bot.circle_activity import Activity
from bot.circle_activity import checked as checked_activity
from bot.circle_gate import Answer, Gate
from bot.circle_gate import checked as checked_gate
from bot.circle_question import hello
from bot.circle_trial import Trial
from bot.circle_trial import checked as checked_trial
from handlers.demo_calendar import Calendar
from handlers.demo_furniture import DemoActivity, DemoGate, DemoMove, DemoPartner, DemoTrial
from storage import circle, circle_activity, circle_gate, circle_question, circle_trial
from storage import partner as register_of
from storage.database import Connection

MOVED, NOTED = time(11), time(11, 5)


def go_through(
    conn: Connection, team: str, calendar: Calendar, partner_id: int, told: DemoPartner
) -> None:
    """Move the partner step by step; what runs now is stored after the last of them."""
    for move in told.moves:
        _move(conn, team, calendar, partner_id, move)
    for activity in told.activities:
        circle_activity.begin(conn, team, _activity(calendar, partner_id, activity))
    if told.gate:
        circle_gate.keep(conn, team, _gate(calendar, partner_id, told.gate))
    if told.trial:
        circle_trial.begin(conn, team, _trial(calendar, partner_id, told.trial))


def _move(conn: Connection, team: str, calendar: Calendar, partner_id: int, told: DemoMove) -> None:
    at = calendar.moment(told.days_ago, MOVED)
    here = register_of.existing(conn, team, partner_id).level
    bare = Move(partner_id, here, told.to, told.why, told.by, at)
    move = replace(bare, reason=told.reason, learned=told.learned, told=told.told)
    circle.move(conn, team, checked(move))
    if told.why is Why.ENDED:
        greeting = hello(partner_id, calendar.ago(told.days_ago), by=told.by)
        circle_question.put(conn, team, greeting)


def _activity(calendar: Calendar, partner_id: int, told: DemoActivity) -> Activity:
    begun = calendar.moment(told.days_ago, NOTED)
    ends_on = None
    if told.ends_in_days is not None:
        ends_on = _day(calendar, told.ends_in_days)
    bare = Activity(partner_id, told.what, told.by, begun, ends_on=ends_on)
    return checked_activity(bare, _then(begun))


def _gate(calendar: Calendar, partner_id: int, told: DemoGate) -> Gate:
    answers = {
        one: Answer(standing, told.notes.get(one, "")) for one, standing in told.answers.items()
    }
    return checked_gate(Gate(partner_id, told.by, calendar.moment(told.days_ago, NOTED), answers))


def _trial(calendar: Calendar, partner_id: int, told: DemoTrial) -> Trial:
    noted = calendar.moment(told.days_ago, NOTED)
    decide_on = calendar.ahead(told.decide_in_days)
    begun = _then(noted)
    bare = Trial(partner_id, begun, decide_on, told.by, noted, agreed_with=told.agreed_with)
    return checked_trial(bare, begun)


def _day(calendar: Calendar, in_days: int) -> date:
    return calendar.ahead(in_days) if in_days > 0 else calendar.ago(-in_days)


def _then(moment: datetime) -> date:
    return moment.date()
