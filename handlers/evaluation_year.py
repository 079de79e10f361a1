"""Each morning the rounds that are planned for the day open, those of a day that was missed too.

The plan is worked out anew every time, so what was not opened while the bot was down is simply due
longest: it takes the next room there is, and not all of it at once.
"""

import logging
from datetime import date, datetime, time, timedelta

from bot.errors import UserError
from bot.evaluation_year import How, Line
from bot.timetable import calendar_of
from bot.timetable_week import NINE
from bot.workspace_roles import Action
from handlers import evaluation_move
from handlers.clock import survived
from handlers.desk import Desk
from handlers.evaluation_ahead import ahead, open_line
from handlers.house import House
from handlers.language import settings
from handlers.views import evaluation_move as move_views
from handlers.views import evaluation_year as views
from storage import job_run

log = logging.getLogger(__name__)

JOB = "evaluation.year"
# What begins later is read in the evening; then it begins on the next day that has room.
LATEST = time(16)
# Between two looks whether another bot that began the day's has died over it.
_LOOK = timedelta(minutes=1)


def register(desk: Desk) -> None:
    """Sign up."""
    desk.each_tick(Mornings().look)
    desk.action(views.OPEN, evaluation_move.open_year, Action.PLAN_EVALUATIONS)
    desk.action(views.PAGE, evaluation_move.turn_page, Action.PLAN_EVALUATIONS)
    desk.action(views.MENU, evaluation_move.choose, Action.PLAN_EVALUATIONS)
    desk.submit(move_views.MOVED, evaluation_move.move, Action.PLAN_EVALUATIONS)
    desk.submit(move_views.CHOSEN, evaluation_move.other_questions, Action.PLAN_EVALUATIONS)
    desk.submit(move_views.ASKED, evaluation_move.ask_now, Action.PLAN_EVALUATIONS)


class Mornings:
    """Which day each library's rounds were opened on last."""

    def __init__(self) -> None:
        self._done: dict[str, date] = {}
        self._next: dict[str, datetime] = {}
        self._opening: set[str] = set()

    async def look(self, house: House, now: datetime) -> None:
        """Begin with each library whose morning has come; the opening goes on by itself.

        Five hundred on one morning hold up nothing else that is due.
        """
        for team in await house.teams.all():
            await survived("The evaluations of the day", self._look(house, team, now))

    async def _look(self, house: House, team: str, now: datetime) -> None:
        library = await settings(house, team)
        calendar = calendar_of(library)
        today, at = calendar.day(now), now.astimezone(calendar.zone).time()
        if not library.switched_on or not NINE <= at <= LATEST or not calendar.is_working(today):
            return
        waits = now < self._next.get(team, now) <= now + _LOOK
        if self._done.get(team) == today or team in self._opening or waits:
            return
        planned = calendar.moment(today, NINE)
        if await house.store.read(job_run.last, team, JOB, now) == planned:
            self._done[team] = today
            return
        self._next[team] = now + _LOOK  # also where another bot is at it
        if await house.store.write(job_run.claim, team, JOB, planned, house.clock.real()):
            self._opening.add(team)
            house.carry_on(self._day(house, team, planned))

    async def _day(self, house: House, team: str, planned: datetime) -> None:
        try:
            await survived("Opening the evaluations of the day", open_day(house, team, planned))
        finally:
            self._opening.discard(team)


async def open_day(house: House, team: str, planned: datetime) -> None:
    """Open what the plan has for this day, each in its own transaction; then the day is done.

    Where one went wrong, the day is let go: the next look tries again what is not open yet.
    """
    client = await house.teams.client(team)
    all_went_well = True
    if client is not None:
        year = await ahead(house, client, team)
        for line in year.lines:
            if line.how is How.PLANNED and line.on == year.today:
                went_well = await survived("Opening an evaluation", _opened(house, team, line))
                all_went_well = all_went_well and went_well
    if not all_went_well:
        await house.store.write(job_run.let_go, team, JOB, planned)
        return
    await house.store.write(job_run.complete, team, JOB, planned, house.clock.now())


async def _opened(house: House, team: str, line: Line) -> None:
    try:
        await open_line(house, team, line)
    except UserError as refused:
        log.warning("An evaluation did not open: %s", refused.msgid)
