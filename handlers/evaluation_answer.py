"""[Answer]: one's own answers in an evaluation, unseen by all others until they are shown.

The house's own people answer here, and those of the partner's who are in a channel with us.
"""

from dataclasses import dataclass

from slack_sdk.errors import SlackApiError
from slackblocks import ModalView

from bot.errors import UserError
from bot.evaluation import Evaluation
from bot.evaluation_form import (
    audience,
    begin_at,
    is_low,
    merged,
    not_asked_yet,
    pages,
    to_keep,
    voice_in_slack,
)
from bot.evaluation_partner import reads_along
from bot.round import Round, Sheet, State
from bot.round_steps import check_answer, lays_out
from bot.translation import mark
from bot.workspace_roles import NOT_STAFF, Action, Role
from handlers.desk import Desk
from handlers.evaluation_round import STEPS, is_over
from handlers.turn import Next, Turn
from handlers.views import evaluation as views
from handlers.views import evaluation_answer as form
from handlers.views import tjek_answer as sent_views
from handlers.views.notice import notice_view
from storage import evaluation as evaluations
from storage import partner as register_of
from storage import round as rounds
from storage import round_sheets
from storage.database import Connection

NOT_SAID = mark("You have chosen 1 or 2. If you like, say what it would take; or just go on.")


@dataclass(frozen=True)
class Mine:
    """One person's part in a round."""

    this: Round
    evaluation: Evaluation
    partner: str
    sheet: Sheet


def register(desk: Desk) -> None:
    """Sign up."""
    desk.action(views.ANSWER, answer, Action.ANSWER_EVALUATION)
    desk.action(form.CHOICE, choose, Action.ANSWER_EVALUATION)
    desk.action(form.BACK, back, Action.ANSWER_EVALUATION)
    desk.submit(form.PAGE, next_page, Action.ANSWER_EVALUATION)


def voice(turn: Turn) -> str:
    """Whose answers this person's are."""
    return voice_in_slack(turn.user, visits=turn.role is Role.VISITOR)


async def answer(turn: Turn) -> None:
    """One's own pages, at the first that has something left to answer."""
    if await is_over(turn):
        return
    mine = await turn.read(_mine, turn, int(turn.value))
    number = begin_at(mine.evaluation.instrument, mine.sheet)
    await turn.show(await _page(turn, mine, number))


async def choose(turn: Turn) -> None:
    """Of a low answer it is asked what it would take; the form is shown anew only for that.

    Who is quicker than that gets it when the page is sent.
    """
    round_id, number = form.where(turn.note)
    mine = await turn.read(_mine, turn, round_id)
    typed = form.read_page(turn.typed)
    page = pages(mine.evaluation.instrument)[number]
    if {one.id for one in page if is_low(one, typed.answers.get(one.id))} == {
        one.id for one in page if one.id in typed.notes
    }:
        return
    shown = Mine(mine.this, mine.evaluation, mine.partner, merged(mine.sheet, typed))
    try:
        await turn.turn_into(await _page(turn, shown, number))
    except SlackApiError as error:
        if error.response.get("error") not in ("hash_conflict", "not_found"):
            raise


async def next_page(turn: Turn) -> Next:
    """Keep this page as a draft and show the next; after the last the answers are sent."""
    mine, number = await turn.write(_keep, turn, step=1)
    if number is not None:
        above = turn.t(NOT_SAID) if number == form.where(turn.note)[1] else ""
        return Next(await _page(turn, mine, number, above))
    STEPS.later(turn, mine.this)
    if mine.this.state is State.OPEN:
        return Next(notice_view(turn.t, sent_views.sent(turn.t, mine.this, 0)))
    shown = turn.role is Role.VISITOR or lays_out(mine.this)
    told = sent_views.shown(turn.t) if shown else form.unshown(turn.t)
    return Next(notice_view(turn.t, told))


async def back(turn: Turn) -> None:
    """Keep this page, and show the one before."""
    mine, number = await turn.write(_keep, turn, step=-1)
    await turn.turn_into(await _page(turn, mine, number or 0))


async def _page(turn: Turn, mine: Mine, number: int, above: str = "") -> ModalView:
    other, own = mine.partner, ""
    if turn.role is Role.VISITOR:
        other, own = (await turn.library()).library_name or turn.t("the library"), mine.partner
    asked = form.Asked(
        mine.evaluation, number, other, own, audience(mine.this), reads_along(mine.this)
    )
    return form.answer_view(turn.t, mine.this, asked, mine.sheet, above)


def _mine(conn: Connection, team: str, turn: Turn, round_id: int, *, lock: bool = False) -> Mine:
    this, evaluation = evaluations.with_round(conn, team, round_id, lock=lock)
    if turn.role is Role.VISITOR and voice(turn) not in this.standings:
        raise UserError(NOT_STAFF)
    check_answer(this, voice(turn), turn.now)
    partner = register_of.existing(conn, team, evaluation.partner_id)
    sheet = round_sheets.own(conn, team, round_id, voice(turn))
    return Mine(this, evaluation, partner.name, sheet)


def _keep(conn: Connection, team: str, turn: Turn, *, step: int) -> tuple[Mine, int | None]:
    """Save the page that is left; past the last there is none, and the answers are sent.

    The page itself is next once more where a low answer was not yet asked about.
    """
    round_id, number = form.where(turn.note)
    before = _mine(conn, team, turn, round_id, lock=True)
    every = pages(before.evaluation.instrument)
    typed = form.read_page(turn.typed)
    lacks = step > 0 and any(
        not before.sheet.notes.get(one.id) for one in not_asked_yet(every[number], typed)
    )
    to = number if lacks else number + step
    answers, notes = to_keep(every[number], typed)
    this = rounds.answer(
        conn,
        team,
        round_id,
        voice(turn),
        answers=answers,
        notes=notes,
        now=turn.now,
        sent=to == len(every),
    )
    this = STEPS.answered(conn, team, before.this, this, voice(turn), turn.now)
    sheet = round_sheets.own(conn, team, round_id, voice(turn))
    mine = Mine(this, before.evaluation, before.partner, sheet)
    return mine, to if 0 <= to < len(every) else None
