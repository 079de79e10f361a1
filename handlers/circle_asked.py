"""Whom a question about a relation is asked of, looked up when it is promised or shown."""

from collections.abc import Collection

from bot.circle_asked import Absent, asked_of, everybody
from bot.partner import Partner
from handlers import access
from handlers.turn import Turn
from handlers.views.circle import Whom
from storage import partner as register_of
from storage import workspace as settings_of


async def absent(turn: Turn, users: Collection[str]) -> Absent:
    """Which of these colleagues have left Slack, and who is away today."""
    if not users:
        return Absent()
    here = await access.still_here(turn.house, turn.client, turn.team, users)
    away = await turn.read(settings_of.away, turn.today)
    return Absent(frozenset(users) - frozenset(here), away)


async def whom(turn: Turn, partner: Partner) -> Whom:
    """Who is asked about what this person does with the partner now."""
    users = everybody(partner, turn.user)
    return Whom(asked_of(partner, turn.user, await absent(turn, users)), turn.user)


async def whom_of(turn: Turn, partner_id: int) -> Whom:
    """The same; before what is written, for an error must not lose the answer to it.

    Raises:
        UserError: the partner is gone.
    """
    return await whom(turn, await turn.read(register_of.existing, partner_id))
