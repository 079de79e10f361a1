"""Forgetting a contact person, for the coordinator; and the files about her that were sent."""

import logging

from aiohttp import ClientError
from slack_sdk.errors import SlackApiError

from bot.errors import UserError
from bot.partner import ContactPerson, Partner
from bot.translation import mark
from bot.workspace_roles import Action
from handlers import privacy_people
from handlers.desk import Desk
from handlers.privacy_access import checked_purpose
from handlers.turn import Next, Turn
from handlers.views import privacy_erasure as views
from handlers.views.partner import SHOW
from handlers.views.privacy_access import where
from storage import privacy_access, privacy_erasure, privacy_files
from storage.database import Connection
from storage.privacy import PERSON_GONE

log = logging.getLogger(__name__)

WORD = mark("[anonymised]")
_GONE_ALREADY = {"file_not_found", "file_deleted"}


def register(desk: Desk) -> None:
    """Sign up."""
    desk.action(views.BEGIN, ask, Action.ANONYMISE)
    desk.submit(views.SUBMIT, anonymise, Action.ANONYMISE)


async def ask(turn: Turn) -> None:
    """What goes, what stays, why, and whether the coordinator is sure."""
    partner, person = await turn.read(_load, *where(turn.value))
    await turn.open(views.ask_view(turn.t, partner, person))


async def anonymise(turn: Turn) -> Next:
    """Forget the person, delete the files that were sent, and show what is left to read."""
    partner_id, person_id = where(turn.note)
    why = checked_purpose(views.read_purpose(turn.typed))
    word = (await privacy_people.paper(turn))(WORD)
    done = await turn.write(
        privacy_erasure.anonymise,
        partner_id,
        person_id,
        word=word,
        purpose=why,
        by=turn.user,
        now=turn.now,
    )
    await _redraw_below(turn, done.partner)
    kept_by = await _delete_files(turn, person_id)
    return Next(views.done_view(turn.t, done.partner, done.left, kept_by, SHOW))


async def _redraw_below(turn: Turn, partner: Partner) -> None:
    """Whatever the question was opened from shows the person; the list of the others does not."""
    others = (await privacy_people.people_view(turn, partner)).to_dict()
    below = {turn.view.get("previous_view_id"), turn.view["root_view_id"]}
    for view_id in below - {None, turn.view["id"]}:
        await turn.client.views_update(view_id=view_id, view=others)


async def _delete_files(turn: Turn, person_id: int) -> list[str]:
    """Delete what was sent about the person; those who have a file that Slack keeps."""
    files = await turn.read(privacy_files.sent, person_id)
    gone = [one.file for one in files if await _deleted(turn, one.file)]
    await turn.write(privacy_files.forget, gone)
    return list(dict.fromkeys(one.by for one in files if one.file not in gone))


async def _deleted(turn: Turn, file: str) -> bool:
    try:
        await turn.client.files_delete(file=file)
    except SlackApiError as error:
        name = error.response.get("error")
        log.info("Slack did not delete a file: %s", name)
        return name in _GONE_ALREADY
    except (ClientError, TimeoutError) as error:
        log.warning("Slack did not delete a file: %s", type(error).__name__)
        return False
    return True


def _load(
    conn: Connection, team: str, partner_id: int, person_id: int
) -> tuple[Partner, ContactPerson]:
    """Also one who has left the card."""
    found = privacy_access.everything_about(conn, team, partner_id, person_id)
    if found is None:
        raise UserError(PERSON_GONE)
    return found.partner, found.person
