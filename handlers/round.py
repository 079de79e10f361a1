"""Rounds at the desk: what is put down to be said when one opens, and when its answers are shown.

All of it in the transaction of what has happened, so that a restart in between loses nothing. How
many messages a reveal takes only the feature that asks can know: it hands in `Pieces`.
"""

from collections.abc import Callable
from datetime import datetime

from bot.round import Kind, Round, State, Why, to_nudge
from bot.round_steps import to_show
from bot.round_voice import is_outside
from handlers.delivery import NotYet
from handlers.delivery_slack import InThread
from handlers.house import House
from handlers.tick_plan import Compose
from handlers.views.parts import Reply
from storage import delivery as deliveries
from storage import round as rounds
from storage import round_queries
from storage import workspace as settings_of
from storage.database import Connection
from storage.delivery import Delivery, Outcome
from storage.delivery import State as Became

# What is said; each feature that asks composes its own, under kind_of().
OPENED = "opened"  # the message that the thread hangs on
INVITATION = "invitation"
NUDGE = "nudge"
REVEAL = "reveal"
DECISION = "decision"
RENEWAL = "renewal"  # nothing is said: the message in the channel is brought up to date
# Nothing is said: a person's invitation is brought up to date. It sorts after REVEAL, which goes
# out first.
STANDING = "standing"
UNSHOWN = "unshown"  # to who leads the round: the channel does not take the answers
UNPLACED = "unplaced"  # to who leads the round: there is no channel, or it takes no message

NO_CHANNEL = "no_channel"  # a reason beside Slack's own

_CORRECTED = ".corrected."
_NOBODY = ""  # hears of it

Pieces = Callable[[Connection, str, Round], int]


def kind_of(asks: Kind, what: str) -> str:
    """The kind of delivery: "tjek.opened"."""
    return f"{asks}.{what}"


def opened(conn: Connection, team: str, this: Round, now: datetime) -> None:
    """The message in the channel, an invitation to each, and the one reminder for later.

    A colleague who asks others needs none; an evaluation is asked of all of them by the bot.
    """
    if this.channel:
        _put(conn, team, OPENED, this, this.channel, now)
    else:
        tell_leaders(conn, team, UNPLACED, this, now)
    told = {} if this.channel else {*_leaders(conn, team, this)}  # UNPLACED asks as well
    for user in _colleagues(this):
        if user not in told and (this.kind is Kind.EVALUATION or user != this.called_by):
            _put(conn, team, INVITATION, this, user, now)
        if this.nudge_at:
            _put(conn, team, NUDGE, this, user, this.nudge_at)


def settle(conn: Connection, team: str, this: Round, now: datetime, pieces: Pieces) -> Round:
    """The round as it is after somebody answered, declined or left: shown where all are in."""
    why = to_show(this, now)
    return (show(conn, team, this, why, now, pieces) if why else None) or this


def show(
    conn: Connection, team: str, this: Round, why: Why, now: datetime, pieces: Pieces
) -> Round | None:
    """Show all answers; None where somebody else has done it already."""
    shown = rounds.reveal(conn, team, this.id, why=why, now=now)
    if shown is not None:
        for number in range(pieces(conn, team, shown) if this.channel else 0):
            _put(conn, team, REVEAL, shown, this.channel, now, _piece(number))
        if not this.channel:
            tell_leaders(conn, team, UNSHOWN, shown, now)
        _put(conn, team, RENEWAL, shown, _NOBODY, now, ".shown")
        _ask_nobody_any_more(conn, team, shown, now)
    return shown


def called_off(conn: Connection, team: str, this: Round, now: datetime) -> None:
    """The message in the channel says so, and nobody is asked or reminded any more."""
    _put(conn, team, RENEWAL, this, _NOBODY, now, ".called_off")
    _ask_nobody_any_more(conn, team, this, now)


def stands_otherwise(conn: Connection, team: str, this: Round, user: str, now: datetime) -> None:
    """Somebody has answered, declined or begun after all; a round that is over tells it to all."""
    if this.state is State.OPEN and not is_outside(user):
        _put(conn, team, STANDING, this, user, now, f".{now:%Y%m%d%H%M%S%f}")


def decided(
    conn: Connection, team: str, this: Round, now: datetime, *, corrected: bool = False
) -> None:
    """The decision is said in the thread, and each correction after it."""
    ending = f"{_CORRECTED}{now:%Y%m%d%H%M%S%f}" if corrected else ""
    if this.channel:
        _put(conn, team, DECISION, this, this.channel, now, ending)
    _put(conn, team, RENEWAL, this, _NOBODY, now, f".decided{ending}")


def is_correction(delivery: Delivery) -> bool:
    """Whether a decision is said in place of another."""
    return _CORRECTED in delivery.key


def first_of_reveal(this: Round, now: datetime) -> Delivery:
    """The first of the messages with the answers, as it was put; the decision is begun there."""
    return delivery_of(REVEAL, this, this.channel, now, _piece(0))


def piece_of(delivery: Delivery) -> int:
    """Which of a reveal's messages it is."""
    return int(delivery.key.rpartition(".")[2])


def still_missing(this: Round, user: str, now: datetime) -> bool:
    """Whether she is to be reminded at this moment."""
    return user in to_nudge(this, now)


def stands(conn: Connection, team: str, delivery: Delivery, _channel: str, ts: str) -> None:
    """The message in the channel is there: the thread hangs on it.

    While it was on its way somebody may have answered, or called the round off.
    """
    rounds.stands_in_channel(conn, team, delivery.subject_id, ts)
    this = round_queries.existing(conn, team, delivery.subject_id)
    _put(conn, team, RENEWAL, this, _NOBODY, delivery.due, ".stands")


def carry_on(conn: Connection, team: str, delivery: Delivery, pieces: int) -> None:
    """Put what is missing of a reveal that takes more messages than when it was put.

    So it is where another version lays it out, which was started in between.
    """
    this = round_queries.existing(conn, team, delivery.subject_id)
    for number in range(pieces):
        _put(conn, team, REVEAL, this, this.channel, delivery.due, _piece(number))


def cannot_be_shown(conn: Connection, team: str, delivery: Delivery) -> None:
    """Slack takes the answers in the channel no more: who leads the round hears of it, once."""
    this = round_queries.existing(conn, team, delivery.subject_id)
    tell_leaders(conn, team, UNSHOWN, this, delivery.due)


def why_unshown(conn: Connection, team: str, this: Round) -> str | None:
    """Slack's reason why the answers are not in the channel; None where they are, or will be."""
    if not this.channel:
        return NO_CHANNEL
    number = 0
    while became := _became(conn, team, this, number):
        if became.state is Became.DEAD:
            return became.reason
        number += 1
    return None


def _became(conn: Connection, team: str, this: Round, number: int) -> Outcome | None:
    key = delivery_of(REVEAL, this, this.channel, this.deadline, _piece(number)).key
    return deliveries.outcome(conn, team, key)


def in_thread(compose: Compose) -> Compose:
    """The same in the round's thread as it is at that moment, after all that stands above it."""

    async def composed(house: House, team: str, delivery: Delivery) -> Reply | None:
        thread = await house.store.read(_thread_of, team, delivery, house.clock.now())
        reply = await compose(house, team, delivery)
        return reply and InThread(reply.text, reply.blocks, thread)

    return composed


def _thread_of(conn: Connection, team: str, delivery: Delivery, now: datetime) -> str:
    """The message in the channel; where there is none, the first with the answers.

    One that the noise budget keeps for later is not waited for.
    """
    this = round_queries.existing(conn, team, delivery.subject_id)
    above = [kind_of(this.kind, what) for what in (OPENED, REVEAL)]
    on_their_way = deliveries.on_their_way(conn, team, this.id, above)
    if any(one.due <= now and _place(one) < _place(delivery) for one in on_their_way):
        raise NotYet
    return this.ts or deliveries.said(conn, team, first_of_reveal(this, delivery.due).key) or ""


def _place(delivery: Delivery) -> tuple[int, int]:
    """Where it stands in the thread."""
    order = (OPENED, REVEAL, DECISION)
    what = delivery.kind.rpartition(".")[2]
    return order.index(what), piece_of(delivery) if what == REVEAL else 0


def _colleagues(this: Round) -> list[str]:
    """Whom Slack knows; the partner's voices are nobody there."""
    return [user for user in this.standings if not is_outside(user)]


def _leaders(conn: Connection, team: str, this: Round) -> tuple[str, ...]:
    return settings_of.settings(conn, team).coordinators if this.caller_left else (this.called_by,)


def tell_leaders(conn: Connection, team: str, what: str, this: Round, now: datetime) -> None:
    """Who leads it hears of it; once the caller has left, the coordinators do."""
    for user in _leaders(conn, team, this):
        _put(conn, team, what, this, user, now)


def _ask_nobody_any_more(conn: Connection, team: str, this: Round, now: datetime) -> None:
    for user in _colleagues(this):
        _put(conn, team, STANDING, this, user, now, f".{this.state}")
        for what in (INVITATION, NUDGE, UNPLACED):
            deliveries.withdraw(conn, team, delivery_of(what, this, user, this.deadline).key)


def _piece(number: int) -> str:
    """The end of the key of a reveal's message; they sort as they are said."""
    return f".{number:03}"


def delivery_of(what: str, this: Round, to: str, due: datetime, ending: str = "") -> Delivery:
    """What is said of that round to a person or a channel, under the key that it has once."""
    kind = kind_of(this.kind, what)
    return Delivery(kind, this.id, to, due, f"{kind}.{this.id}.{to}{ending}")


def _put(
    conn: Connection,
    team: str,
    what: str,
    this: Round,
    to: str,
    due: datetime,
    ending: str = "",
) -> None:
    deliveries.put(conn, team, delivery_of(what, this, to, due, ending))
