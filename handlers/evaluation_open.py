"""An evaluation is opened: once for an occasion and a day, all that is said of it put with it."""

from collections.abc import Collection, Sequence
from datetime import datetime

from slack_sdk.web.async_client import AsyncWebClient

from bot import evaluation_open as rules
from bot.evaluation import Evaluation, Occasion
from bot.evaluation_open import Opening, Place
from bot.partner import Partner
from bot.round import Kind, Round, State, called
from bot.timetable import Calendar, calendar_of
from handlers import access
from handlers import round as desk_of
from handlers.evaluation_channel import places_for
from handlers.house import House
from handlers.language import settings
from storage import evaluation as evaluations
from storage import evaluation_instruments as instruments_of
from storage import partner as register_of
from storage import round as rounds
from storage import round_queries
from storage import workspace as settings_of
from storage.database import Connection


async def begin(
    house: House, team: str, opening: Opening, now: datetime, *, without: Collection[str] = ()
) -> Round | None:
    """Ask Slack who is here and where to write, then open it; None where open_round() says so.

    `without` are those who are spared this one.

    Raises:
        UserError: there is no such partner any more.
        SlackApiError: Slack does not answer as it should; it can be tried again.
    """
    client = await house.teams.client(team)
    library = await settings(house, team)
    if client is None or not library.switched_on:
        return None
    partner = await house.store.read(register_of.existing, team, opening.partner_id)
    here = await still_here(house, client, team, partner, library.coordinators)
    places = await places_for(house, client, team, partner.channel, library.partner_channel)
    calendar = calendar_of(library)
    opened = await house.store.write(
        open_round,
        team,
        opening,
        now=now,
        calendar=calendar,
        here=here,
        without=without,
        places=places,
    )
    house.wake()
    return opened


async def still_here(
    house: House,
    client: AsyncWebClient,
    team: str,
    partner: Partner,
    coordinators: Collection[str],
) -> tuple[str, ...]:
    """Which of those who may be asked, or lead it, are colleagues now."""
    tied = (partner.responsible, partner.deputy, *partner.known_by, *coordinators)
    return await access.still_here(house, client, team, [user for user in tied if user])


def open_round(
    conn: Connection,
    team: str,
    opening: Opening,
    *,
    now: datetime,
    calendar: Calendar,
    here: Collection[str],
    places: Sequence[Place],
    without: Collection[str] = (),
) -> Round | None:
    """Store the evaluation and its round, and put what is said of it; all in this transaction.

    None where it is open already, or another about the same partner is; where the relation is
    over; and where there is nobody to ask, or to lead it. The partner is locked, so of two at the
    same moment the second finds what the first has done.
    """
    library = settings_of.settings(conn, team)
    partner = register_of.get(conn, team, opening.partner_id, lock=True)
    if partner is None or not library.switched_on or not rules.goes_on(partner):
        return None
    away = settings_of.away(conn, team, calendar.day(now))
    asked = rules.asked(partner, here, {*away, *without})
    leads = rules.steward(partner, here, library.coordinators)
    if not asked or not leads or _is_open(conn, team, partner, opening):
        return None
    new = _evaluation(conn, team, partner, opening, now, calendar)
    evaluation = evaluations.add(conn, team, new)
    place = rules.place_in(places, asks_partner=evaluation.asks_partner)
    this = called(
        Kind.EVALUATION,
        evaluation.id,
        by=leads,
        invited=[*asked, *rules.voices(place, asks_partner=evaluation.asks_partner)],
        now=now,
        calendar=calendar,
        deadline=rules.deadline(now, calendar),
        partner_id=partner.id,
        channel=place.channel,
        open_to_all=place.open_to_all,
    )
    stored = rounds.start(conn, team, this)
    desk_of.opened(conn, team, stored, now)
    return stored


def counted(conn: Connection, team: str, partner_id: int) -> list[Evaluation]:
    """The partner's evaluations, the newest first, without those that were called off."""
    earlier = evaluations.of_partners(conn, team, [partner_id])
    rounds_of = {one.id: evaluations.round_of(conn, team, one.id) for one in earlier}
    return [
        one for one in earlier if (this := rounds_of[one.id]) and this.state is not State.CANCELLED
    ]


def is_under_way(conn: Connection, team: str, partner_id: int) -> bool:
    """Whether people are being asked about that partner now."""
    return bool(round_queries.open_about(conn, team, Kind.EVALUATION, partner_id))


def _is_open(conn: Connection, team: str, partner: Partner, opening: Opening) -> bool:
    """By hand is as often as somebody asks; the others come once for their day."""
    if is_under_way(conn, team, partner.id):
        return True
    key = (opening.occasion, opening.due_on)
    earlier = evaluations.of_partners(conn, team, [partner.id])
    return opening.occasion is not Occasion.BY_HAND and any(
        (one.occasion, one.due_on) == key for one in earlier
    )


def _evaluation(
    conn: Connection,
    team: str,
    partner: Partner,
    opening: Opening,
    now: datetime,
    calendar: Calendar,
) -> Evaluation:
    instrument = rules.chosen(instruments_of.instruments(conn, team), partner.level, opening)
    earlier = counted(conn, team, partner.id)
    return Evaluation(
        partner_id=partner.id,
        occasion=opening.occasion,
        instrument=instrument,
        level=partner.level,
        due_on=opening.due_on,
        opened_at=now,
        subject=opening.subject,
        activity_id=opening.activity_id,
        asks_partner=rules.asks_partner(instrument, earlier, now, calendar),
    )
