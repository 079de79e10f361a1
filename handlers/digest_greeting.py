"""A coordinator's line on top of the next digest."""

from datetime import date

from bot import guard
from bot.digest import GREETING_LENGTH, signed
from bot.edits import edited_text
from bot.timetable import calendar_of
from bot.timetable_week import Tuesdays, week_of
from bot.workspace_roles import Action
from handlers import access
from handlers.desk import Desk
from handlers.turn import Next, Turn
from handlers.views import digest_greeting as views
from handlers.views.notice import notice_view
from storage import digest_greeting as greetings
from storage.database import Connection
from storage.digest_greeting import Greeting


def register(desk: Desk) -> None:
    """Sign up."""
    desk.action(views.GREET, ask, Action.LIBRARY_SETTINGS)
    desk.submit(views.FORM, keep, Action.LIBRARY_SETTINGS)


async def next_day(turn: Turn) -> date | None:
    """The library's next partner day: today only while its nine o'clock is still to come."""
    calendar = calendar_of(await turn.library())
    moment = Tuesdays(calendar).following(turn.now)
    return calendar.day(moment) if moment else None


async def ask(turn: Turn) -> None:
    """What shall stand there?"""
    day = await next_day(turn)
    if day is None:
        await turn.reply(views.never(turn.t))
        return
    greeting = await turn.read(greetings.of_week, week_of(day))
    await turn.open(views.form_view(turn.t, day, turn.today, greeting.text))


async def keep(turn: Turn) -> Next:
    """Keep it for the one that comes next, by now; first tell that a colleague was faster."""
    text = guard.line(views.read_text(turn.typed), field=views.TEXT, limit=GREETING_LENGTH)
    day = await next_day(turn)
    if day is None:
        return Next(notice_view(turn.t, views.never(turn.t)))
    theirs = await turn.claim(_keep, turn, day, text)
    if theirs:
        above = views.changed_meanwhile(turn.t, theirs.by, theirs.text)
        form = views.form_view(turn.t, day, turn.today, theirs.text, above, typed=text)
        return Next(form)
    turn.saved = True
    called = await access.first_names(turn.house, turn.client, turn.team, [turn.user])
    shown = signed(text, called.get(turn.user, ""))
    return Next(notice_view(turn.t, views.kept(turn.t, day, turn.today, shown)))


def _keep(conn: Connection, team: str, turn: Turn, day: date, text: str) -> Greeting | None:
    """Store it; or what a colleague has changed it to since the form was shown."""
    week = week_of(day)
    theirs = greetings.of_week(conn, team, week, lock=True)
    if edited_text(views.shown(turn.note, day), text, theirs.text) != text:
        return theirs
    greetings.keep(conn, team, week, text, by=turn.user, now=turn.now)
    return None
