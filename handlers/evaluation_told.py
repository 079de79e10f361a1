"""What the partner has said without the form: a mail that is pasted, or a talk at a meeting."""

from dataclasses import replace

from slackblocks import ModalView

from bot import guard
from bot.errors import UserError
from bot.evaluation_mail import LAST_QUESTION
from bot.evaluation_partner import joined
from bot.evaluation_paste import Reading, parse
from bot.evaluation_questions import LAST
from bot.round import Round, Sheet, Standing
from bot.translation import Translator, mark
from bot.workspace import Language, Workspace
from bot.workspace_roles import Action
from handlers import round as desk_of
from handlers.desk import Desk
from handlers.evaluation_partner import Case, case_of, later, offer
from handlers.evaluation_reveal import pieces
from handlers.language import of_the_library
from handlers.turn import Next, Turn
from handlers.views import evaluation_told as views
from handlers.views.evaluation_page import called
from handlers.views.evaluation_partner import FROM_MEETING, PASTE
from handlers.views.notice import notice_view
from storage import evaluation_link, round_sheets
from storage import round as rounds
from storage.database import Connection

NOTHING = mark("Choose at least one answer. What they have not answered can stand empty.")


def register(desk: Desk) -> None:
    """Sign up."""
    desk.action(PASTE, paste, Action.ASK_PARTNER)
    desk.action(FROM_MEETING, from_meeting, Action.ASK_PARTNER)
    desk.submit(views.PASTED, read, Action.ASK_PARTNER)
    desk.submit(views.TOLD, save, Action.ASK_PARTNER)


async def paste(turn: Turn) -> None:
    """The field for the mail."""
    await turn.open(views.paste_view(turn.t, await offer(turn, int(turn.value))))


async def from_meeting(turn: Turn) -> None:
    """The questions, with nothing answered: what they have sent themselves stays hidden."""
    number = int(turn.value)
    offered = await offer(turn, number)
    library = await turn.library()
    case = await turn.read(case_of, turn, number, library)
    where = views.Where(number, "", views.MEETING)
    other = called(turn.t, library)
    view = views.preview_view(turn.t, where, case.evaluation, other, Reading(), offer=offered)
    await turn.open(view)


async def read(turn: Turn) -> Next:
    """What was understood of the mail, to be looked through."""
    number = int(turn.note)
    voice, text = views.read_text(turn.typed)
    library = await turn.library()
    case = await turn.read(case_of, turn, number, library)
    reading = _parsed(text, case)
    again = case.this.standings.get(voice) is Standing.ANSWERED
    if reading.meets and not reading.answers:
        return Next(views.meets_view(turn.t, views.Where(number, voice, views.MEETS, again=again)))
    where = views.Where(number, voice, views.MAIL, again=again)
    other = called(turn.t, library)
    return Next(views.preview_view(turn.t, where, case.evaluation, other, reading))


async def save(turn: Turn) -> Next:
    """Put it in as that voice's answers."""
    where = views.read_where(turn.note)
    where = replace(where, voice=where.voice or views.read_voice(turn.typed))
    told = views.read_told(turn.typed)
    library = await turn.library()
    before = await turn.read(case_of, turn, where.round_id, library)
    if where.how == views.MEETS:
        this = await turn.write(_meets, turn, library, where)
    else:
        in_house = await of_the_library(turn.house, turn.team)
        sheet = _checked(told, before, in_house if where.how == views.MEETING else None)
        this = await turn.write(_save, turn, library, where, sheet)
    if this is None:
        return Next(_once_more(turn, replace(where, again=True), before, told, library))
    later(turn, before.this, this)
    meets = where.how == views.MEETS
    return Next(notice_view(turn.t, views.saved(turn.t, this, meets=meets)))


def _once_more(
    turn: Turn, where: views.Where, case: Case, told: Sheet, library: Workspace
) -> ModalView:
    """They have answered meanwhile, or she did not know: before it is gone, she is told."""
    if where.how == views.MEETS:
        return views.meets_view(turn.t, where)
    reading = Reading(answers=told.answers, notes=told.notes)
    other = called(turn.t, library)
    return views.preview_view(turn.t, where, case.evaluation, other, reading)


def _parsed(text: str, case: Case) -> Reading:
    """Whichever language the mail was in."""
    last = [Translator(language)(LAST_QUESTION) for language in Language]
    names = [person.name for person in case.partner.people]
    return parse(text, case.evaluation.instrument, last, names=names)


def _checked(told: Sheet, case: Case, t: Translator | None) -> Sheet:
    """As it may be stored; what was told at a meeting says so, where there is a `t` to say it."""
    if not told.answers:
        first = case.evaluation.instrument.questions[0].id
        raise UserError(NOTHING, field=f"{views.CHOICE}.{first}")
    notes = {key: guard.note(text, field=f"{views.NOTE}.{key}") for key, text in told.notes.items()}
    if t:
        said = t("Told at a meeting.")
        notes[LAST] = f"{said} {notes[LAST]}" if notes.get(LAST) else said
    return Sheet(told.answers, notes)


def _save(
    conn: Connection, team: str, turn: Turn, library: Workspace, where: views.Where, sheet: Sheet
) -> Round | None:
    number, voice = where.round_id, where.voice
    if not _let_in(conn, team, turn, library, where):
        return None
    own = round_sheets.own(conn, team, number, voice)
    notes = {
        key: joined(own.notes.get(key, ""), text, field=f"{views.NOTE}.{key}")
        for key, text in sheet.notes.items()
    }
    this = rounds.answer(
        conn, team, number, voice, answers=dict(sheet.answers), notes=notes, now=turn.now
    )
    return desk_of.settle(conn, team, this, turn.now, pieces)


def _meets(
    conn: Connection, team: str, turn: Turn, library: Workspace, where: views.Where
) -> Round | None:
    if not _let_in(conn, team, turn, library, where):
        return None
    this = rounds.decline(conn, team, where.round_id, where.voice, turn.now)
    return desk_of.settle(conn, team, this, turn.now, pieces)


def _let_in(
    conn: Connection, team: str, turn: Turn, library: Workspace, where: views.Where
) -> bool:
    """Whether it may be put in; not over answers of which she has not been told."""
    case = case_of(conn, team, turn, where.round_id, library, lock=True)
    if where.voice not in case.this.standings:  # a form can be older than the card
        case.person(where.voice)
    this = evaluation_link.let_in(conn, team, case.this, where.voice)
    return where.again or this.standings[where.voice] is not Standing.ANSWERED
