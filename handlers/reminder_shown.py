"""What the lines of a weekly message tell, loaded for the things in it; and a thing by its key."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from bot.reminder import Thing, Value, What
from bot.workspace import Frequency
from handlers.evaluation_step import subjects
from handlers.reminder_waiting import Reader
from handlers.round_subjects import with_subjects
from handlers.views.reminder_lines import Shown
from handlers.views.tjek import heading_of
from storage import circle_course, circle_question, round_queries
from storage import contact as contacts_of
from storage import evaluation_step as agreed_of
from storage import partner as register_of
from storage import reminder_cadence as care_of
from storage import reminder_handover as handovers
from storage import tjek as checks_of
from storage import tjek_step as tasks_of
from storage import workspace as settings_of
from storage.database import Connection

_ABOUT_PARTNERS = (What.STEP, What.CARE, What.AGREEMENT)


def shown_of(
    conn: Connection, reader: Reader, things: Sequence[Thing], on_the_way: Sequence[int] = ()
) -> Shown:
    """Everything that the lines of these things name."""
    team = reader.team
    numbers = [one.partner_id for one in things if one.partner_id]
    every = list(dict.fromkeys([*numbers, *on_the_way]))

    def of(what: What) -> list[int]:
        return [one.subject_id for one in things if one.what is what]

    questions = [circle_question.get(conn, team, number) for number in of(What.QUESTION)]
    asked = circle_course.asked(conn, team, [one for one in questions if one])
    numbered = [*of(What.ROUND), *of(What.DECISION)]
    rounds = [round_queries.existing(conn, team, number) for number in numbered]
    tasks = [(tasks_of.get(conn, team, number, reader.user), number) for number in of(What.TASK)]
    agreed = [agreed_of.get(conn, team, number) for number in of(What.AGREED)]
    ends = {number: care_of.own(conn, team, number)[1] for number in of(What.AGREEMENT)}
    on_offer = handovers.open_about(conn, team, numbers, reader.now)
    return Shown(
        reader.user,
        reader.today,
        partners={one.id: one for one in register_of.get_many(conn, team, every)},
        last=contacts_of.last_of(conn, team, every),
        asked={one.question.id: one for one in asked},
        rounds={this.id: (this, about) for this, about in with_subjects(conn, team, rounds)},
        tasks={number: (task, _heading(conn, team, number)) for task, number in tasks},
        agreed={
            one.id: (one, subject)
            for one, subject in subjects(conn, team, [one for one in agreed if one])
        },
        offers={number: handovers.existing(conn, team, number) for number in of(What.HANDOVER)},
        agreements={number: day for number, day in ends.items() if day},
        asked_to={number: one.to for number, one in on_offer.items()},
        away=settings_of.away(conn, team, reader.today),
        monthly=settings_of.member(conn, team, reader.user).frequency is Frequency.MONTHLY,
    )


def thing_of(conn: Connection, team: str, key: str, today: date) -> Thing:
    """The thing of a button; raises UserError where what it is about is gone."""
    name, _, number = key.partition(".")
    what, subject = What(name), int(number)
    thing = Thing(what, subject, Value.REST, today)
    if what in _ABOUT_PARTNERS:
        return replace(thing, partner_id=register_of.existing(conn, team, subject).id)
    if what is What.QUESTION:
        question = circle_question.get(conn, team, subject)
        return replace(thing, partner_id=question.partner_id if question else None)
    if what is What.TASK:
        check = checks_of.get(conn, team, subject)
        return replace(thing, partner_id=check.partner_id if check else None)
    if what is What.AGREED:
        return replace(thing, partner_id=agreed_of.partner_of(conn, team, subject))
    if what is What.HANDOVER:
        return replace(thing, partner_id=handovers.existing(conn, team, subject).partner_id)
    return replace(thing, partner_id=round_queries.existing(conn, team, subject).partner_id)


def _heading(conn: Connection, team: str, tjek_id: int) -> str:
    check = checks_of.get(conn, team, tjek_id)
    return heading_of(check) if check else ""
