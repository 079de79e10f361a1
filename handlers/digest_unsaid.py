"""When the channel does not take the digest: the coordinators hear why, and can send it again.

The press that does is handlers/delivery_failed.py's, as for all that did not get through.
"""

from bot.errors import UserError
from bot.translation import mark
from handlers.house import House
from handlers.language import settings, translator
from handlers.views import digest as views
from handlers.views.parts import Reply, bare
from handlers.workspace_channel import usable_by
from storage import delivery as deliveries
from storage import workspace as settings_of
from storage.database import Connection
from storage.delivery import Delivery

KIND = "digest_unsaid"

REFUSED = mark("Slack did not take it. Send it now, or choose another channel in the settings.")


def tell_coordinators(conn: Connection, team: str, delivery: Delivery) -> None:
    """Put a message to each; once for each time that it was tried."""
    for user in settings_of.settings(conn, team).coordinators:
        key = f"{KIND}.{delivery.key}.{user}.{delivery.due.isoformat()}"
        told = Delivery(KIND, delivery.subject_id, user, delivery.due, key)
        deliveries.put(conn, team, told)


async def compose(house: House, team: str, delivery: Delivery) -> Reply | None:
    """Why, as it is now, and what to do; None where there is no channel to send it to any more."""
    library = await settings(house, team)
    client = await house.teams.client(team)
    if library.digest_channel is None or client is None:
        return None
    t = await translator(house, team, delivery.to)
    wrong = t(REFUSED)
    try:
        await usable_by(client, library.digest_channel)
    except UserError as fault:
        wrong = t.error(fault)
    year, week = divmod(delivery.subject_id, 100)
    return views.unsaid(t, bare(wrong), f"digest.{year}-W{week:02}")
