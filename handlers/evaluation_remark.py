"""[Keep a remark]: what is said in an evaluation's thread and is to stay; the bot reads none of it.

It is kept quietly: nothing in the thread tells of it, for there it is said already.
"""

from bot.evaluation_remark import PER_PAGE, Remark, checked_remark
from bot.home import page_of
from bot.workspace_roles import Action
from handlers.desk import Desk
from handlers.evaluation_round import loaded
from handlers.turn import Next, Turn
from handlers.views import evaluation as message_views
from handlers.views import evaluation_remark as views
from handlers.views.notice import notice_view
from storage import evaluation_remark as remarks
from storage.database import Connection


def register(desk: Desk) -> None:
    """Sign up."""
    desk.action(message_views.REMARK, begin, Action.KEEP_REMARK)
    desk.submit(views.SUBMIT, keep, Action.KEEP_REMARK)
    desk.action(views.LIST, look, Action.KEEP_REMARK)


async def begin(turn: Turn) -> None:
    """The form."""
    this, _, partner = await turn.read(loaded, int(turn.value))
    await turn.show(views.form_view(turn.t, this, partner))


async def keep(turn: Turn) -> Next:
    """It stands with the evaluation from now on, with who wrote it and when."""
    text = checked_remark(views.read_form(turn.typed))
    await turn.write(_keep, turn, text)
    this, _, _ = await turn.read(loaded, int(turn.note))
    return Next(notice_view(turn.t, views.kept(turn.t, this)))


async def look(turn: Turn) -> None:
    """What was kept, a page at a time."""
    number, wanted = views.where(turn.value)
    this, evaluation, partner = await turn.read(loaded, number)
    found = await turn.read(remarks.remarks_of, evaluation.id)
    page = page_of(wanted, len(found), PER_PAGE)
    await turn.show(views.list_view(turn.t, this, partner, found[::-1], page))


def _keep(conn: Connection, team: str, turn: Turn, text: str) -> None:
    _, evaluation, _ = loaded(conn, team, int(turn.note))
    remarks.add(conn, team, Remark(evaluation.id, turn.user, text, turn.now))
