"""What did not get through is on the coordinator's Home, to be sent again or let be."""

from functools import partial

from bot.digest import is_stale
from bot.translation import mark
from bot.workspace_roles import Action
from handlers import digest
from handlers.delivery_on import require_switched_on
from handlers.desk import Desk
from handlers.turn import Turn
from handlers.views import delivery_failed as views
from handlers.views import digest_unsaid as digest_views
from handlers.views.notice import trouble
from storage import delivery_failed as dead
from storage import digest as digests

AGAIN = mark(
    "I try again now. If it has no use any more, it is not sent; if it goes wrong once more, it"
    " stands on Home again."
)
LET_BE = mark("I let it be. Nobody gets that message.")
DONE_ALREADY = mark("That one has been seen to already.")


def register(desk: Desk) -> None:
    """Sign up."""
    desk.action(views.AGAIN, again, Action.SEE_FAILED)
    desk.action(views.LET_BE, let_be, Action.SEE_FAILED)
    desk.action(digest_views.AGAIN, again, Action.SEE_FAILED)


async def again(turn: Turn) -> None:
    """Send it once more, from Home or from the message that tells of it."""
    await require_switched_on(turn)
    if await turn.read(dead.kind_of, turn.value) in {digest.KIND, digest.PLAIN}:
        await _digest_again(turn)
        return
    done = await turn.write(partial(dead.again, now=turn.now), turn.value)
    await turn.reply(trouble(turn.t(AGAIN if done else DONE_ALREADY)))


async def _digest_again(turn: Turn) -> None:
    """Into the channel of the settings, unless its week is over."""
    week = turn.value.removeprefix(f"{digest.KIND}.").removesuffix(digests.PLAIN)
    late = is_stale(week, turn.today)
    channel = (await turn.library()).digest_channel
    send = partial(dead.digest_again, now=turn.now, channel=channel)
    sent = not late and await turn.write(send, turn.value)
    await turn.reply(digest_views.sent_again(turn.t, late=late, sent=sent))


async def let_be(turn: Turn) -> None:
    """Take it from Home."""
    done = await turn.write(dead.let_be, turn.value)
    await turn.reply(trouble(turn.t(LET_BE if done else DONE_ALREADY)))
