"""[Ask the partner]: a voice for one of theirs, and a mail with a link that the colleague sends.

The token is in that one modal and nowhere else: no message, no log, no delivery has it.
"""

import secrets
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from datetime import date

from bot.errors import UserError
from bot.evaluation import Evaluation
from bot.evaluation_mail import Asked, Mail, with_link, with_questions
from bot.evaluation_partner import check_asks, offered
from bot.evaluation_token import RANDOM_BYTES, hashed, link
from bot.partner import ContactPerson, Partner
from bot.round import Round, Standing
from bot.round_voice import THE_PARTNER, of_person
from bot.translation import Translator, mark
from bot.workspace import Workspace
from bot.workspace_roles import Action
from handlers import access
from handlers.desk import Desk
from handlers.evaluation_said import IN_CHANNEL
from handlers.turn import Next, Turn
from handlers.views import evaluation_partner as views
from handlers.views.evaluation import ASK_PARTNER, time_for
from handlers.views.evaluation_page import called
from storage import circle_activity, evaluation, evaluation_link, export, privacy
from storage import partner as register_of
from storage.database import Connection

NOT_OFFERED = mark(
    "That contact person is not on the card any more, or does not wish to be contacted. Choose"
    " another one."
)
ANSWERED = mark(
    "They have answered already, so I make no new link. If they want to change something, they can"
    " answer it all again with the link they have, or in a mail to you."
)


@dataclass(frozen=True)
class Case:
    """A round whose partner may be asked, and who of theirs."""

    this: Round
    evaluation: Evaluation
    partner: Partner
    persons: tuple[ContactPerson, ...]

    def person(self, voice: str) -> ContactPerson | None:
        """The one with that voice; None for the organisation.

        Raises:
            UserError: she may not be written to.
        """
        if voice == THE_PARTNER:
            return None
        for person in self.persons:
            if of_person(person.id) == voice:
                return person
        raise UserError(NOT_OFFERED, field=views.TO)


def register(desk: Desk) -> None:
    """Sign up."""
    desk.action(ASK_PARTNER, ask, Action.ASK_PARTNER)
    desk.action(views.OPEN_MAIL, opened_mail, Action.ASK_PARTNER)
    desk.submit(views.FORM, write_mail, Action.ASK_PARTNER)
    desk.submit(views.SENT, sent, Action.ASK_PARTNER)


async def ask(turn: Turn) -> None:
    """Whom to ask, and how."""
    await turn.show(views.ask_view(turn.t, await offer(turn, int(turn.value))))


async def write_mail(turn: Turn) -> Next:
    """Make room for their voice, and show the mail."""
    wishes = views.read_wishes(turn.typed)
    by_link = wishes.by_link and bool(turn.house.public_url)
    token = urlsafe_b64encode(secrets.token_bytes(RANDOM_BYTES)).decode()
    library = await turn.library()
    before = await turn.read(case_of, turn, int(turn.note), library)
    case = await turn.write(_ask, turn, library, wishes.voice, hashed(token) if by_link else "")
    later(turn, before.this, case.this)
    t = Translator(wishes.language, library.timezone)
    since = await turn.read(_since, case.evaluation, t)
    asked = await _asked(turn, case, library, t, wishes.voice, since)
    mail = _mail(t, asked, link(turn.house.public_url, token) if by_link else "", turn.today)
    person = case.person(wishes.voice)
    address = person.email if person else ""
    view = views.mail_view(turn.t, case.partner.name, mail, address, by_link=by_link)
    return Next(view)


async def opened_mail(_turn: Turn) -> None:
    """The colleague's own mail program does the rest."""


async def sent(_turn: Turn) -> None:
    """The form closes; nothing of the mail is kept."""


async def offer(turn: Turn, number: int) -> views.Offer:
    """Whose answers can be asked for, or put in."""
    library = await turn.library()
    case = await turn.read(case_of, turn, number, library)
    return views.Offer(
        case.this,
        case.partner.name,
        case.persons,
        await turn.read(evaluation_link.made, number),
        has_address=bool(turn.house.public_url),
        lacks_statements=not (library.privacy_url and library.accessibility_url),
        language=library.language,
        minutes=time_for(turn.t, case.evaluation.instrument),
    )


def case_of(
    conn: Connection, team: str, turn: Turn, number: int, library: Workspace, *, lock: bool = False
) -> Case:
    """The round with its partner.

    Raises:
        UserError: this colleague may not ask the partner, or it is too late.
    """
    this, about = evaluation.with_round(conn, team, number, lock=lock)
    check_asks(this, about, turn.user, library.coordinators, turn.now)
    partner = register_of.existing(conn, team, about.partner_id)
    owed = privacy.standings(conn, team, [partner.id])
    persons = offered(partner, owed, export.unwilling(conn, team))
    return Case(this, about, partner, persons)


def later(turn: Turn, before: Round, now: Round) -> None:
    """Bring the message in the channel up to date where the count is another one."""
    if dict(before.standings) != dict(now.standings):
        turn.house.carry_on(IN_CHANNEL.renew(turn.house, turn.team, now.id))


def _ask(
    conn: Connection, team: str, turn: Turn, library: Workspace, voice: str, token_hash: str
) -> Case:
    case = case_of(conn, team, turn, int(turn.note), library, lock=True)
    case.person(voice)
    this = evaluation_link.let_in(conn, team, case.this, voice)
    if token_hash and this.standings[voice] is Standing.ANSWERED:
        raise UserError(ANSWERED, field=views.TO)
    if token_hash:
        evaluation_link.keep(conn, team, this.id, voice, token_hash, by=turn.user, now=turn.now)
    return Case(this, case.evaluation, case.partner, case.persons)


def _since(conn: Connection, team: str, about: Evaluation, t: Translator) -> date | None:
    for one in circle_activity.of_partner(conn, team, about.partner_id):
        if one.id == about.activity_id:
            return one.noted_at.astimezone(t.zone).date()
    return None


async def _asked(
    turn: Turn, case: Case, library: Workspace, t: Translator, voice: str, since: date | None
) -> Asked:
    person = case.person(voice)
    sender = await access.names(turn.house, turn.client, turn.team, [turn.user])
    return Asked(
        case.evaluation,
        case.this.deadline,
        case.partner.name,
        person.name if person else "",
        "".join(sender),
        called(t, library),
        since,
        library.privacy_url,
    )


def _mail(t: Translator, asked: Asked, address: str, today: date) -> Mail:
    return with_link(t, asked, address, today) if address else with_questions(t, asked, today)
