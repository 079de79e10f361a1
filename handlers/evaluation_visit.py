"""What somebody of the partner's sees and does once a link has led to the round."""

import asyncio
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import Any

from aiohttp import ClientError, web
from slack_sdk.errors import SlackApiError

from bot.errors import UserError
from bot.evaluation import Evaluation
from bot.evaluation_mail import day_and_hour
from bot.evaluation_token import is_open
from bot.round import Round, Sheet, Standing, State
from bot.translation import Translator, mark
from bot.workspace import Workspace
from handlers import access
from handlers import round as desk_of
from handlers.evaluation_reveal import pieces
from handlers.evaluation_said import IN_CHANNEL
from handlers.house import House
from handlers.views import evaluation_web as views
from handlers.views.evaluation_page import HEADERS, called, capital, message_page
from handlers.views.parts import bare
from storage import evaluation, evaluation_link
from storage import partner as register_of
from storage import round as rounds
from storage.database import Connection
from storage.evaluation_link import Link

log = logging.getLogger(__name__)

NAME_SECONDS = 2.0  # a colleague's first name is not worth a longer wait

UNREADABLE = mark("What was sent could not be read. Go back, and send it once more.")
NOT_KEPT = mark("It could not be saved just now. Wait a moment, and send it once more.")
STANDS = {
    Standing.ANSWERED: mark("You have answered. What you send now takes the place of that."),
    Standing.DECLINED: mark(
        "You would rather talk about it when we meet. You can still answer here if you like."
    ),
}


@dataclass(frozen=True)
class Case:
    """One voice in one round, as it stands now."""

    link: Link
    this: Round
    evaluation: Evaluation
    partner: str


@dataclass(frozen=True)
class Visit:
    """Somebody with a link that leads somewhere; the page speaks her language."""

    house: House
    request: web.Request
    case: Case
    library: Workspace
    t: Translator

    @property
    def asked(self) -> views.Asked:
        """What the form is drawn from."""
        case = self.case
        return views.Asked(case.evaluation, case.partner, self.library, case.this.deadline)


Write = Callable[[Connection, Link, Sheet, datetime], Round | None]


def found(conn: Connection, token_hash: str) -> Case | None:
    """Where a link leads; None where it leads nowhere."""
    link = evaluation_link.find(conn, token_hash)
    if link is None:
        return None
    this, about = evaluation.with_round(conn, link.team, link.round_id)
    partner = register_of.existing(conn, link.team, about.partner_id)
    return Case(link, this, about, partner.name)


async def show(visit: Visit) -> web.Response:
    """The form, always empty: the colleague who sent the link has it too, and must not read."""
    case, t = visit.case, visit.t
    if not is_open(case.this, case.link.voice, visit.house.clock.now()):
        return await _closed(visit)
    told = STANDS.get(case.this.standings[case.link.voice])
    filled = views.Filled(told=t(told) if told else "")
    return page(views.form_page(t, visit.asked, filled))


async def store(visit: Visit) -> web.Response:
    """Keep the answers, or that they would rather meet."""
    t = visit.t
    typed = await _typed(visit.request)
    if typed is None:
        told = message_page(t, t("Something went wrong"), t(UNREADABLE))
        return page(told, HTTPStatus.BAD_REQUEST)
    sheet = views.read_form(visit.case.evaluation, typed)
    if typed.get(views.DEED) == views.MEETING:
        return await _done(visit, sheet, _decline)
    checked, faults = views.checked(t, sheet)
    if faults:
        form = views.form_page(t, visit.asked, views.Filled(sheet, faults))
        return page(form, HTTPStatus.UNPROCESSABLE_ENTITY)
    return await _done(visit, checked, _answer)


async def _typed(request: web.Request) -> Mapping[str, Any] | None:
    """What a form sends; None for anything else."""
    if request.content_type != "application/x-www-form-urlencoded":
        return None
    try:
        return await request.post()
    except (ValueError, LookupError, web.HTTPException):  # no text, or far too long for this form
        return None


def page(
    html: str, status: int = HTTPStatus.OK, more: Mapping[str, str] | None = None
) -> web.Response:
    """A page with what the browser is told beside it."""
    return web.Response(status=status, body=html.encode(), headers={**HEADERS, **(more or {})})


async def _done(visit: Visit, sheet: Sheet, write: Write) -> web.Response:
    house, link = visit.house, visit.case.link
    try:
        this = await house.store.write(write, link, sheet, house.clock.now())
    except UserError as error:  # its sentence is for those who run the bot
        log.warning("The partner's answers were not saved: %s", error.msgid)
        again = views.Filled(sheet, [views.Fault("", visit.t(NOT_KEPT))])
        form = views.form_page(visit.t, visit.asked, again)
        return page(form, HTTPStatus.SERVICE_UNAVAILABLE)
    if this is None:
        return await _closed(visit, sheet)
    house.wake()
    if this.state is State.OPEN:
        house.carry_on(IN_CHANNEL.renew(house, link.team, this.id))
    return await _thanked(visit, this, sheet)


async def _thanked(visit: Visit, this: Round, sheet: Sheet) -> web.Response:
    t, name = visit.t, await _name(visit)
    who = name or capital(called(t, visit.library))
    day, hour = day_and_hour(t, this.deadline)
    declined = this.standings[visit.case.link.voice] is Standing.DECLINED
    written = views.written_out(t, visit.asked, sheet) if declined else ""
    if declined:
        lines = [t("{name} can see that you would rather talk about it when you meet.", name=who)]
        if this.state is State.OPEN:
            again = t(
                "If you change your mind, the same link takes answers until {day} at {hour}, or"
                " until all the others have answered."
            )
            lines.append(again.format(day=day, hour=hour))
        if written:
            lines.append(t("What you wrote is not sent. Take it with you to the talk."))
    elif this.state is not State.OPEN:
        lines = [t("Everybody has answered now, so {name} can see the answers.", name=who)]
    else:
        lines = [
            t(
                "{name} can see your answers from {day} on. If you want to change something before"
                " that, answer it all again with the same link.",
                name=who,
                day=day,
            ),
        ]
    thanks = message_page(t, t("Thank you"), *lines, library=visit.library, written=written)
    return page(thanks)


async def _closed(visit: Visit, sheet: Sheet | None = None) -> web.Response:
    """Too late, with what was written, to be sent another way."""
    t, library = visit.t, visit.library
    written = views.written_out(t, visit.asked, sheet) if sheet else ""
    name, mail = await _name(visit), library.privacy_contact
    sentence = t("We would still like to hear from you: answer the mail that the link came with.")
    if name:
        sentence = t("We would still like to hear from you: write to {name}.")
    if name and mail:
        sentence = t("We would still like to hear from you: write to {name} ({mail}).")
    this = visit.case.this
    answered = this.standings.get(visit.case.link.voice) is Standing.ANSWERED
    if answered and this.revealed_at:
        sentence = views.too_late(t, name, mail)
    write_to = bare(sentence, name=name, mail=mail)
    told = message_page(t, t("The link is closed"), write_to, library=library, written=written)
    return page(told, HTTPStatus.GONE)


async def _name(visit: Visit) -> str:
    """Who leads the round, as one calls her; empty where Slack does not say in time."""
    this, house, team = visit.case.this, visit.house, visit.case.link.team
    try:
        async with asyncio.timeout(NAME_SECONDS):
            client = await house.teams.client(team)
            if client is None or this.caller_left:
                return ""
            return "".join(await access.names(house, client, team, [this.called_by]))
    except (SlackApiError, ClientError, TimeoutError) as error:
        log.warning("The partner's page names nobody: %s", type(error).__name__)
        return ""


def _answer(conn: Connection, link: Link, sheet: Sheet, now: datetime) -> Round | None:
    this, about = evaluation.with_round(conn, link.team, link.round_id, lock=True)
    if not is_open(this, link.voice, now):
        return None
    answers = {one.id: sheet.answers.get(one.id) for one in about.instrument.questions}
    this = rounds.answer(
        conn, link.team, this.id, link.voice, answers=answers, notes=sheet.notes, now=now
    )
    return desk_of.settle(conn, link.team, this, now, pieces)


def _decline(conn: Connection, link: Link, _sheet: Sheet, now: datetime) -> Round | None:
    this, _ = evaluation.with_round(conn, link.team, link.round_id, lock=True)
    if not is_open(this, link.voice, now):
        return None
    declined = rounds.decline(conn, link.team, this.id, link.voice, now)
    return desk_of.settle(conn, link.team, declined, now, pieces)
