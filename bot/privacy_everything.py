"""What there is on one contact person, put together: her details, texts that name her, the log."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.partner import ContactPerson, Partner
from bot.privacy import Standing


class Event(StrEnum):
    """What happened to a person's details."""

    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"
    DISCLOSED = "disclosed"
    ANONYMISED = "anonymised"
    ASKED = "asked"  # how it goes, on the organisation's behalf
    ANSWERED = "answered"


class Place(StrEnum):
    """Where a text stands that names a person."""

    ORGANISATION = "organisation"
    NEXT_STEP = "next_step"
    NOTE = "note"
    PERSON = "person"
    TJEK = "tjek"
    CONTACT = "contact"
    CIRCLE = "circle"
    ROUND = "round"
    EVALUATION = "evaluation"
    DUPLICATE = "duplicate"


@dataclass(frozen=True)
class LogLine:
    """One thing that happened. `fields` are those of ContactPerson that were changed."""

    at: datetime
    event: Event
    by: str
    fields: tuple[str, ...] = ()
    purpose: str = ""  # of a disclosure


@dataclass(frozen=True)
class Mention:
    """A text that names the person."""

    where: Place
    text: str
    at: datetime | None = None


@dataclass(frozen=True)
class Everything:
    """All we have on one person. `former` when she is on the partner's card no more."""

    person: ContactPerson
    partner: Partner
    former: bool
    standing: Standing
    mentions: tuple[Mention, ...]
    unsure: tuple[Mention, ...]  # texts with one of her names: somebody must look; not for her
    log: tuple[LogLine, ...]  # the oldest first
