"""Asking the others in the library's channel who knows somebody, after a look at the question."""

import logging
from dataclasses import replace

from aiohttp import ClientError
from slack_sdk.errors import SlackApiError

from bot.contact_who import Question, checked_words, names_person
from bot.errors import UserError
from bot.partner import Hit, meant, name_in_channel
from bot.text import fold
from bot.translation import mark
from bot.workspace_roles import Action
from handlers import access
from handlers.contact_link import permalink
from handlers.contact_who_channel import in_channel, known
from handlers.desk import Desk
from handlers.errors import LOST_ACCESS
from handlers.turn import Next, Turn
from handlers.views import contact_who_ask as form
from handlers.views.contact_who_answer import answered
from handlers.views.notice import notice_view
from handlers.workspace_channel import usable
from storage import contact_who as questions
from storage import partner as register_of
from storage.database import Connection
from storage.partner_search import search

log = logging.getLogger(__name__)

NO_CHANNEL = mark("No channel is chosen for it yet. {who} can choose one in the settings.")
NOT_ON = mark("I write in no channel before the coordinator has switched it on. Ask {who}.")
NOBODY = mark("There is no coordinator yet to get this ready. You can become it on the Home tab.")
A_PERSON = mark(
    "This is a person's name, and persons are not named in a channel. Write the organisation or"
    " the topic."
)
# Slack's names for trouble of its own: whether it took the message, it does not say.
_ITS_OWN = {"internal_error", "fatal_error", "service_unavailable", "request_timeout", None}


def register(desk: Desk) -> None:
    """Sign up."""
    desk.action(form.ASK, open_form, Action.WHO_KNOWS)
    desk.submit(form.SUBMIT, ask, Action.WHO_KNOWS)


async def open_form(turn: Turn) -> None:
    """Show what would be asked, unless the channel is not ready for it."""
    name = (await _channel(turn))[1]
    words = await turn.read(_to_ask, *form.what(turn.value))
    keywords = {fold(word) for word in (await turn.library()).keywords}
    topic = True if fold(words) in keywords else None
    if form.what(turn.value)[0] is not None:
        topic = False
    await turn.open(form.ask_view(turn.t, name, words, topic=topic))


async def ask(turn: Turn) -> Next:
    """Put the question in the channel, unless the same was asked lately."""
    typed, topic = form.read_ask(turn.typed)
    words = checked_words(typed, field=form.WORDS)
    channel, name = await _channel(turn, field=form.WORDS)
    wanted = Question(words, topic, turn.user, turn.now, channel)
    question, mine = await turn.write(_claim, wanted)
    if not mine:
        return await _asked_before(turn, question)
    return await _post(turn, question, name)


async def _channel(turn: Turn, field: str | None = None) -> tuple[str, str]:
    """The library's channel and its name; a UserError where it may not be written in."""
    library = await turn.library()
    channel = library.partner_channel
    if channel is None or not library.switched_on:
        raise await _not_ready(turn, NO_CHANNEL if channel is None else NOT_ON, field)
    return channel, await usable(turn, channel, field=field)


async def _not_ready(turn: Turn, sentence: str, field: str | None) -> UserError:
    users = (await turn.library()).coordinators
    who = turn.t.list(await access.names(turn.house, turn.client, turn.team, users))
    return UserError(sentence if who else NOBODY, field=field, who=who)


def _to_ask(conn: Connection, team: str, partner_id: int | None, words: str) -> str:
    """What the form begins with: nothing where it would name a person."""
    partner = register_of.get(conn, team, partner_id) if partner_id else None
    if partner:
        return name_in_channel(partner)
    return "" if _is_person(conn, team, words, _exactly(conn, team, words)) else words


def _claim(conn: Connection, team: str, wanted: Question) -> tuple[Question, bool]:
    partner = _exactly(conn, team, wanted.words)
    if _is_person(conn, team, wanted.words, partner):
        raise UserError(A_PERSON, field=form.WORDS)
    about = partner.id if partner and not wanted.topic else None
    return questions.claim(conn, team, replace(wanted, partner_id=about))


def _exactly(conn: Connection, team: str, words: str) -> Hit | None:
    hits = search(conn, team, words)
    return meant(words, [hit for hit in hits if hit.exact and not hit.archived])


def _is_person(conn: Connection, team: str, words: str, partner: Hit | None) -> bool:
    """Whether the words name one of theirs; an organisation may bear its owner's name."""
    if partner and (found := register_of.get(conn, team, partner.id)):
        return not name_in_channel(found)
    return names_person(words, questions.persons(conn, team, words))


async def _post(turn: Turn, question: Question, name: str) -> Next:
    message = await in_channel(turn, question, [])
    try:
        answer = await turn.client.chat_postMessage(
            channel=question.channel, unfurl_links=False, unfurl_media=False, **message
        )
    except (SlackApiError, ClientError, TimeoutError) as error:
        return await _not_posted(turn, question, name, error)
    await turn.write(questions.stands_in_channel, question.id, answer["ts"])
    link = await permalink(turn, question.channel, answer["ts"])
    return Next(notice_view(turn.t, form.asked(turn.t, name, link)))


async def _not_posted(turn: Turn, question: Question, name: str, error: Exception) -> Next:
    """Say it, with the way to try again. What Slack did not answer to may stand there."""
    why = error.response.get("error") if isinstance(error, SlackApiError) else None
    await turn.write(questions.let_go, question.id)
    if why in LOST_ACCESS:
        raise error
    log.warning("A question was not posted: %s", why or type(error).__name__)
    reply = form.not_posted(turn.t, question, name, unsure=why in _ITS_OWN)
    return Next(notice_view(turn.t, reply))


async def _asked_before(turn: Turn, question: Question) -> Next:
    answers = await turn.read(known, question.id)
    link = await permalink(turn, question.channel, question.ts) if question.ts else ""
    above = answered(turn.t, question, answers)
    reply = form.asked_before(turn.t, question, above, turn.today, link)
    return Next(notice_view(turn.t, reply))
