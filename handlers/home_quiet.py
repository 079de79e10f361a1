"""What care puts on a colleague's Home: relations gone quiet, offers, and who is on the way.

Everything that is due stands there until it is done, whether it was mentioned, put off, or neither.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.home import Desktop, Left, Offered, Quiet
from bot.partner import Partner
from bot.reminder import Thing, What, is_put_off
from bot.reminder_handover import OPEN_FOR, TOLD_FOR, Handover, answer, is_news
from bot.timetable import Calendar
from bot.workspace_roles import Role
from handlers.reminder_left import left_behind
from handlers.reminder_waiting import Reader, Waiting, waiting
from handlers.turn import Turn
from storage import contact as contacts_of
from storage import partner as register_of
from storage import reminder_cadence as care_of
from storage import reminder_handover as handovers
from storage.database import Connection

MOST = 3  # of each, with three blocks at most; a Home has room for a hundred
ON_THE_WAY = 5
MOST_LEFT = 2


@dataclass(frozen=True)
class Cared:
    """The same, loaded."""

    quiet: Sequence[Quiet] = ()
    offers: Sequence[tuple[Handover, Partner]] = ()
    on_the_way: Sequence[Partner] = ()
    left: Sequence[Left] = ()
    offered: Sequence[Offered] = ()
    more: bool = False

    def on(self, desktop: Desktop) -> Desktop:
        """The desk with it."""
        more = desktop.waiting.more or self.more
        found = replace(
            desktop.waiting, quiet=self.quiet, offers=self.offers, left=self.left, more=more
        )
        return replace(desktop, waiting=found, on_the_way=self.on_the_way, offered=self.offered)


async def cared(turn: Turn) -> Cared:
    """What there is for this person."""
    reader = Reader(turn.team, turn.user, turn.now, Calendar(turn.t.zone))
    found = await waiting(turn.house, turn.client, reader)
    loaded = await turn.read(_load, found, reader)
    if turn.role is not Role.COORDINATOR:
        return loaded
    left = await left_behind(turn.house, turn.client, turn.team)
    return replace(loaded, left=left[:MOST_LEFT], more=loaded.more or len(left) > MOST_LEFT)


def _load(conn: Connection, team: str, found: Waiting, reader: Reader) -> Cared:
    things = [one for one in found.things if one.what in (What.CARE, What.AGREEMENT)]
    things.sort(key=lambda one: one.due_on)
    offered = [one.subject_id for one in found.things if one.what is What.HANDOVER]
    offers = [handovers.existing(conn, team, number) for number in offered[:MOST]]
    shown, on_the_way = things[:MOST], found.on_the_way[:ON_THE_WAY]
    numbers = [one.partner_id or 0 for one in shown] + [one.partner_id for one in offers]
    partners = {one.id: one for one in register_of.get_many(conn, team, [*numbers, *on_the_way])}
    last = contacts_of.last_of(conn, team, numbers)

    def quiet(thing: Thing) -> Quiet:
        past = found.past.get(thing.key)
        off = past and is_put_off(past, reader.today)
        number = thing.subject_id
        ends = care_of.own(conn, team, number)[1]
        until = past.put_off_until if past and off else None
        return Quiet(thing, partners[number], last.get(number), ends, until)

    return Cared(
        [quiet(thing) for thing in shown],
        [(one, partners[one.partner_id]) for one in offers],
        [partners[number] for number in on_the_way],
        offered=_offered(conn, reader),
        more=len(things) > MOST or len(offered) > MOST,
    )


def _offered(conn: Connection, reader: Reader) -> list[Offered]:
    """What she has offered to colleagues, and what she hears of it."""
    since = reader.now - OPEN_FOR - TOLD_FOR
    asked = handovers.asked_by(conn, reader.team, reader.user, since)
    news = [one for one in asked if is_news(one, reader.now)]
    found = register_of.get_many(conn, reader.team, [one.partner_id for one in news])
    partners = {one.id: one for one in found}
    about = [(one, partners[one.partner_id]) for one in news if one.partner_id in partners]
    heard = [(one, partner, answer(one, partner, reader.now)) for one, partner in about]
    return [Offered(one, partner, what) for one, partner, what in heard if what]
