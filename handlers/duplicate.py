"""Partners that may stand in the register twice: found, made one, kept apart, and taken apart."""

from datetime import time

from slackblocks import ModalView, Option

from bot.errors import UserError
from bot.partner import Partner
from bot.timetable import At, Row
from bot.translation import mark
from bot.workspace_roles import Action
from handlers import access, duplicate_list
from handlers.desk import Desk
from handlers.turn import Next, Turn
from handlers.views import duplicate as views
from handlers.views import duplicate_merge as form
from handlers.views import partner_pick
from handlers.views.duplicate_card import UNDO
from handlers.views.parts import Reply, notice
from handlers.views.parts_values import in_todays_form
from storage import (
    duplicate,
    duplicate_merge,
    duplicate_snapshot,
    duplicate_undo,
    partner_search,
)

# Once a day what nobody can undo any more is thrown out; before anybody is at work.
FORGET = Row("duplicate_forget", At(time(6, 30)), quiet=True)

SAME = mark("That is the same partner twice. Choose two.")


def register(desk: Desk) -> None:
    """Sign up."""
    desk.action(views.PAGE, turn_page, Action.SEE_DUPLICATES)
    desk.action(views.APART, keep_apart, Action.MERGE_PARTNERS)
    desk.action(views.MERGE, begin_merge, Action.MERGE_PARTNERS)
    desk.action(views.PICK, pick, Action.MERGE_PARTNERS)
    desk.options(views.ONE, suggest, Action.SEE_PARTNER)
    desk.options(views.OTHER, suggest, Action.SEE_PARTNER)
    desk.submit(views.PICKED, picked, Action.MERGE_PARTNERS)
    desk.submit(form.SUBMIT, merge, Action.MERGE_PARTNERS)
    desk.action(UNDO, undo, Action.MERGE_PARTNERS)
    desk.runs(FORGET, duplicate_snapshot.drop_old)


async def begin(turn: Turn) -> None:
    """`/partner dubletter`, of all or of those whom the words name."""
    hits = await turn.read(partner_search.search, turn.words) if turn.words else []
    await duplicate_list.show(turn, 0, tuple(hit.id for hit in hits))


async def turn_page(turn: Turn) -> None:
    """Another page of the list."""
    with in_todays_form():
        number = int(turn.value)
    await duplicate_list.show(turn, number, views.read_about(turn.note))


async def keep_apart(turn: Turn) -> None:
    """They are two: the pair is not listed again."""
    one, other, number = views.which(turn.value)
    await turn.write(duplicate.keep_apart, one, other, by=turn.user, now=turn.now)
    await duplicate_list.show(turn, number, views.read_about(turn.note), parted=True)


async def begin_merge(turn: Turn) -> None:
    """The two side by side."""
    one, other, number = views.which(turn.value)
    both = await turn.read(duplicate_merge.two, one, other)
    await turn.open(await _form(turn, both, f"{number}:{turn.note}"))


async def pick(turn: Turn) -> None:
    """Two that I have not found."""
    await turn.open(views.pick_view(turn.t))


async def suggest(turn: Turn) -> list[Option]:
    """What the two selects offer."""
    hits = await turn.read(partner_search.suggest, str(turn.body.get("value", "")))
    return partner_pick.choices(hits)


async def picked(turn: Turn) -> Next:
    """The two side by side, in place of the form."""
    one, other = views.read_picked(turn.typed)
    if one == other:
        raise UserError(SAME, field=views.OTHER)
    both = await turn.read(duplicate_merge.two, one, other)
    return Next(await _form(turn, both))


async def merge(turn: Turn) -> Next:
    """Make them one, and renew the list that the form was opened from."""
    seen, below = form.seen(turn.note)
    partner, merge_id = await turn.write(
        duplicate_merge.merge, seen, form.read_picks(turn.typed), by=turn.user, now=turn.now
    )
    _renew_list(turn, below)
    return Next(form.merged_view(turn.t, partner, merge_id, below))


async def undo(turn: Turn) -> None:
    """Two cards again."""
    with in_todays_form():
        number = int(turn.value)
    kept, gone = await turn.write(duplicate_undo.undo, number, by=turn.user, now=turn.now)
    blocks = form.parted(turn.t, kept, gone)
    if turn.in_modal:
        await turn.turn_into(form.parted_view(turn.t, blocks))
        if turn.view["callback_id"] == form.DONE:
            _renew_list(turn, turn.note)
    else:
        said = turn.t("They are two cards again.")
        await turn.reply(Reply(notice(said), blocks), replace=True)


def _renew_list(turn: Turn, below: str) -> None:
    """The list that the form was opened from, if it was from one."""
    if below:
        number, _, about = below.partition(":")
        duplicate_list.renew_below(turn, int(number), views.read_about(about))


async def _form(turn: Turn, both: tuple[Partner, Partner], below: str = "") -> ModalView:
    kept, gone = both
    users = {user for one in both for user in (one.responsible, one.deputy) if user}
    called = await access.first_names(turn.house, turn.client, turn.team, users)
    return form.merge_view(turn.t, await turn.library(), kept, gone, called, below)
