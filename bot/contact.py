"""A contact that happened: what was talked about with a partner, when, and by whom of us.

Everybody's contact counts for the whole house. Nobody is measured: contacts are read by partner,
never added up by colleague.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot import guard
from bot.errors import UserError
from bot.partner import Hit, Partner, Tie
from bot.translation import mark

# Two weeks: a partner whom two of us write to within one programme meeting's notice asks whether we
# talk to each other; after that a second contact is the usual care.
DOUBLE_CONTACT_DAYS = 14
# A slip is seen the same day or the next morning; what has stood longer, others have built on.
UNDO_HOURS = 24
# Somebody who clicks twice means one contact; who met them twice has a word to say about it.
TWICE_SECONDS = 60
# Older relations have their beginning on the card. A day before this is a slip of the keyboard.
EARLIEST = date(2000, 1, 1)
# One line on the card, read to its end; what needs more is a note or a document.
ABOUT_LENGTH = 300
# One or two names with titles.
WHOM_LENGTH = 200
# A link to a message of Slack has under 200; the rest is for the addresses of other systems.
LINK_LENGTH = 500


NOT_YET = mark(
    "That day is still to come. Choose today or an earlier day; what you have agreed on goes under"
    " the next step."
)


class Kind(StrEnum):
    """How it happened. A newsletter and an invitation to many are no contact."""

    TALKED = "talked"
    MET = "met"
    MAIL = "mail"
    EVENT = "event"
    OTHER = "other"
    READ_IN = "read_in"  # a day that an imported list gave: nobody knows with which of us


# How one of us was in contact.
OURS = tuple(kind for kind in Kind if kind is not Kind.READ_IN)


@dataclass(frozen=True)
class Contact:
    """One contact. `version` grows with each correction; an undone one stays, marked."""

    partner_id: int
    kind: Kind
    on: date
    noted_by: str  # Slack user ids, as in changed_by; "" of one that came with our own JSON
    noted_at: datetime
    about: str = ""
    with_whom: str = ""  # of theirs
    link: str = ""  # to the message it was noted from
    id: int = 0  # 0 until stored
    version: int = 0
    changed_by: str | None = None  # who corrected it last
    undone_at: datetime | None = None

    @property
    def by_one_of_us(self) -> bool:
        """Whether a colleague here is known to have had it; of what was read in, nobody is."""
        return bool(self.noted_by) and self.kind is not Kind.READ_IN


@dataclass(frozen=True)
class Colleague:
    """One of us who knows a partner: how tied, and the last contact that he or she noted."""

    user: str
    tie: Tie | None = None  # the strongest; None for one who has only been in contact
    last: Contact | None = None


@dataclass(frozen=True)
class Acquaintance:
    """A partner found by "who knows", and who here knows them."""

    hit: Hit
    colleagues: tuple[Colleague, ...] = ()
    people: int = 0  # how many contact persons there are
    about: Contact | None = None  # the last contact about what was asked, where there was one


def checked(contact: Contact, today: date) -> Contact:
    """The contact as it may be stored, its texts cleaned.

    Raises:
        UserError: with the name of the field; a day to come or long ago, a text too long, or one
            with a CPR number.
    """
    return replace(
        contact,
        on=_checked_day(contact.on, today),
        about=guard.line(contact.about, field="about", limit=ABOUT_LENGTH),
        with_whom=guard.line(contact.with_whom, field="with_whom", limit=WHOM_LENGTH),
        link=guard.within(contact.link.strip(), field="link", limit=LINK_LENGTH),
    )


def _checked_day(on: date, today: date) -> date:
    if on > today:
        raise UserError(NOT_YET, field="on")
    if on < EARLIEST:
        raise UserError(
            "That day is too long ago to be right. Choose one from {year} or later.",
            field="on",
            year=str(EARLIEST.year),
        )
    return on


def may_undo(contact: Contact, user: str, now: datetime) -> bool:
    """Whether this person may still undo the contact."""
    return _against_undo(contact, user, now) is None


def check_undo(contact: Contact, user: str, now: datetime) -> None:
    """Raise the UserError that says why this person may not undo the contact, if there is one."""
    refusal = _against_undo(contact, user, now)
    if refusal:
        raise refusal


def _against_undo(contact: Contact, user: str, now: datetime) -> UserError | None:
    if contact.undone_at:
        return UserError("This contact was undone already.")
    if contact.noted_by != user:
        return UserError("Only the one who noted a contact can undo it. You can correct it.")
    if contact.changed_by not in (None, user):
        return UserError(
            "A colleague has corrected this contact meanwhile, so it was not undone. "
            "You can correct it, too."
        )
    if now - contact.noted_at > timedelta(hours=UNDO_HOURS):
        return UserError("A contact can be undone for a day. You can still correct it.")
    return None


def double(contacts: Iterable[Contact], user: str, today: date) -> Contact | None:
    """A colleague's newest contact with the same partner within DOUBLE_CONTACT_DAYS, if any."""
    since = today - timedelta(days=DOUBLE_CONTACT_DAYS)
    others = [
        contact
        for contact in contacts
        if contact.noted_by != user
        and contact.by_one_of_us  # else there is nobody to talk with about it
        and not contact.undone_at
        and contact.on >= since
    ]
    return max(others, key=newest, default=None)


def same_click(contacts: Iterable[Contact], new: Contact) -> Contact | None:
    """The contact that `new` is a second click for: the same, wordless, of TWICE_SECONDS before."""
    since = new.noted_at - timedelta(seconds=TWICE_SECONDS)
    for contact in contacts:
        told = replace(contact, id=new.id, version=new.version, noted_at=new.noted_at)
        if told == new and not (new.about or new.with_whom) and contact.noted_at > since:
            return contact
    return None


def newest(contact: Contact) -> tuple[date, datetime, int]:
    """The key that orders contacts, the newest as the greatest."""
    return contact.on, contact.noted_at, contact.id


def colleagues(partner: Partner, contacts: Iterable[Contact]) -> tuple[Colleague, ...]:
    """Who here knows the partner, out of its ties and contacts.

    The responsible first, then the deputy, those who know them, and those who have been in contact
    without a tie, the last one first.
    """
    tied: dict[str, Tie] = {}
    ours = [(partner.responsible, Tie.RESPONSIBLE), (partner.deputy, Tie.DEPUTY)]
    for user, tie in [*ours, *((user, Tie.KNOWS) for user in partner.known_by)]:
        if user:
            tied.setdefault(user, tie)
    last: dict[str, Contact] = {}
    for contact in sorted(contacts, key=newest, reverse=True):
        if contact.by_one_of_us:
            last.setdefault(contact.noted_by, contact)
    users = dict.fromkeys((*tied, *last))
    return tuple(Colleague(user, tied.get(user), last.get(user)) for user in users)
