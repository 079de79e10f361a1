"""A library's own settings, a colleague's own, and the bot as installed in its Slack."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bot.errors import UserError
from bot.partner import Kind, Room

# An old friend is greeted once a year: after two greetings without an answer nobody needs the
# address any more.
RETENTION_MONTHS = 24

# When it is evaluated. Both sides plan in years, and an answer can be held against last year's.
YEARLY = 12  # months
# Long enough for the last bill and the last tired evening, short enough to be remembered.
AFTER_ACTIVITY = 14  # days
# Three weeks before a trial is decided: one to answer, one to talk, one to make up one's mind.
BEFORE_TRIAL = 21  # days


class Language(StrEnum):
    """The languages the bot speaks."""

    DANISH = "da"
    ENGLISH = "en"


class Frequency(StrEnum):
    """How often a colleague hears from the bot unasked."""

    WEEKLY = "weekly"
    MONTHLY = "monthly"
    NEVER = "never"


class _Settings(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class ClosedDays(_Settings):
    """Days on which the library is closed, besides public holidays; both ends belong to them."""

    first: date
    last: date


class WorkingHours(_Settings):
    """When colleagues are at work, in the library's time zone."""

    start: time = time(8)
    end: time = time(16)


class Workspace(_Settings):
    """What one library has decided for itself; the defaults are a Danish public library's.

    As it is stored it has passed `bot.workspace_settings.checked`.
    """

    language: Language = Language.DANISH
    timezone: str = "Europe/Copenhagen"
    coordinators: tuple[str, ...] = ()  # Slack user ids; empty until somebody sets the bot up
    switched_on: bool = False  # until then nothing is sent to anybody unasked
    digest_channel: str | None = None
    partner_channel: str | None = None  # where colleagues are asked who knows somebody
    closed_days: tuple[ClosedDays, ...] = ()
    weeks_off: tuple[int, ...] = ()  # ISO weeks without a partner morning
    working_hours: WorkingHours = WorkingHours()

    evaluate_months: int = YEARLY  # from one evaluation of a relation to the next
    evaluate_pulse: bool = True  # half-way, for partnerships
    evaluate_after: int = AFTER_ACTIVITY  # days
    evaluate_before: int = BEFORE_TRIAL  # days before a trial is decided

    # The library's own words.
    keywords: tuple[str, ...] = ()
    branches: tuple[str, ...] = ()
    target_groups: tuple[str, ...] = ()
    age_groups: tuple[str, ...] = ("0-5", "6-12", "13-17", "18+")
    goals: tuple[str, ...] = ()  # what the library wants in these years; kept by bot/goal.py
    room_names: dict[Room, str] = Field(default_factory=dict)  # the four rooms renamed
    kind_names: dict[Kind, str] = Field(default_factory=dict)  # kinds of organisation renamed
    kinds_off: tuple[Kind, ...] = ()  # kinds that are not offered

    # What the information to contact persons says; an empty text means the standard one, or a gap.
    library_name: str = ""
    controller: str = ""
    purpose: str = ""
    legal_basis: str = ""
    retention_months: int = RETENTION_MONTHS  # after the last contact
    transfer: str = ""  # how Slack's reading them outside the EU is secured
    dpo: str = ""
    privacy_contact: str = ""

    # What stands below the form that partners answer in.
    privacy_url: str = ""
    accessibility_url: str = ""

    @classmethod
    def loaded(cls, stored: Mapping[str, object]) -> Self:
        """Stored settings, those of an older version included; what they lack is the default.

        Raises:
            UserError: a newer version has stored what this one does not know.
        """
        try:
            return cls.model_validate(stored)
        except ValidationError as error:
            unknown = dict.fromkeys(str(fault["loc"][0]) for fault in error.errors())
            raise UserError(
                "The settings were saved by a newer version of Partnerbot, and this one does not"
                " understand {settings}. Install the newer version again; nothing was changed.",
                settings=", ".join(unknown),
            ) from error


@dataclass(frozen=True)
class Member:
    """What a colleague has chosen for herself."""

    language: Language | None = None  # None: as the library
    away_until: date | None = None  # the first day back
    deputy: str | None = None  # who steps in while she is away
    frequency: Frequency = Frequency.WEEKLY
    quarterly: bool = False  # whether she gets the page for leaders, four times a year


@dataclass(frozen=True)
class Installation:
    """What Slack told when the library installed the bot; the token is sealed, never in clear."""

    enterprise: str | None
    sealed_token: str
    bot_user: str
    bot_id: str
    app_id: str
    scopes: tuple[str, ...]
    installed_by: str
    installed_at: datetime
