"""What care puts on a colleague's Home: relations gone quiet, offers, and who is on the way.

Everything that is due stands there until it is done, whether it was mentioned, put off, or neither.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.home import Left, Offered, Quiet
from bot.partner import Partner
from bot.reminder import Past, Thing, What, is_put_off
from bot.reminder_handover import OPEN_FOR, TOLD_FOR, Handover, answer, is_news
from bot.timetable import Calendar
from bot.workspace_roles import Role
from handlers.reminder_left import left_behind
from handlers.reminder_waiting import Reader, waiting
from handlers.turn import Turn
from storage import contact as contacts_of
from storage import partner as register_of
from storage import reminder_cadence as care_of
from storage import reminder_handover as handovers
from storage.database import Connection

ON_THE_WAY = 5


@dataclass(frozen=True)
class Cared:
    """What there is of it for one person, before it is loaded."""

    reader: Reader
    quiet: Sequence[Thing]  # the longest first
    offers: Sequence[int]  # handovers
    past: Mapping[str, Past]
    on_the_way: Sequence[int]  # partners
    left: Sequence[Left] = ()


async def cared(turn: Turn) -> Cared:
    """What there is for this person."""
    reader = Reader(turn.team, turn.user, turn.now, Calendar(turn.t.zone))
    found = await waiting(turn.house, turn.client, reader)
    quiet = [one for one in found.things if one.what in (What.CARE, What.AGREEMENT)]
    offers = [one.subject_id for one in found.things if one.what is What.HANDOVER]
    left: Sequence[Left] = ()
    if turn.role is Role.COORDINATOR:
        left = await left_behind(turn.house, turn.client, turn.team)
    quiet.sort(key=lambda one: one.due_on)
    # "It can wait" contradicts whatever else is due with them.
    due = {one.partner_id for one in found.things}
    on_the_way = [number for number in found.on_the_way if number not in due][:ON_THE_WAY]
    return Cared(reader, quiet, offers, found.past, on_the_way, left)


def quiet(care: Cared, conn: Connection, team: str, things: Sequence[Thing]) -> list[Quiet]:
    """These relations that have gone quiet."""
    numbers = [one.subject_id for one in things]
    partners = _partners(conn, team, numbers)
    last = contacts_of.last_of(conn, team, numbers)
    own = care_of.own_of(conn, team, numbers)

    def told(thing: Thing, partner: Partner) -> Quiet:
        past = care.past.get(thing.key)
        off = past and is_put_off(past, care.reader.today)
        _, ends = own.get(partner.id, (None, None))
        until = past.put_off_until if past and off else None
        return Quiet(thing, partner, last.get(partner.id), ends, until)

    return [told(one, partners[one.subject_id]) for one in things if one.subject_id in partners]


def offers(conn: Connection, team: str, numbers: Sequence[int]) -> list[tuple[Handover, Partner]]:
    """These partners that a colleague wants to hand over to her."""
    return _about(conn, team, handovers.get_many(conn, team, numbers))


def on_the_way(conn: Connection, team: str, care: Cared) -> list[Partner]:
    """The first of those who may be quiet for a while yet."""
    return register_of.get_many(conn, team, care.on_the_way)


def offered(conn: Connection, reader: Reader) -> list[Offered]:
    """What she has offered to colleagues, and what she hears of it."""
    since = reader.now - OPEN_FOR - TOLD_FOR
    asked = handovers.asked_by(conn, reader.team, reader.user, since)
    news = [one for one in asked if is_news(one, reader.now)]
    about = _about(conn, reader.team, news)
    heard = [(one, partner, answer(one, partner, reader.now)) for one, partner in about]
    return [Offered(one, partner, what) for one, partner, what in heard if what]


def _about(
    conn: Connection, team: str, handed: Sequence[Handover]
) -> list[tuple[Handover, Partner]]:
    partners = _partners(conn, team, [one.partner_id for one in handed])
    return [(one, partners[one.partner_id]) for one in handed if one.partner_id in partners]


def _partners(conn: Connection, team: str, numbers: Sequence[int]) -> Mapping[int, Partner]:
    """Those of them that are still there: one may have been made one with another meanwhile."""
    return {one.id: one for one in register_of.get_many(conn, team, numbers)}
