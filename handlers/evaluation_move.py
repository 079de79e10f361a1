"""The coordinator at the year of evaluations: looks at it, moves, leaves out, asks now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from slackblocks import ModalView

from bot.errors import UserError
from bot.evaluation_open import instrument_for
from bot.evaluation_year import How, Line
from bot.home import page_of
from bot.translation import mark
from handlers import access
from handlers.delivery_on import require_switched_on
from handlers.evaluation_ahead import Ahead, ahead, open_line
from handlers.turn import Next, Turn
from handlers.views import evaluation_move as forms
from handlers.views import evaluation_year as views
from storage import evaluation_instruments as instruments_of
from storage import evaluation_year as moves
from storage.database import Connection

_GONE = mark("That one does not stand in the year any more. Open it again to see how it is now.")
_LEFT_OUT = mark("It has been left out meanwhile. Undo that first if it is to be asked after all.")
_PASSED = mark("Choose a day from today on.")
_TOO_FAR = mark("That is more than two years ahead. Choose an earlier day, or leave it out.")
_NOT_BEGUN = mark(
    "It could not begin: there is a round about them already, or nobody is there to be asked."
)
FARTHEST = 2 * 365  # days


@dataclass(frozen=True)
class Chosen:
    """The line that a menu or a form is about, in the year as it is now."""

    here: views.About
    line: Line
    year: Ahead


async def open_year(turn: Turn) -> None:
    """From Home or the settings."""
    await turn.open(await _page(turn, 1))


async def turn_page(turn: Turn) -> None:
    """Another page."""
    await turn.turn_into(await _page(turn, int(turn.value)))


async def choose(turn: Turn) -> None:
    """What a line's menu offers."""
    what, here = views.read_choice(turn.value)
    chosen = await _chosen(turn, here, now=what == views.NOW)
    if what not in (views.SKIP, views.BACK):
        await turn.open(await _form(turn, what, chosen))
        return
    if what == views.SKIP:
        await turn.write(_decided, turn, chosen, None)
    else:
        await turn.write(_put_back, chosen)
    await turn.turn_into(await _page(turn, here.page))


async def move(turn: Turn) -> Next | None:
    """Another day."""
    chosen = await _chosen(turn, views.About.read(turn.note))
    wished = forms.read_day(turn.typed)
    if not 0 <= (wished - turn.today).days <= FARTHEST:
        raise UserError(_PASSED if wished < turn.today else _TOO_FAR, field=forms.DAY)
    calendar = chosen.year.calendar
    day = wished if calendar.is_working(wished) else calendar.working_day(wished, 1)
    await turn.write(_decided, turn, chosen, day, chosen.line.due.instrument)
    return await _renewed(turn, chosen.here.page)


async def other_questions(turn: Turn) -> Next | None:
    """Other questions this time. Its day is no more chosen by that than it was."""
    chosen = await _chosen(turn, views.About.read(turn.note))
    due = chosen.line.due
    if due.left_out:  # to choose its questions does not take it up again
        raise UserError(_LEFT_OUT)
    await turn.write(_decided, turn, chosen, due.put_on, forms.read_instrument(turn.typed))
    return await _renewed(turn, chosen.here.page)


async def ask_now(turn: Turn) -> Next | None:
    """Open it at once."""
    await require_switched_on(turn)
    chosen = await _chosen(turn, views.About.read(turn.note), now=True)
    if await open_line(turn.house, turn.team, chosen.line) is None:
        raise UserError(_NOT_BEGUN)
    return await _renewed(turn, chosen.here.page)


async def _renewed(turn: Turn, page: int) -> Next | None:
    view = await _page(turn, page)
    return None if await turn.show_below(view) else Next(view)


async def _page(turn: Turn, number: int) -> ModalView:
    year = await ahead(turn.house, turn.client, turn.team)
    page = page_of(number, len(year.lines), views.A_PAGE)
    lines = year.lines[page.first : page.first + views.A_PAGE]
    return views.year_view(turn.t, lines, page, await _names(turn, lines), year.today)


async def _names(turn: Turn, lines: Sequence[Line]) -> dict[str, str]:
    users = {user for line in lines for user in line.asked}
    return await access.first_names(turn.house, turn.client, turn.team, users)


async def _chosen(turn: Turn, here: views.About, *, now: bool = False) -> Chosen:
    """Raises UserError where it was asked meanwhile, or is not to be asked any more.

    `now`: as it would be today.
    """
    today = here.key if now else None
    year = await ahead(turn.house, turn.client, turn.team, today=today)
    line = year.line(here.key)
    if line is None or line.how is How.NOBODY:
        raise UserError(_GONE)
    return Chosen(here, line, year)


async def _form(turn: Turn, what: str, chosen: Chosen) -> ModalView:
    line, here = chosen.line, chosen.here
    if what == views.MOVE:
        return forms.move_view(turn.t, line, here, turn.today)
    if what == views.QUESTIONS:
        usual = line.due.instrument or instrument_for(line.relation.level, line.due.occasion)
        known = await turn.read(instruments_of.instruments)
        return forms.questions_view(turn.t, line, here, known.instruments, usual)
    return forms.now_view(turn.t, line, here, await _names(turn, [line]))


def _decided(
    conn: Connection, team: str, turn: Turn, chosen: Chosen, day: date | None, instrument: str = ""
) -> None:
    due = chosen.line.due
    moves.move(
        conn,
        team,
        chosen.here.partner_id,
        due.occasion,
        due.about,
        to_on=day,
        by=turn.user,
        now=turn.now,
        instrument=instrument,
    )


def _put_back(conn: Connection, team: str, chosen: Chosen) -> None:
    due = chosen.line.due
    moves.put_back(conn, team, chosen.here.partner_id, due.occasion, due.about)
