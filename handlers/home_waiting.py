"""What waits for one colleague, of all kinds together, a page at a time.

All of it is counted; only what is on the page is loaded with what it is about.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any, TypeVar

from bot.home import Waiting, page_of
from bot.home_pages import spread
from bot.partner import Partner
from bot.round import Kind, Round
from bot.tjek_step import Task, belongs_to
from handlers.evaluation_step import subjects
from handlers.home_due import Due
from handlers.home_quiet import Cared, offers, quiet
from handlers.round_subjects import with_subjects
from handlers.turn import Turn
from handlers.views.tjek import heading_of
from storage import circle_course, round_queries
from storage import evaluation_step as agreed_of
from storage import partner as register_of
from storage import tjek as checks_of
from storage import tjek_step as tasks_of
from storage.database import Connection

T = TypeVar("T")

MANY = 100  # of her own drafts and steps: nobody pages through more


@dataclass(frozen=True)
class Room:
    """How many things there is room for, and which page of them is wanted."""

    size: int
    page: int = 1


@dataclass(frozen=True)
class Known:
    """What has come to its day for her, and whether she coordinates."""

    due: Due
    care: Cared
    coordinates: bool


@dataclass(frozen=True)
class _Pile:
    """Things of one kind, and how some of them are loaded with what they are about."""

    name: str  # the field of Waiting
    things: Sequence[Any]
    load: Callable[[Connection, str, Sequence[Any]], Sequence[Any]]


def load(conn: Connection, team: str, turn: Turn, known: Known, room: Room) -> Waiting:
    """A page of it: what somebody waits for first, then what has come to its day."""
    piles = _piles(conn, team, turn.user, turn.now, known)
    lengths = [len(pile.things) for pile in piles]
    page = page_of(room.page, sum(lengths), room.size)
    parts = spread(lengths, page.first, room.size)
    here = {
        pile.name: pile.load(conn, team, pile.things[part])
        for pile, part in zip(piles, parts, strict=True)
        if pile.things[part]
    }
    elsewhere = sum(lengths) - sum(part.stop - part.start for part in parts)
    return Waiting(**here, elsewhere=elsewhere, page=page)


def _piles(
    conn: Connection, team: str, user: str, now: datetime, known: Known
) -> tuple[_Pile, ...]:
    due, care = known.due, known.care
    to_answer, led = _rounds(conn, team, user, now, coordinates=known.coordinates)
    tasks = tasks_of.waiting_about(conn, team, user, limit=MANY)
    agreed = agreed_of.waiting_for(conn, team, user, limit=MANY)
    begun = checks_of.waiting_for(conn, team, user, limit=MANY)
    together = {this.subject_id for this in led if this.kind is Kind.TJEK}
    alone = [check for check in begun if check.id not in together]  # else it waits as a round
    return (
        _Pile("rounds", to_answer, with_subjects),
        _Pile("offers", care.offers, offers),
        _Pile("left", care.left, _as_they_are),
        _Pile("asked", due.questions, circle_course.asked),
        _Pile("led", led, with_subjects),
        _Pile("tasks", tasks, _headed),
        _Pile("agreed", agreed, subjects),
        _Pile("steps", _steps(conn, team, due.steps, tasks), _partners),
        _Pile("quiet", care.quiet, partial(quiet, care)),
        _Pile("checks", alone, _as_they_are),
    )


def _rounds(
    conn: Connection, team: str, user: str, now: datetime, *, coordinates: bool
) -> tuple[list[Round], list[Round]]:
    """To answer, and to lead to an end; her own answer to one that she leads waits with it."""
    to_answer = round_queries.waiting_for(conn, team, user, now)
    led = round_queries.led_by(conn, team, user)
    if coordinates:
        led += [one for one in round_queries.without_caller(conn, team) if one not in led]
    return [this for this in to_answer if this.called_by != user], led


def _headed(
    conn: Connection, team: str, tasks: Sequence[tuple[Task, int | None]]
) -> list[tuple[Task, str]]:
    found = checks_of.get_many(conn, team, [task.tjek_id for task, _ in tasks])
    checks = {check.id: check for check in found}
    return [(task, heading_of(checks[task.tjek_id])) for task, _ in tasks if task.tjek_id in checks]


def _steps(
    conn: Connection, team: str, due: Sequence[int], tasks: Sequence[tuple[Task, int | None]]
) -> list[int]:
    """Without those that stand among the tasks: a card has its task as its next step, too."""
    about = {number for _, number in tasks}
    cards = register_of.get_many(conn, team, [number for number in due if number in about])
    same = {
        card.id
        for card in cards
        for task, number in tasks
        if number == card.id and belongs_to(task, card.next_step)
    }
    return [number for number in due if number not in same]


def _partners(conn: Connection, team: str, numbers: Sequence[int]) -> list[Partner]:
    found = {one.id: one for one in register_of.get_many(conn, team, numbers)}
    return [found[number] for number in numbers if number in found]


def _as_they_are(_: Connection, __: str, things: Sequence[T]) -> Sequence[T]:
    return things
