"""Everything about one contact person, for the coordinator: on screen, and as files to hand on."""

from bot import guard
from bot.errors import UserError
from bot.privacy import LINE_LENGTH
from bot.privacy_document import Document, document
from bot.privacy_everything import Event, Everything
from bot.text import words
from bot.workspace_roles import Action
from handlers import privacy_files as sent_files
from handlers.desk import Desk
from handlers.language import of_the_library
from handlers.turn import Next, Turn
from handlers.views import privacy_access as views
from handlers.views.parts_values import partner_and_person
from handlers.views.privacy_erasure import PURPOSE
from storage import partner as register_of
from storage import privacy_access, privacy_disclosure, privacy_files
from storage.database import Connection
from storage.privacy import PERSON_GONE


def register(desk: Desk) -> None:
    """Sign up."""
    desk.submit(views.SUBMIT, disclose, Action.EXPORT_PERSON)
    desk.action(views.SEND, send, Action.EXPORT_PERSON)


async def begin(turn: Turn) -> None:
    """Whom is it about, and why; those who have left a card can be found too."""
    found = await turn.read(privacy_access.people_named, turn.words)
    if not found:
        await turn.reply(views.nobody(turn.t, turn.words))
        return
    choices = [views.Choice(k.partner_id, k.partner_name, k.person, k.former) for k in found]
    await turn.open(views.ask_view(turn.t, choices))


async def disclose(turn: Turn) -> Next:
    """The document on screen; that somebody asked for it, and why, is kept with it."""
    meant = views.read_who(turn.typed)
    why = checked_purpose(turn.typed[PURPOSE][PURPOSE]["value"] or "")
    found = await turn.write(_disclose, turn, *meant, why)
    told = await _document(turn, found)
    return Next(views.document_view(turn.t, told, found.unsure, f"{meant[0]}:{meant[1]}"))


async def send(turn: Turn) -> None:
    """The same as files, in the coordinator's own direct messages with the bot."""
    meant = partner_and_person(turn.value)
    found = await turn.claim(_everything, *meant)  # before the files, so that they are sent once
    told = await _document(turn, found)
    files = await sent_files.upload(turn, told)
    try:
        await turn.write(_keep, turn, *meant, files)
    except Exception:  # what nobody remembers, nobody would delete when the person is forgotten
        await sent_files.delete(turn, files)
        raise
    await turn.turn_into(views.document_view(turn.t, told, found.unsure, turn.value, sent=True))


def checked_purpose(typed: str) -> str:
    """Why somebody's details are taken out or forgotten; UserError where it is not said."""
    if not words(typed):
        raise UserError("Write why: it is kept, and the person may ask.", field=PURPOSE)
    return guard.line(typed, field=PURPOSE, limit=LINE_LENGTH)


async def _document(turn: Turn, found: Everything) -> Document:
    paper = await of_the_library(turn.house, turn.team)
    return document(paper, found, await turn.library(), today=turn.today)


def _disclose(
    conn: Connection, team: str, turn: Turn, partner_id: int, person_id: int, why: str
) -> Everything:
    privacy_disclosure.log_disclosure(
        conn, team, person_id, Event.DISCLOSED, purpose=why, by=turn.user, at=turn.now
    )
    return _everything(conn, team, partner_id, person_id)


def _keep(
    conn: Connection, team: str, turn: Turn, partner_id: int, person_id: int, files: list[str]
) -> None:
    """Remember the files; UserError where the person was forgotten while they were sent."""
    register_of.existing(conn, team, partner_id, lock=True)  # as who anonymises does
    _everything(conn, team, partner_id, person_id)
    privacy_files.keep(conn, team, person_id, files, by=turn.user, at=turn.now)


def _everything(conn: Connection, team: str, partner_id: int, person_id: int) -> Everything:
    found = privacy_access.everything_about(conn, team, partner_id, person_id)
    if found is None:
        raise UserError(PERSON_GONE)
    return found
