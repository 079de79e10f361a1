"""The two endings of an error: a sentence the person can act on, or a reference for us.

With the reference goes the traceback in the log; the person sees that it was not her doing.
"""

import logging
import secrets
from collections.abc import Awaitable
from dataclasses import dataclass, field, replace
from typing import TypeVar

from slack_sdk.errors import SlackApiError

from bot.errors import UserError
from bot.translation import Translator, mark
from bot.workspace_roles import Colleagues
from handlers import access
from handlers.turn import AlreadyHandledError, Turn
from handlers.views.notice import trouble
from handlers.views.parts import Reply

log = logging.getLogger(__name__)

T = TypeVar("T")

TOO_LATE = mark("Slack closed the form before it got here. Nothing is lost: do it once more.")
CHANGED = mark("The form changed while you clicked. Look at it as it is now, and try again.")
TOO_SLOW = mark(
    "It takes longer than usual. What you wrote is still here: wait a moment and press again."
)
NO_ACCESS = mark(
    "Partnerbot has lost its access to Slack here. Give the code **{code}** to the one who looks"
    " after Partnerbot: the app must be installed again."
)
OURS = mark(
    "It went wrong on my side, not on yours. Nothing is half saved. Try again, or give the code"
    " **{code}** to the one who looks after Partnerbot."
)

SHOWN_NOT = mark(
    "It is saved, but I could not show it to you. Open it again; if that fails too, give the code"
    " **{code}** to the one who looks after Partnerbot."
)

# Slack's error names, old and new, that mean something to the person at the screen.
SAID = {
    "expired_trigger_id": TOO_LATE,
    "trigger_expired": TOO_LATE,
    "exchanged_trigger_id": TOO_LATE,
    "trigger_exchanged": TOO_LATE,
    "hash_conflict": CHANGED,
}
LOST_ACCESS = {"token_revoked", "token_expired", "invalid_auth", "not_authed", "account_inactive"}


@dataclass(frozen=True)
class Trouble:
    """What the person is told: a sentence with its values, and the form field it is about."""

    sentence: str
    values: dict[str, object] = field(default_factory=dict)
    field: str | None = None


@dataclass(frozen=True)
class Repeated:
    """Slack brought it a second time, and the first time it was done."""


async def guarded(turn: Turn, work: Awaitable[T]) -> T | Trouble | Repeated:
    """Do the work; whatever goes wrong becomes one of the two endings."""
    try:
        return await work
    except AlreadyHandledError:
        return Repeated()
    except UserError as error:
        return Trouble(turn.t(error.msgid), error.values, error.field)
    except Exception as error:  # noqa: BLE001 - the wall: nothing may end in silence
        return _unexpected(turn.t, error, saved=turn.saved)


async def answered(t: Translator, work: Awaitable[T]) -> T | Trouble:
    """The same wall for what happens in a browser, where there is no turn."""
    try:
        return await work
    except UserError as error:
        return Trouble(t(error.msgid), error.values)
    except Exception as error:  # noqa: BLE001 - as above
        return _unexpected(t, error)


async def tell(turn: Turn, trouble_: Trouble) -> None:
    """Say it where the person is; if even that fails, the log has it."""
    try:
        named = await with_names(turn, trouble_)
        text = trouble(named.sentence, **named.values).text
        blocks = trouble(trouble_.sentence, **trouble_.values).blocks
        await turn.reply(Reply(text, blocks))
    except Exception:
        log.exception("The person could not be told: %s", trouble_.sentence)


async def with_names(turn: Turn, told: Trouble) -> Trouble:
    """The same where nothing is drawn, and so no mention of a colleague."""
    values = dict(told.values)
    for name, value in told.values.items():
        if isinstance(value, Colleagues):
            named = await access.names(turn.house, turn.client, turn.team, value.users)
            values[name] = turn.t.list(named) or turn.t("a former colleague")
    return replace(told, values=values)


def _unexpected(t: Translator, error: Exception, *, saved: bool = False) -> Trouble:
    name = str(error.response.get("error")) if isinstance(error, SlackApiError) else ""
    if name in SAID and not saved:
        log.info("Slack refused: %s", name)
        return Trouble(t(SAID[name]))
    code = secrets.token_hex(3)
    log.error("Failed, reference %s", code, exc_info=error, extra={"reference": code})
    ours = SHOWN_NOT if saved else OURS
    return Trouble(t(NO_ACCESS if name in LOST_ACCESS else ours), {"code": code})
