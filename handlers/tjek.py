"""`/partner tjek`: page by page through the questions."""

from bot.tjek import Check, checked_note, pages, place, undecided
from bot.workspace_roles import Action
from handlers import (
    tjek_answer,
    tjek_ask,
    tjek_decide,
    tjek_invited,
    tjek_result,
    tjek_round,
    tjek_said,
    tjek_start,
    tjek_step,
)
from handlers.desk import Desk
from handlers.tjek_page import alone, get, page
from handlers.tjek_result import draft, result
from handlers.turn import Next, Turn
from handlers.views import tjek as views
from storage import tjek as checks_of
from storage.database import Connection


def register(desk: Desk) -> None:
    """Sign up."""
    desk.action(views.RESUME, resume, Action.CHECK)
    desk.action(views.BACK, back, Action.CHECK)
    desk.submit(views.PAGE, next_page, Action.CHECK)
    tjek_start.register(desk)
    tjek_result.register(desk)
    for together in (
        tjek_ask,
        tjek_answer,
        tjek_round,
        tjek_said,
        tjek_invited,
        tjek_decide,
        tjek_step,
    ):
        together.register(desk)


async def next_page(turn: Turn) -> Next:
    """Keep this page; show the next, or the result after the last."""
    check = await turn.write(_keep, turn, step=1)
    return Next(await result(turn, check) if check.finished_at else page(turn, check))


async def back(turn: Turn) -> None:
    """Keep this page, and show the one before; before the first is who and what."""
    check = await turn.write(_keep, turn, step=-1)
    was_first = check.page == views.where(turn.note)[1]
    before = await tjek_start.back_to_it(turn, check) if was_first else page(turn, check)
    await turn.turn_into(before)


async def resume(turn: Turn) -> None:
    """Go on with a draft where it was left."""
    check = await turn.read(alone, int(turn.value), turn.user)
    await turn.show(draft(turn, check))


def _keep(conn: Connection, team: str, turn: Turn, *, step: int) -> Check:
    """Save the page that is left, and move on by `step`; past the last the check is finished."""
    number, page_id = views.where(turn.note)
    check = undecided(alone(conn, team, number, turn.user, lock=True))
    typed = views.read_page(turn.typed)
    order = [page.id for page in pages(check)]
    to = place(check, page_id) + step
    checks_of.save_sheet(
        conn,
        team,
        number,
        turn.user,
        answers=typed.answers,
        notes={page: checked_note(note) for page, note in typed.notes.items()},
        page=order[to] if 0 <= to < len(order) else page_id,
        now=turn.now,
    )
    if to == len(order):
        checks_of.finish(conn, team, number, turn.now)
    return get(conn, team, number)
