"""The card of a partner as it is now, and the card that a modal was opened from drawn again."""

from dataclasses import replace
from datetime import date, datetime

from bot.evaluation_step import together
from bot.partner import Partner, RelationType
from bot.round import Kind
from bot.timetable import calendar_of
from handlers import access
from handlers.turn import Turn
from handlers.views import partner as views
from handlers.views.evaluation_card import Evaluated
from handlers.views.parts import Reply
from handlers.views.reminder_cadence import Own
from storage import (
    circle_course,
    duplicate_merge,
    evaluation_past,
    evaluation_step,
    evaluation_year,
    privacy,
    round_queries,
)
from storage import contact as contacts_of
from storage import partner as register_of
from storage import reminder_cadence as care_of
from storage import tjek as checks_of
from storage import workspace as settings_of
from storage.database import Connection


async def card(turn: Turn, partner_id: int) -> Reply:
    """The card; raises UserError where there is no such partner."""
    partner, past = await turn.read(_load, partner_id, turn.now, turn.today)
    past = replace(past, left=await left(turn, partner))
    return views.card(turn.t, await turn.library(), partner, past, turn.user, turn.today)


async def left(turn: Turn, partner: Partner) -> str | None:
    """Whose it was, where that is no colleague any more."""
    if partner.responsible is None:
        return None
    here = await access.still_here(turn.house, turn.client, turn.team, [partner.responsible])
    return None if here else partner.responsible


def remember(turn: Turn, partner_id: int) -> None:
    """A modal is opened from this card: keep the way back to it where it is a message."""
    turn.remember_message(_name(partner_id))


async def renew(turn: Turn, partner_id: int) -> None:
    """The card that the modal was opened from shows what has become of the partner."""
    reply = await card(turn, partner_id)
    below = turn.view.get("previous_view_id")
    if below:
        await turn.renew(below, views.card_view(turn.t, reply))
    else:
        turn.renew_message(_name(partner_id), reply, again=True)


def _name(partner_id: int) -> str:
    return f"card:{partner_id}"


def _load(
    conn: Connection, team: str, partner_id: int, now: datetime, today: date
) -> tuple[Partner, views.Past]:
    partner = register_of.existing(conn, team, partner_id)
    return partner, views.Past(
        contacts_of.of_partner(conn, team, partner.id),
        checks_of.of_partner(conn, team, partner.id),
        privacy.standings(conn, team, [partner.id]),
        circle_course.of_partner(conn, team, partner.id),
        duplicate_merge.undoable(conn, team, partner.id, now),
        _own(conn, team, partner),
        _evaluated(conn, team, partner.id, today),
    )


def _evaluated(conn: Connection, team: str, partner_id: int, today: date) -> Evaluated:
    last = evaluation_past.last_of(conn, team, partner_id)
    steps = evaluation_step.of(conn, team, [last[1].id]) if last else []
    return Evaluated(
        last,
        evaluation_year.next_on(conn, team, partner_id, today),
        together([one for one in steps if one.done_at is None]),
        _open_until(conn, team, partner_id),
    )


def _open_until(conn: Connection, team: str, partner_id: int) -> date | None:
    under_way = round_queries.open_about(conn, team, Kind.EVALUATION, partner_id)
    zone = calendar_of(settings_of.settings(conn, team)).zone
    return under_way[0].deadline.astimezone(zone).date() if under_way else None


def _own(conn: Connection, team: str, partner: Partner) -> Own:
    """Its agreement's end, or its own cadence: what counts for that sort of partner."""
    cadence, ends = care_of.own(conn, team, partner.id)
    in_circle = partner.relation_type is RelationType.PARTNER
    if not in_circle:
        return Own(None, None, ends)
    return Own(cadence, None, None, not care_of.not_evaluated(conn, team, [partner.id]))
