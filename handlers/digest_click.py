"""[I know them] and [I take it] under the digest: one press each, and everybody sees the second."""

import logging
from datetime import datetime

from aiohttp import ClientError
from slack_sdk.errors import SlackApiError

from bot.errors import UserError
from bot.partner import Partner, Tie
from bot.timetable import calendar_of
from bot.translation import mark
from bot.workspace_roles import Colleagues
from handlers import access
from handlers.digest_made import LONGEST, page
from handlers.errors import guarded
from handlers.language import of_the_library
from handlers.turn import Json, Turn
from handlers.views import digest_click as views
from handlers.views.digest_plain import plainer
from handlers.workspace_channel import may_write
from storage import digest as digests
from storage import partner as register_of
from storage.database import Connection
from storage.digest import Issue

log = logging.getLogger(__name__)

TAKEN = mark("{who} is responsible for **{name}** by now. Ask {who} if you want to share it.")
ARCHIVED = mark("**{name}** is archived. Take the card out of the archive first.")


async def know(turn: Turn) -> None:
    """One more who knows them."""
    partner, new = await turn.write(_know, turn)
    await turn.reply(views.known_now(turn.t, partner, new=new))
    _renew(turn)


async def take(turn: Turn) -> None:
    """Somebody looks after them from now on."""
    before = await turn.read(register_of.existing, int(turn.value))
    sought = [before.responsible] if before.responsible else []
    here = await access.still_here(turn.house, turn.client, turn.team, sought)
    left = before.responsible if not here else None
    try:
        partner = await turn.write(_take, turn, left)
    except UserError:
        _renew(turn)  # what she pressed in was out of date
        raise
    await turn.reply(views.taken(turn.t, partner))
    _renew(turn)


def _know(conn: Connection, team: str, turn: Turn) -> tuple[Partner, bool]:
    partner = _here(conn, team, turn)
    ours = (partner.responsible, partner.deputy, *partner.known_by)
    new = turn.user not in ours and register_of.add_tie(
        conn, team, partner.id, turn.user, Tie.KNOWS, by=turn.user, now=turn.now
    )
    return partner, new


def _take(conn: Connection, team: str, turn: Turn, left: str | None) -> Partner:
    """Become responsible where nobody is; `left` is one who is no colleague any more."""
    partner = _here(conn, team, turn)
    if partner.responsible not in (None, left, turn.user):
        who = Colleagues((str(partner.responsible),))
        raise UserError(TAKEN, who=who, name=partner.name)
    if partner.deputy == turn.user:
        register_of.remove_tie(
            conn, team, partner.id, turn.user, Tie.DEPUTY, by=turn.user, now=turn.now
        )
    register_of.add_tie(
        conn, team, partner.id, turn.user, Tie.RESPONSIBLE, by=turn.user, now=turn.now
    )
    return partner


def _here(conn: Connection, team: str, turn: Turn) -> Partner:
    partner = register_of.existing(conn, team, int(turn.value), lock=True)
    if partner.archived:
        raise UserError(ARCHIVED, name=partner.name)
    return partner


def _renew(turn: Turn) -> None:
    """Show it in the channel, after the person has got her answer; it returns at once."""
    turn.house.carry_on(_renewed(turn))


async def _renewed(turn: Turn) -> None:
    """Whatever goes wrong, the tie is kept, and the next press shows it too."""
    await guarded(turn, _show(turn))


async def _show(turn: Turn) -> None:
    """As it is now; again where somebody else pressed while Slack was told."""
    clicked = str((turn.body.get("message") or {}).get("ts", ""))
    issue = await turn.read(_issue, clicked, turn.now)
    if issue is None or not await may_write(turn, issue.channel):
        return
    t = await of_the_library(turn.house, turn.team)
    day = calendar_of(await turn.library()).day(issue.until)
    last: Json = {}
    while True:
        as_now = await page(turn.house, turn.client, turn.team, t, issue.told, day)
        reply = as_now.message()
        message: Json = (plainer(reply) if digests.is_plain(issue.key) else reply).payload()
        if message == last:
            return
        last = message
        try:
            await turn.client.chat_update(channel=issue.channel, ts=issue.ts, **message)
        except (SlackApiError, ClientError, TimeoutError) as error:
            log.warning("The digest is not brought up to date: %s", type(error).__name__)
            return


def _issue(conn: Connection, team: str, clicked: str, now: datetime) -> Issue | None:
    """The one that was pressed in, or else the newest; of those known to stand somewhere."""
    standing = [one for one in digests.issues(conn, team, now - LONGEST) if one.ts]
    pressed = next((one for one in standing if one.ts == clicked), None)
    return pressed or next(iter(standing), None)
