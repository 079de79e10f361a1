"""Contacts at the desk: one typed line, one click, a form, and the way back from each."""

from collections.abc import Sequence
from dataclasses import replace

from slackblocks import Block

from bot.contact import NOT_YET, Contact
from bot.contact_day import guess_day, is_to_come
from bot.contact_line import guess_kind
from bot.errors import UserError
from bot.partner import Hit, Partner
from bot.workspace_roles import Action
from handlers import contact_message, contact_question
from handlers.contact_keep import Noted, keep, new, note, read_line, stored, take_back
from handlers.contact_link import permalink
from handlers.desk import Desk
from handlers.turn import Next, Turn
from handlers.views import contact as views
from handlers.views import contact_form as form
from handlers.views.contact_double import double_lines
from handlers.views.contact_question import question
from handlers.views.notice import notice_view
from handlers.views.parts import Reply
from storage import contact as contacts_of
from storage import partner as register_of
from storage.database import Connection


def register(desk: Desk) -> None:
    """Sign up."""
    desk.action(views.BEGIN, begin_form, Action.NOTE_CONTACT)
    desk.action(views.RECENT, recent, Action.NOTE_CONTACT)
    desk.action(views.MEANT, meant, Action.NOTE_CONTACT)
    desk.action(views.EDIT, open_contact, Action.NOTE_CONTACT)
    desk.action(views.UNDO, undo, Action.NOTE_CONTACT)
    desk.action(views.LIST, show_all, Action.SEE_PARTNER)
    desk.submit(form.SUBMIT, save, Action.NOTE_CONTACT)
    contact_message.register(desk)
    contact_question.register(desk)


async def begin(turn: Turn) -> None:
    """`/partner kontakt <name> <text>`: kept at once; what is unclear is asked."""
    meant_by_it = await turn.read(read_line, turn.words)
    if len(meant_by_it) > 1 and len(turn.words) <= views.CARRIED:
        await turn.reply(views.which(turn.t, meant_by_it, turn.words))
        return
    partner, text = meant_by_it[0] if len(meant_by_it) == 1 else (None, turn.words)
    if partner and text:
        await _note_line(turn, partner, text)
    else:
        above = form.unclear(turn.t) if text else []
        await _open_form(turn, partner, text, above)


async def meant(turn: Turn) -> None:
    """One of several partners was chosen for the line, or none of them."""
    number, _, text = turn.value.partition(":")
    partner = await turn.read(register_of.existing, int(number)) if int(number) else None
    if partner and text:
        await _note_line(turn, partner, text, replace_=True)
    else:
        await _open_form(turn, partner, text)


async def begin_form(turn: Turn) -> None:
    """The form, from a card with its partner, or empty."""
    partner = await turn.read(register_of.existing, int(turn.value)) if turn.value else None
    await _open_form(turn, partner, "")


async def recent(turn: Turn) -> None:
    """One click: we have been in touch."""
    await turn.reply(await recently(turn, int(turn.value)))


async def recently(turn: Turn, partner_id: int, said: str = views.NOTED_RECENT) -> Reply:
    """Note that there was a contact, and say so (a msgid); the card does it, too."""
    result = await turn.write(note, turn, new(turn, partner_id), await turn.library())
    more = await _more(turn, result)
    name, noted = result.partner.name, result.contact
    return views.noted_recent(turn.t, name, noted, turn.today, more, said)


async def save(turn: Turn) -> Next:
    """Keep what the form holds, new or corrected."""
    origin = form.Origin.read(turn.note)
    library = await turn.library()
    link = await permalink(turn, origin.channel, origin.ts) if origin.ts else ""
    result = await turn.write(keep, turn, origin, link, library)
    told = await _told(turn, result)
    turn.renew_message(f"contact:{origin.contact_id}", told)
    return Next(notice_view(turn.t, told))


async def open_contact(turn: Turn) -> None:
    """Correct a contact, one's own or a colleague's."""
    contact, partner = await turn.read(stored, int(turn.value))
    origin = form.Origin(contact.id, contact.version)
    turn.remember_message(f"contact:{contact.id}")
    await turn.open(form.contact_view(turn.t, contact, _hit(partner), origin))


async def undo(turn: Turn) -> None:
    """Take back a contact of one's own."""
    partner = await turn.write(take_back, turn)
    reply = views.undone(turn.t, partner.name)
    if turn.in_modal:
        await turn.turn_into(notice_view(turn.t, reply))
    else:
        await turn.reply(reply, replace=True)


async def show_all(turn: Turn) -> None:
    """A partner's contacts, from the card."""

    def load(conn: Connection, team: str) -> tuple[Partner, list[Contact]]:
        partner = register_of.existing(conn, team, int(turn.value))
        return partner, contacts_of.of_partner(conn, team, partner.id, limit=views.LISTED)

    partner, contacts = await turn.read(load)
    await turn.open(views.all_view(turn.t, partner, contacts, turn.user, turn.now))


async def _note_line(turn: Turn, partner: Partner, text: str, *, replace_: bool = False) -> None:
    """Keep the line; what cannot be kept stands in the form with the reason above it."""
    if is_to_come(text, turn.today):
        await _open_form(turn, partner, text, form.refused(turn.t(NOT_YET), {}))
        return
    day = guess_day(text, turn.today)
    contact = replace(new(turn, partner.id), kind=guess_kind(text), on=day, about=text)
    try:
        result = await turn.write(note, turn, contact, await turn.library())
    except UserError as error:
        await _open_form(turn, partner, text, form.refused(turn.t(error.msgid), error.values))
        return
    await turn.reply(await _told(turn, result), replace=replace_)


async def _open_form(
    turn: Turn, partner: Partner | None, text: str, above: Sequence[Block] = ()
) -> None:
    contact = replace(new(turn, 0), kind=guess_kind(text), on=guess_day(text, turn.today))
    shown = form.contact_view(turn.t, replace(contact, about=text), _hit(partner), above=above)
    await turn.open(shown)


async def _told(turn: Turn, result: Noted) -> Reply:
    more = await _more(turn, result)
    return views.noted(turn.t, result.partner.name, result.contact, turn.today, more)


async def _more(turn: Turn, result: Noted) -> list[Block]:
    more = views.left_alone(turn.t, result.left_alone)
    if result.other:
        more += double_lines(turn.t, result.other, turn.today, turn.team)
    if result.question:
        library = await turn.library()
        name, number = result.partner.name, result.contact.id
        more += question(turn.t, library, result.question, name, number)
    return more


def _hit(partner: Partner | None) -> Hit | None:
    return Hit(partner.id, partner.name) if partner else None
