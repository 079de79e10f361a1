"""The weekly message: composed when it is said, and answered line by line."""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.contact import check_undo
from bot.partner import Hit
from bot.reminder import What
from bot.translation import mark
from bot.workspace import Frequency
from bot.workspace_roles import Action
from handlers import reminder_cadence, reminder_handover, reminder_later, reminder_left
from handlers.contact import recently
from handlers.contact_keep import new, note, stored
from handlers.desk import Desk
from handlers.house import House
from handlers.partner_edit import clear_step
from handlers.reminder_later import reopened, settled
from handlers.reminder_letter import REDRAWN, compose, overtaken, redraw
from handlers.reminder_plan import SAYS, VALUE, WEEKLY, Planner, until
from handlers.reminder_shown import thing_of
from handlers.turn import Turn
from handlers.views import contact as contact_views
from handlers.views import contact_form as form
from handlers.views import reminder as views
from handlers.views import reminder_later as later_views
from handlers.views import reminder_lines as line_views
from handlers.views.parts import cut
from storage import contact as contacts_of
from storage import reminder as told_of
from storage import reminder_letter as letters
from storage import workspace as settings_of
from storage.database import Connection
from storage.delivery import Delivery

MONTHLY_NOW = mark("From now on I write once a month at most.")
WEEKLY_NOW = mark("From now on I write every week again.")

AGAIN = timedelta(minutes=10)  # between two notes that she is there


def register(desk: Desk) -> None:
    """Sign up."""
    desk.delivers(WEEKLY, compose, said, unasked=True, says=SAYS, value=VALUE, until=until)
    desk.delivers(REDRAWN, redraw)
    desk.after_saving(overtaken)
    desk.each_tick(Planner().plan)
    desk.after_each(Clicks().note)
    desk.action(line_views.YES, yes, Action.NOTE_CONTACT)
    desk.action(line_views.DONE, step_done, Action.EDIT_PARTNER)
    desk.action(views.LINE, add_line, Action.NOTE_CONTACT)
    desk.action(views.UNDO, undo, Action.NOTE_CONTACT)
    desk.action(views.FEWER, fewer, Action.OWN_SETTINGS)
    desk.action(views.WEEKLY, every_week, Action.OWN_SETTINGS)
    reminder_cadence.register(desk)
    reminder_later.register(desk)
    reminder_handover.register(desk)
    reminder_left.register(desk)


class Clicks:
    """Notes that a colleague does something in the bot, so that it is known who reads it."""

    def __init__(self) -> None:
        self._noted: dict[tuple[str, str], datetime] = {}

    def note(self, turn: Turn) -> None:
        """Take note after her answer, unless that was done just now."""
        who = (turn.team, turn.user)
        last = self._noted.get(who)
        if turn.user and (last is None or turn.now - last >= AGAIN):
            self._noted[who] = turn.now
            turn.house.carry_on(_clicked(turn.house, *who, turn.now))


async def _clicked(house: House, team: str, user: str, now: datetime) -> None:
    if await house.store.read(told_of.unanswered, team, user):
        await house.store.write(told_of.clicked, team, user, now)


async def yes(turn: Turn) -> None:
    """One click: there was a contact lately."""
    thing = await turn.read(thing_of, turn.value, turn.today)
    if "message" not in turn.body:  # on Home, which is drawn anew
        await turn.reply(await recently(turn, thing.partner_id or 0, contact_views.NOTED_LATELY))
        return
    contact = new(turn, thing.partner_id or 0)
    result = await turn.write(note, turn, contact, await turn.library())
    instead = views.noted(turn.t, turn.value, result.partner.name, result.contact)
    await turn.reply(views.redrawn(turn.body["message"], turn.value, instead), replace=True)


async def step_done(turn: Turn) -> None:
    """What she promised is done."""
    partner = await clear_step(turn)
    key = f"{What.STEP}.{partner.id}"
    await settled(turn, key, views.DONE, name=cut(partner.name, line_views.NAME))


async def add_line(turn: Turn) -> None:
    """What it was about, in the form of a contact."""
    number = int(turn.value.partition(":")[0])
    contact, partner = await turn.read(stored, number)
    origin = form.Origin(contact.id, contact.version)
    await turn.open(form.contact_view(turn.t, contact, Hit(partner.id, partner.name), origin))


async def undo(turn: Turn) -> None:
    """Take the contact back; the line is there again."""
    number, _, key = turn.value.partition(":")
    await turn.write(_take_back, turn, int(number))
    await reopened(turn, key)


async def fewer(turn: Turn) -> None:
    """One click: once a month is enough."""
    member = await turn.read(settings_of.member, turn.user)
    if member.frequency is Frequency.WEEKLY:
        await turn.write(_choose, turn.user, Frequency.MONTHLY, turn.now)
    await turn.reply(views.switched(turn.t, turn.body["message"], monthly=True), replace=True)
    await turn.reply(later_views.said(turn.t, MONTHLY_NOW))


async def every_week(turn: Turn) -> None:
    """One click: every week after all."""
    await turn.write(_choose, turn.user, Frequency.WEEKLY, turn.now)
    await turn.reply(views.switched(turn.t, turn.body["message"], monthly=False), replace=True)
    await turn.reply(later_views.said(turn.t, WEEKLY_NOW))


def said(conn: Connection, team: str, delivery: Delivery, _channel: str, _ts: str) -> None:
    """Where it says that it comes monthly from now on, it does, whatever she clicks elsewhere."""
    letter = letters.get(conn, team, delivery.key)
    member = settings_of.member(conn, team, delivery.to)
    if letter and letter.weekly.turns_monthly and member.frequency is Frequency.WEEKLY:
        _choose(conn, team, delivery.to, Frequency.MONTHLY, delivery.due)


def _choose(conn: Connection, team: str, user: str, frequency: Frequency, now: datetime) -> None:
    chosen = replace(settings_of.member(conn, team, user), frequency=frequency)
    settings_of.save_member(conn, team, user, chosen, now)


def _take_back(conn: Connection, team: str, turn: Turn, number: int) -> None:
    contact = contacts_of.existing(conn, team, number, lock=True)
    check_undo(contact, turn.user, turn.now)
    contacts_of.undo(conn, team, number, now=turn.now)
