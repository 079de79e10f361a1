"""Forgetting a contact person, for the coordinator; and the files about her that were sent."""

import logging

from aiohttp import ClientError
from slack_sdk.errors import SlackApiError

from bot.errors import UserError
from bot.partner import ContactPerson, Partner
from bot.round import Kind
from bot.translation import mark
from bot.workspace_roles import Action
from handlers import home_publish, privacy_files, privacy_people, reminder_letter
from handlers.desk import Desk
from handlers.evaluation_round import STEPS
from handlers.language import of_the_library
from handlers.privacy_access import checked_purpose
from handlers.turn import Next, Turn
from handlers.views import privacy_erasure as views
from handlers.views.partner import SHOW
from handlers.views.parts_values import partner_and_person
from storage import privacy_access, privacy_erasure, round_queries
from storage.database import Connection
from storage.privacy import PERSON_GONE
from storage.privacy_erasure import Forgotten

log = logging.getLogger(__name__)

WORD = mark("[anonymised]")


def register(desk: Desk) -> None:
    """Sign up."""
    desk.action(views.BEGIN, ask, Action.ANONYMISE)
    desk.submit(views.SUBMIT, anonymise, Action.ANONYMISE)


async def ask(turn: Turn) -> None:
    """What goes, what stays, why, and whether the coordinator is sure."""
    partner, person = await turn.read(_load, *partner_and_person(turn.value))
    await turn.open(views.ask_view(turn.t, partner, person))


async def anonymise(turn: Turn) -> Next:
    """Forget the person, delete the files that were sent, and show what is left to read."""
    partner_id, person_id = partner_and_person(turn.note)
    why = checked_purpose(views.read_purpose(turn.typed))
    word = (await of_the_library(turn.house, turn.team))(WORD)

    def forget(conn: Connection, team: str) -> Forgotten:
        done = privacy_erasure.anonymise(
            conn, team, partner_id, person_id, word=word, purpose=why, by=turn.user, now=turn.now
        )
        reminder_letter.forgotten(conn, team, partner_id, person_id, turn.now)
        for this in round_queries.open_about(conn, team, Kind.EVALUATION, partner_id):
            STEPS.settle(conn, team, this, turn.now)  # hers may be the last that was waited for
        return done

    done = await turn.write(forget)
    turn.house.wake()
    left = await privacy_files.delete_of_forgotten(turn)
    hers = (one for one in left if one.person_id is None or one.person_id in done.ids)
    kept_by = list(dict.fromkeys(one.by for one in hers))
    await _redraw_below(turn, done.partner)
    home_publish.renew_all(turn)
    return Next(views.done_view(turn.t, done.partner, done.left, kept_by, SHOW))


async def _redraw_below(turn: Turn, partner: Partner) -> None:
    """Whatever the question was opened from shows the person; the list of the others does not.

    Without it she is forgotten all the same, so a view that Slack does not take is only logged.
    """
    others = (await privacy_people.people_view(turn, partner)).to_dict()
    below = {turn.view.get("previous_view_id"), turn.view["root_view_id"]}
    for view_id in below - {None, turn.view["id"]}:
        try:
            await turn.client.views_update(view_id=view_id, view=others)
        except (SlackApiError, ClientError, TimeoutError) as error:
            log.warning("A view below still shows a forgotten person: %s", type(error).__name__)


def _load(
    conn: Connection, team: str, partner_id: int, person_id: int
) -> tuple[Partner, ContactPerson]:
    """Also one who has left the card."""
    found = privacy_access.everything_about(conn, team, partner_id, person_id)
    if found is None:
        raise UserError(PERSON_GONE)
    return found.partner, found.person
