"""Somebody has left Slack: no partner or next step of hers is lost; the coordinators hear."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial

from slack_sdk.web.async_client import AsyncWebClient

from bot.circle_asked import Absent
from bot.errors import UserError
from bot.home import Left
from bot.partner import Partner
from bot.reminder import Value, may_repeat
from bot.reminder_handover import Handover, candidates, offered
from bot.reminder_handover import left_behind as hers
from bot.workspace_roles import Action
from handlers import access, reminder_offers
from handlers.circle_asked import absent
from handlers.delivery_on import require_switched_on
from handlers.desk import Desk
from handlers.house import House
from handlers.language import translator
from handlers.reminder_left_step import has_any, lost_steps, take, with_subjects
from handlers.tjek_step import DONE_ALREADY
from handlers.turn import Turn
from handlers.views import reminder_left as views
from handlers.views.parts import Reply
from handlers.views.reminder_left import Asked, Behind
from storage import contact as contacts_of
from storage import delivery as deliveries
from storage import partner as register_of
from storage import reminder_cadence as care_of
from storage import reminder_handover as handovers
from storage import workspace as settings_of
from storage.database import Connection
from storage.delivery import Delivery

LEFT = "reminder.left"  # kind of delivery


def register(desk: Desk) -> None:
    """Sign up."""
    desk.delivers(LEFT, told, unasked=True, value=Value.ROUND)
    reminder_offers.register(desk)
    desk.when_left(left)
    desk.action(views.LIST, show_list, Action.LIBRARY_SETTINGS)
    desk.action(views.ASK_ALL, ask_all, Action.LIBRARY_SETTINGS)
    desk.action(views.TAKE, take_step, Action.LIBRARY_SETTINGS)


@dataclass(frozen=True)
class _Known:
    """A partner that is left behind, and colleagues by their ids."""

    partner: Partner
    last: date | None
    asked: str
    no_yes: Collection[str]

    @property
    def known_by(self) -> Sequence[str]:
        """The deputy first."""
        tied = (self.partner.deputy, *self.partner.known_by)
        return list(dict.fromkeys(user for user in tied if user))

    @property
    def users(self) -> set[str]:
        """Everybody who is named."""
        return {*self.known_by, self.asked, *self.no_yes} - {""}


async def left(turn: Turn) -> None:
    """Her partners are the coordinators' to hand on; `turn` is hers."""
    await turn.house.store.write(_tell, turn.team, [turn.user], turn.now, turn.today)


async def left_behind(house: House, client: AsyncWebClient, team: str) -> list[Left]:
    """Everybody who is no colleague any more, and has a partner or a next step still."""
    responsible = await house.store.read(care_of.responsible, team)
    here = await access.still_here(house, client, team, responsible)
    steps = await lost_steps(house, client, team)
    gone = {user for user in responsible if user not in here} | steps.keys()
    found = []
    for user, name in (await access.first_names(house, client, team, gone)).items():
        partners = await house.store.read(care_of.responsible_for, team, user)
        found.append(Left(user, name, len(partners), len(steps.get(user, ()))))
    return found


async def look_again(house: House, client: AsyncWebClient, team: str, now: datetime) -> None:
    """Of whom Slack has not told, or nobody has taken care, the coordinators hear as well."""
    gone = [one.user for one in await left_behind(house, client, team)]
    if gone:
        await house.store.write(_tell, team, gone, now, now.date())


def _tell(conn: Connection, team: str, gone: Sequence[str], now: datetime, today: date) -> None:
    library = settings_of.settings(conn, team)
    if not library.switched_on:
        return
    for user in (one for one in gone if _has_any(conn, team, one)):
        for to in library.coordinators:
            before = deliveries.put_before(conn, team, LEFT, to, about=user)
            days = tuple(moment.date() for moment in before)
            if to != user and may_repeat(days, today):
                key = f"{LEFT}.{today}.{to}.{user}"
                deliveries.put(conn, team, Delivery(LEFT, 0, to, now, key))


async def told(house: House, team: str, delivery: Delivery) -> Reply | None:
    """To a coordinator; nothing where all of them have somebody else by then."""
    gone = delivery.key.rpartition(".")[2]
    client = await house.teams.client(team)
    if client is None:
        return None
    partners = await house.store.read(_behind, team, gone)
    steps = (await lost_steps(house, client, team)).get(gone, ())
    if not partners and not steps:
        return None
    name = access.first_name(await access.known(house, client, team, gone))
    behind = Left(gone, name, len(partners), len(steps))
    return views.told(await translator(house, team, delivery.to), behind)


async def show_list(turn: Turn) -> None:
    """Which they are."""
    await _show_list(turn, turn.value)


async def _show_list(turn: Turn, gone: str) -> None:
    found = await turn.read(_known_of, turn, gone)
    behind = await _listed(turn, found)
    lost = (await lost_steps(turn.house, turn.client, turn.team)).get(gone, ())
    steps = await turn.read(with_subjects, lost)
    await turn.show(views.list_view(turn.t, behind, steps, turn.today))


async def _listed(turn: Turn, found: Sequence[_Known]) -> list[Behind]:
    users = {user for one in found for user in one.users}
    here = await access.still_here(turn.house, turn.client, turn.team, users)
    names = await access.first_names(turn.house, turn.client, turn.team, here)

    def of(users: Iterable[str]) -> list[str]:
        return [names[user] for user in users if names.get(user)]

    return [
        Behind(
            one.partner,
            one.last,
            of(one.known_by),
            names.get(one.asked, ""),
            of(sorted(one.no_yes)),
        )
        for one in found
    ]


async def take_step(turn: Turn) -> None:
    """A coordinator sees to a next step herself; she has it on Home from now on."""
    number, _, gone = turn.value.partition(".")
    here = await access.still_here(turn.house, turn.client, turn.team, [gone])
    taken = partial(take, of=gone, to=turn.user)
    if here or not await turn.write(taken, int(number)):
        raise UserError(DONE_ALREADY)
    await _show_list(turn, gone)


async def ask_all(turn: Turn) -> None:
    """Each is offered to the first of those who are tied to it, here, and not asked before."""
    await require_switched_on(turn)
    partners = await turn.read(_behind, turn.value)
    users = {user for one in partners for user in (one.deputy, *one.known_by) if user}
    gone = await absent(turn, users)
    gone = replace(gone, left=gone.left | {turn.value})
    asked = await turn.write(_ask, turn, gone)
    await turn.reply(views.asked(turn.t, asked))


def _ask(conn: Connection, team: str, turn: Turn, gone: Absent) -> Asked:
    numbers = care_of.responsible_for(conn, team, turn.value)
    partners = [register_of.existing(conn, team, number, lock=True) for number in numbers]
    now = turn.now  # they are told together that were offered in one moment
    open_ones = handovers.open_about(conn, team, numbers, now)
    before = handovers.asked_before(conn, team, numbers)
    made: list[Handover] = []
    unknown: list[str] = []
    asked_all: list[str] = []
    for partner in hers(turn.value, partners):
        to = next(iter(candidates(partner, gone, before.get(partner.id, ()))), None)
        if partner.id in open_ones:
            continue
        if to:
            new = offered(partner, to, by=turn.user, now=now, absent=gone)
            made.append(handovers.offer(conn, team, new))
        else:
            known = partner.deputy or partner.known_by
            (asked_all if known else unknown).append(partner.name)
    reminder_offers.tell(conn, team, made)
    return Asked(len(made), len(open_ones), unknown, asked_all)


def _has_any(conn: Connection, team: str, user: str) -> bool:
    return bool(_behind(conn, team, user)) or has_any(conn, team, user)


def _known_of(conn: Connection, team: str, turn: Turn, gone: str) -> list[_Known]:
    partners = _behind(conn, team, gone)
    numbers = [partner.id for partner in partners]
    last = contacts_of.last_of(conn, team, numbers)
    on_offer = handovers.open_about(conn, team, numbers, turn.now)
    before = handovers.asked_before(conn, team, numbers)

    def known(partner: Partner) -> _Known:
        contact, offer = last.get(partner.id), on_offer.get(partner.id)
        asked = offer.to if offer else ""
        no_yes = before.get(partner.id, set()) - {asked}
        return _Known(partner, contact.on if contact else None, asked, no_yes)

    return [known(partner) for partner in partners]


def _behind(conn: Connection, team: str, user: str) -> list[Partner]:
    return register_of.get_many(conn, team, care_of.responsible_for(conn, team, user))
