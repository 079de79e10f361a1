"""[Copy to the partner]: the result in a mail that the colleague sends, never the bot."""

from slackblocks import ModalView

from bot.evaluation_figures import Held
from bot.evaluation_partner import offered, reads_along
from bot.evaluation_result import result
from bot.evaluation_step import together
from bot.evaluation_summary import Between, Facts, facts, letter
from bot.partner import ContactPerson, Partner
from bot.translation import Translator
from bot.workspace import Language
from bot.workspace_roles import Action
from handlers import access
from handlers.desk import Desk
from handlers.turn import Turn
from handlers.views import evaluation_copy as views
from handlers.views.evaluation_decide import COPY
from storage import evaluation as evaluations
from storage import evaluation_step as steps_of
from storage import evaluation_year as year
from storage import export, privacy, round_sheets
from storage import partner as register_of
from storage.database import Connection


def register(desk: Desk) -> None:
    """Sign up."""
    desk.action(COPY, copy, Action.SEE_PARTNER)
    desk.action(views.CHOICE, in_language, Action.SEE_PARTNER)
    desk.submit(views.COPIED, copied, Action.SEE_PARTNER)


async def copy(turn: Turn) -> None:
    """The mail in the colleague's own language first."""
    number = int(turn.value)
    await turn.show(await _view(turn, number, turn.t.language))


async def in_language(turn: Turn) -> None:
    """The mail in the other language."""
    number, language = int(turn.note), views.read_language(turn.typed)
    await turn.turn_into(await _view(turn, number, language))


async def copied(_: Turn) -> None:
    """It was copied; the colleague sends it herself."""


async def _view(turn: Turn, number: int, language: Language) -> ModalView:
    this, _ = await turn.read(evaluations.with_round, number)
    text = await _mail(turn, number, language)
    return views.mail_view(turn.t, number, text, language, read_along=reads_along(this))


async def _mail(turn: Turn, number: int, language: Language) -> str:
    told, partner, persons, subject = await turn.read(_load, turn, number)
    library = (await turn.library()).library_name
    found = await access.profile(turn.house, turn.client, turn.team, turn.user)
    signed = ", ".join(filter(None, (access.first_name(found), library)))
    named = next((one.name for one in persons), "")
    between = Between(
        person=named.split()[0] if named else "",
        partner=partner.name,
        subject=subject,
        signed=signed,
    )
    t = Translator(language, str(turn.t.zone))
    return letter(t, told, between, turn.today)


def _load(
    conn: Connection, team: str, turn: Turn, number: int
) -> tuple[Facts, Partner, tuple[ContactPerson, ...], str]:
    this, evaluation = evaluations.with_round(conn, team, number)
    held = Held(evaluation, this, round_sheets.shown(conn, team, this.id))
    steps = together(steps_of.of(conn, team, [evaluation.id]))
    again = year.next_with_partner_on(conn, team, evaluation.partner_id, turn.today)
    partner = register_of.existing(conn, team, evaluation.partner_id)
    owed = privacy.standings(conn, team, [partner.id])
    persons = offered(partner, owed, export.unwilling(conn, team))
    return facts(result(held, ()), steps, again), partner, persons, evaluation.subject
