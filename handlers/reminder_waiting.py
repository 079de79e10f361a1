"""Everything that has come to its day and waits for one colleague, as the rules of care see it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from slack_sdk.web.async_client import AsyncWebClient

from bot.circle_asked import Absent, Ties, asked_of, everybody, stands_for
from bot.circle_question import Question
from bot.evaluation_step import Agreed
from bot.partner import Partner
from bot.reminder import (
    WEEK_AHEAD,
    Past,
    Thing,
    agreed,
    answer,
    asked,
    care,
    decision,
    offer,
    question,
    step,
    task,
)
from bot.reminder_cadence import Cadences, Relation, Standing, due, standing
from bot.reminder_handover import Handover
from bot.round import Kind, Round, State
from bot.timetable import Calendar
from bot.tjek_step import Task, belongs_to
from handlers import access
from handlers.house import House
from storage import evaluation_step as agreed_of
from storage import home as desk_of
from storage import partner as register_of
from storage import reminder as told_of
from storage import reminder_cadence as care_of
from storage import reminder_handover as handovers
from storage import round_queries
from storage import tjek_step as tasks_of
from storage import workspace as settings_of
from storage.database import Connection

TASKS = 20  # looked at, the first due first: who has more has enough for many messages


@dataclass(frozen=True)
class Reader:
    """A colleague at a moment, in her own time zone."""

    team: str
    user: str
    now: datetime
    calendar: Calendar

    @property
    def today(self) -> date:
        """Her day."""
        return self.calendar.day(self.now)


@dataclass(frozen=True)
class Waiting:
    """What waits for her, what she has heard of it, and the partners that are on the way."""

    things: Sequence[Thing] = ()
    past: Mapping[str, Past] = field(default_factory=dict)
    on_the_way: Sequence[int] = ()  # the longest quiet first


@dataclass(frozen=True)
class _Found:
    """What may be hers, before it is known who is still here."""

    ties: Mapping[int, Ties]
    relations: Sequence[Relation]
    cadences: Cadences
    steps: Sequence[Partner]
    tasks: Sequence[tuple[Task, int | None]]  # each with the partner that the check is about
    agreed: Sequence[tuple[Agreed, int]]  # as tasks
    questions: Sequence[Question]
    rounds: Sequence[Round]
    undecided: Sequence[Round]  # evaluations that she leads
    offered: Sequence[Handover]
    on_offer: Collection[int]  # partners
    past: Mapping[str, Past]
    away: Mapping[str, str | None]

    def everybody(self) -> set[str]:
        users = {user for tied in self.ties.values() for user in everybody(tied)}
        return users | {one.by for one in self.questions if one.by}


async def waiting(house: House, client: AsyncWebClient, reader: Reader) -> Waiting:
    """All that waits for her."""
    found = await house.store.read(_found, reader)
    users = found.everybody()
    here = await access.still_here(house, client, reader.team, users)
    return _hers(found, reader, Absent(frozenset(users) - frozenset(here), found.away))


def _found(conn: Connection, reader: Reader) -> _Found:
    team, user, today = reader.team, reader.user, reader.today
    away = settings_of.away(conn, team, today)
    covered = stands_for(user, away)
    numbers = care_of.tied_to(conn, team, covered)
    soon = today + WEEK_AHEAD
    steps = desk_of.steps_due(conn, team, covered, until=soon, every=False)
    questions = desk_of.questions_due(conn, team, covered, today=soon, every=False)
    about = dict.fromkeys([*numbers, *steps, *(one.partner_id for one in questions)])
    return _Found(
        desk_of.ties(conn, team, list(about)),
        care_of.relations(conn, team, numbers, reader.calendar.zone),
        care_of.library(conn, team),
        register_of.get_many(conn, team, steps),
        tasks_of.waiting_about(conn, team, user, limit=TASKS),
        agreed_of.waiting_about(conn, team, user, limit=TASKS),
        questions,
        round_queries.waiting_for(conn, team, user, reader.now),
        _undecided(conn, reader),
        handovers.offered_to(conn, team, user, reader.now),
        handovers.open_about(conn, team, numbers, reader.now).keys(),
        told_of.past(conn, team, user),
        away,
    )


def _undecided(conn: Connection, reader: Reader) -> list[Round]:
    """The evaluations whose answers are shown and that are hers to decide."""
    led = round_queries.led_by(conn, reader.team, reader.user)
    led = [one for one in led if not one.caller_left]
    if reader.user in settings_of.settings(conn, reader.team).coordinators:
        led += round_queries.without_caller(conn, reader.team)
    return [one for one in led if one.kind is Kind.EVALUATION and one.state is State.REVEALED]


def _hers(found: _Found, reader: Reader, absent: Absent) -> Waiting:
    user, today = reader.user, reader.today
    mine = [
        relation
        for relation in found.relations
        if asked(found.ties[relation.partner_id], absent) == user
        and relation.partner_id not in found.on_offer
    ]

    def is_asked(partner_id: int, by: str) -> bool:
        return user in asked_of(found.ties[partner_id], by, absent)

    def is_task(partner: Partner) -> bool:
        """Whether the card has to be done what she was chosen for."""
        own = (one for one, number in found.tasks if number == partner.id)
        return any(belongs_to(one, partner.next_step) for one in own)

    talked = {relation.partner_id: relation.last_contact for relation in found.relations}
    things: list[Thing | None] = [care(relation, found.cadences, today) for relation in mine]
    things += [
        step(partner.id, partner.next_step_on, today)
        for partner in found.steps
        if partner.next_step_on and is_asked(partner.id, "") and not is_task(partner)
    ]
    things += [task(one, number, today) for one, number in found.tasks]
    things += [agreed(one, number, today) for one, number in found.agreed]
    things += [
        question(one, today, talked.get(one.partner_id))
        for one in found.questions
        if is_asked(one.partner_id, one.by)
    ]
    things += [
        answer(one.id, one.deadline, one.partner_id, reader.now, reader.calendar)
        for one in found.rounds
        if one.kind is Kind.EVALUATION or one.called_by != user
    ]
    things += [
        decision(one.id, reader.calendar.day(one.revealed_at or one.deadline), one.partner_id)
        for one in found.undecided
    ]
    things += [offer(one, reader.now, reader.calendar) for one in found.offered]
    return Waiting(
        [thing for thing in things if thing], found.past, _on_the_way(mine, found, today)
    )


def _on_the_way(relations: Sequence[Relation], found: _Found, today: date) -> list[int]:
    quiet = [(due(relation, found.cadences), relation.partner_id) for relation in relations]
    ordered = sorted(
        (when.ask_on, number)
        for when, number in quiet
        if when and standing(when, today) is Standing.ON_THE_WAY
    )
    return [number for _, number in ordered]
