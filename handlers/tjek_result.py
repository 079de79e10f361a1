"""The result of a check at the desk: shown again, gone on with, decided, decided anew."""

from dataclasses import replace

from slackblocks import ModalView

from bot.errors import UserError
from bot.tjek import (
    Check,
    Decision,
    checked_reason,
    pages,
    unasked,
    undecided,
)
from bot.tjek_read_in import apart, laid_out
from bot.translation import mark
from bot.workspace_roles import Action
from handlers import tjek_together
from handlers.desk import Desk
from handlers.language import of_the_library
from handlers.tjek_again import since_last_time
from handlers.tjek_letter import letter_sent_on
from handlers.tjek_page import alone, check_readable, get, page
from handlers.turn import Turn
from handlers.views import tjek as views
from handlers.views import tjek_result as form
from handlers.views.notice import notice_view
from handlers.views.parts import Reply, notice, rich
from handlers.views.tjek_decide import no_was_sent
from storage import tjek as checks_of
from storage.database import Connection

DELETED = mark("**The draft is deleted.**")


def register(desk: Desk) -> None:
    """Sign up."""
    desk.action(views.SHOW, show, Action.CHECK)
    desk.action(views.DELETE, delete, Action.CHECK)
    desk.action(form.GO_ON, go_on, Action.CHECK)
    desk.action(form.DECIDE, decide, Action.CHECK)
    desk.action(form.RETHINK, rethink, Action.CHECK)
    desk.submit(form.LATER, decide_later, Action.CHECK)


async def show(turn: Turn) -> None:
    """The result of a check, or one's own unfinished one where it was left."""
    check = await turn.read(get, int(turn.value))
    unfinished = check.finished_at is None and check.started_by == turn.user
    await turn.open(draft(turn, check) if unfinished else await result(turn, check))


def draft(turn: Turn, check: Check) -> ModalView:
    """One's own unfinished check where it was left, or to be deleted."""
    return page(turn, check, [views.delete_row(turn.t, check)])


async def delete(turn: Turn) -> None:
    """The draft goes, with what it held."""

    def discard(conn: Connection, team: str) -> None:
        undecided(alone(conn, team, int(turn.value), turn.user, lock=True))
        checks_of.discard(conn, team, int(turn.value), turn.user)

    await turn.write(discard)
    said = turn.t(DELETED)
    await turn.show(notice_view(turn.t, Reply(notice(said), [rich(said, block_id="deleted")])))


async def go_on(turn: Turn) -> None:
    """From the short check to the whole: only what was not asked."""

    def save(conn: Connection, team: str) -> Check:
        check = undecided(alone(conn, team, int(turn.value), turn.user, lock=True))
        first = pages(replace(check, gone_on=True))[1]
        checks_of.reopen(conn, team, check.id, page=first.id)
        return get(conn, team, check.id)

    await turn.turn_into(page(turn, await turn.write(save)))


async def decide(turn: Turn) -> None:
    """One of the four, with its line of why; without the line the same view asks for it."""
    number, _, choice = turn.value.partition(":")
    reason = form.read_reason(turn.typed)

    def save(conn: Connection, team: str) -> Check:
        check = alone(conn, team, int(number), turn.user, lock=True)
        checks_of.decide(
            conn,
            team,
            check.id,
            decision=Decision(choice),
            reason=checked_reason(reason),
            by=turn.user,
            now=turn.now,
        )
        return get(conn, team, check.id)

    missing = ""
    try:
        check = await turn.write(save)
    except UserError as error:
        missing = turn.t.error(error)
        check = await turn.read(get, int(number))
    await turn.turn_into(await result(turn, check, reason=reason, missing=missing))


async def decide_later(turn: Turn) -> None:
    """Close the result undecided; a line that was begun is kept."""
    reason = form.read_reason(turn.typed)
    if not reason:
        return

    def save(conn: Connection, team: str) -> None:
        check = undecided(alone(conn, team, views.where(turn.note)[0], turn.user, lock=True))
        checks_of.keep_reason(conn, team, check.id, reason=checked_reason(reason))

    await turn.write(save)


async def rethink(turn: Turn) -> None:
    """Change the decision: the form comes back with what was said."""
    check = await turn.read(alone, int(turn.value), turn.user)
    t = await of_the_library(turn.house, turn.team)
    sent_on = await turn.read(letter_sent_on, t, check)
    told = no_was_sent(turn.t, sent_on) if sent_on else ""
    open_again = replace(check, decision=None)
    await turn.turn_into(await result(turn, open_again, missing=told))


async def result(turn: Turn, check: Check, *, reason: str = "", missing: str = "") -> ModalView:
    """The result as this person may see it: only who asked decides.

    While colleagues answer, nobody's answers are shown to anybody, the first one's neither.

    Raises:
        UserError: it is a colleague's, and not finished.
    """
    check_readable(check, turn.user)
    together = await tjek_together.result(turn, check)
    if together is not None:
        return together
    again = await turn.read(since_last_time, check)
    left = unasked(check)
    return form.result_view(
        turn.t,
        check,
        laid_out(check, short=bool(left)),
        left,
        mine=check.started_by == turn.user,
        reason=reason or check.reason,
        missing=missing,
        again=again,
        apart=apart(check),
    )
