"""The answer to the quick question below a noted contact: one click, or skipped."""

from collections.abc import Sequence

from slackblocks import Block

from bot.contact import Contact
from bot.partner import Partner
from bot.partner_question import answered, choices
from bot.workspace import Workspace
from bot.workspace_roles import Action
from handlers.desk import Desk
from handlers.turn import Turn
from handlers.views import contact as contact_views
from handlers.views import contact_question as views
from handlers.views.notice import notice_view
from storage import contact as contacts_of
from storage import partner as register_of
from storage.database import Connection


def register(desk: Desk) -> None:
    """Sign up."""
    desk.action(views.ANSWER, answer, Action.EDIT_PARTNER)
    desk.action(views.SKIP, skip, Action.NOTE_CONTACT)


async def answer(turn: Turn) -> None:
    """Put the answer on the card, and say so below what was noted."""
    number, field, value = views.read_answer(turn.value)
    library = await turn.library()
    values = choices(field, library) if value == views.EVERY else (value,)
    contact, partner = await turn.write(_answer, turn, number, field, values, library)
    await _instead(turn, contact, partner, views.answered(turn.t, library, field, partner))


async def skip(turn: Turn) -> None:
    """No answer; the question does not come again."""
    contact, partner = await turn.read(_load, int(turn.value))
    await _instead(turn, contact, partner)


async def _instead(
    turn: Turn, contact: Contact, partner: Partner, more: Sequence[Block] = ()
) -> None:
    """The question gives way; what was noted stays, with its buttons."""
    reply = contact_views.noted(turn.t, partner.name, contact, turn.today, more)
    if turn.in_modal:
        await turn.turn_into(notice_view(turn.t, reply))
    else:
        await turn.reply(reply, replace=True)


def _load(conn: Connection, team: str, number: int) -> tuple[Contact, Partner]:
    contact = contacts_of.existing(conn, team, number)
    return contact, register_of.existing(conn, team, contact.partner_id)


def _answer(
    conn: Connection,
    team: str,
    turn: Turn,
    number: int,
    field: str,
    values: Sequence[str],
    library: Workspace,
) -> tuple[Contact, Partner]:
    contact = contacts_of.existing(conn, team, number)
    partner = register_of.existing(conn, team, contact.partner_id, lock=True)
    after = answered(partner, field, values, library)
    stored = register_of.update(conn, team, partner, after, by=turn.user, now=turn.now)
    return contact, stored
