"""The register's own words: an organisation, its people, and who here knows them.

The fields follow the toolbox's list for a network database (bygpartnerskaber.dk, 28 June 2012).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from bot.circle import Level
from bot.text import fold


class Kind(StrEnum):
    """What sort of organisation it is; one list, so that the gap pictures can count."""

    ASSOCIATION = "association"
    FIRM = "firm"
    MUNICIPAL = "municipal"
    EDUCATION = "education"
    CULTURE = "culture"
    STATE = "state"
    FOUNDATION = "foundation"
    INDIVIDUAL = "individual"


class RelationType(StrEnum):
    """Sponsors, funds and suppliers are not partnerships (Byg partnerskaber!, pages 13-14)."""

    PARTNER = "partner"
    SPONSOR = "sponsor"
    FUND = "fund"
    SUPPLIER = "supplier"


class Status(StrEnum):
    """Where the relation stands in its life; an ended one is an old friend, not a deleted row."""

    POSSIBLE = "possible"
    ACTIVE = "active"
    RESTING = "resting"
    ENDED = "ended"


class Room(StrEnum):
    """The four rooms of the library model (Jochumsen, Skot-Hansen and Hvenegaard, 2010)."""

    INSPIRATION = "inspiration"
    LEARNING = "learning"
    MEETING = "meeting"
    PERFORMATIVE = "performative"


class Purpose(StrEnum):
    """The guide's nine general purposes of a partnership (Byg partnerskaber!, page 11)."""

    EXPERIMENT = "experiment"
    LOCAL_RELATIONS = "local_relations"
    NEW_USERS = "new_users"
    USERS_IN_NEW_WAYS = "users_in_new_ways"
    STRATEGIC_RELATIONS = "strategic_relations"
    RESOURCES_IN_NEW_WAYS = "resources_in_new_ways"
    KNOW_TARGET_GROUPS = "know_target_groups"
    NEW_COMPETENCES = "new_competences"
    NEW_SERVICES = "new_services"


class Tie(StrEnum):
    """How a colleague is tied to a partner."""

    RESPONSIBLE = "responsible"
    DEPUTY = "deputy"
    KNOWS = "knows"


@dataclass(frozen=True)
class ContactPerson:
    """One of theirs. `source` says where we have the details from: the person may ask."""

    name: str = ""
    title: str = ""
    email: str = ""
    phone: str = ""  # E.164, or as written where it is no number we can read
    note: str = ""
    source: str = ""
    id: int = 0  # 0 until stored

    @property
    def called(self) -> str:
        """What to call the person by: a name, or else what there is to reach her by."""
        return self.name or self.email or self.phone


@dataclass(frozen=True)
class Partner:
    """An organisation and the state of our relation with it. `version` grows with each edit."""

    name: str
    id: int = 0
    version: int = 0
    archived: bool = False
    other_names: tuple[str, ...] = ()
    kind: Kind | None = None
    website: str = ""
    cvr: str = ""
    area: str = ""
    branch: str = ""
    keywords: tuple[str, ...] = ()
    target_groups: tuple[str, ...] = ()
    age_groups: tuple[str, ...] = ()
    rooms: tuple[Room, ...] = ()
    purposes: tuple[Purpose, ...] = ()
    goals: tuple[str, ...] = ()  # of the library's own list
    relation_type: RelationType = RelationType.PARTNER
    level: Level = Level.NETWORK
    status: Status = Status.ACTIVE
    start: date | None = None
    agreement_link: str = ""
    case_number: str = ""
    next_step: str = ""
    next_step_on: date | None = None
    note: str = ""
    picture_link: str = ""
    channel: str = ""  # Slack channel id: where we talk about them; empty: the library's
    people: tuple[ContactPerson, ...] = ()
    responsible: str | None = None  # Slack user ids
    deputy: str | None = None
    known_by: tuple[str, ...] = ()
    created_by: str = ""
    created_at: datetime | None = None


@dataclass(frozen=True)
class Change:
    """One field that one edit changed; values as JSON carries them."""

    version: int
    by: str
    at: datetime
    field: str
    before: object
    after: object


@dataclass(frozen=True)
class Hit:
    """A partner that a search found, with what a list or a select needs to tell it from others."""

    id: int
    name: str
    detail: str = ""  # e.g. the matched person, keyword or kind
    exact: bool = False
    score: float = 0.0
    archived: bool = False
    known_by: tuple[str, ...] = field(default=())


def name_in_channel(partner: Partner) -> str:
    """The partner's name, unless it is a person's: in channels and on pictures that has no place.

    ORGANISATION in storage/partner_tables.py is the same for statements.
    """
    return "" if partner.kind is Kind.INDIVIDUAL else partner.name


def meant(words: str, hits: Sequence[Hit]) -> Hit | None:
    """The one partner that these words name: exactly, or by the beginning of its name only."""
    exact = [hit for hit in hits if hit.exact]
    begun = [hit for hit in hits if fold(hit.name).startswith(fold(words))]
    one = exact or begun
    return one[0] if len(one) == 1 else None
