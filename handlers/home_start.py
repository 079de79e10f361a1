"""The five questions that a library may begin with, and what its answers lead on to."""

from collections.abc import Mapping

from bot.home_start import MOST_NAMED, Draft, Question, answers, named, put_together
from bot.text import fold
from bot.workspace_roles import Action, Role
from handlers.desk import Desk
from handlers.turn import Next, Turn
from handlers.views import home_start as views
from storage import home_start as start_of
from storage import partner_search
from storage.database import Connection

LOOKED_UP = 20  # names in an answer: more are for the import


def register(desk: Desk) -> None:
    """Sign up."""
    desk.action(views.BEGIN, begin, Action.ANSWER_START)
    desk.action(views.SEE, see, Action.ANSWER_START)
    desk.submit(views.FORM, keep, Action.ANSWER_START)
    desk.submit(views.READ, close, Action.ANSWER_START)


async def begin(turn: Turn) -> None:
    """The form, with what was answered before."""
    said = await turn.read(start_of.answered)
    await turn.show(views.form_view(turn.t, Draft(said, said)))


async def keep(turn: Turn) -> Next:
    """Store the answers, and show them with what may be done next.

    Where a colleague was faster in the same question, first the form again, with what she wrote.
    """
    draft = await turn.claim(_keep, turn, answers(views.read_form(turn.typed)))
    if draft.apart:
        return Next(views.form_view(turn.t, draft))
    turn.saved = True
    return Next(views.page_view(turn.t, await _page(turn, draft.answers)))


async def see(turn: Turn) -> None:
    """The answers, to be copied."""
    said = await turn.read(start_of.answered)
    await turn.open(views.page_view(turn.t, await _page(turn, said)))


async def close(_: Turn) -> None:
    """Slack wants a button below a field; this one closes the view, and nothing is kept."""


def _keep(conn: Connection, team: str, turn: Turn, mine: Mapping[Question, str]) -> Draft:
    stored = start_of.answered(conn, team, lock=True)
    draft = put_together(views.shown(turn.note), mine, stored)
    if not draft.apart:
        start_of.keep(conn, team, draft.answers, now=turn.now)
    return draft


async def _page(turn: Turn, said: Mapping[Question, str]) -> views.Page:
    new = await turn.read(_new, said.get(Question.NOW, ""))
    return views.Page(said, new, coordinates=turn.role is Role.COORDINATOR)


def _new(conn: Connection, team: str, answer: str) -> list[str]:
    """The first of those named there that are not in the register."""
    lacking = []
    for name in named(answer)[:LOOKED_UP]:
        hits = partner_search.search(conn, team, name, limit=1)
        if not any(fold(hit.name) == fold(name) for hit in hits):
            lacking.append(name)
    return lacking[:MOST_NAMED]
