"""What is said about a round on a check: each thing composed anew at the moment it is said."""

from bot.reminder import Value
from bot.reminder_budget import Kind as Budgeted
from bot.round import Kind, Round, State
from bot.tjek import Check, Decision
from bot.tjek_again import Again
from bot.tjek_parts import parts
from bot.tjek_round import Outcome, outcome, pages_for, shortened
from bot.tjek_told import told_in, verdict
from handlers import round as rounds
from handlers.desk import Desk
from handlers.house import House
from handlers.language import of_the_library, translator
from handlers.round_said import InChannel, channel_name, names_of, nudged, stewards
from handlers.tjek_again import since_last_time
from handlers.tjek_page import get
from handlers.views import round as views
from handlers.views import tjek_decided as decided_views
from handlers.views import tjek_reveal as reveal_views
from handlers.views.parts import Reply
from handlers.views.tjek import heading_of
from storage import round_queries, round_sheets
from storage.database import Connection
from storage.delivery import Delivery


def register(desk: Desk) -> None:
    """Sign up."""
    desk.delivers(_kind(rounds.OPENED), IN_CHANNEL.opened, rounds.stands)
    desk.delivers(
        _kind(rounds.INVITATION),
        invitation,
        unasked=True,
        says=Budgeted.INVITATION,
        value=Value.ROUND,
    )
    desk.delivers(_kind(rounds.NUDGE), nudge, nudged, unasked=True, value=Value.ROUND)
    in_thread = rounds.in_thread(reveal)
    desk.delivers(_kind(rounds.REVEAL), in_thread, dead=rounds.cannot_be_shown)
    desk.delivers(_kind(rounds.UNSHOWN), unshown)
    desk.delivers(_kind(rounds.DECISION), rounds.in_thread(decision))
    desk.delivers(_kind(rounds.RENEWAL), IN_CHANNEL.renewal)


def _kind(what: str) -> str:
    return rounds.kind_of(Kind.TJEK, what)


def loaded(conn: Connection, team: str, number: int, *, lock: bool = False) -> tuple[Round, Check]:
    """The round and the check it is about; `lock` the round where either will change.

    With the round its partner is locked, and before it: storage/schema.py tells the order.
    """
    this = round_queries.existing(conn, team, number, lock=lock)
    return this, get(conn, team, this.subject_id)


def pieces(conn: Connection, team: str, this: Round) -> int:
    """How many messages the answers take; one to say that there are none."""
    return len(parts(brought(conn, team, this, get(conn, team, this.subject_id))))


def brought(conn: Connection, team: str, this: Round, check: Check) -> Outcome:
    """What the round brought; raises UserError before the answers are shown."""
    return outcome(check, this, round_sheets.shown(conn, team, this.id))


async def invitation(house: House, team: str, delivery: Delivery) -> Reply | None:
    """To one of those asked: at once where she was told little of late, on her day off as well.

    Otherwise it waits for room, and so may never come: the channel, Home and the weekly message
    have the round, too. Whether she wants reminders is about the nudge.
    """
    this, check = await house.store.read(loaded, team, delivery.subject_id)
    if this.state is not State.OPEN:
        return None
    few = shortened(check)
    whole = sum(len(page.questions) for page in pages_for(check))
    asked = views.Asked(whole, len(few.questions) if few else 0)
    t = await translator(house, team, delivery.to)
    return views.invitation(t, this, heading_of(check), asked)


async def nudge(house: House, team: str, delivery: Delivery) -> Reply | None:
    """The one reminder, for who has still not answered."""
    this, check = await house.store.read(loaded, team, delivery.subject_id)
    if not rounds.still_missing(this, delivery.to, house.clock.now()):
        return None
    return views.nudge(await translator(house, team, delivery.to), this, heading_of(check))


async def reveal(house: House, team: str, delivery: Delivery) -> Reply | None:
    """One of the messages with the answers."""
    this, check = await house.store.read(loaded, team, delivery.subject_id)
    t = await of_the_library(house, team)
    who = await stewards(house, team, this)
    found, again = await house.store.read(seen, team, this, check)
    if not found.answered:
        return reveal_views.nobody(t, check, this, who)
    laid_out, piece = parts(found), rounds.piece_of(delivery)
    if piece >= len(laid_out):  # it was laid out in more messages by another version
        return None
    await house.store.write(rounds.carry_on, team, delivery, len(laid_out))
    names = await names_of(house, team, voices_of(found))
    return reveal_views.message(
        t, check, this, found, laid_out[piece], names, stewards=who, again=again
    )


async def unshown(house: House, team: str, delivery: Delivery) -> Reply | None:
    """To who leads the round: why the answers are not in the channel, and where they are."""
    this, check = await house.store.read(loaded, team, delivery.subject_id)
    reason = await house.store.read(rounds.why_unshown, team, this)
    if reason is None:
        return None
    t = await translator(house, team, delivery.to)
    channel = await channel_name(house, team, this.channel)
    return reveal_views.unshown(t, check, channel, reason)


async def decision(house: House, team: str, delivery: Delivery) -> Reply | None:
    """What was decided, below the answers."""
    this, check = await house.store.read(loaded, team, delivery.subject_id)
    if check.decision is None:
        return None
    by = this.closed_by or this.called_by
    told = told_in(this.reason)
    who = told.step.who if told.step else ()
    names = await names_of(house, team, {by, *who})
    t = await of_the_library(house, team)
    corrected = rounds.is_correction(delivery)
    return decided_views.in_thread(t, check, by, told, names, corrected=corrected)


async def _in_channel(house: House, team: str, this: Round, check: Check) -> Reply:
    names = await names_of(house, team, [this.called_by])
    t = await of_the_library(house, team)
    told = told_in(this.reason)
    word = verdict(t, check, told)[0] if this.decision in set(Decision) else ""
    return views.in_channel(t, this, heading_of(check), names.get(this.called_by, ""), word)


IN_CHANNEL = InChannel(loaded, _in_channel)


def seen(conn: Connection, team: str, this: Round, check: Check) -> tuple[Outcome, Again | None]:
    """What the round brought, and what is seen differently than the last time."""
    found = brought(conn, team, this, check)
    return found, since_last_time(conn, team, check, found)


def voices_of(found: Outcome) -> set[str]:
    """Everybody who has answered or written."""
    noted = {note.user for _, notes in found.notes for note in notes if note.user}
    return noted | {
        user for point in found.points for some in point.spread.voices.values() for user in some
    }
