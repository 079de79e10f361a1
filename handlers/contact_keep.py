"""What is kept of a contact, and what is read to keep it: each in one transaction."""

from dataclasses import dataclass, replace
from datetime import timedelta

from bot.contact import DOUBLE_CONTACT_DAYS, Contact, Kind, check_undo, checked, double, same_click
from bot.contact_line import lead_words, split
from bot.contact_question import next_question
from bot.partner import Partner
from bot.text import words
from bot.workspace import Workspace
from handlers.turn import Turn
from handlers.views import contact_form as form
from storage import contact as contacts_of
from storage import contact_search, privacy
from storage import partner as register_of
from storage.database import Connection


@dataclass(frozen=True)
class Noted:
    """What was stored, and what is worth saying with it."""

    contact: Contact
    partner: Partner
    other: Contact | None  # a colleague's contact with them just before
    question: str | None  # the field to ask about
    left_alone: tuple[str, ...] = ()  # who is named in it, and wishes no contact


def new(turn: Turn, partner_id: int) -> Contact:
    """A contact of this person's today, of which nothing more is known."""
    return Contact(partner_id, Kind.TALKED, turn.today, turn.user, turn.now)


def read_line(conn: Connection, team: str, line: str) -> list[tuple[Partner, str]]:
    """The partners that the line may begin with, and what remains of it for each."""
    begun = lead_words(line)
    readings = split(line, contact_search.named(conn, team, begun))
    # Of a person nothing is cut off: "Anne ringede" is what happened.
    meant = {one.partner_id: one.text for one in readings} or dict.fromkeys(
        contact_search.of_person(conn, team, begun), line
    )
    return [(one, meant[one.id]) for one in register_of.get_many(conn, team, [*meant])]


def note(conn: Connection, team: str, turn: Turn, contact: Contact, library: Workspace) -> Noted:
    """Store a new contact, and find what is worth saying with it."""
    partner = register_of.existing(conn, team, contact.partner_id, lock=True)
    wanted = replace(checked(contact, turn.today), partner_id=partner.id)
    lately = turn.today - timedelta(days=DOUBLE_CONTACT_DAYS)
    before = contacts_of.since(conn, team, partner.id, min(lately, wanted.on))
    other = double(before, turn.user, turn.today)
    noted = same_click(before, wanted)
    if noted:
        return Noted(noted, partner, other, None)
    kept = contacts_of.note(conn, team, wanted)
    asked = contacts_of.was_asked(conn, team, turn.user, partner.id)
    field = next_question(partner, asked, library)
    if field:
        contacts_of.mark_asked(conn, team, turn.user, partner.id, field, turn.now)
    return Noted(kept, partner, other, field, _left_alone(conn, team, partner, wanted))


def keep(
    conn: Connection, team: str, turn: Turn, origin: form.Origin, link: str, library: Workspace
) -> Noted:
    """Store what the form holds: a new contact, or the correction of one."""
    if not origin.contact_id:
        typed = form.read_contact(turn.typed, replace(new(turn, 0), link=link))
        return note(conn, team, turn, typed, library)
    before = contacts_of.existing(conn, team, origin.contact_id)
    typed = form.read_contact(turn.typed, replace(before, version=origin.version))
    partner = register_of.existing(conn, team, typed.partner_id)
    wanted = replace(checked(typed, turn.today), partner_id=partner.id)
    corrected = contacts_of.change(conn, team, wanted, by=turn.user)
    return Noted(corrected, partner, None, None)


def take_back(conn: Connection, team: str, turn: Turn) -> Partner:
    """Undo the contact of the button, if this person may; its partner."""
    contact = contacts_of.existing(conn, team, int(turn.value), lock=True)
    check_undo(contact, turn.user, turn.now)
    contacts_of.undo(conn, team, contact.id, now=turn.now)
    return register_of.existing(conn, team, contact.partner_id)


def stored(conn: Connection, team: str, contact_id: int) -> tuple[Contact, Partner]:
    """A contact with its partner."""
    contact = contacts_of.existing(conn, team, contact_id)
    return contact, register_of.existing(conn, team, contact.partner_id)


def _left_alone(conn: Connection, team: str, partner: Partner, contact: Contact) -> tuple[str, ...]:
    """Whoever is named in the contact, by a whole name or the first one, and wishes no contact."""
    said = f" {' '.join(words(f'{contact.about} {contact.with_whom}'))} "
    standings = privacy.standings(conn, team, [partner.id])
    return tuple(
        person.name
        for person in partner.people
        if (own := words(person.name))
        and f" {own[0]} " in said
        and person.id in standings
        and standings[person.id].no_contact
    )
