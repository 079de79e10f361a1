"""Weekly messages as they were put together: stored before they are said, and drawn anew after."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.sql.selectable import NamedFromClause

from bot.contact import Kind
from bot.reminder import Thing, Value, What
from bot.reminder_week import Line, Weekly
from bot.round import Standing
from storage.circle_tables import QUESTION
from storage.contact_tables import CONTACT
from storage.delivery import DELIVERY, WAITING, State, mine
from storage.evaluation_tables import STEP as AGREED
from storage.partner_tables import CHANGE
from storage.reminder import mentioned
from storage.reminder_tables import HANDOVER, LETTER, TOLD
from storage.round_tables import INVITED, ROUND
from storage.schema import among, upsert
from storage.tjek_step import TJEK_STEP

_ASKS = (What.CARE, What.AGREEMENT)  # what a contact answers
# Fields of a partner: whether and of whom anything is asked about it.
_DECIDES = ("next_step", "next_step_on", "responsible", "deputy", "status")

_OFF = TOLD.alias("put_off")

_Look = tuple[
    NamedFromClause,
    Sequence[What],
    sa.ColumnElement[bool],
    Sequence[sa.ColumnElement[object]],
]


@dataclass(frozen=True)
class Letter:
    """One message, with what it held on its day."""

    key: str  # of its delivery
    user: str
    on: date
    weekly: Weekly


@dataclass(frozen=True)
class _Besides:
    """What is no line."""

    more: int
    on_the_way: Sequence[int]
    turns_monthly: bool
    last: Sequence[str]  # the keys of things that were mentioned for the last time


def keep(conn: sa.Connection, team: str, letter: Letter) -> bool:
    """Store it in place of what was put together under that key before and never said.

    False where somebody else has begun to say it: what she reads stays as it is stored.
    """
    waits = sa.select(DELIVERY.c.key).where(*mine(team, letter.key), DELIVERY.c.state == WAITING)
    if conn.execute(waits.with_for_update()).one_or_none() is None:
        return False
    weekly = letter.weekly
    conn.execute(sa.delete(TOLD).where(TOLD.c.team_id == team, TOLD.c.letter == letter.key))
    things = [line.thing for line in weekly.lines]
    mentioned(conn, team, letter.user, things, letter.on, letter=letter.key)
    last = [line.thing.key for line in weekly.lines if line.last]
    besides = _Besides(weekly.more, weekly.on_the_way, weekly.turns_monthly, last)
    row = {"team_id": team, "key": letter.key, "user_id": letter.user, "on": letter.on}
    upsert(conn, LETTER, row | {"besides": asdict(besides)})
    return True


def get(conn: sa.Connection, team: str, key: str) -> Letter | None:
    """The message under that key, its lines in their order."""
    own = (LETTER.c.team_id == team, LETTER.c.key == key)
    row = conn.execute(sa.select(LETTER).where(*own)).one_or_none()
    if row is None:
        return None
    besides = _Besides(**row.besides)
    lines = sa.select(TOLD).where(TOLD.c.team_id == team, TOLD.c.letter == key).order_by(TOLD.c.id)
    things = [_thing(told) for told in conn.execute(lines)]
    weekly = Weekly(
        tuple(Line(thing, thing.key in besides.last) for thing in things),
        besides.more,
        tuple(besides.on_the_way),
        besides.turns_monthly,
    )
    return Letter(key, row.user_id, row.on, weekly)


def overtaken(conn: sa.Connection, team: str, since: date) -> list[tuple[str, str]]:
    """Messages said from that day on of which a line is no longer so, each with what has happened.

    Whoever did it, she herself too, elsewhere: what she did in the message is drawn as it is.
    """
    found: list[tuple[str, str]] = []
    said = DELIVERY.c.unasked_at
    for table, whats, which, numbers in _looks(said):
        query = (
            sa.select(LETTER.c.key, *numbers)
            .select_from(LETTER)
            .join(TOLD, (TOLD.c.team_id == LETTER.c.team_id) & (TOLD.c.letter == LETTER.c.key))
            .join(
                DELIVERY,
                (DELIVERY.c.team_id == LETTER.c.team_id) & (DELIVERY.c.key == LETTER.c.key),
            )
            .join(table, (table.c.team_id == LETTER.c.team_id) & which)
            .where(LETTER.c.team_id == team, LETTER.c.on >= since)
            .where(TOLD.c.what.in_(whats), DELIVERY.c.state == State.SAID)
            .order_by(LETTER.c.key, *numbers)
        )
        rows = conn.execute(query).all()
        found += [(row[0], ".".join([table.name, *map(str, row[1:])])) for row in rows]
    return found


def naming(conn: sa.Connection, team: str, partner_id: int, since: date) -> list[str]:
    """The keys of messages from that day on, said or just being said, in which a partner stands."""
    lines = sa.select(TOLD.c.letter).where(TOLD.c.team_id == team, TOLD.c.partner_id == partner_id)
    own = sa.select(LETTER.c.key, LETTER.c.besides, LETTER.c.key.in_(lines).label("in_a_line"))
    there = (DELIVERY.c.team_id == LETTER.c.team_id) & (DELIVERY.c.key == LETTER.c.key)
    query = (
        own.join(DELIVERY, there)
        .where(LETTER.c.team_id == team, LETTER.c.on >= since)
        .where(DELIVERY.c.state.in_((State.SAID, State.SENDING)))
        .order_by(LETTER.c.key)
    )
    rows = conn.execute(query).all()
    return [
        row.key for row in rows if row.in_a_line or partner_id in _Besides(**row.besides).on_the_way
    ]


def were_hers(
    conn: sa.Connection, team: str, user: str, partner_ids: Sequence[int], since: datetime
) -> set[int]:
    """The partners for which that colleague was responsible until some moment after it."""
    query = sa.select(CHANGE.c.partner_id, CHANGE.c.before).where(
        CHANGE.c.team_id == team,
        among(CHANGE.c.partner_id, partner_ids),
        CHANGE.c.field == "responsible",
        CHANGE.c.at > since,
    )
    return {row.partner_id for row in conn.execute(query) if row.before == user}


def said_at(conn: sa.Connection, team: str, key: str) -> datetime | None:
    """When it was said; None while it is not."""
    said = (*mine(team, key), DELIVERY.c.state == State.SAID)
    return conn.execute(sa.select(DELIVERY.c.unasked_at).where(*said)).scalar_one_or_none()


def _looks(said: sa.ColumnElement[datetime]) -> Sequence[_Look]:
    """What makes lines of a message that was said at that moment another."""
    noted = (CONTACT.c.partner_id == TOLD.c.partner_id) & (CONTACT.c.noted_at > said)
    noted &= CONTACT.c.kind != Kind.READ_IN
    edited = (CHANGE.c.partner_id == TOLD.c.partner_id) & (CHANGE.c.at > said)
    edited &= CHANGE.c.field.in_(_DECIDES)
    answered = sa.func.coalesce(QUESTION.c.answered_at, QUESTION.c.withdrawn_at)
    settled = (QUESTION.c.id == TOLD.c.subject_id) & (answered > said)
    done = (TJEK_STEP.c.tjek_id == TOLD.c.subject_id) & (TJEK_STEP.c.user_id == LETTER.c.user_id)
    done &= TJEK_STEP.c.done_at > said
    settled_step = (AGREED.c.id == TOLD.c.subject_id) & (AGREED.c.done_at > said)
    # She had not answered, or it would be no line.
    hers = (INVITED.c.round_id == TOLD.c.subject_id) & (INVITED.c.user_id == LETTER.c.user_id)
    hers &= INVITED.c.standing != Standing.WAITING
    ended = (ROUND.c.id == TOLD.c.subject_id) & (
        (ROUND.c.revealed_at > said) | (ROUND.c.closed_at > said)
    )
    own_offer = (HANDOVER.c.id == TOLD.c.subject_id) & (HANDOVER.c.settled_at > said)
    on_offer = (HANDOVER.c.partner_id == TOLD.c.partner_id) & (
        (HANDOVER.c.at > said) | (HANDOVER.c.settled_at > said)
    )
    offer = (HANDOVER.c.id, HANDOVER.c.version)
    about = TOLD.c.partner_id.is_not_distinct_from(_OFF.c.partner_id)
    put_off = about & (_OFF.c.what == TOLD.c.what) & (_OFF.c.subject_id == TOLD.c.subject_id)
    put_off &= (_OFF.c.user_id == LETTER.c.user_id) & _OFF.c.until.is_not(None)
    put_off &= _OFF.c.on >= LETTER.c.on
    return (
        (CONTACT, _ASKS, noted, (CONTACT.c.id, CONTACT.c.version)),
        (CHANGE, (*_ASKS, What.STEP), edited, (CHANGE.c.id,)),
        (QUESTION, (What.QUESTION,), settled, (QUESTION.c.id,)),
        (TJEK_STEP, (What.TASK,), done, (TJEK_STEP.c.tjek_id,)),
        (AGREED, (What.AGREED,), settled_step, (AGREED.c.id,)),
        (INVITED, (What.ROUND,), hers, (INVITED.c.round_id,)),
        (ROUND, (What.ROUND, What.DECISION), ended, (ROUND.c.id,)),
        (HANDOVER, (What.HANDOVER,), own_offer, offer),
        (HANDOVER, (*_ASKS, What.STEP, What.QUESTION), on_offer, offer),
        (_OFF, tuple(What), put_off, (_OFF.c.id,)),
    )


def _thing(told: sa.Row[tuple[object, ...]]) -> Thing:
    number = told.partner_id if told.subject_id == 0 else told.subject_id
    return Thing(told.what, number, Value.REST, told.on, told.partner_id)
