"""The leader's page of a quarter: `/partner kvartal`, and sent to who has chosen to get it.

Its job puts one delivery for each of them; both have unique keys, so no restart and no second bot
says it again.
"""

from dataclasses import replace
from datetime import datetime

from slack_sdk.web.async_client import AsyncWebClient
from slackblocks import ModalView

from bot.reminder import Value
from bot.reminder_budget import Kind as Budgeted
from bot.report import FRESH, Page, Quarter, is_empty, page
from bot.timetable import Calendar, Row, calendar_of
from bot.timetable_week import NINE, Tuesdays
from bot.workspace import Frequency, Member
from bot.workspace_roles import Action
from handlers import access
from handlers.desk import Desk
from handlers.house import House
from handlers.language import settings, translator
from handlers.turn import Turn
from handlers.views import report as views
from handlers.views.parts import Reply
from handlers.views.report import Reader
from storage import delivery as deliveries
from storage import digest_quiet, report_waiting
from storage import report as facts_of
from storage import workspace as settings_of
from storage.database import Connection
from storage.delivery import Delivery

KIND = "report"
_TEN = 10  # a delivery's subject is the year and the quarter: 20264


def register(desk: Desk) -> None:
    """Sign up."""
    desk.runs(Row(KIND, QuarterMorning()), plan)
    # She has asked for it herself: it counts, and waits for nothing that others ask of her.
    says, value = Budgeted.REQUEST, Value.PROMISE
    desk.delivers(KIND, compose, unasked=True, says=says, value=value, until=until)
    desk.action(views.OPEN, begin, Action.SEE_REPORT)
    desk.action(views.PAGE, turn_page, Action.SEE_REPORT)
    desk.action(views.SEND, choose, Action.SEE_REPORT)
    desk.action(views.STOP, choose, Action.SEE_REPORT)


async def begin(turn: Turn) -> None:
    """`/partner kvartal`: the running quarter as far as it has come."""
    await turn.open(await _view(turn, Quarter.of(turn.today)))


async def turn_page(turn: Turn) -> None:
    """Another quarter."""
    await turn.show(await _view(turn, Quarter.read(turn.value)))


async def choose(turn: Turn) -> None:
    """To get the page from now on, or not any more."""
    gets_it = turn.clicked["action_id"] == views.SEND
    member = await turn.write(_choose, turn, gets_it=gets_it)
    if turn.in_modal:
        await turn.turn_into(await _view(turn, Quarter.read(turn.value)))
    else:
        await turn.reply(views.chosen(turn.t, await _reader(turn, member)))


class QuarterMorning:
    """The first partner morning of each quarter: not in July, nor at the turn of the year."""

    def due(self, last: datetime, now: datetime, calendar: Calendar) -> datetime | None:
        """As of any When; a library begins with its next quarter."""
        planned = morning(Quarter.of(calendar.day(now)), calendar)
        return planned if last < planned <= now else None


def morning(quarter: Quarter, calendar: Calendar) -> datetime:
    """The one of that quarter."""
    return calendar.moment(Tuesdays(calendar).first_from(quarter.first), NINE)


def plan(conn: Connection, team: str, planned: datetime, _: datetime) -> None:
    """Put the page of the quarter before for each who has chosen it."""
    calendar = calendar_of(settings_of.settings(conn, team))
    told = Quarter.of(calendar.day(planned)).before
    for user in facts_of.readers(conn, team):
        deliveries.put(conn, team, _delivery(told, user, planned))


def _delivery(told: Quarter, user: str, planned: datetime) -> Delivery:
    subject = told.year * _TEN + told.number
    return Delivery(KIND, subject, user, planned, f"{KIND}.{told.key}.{user}")


def until(delivery: Delivery, _: Calendar) -> datetime:
    """When it is no news any more."""
    return delivery.due + FRESH


async def compose(house: House, team: str, delivery: Delivery) -> Reply | None:
    """The page as it is at this moment.

    None where she has chosen otherwise, or there is nothing to tell.
    """
    client = await house.teams.client(team)
    member = await house.store.read(settings_of.member, team, delivery.to)
    if client is None or not member.quarterly or member.frequency is Frequency.NEVER:
        return None
    quarter = Quarter(*divmod(delivery.subject_id, _TEN))
    told = await made(house, client, team, quarter, sent=True)
    t = await translator(house, team, delivery.to)
    return None if is_empty(told) else views.message(t, told)


async def made(
    house: House, client: AsyncWebClient, team: str, quarter: Quarter, *, sent: bool = False
) -> Page:
    """That quarter's page by now; what is to be decided stands on the running one, and as sent."""
    calendar = calendar_of(await settings(house, team))
    today = calendar.day(house.clock.now())
    responsibles = await house.store.read(digest_quiet.responsibles, team)
    here = await access.still_here(house, client, team, responsibles)
    left = frozenset(responsibles).difference(here)
    wanted = facts_of.Asked(quarter, today, calendar, sent=sent)
    told = page(quarter, await house.store.read(facts_of.facts, team, wanted, left), today)
    return replace(told, names=await house.store.read(report_waiting.names, team, told.shown))


async def _view(turn: Turn, quarter: Quarter) -> ModalView:
    told = await made(turn.house, turn.client, turn.team, quarter)
    member = await turn.read(settings_of.member, turn.user)
    newest = quarter >= Quarter.of(turn.today)
    return views.report_view(turn.t, told, await _reader(turn, member), newest=newest)


async def _reader(turn: Turn, member: Member) -> Reader:
    calendar = calendar_of(await turn.library())
    running = Quarter.of(turn.today)
    mornings = (morning(one, calendar) for one in (running, running.after))
    coming = next((one for one in mornings if one > turn.now), None)
    return Reader.of(member, calendar.day(coming) if coming else None, turn.today)


def _choose(conn: Connection, team: str, turn: Turn, *, gets_it: bool) -> Member:
    """What else she has chosen stays."""
    chosen = replace(settings_of.member(conn, team, turn.user), quarterly=gets_it)
    settings_of.save_member(conn, team, turn.user, chosen, turn.now)
    return chosen
