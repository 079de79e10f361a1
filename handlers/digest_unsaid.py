"""When the channel does not take the digest: the coordinators hear why, and can send it again.

The press that does is handlers/delivery_failed.py's, as for all that did not get through.
"""

from datetime import date

from bot.delivery_failed import Failed
from bot.digest import is_stale
from bot.errors import UserError
from bot.timetable import calendar_of
from bot.translation import Translator, mark
from handlers.delivery import NotYet
from handlers.house import House
from handlers.language import settings, translator
from handlers.views import digest_unsaid as views
from handlers.views.delivery_failed import help_of
from handlers.views.parts import Reply, bare
from handlers.workspace_channel import usable_by
from storage import delivery as deliveries
from storage import workspace as settings_of
from storage.database import Connection
from storage.delivery import Delivery, Outcome, State

KIND = "digest_unsaid"

MENDED = mark("The channel takes it again. Send it now.")


def tell_coordinators(conn: Connection, team: str, delivery: Delivery) -> None:
    """Put a message to each; once for each time that it was tried."""
    for user in settings_of.settings(conn, team).coordinators:
        told = Delivery(KIND, delivery.subject_id, user, delivery.due, _key(delivery, user))
        deliveries.put(conn, team, told)


async def compose(house: House, team: str, delivery: Delivery) -> Reply | None:
    """Why, as it is now, and what to do.

    None where there is nothing to do any more: it was sent since, its week is over, or there is no
    channel to send it to.
    """
    library = await settings(house, team)
    client = await house.teams.client(team)
    year, number = divmod(delivery.subject_id, 100)
    week = f"{year}-W{number:02}"
    today = calendar_of(library).day(house.clock.now())
    if library.digest_channel is None or client is None or is_stale(week, today):
        return None
    key = _digest_of(delivery)
    unsaid = await house.store.read(_unsaid, team, delivery, key)
    if unsaid is None:
        return None
    t = await translator(house, team, delivery.to)
    wrong = _refused(t, unsaid, library.digest_channel)
    try:
        await usable_by(client, library.digest_channel)
    except UserError as fault:
        wrong = t.error(fault)
    return views.unsaid(t, bare(wrong), key)


def _key(digest: Delivery, user: str) -> str:
    return f"{KIND}.{digest.key}.{user}.{digest.due.isoformat()}"


def _digest_of(told: Delivery) -> str:
    """Which digest it tells of, by the key that it got above."""
    return told.key.removeprefix(f"{KIND}.").partition(f".{told.to}.")[0]


def _unsaid(conn: Connection, team: str, delivery: Delivery, key: str) -> Outcome | None:
    """What became of it; None where somebody has sent it again since this was to be told."""
    digest = deliveries.get(conn, team, key)
    found = deliveries.outcome(conn, team, key)
    if digest is None or found is None or delivery.key != _key(digest, delivery.to):
        return None
    if found.state is State.WAITING:  # this was put a moment before that is settled
        raise NotYet
    return found if found.state in {State.DEAD, State.DROPPED} else None


def _refused(t: Translator, unsaid: Outcome, channel: str) -> str:
    if unsaid.state is State.DROPPED:  # for its channel, which would do now
        return t(MENDED)
    return help_of(t, Failed("", "digest", 0, channel, date.min, unsaid.reason))
