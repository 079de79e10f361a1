"""The history at the desk: of one partner, page by page, and one change undone."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from slackblocks import Block, ModalView

from bot import history_undo as rules
from bot.errors import UserError
from bot.history import Logged, Past, entries, happened, pages
from bot.partner import Change, Partner
from bot.translation import mark
from bot.workspace import Workspace
from bot.workspace_roles import Action
from handlers import access, partner_card, workspace_channel
from handlers.desk import Desk
from handlers.turn import Turn
from handlers.views import history as views
from handlers.views.history import Asked, Shown, Where
from handlers.views.history_words import Words, channels_of, users_of
from storage import history, privacy_erasure
from storage import partner as register_of
from storage.database import Connection

SAME_CVR = mark(
    "**{name}** has that CVR number now. Look whether the two are the same: `/partner duplicates`."
)
FORGOTTEN = mark(
    "That would bring back somebody whom you have anonymised. If it is meant, add the person anew"
    " on the card."
)


@dataclass(frozen=True)
class Undone:
    """What became of it: done, or first to be asked about (`seen`: what the person will know)."""

    changes: Sequence[Change]
    asked: Asked | None = None
    seen: int = 0


def register(desk: Desk) -> None:
    """Sign up."""
    desk.action(views.SHOW, show, Action.SEE_PARTNER)
    desk.action(views.MORE, more, Action.SEE_PARTNER)
    desk.action(views.UNDO, undo, Action.EDIT_PARTNER)


async def show(turn: Turn) -> None:
    """From the card the newest page; within the history another one."""
    here = views.where(turn.value)
    view = await _page(turn, here)
    if turn.view.get("callback_id") == views.CALLBACK:
        await turn.turn_into(view)
    else:
        partner_card.remember(turn, here.partner_id)
        await turn.open(view)


async def more(turn: Turn) -> None:
    """One change, whole."""
    here = views.where(turn.value)
    past, lines = await turn.read(_together, here)
    words = await _words(turn, [lines[0].change])
    await turn.turn_into(views.more_view(words, past, lines, here))


async def undo(turn: Turn) -> None:
    """What one change did is put back, as a change of its own; asked first if others came since."""
    here = views.where(turn.value)
    past, lines = await turn.read(_together, here)
    if lines[0].change.field == "archived":
        await turn.require(Action.ARCHIVE_PARTNER)
    result = rules.undone(past, rules.meant([line.change for line in lines]))
    again = rules.colleagues(past.partner, result)
    await access.check_colleagues(turn.house, turn.client, turn.team, again, field="known_by")
    done = await turn.claim(_undo, turn, await turn.library(), here)
    turn.saved = done.asked is None
    if done.asked:
        words = await _words(turn, done.changes, done.asked.colleagues)
        view = views.ask_view(words, done.asked, replace(here, seen=done.seen))
    else:
        said = views.undone(turn.t, [change.field for change in done.changes])
        view = await _page(turn, Where(here.partner_id), said)
    await turn.turn_into(view)
    if not done.asked:
        await partner_card.renew(turn, here.partner_id)


async def _page(turn: Turn, here: Where, above: Sequence[Block] = ()) -> ModalView:
    shown = await turn.read(_shown, here)
    changes = [line.change for entry in shown.entries for line in entry.logged]
    return views.history_view(await _words(turn, changes), shown, above)


async def _words(turn: Turn, changes: Sequence[Change], others: Iterable[str] = ()) -> Words:
    """With the names of the colleagues who stand in them, and of some others."""
    users = {user for change in changes for user in users_of(change)}.union(others)
    names = await access.first_names(turn.house, turn.client, turn.team, users)
    channels = {channel for change in changes for channel in channels_of(change)}
    names |= await workspace_channel.names(turn, channels)
    return Words(turn.t, await turn.library(), names, turn.today)


def _shown(conn: Connection, team: str, here: Where) -> Shown:
    partner = register_of.existing(conn, team, here.partner_id)
    past = history.past(conn, team, partner)
    every = pages(history.counted(conn, team, partner.id), happened(past))
    number = min(here.page, len(every) - 1)
    logged = history.logged(conn, team, partner.id, every[number])
    return Shown(past, entries(past, every[number], logged), number, len(every))


def _together(
    conn: Connection, team: str, here: Where, *, lock: bool = False
) -> tuple[Past, list[Logged]]:
    """The change, and what else was changed at that moment."""
    partner = register_of.existing(conn, team, here.partner_id, lock=lock)
    past = history.past(conn, team, partner)
    return past, history.together(conn, team, partner.id, here.change)


def _undo(conn: Connection, team: str, turn: Turn, library: Workspace, here: Where) -> Undone:
    past, lines = _together(conn, team, here, lock=True)
    now = past.partner
    meant = rules.meant([line.change for line in lines])
    result = rules.undone(past, meant)
    rules.check(library, now, result)
    _check_others(conn, team, now, result)
    names = [one.field for one in meant]
    if rules.changed_since(now, meant):
        since = history.last_since(conn, team, now.id, here.change, names)
        seen = since.id if since else here.change
        if here.seen != seen:
            asked = Asked(now, result, names, since.change if since else None)
            return Undone(meant, asked, seen)
    back = [person.id for person in rules.coming_back(now, result)]
    stored = register_of.update(conn, team, now, result, by=turn.user, now=turn.now, back=back)
    history.note_undoing(conn, team, stored)
    return Undone(meant)


def _check_others(conn: Connection, team: str, now: Partner, result: Partner) -> None:
    """Another partner may have the number by now, and a person may have been forgotten."""
    name = history.of_same_cvr(conn, team, result) if result.cvr != now.cvr else None
    if name:
        raise UserError(SAME_CVR, name=name)
    known = {person.id for person in now.people}
    if privacy_erasure.forgotten_among(conn, team, result, known=known):
        raise UserError(FORGOTTEN)
