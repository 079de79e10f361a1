"""A partner handed over: one colleague is asked, and says yes or no."""

from bot.partner import Partner
from bot.reminder import Thing, Value, What
from bot.reminder_budget import Kind as Budgeted
from bot.reminder_handover import Handover, answered, is_open, offered, released, stands, taken
from bot.timetable import calendar_of
from bot.translation import mark
from bot.workspace_roles import Action
from handlers import access
from handlers.circle_asked import absent
from handlers.delivery_budget import calendar_for
from handlers.delivery_on import require_switched_on
from handlers.desk import Desk
from handlers.house import House
from handlers.language import translator
from handlers.reminder_later import hand_over, settled
from handlers.reminder_shown import shown_of
from handlers.reminder_waiting import Reader
from handlers.turn import Next, Turn
from handlers.views import reminder as views
from handlers.views import reminder_later as forms
from handlers.views import reminder_lines as line_views
from handlers.views.notice import notice_view
from handlers.views.partner_facts import next_step
from handlers.views.parts import Person, Reply, cut, notice
from storage import delivery as deliveries
from storage import partner as register_of
from storage import reminder as told_of
from storage import reminder_handover as handovers
from storage import workspace as settings_of
from storage.database import Connection
from storage.delivery import Delivery

OFFERED = "reminder.offered"  # kinds of delivery
DECLINED = "reminder.declined"
ACCEPTED = "reminder.accepted"

FREE = mark("Nobody is responsible for **{name}** now. The weekly overview asks who takes it.")


def register(desk: Desk) -> None:
    """Sign up."""
    desk.delivers(OFFERED, offer, told, unasked=True, says=Budgeted.REQUEST, value=Value.ROUND)
    desk.delivers(DECLINED, declined, unasked=True, value=Value.ROUND)
    desk.delivers(ACCEPTED, accepted, unasked=True)
    desk.submit(forms.HAND_FORM, ask, Action.TAKE_PARTNER)
    desk.action(forms.ASK_OTHER, ask_other, Action.TAKE_PARTNER)
    desk.action(forms.RELEASE, release, Action.TAKE_PARTNER)
    desk.action(line_views.ACCEPT, accept, Action.TAKE_PARTNER)
    desk.action(line_views.DECLINE, decline, Action.TAKE_PARTNER)


async def ask(turn: Turn) -> Next:
    """Ask the colleague who was chosen."""
    await require_switched_on(turn)
    to = forms.read_to(turn.typed)
    await access.check_colleagues(turn.house, turn.client, turn.team, (to,), field=forms.TO)
    gone = await absent(turn, [to])

    def save(conn: Connection, team: str) -> Partner:
        partner = register_of.existing(conn, team, int(turn.note), lock=True)
        new = handovers.offer(
            conn, team, offered(partner, to, by=turn.user, now=turn.now, absent=gone)
        )
        key = f"{OFFERED}.{new.id}"
        deliveries.put(conn, team, Delivery(OFFERED, new.id, to, turn.now, key))
        return partner

    partner = await turn.write(save)
    sentence = views.ASKED if partner.responsible == turn.user else views.ASKED_FOR
    said = forms.said(turn.t, sentence, who=Person(to), name=cut(partner.name, line_views.NAME))
    return Next(notice_view(turn.t, said))


async def ask_other(turn: Turn) -> None:
    """The one who was asked cannot; somebody else may."""
    await hand_over(turn, f"{What.CARE}.{turn.value}")


async def release(turn: Turn) -> None:
    """Nobody's, until somebody takes it."""

    def save(conn: Connection, team: str) -> Partner:
        before = register_of.existing(conn, team, int(turn.value), lock=True)
        after = released(before) if before.responsible == turn.user else before
        return register_of.update(conn, team, before, after, by=turn.user, now=turn.now)

    partner = await turn.write(save)
    await turn.reply(
        forms.said(turn.t, FREE, name=cut(partner.name, line_views.NAME)), replace=True
    )


async def accept(turn: Turn) -> None:
    """The partner is hers from now on."""
    await _settled(turn, views.YOURS, accepts=True)


async def decline(turn: Turn) -> None:
    """It stays where it is; who asked hears of it."""
    await _settled(turn, views.NO, accepts=False)


async def offer(house: House, team: str, delivery: Delivery) -> Reply | None:
    """To the one who is asked."""
    offer, partner = await house.store.read(_about, team, delivery)
    client = await house.teams.client(team)
    waits = is_open(offer, house.clock.now()) and stands(offer, partner)
    if not waits or client is None:
        return None
    calendar = await calendar_for(house, client, team, delivery.to)
    reader = Reader(team, delivery.to, house.clock.now(), calendar)
    thing = _thing(offer, reader)
    shown = await house.store.read(shown_of, reader, [thing])
    t = await translator(house, team, delivery.to)
    name = line_views.subject_of(thing, shown)
    short = notice(t("A colleague asks whether you will be responsible for {name}."), name=name)
    step = [next_step(t, partner, reader.today)] if partner.next_step else []
    blocks = [*line_views.lines(t, thing, shown), *step, *forms.foot(t, forms.BY_NAME)]
    return Reply(short, blocks)


def told(conn: Connection, team: str, delivery: Delivery, _channel: str, _ts: str) -> None:
    """She has heard of it; the weekly message names it once more at most."""
    offer = handovers.existing(conn, team, delivery.subject_id)
    calendar = calendar_of(settings_of.settings(conn, team))
    reader = Reader(team, delivery.to, delivery.due, calendar)
    told_of.mentioned(conn, team, delivery.to, [_thing(offer, reader)], reader.today)


async def declined(house: House, team: str, delivery: Delivery) -> Reply | None:
    """To the one who has asked, as long as nobody else has it since."""
    offer, partner = await house.store.read(_about, team, delivery)
    if not stands(offer, partner):
        return None
    return forms.declined(await translator(house, team, delivery.to), offer, partner)


async def accepted(house: House, team: str, delivery: Delivery) -> Reply | None:
    """To the one who has asked, unless it has changed hands again."""
    offer, partner = await house.store.read(_about, team, delivery)
    if partner.responsible != offer.to:
        return None
    return forms.accepted(await translator(house, team, delivery.to), offer, partner)


def _about(conn: Connection, team: str, delivery: Delivery) -> tuple[Handover, Partner]:
    offer = handovers.existing(conn, team, delivery.subject_id)
    return offer, register_of.existing(conn, team, offer.partner_id)


async def _settled(turn: Turn, sentence: str, *, accepts: bool) -> None:
    partner = await turn.write(_settle, turn, accepts=accepts)
    key = f"{What.HANDOVER}.{turn.value}"
    await settled(turn, key, sentence, name=cut(partner.name, line_views.NAME))


def _settle(conn: Connection, team: str, turn: Turn, *, accepts: bool) -> Partner:
    seen = handovers.existing(conn, team, int(turn.value))
    before = register_of.existing(conn, team, seen.partner_id, lock=True)
    offer = handovers.existing(conn, team, seen.id, lock=True)
    settled = answered(offer, before, turn.user, accepts=accepts, now=turn.now)
    handovers.settle(conn, team, settled)
    kind = ACCEPTED if accepts else DECLINED
    key = f"{kind}.{offer.id}"
    deliveries.put(conn, team, Delivery(kind, offer.id, offer.by, turn.now, key))
    if not accepts:
        return before
    after = taken(before, turn.user)
    return register_of.update(conn, team, before, after, by=turn.user, now=turn.now)


def _thing(offer: Handover, reader: Reader) -> Thing:
    number, since = offer.id, reader.calendar.day(offer.at)
    return Thing(What.HANDOVER, number, Value.ROUND, since, offer.partner_id)
