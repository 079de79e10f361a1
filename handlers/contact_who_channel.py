"""The question in the channel and its answers, as everybody there sees them."""

import logging
from collections.abc import Sequence

from aiohttp import ClientError
from slack_sdk.errors import SlackApiError

from bot.contact_who import Known, Question, name_in_channel
from bot.translation import Translator
from handlers import access
from handlers.turn import Json, Turn
from handlers.views import contact_who_answer as views
from storage import contact_who as questions
from storage import partner as register_of
from storage.database import Connection

log = logging.getLogger(__name__)


async def in_channel(turn: Turn, question: Question, known_: Sequence[Known]) -> Json:
    """The message as it stands there, in the library's language."""
    library = await turn.library()
    names = await access.names(turn.house, turn.client, turn.team, [question.asked_by])
    t = Translator(library.language, library.timezone)
    return views.question_message(t, question, known_, "".join(names)).payload()


async def renew(turn: Turn, question_id: int) -> None:
    """Show the answers in the channel; again where another came while Slack was told."""
    shown = None
    while (now := await turn.read(_state, question_id)) != shown:
        question, answered = shown = now
        message = await in_channel(turn, question, answered)
        try:
            await turn.client.chat_update(channel=question.channel, ts=question.ts, **message)
        except (SlackApiError, ClientError, TimeoutError) as error:
            # The answer is kept; the next one shows it too.
            log.warning("An answer is not shown in the channel: %s", type(error).__name__)
            return


def _state(conn: Connection, team: str, question_id: int) -> tuple[Question, list[Known]]:
    return questions.existing(conn, team, question_id), known(conn, team, question_id)


def known(conn: Connection, team: str, question_id: int) -> list[Known]:
    """Who has answered with whom, the first partner first."""
    by_partner: dict[int, list[str]] = {}
    for answer in questions.answers(conn, team, question_id):
        by_partner.setdefault(answer.partner_id, []).append(answer.answered_by)
    partners = register_of.get_many(conn, team, [*by_partner])
    return [Known(name_in_channel(one), tuple(by_partner[one.id])) for one in partners]
