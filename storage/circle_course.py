"""All of the circle about one partner, and all that belongs to a question, read together."""

from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa

from bot.circle_course import Asked, Course
from bot.circle_question import Kind, Question
from storage import (
    circle,
    circle_activity,
    circle_gate,
    circle_question,
    circle_trial,
    contact,
    duplicate_redirect,
    partner,
)


def of_partner(conn: sa.Connection, team: str, partner_id: int) -> Course:
    """How it goes with the partner, also by the number of one that has become part of it."""
    partner_id = duplicate_redirect.current(conn, team, partner_id)
    return Course(
        moves=circle.history(conn, team, partner_id),
        running=circle_activity.running(conn, team, [partner_id]),
        over=circle_activity.over(conn, team, partner_id),
        trials=circle_trial.of_partner(conn, team, partner_id),
        put_off=circle_trial.put_off(conn, team, partner_id),
        gate=circle_gate.newest(conn, team, partner_id),
        hello_on=_hello_on(conn, team, partner_id),
    )


def asked(conn: sa.Connection, team: str, questions: Sequence[Question]) -> list[Asked]:
    """The questions with what they are about; without those whose partner is gone."""
    ids = [question.partner_id for question in questions]
    here = {one.id: one for one in partner.get_many(conn, team, ids)}
    known = {number: here.get(number) or partner.get(conn, team, number) for number in ids}
    partners = {number: one for number, one in known.items() if one}
    about = {Kind.WHAT_NOW: _about_activity, Kind.TRIAL: _about_trial}
    found = [
        Asked(question, partners[question.partner_id])
        for question in questions
        if question.partner_id in partners
    ]
    return [about.get(one.question.kind, _alone)(conn, team, one) for one in found]


def _hello_on(conn: sa.Connection, team: str, partner_id: int) -> date | None:
    waiting = circle_question.open_of(conn, team, partner_id)
    return next((one.due_on for one in waiting if one.kind is Kind.HELLO), None)


def _alone(_: sa.Connection, __: str, one: Asked) -> Asked:
    return one


def _about_activity(conn: sa.Connection, team: str, one: Asked) -> Asked:
    number = one.question.subject_id
    others = circle_activity.running(conn, team, [one.partner.id])
    return Asked(
        one.question,
        one.partner,
        activity=circle_activity.get(conn, team, number),
        others=[other for other in others if other.id != number],
    )


def _about_trial(conn: sa.Connection, team: str, one: Asked) -> Asked:
    trial = circle_trial.get(conn, team, one.question.subject_id)
    since = contact.since(conn, team, one.partner.id, trial.begun_on) if trial else []
    gate = circle_gate.newest(conn, team, one.partner.id)
    return Asked(one.question, one.partner, trial=trial, contacts=len(since), gate=gate)
