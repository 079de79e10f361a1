"""The question in the channel and its answers, as everybody there sees them."""

import logging
from collections.abc import Sequence

from aiohttp import ClientError
from slack_sdk.errors import SlackApiError

from bot.contact_who import Known, Question
from bot.partner import name_in_channel
from handlers import access
from handlers.errors import guarded
from handlers.language import of_the_library
from handlers.turn import Json, Turn
from handlers.views import contact_who_answer as views
from handlers.workspace_channel import may_write
from storage import contact_who as questions
from storage import partner as register_of
from storage.database import Connection

log = logging.getLogger(__name__)


async def in_channel(turn: Turn, question: Question, known_: Sequence[Known]) -> Json:
    """The message as it stands there, in the library's language."""
    names = await access.names(turn.house, turn.client, turn.team, [question.asked_by])
    t = await of_the_library(turn.house, turn.team)
    return views.question_message(t, question, known_, "".join(names)).payload()


def renew(turn: Turn, question_id: int) -> None:
    """Show the answers in the channel, after the person has got hers; it returns at once."""
    turn.house.carry_on(_renewed(turn, question_id))


async def _renewed(turn: Turn, question_id: int) -> None:
    """Whatever goes wrong, the answer is kept, and the next one shows it too."""
    await guarded(turn, _show(turn, question_id))


async def _show(turn: Turn, question_id: int) -> None:
    """As it is now; again where another answer came while Slack was told."""
    shown = None
    while (now := await turn.read(_state, question_id)) != shown:
        question, answered = shown = now
        try:
            if not await may_write(turn, question.channel):
                return
            message = await in_channel(turn, question, answered)
            await turn.client.chat_update(channel=question.channel, ts=question.ts, **message)
        except (SlackApiError, ClientError, TimeoutError) as error:
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
