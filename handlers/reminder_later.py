"""Later: a line of the weekly message put off, handed over, put to rest, or not hers at all."""

from dataclasses import replace
from datetime import date

from bot.edits import rewind
from bot.errors import UserError
from bot.partner import Partner, Status
from bot.reminder import What
from bot.reminder_handover import candidates, disowned
from bot.reminder_later import Later, until
from bot.reminder_week import back_on
from bot.timetable_week import Tuesdays
from bot.translation import mark
from bot.workspace_roles import Action
from handlers.circle_asked import absent
from handlers.delivery_budget import calendar_for
from handlers.desk import Desk
from handlers.reminder_shown import shown_of, thing_of
from handlers.reminder_waiting import Reader
from handlers.turn import Next, Turn
from handlers.views import reminder as views
from handlers.views import reminder_later as forms
from handlers.views import reminder_lines as line_views
from handlers.views.notice import notice_view
from handlers.views.parts import cut
from storage import partner as register_of
from storage import reminder as told_of
from storage import workspace as settings_of
from storage.database import Connection

NO_PARTNER = mark("This cannot be handed over.")
CHANGED = mark("It has been changed since. The card shows how it is now.")


def register(desk: Desk) -> None:
    """Sign up."""
    desk.action(line_views.LATER, chosen, Action.TAKE_PARTNER)
    desk.action(views.BACK, back, Action.TAKE_PARTNER)
    desk.submit(forms.DAY_FORM, save_day, Action.TAKE_PARTNER)


async def chosen(turn: Turn) -> None:
    """One of the menu."""
    way, _, key = turn.value.partition(":")
    match Later(way):
        case Later.DATE:
            await turn.open(forms.day_view(turn.t, key, await _subject(turn, key)))
        case Later.HAND_OVER:
            await hand_over(turn, key)
        case Later.PAUSE:
            partner = await turn.write(_rest, turn, key)
            await settled(turn, key, views.RESTS, name=cut(partner.name, line_views.NAME))
        case Later.NOT_ME:
            partner = await turn.write(_not_me, turn, key)
            await settled(turn, key, views.LET_GO, name=cut(partner.name, line_views.NAME))
        case later:
            day = await _back_on(turn, until(later, turn.today))
            await turn.write(_put_off, turn, key, day)
            await settled(turn, key, views.AGAIN, **await _again(turn, key, day))


async def save_day(turn: Turn) -> Next:
    """On the day that was chosen."""
    on = until(Later.DATE, turn.today, forms.read_day(turn.typed))
    day = await _back_on(turn, on)
    await turn.write(_put_off, turn, turn.note, day)
    back = await _again(turn, turn.note, day)
    return Next(notice_view(turn.t, forms.said(turn.t, views.AGAIN, **back)))


async def hand_over(turn: Turn, key: str) -> None:
    """Whom shall I ask?"""
    thing = await turn.read(thing_of, key, turn.today)
    if thing.partner_id is None:
        raise UserError(NO_PARTNER)
    partner = await turn.read(register_of.existing, thing.partner_id)
    users = [partner.responsible, partner.deputy, *partner.known_by]
    gone = await absent(turn, [user for user in users if user])
    first = next((user for user in candidates(partner, gone) if user != turn.user), None)
    await turn.open(forms.hand_view(turn.t, partner, first, user=turn.user, today=turn.today))


async def back(turn: Turn) -> None:
    """The partner is as it was before one click; the line is there again."""
    way, _, key = turn.value.partition(":")
    ways = {str(Later.PAUSE): _wake, str(Later.NOT_ME): _mine_again, str(What.STEP): _still_to_do}
    await turn.write(ways[way], turn, key)
    await reopened(turn, key)


async def reopened(turn: Turn, key: str) -> None:
    """The line as it was before it was answered."""
    calendar = await calendar_for(turn.house, turn.client, turn.team, turn.user)
    reader = Reader(turn.team, turn.user, turn.now, calendar)
    thing = await turn.read(thing_of, key, turn.today)
    shown = await turn.house.store.read(shown_of, reader, [thing])
    instead = line_views.lines(turn.t, thing, shown)
    await turn.reply(views.redrawn(turn.body["message"], key, instead), replace=True)


async def settled(turn: Turn, key: str, sentence: str, **values: object) -> None:
    """The line says what was done (a msgid); on Home it is gone, for that is drawn anew."""
    if "message" in turn.body:
        instead = views.done(turn.t, key, sentence, **values)
        await turn.reply(views.redrawn(turn.body["message"], key, instead), replace=True)


async def _again(turn: Turn, key: str, day: date) -> dict[str, object]:
    """What comes back, and when."""
    return {"name": await _subject(turn, key), "day": turn.t.long_day(day, turn.today)}


async def _subject(turn: Turn, key: str) -> str:
    calendar = await calendar_for(turn.house, turn.client, turn.team, turn.user)
    reader = Reader(turn.team, turn.user, turn.now, calendar)
    thing = await turn.read(thing_of, key, turn.today)
    shown = await turn.house.store.read(shown_of, reader, [thing])
    return line_views.subject_of(thing, shown)


async def _back_on(turn: Turn, day: date) -> date:
    """The partner day on which it is said; what is stored is what she is told, here and on Home."""
    calendar = await calendar_for(turn.house, turn.client, turn.team, turn.user)
    member = await turn.read(settings_of.member, turn.user)
    return back_on(day, turn.now, member.frequency, Tuesdays(calendar))


def _put_off(conn: Connection, team: str, turn: Turn, key: str, day: date) -> None:
    thing = thing_of(conn, team, key, turn.today)
    told_of.put_off(conn, team, turn.user, thing, on=turn.today, until=day)


def _rest(conn: Connection, team: str, turn: Turn, key: str) -> Partner:
    before = _partner(conn, team, turn, key)
    after = replace(before, status=Status.RESTING)
    return register_of.update(conn, team, before, after, by=turn.user, now=turn.now)


def _not_me(conn: Connection, team: str, turn: Turn, key: str) -> Partner:
    """Somebody else's by now stays so."""
    before = _partner(conn, team, turn, key)
    after = disowned(before) if before.responsible == turn.user else before
    return register_of.update(conn, team, before, after, by=turn.user, now=turn.now)


def _wake(conn: Connection, team: str, turn: Turn, key: str) -> Partner:
    """The status that it had before it was put to rest."""
    before = _partner(conn, team, turn, key)
    log = register_of.changes_since(conn, team, before.id, 0)
    last = next((one for one in reversed(log) if one.field == "status"), None)
    if last is None or last.by != turn.user or before.status is not Status.RESTING:
        raise UserError(CHANGED)
    after = replace(before, status=Status(str(last.before)))
    return register_of.update(conn, team, before, after, by=turn.user, now=turn.now)


def _still_to_do(conn: Connection, team: str, turn: Turn, key: str) -> Partner:
    """The step that was said to be done last."""
    before = _partner(conn, team, turn, key)
    log = register_of.changes_since(conn, team, before.id, 0)
    last = next((one for one in reversed(log) if one.field == "next_step"), None)
    if before.next_step or last is None:
        raise UserError(CHANGED)
    same = [one for one in log if one.at == last.at and one.field.startswith("next_step")]
    after = rewind(before, same)
    return register_of.update(conn, team, before, after, by=turn.user, now=turn.now)


def _mine_again(conn: Connection, team: str, turn: Turn, key: str) -> Partner:
    before = _partner(conn, team, turn, key)
    if before.responsible:
        raise UserError(CHANGED)
    after = replace(before, responsible=turn.user)
    return register_of.update(conn, team, before, after, by=turn.user, now=turn.now)


def _partner(conn: Connection, team: str, turn: Turn, key: str) -> Partner:
    thing = thing_of(conn, team, key, turn.today)
    return register_of.existing(conn, team, thing.partner_id or 0, lock=True)
