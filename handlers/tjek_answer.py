"""[Answer]: a colleague's own pages in a round, unseen by all others until they are shown."""

from slackblocks import ModalView

from bot.errors import UserError
from bot.questions import SHORT_PAGE, Page
from bot.round import Round, State
from bot.round_steps import check_answer
from bot.tjek import PASSED, Check, Sheet, checked_note
from bot.tjek_round import begin_at, own_sheet, pages_for, shortened
from bot.workspace_roles import Action
from handlers.desk import Desk
from handlers.tjek_round import STEPS, is_over
from handlers.tjek_said import loaded
from handlers.turn import Next, Turn
from handlers.views import round as views
from handlers.views import tjek as page_views
from handlers.views import tjek_answer as form
from handlers.views.notice import notice_view
from handlers.views.tjek import Asked
from storage import round as rounds
from storage import round_sheets
from storage.database import Connection


def register(desk: Desk) -> None:
    """Sign up."""
    desk.action(views.ANSWER, answer, Action.ANSWER_ROUND)
    desk.action(views.SHORT, answer_few, Action.ANSWER_ROUND)
    desk.action(form.BACK, back, Action.ANSWER_ROUND)
    desk.submit(form.PAGE, next_page, Action.ANSWER_ROUND)


async def answer(turn: Turn) -> None:
    """One's own pages, at the first that has something left to answer."""
    if await is_over(turn):
        return
    this, check, sheet = await turn.read(_mine, turn, int(turn.value))
    await turn.show(_page(turn, this, check, sheet, begin_at(check, sheet)))


async def answer_few(turn: Turn) -> None:
    """Only the most important ones."""
    if await is_over(turn):
        return
    this, check, sheet = await turn.read(_mine, turn, int(turn.value))
    page = shortened(check) or begin_at(check, sheet)
    await turn.show(_page(turn, this, check, sheet, page))


async def next_page(turn: Turn) -> Next:
    """Keep this page as a draft and show the next; after the last they are sent."""
    this, check, sheet, page = await turn.write(_keep, turn, step=1)
    if page is not None:
        return Next(_page(turn, this, check, sheet, page))
    STEPS.later(turn, this)
    if this.state is not State.OPEN:
        return Next(notice_view(turn.t, form.shown(turn.t)))
    left = sum(q.id not in sheet.answers for p in pages_for(check) for q in p.questions)
    return Next(notice_view(turn.t, form.sent(turn.t, this, left)))


async def back(turn: Turn) -> None:
    """Keep this page, and show the one before."""
    this, check, sheet, page = await turn.write(_keep, turn, step=-1)
    await turn.turn_into(_page(turn, this, check, sheet, page or pages_for(check)[0]))


def _page(turn: Turn, this: Round, check: Check, sheet: Sheet, page: Page) -> ModalView:
    order = _order(check, page.id)
    place = [one.id for one in order].index(page.id)
    asked = Asked(page, place + 1, len(order))
    return form.answer_view(turn.t, check, this, asked, sheet)


def _order(check: Check, page_id: str) -> tuple[Page, ...]:
    """The pages that this one is among: all of them, or the few by themselves."""
    few = shortened(check)
    if few and page_id == SHORT_PAGE:
        return (few,)
    pages = pages_for(check)
    if page_id not in [page.id for page in pages]:
        raise UserError(PASSED)
    return pages


def _mine(conn: Connection, team: str, turn: Turn, number: int) -> tuple[Round, Check, Sheet]:
    this, check = loaded(conn, team, number)
    check_answer(this, turn.user, turn.now)
    return this, check, own_sheet(round_sheets.own(conn, team, number, turn.user))


def _keep(
    conn: Connection, team: str, turn: Turn, *, step: int
) -> tuple[Round, Check, Sheet, Page | None]:
    """Save the page that is left; past the last there is no page, and the answers are sent."""
    number, page_id = page_views.where(turn.note)
    before, check = loaded(conn, team, number, lock=True)
    order = _order(check, page_id)
    to = [page.id for page in order].index(page_id) + step
    typed = page_views.read_page(turn.typed)
    this = rounds.answer(
        conn,
        team,
        number,
        turn.user,
        answers=dict(typed.answers),
        notes={page: checked_note(note) for page, note in typed.notes.items()},
        now=turn.now,
        sent=to == len(order),
    )
    this = STEPS.answered(conn, team, before, this, turn.user, turn.now)
    sheet = own_sheet(round_sheets.own(conn, team, number, turn.user))
    return this, check, sheet, order[to] if 0 <= to < len(order) else None
