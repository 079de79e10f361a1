"""The result of a check that colleagues were asked about: hidden, then the same for all."""

from slackblocks import ModalView

from bot.round import State
from bot.tjek import Check
from bot.tjek_told import told_in
from handlers.round import why_unshown
from handlers.round_said import names_of, stewards
from handlers.tjek_again import latest
from handlers.tjek_said import seen, voices_of
from handlers.turn import Turn
from handlers.views import round as round_views
from handlers.views import tjek_together as views
from handlers.views.tjek import heading_of


async def result(turn: Turn, check: Check) -> ModalView | None:
    """What this person may see of it; None where no colleague was asked."""
    this = await turn.read(latest, check.id)
    if this is None or (this.state is State.CLOSED and check.decision is None):
        return None
    leads = turn.user in await stewards(turn.house, turn.team, this)
    if this.state is State.OPEN:
        subject = heading_of(check)
        if leads:
            return round_views.status_view(turn.t, this, subject, turn.user)
        return round_views.under_way_view(turn.t, this, subject, turn.user)
    found, again = await turn.read(seen, this, check)
    unshown = await turn.read(why_unshown, this)
    told = told_in(this.reason)
    users = voices_of(found).union(told.step.who if told.step else ())
    names = await names_of(turn.house, turn.team, users)
    return views.result_view(
        turn.t,
        check,
        this,
        found,
        names,
        leads=leads,
        again=again,
        told=told,
        in_thread=unshown is None,
    )
