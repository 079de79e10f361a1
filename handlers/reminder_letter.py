"""The weekly message put together when its moment has come, and drawn anew when a line is over."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from slack_sdk.errors import SlackApiError

from bot.reminder import Past, Thing, What
from bot.reminder_handover import Answer, Handover, answer
from bot.reminder_letter import KEPT_UP_DAYS, Became, Now, became
from bot.reminder_week import Weekly, is_her_day, turns_monthly, weekly
from bot.timetable_week import Tuesdays, week_of
from bot.workspace import Frequency
from handlers import access
from handlers.delivery import NotYet
from handlers.delivery_budget import calendar_for
from handlers.delivery_slack import NEVER
from handlers.house import House
from handlers.language import translator
from handlers.reminder_plan import WEEKLY
from handlers.reminder_shown import shown_of
from handlers.reminder_waiting import Reader, Waiting, waiting
from handlers.turn import Turn
from handlers.views import reminder as views
from handlers.views.parts import Reply
from storage import contact as contacts_of
from storage import delivery as deliveries
from storage import partner as register_of
from storage import reminder as told_of
from storage import reminder_handover as handovers
from storage import reminder_letter as letters
from storage import workspace as settings_of
from storage.database import Connection
from storage.delivery import Delivery, State
from storage.reminder_letter import Letter

REDRAWN = "reminder.redrawn"  # kind of delivery: to nobody, for it is said already

_NEVER = NEVER | {"message_not_found", "cant_update_message", "edit_window_closed"}


async def compose(house: House, team: str, delivery: Delivery) -> Reply | None:
    """What is due for her now; None where it is nothing, or not her day."""
    client = await house.teams.client(team)
    if client is None:
        return None
    calendar = await calendar_for(house, client, team, delivery.to)
    reader = Reader(team, delivery.to, house.clock.now(), calendar)
    member = await house.store.read(settings_of.member, team, reader.user)
    silent = await house.store.read(told_of.silent, team, reader.user, WEEKLY)
    if not _is_hers(delivery, reader, member.frequency, silent):
        return None
    found = await waiting(house, client, reader)
    told = weekly(
        found.things,
        found.past,
        reader.today,
        on_the_way=found.on_the_way,
        turns_monthly=turns_monthly(member.frequency, silent),
    )
    if told is None:
        return None
    letter = Letter(delivery.key, reader.user, reader.today, told)
    if not await house.store.write(letters.keep, team, letter):
        return None  # another process was faster
    return await _drawn(house, reader, told)


def overtaken(turn: Turn) -> None:
    """After what somebody did: lines that it has settled say so."""
    turn.house.carry_on(_overtaken(turn.house, turn.team, turn.now))


async def _overtaken(house: House, team: str, now: datetime) -> None:
    since = now.date() - timedelta(days=KEPT_UP_DAYS)

    def load(conn: Connection, team: str) -> list[Delivery]:
        found = letters.overtaken(conn, team, since)
        every = [Delivery(REDRAWN, 0, "", now, f"{REDRAWN}.{what}.{key}") for key, what in found]
        return [one for one in every if deliveries.outcome(conn, team, one.key) is None]

    def save(conn: Connection, team: str) -> None:
        for one in new:
            deliveries.put(conn, team, one)

    if new := await house.store.read(load, team):
        await house.store.write(save, team)
        house.wake()


def forgotten(conn: Connection, team: str, partner_id: int, person_id: int, now: datetime) -> None:
    """Messages that name the partner are drawn anew, in the transaction that forgets a person."""
    since = now.date() - timedelta(days=KEPT_UP_DAYS)
    what = f"{REDRAWN}.person.{person_id}.{now.timestamp()}"
    for key in letters.naming(conn, team, partner_id, since):
        deliveries.put(conn, team, Delivery(REDRAWN, 0, "", now, f"{what}.{key}"))


async def redraw(house: House, team: str, delivery: Delivery) -> None:
    """Draw a message anew, each line as it stands."""
    key = delivery.key[delivery.key.index(WEEKLY) :]
    outcome = await house.store.read(deliveries.outcome, team, key)
    if outcome and outcome.state is State.SENDING:
        raise NotYet
    client = await house.teams.client(team)
    letter = await house.store.read(letters.get, team, key)
    place = await house.store.read(deliveries.place, team, key)
    said_at = await house.store.read(letters.said_at, team, key)
    if client is None or letter is None or place is None or said_at is None:
        return
    calendar = await calendar_for(house, client, team, letter.user)
    reader = Reader(team, letter.user, house.clock.now(), calendar)
    found = await waiting(house, client, reader)
    asked = await house.store.read(_asked, reader)
    stands = await house.store.read(_stands, reader, letter, found, said_at, asked)
    again = {
        one: Tuesdays(calendar).first_from(past.put_off_until)
        for one, past in found.past.items()
        if past.put_off_until
    }
    asked_to = {number: offer.to for number, offer in asked.items()}
    drawn = await _drawn(house, reader, letter.weekly, stands, again, asked_to)
    message: dict[str, Any] = drawn.payload()
    try:
        await client.chat_update(channel=place[0], ts=place[1], **message)
    except SlackApiError as error:
        if error.response.get("error") not in _NEVER:
            raise


async def _drawn(
    house: House,
    reader: Reader,
    told: Weekly,
    stands: Mapping[str, Became] | None = None,
    again: Mapping[str, date] | None = None,
    asked_to: Mapping[int, str] | None = None,
) -> Reply:
    team, client = reader.team, await house.teams.client(reader.team)
    shown = await house.store.read(
        shown_of, reader, [line.thing for line in told.lines], told.on_the_way
    )
    shown = replace(shown, again=again or {}, asked_to={**(asked_to or {}), **shown.asked_to})
    if client:
        profile = await access.known(house, client, team, reader.user)
        responsibles = {one.responsible for one in shown.partners.values() if one.responsible}
        here = await access.still_here(house, client, team, responsibles)
        left = responsibles.difference(here)
        shown = replace(shown, name=access.first_name(profile), left=left)
    return views.message(await translator(house, team, reader.user), told, shown, stands)


def _asked(conn: Connection, reader: Reader) -> dict[int, Handover]:
    """What she has offered to colleagues of late, by the partner."""
    since = reader.now - timedelta(days=KEPT_UP_DAYS)
    offered = handovers.asked_by(conn, reader.team, reader.user, since)
    return {offer.partner_id: offer for offer in offered}


def _stands(
    conn: Connection,
    reader: Reader,
    letter: Letter,
    found: Waiting,
    said_at: datetime,
    asked: Mapping[int, Handover],
) -> dict[str, Became]:
    things = [line.thing for line in letter.weekly.lines]
    waits = {thing.key for thing in found.things}
    numbers = [thing.partner_id for thing in things if thing.partner_id]
    last = contacts_of.last_of(conn, reader.team, numbers)
    partners = {one.id: one for one in register_of.get_many(conn, reader.team, numbers)}
    lost = letters.were_hers(conn, reader.team, reader.user, numbers, said_at)
    offers = [thing.subject_id for thing in things if thing.what is What.HANDOVER]
    declined = handovers.declined_among(conn, reader.team, offers)
    on_offer = handovers.open_about(conn, reader.team, numbers, reader.now)

    def answer_about(number: int) -> Answer | None:
        mine, partner = asked.get(number), partners.get(number)
        if mine is None or partner is None or (mine.settled_at or said_at) <= said_at:
            return None
        return answer(mine, partner, reader.now)

    def stands(thing: Thing) -> Now:
        number = thing.partner_id or 0
        return Now(
            thing.key in waits,
            found.past.get(thing.key, Past()),
            last.get(number),
            partners.get(number),
            was_hers=number in lost,
            offered=number in on_offer,
            answer=answer_about(number),
            declined=thing.what is What.HANDOVER and thing.subject_id in declined,
        )

    return {
        thing.key: became(
            thing.what,
            stands(thing),
            user=reader.user,
            said_at=said_at,
            today=reader.today,
        )
        for thing in things
    }


def _is_hers(delivery: Delivery, reader: Reader, frequency: Frequency, silent: int) -> bool:
    """Whether it is still the week it was planned for, and hers to hear of."""
    tuesdays = Tuesdays(reader.calendar)
    if week_of(reader.today) != week_of(reader.calendar.day(delivery.due)):
        return False
    day = tuesdays.day_in(reader.today)
    return day is not None and is_her_day(day, frequency, silent, tuesdays)
