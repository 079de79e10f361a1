"""A check on its way: whose it is, and the page it stands at."""

from collections.abc import Sequence

from slackblocks import Block, ModalView

from bot.errors import UserError
from bot.round import State
from bot.round_steps import check_decide
from bot.tjek import Check, Sheet, pages
from bot.translation import mark
from bot.workspace_roles import Colleagues
from handlers.tjek_again import latest
from handlers.turn import Turn
from handlers.views import tjek as views
from handlers.views.tjek import Asked
from storage import tjek as checks_of
from storage.database import Connection

NOT_FINISHED = mark("{who} is not finished with this check yet. You can see it when it is.")
UNDER_WAY = mark("Your colleagues are answering already. Wait for them, or call the round off.")
SHOWN = mark("The answers are shown. Write the decision in the thread first.")
NOT_YOURS = mark("That check is a colleague's. Begin your own with `/partner tjek`.")


def get(conn: Connection, team: str, number: int, *, lock: bool = False) -> Check:
    """The check, or a sentence if it was deleted."""
    check = checks_of.get(conn, team, number, lock=lock)
    if check is None:
        raise UserError(checks_of.GONE)
    return check


def own(conn: Connection, team: str, number: int, user: str, *, lock: bool = False) -> Check:
    """The check, if this person started it."""
    check = get(conn, team, number, lock=lock)
    if check.started_by != user:
        raise UserError(NOT_YOURS)
    return check


def check_readable(check: Check, user: str) -> None:
    """Raise UserError for a colleague's unfinished check: it is private until she ends it."""
    if check.finished_at is None and check.started_by not in ("", user):  # read in: it was decided
        raise UserError(NOT_FINISHED, who=Colleagues((check.started_by,)))


def alone(conn: Connection, team: str, number: int, user: str, *, lock: bool = False) -> Check:
    """The check, if this person started it and no colleague has been asked about it."""
    check = own(conn, team, number, user, lock=lock)
    refuse_in_round(conn, team, check)
    return check


def refuse_in_round(conn: Connection, team: str, check: Check) -> None:
    """Raise UserError where colleagues answer, or have answered: it is theirs as well."""
    this = latest(conn, team, check.id)
    if this is None or (this.state is State.CLOSED and check.decision is None):
        return
    if this.state is State.OPEN:
        raise UserError(UNDER_WAY)
    check_decide(this)
    raise UserError(SHOWN)


def page(turn: Turn, check: Check, above: Sequence[Block] = ()) -> ModalView:
    """The page the check stands at, with the person's answers so far."""
    through = pages(check)
    order = [page.id for page in through]
    place = order.index(check.page) if check.page in order else 0
    asked = Asked(through[place], place + 1, len(through))
    return views.page_view(turn.t, check, asked, check.sheets.get(turn.user, Sheet()), above)
